"""Rows with sealed columns: what may name a person (个人信息保护法 51; ADR 0014)."""

from typing import Any

from gongkai.adapters.cipher import keyring
from gongkai.adapters.sealed_rows import SealedRow, key_mark
from gongkai.hotline.rules import plain_phone

__all__ = ["SealedRow", "choices", "key_mark", "phone_index", "secret_digest"]


def phone_index(phone: str) -> str:
    """Return the blind index by which a caller's number is found; "" for none."""
    return keyring().blind_index(plain_phone(phone), "hotline.phone")


def secret_digest(secret: str, purpose: str) -> str:
    """Return the keyed digest under which a code, a token or a key is kept; "" for none."""
    return keyring().blind_index(secret, f"hotline.{purpose}") if secret else ""


def choices(values: Any) -> list[tuple[str, str]]:
    """Return an enum with Chinese labels as the choices of a column."""
    return [(each.value, each.label) for each in values]
