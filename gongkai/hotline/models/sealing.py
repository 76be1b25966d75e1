"""Rows with sealed columns: what may name a person (个人信息保护法 51; ADR 0014)."""

import uuid
from typing import Any

from django.db import models

from gongkai.adapters.cipher import Keyring, keyring
from gongkai.hotline.rules import plain_phone


class SealedRow(models.Model):
    """A row with sealed columns (`SEALED`), all under one key, each bound to row and column."""

    SEALED: tuple[str, ...] = ()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Key and cipher of the tokens: what differs from those of now is sealed anew.
    key_id = models.CharField("密钥", max_length=60, db_index=True, editable=False)

    class Meta:
        abstract = True

    def seal(self, **texts: str) -> None:
        """Seal every sealed column; the row is not saved."""
        ring = keyring()
        for column in self.SEALED:
            token = ring.seal(texts[column].encode(), self._aad(column))
            setattr(self, f"{column}_sealed", token)
        self.key_id = key_mark(ring)

    def unseal(self, column: str) -> str:
        """Return what a sealed column holds; "" where nothing was ever sealed.

        Raises:
            CannotOpen: the token was altered, or its key is not configured.
        """
        token = bytes(getattr(self, f"{column}_sealed"))
        return keyring().open(token, self._aad(column)).decode() if token else ""

    def reseal(self) -> None:
        """Seal what the columns hold with the key of now; the row is not saved."""
        self.seal(**{column: self.unseal(column) for column in self.SEALED})

    def _aad(self, column: str) -> str:
        return f"hotline.{type(self).__name__}.{column}:{self.pk}"


def phone_index(phone: str) -> str:
    """Return the blind index by which a caller's number is found; "" for none."""
    return keyring().blind_index(plain_phone(phone), "hotline.phone")


def secret_digest(secret: str, purpose: str) -> str:
    """Return the keyed digest under which a code, a token or a key is kept; "" for none."""
    return keyring().blind_index(secret, f"hotline.{purpose}") if secret else ""


def key_mark(ring: Keyring | None = None) -> str:
    """Return the mark of tokens sealed now: name of the key and cipher."""
    ring = ring or keyring()
    return f"{ring.current}/{ring.algorithm.label}"


def choices(values: Any) -> list[tuple[str, str]]:
    """Return an enum with Chinese labels as the choices of a column."""
    return [(each.value, each.label) for each in values]
