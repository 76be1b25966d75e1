"""Forms of the correction of own records (Art. 41): taking one in, and each step of it."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.inforequests.actions import Decision, NewCorrection, RequesterDetails
from gongkai.inforequests.lifecycle.channels import ServiceWay
from gongkai.inforequests.lifecycle.corrections import CorrectionEvent, RecordOwner
from gongkai.inforequests.models import IntakeChannel, Retention
from gongkai.inforequests.rules.identity import DOCUMENTS, identity_problems, proper
from gongkai.inforequests.staff.fields import (
    choice_field,
    choose_field,
    day_field,
    line_field,
    text_field,
)
from gongkai.orgs.models import Organ
from gongkai.statute.requesters import RequesterKind

_DOCUMENTS = [("", "没有提供证件"), *((name, name) for name in DOCUMENTS)]
_WHO = (
    "requester_kind", "name", "identity_kind", "identity_number", "legal_representative",
    "contact_person", "phone", "email", "address", "postcode",
)  # fmt: skip
_SECTIONS = (
    ("怎样提交的", ("organ", "channel", "arrived_on")),
    ("申请人", _WHO),
    ("更正事项", ("owner", "record", "wrong", "right", "evidence")),
)


class WhoForm(forms.Form):
    """Who asks, checked by the one judge of the chapter."""

    requester_kind = choice_field("申请人类别", RequesterKind)
    name = line_field("姓名或者名称")
    identity_kind = choose_field("证件名称", _DOCUMENTS, required=False)
    identity_number = line_field("证件号码", 50, required=False)
    legal_representative = line_field("法定代表人或者负责人", 100, required=False)
    contact_person = line_field("联系人", 100, required=False, help_text="单位申请的填写")
    phone = line_field("联系电话", 50, required=False)
    email = line_field("电子邮箱", 254, required=False)
    address = line_field("通信地址", 300, required=False)
    postcode = line_field("邮政编码", 10, required=False)

    def clean(self) -> dict[str, Any]:
        """Judge who asks, field by field."""
        told = self.cleaned_data
        kind = told.get("requester_kind")
        if not kind or "name" not in told:
            return told
        who, today = self.requester(), timezone.localdate()
        found = identity_problems(who, RequesterKind(kind), whole=False, today=today)
        for name, why in found.items():
            self.add_error(name, why)
        if "identity_number" in told:
            told["identity_number"] = proper(who, today)
        return told

    def requester(self) -> RequesterDetails:
        """Return who asks."""
        names = [name for name in _WHO if name != "requester_kind"]
        return RequesterDetails(**{name: self.cleaned_data.get(name, "") for name in names})


class NewCorrectionForm(WhoForm):
    """A request for correction as a clerk takes it in."""

    organ = forms.ModelChoiceField(
        label="受理机关",
        queryset=Organ.objects.none(),
        empty_label=None,
        error_messages={"required": "请选择“受理机关”", "invalid_choice": "请重新选择“受理机关”"},
    )
    channel = choice_field("提交渠道", IntakeChannel)
    arrived_on = day_field("提交（签收、到达）日期")
    owner = choice_field(
        "与记录的关系", RecordOwner, help_text="只能申请更正与自身相关的记录（第四十一条）"
    )
    record = line_field(
        "记录的名称", help_text="写记录的种类和文号，不写个人信息，如“不动产登记簿”“低保审批表”"
    )
    wrong = text_field("记录不准确之处", rows=3)
    right = text_field("应当更正为", rows=3)
    evidence = text_field("证据", rows=3, help_text="写证据的名称；证据材料登记后在案件页面上传")

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields in the parts of the form, each under its heading."""
        return [(title, [self[name] for name in names]) for title, names in _SECTIONS]

    def told(self) -> NewCorrection:
        """Return what is to be put right."""
        told = self.cleaned_data
        return NewCorrection(
            channel=IntakeChannel(told["channel"]),
            requester_kind=RequesterKind(told["requester_kind"]),
            owner=RecordOwner(told["owner"]),
            record=told["record"],
            wrong=told["wrong"],
            right=told["right"],
            evidence=told["evidence"],
        )

    def submitted_at(self, now: datetime) -> datetime:
        """Return the moment of arrival: now when it came today, else the day's noon."""
        day = self.cleaned_data["arrived_on"]
        if day == timezone.localdate(now):
            return now
        noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001  made aware below
        return timezone.make_aware(noon)


class StepForm(forms.Form):
    """The day of a step; each step adds what it must be told."""

    on = day_field("日期")

    def told(self) -> dict[str, Any]:
        """Return the verb's own arguments beside the day."""
        return {name: value for name, value in self.cleaned_data.items() if name != "on"}


class CheckForm(StepForm):
    """Which unit checks."""

    unit = line_field("核查科室")


class DecideForm(StepForm):
    """What was found; the letter goes out with it."""

    event: CorrectionEvent
    finding = text_field("核查情况和理由", help_text="将写入告知书")
    with_letter = forms.BooleanField(label="同时制发告知书", required=False, initial=True)

    def told(self) -> dict[str, Any]:
        """Return the decision."""
        told = self.cleaned_data
        decision = Decision(self.event, told["finding"], told.get("to", ""))
        return {"decision": decision, "with_letter": told["with_letter"]}


class CorrectForm(DecideForm):
    """The record is put right."""

    event = CorrectionEvent.CORRECT


class RefuseForm(DecideForm):
    """The record stays as it is."""

    event = CorrectionEvent.REFUSE


class PassOnForm(DecideForm):
    """The matter goes to the organ with the power."""

    event = CorrectionEvent.PASS_ON
    to = line_field("有权更正的机关")
    field_order = ("on", "to", "finding", "with_letter")


class TellWhereForm(PassOnForm):
    """The requester is told where to go."""

    event = CorrectionEvent.TELL_WHERE


class ServeForm(StepForm):
    """How the decision reached the requester."""

    how = choice_field("送达方式", ServiceWay)
    tracking = line_field("邮件号", 60, required=False, help_text="邮寄的填写")

    def told(self) -> dict[str, Any]:
        """Return the way as the enum it is."""
        return super().told() | {"how": ServiceWay(self.cleaned_data["how"])}


class CloseForm(StepForm):
    """How long who asked is kept."""

    retention = choice_field("保管期限", Retention, help_text="期满后清除申请人信息")

    def told(self) -> dict[str, Any]:
        """Return the class as the enum it is."""
        return {"retention": Retention(self.cleaned_data["retention"])}
