"""The form by which a clerk takes a request in, whatever its channel (Art. 29; law.md 2.3)."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.inforequests.actions import NewRequest, RequesterDetails
from gongkai.inforequests.models import Carrier, Delivery, IntakeChannel
from gongkai.inforequests.rules.identity import (
    DOCUMENTS,
    OTHER_DOCUMENT,
    identity_problems,
    proper,
    suggested_kind,
)
from gongkai.inforequests.staff.fields import choice_field, day_field, line_field, text_field
from gongkai.orgs.models import Organ
from gongkai.statute.requesters import RequesterKind

_LONGEST_DESCRIPTION = 10_000
_DOCUMENTS = [
    ("", "没有提供证件"),
    *[(label, label) for label in DOCUMENTS if label != OTHER_DOCUMENT],
    (OTHER_DOCUMENT, f"{OTHER_DOCUMENT}（旧式证件、境外证件等，不校验号码）"),
]
_FILE_FAULTS = {
    "empty": "选择的文件是空的，请重新选择",
    "max_length": "文件名过长，请改短后重新选择",
}
# The form reads in these parts.
_SECTIONS = (
    ("怎样提交的", ("organ", "channel", "arrived_on", "confirmed_on")),
    (
        "申请人",
        (
            "name",
            "identity_kind",
            "identity_number",
            "requester_kind",
            "legal_representative",
            "contact_person",
            "phone",
            "email",
            "fax",
            "address",
            "postcode",
        ),
    ),
    ("材料", ("proof", "attachments")),
    (
        "所需信息",
        ("description", "items", "carrier", "delivery", "other_way_accepted", "fee_relief"),
    ),
    ("登记", ("again", "with_letter")),
)


class IntakeForm(forms.Form):
    """Who asks, what, by which channel; no purpose is asked for (Art. 29)."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    organ = forms.ModelChoiceField(
        label="受理机关",
        queryset=Organ.objects.none(),
        empty_label=None,
        error_messages={
            "required": "请选择“受理机关”",
            "invalid_choice": "请选择您可以登记申请的机关",
        },
    )
    channel = choice_field(
        "提交渠道",
        IntakeChannel,
        help_text="口头申请的，由工作人员代为填写、向申请人宣读，登记后打印笔录请其签名（第二十九条）",
    )
    arrived_on = day_field("提交（签收、到达）日期")
    confirmed_on = day_field(
        "与申请人确认收到的日期",
        required=False,
        help_text="平常信函、网络、电子邮件、传真以双方确认之日为收到申请之日（第三十一条）；"
        "尚未确认的先留空，登记后尽快联系申请人",
    )
    name = line_field("姓名或者名称")
    identity_kind = forms.ChoiceField(label="证件名称", choices=_DOCUMENTS, required=False)
    identity_number = line_field("证件号码", 50, required=False)
    requester_kind = forms.ChoiceField(
        label="申请人类别",
        choices=[("", "按证件判断"), *((each.value, each.label) for each in RequesterKind)],
        required=False,
        help_text="以申请人为准，不看代理人；判断得不对的，请改选",
    )
    legal_representative = line_field("法定代表人或者负责人", 100, required=False)
    contact_person = line_field("联系人", 100, required=False, help_text="单位申请的填写")
    phone = line_field("联系电话", 50, required=False)
    email = line_field("电子邮箱", 254, required=False)
    fax = line_field("传真号码", 50, required=False)
    address = line_field("通信地址", 300, required=False)
    postcode = line_field("邮政编码", 10, required=False)
    proof = forms.FileField(
        label="身份证明",
        required=False,
        help_text="身份证、营业执照等的扫描件或者照片；可以登记后再上传",
        error_messages=_FILE_FAULTS,
    )
    attachments = forms.FileField(
        label="申请书和其他材料",
        required=False,
        help_text="来信、申请表等的扫描件；有多份的，登记后在案件页面上传其余的",
        error_messages=_FILE_FAULTS,
    )
    description = text_field(
        "所需政府信息的名称、文号或者其他特征描述", _LONGEST_DESCRIPTION, rows=6
    )
    items = text_field(
        "分项（一行一项）",
        _LONGEST_DESCRIPTION,
        required=False,
        help_text="一份申请要求几项信息、又不拆分的，每行写一项，答复时逐项填写结果",
    )
    carrier = choice_field("信息形式", Carrier)
    delivery = choice_field("获取方式", Delivery)
    other_way_accepted = forms.BooleanField(
        label="不能按指定方式提供时，接受其他方式", required=False, initial=True
    )
    fee_relief = line_field(
        "申请减免费用的情形",
        required=False,
        help_text="如：最低生活保障对象；没有申请减免的留空",
    )
    again = forms.BooleanField(
        label="已经核对，不是重复提交，仍然登记",
        required=False,
        help_text="系统提示有相同申请时，核对后才勾选",
    )
    with_letter = forms.BooleanField(
        label="同时制发《登记回执》",
        required=False,
        help_text="收到之日已经确定的才能制发；之后也可以在案件页面制发",
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields in the parts of the form, each under its heading."""
        return [(title, [self[name] for name in names]) for title, names in _SECTIONS]

    def clean(self) -> dict[str, Any]:
        """Suggest the kind of requester where none is told; check who asks by one judge."""
        told = self.cleaned_data
        if "name" not in told:
            return told
        kind = told.get("requester_kind") or self._suggested()
        if not kind:
            self.add_error("requester_kind", "从证件看不出申请人类别，请选择“申请人类别”")
            return told
        told["requester_kind"] = RequesterKind(kind)
        today, who = timezone.localdate(), self.requester()
        for name, why in identity_problems(
            who, told["requester_kind"], whole=False, today=today
        ).items():
            self.add_error(name, why)
        if "identity_number" in told:
            told["identity_number"] = proper(who, today)
        return told

    def _suggested(self) -> RequesterKind | None:
        """Return the kind that the document tells; a person, when there is nothing of a body."""
        told = self.cleaned_data
        document, number = told.get("identity_kind", ""), told.get("identity_number", "")
        if document and document != OTHER_DOCUMENT:
            return suggested_kind(document, number)
        of_a_body = told.get("legal_representative") or told.get("contact_person")
        return None if of_a_body else RequesterKind.NATURAL_PERSON

    def told(self) -> NewRequest:
        """Return what is asked."""
        told = self.cleaned_data
        return NewRequest(
            channel=IntakeChannel(told["channel"]),
            requester_kind=RequesterKind(told["requester_kind"]),
            description=told["description"],
            carrier=Carrier(told["carrier"]),
            delivery=Delivery(told["delivery"]),
            items=tuple(line.strip() for line in told["items"].splitlines() if line.strip()),
            other_way_accepted=told["other_way_accepted"],
            fee_relief=told["fee_relief"],
            again=told["again"],
        )

    def requester(self) -> RequesterDetails:
        """Return who asks."""
        names = RequesterDetails.__dataclass_fields__
        told = self.cleaned_data
        return RequesterDetails(**{name: told.get(name, "") for name in names})

    def submitted_at(self, now: datetime) -> datetime:
        """Return the moment of arrival: now when it came today, else the day's noon."""
        day = self.cleaned_data["arrived_on"]
        if day == timezone.localdate(now):
            return now
        noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001  made aware below
        return timezone.make_aware(noon)
