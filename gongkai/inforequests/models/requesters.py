"""Who asks, apart from what is asked, and sealed (Art. 29; 个人信息保护法 51; ADR 0015).

The details are one sealed token; lists read `masked_name`, searches compare blind indexes.
Only `actions.requesters` writes a row; each showing in full is itself an event.
"""

import json
from dataclasses import asdict
from typing import Any

from django.db import models

from gongkai.adapters.cipher import keyring
from gongkai.adapters.sealed_rows import key_mark
from gongkai.inforequests.models.cases import InfoRequest
from gongkai.inforequests.rules.requesters import (
    ERASED,
    RequesterDetails,
    details_from,
    masked_name,
    searchable,
)
from gongkai.statute.requesters import RequesterKind

INDEXES = ("name_index", "identity_index", "phone_index", "email_index")


class SealedPerson(models.Model):
    """A person told in full under seal; what stands outside it tells nobody who they are."""

    sealed = models.BinaryField("密封的申请人信息", default=b"")
    masked_name = models.CharField("姓名或者名称（隐去）", max_length=200)
    name_index = models.CharField("姓名索引", max_length=64, blank=True, db_index=True)
    identity_index = models.CharField("证件索引", max_length=64, blank=True, db_index=True)
    phone_index = models.CharField("电话索引", max_length=64, blank=True, db_index=True)
    email_index = models.CharField("邮箱索引", max_length=64, blank=True, db_index=True)
    # Key and cipher of the token, for `rotatekeys`: what differs from those of now is resealed.
    key_id = models.CharField("密钥", max_length=60, blank=True, db_index=True)
    erased = models.BooleanField("已清除", default=False)

    class Meta:
        abstract = True

    @property
    def aad(self) -> str:
        """Return what the token is bound to, so that it opens in this row only."""
        return f"inforequests.{type(self).__name__}.sealed:{self.pk}"

    @property
    def details(self) -> RequesterDetails:
        """Return who it is, in full; nothing but the words for erased when erased.

        Raises:
            CannotOpen: the token was altered, or its key is not configured.
        """
        if self.erased:
            return RequesterDetails(ERASED)
        return details_from(json.loads(keyring().open(self.sealed, self.aad)))

    def fill(self, details: RequesterDetails, kind: RequesterKind) -> None:
        """Set every field from `details`; the primary key must be known, the row is not saved."""
        self.sealed = sealed(details, self.aad)
        self.masked_name = masked_name(details.name, kind)
        for name, value in blind_indexes(details).items():
            setattr(self, name, value)
        self.key_id, self.erased = key_mark(), False

    def reseal(self) -> None:
        """Seal the same token's content with the key of now; the row is not saved."""
        ring = keyring()
        self.sealed = ring.seal(ring.open(self.sealed, self.aad), self.aad)
        self.key_id = key_mark(ring)

    def wipe(self) -> None:
        """Destroy who it is: token, indexes and name; the row is not saved."""
        self.sealed, self.masked_name, self.key_id, self.erased = b"", ERASED, "", True
        for name in INDEXES:
            setattr(self, name, "")


class Requester(SealedPerson):
    """The requester of one request."""

    info_request = models.OneToOneField(
        InfoRequest, models.PROTECT, primary_key=True, related_name="requester"
    )

    class Meta:
        verbose_name = "申请人"
        verbose_name_plural = "申请人"

    def __str__(self) -> str:
        return str(self.info_request_id)


def sealed(details: RequesterDetails, aad: str) -> bytes:
    """Return a requester as a token bound to `aad`; empty fields are left out."""
    told: dict[str, Any] = {name: value for name, value in asdict(details).items() if value}
    return keyring().seal(json.dumps(told, ensure_ascii=False).encode(), aad)


def blind_indexes(details: RequesterDetails) -> dict[str, str]:
    """Return the blind indexes of a requester by column; "" for what was not told."""
    ring = keyring()
    return {
        f"{name}_index": ring.blind_index(value, f"requester.{name}")
        for name, value in searchable(details).items()
    }
