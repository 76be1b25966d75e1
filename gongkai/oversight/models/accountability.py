"""Records of accountability (责任追究, Art. 46, 47, 52, 53): private; persons under seal."""

import uuid

from django.db import models

from gongkai.adapters.cipher import keyring
from gongkai.adapters.sealed_rows import key_mark
from gongkai.orgs.models import Organ
from gongkai.oversight.models.plans import choices
from gongkai.oversight.rules.kinds import Fault, Sanction


class AccountabilityCase(models.Model):
    """One case: which organ, for what, what followed; who it was stands sealed (个保法 51)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="责任单位")
    fault = models.CharField("情形", max_length=12, choices=choices(Fault))
    facts = models.CharField("事由", max_length=2000)
    sanction = models.CharField("处理方式", max_length=12, choices=choices(Sanction))
    number = models.CharField("文号", max_length=60, blank=True)
    decided_on = models.DateField("处理日期")
    about = models.CharField("关联记录", max_length=100, blank=True)
    people_sealed = models.BinaryField("被追究人员（密封）")
    has_people = models.BooleanField("有被追究人员", default=False)
    key_id = models.CharField("密钥", max_length=60, db_index=True, editable=False)
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_at = models.DateTimeField("登记时间")
    struck_why = models.CharField("撤销理由", max_length=500, blank=True)
    struck_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        verbose_name = "责任追究"
        verbose_name_plural = "责任追究"
        ordering = ["-decided_on", "-recorded_at"]

    def __str__(self) -> str:
        return f"{self.organ} {self.get_sanction_display()}"

    @property
    def typed_id(self) -> str:
        """Return the id under which the log and the files speak of this case."""
        return f"oversight.case:{self.pk}"

    def seal_people(self, people: str) -> None:
        """Seal who was held to account; the row is not saved."""
        ring = keyring()
        self.people_sealed = ring.seal(people.encode(), self._aad)
        self.has_people, self.key_id = bool(people), key_mark(ring)

    def people(self) -> str:
        """Return who was held to account.

        Raises:
            CannotOpen: the token was altered, or its key is not configured.
        """
        return keyring().open(self.people_sealed, self._aad).decode()

    @property
    def _aad(self) -> str:
        return f"oversight.AccountabilityCase.people:{self.pk}"
