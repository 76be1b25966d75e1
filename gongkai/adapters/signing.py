"""Signatures of this installation (Ed25519, RFC 8032): its own key, kept in one file.

Who holds the public part, printed once and kept apart, can tell what this installation signed
from what somebody who has the run of its database put there. `NoSigner` is the twin that does
nothing: without a key file nothing is signed, and whoever asks is told so.
"""

import base64
import binascii
import hashlib
import os
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)


class SigningKeyError(ValueError):
    """The key file cannot be used, or must not be written over; the message says what to do."""


class Signer(Protocol):
    """What signs, and by which public key its signatures are checked."""

    public: str

    def sign(self, message: bytes) -> str:
        """Return the signature in base64; "" when nothing is signed."""


class NoSigner:
    """Signs nothing: the installation has no key yet."""

    public = ""

    def sign(self, message: bytes) -> str:
        """Return no signature."""
        return ""


class FileSigner:
    """Signs with the key in a PEM file that only the service may read."""

    def __init__(self, path: Path) -> None:
        """Read the key.

        Raises:
            SigningKeyError: the file is not a key of ours, or others may read it.
        """
        if path.stat().st_mode & 0o077:
            raise SigningKeyError(f"签名密钥 {path} 其他用户也能读取，请执行 chmod 600 {path}")
        try:
            key = load_pem_private_key(path.read_bytes(), None)
        except (ValueError, TypeError):
            raise SigningKeyError(f"{path} 不是可用的签名密钥（PEM 格式、不加口令）") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise SigningKeyError(f"{path} 不是 Ed25519 密钥")
        self._key = key
        raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.public = base64.b64encode(raw).decode()

    def sign(self, message: bytes) -> str:
        """Return the signature of `message` in base64."""
        return base64.b64encode(self._key.sign(message)).decode()


def signer_in(path: str | Path) -> Signer:
    """Return the signer of the key file; the one that does nothing where there is no file.

    Raises:
        SigningKeyError: there is a file, but it cannot be used.
    """
    return FileSigner(Path(path)) if path and Path(path).exists() else NoSigner()


def make_key(path: Path) -> FileSigner:
    """Make a new key in a new file that only its owner can read.

    Raises:
        SigningKeyError: there is a file of that name, or the folder cannot be written.
    """
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise SigningKeyError(
            f"{path} 已经存在，不会覆盖；要换密钥，请先将它移到别处封存"
        ) from None
    except OSError as why:
        raise SigningKeyError(f"不能写入 {path}（{why.strerror}），请核对文件夹和权限") from None
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    return FileSigner(path)


def is_signed(message: bytes, signature: str, public: str) -> bool:
    """Say whether `signature` of `message` is by the owner of the public key, both in base64."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), message)
    except (ValueError, binascii.Error, InvalidSignature):
        return False
    return True


def fingerprint(public: str) -> str:
    """Return a public key's fingerprint, in groups to be read aloud and compared on paper."""
    digest = hashlib.sha256(public.encode()).hexdigest()[:32]
    return " ".join(digest[place : place + 4] for place in range(0, 32, 4))
