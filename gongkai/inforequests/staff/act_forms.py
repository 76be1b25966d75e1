"""A form for each verb on a case; `told` gives what the verb takes beside day and person."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import InfoRequest, IntakeChannel
from gongkai.inforequests.queries import open_consultations
from gongkai.inforequests.staff.fields import (
    choice_field,
    day_field,
    line_field,
    number_field,
    text_field,
)
from gongkai.statute.grounds import Ground

_LAPSES = (Ground.NOT_SUPPLEMENTED, Ground.FEE_UNPAID)
REPLY_GROUNDS = tuple(ground for ground in Ground if ground not in _LAPSES)


class ActForm(forms.Form):
    """The day of the act; each verb adds what it must be told."""

    on = day_field("日期")
    on_label = ""

    def __init__(self, *args: Any, info_request: InfoRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.info_request = info_request
        if self.on_label:
            self.fields["on"] = day_field(self.on_label)
        self.prepare()
        if "on" in self.fields:
            self.order_fields(["on"])

    def prepare(self) -> None:
        """Fit the fields to the case."""

    def told(self) -> dict[str, Any]:
        """Return the verb's own arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name != "on"}


class RegisterForm(ActForm):
    """The day both sides confirmed, where the channel asks for one."""

    on_label = "与申请人确认收到的日期"

    def prepare(self) -> None:
        """Leave the day out where the law fixes it."""
        if not IntakeChannel(self.info_request.channel).needs_confirmation:
            del self.fields["on"]


class AssignForm(ActForm):
    """To whom the case goes."""

    unit = line_field("承办科室")
    handler = line_field("经办人", 100, required=False)
    inner_due_on = day_field("内部办理期限", required=False)


class SplitForm(ActForm):
    """The matters that become requests of their own."""

    parts = text_field("拆分后的各件（一行一件）", 10_000, rows=6)

    def prepare(self) -> None:
        """Offer the items of the form."""
        items = self.info_request.items.order_by("place").values_list("text", flat=True)
        self.fields["parts"].initial = "\n".join(items)

    def told(self) -> dict[str, Any]:
        """Return one description a line."""
        lines = self.cleaned_data["parts"].splitlines()
        return {"descriptions": [line for line in lines if line.strip()]}


class AskSupplementForm(ActForm):
    """What must be supplemented, by when."""

    on_label = "告知补正的日期"
    what = text_field("需要补正的事项", help_text="应当一次性告知全部需要补正的事项（第三十条）")
    due_on = day_field("补正期限", help_text="合理的补正期限，一般为15个工作日")


class ReceiveSupplementForm(ActForm):
    """What came."""

    on_label = "收到补正的日期"
    what = text_field("补正内容")


class NoteForm(ActForm):
    """A lapse, with a note."""

    note = text_field("说明", required=False)


class ConsultThirdPartyForm(ActForm):
    """Who is asked about what."""

    on_label = "征求意见书发出日期"
    whom = line_field("第三方")
    about = text_field("征求内容", required=False)


class ConsultOrganForm(ActForm):
    """Which organ is asked, and whether it made the record jointly."""

    on_label = "征求意见函发出日期"
    whom = line_field("机关")
    joint = forms.BooleanField(
        label="是共同制作机关",
        required=False,
        help_text="共同制作机关逾期未提出意见的，视为同意公开（第三十四条）",
    )
    about = text_field("征求内容", required=False)


class ConsultationForm(ActForm):
    """A day for one of the open consultations."""

    on_label = "送达日期"
    consultation = forms.TypedChoiceField(
        label="所征求的意见",
        coerce=int,
        error_messages={"required": "请选择“所征求的意见”", "invalid_choice": "请重新选择"},
    )

    def prepare(self) -> None:
        """Offer the consultations that still wait."""
        self.fields["consultation"].choices = [
            (each.number, f"{each.kind.label}：{each.whom}（{each.sent_on:%Y-%m-%d}发出）")
            for each in open_consultations(self.info_request)
        ]


class OpinionForm(ConsultationForm):
    """How a consultation ended."""

    on_label = "收到意见（届满、撤回）的日期"
    opinion = choice_field("意见", Opinion)
    note = text_field("意见内容", required=False)

    def told(self) -> dict[str, Any]:
        """Return the opinion as the enum it is."""
        return super().told() | {"opinion": Opinion(self.cleaned_data["opinion"])}


