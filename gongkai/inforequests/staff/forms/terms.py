"""Forms of what bears on the term: supplements, extension, reasons, fees (Art. 30, 33, 35, 42)."""

from datetime import timedelta
from typing import Any

from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.queries.requesters import times_asked
from gongkai.inforequests.staff.fields import (
    choice_field,
    day_field,
    line_field,
    number_field,
    text_field,
)
from gongkai.inforequests.staff.forms.base import ActForm, NoteForm, yes_or_no
from gongkai.statute.days import written
from gongkai.statute.fees import Tariff

_SUPPLEMENT_DAYS = 21  # fifteen working days in an ordinary month; the office may change it


class AskSupplementForm(ActForm):
    """What must be supplemented, by when."""

    button = "告知补正"
    on_label = "告知补正的日期"
    letter = ("L02", "补正告知书")
    what = text_field("需要补正的事项", help_text="应当一次性告知全部需要补正的事项（第三十条）")
    due_on = day_field("补正期限", help_text="合理的补正期限，一般为15个工作日")

    def prepare(self) -> None:
        """Suggest three weeks."""
        self.fields["due_on"].initial = self.today + timedelta(days=_SUPPLEMENT_DAYS)


class ReceiveSupplementForm(ActForm):
    """What came."""

    button = "登记收到补正"
    on_label = "收到补正的日期"
    what = text_field("补正内容")


class LapseSupplementForm(NoteForm):
    """The term ran out without a good reason."""

    button = "登记逾期不补正"
    letter = ("L10", "逾期不补正终止处理告知书")


class LapseFeeForm(NoteForm):
    """The fee was not paid in time."""

    button = "登记逾期未缴费"
    letter = ("L10", "逾期未缴费终止处理告知书")


class ProposeExtensionForm(ActForm):
    """How long and why; the head consents (Art. 33(2))."""

    button = "提请延期"
    on_label = "提请日期"
    workdays = number_field("延长的工作日数", min_value=1, max_value=20)
    reason = text_field("延长理由", help_text="将写入延期答复告知书，请写明具体情况")


class ExtendForm(ActForm):
    """The head's consent to what was proposed, told to the requester before the term ends."""

    on_label = "同意并告知申请人的日期"
    letter = ("L04", "延期答复告知书")
    button = "同意延期"

    def warnings(self) -> list[str]:
        """Tell what was proposed, by whom."""
        proposed = self.info_request.acts.filter(kind=Event.PROPOSE_EXTENSION).last()
        if proposed is None:
            return ["还没有人提请延期，请经办人先办理“提请延期”。"]
        data = proposed.data
        return [
            f"{proposed.actor_name}于{written(proposed.on)}提请延长{data['workdays']}个工作日，"
            f"理由：{data['reason']}"
        ]


class AskReasonsForm(ActForm):
    """What is asked of a requester of unreasonable volume."""

    button = "要求说明理由"
    letter = ("L03", "说明理由告知书")
    what = text_field(
        "要求说明的理由", help_text="写明申请的数量、频次，以及为什么明显超过合理范围"
    )


class ReceiveReasonsForm(ActForm):
    """The reasons given, and whether they hold."""

    button = "登记理由说明"
    on_label = "收到理由说明的日期"
    what = text_field("申请人说明的理由")
    reasonable = yes_or_no(
        "理由是否合理", "合理，可以确定延迟答复的合理期限", "不合理，可以不予处理"
    )


class SetDelayForm(ActForm):
    """The reasonable later date."""

    button = "确定延迟答复的期限"
    on_label = "告知申请人的日期"
    letter = ("L04b", "延迟答复期限告知书")
    until_on = day_field("延迟答复的日期")
    reason = text_field("延迟理由")


class ChargeFeeForm(ActForm):
    """By which tariff, for how many; the amount follows (收费办法 Art. 3 to 5)."""

    button = "通知缴费"
    on_label = "收费通知送达日期"
    letter = ("L09", "信息处理费收费通知书")
    tariff = choice_field(
        "计费方式", Tariff, help_text="一件申请只选一种（收费办法第三条）；金额由系统按标准计算"
    )
    count = number_field(
        "页数或者件数",
        min_value=1,
        max_value=1_000_000,
        help_text="按量计收的填提供的页数，30页以内不收费；按件计收的填本次申请的件数",
    )
    already = number_field(
        "本月此前已有的件数",
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text="仅按件计收时填写：同一申请人本月向本机关提出的其他申请，累计10件以内不收费",
    )
    payment = line_field(
        "缴纳方式", required=False, help_text="写入收费通知书；留空的，写“到本机关办理缴款手续”"
    )

    def prepare(self) -> None:
        """Suggest how many this requester has asked for before in the month."""
        received_on = self.info_request.received_on
        if received_on:
            asked = times_asked(self.info_request, received_on.replace(day=1))
            self.fields["already"].initial = max(asked - 1, 0)

    def told(self) -> dict[str, Any]:
        """Return the tariff and the number; how to pay is for the letter alone."""
        told = super().told()
        del told["payment"]
        return told | {"tariff": Tariff(told["tariff"]), "already": told["already"] or 0}

    def extra(self) -> dict[str, str]:
        """Return how to pay, where it was told."""
        payment = self.cleaned_data["payment"].strip()
        return {"payment": payment} if payment else {}

    def warnings(self) -> list[str]:
        """Tell of a plea for relief, which must be decided first."""
        plea = self.info_request.fee_relief
        return [f"申请人申请减免费用：{plea}。请先决定是否减免。"] if plea else []


class PaymentForm(ActForm):
    """The receipt."""

    button = "登记缴费"
    on_label = "缴费日期"
    receipt = line_field("财政票据号", 100, required=False)
