"""Work orders of the 12345 hotline and their steps; what may name a person is sealed at rest.

Outside the seals stand the subject (a clerk's own words), a masked name and telephone and a
blind index of the number (个人信息保护法 51; ADR 0014). An order turned over to or made out of a
record of another chapter keeps its typed id in `linked`; a face resolves it.
"""

import json
import uuid
from dataclasses import asdict
from typing import Any

from django.db import models
from django.db.models import Q

from gongkai.adapters.cipher import Keyring, keyring
from gongkai.hotline.lifecycle import UNANSWERED, Event, OrderKind, SourceChannel, State
from gongkai.hotline.rules import ERASED, Caller, masked_name, masked_phone, plain_phone
from gongkai.orgs.models import Organ


def _choices(values: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in values]


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
        """Return what a sealed column holds.

        Raises:
            CannotOpen: the token was altered, or its key is not configured.
        """
        token = getattr(self, f"{column}_sealed")
        return keyring().open(token, self._aad(column)).decode()

    def reseal(self) -> None:
        """Seal what the columns hold with the key of now; the row is not saved."""
        self.seal(**{column: self.unseal(column) for column in self.SEALED})

    def _aad(self, column: str) -> str:
        return f"hotline.{type(self).__name__}.{column}:{self.pk}"


class WorkOrder(SealedRow):
    """One matter of one caller with one organ."""

    SEALED = ("content", "caller")

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    number = models.CharField("工单编号", max_length=40)
    source = models.CharField("受理渠道", max_length=20, choices=_choices(SourceChannel))
    kind = models.CharField("诉求类型", max_length=20, choices=_choices(OrderKind))
    received_at = models.DateTimeField("受理时间")
    subject = models.CharField("事由", max_length=100)
    content_sealed = models.BinaryField("诉求内容（密封）")
    caller_sealed = models.BinaryField("诉求人（密封）")
    caller_masked = models.CharField("诉求人（隐去）", max_length=100)
    phone_masked = models.CharField("联系电话（隐去）", max_length=40, blank=True)
    phone_index = models.CharField("电话索引", max_length=64, blank=True, db_index=True)
    unit = models.CharField("承办单位", max_length=100, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    provisional = models.BooleanField("期限为推算", default=False)
    answered_on = models.DateField("答复之日", null=True, blank=True)
    linked = models.CharField("所转事项", max_length=100, blank=True, db_index=True)
    state = models.CharField("状态", max_length=20, choices=_choices(State))

    class Meta:
        verbose_name = "热线工单"
        verbose_name_plural = "热线工单"
        ordering = ["-received_at", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "number"],
                name="hotline_one_number_an_organ",
                violation_error_message="该机关已有这一编号的工单",
            )
        ]
        indexes = [
            models.Index(fields=["organ", "-received_at"], name="hotline_newest"),
            models.Index(
                fields=["organ", "due_on"],
                condition=Q(state__in=[state.value for state in UNANSWERED]),
                name="hotline_unanswered_by_due",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def typed_id(self) -> str:
        """Return the id under which other chapters and the log speak of this order."""
        return f"hotline:{self.pk}"

    @property
    def content(self) -> str:
        """Return what the caller said."""
        return self.unseal("content")

    @property
    def caller(self) -> Caller:
        """Return who called, in full; screens ask `actions.show_caller`, which logs it."""
        return Caller(**json.loads(self.unseal("caller")))

    def fill(self, content: str, caller: Caller) -> None:
        """Set content and caller with what stands outside the seal; the row is not saved."""
        self.seal(content=content, caller=json.dumps(asdict(caller), ensure_ascii=False))
        self.caller_masked = masked_name(caller.name)
        self.phone_masked = masked_phone(caller.phone)
        self.phone_index = phone_index(caller.phone)

    def forget_caller(self) -> None:
        """Drop who called and their number; what they wanted stays. The row is not saved."""
        self.fill(self.content, Caller())
        self.caller_masked = ERASED

    @property
    def caller_erased(self) -> bool:
        """Say whether the caller was known and is no more."""
        return self.caller_masked == ERASED


class OrderStep(SealedRow):
    """One step of an order: never changed; its words are sealed, the actor kept by value."""

    SEALED = ("words",)

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="steps")
    sequence = models.PositiveIntegerField("序号")
    event = models.CharField("事项", max_length=20, choices=_choices(Event))
    on = models.DateField("日期")
    # The unit assigned, or where the matter was turned over to: a typed id or a name.
    to = models.CharField("去向", max_length=200, blank=True)
    words_sealed = models.BinaryField("内容（密封）")
    account = models.CharField("账号", max_length=150)
    actor_name = models.CharField("经办人", max_length=100)
    actor_post = models.CharField("岗位", max_length=200, blank=True)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "工单办理记录"
        verbose_name_plural = "工单办理记录"
        ordering = ["order", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "sequence"], name="hotline_step_place_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_event_display()}"

    @property
    def words(self) -> str:
        """Return the answer or the reason told with the step."""
        return self.unseal("words")


class OrderSeries(models.Model):
    """The last own number of an organ in a year, for orders that no city centre numbered."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveIntegerField("年份")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = "工单编号"
        verbose_name_plural = "工单编号"
        constraints = [
            models.UniqueConstraint(fields=["organ", "year"], name="hotline_one_series_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.year}"


def phone_index(phone: str) -> str:
    """Return the blind index by which a caller's number is found; "" for none."""
    return keyring().blind_index(plain_phone(phone), "hotline.phone")


def key_mark(ring: Keyring | None = None) -> str:
    """Return the mark of tokens sealed now: name of the key and cipher."""
    ring = ring or keyring()
    return f"{ring.current}/{ring.algorithm.label}"