class ExtendForm(ActForm):
    """How long, why, with whose consent."""

    on_label = "告知申请人的日期"
    workdays = number_field("延长的工作日数", min_value=1, max_value=20)
    reason = text_field("延长理由")
    approved_by = line_field("同意延期的政府信息公开工作机构负责人", 100)


class AskReasonsForm(ActForm):
    """What is asked of a requester of unreasonable volume."""

    what = text_field("要求说明的理由")


class SetDelayForm(ActForm):
    """The reasonable later date."""

    on_label = "告知申请人的日期"
    until_on = day_field("延迟答复的日期")
    reason = text_field("延迟理由")


class ChargeFeeForm(ActForm):
    """How much, and how it was reckoned."""

    on_label = "收费通知送达日期"
    amount = forms.DecimalField(
        label="信息处理费（元）",
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        error_messages={
            "required": "请填写“信息处理费（元）”",
            "invalid": "“信息处理费（元）”应当是金额，如50.00，请修改",
        },
    )
    basis = line_field("计费方式和数量", help_text="如：按量计收，35页")


class PaymentForm(ActForm):
    """The receipt."""

    on_label = "缴费日期"
    receipt = line_field("财政票据号", 100, required=False)


class WithdrawForm(ActForm):
    """How the requester withdrew."""

    reason = text_field("撤回情况")


class CloseForm(ActForm):
    """Where the file is kept."""

    on_label = "归档日期"
    file_number = line_field("档号", 100, required=False)


class ReplyForm(ActForm):
    """A ground for each item; the row of table three follows, or is chosen with a reason."""

    on_label = "答复日期"
    document_number = line_field("答复书文号", 100, required=False)
    chosen = choice_field(
        "计入年度报告的结果",
        REPLY_GROUNDS,
        required=False,
        help_text="一般不选，由系统按各项结果确定一种；全部不予公开或者无法提供等情形可另选其一",
    )
    reason = text_field("另选计入结果的理由", required=False, rows=2)

    def prepare(self) -> None:
        """Ask a ground for each item, before the rest."""
        places = []
        for item in self.info_request.items.order_by("place"):
            name = f"ground_{item.place}"
            label = f"第{item.place}项的办理结果"
            self.fields[name] = choice_field(
                label, REPLY_GROUNDS, required=True, help_text=item.text[:200]
            )
            self.fields[name].choices = [("", "请选择"), *self.fields[name].choices]
            places.append(name)
        self.order_fields(["on", *places])

    def told(self) -> dict[str, Any]:
        """Return grounds by item."""
        told = self.cleaned_data
        return {
            "grounds": {
                int(name.removeprefix("ground_")): Ground(value)
                for name, value in told.items()
                if name.startswith("ground_")
            },
            "chosen": Ground(told["chosen"]) if told["chosen"] else None,
            "reason": told["reason"],
            "document_number": told["document_number"],
        }


FORMS: Mapping[Event, type[ActForm]] = {
    Event.REGISTER: RegisterForm,
    Event.SPLIT: SplitForm,
    Event.ASSIGN: AssignForm,
    Event.ASK_SUPPLEMENT: AskSupplementForm,
    Event.RECEIVE_SUPPLEMENT: ReceiveSupplementForm,
    Event.LAPSE_SUPPLEMENT: NoteForm,
    Event.CONSULT_THIRD_PARTY: ConsultThirdPartyForm,
    Event.CONSULT_ORGAN: ConsultOrganForm,
    Event.SERVE_CONSULTATION: ConsultationForm,
    Event.RECORD_OPINION: OpinionForm,
    Event.EXTEND: ExtendForm,
    Event.ASK_REASONS: AskReasonsForm,
    Event.SET_DELAY: SetDelayForm,
    Event.CHARGE_FEE: ChargeFeeForm,
    Event.RECORD_PAYMENT: PaymentForm,
    Event.LAPSE_FEE: NoteForm,
    Event.REPLY: ReplyForm,
    Event.WITHDRAW: WithdrawForm,
    Event.CLOSE: CloseForm,
}
