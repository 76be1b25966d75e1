"""How to reach a deputy or member: sealed at rest (ADR 0014), shown only by a logged verb."""

import json
import uuid
from dataclasses import asdict

from django.db import models

from gongkai.adapters.cipher import keyring
from gongkai.adapters.sealed_rows import key_mark
from gongkai.proposals.models.proposals import Proposal
from gongkai.proposals.rules.told import Contact


class ProposerContact(models.Model):
    """Telephone and address of the first signer of one proposal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="contact_row")
    contact_sealed = models.BinaryField("联系方式（密封）")
    # Key and cipher of the token: what differs from those of now is sealed anew.
    key_id = models.CharField("密钥", max_length=60, db_index=True, editable=False)

    class Meta:
        verbose_name = "联系方式"
        verbose_name_plural = "联系方式"

    def __str__(self) -> str:
        return str(self.proposal)

    def fill(self, contact: Contact) -> None:
        """Seal a contact; the row is not saved."""
        ring = keyring()
        told = json.dumps(asdict(contact), ensure_ascii=False)
        self.contact_sealed = ring.seal(told.encode(), self._aad())
        self.key_id = key_mark(ring)

    @property
    def contact(self) -> Contact:
        """Return the contact in full.

        Raises:
            CannotOpen: the token was altered, or its key is not configured.
        """
        return Contact(**json.loads(keyring().open(self.contact_sealed, self._aad()).decode()))

    def reseal(self) -> None:
        """Seal what is held with the key of now; the row is not saved."""
        self.fill(self.contact)

    def _aad(self) -> str:
        return f"proposals.ProposerContact.contact:{self.pk}"
