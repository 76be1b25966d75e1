"""The form by which a clerk takes a request in (Art. 29; law.md 2.3)."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.inforequests.actions import NewRequest, RequesterDetails
from gongkai.inforequests.models import Carrier, Delivery, IntakeChannel
from gongkai.inforequests.staff.fields import choice_field, day_field, line_field, text_field
from gongkai.orgs.models import Organ
from gongkai.statute.requesters import RequesterKind

_LONGEST_DESCRIPTION = 10_000


class IntakeForm(forms.Form):
    """Who asks, what, by which channel; no purpose is asked for (Art. 29)."""

    organ = forms.ModelChoiceField(
        label="受理机关",
        queryset=Organ.objects.none(),
        empty_label=None,
        error_messages={
            "required": "请选择“受理机关”",
            "invalid_choice": "请选择您可以登记申请的机关",
        },
    )
    channel = choice_field("提交渠道", IntakeChannel)
    arrived_on = day_field("提交（签收、到达）日期")
    confirmed_on = day_field(
        "与申请人确认收到的日期",
        required=False,
        help_text="平常信函、网络、电子邮件、传真以双方确认之日为收到申请之日（第三十一条）；"
        "尚未确认的先留空，登记后尽快联系申请人",
    )
    requester_kind = choice_field("申请人类别", RequesterKind)
    name = line_field("姓名或者名称")
    identity_kind = line_field("证件名称", 50, required=False)
    identity_number = line_field("证件号码或者统一社会信用代码", 50, required=False)
    contact_person = line_field("联系人", 100, required=False)
    phone = line_field("联系电话", 50, required=False)
    email = line_field("电子邮箱", 254, required=False)
    address = line_field("通信地址", 300, required=False)
    postcode = line_field("邮政编码", 10, required=False)
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

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs

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
        )

    def requester(self) -> RequesterDetails:
        """Return who asks."""
        names = RequesterDetails.__dataclass_fields__
        return RequesterDetails(**{name: self.cleaned_data[name] for name in names})

    def submitted_at(self, now: datetime) -> datetime:
        """Return the moment of arrival: now when it came today, else the day's noon."""
        day = self.cleaned_data["arrived_on"]
        if day == timezone.localdate(now):
            return now
        noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001  made aware below
        return timezone.make_aware(noon)
