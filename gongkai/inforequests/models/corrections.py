"""Requests to put right records about oneself (Art. 41): sealed like who asks.

What is wrong with a person's record is itself about the person: it stands under seal
(`told`), beside the requester's own token. Lists read the name of the record alone.
"""

import json
import uuid
from collections.abc import Mapping

from django.db import models

from gongkai.adapters.cipher import keyring
from gongkai.inforequests.lifecycle.channels import IntakeChannel
from gongkai.inforequests.lifecycle.corrections import (
    CorrectionEvent,
    CorrectionState,
    RecordOwner,
)
from gongkai.inforequests.lifecycle.retention import Retention
from gongkai.inforequests.models.cases import _choices
from gongkai.inforequests.models.requesters import SealedPerson, key_mark
from gongkai.orgs.models import Organ
from gongkai.statute.requesters import RequesterKind


class CorrectionSeries(models.Model):
    """The last number of a correction that an organ has given in a year."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveIntegerField("年份")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = "更正申请编号"
        verbose_name_plural = "更正申请编号"
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "year"], name="inforequests_one_correction_series"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.year}：{self.last}"


class CorrectionRequest(models.Model):
    """One request to correct one record; who asks stands apart, in `CorrectionRequester`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    number = models.CharField("编号", max_length=40, unique=True)
    channel = models.CharField("提交渠道", max_length=20, choices=_choices(IntakeChannel))
    requester_kind = models.CharField("申请人类别", max_length=30, choices=_choices(RequesterKind))
    owner = models.CharField("与记录的关系", max_length=12, choices=_choices(RecordOwner))
    record = models.CharField("记录的名称", max_length=200)
    # What is wrong, what it should be, the evidence, what was found: JSON under seal.
    told = models.BinaryField("更正内容（密文）", default=b"")
    key_id = models.CharField("密钥", max_length=60, blank=True, db_index=True)
    submitted_at = models.DateTimeField("提交时间")
    received_on = models.DateField("收到之日", null=True, blank=True)
    unit = models.CharField("核查科室", max_length=200, blank=True)
    state = models.CharField("状态", max_length=20, choices=_choices(CorrectionState))
    decided_on = models.DateField("决定之日", null=True, blank=True)
    letter = models.CharField("告知书文号", max_length=100, blank=True)
    retention = models.CharField("保管期限", max_length=20, choices=_choices(Retention), blank=True)
    erase_on = models.DateField("到期清除申请人信息之日", null=True, blank=True)
    erased_at = models.DateTimeField("申请人信息清除时间", null=True, blank=True)

    class Meta:
        verbose_name = "更正申请"
        verbose_name_plural = "更正申请"
        ordering = ["-submitted_at", "number"]
        indexes = [models.Index(fields=["organ", "state"], name="inforequests_corrections")]

    def __str__(self) -> str:
        return self.number

    @property
    def typed_id(self) -> str:
        """Return the id under which files, letters and the log speak of this correction."""
        return f"inforequests.correction:{self.pk}"

    @property
    def aad(self) -> str:
        """Return what the token of `told` is bound to."""
        return f"inforequests.CorrectionRequest.told:{self.pk}"

    @property
    def words(self) -> dict[str, str]:
        """Return what was told and found, by name; nothing once erased."""
        if not self.told:
            return {}
        found: dict[str, str] = json.loads(keyring().open(self.told, self.aad))
        return found

    def tell(self, words: Mapping[str, str]) -> None:
        """Seal what is told; the row is not saved."""
        plain = {name: text for name, text in words.items() if text}
        self.told = keyring().seal(json.dumps(plain, ensure_ascii=False).encode(), self.aad)
        self.key_id = key_mark()


class CorrectionRequester(SealedPerson):
    """Who asks for one correction."""

    correction = models.OneToOneField(
        CorrectionRequest, models.PROTECT, primary_key=True, related_name="requester"
    )

    class Meta:
        verbose_name = "更正申请人"
        verbose_name_plural = "更正申请人"

    def __str__(self) -> str:
        return str(self.correction_id)


class CorrectionAct(models.Model):
    """One step of a correction: never changed, never deleted; the actor is kept by value."""

    correction = models.ForeignKey(CorrectionRequest, models.PROTECT, related_name="acts")
    sequence = models.PositiveIntegerField("序号")
    kind = models.CharField("事项", max_length=20, choices=_choices(CorrectionEvent))
    on = models.DateField("日期")
    data = models.JSONField("内容", default=dict, blank=True)
    account = models.CharField("账号", max_length=150)
    actor_name = models.CharField("经办人", max_length=100)
    actor_post = models.CharField("岗位", max_length=200, blank=True)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "更正办理记录"
        verbose_name_plural = "更正办理记录"
        ordering = ["correction", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "sequence"], name="inforequests_correction_act_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"
