"""Encryption of backups: a stream in pieces (AES-256-GCM), a key from a file, keys under a phrase.

A sealed stream is "GKB1", a salt of 32 bytes, then pieces of at most 1 MiB, each with a tag. Its
key is derived from the backup's key and the salt, so nonces may count: 11 bytes of number and one
that says "last". A piece moved, left out or taken from another stream does not open, nor does a
stream cut off (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár).
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from stat import S_IRWXO, S_IWGRP
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from gongkai.adapters.backups import BackupFailed

_MARK = b"GKB1"
_KEYS_MARK = b"GKK1"
_SALT = 32
_PIECE = 1 << 20
_TAG = 16
_SCRYPT = {"n": 2**16, "r": 8, "p": 1}  # 64 MB, a quarter of a second
SHORTEST_PHRASE = 12


def read_key(path: Path) -> bytes:
    """Return the key of 32 bytes that a file holds in base64; only its owner may change it.

    Raises:
        BackupFailed: no such file, open to others, or no key.
    """
    try:
        mode, text = path.stat().st_mode, path.read_text("ascii").strip()
        key = base64.b64decode(text, validate=True)
    except (OSError, ValueError, binascii.Error) as error:
        raise BackupFailed(
            f"备份密钥 {path} 读不出来（{type(error).__name__}）。"
            f"新装时请执行 openssl rand -base64 32 > {path} 并妥善另存一份。"
        ) from None
    if mode & (S_IRWXO | S_IWGRP):
        raise BackupFailed(f"备份密钥 {path} 其他用户不得读取，请执行 chmod 600 {path}。")
    if len(key) != 32:
        raise BackupFailed(f"备份密钥 {path} 须为 32 字节的 base64 文本。")
    return key


def name_of(key: bytes, sha256: str) -> str:
    """Return under which name content of this hash is kept: it tells nothing without the key."""
    return hmac.new(key, b"name:" + sha256.encode(), hashlib.sha256).hexdigest()


def seal(key: bytes, bound_to: str, plain: BinaryIO, to: BinaryIO) -> None:
    """Write what `plain` reads to `to`, sealed and bound to a name."""
    salt = os.urandom(_SALT)
    cipher = _cipher(key, salt, bound_to)
    to.write(_MARK + salt)
    piece, number = plain.read(_PIECE), 0
    while True:
        following = plain.read(_PIECE)
        to.write(cipher.encrypt(_nonce(number, last=not following), piece, None))
        if not following:
            return
        piece, number = following, number + 1


def opened(key: bytes, bound_to: str, sealed: BinaryIO) -> Iterator[bytes]:
    """Yield what was sealed, in pieces; nothing is yielded that has not been proved.

    Raises:
        BackupFailed: another key, altered, cut off, or not sealed by us.
    """
    head = sealed.read(len(_MARK) + _SALT)
    if len(head) < len(_MARK) + _SALT or not head.startswith(_MARK):
        raise BackupFailed(f"备份内容 {bound_to[:16]} 不是本系统加密的，或者已经损坏。")
    cipher = _cipher(key, head[len(_MARK) :], bound_to)
    piece, number = sealed.read(_PIECE + _TAG), 0
    while True:
        following = sealed.read(_PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), piece, None)
        except InvalidTag:
            raise BackupFailed(
                f"备份内容 {bound_to[:16]} 打不开：密钥不对，或者内容已被改动、截断。"
            ) from None
        if not following:
            return
        piece, number = following, number + 1


def _cipher(key: bytes, salt: bytes, bound_to: str) -> AESGCM:
    derived = HKDF(SHA256(), 32, salt=salt, info=b"gongkai backup " + bound_to.encode())
    return AESGCM(derived.derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def seal_keys(keys: Mapping[str, str], phrase: str) -> bytes:
    """Return names and keys sealed under a phrase (scrypt), as base64 text to be kept apart.

    Raises:
        BackupFailed: the phrase is too short to guard them.
    """
    if len(phrase) < SHORTEST_PHRASE:
        raise BackupFailed(f"口令至少 {SHORTEST_PHRASE} 个字符。")
    salt, nonce = os.urandom(16), os.urandom(12)
    cipher = AESGCM(Scrypt(salt=salt, length=32, **_SCRYPT).derive(phrase.encode()))
    sealed = cipher.encrypt(nonce, json.dumps(dict(keys)).encode(), _KEYS_MARK)
    return base64.encodebytes(_KEYS_MARK + salt + nonce + sealed)


def open_keys(sealed: bytes, phrase: str) -> dict[str, str]:
    """Return what `seal_keys` sealed.

    Raises:
        BackupFailed: another phrase, altered, or not sealed by us.
    """
    try:
        data = base64.decodebytes(sealed)
    except binascii.Error:
        data = b""
    if not data.startswith(_KEYS_MARK) or len(data) < len(_KEYS_MARK) + 28 + _TAG:
        raise BackupFailed("这不是密钥备份文件，或者已经损坏。")
    body = data[len(_KEYS_MARK) :]
    cipher = AESGCM(Scrypt(salt=body[:16], length=32, **_SCRYPT).derive(phrase.encode()))
    try:
        found: dict[str, str] = json.loads(cipher.decrypt(body[16:28], body[28:], _KEYS_MARK))
    except InvalidTag:
        raise BackupFailed("打不开：口令不对，或者文件已被改动。") from None
    return found
