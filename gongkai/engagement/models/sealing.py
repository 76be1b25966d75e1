"""Rows with sealed columns (个人信息保护法 51; ADR 0014): what readers write may name a person."""

from typing import Any

from gongkai.adapters.sealed_rows import SealedRow, key_mark

__all__ = ["SealedRow", "choices", "key_mark"]


def choices(values: Any) -> list[tuple[str, str]]:
    """Return an enum with Chinese labels as the choices of a column."""
    return [(each.value, each.label) for each in values]
