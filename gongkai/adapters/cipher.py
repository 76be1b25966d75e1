"""Encryption at rest (个人信息保护法 51; ADR 0014): named keys, sealed tokens, blind indexes.

A token tells its version, algorithm and key, so that keys and algorithms may change while
old tokens still open:

    "GK" | version | algorithm | length of name | key name | nonce (12) | ciphertext | tag (16)

The header and the caller's `aad` ("app.model.field:<pk>") are authenticated: a token moved to
another row, or with any bit changed, does not open. Keys are 32 bytes; each algorithm works with
a subkey of its own (HKDF), because SM4 takes 16 bytes and one key should serve one cipher.
"""

import base64
import binascii
import hashlib
import hmac
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MARK = b"GK"
_VERSION = 1
_NONCE = 12  # random: safe for 2**32 tokens under one key (NIST SP 800-38D 8.3)
_TAG = 16
_KEY = 32


class BadKeys(ValueError):
    """The configured keys cannot be used; the message names the setting."""


class CannotOpen(ValueError):
    """A token that is cut off, altered, of another row, or sealed with a key we do not have."""


class Algorithm(IntEnum):
    """The ciphers a token may name; the numbers are stored and never change."""

    AES_256_GCM = 1
    SM4_GCM = 2

    @property
    def label(self) -> str:
        """Return the name that settings use: AES-256-GCM, SM4-GCM."""
        return self.name.replace("_", "-")

    @property
    def key_bytes(self) -> int:
        """Return the length of this cipher's key in bytes."""
        return {"AES_256_GCM": 32, "SM4_GCM": 16}[self.name]


@dataclass(frozen=True, slots=True)
class _Token:
    """A token taken apart."""

    header: bytes
    algorithm: Algorithm
    key_id: str
    nonce: bytes
    body: bytes
    tag: bytes


class Keyring:
    """Several keys by name, one of them current: seals with that one, opens with any."""

    def __init__(
        self,
        keys: Mapping[str, bytes],
        *,
        current: str,
        index_key: bytes,
        algorithm: Algorithm = Algorithm.AES_256_GCM,
    ) -> None:
        """Take keys of 32 bytes each.

        Raises:
            BadKeys: a key of another length or with no usable name; no current key.
        """
        for name, key in keys.items():
            if not (name.isascii() and 0 < len(name) <= 32 and len(key) == _KEY):
                raise BadKeys(f"GONGKAI_FIELD_KEYS：密钥“{name}”须有名称，长度须为 32 字节")
        if current not in keys:
            raise BadKeys(f"GONGKAI_FIELD_KEY：密钥表中没有“{current}”")
        if len(index_key) != _KEY:
            raise BadKeys("GONGKAI_INDEX_KEY：长度须为 32 字节")
        if index_key in keys.values():
            raise BadKeys("GONGKAI_INDEX_KEY：不得与加密密钥相同")
        self.current = current
        self.algorithm = algorithm
        self._index_key = index_key
        self._subkeys = {
            (name, cipher): _subkey(key, cipher)
            for name, key in keys.items()
            for cipher in Algorithm
        }

    def seal(self, data: bytes, aad: str) -> bytes:
        """Return `data` sealed with the current key and bound to `aad`."""
        nonce = os.urandom(_NONCE)
        header = _header(self.algorithm, self.current)
        encryptor = self._cipher(self.current, self.algorithm, nonce).encryptor()
        encryptor.authenticate_additional_data(_bound(header, aad))
        body = encryptor.update(data) + encryptor.finalize()
        return b"".join((header, nonce, body, encryptor.tag))

    def open(self, token: bytes, aad: str) -> bytes:
        """Return what was sealed.

        Raises:
            CannotOpen: not a token, altered, bound to another `aad`, or its key is not here.
        """
        parts = _apart(token)
        if (parts.key_id, parts.algorithm) not in self._subkeys:
            raise CannotOpen(f"无法解密：没有密钥“{parts.key_id}”，请核对密钥配置。")
        cipher = self._cipher(parts.key_id, parts.algorithm, parts.nonce, parts.tag)
        decryptor = cipher.decryptor()
        decryptor.authenticate_additional_data(_bound(parts.header, aad))
        try:
            return decryptor.update(parts.body) + decryptor.finalize()
        except InvalidTag:
            raise CannotOpen("无法解密：密文已被改动，或者密钥不对。") from None

    def needs_rotation(self, token: bytes) -> bool:
        """Say whether `token` was sealed with another key or algorithm than the current ones.

        Raises:
            CannotOpen: not a token.
        """
        parts = _apart(token)
        return (parts.key_id, parts.algorithm) != (self.current, self.algorithm)

    def blind_index(self, value: str, purpose: str) -> str:
        """Return 64 hex digits by which equal values are found without opening any.

        Values are equal when they differ only in width, case and white space. An empty value
        has the index "". Indexes of different purposes cannot be compared.
        """
        plain = "".join(unicodedata.normalize("NFKC", value).upper().split())
        if not plain:
            return ""
        message = purpose.encode() + b"\x00" + plain.encode("utf-8", "surrogatepass")
        return hmac.new(self._index_key, message, hashlib.sha256).hexdigest()

    def _cipher(
        self, key_id: str, algorithm: Algorithm, nonce: bytes, tag: bytes | None = None
    ) -> Cipher[modes.GCM]:
        key = self._subkeys[key_id, algorithm]
        block = algorithms.SM4(key) if algorithm is Algorithm.SM4_GCM else algorithms.AES(key)
        return Cipher(block, modes.GCM(nonce, tag))


