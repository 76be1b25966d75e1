"""Forms of consulting: third parties, joint makers, other organs (Art. 32, 34)."""

from typing import Any

from django import forms

from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.queries import open_consultations
from gongkai.inforequests.staff.fields import choice_field, line_field, text_field
from gongkai.inforequests.staff.forms.base import ActForm
from gongkai.statute.clock import ConsultationKind

_KIND = {
    ConsultationKind.THIRD_PARTY: "第三方",
    ConsultationKind.JOINT_ORGAN: "共同制作机关",
    ConsultationKind.OTHER_ORGAN: "其他机关",
}


class ConsultThirdPartyForm(ActForm):
    """Who is asked about what."""

    button = "征求第三方意见"
    on_label = "征求意见书发出日期"
    letter = ("L05", "第三方意见征询书")
    whom = line_field("第三方")
    about = text_field("征求内容", required=False, help_text="写拟公开的信息，不写申请人是谁")


class ConsultOrganForm(ActForm):
    """Which organ is asked, and whether it made the record jointly."""

    button = "征求机关意见"
    on_label = "征求意见函发出日期"
    letter = ("L07", "征求意见函")
    whom = line_field("机关")
    joint = forms.BooleanField(
        label="是共同制作机关",
        required=False,
        help_text="共同制作机关逾期未提出意见的，视为同意公开（第三十四条）",
    )
    about = text_field("征求内容", required=False)


class ConsultationForm(ActForm):
    """A day for one of the open consultations."""

    button = "登记征求意见书送达"
    on_label = "送达日期"
    consultation = forms.TypedChoiceField(
        label="所征求的意见",
        coerce=int,
        error_messages={"required": "请选择“所征求的意见”", "invalid_choice": "请重新选择"},
    )

    def prepare(self) -> None:
        """Offer the consultations that still wait."""
        self.fields["consultation"].choices = [
            (each.number, f"{_KIND[each.kind]}：{each.whom}（{each.sent_on:%Y-%m-%d}发出）")
            for each in open_consultations(self.info_request)
        ]


class OpinionForm(ConsultationForm):
    """How a consultation ended."""

    button = "登记意见"
    on_label = "收到意见（届满、撤回）的日期"
    opinion = choice_field(
        "意见", Opinion, help_text="第三方逾期未提出意见的，由本机关决定是否公开（第三十二条）"
    )
    note = text_field("意见内容", required=False)

    def told(self) -> dict[str, Any]:
        """Return the opinion as the enum it is."""
        return super().told() | {"opinion": Opinion(self.cleaned_data["opinion"])}


class TellThirdPartyForm(ActForm):
    """What is disclosed against a third party's will, and why (Art. 32)."""

    button = "登记告知第三方"
    on_label = "书面告知第三方的日期"
    letter = ("L08", "告知第三方书")
    consultation = forms.TypedChoiceField(
        label="告知的第三方",
        coerce=int,
        error_messages={"required": "请选择“告知的第三方”", "invalid_choice": "请重新选择"},
    )
    what = text_field("决定公开的内容", rows=3)
    reason = text_field("公开的理由", rows=3, help_text="不公开会对公共利益造成什么重大影响")

    def prepare(self) -> None:
        """Offer the third parties that refused, wholly or in part."""
        acts = list(self.info_request.acts.order_by("sequence"))
        asked = {act.sequence: act for act in acts if act.kind == Event.CONSULT_THIRD_PARTY}
        against = (Opinion.REFUSES, Opinion.PARTLY)
        self.fields["consultation"].choices = [
            (act.data["consultation"], asked[act.data["consultation"]].data["whom"])
            for act in acts
            if act.kind in (Event.RECORD_OPINION, Event.RECORD_LAST_OPINION)
            and act.data.get("opinion") in against
            and act.data["consultation"] in asked
        ]
