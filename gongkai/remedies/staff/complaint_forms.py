"""Forms of complaints and reports: a new one, and one for each later step."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.inforequests.models import InfoRequest
from gongkai.orgs.models import Organ
from gongkai.remedies.actions import Told
from gongkai.remedies.lifecycle import (
    Channel,
    ComplaintEvent,
    ComplaintKind,
    Ground,
    Measure,
    Verdict,
)
from gongkai.remedies.staff.forms import choice_field, day_field, line_field


def words_field(label: str, longest: int = 4000, **more: Any) -> forms.CharField:
    """Return a field for several lines of text."""
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": f"请填写“{label}”",
            "max_length": f"“{label}”不能超过{longest}字，请删减",
        },
        **more,
    )


def organ_field(label: str) -> forms.ModelChoiceField:
    """Return a field to choose an organ."""
    return forms.ModelChoiceField(
        label=label,
        queryset=Organ.objects.none(),
        empty_label="请选择",
        error_messages={"required": f"请选择“{label}”", "invalid_choice": f"请重新选择“{label}”"},
    )


class ComplaintForm(forms.Form):
    """A complaint or report as it came."""

    organ = organ_field("受理机关")
    about = organ_field("被投诉（举报）机关")
    kind = choice_field("类别", ComplaintKind)
    ground = choice_field("事项", Ground)
    channel = choice_field("渠道", Channel)
    on = day_field("收到之日")
    subject = line_field("事由", 200, help_text="不写投诉人的姓名")
    content = words_field("内容", help_text="加密保存")
    complainant = line_field(
        "投诉（举报）人", 100, required=False, help_text="加密保存；匿名举报的留空"
    )
    contact = line_field("联系方式", 200, required=False, help_text="加密保存")
    request_number = line_field("所涉申请的编号", 40, required=False)

    def __init__(
        self, *args: Any, organs: QuerySet[Organ], others: QuerySet[Organ], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs
        self.fields["about"].queryset = others

    def clean_request_number(self) -> str:
        """Return the typed id of the request with this number."""
        number = self.cleaned_data["request_number"].strip()
        if not number:
            return ""
        about = self.cleaned_data.get("about")
        found = InfoRequest.objects.filter(number=number, organ=about).first()
        if found is None:
            raise forms.ValidationError("被投诉机关没有这一编号的申请，请核对或者留空")
        return found.typed_id

    def told(self) -> Told:
        """Return what was told."""
        data = self.cleaned_data
        return Told(
            about=data["about"],
            kind=ComplaintKind(data["kind"]),
            ground=Ground(data["ground"]),
            channel=Channel(data["channel"]),
            subject=data["subject"],
            content=data["content"],
            complainant=data["complainant"],
            contact=data["contact"],
            info_request=data["request_number"],
        )


class StepForm(forms.Form):
    """The day of a step; each adds what it must be told."""

    on = day_field("日期")

    def told(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return dict(self.cleaned_data)


class DeclineForm(StepForm):
    """Why a complaint is declined."""

    reason = line_field("不予受理的理由", 300)


class ForwardForm(StepForm):
    """Whom a complaint is sent on to."""

    to = line_field("转送去向", 300)


class AskForm(StepForm):
    """By when the organ is to explain."""

    on = day_field("要求说明之日", help_text="只告知所反映的事项，不告知投诉人是谁")
    explain_by = day_field("说明期限")


class ExtendForm(StepForm):
    """By how many days."""

    days = forms.IntegerField(
        label="延长天数",
        help_text="最多30日",
        error_messages={"required": "请填写“延长天数”", "invalid": "“延长天数”应当是整数，请修改"},
    )


class FindForm(StepForm):
    """What was found and what is done."""

    on = day_field("认定之日")
    verdict = choice_field("认定", Verdict)
    measure = choice_field("处理", Measure)
    finding = words_field("核查情况", help_text="加密保存")
    rectify_by = day_field("整改期限", required=False)

    def told(self) -> dict[str, Any]:
        """Return the choices as the enums they are."""
        data = self.cleaned_data
        enums = {"verdict": Verdict(data["verdict"]), "measure": Measure(data["measure"])}
        return {**data, **enums}


class AnswerForm(StepForm):
    """What who complained is told."""

    on = day_field("答复（办结）之日")
    answer = words_field("答复", required=False, help_text="匿名举报的可以不填；加密保存")


class ReferForm(StepForm):
    """Who judges the liability."""

    on = day_field("移送之日")
    to = line_field("移送机关", 100, help_text="如县纪委监委、任免机关")


FORMS: Mapping[ComplaintEvent, type[StepForm]] = {
    ComplaintEvent.ACCEPT: StepForm,
    ComplaintEvent.DECLINE: DeclineForm,
    ComplaintEvent.FORWARD: ForwardForm,
    ComplaintEvent.ASK: AskForm,
    ComplaintEvent.EXPLAIN: StepForm,
    ComplaintEvent.EXTEND: ExtendForm,
    ComplaintEvent.FIND: FindForm,
    ComplaintEvent.ANSWER: AnswerForm,
    ComplaintEvent.RECTIFY: StepForm,
    ComplaintEvent.REFER: ReferForm,
    ComplaintEvent.WITHDRAW: StepForm,
}