def keyring() -> Keyring:
    """Return the keyring that the settings GONGKAI_FIELD_* and GONGKAI_INDEX_KEY make.

    Raises:
        BadKeys: a setting cannot be used.
    """
    from django.conf import settings

    return _made(
        tuple(settings.GONGKAI_FIELD_KEYS.items()),
        settings.GONGKAI_FIELD_KEY,
        settings.GONGKAI_INDEX_KEY,
        settings.GONGKAI_FIELD_ALGORITHM,
    )


@lru_cache(maxsize=8)
def _made(keys: tuple[tuple[str, str], ...], current: str, index: str, algorithm: str) -> Keyring:
    named = {cipher.label: cipher for cipher in Algorithm}
    if algorithm not in named:
        raise BadKeys(f"GONGKAI_FIELD_ALGORITHM：只能是 {'、'.join(named)}")
    return Keyring(
        {name: _decoded(key, "GONGKAI_FIELD_KEYS") for name, key in keys},
        current=current,
        index_key=_decoded(index, "GONGKAI_INDEX_KEY"),
        algorithm=named[algorithm],
    )


def _decoded(text: str, setting: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadKeys(f"{setting}：密钥不是 base64 文本") from None


def _subkey(key: bytes, algorithm: Algorithm) -> bytes:
    info = f"gongkai {algorithm.label}".encode()
    derived: Any = HKDF(SHA256(), algorithm.key_bytes, salt=None, info=info)
    return bytes(derived.derive(key))


def _header(algorithm: Algorithm, key_id: str) -> bytes:
    name = key_id.encode("ascii")
    return _MARK + bytes((_VERSION, algorithm, len(name))) + name


def _bound(header: bytes, aad: str) -> bytes:
    return header + b"\x00" + aad.encode()


def _apart(token: bytes) -> _Token:
    """Take a token apart without opening it."""
    token = bytes(token)  # PostgreSQL hands out memoryviews
    fixed = len(_MARK) + 3
    if len(token) < fixed or not token.startswith(_MARK) or token[2] != _VERSION:
        raise CannotOpen("无法解密：不是本系统的密文。")
    end = fixed + token[4]
    if len(token) < end + _NONCE + _TAG:
        raise CannotOpen("无法解密：密文不完整。")
    try:
        algorithm, key_id = Algorithm(token[3]), token[fixed:end].decode("ascii")
    except ValueError:
        raise CannotOpen("无法解密：密文的算法或者密钥名称不认识。") from None
    return _Token(
        header=token[:end],
        algorithm=algorithm,
        key_id=key_id,
        nonce=token[end : end + _NONCE],
        body=token[end + _NONCE : -_TAG],
        tag=token[-_TAG:],
    )
