"""Forms from the draft's review to the archive (Art. 36-45, 51)."""

from typing import Any

from gongkai.inforequests.lifecycle.channels import ReferralTarget
from gongkai.inforequests.models import Retention
from gongkai.inforequests.staff.fields import (
    choice_field,
    day_field,
    line_field,
    text_field,
)
from gongkai.inforequests.staff.forms.base import ActForm
from gongkai.statute.grounds import Ground

_LAPSES = (Ground.NOT_SUPPLEMENTED, Ground.FEE_UNPAID)
REPLY_GROUNDS = tuple(ground for ground in Ground if ground not in _LAPSES)


class PassForm(ActForm):
    """The reviewer's word."""

    on_label = "审核日期"
    button = "审核通过"
    note = text_field("审核意见", required=False, rows=2)


class ReturnDraftForm(ActForm):
    """Why the draft goes back."""

    on_label = "退回日期"
    button = "退回修改"
    why = text_field("退回意见", rows=3)


class SignForm(ActForm):
    """The head signs."""

    on_label = "签发日期"
    button = "签发"


class IssueForm(ActForm):
    """The letter is made, numbered and frozen."""

    on_label = "成文日期"
    button = "制发答复书"


class CancelIssueForm(ActForm):
    """Why a letter that has not gone out is struck."""

    on_label = "作废日期"
    button = "作废答复书"
    reason = text_field("作废原因", rows=2, help_text="文号作废后保留，不再使用；申请退回办理中")


class ReferForm(ActForm):
    """Where a petition, complaint or report is taken on."""

    button = "登记告知（转送）"
    on_label = "告知（转送）日期"
    to = choice_field(
        "渠道", [each for each in ReferralTarget if each is not ReferralTarget.HOTLINE]
    )
    where = line_field("受理单位和联系方式")
    note = text_field("说明", required=False, rows=2)

    def told(self) -> dict[str, Any]:
        """Return the target as the enum it is."""
        return super().told() | {"to": ReferralTarget(self.cleaned_data["to"])}


class WithdrawForm(ActForm):
    """How the requester withdrew."""

    button = "登记撤回"
    on_label = "撤回日期"
    reason = text_field("撤回情况", help_text="申请人以什么方式撤回；书面材料请上传")


class CloseForm(ActForm):
    """The work is done."""

    button = "办结"
    on_label = "办结日期"


class ReopenForm(ActForm):
    """By which decision the case is taken up again (Art. 51)."""

    button = "登记重新办理"
    on_label = "收到决定书（判决书）的日期"
    decision = line_field("决定书（判决书）文号", 100)
    authority = line_field("复议机关或者人民法院", 100)
    why = text_field("重新办理的要求", rows=3)
    due_on = day_field(
        "决定要求的答复期限", required=False, help_text="决定没有规定期限的留空，按20个工作日计算"
    )


class ArchiveForm(ActForm):
    """Where the file is kept, and how long."""

    button = "归档"
    on_label = "归档日期"
    file_number = line_field("档号", 100)
    retention = choice_field("保管期限", Retention, help_text="期满后清除申请人信息，统计数字保留")

    def told(self) -> dict[str, Any]:
        """Return the class as the enum it is."""
        return super().told() | {"retention": Retention(self.cleaned_data["retention"])}


class ReplyForm(ActForm):
    """An answer given on the spot, or before this system: a ground for each item."""

    button = "登记答复"
    on_label = "答复日期"
    document_number = line_field("答复书文号", 100, required=False)
    chosen = choice_field(
        "计入年度报告的结果",
        REPLY_GROUNDS,
        required=False,
        help_text="一般不选，由系统按各项结果确定一种；全部不予公开或者无法提供等情形可另选其一",
    )
    reason = text_field("另选计入结果的理由", required=False, rows=2)

    def warnings(self) -> list[str]:
        """Say that the ordinary way is another."""
        return ["这里只登记当场答复，或者在系统外已经作出的答复；其他答复请用“拟写答复”办理。"]

    def prepare(self) -> None:
        """Ask a ground for each item, before the rest."""
        places = []
        for item in self.info_request.items.order_by("place"):
            name = f"ground_{item.place}"
            label = f"第{item.place}项的办理结果"
            field = choice_field(label, REPLY_GROUNDS, required=True, help_text=item.text[:200])
            field.choices = [("", "请选择"), *field.choices]
            self.fields[name] = field
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
