"""Rows with sealed columns (个人信息保护法 51; ADR 0014): what may name a person, at rest.

Chapters that may not see each other keep such rows alike: every column bound to its row and its
name, so that no token can be moved, and the key of a row beside it, so that keys can rotate.
"""

import uuid

from django.db import models

from gongkai.adapters.cipher import Keyring, keyring


class SealedRow(models.Model):
    """A row with sealed columns (`SEALED`), all under one key, each bound to row and column."""

    SEALED: tuple[str, ...] = ()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Key and cipher of the tokens: what differs from those of now is sealed anew.
    key_id = models.CharField("密钥", max_length=60, db_index=True, editable=False)

    class Meta:
        abstract = True

    def seal(self, **texts: str) -> None:
        """Seal the columns given; the row is not saved.

        All of a row stand under one key: what is not given is opened and sealed anew.
        """
        ring = keyring()
        for column in self.SEALED:
            text = texts[column] if column in texts else self.unseal(column)
            setattr(self, f"{column}_sealed", ring.seal(text.encode(), self._aad(column)))
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
        self.seal()

    def _aad(self, column: str) -> str:
        return f"{self._meta.app_label}.{type(self).__name__}.{column}:{self.pk}"


def key_mark(ring: Keyring | None = None) -> str:
    """Return the mark of tokens sealed now: name of the key and cipher."""
    ring = ring or keyring()
    return f"{ring.current}/{ring.algorithm.label}"
