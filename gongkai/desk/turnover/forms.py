"""The forms of turning over: an order into a request, a request into an order or a petition."""

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.hotline.actions import OrderKind, SourceChannel
from gongkai.hotline.models import WorkOrder
from gongkai.inforequests.actions import NewRequest, RequesterDetails
from gongkai.inforequests.models import Carrier, Delivery, IntakeChannel
from gongkai.statute.requesters import RequesterKind

# How what reached the hotline counts as a way of filing a request (Art. 29, 31).
_FILED_BY = {
    SourceChannel.PHONE: IntakeChannel.ORAL,
    SourceChannel.IN_PERSON: IntakeChannel.ORAL,
    SourceChannel.WEBSITE: IntakeChannel.ONLINE,
    SourceChannel.WECHAT: IntakeChannel.ONLINE,
    SourceChannel.APP: IntakeChannel.ONLINE,
    SourceChannel.SMS: IntakeChannel.ONLINE,
    SourceChannel.MESSAGE_BOARD: IntakeChannel.ONLINE,
    SourceChannel.EMAIL: IntakeChannel.EMAIL,
    SourceChannel.LETTER: IntakeChannel.POST_ORDINARY,
    SourceChannel.SUPERIOR: IntakeChannel.POST_ORDINARY,
    SourceChannel.TURNED_OVER: IntakeChannel.ONLINE,
}


def line(label: str, longest: int = 200, **more: Any) -> forms.CharField:
    """Return a field for one line of text, or several with a `widget`."""
    return forms.CharField(
        label=label,
        max_length=longest,
        error_messages={
            "required": f"请填写“{label}”",
            "max_length": f"“{label}”不能超过{longest}字，请删减",
        },
        **more,
    )


def text(label: str, longest: int, rows: int, **more: Any) -> forms.CharField:
    """Return a field for several lines of text."""
    return line(label, longest, widget=forms.Textarea(attrs={"rows": rows}), **more)


def choice(label: str, values: Iterable[Any], **more: Any) -> forms.ChoiceField:
    """Return a field to choose one of some enums with Chinese labels."""
    return forms.ChoiceField(
        label=label,
        choices=[(each.value, each.label) for each in values],
        error_messages={
            "required": f"请选择“{label}”",
            "invalid_choice": f"“{label}”不在可选项中，请重新选择",
        },
        **more,
    )


class OrderToRequestForm(forms.Form):
    """What the caller asks for, as a request (Art. 29), and why the hotline does not answer it."""

    reason = text(
        "转办理由", 1000, 2, initial="要求公开政府信息，依法应当通过政府信息公开申请程序办理"
    )
    description = text("所需政府信息的名称、文号或者其他特征描述", 10_000, 6)
    channel = choice(
        "提交渠道",
        IntakeChannel,
        help_text="电话、来访的按口头申请：代为填写，向诉求人宣读，打印由其签名确认（第二十九条）",
    )
    requester_kind = choice("申请人类别", RequesterKind)
    name = line("姓名或者名称", required=False, help_text="留空的，沿用工单登记的姓名")
    phone = line("联系电话", 50, required=False, help_text="留空的，沿用工单登记的电话")
    identity_kind = line(
        "证件名称", 50, required=False, help_text="尚未提供的留空，收到后一次性告知补正（第三十条）"
    )
    identity_number = line("证件号码", 50, required=False)
    email = line("电子邮箱", 254, required=False)
    address = line("通信地址", 300, required=False)
    postcode = line("邮政编码", 10, required=False)
    carrier = choice("信息形式", Carrier)
    delivery = choice("获取方式", Delivery)
    again = forms.BooleanField(
        label="已经核对，不是重复提交，仍然登记",
        required=False,
        help_text="系统提示有相同申请时，核对后才勾选",
    )

    @classmethod
    def of(cls, order: WorkOrder) -> "OrderToRequestForm":
        """Return the form with what the order tells already; the caller stays masked."""
        channel = _FILED_BY[SourceChannel(order.source)]
        form = cls(initial={"description": order.content, "channel": channel.value})
        form.show_caller(order)
        return form

    def show_caller(self, order: WorkOrder) -> None:
        """Say, masked, which name and telephone stand on the order."""
        for name, known in (("name", order.caller_masked), ("phone", order.phone_masked)):
            self.fields[name].help_text += f"（{known}）" if known else "；工单没有登记"

    def told(self) -> NewRequest:
        """Return what is asked."""
        told = self.cleaned_data
        return NewRequest(
            channel=IntakeChannel(told["channel"]),
            requester_kind=RequesterKind(told["requester_kind"]),
            description=told["description"],
            carrier=Carrier(told["carrier"]),
            delivery=Delivery(told["delivery"]),
            again=told["again"],
        )

    def requester(self) -> RequesterDetails:
        """Return who asks, as far as it was typed."""
        names = ("name", "phone", "identity_kind", "identity_number", "email", "address")
        known = {name: self.cleaned_data[name] for name in (*names, "postcode")}
        return RequesterDetails(**known)


class RequestToOrderForm(forms.Form):
    """What kind of order the matter is, and why it is none of disclosure."""

    kind = choice("诉求类型", OrderKind, initial=OrderKind.COMPLAINT.value)
    reason = text("转办理由", 1000, 3)


class ReferToPetitionForm(forms.Form):
    """Which petition office takes the matter on, since when."""

    on = forms.DateField(
        label="告知（转送）日期",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "请填写“告知（转送）日期”",
            "invalid": "“告知（转送）日期”应当是日期，如2026-03-02，请修改",
        },
    )
    where = line("受理单位和联系方式", help_text="如县信访局，0795-4662345")
    note = text("说明", 1000, 3, required=False)
