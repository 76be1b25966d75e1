"""The forms of remedies: a new reconsideration or suit, and one for each later step."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.inforequests.models import InfoRequest
from gongkai.orgs.models import Organ
from gongkai.remedies.actions import Contest
from gongkai.remedies.lifecycle import Ending, Event, Procedure, Result, Route, Side
from gongkai.remedies.models import Litigation, Reconsideration
from gongkai.remedies.queries import Remedy


def day_field(label: str, **more: Any) -> forms.DateField:
    """Return a field for a day, entered as 2026-03-02."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": f"请填写“{label}”",
            "invalid": f"“{label}”应当是日期，如2026-03-02，请修改",
        },
        **more,
    )


def line_field(label: str, longest: int, **more: Any) -> forms.CharField:
    """Return a field for one line of text."""
    return forms.CharField(
        label=label,
        max_length=longest,
        error_messages={
            "required": f"请填写“{label}”",
            "max_length": f"“{label}”不能超过{longest}字，请删减",
        },
        **more,
    )


def choice_field(label: str, values: Iterable[Any], **more: Any) -> forms.ChoiceField:
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


class FilingForm(forms.Form):
    """What a reconsideration and a suit are both told."""

    organ = forms.ModelChoiceField(
        label="被申请（被告）机关",
        queryset=Organ.objects.none(),
        empty_label=None,
        error_messages={
            "required": "请选择“被申请（被告）机关”",
            "invalid_choice": "请选择您可以登记案件的机关",
        },
    )
    on = day_field("提出（起诉）之日")
    subject = line_field("案由", 300)
    case_number = line_field("案号", 100, required=False)
    request_number = line_field(
        "所涉申请的编号", 40, required=False, help_text="不服某件申请的答复的，填该申请的编号"
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs
        self.prepare(organs)

    def prepare(self, organs: QuerySet[Organ]) -> None:
        """Fit the fields to the person."""

    def clean_request_number(self) -> str:
        """Return the typed id of the request with this number."""
        number = self.cleaned_data["request_number"].strip()
        if not number:
            return ""
        organ = self.cleaned_data.get("organ")
        found = InfoRequest.objects.filter(number=number, organ=organ).first()
        if found is None:
            raise forms.ValidationError("该机关没有这一编号的申请，请核对或者留空")
        return found.typed_id

    def contest(self) -> Contest:
        """Return what is contested."""
        told = self.cleaned_data
        return Contest(told["subject"], told["case_number"], told["request_number"])


class ReconsiderationForm(FilingForm):
    """A reconsideration applied for."""

    authority = line_field("复议机关", 100)
    procedure = choice_field("审理程序", Procedure)

    def told(self) -> dict[str, Any]:
        """Return what the verb takes beside organ, day and contest."""
        return {
            "authority": self.cleaned_data["authority"],
            "procedure": Procedure(self.cleaned_data["procedure"]),
        }


class SuitForm(FilingForm):
    """A suit filed."""

    court = line_field("受理法院", 100)
    route = choice_field("起诉途径", Route)
    procedure = choice_field("审理程序", Procedure, required=False, initial=Procedure.ORDINARY)
    reconsideration = forms.ModelChoiceField(
        label="此前的行政复议",
        queryset=Reconsideration.objects.none(),
        required=False,
        empty_label="—",
        error_messages={"invalid_choice": "请选择您可以看到的行政复议"},
    )

    def prepare(self, organs: QuerySet[Organ]) -> None:
        """Offer the reconsiderations that the person may see."""
        field = self.fields["reconsideration"]
        field.queryset = Reconsideration.objects.filter(organ__in=organs).select_related("organ")

    def told(self) -> dict[str, Any]:
        """Return what the verb takes beside organ, day and contest."""
        return {
            "court": self.cleaned_data["court"],
            "route": Route(self.cleaned_data["route"]),
            "procedure": Procedure(self.cleaned_data["procedure"] or Procedure.ORDINARY),
            "reconsideration": self.cleaned_data["reconsideration"],
        }


class StepForm(forms.Form):
    """The day of a step; each adds what it must be told."""

    on = day_field("日期")

    def fit(self, remedy: Remedy) -> None:
        """Fit the fields to the case."""

    def told(self) -> dict[str, Any]:
        """Return what the verb takes beside the day."""
        return {name: value for name, value in self.cleaned_data.items() if name != "on"}


class AcceptForm(StepForm):
    """Acceptance, and when the copy came."""

    on = day_field("受理（立案）之日")
    copy_received_on = day_field("收到副本之日", required=False, help_text="书面答复的期限自此计算")
    case_number = line_field("案号", 100, required=False)


class AnswerForm(StepForm):
    """The organ's written reply or defence."""

    on = day_field("提交书面答复（答辩状）之日")


class ExtendForm(StepForm):
    """The authority's extension."""

    on = day_field("延长告知之日")
    days = forms.IntegerField(
        label="延长审理天数",
        help_text="最多30日",
        error_messages={
            "required": "请填写“延长审理天数”",
            "invalid": "“延长审理天数”应当是整数，请修改",
        },
    )


class DecideForm(StepForm):
    """The result, and whether the request behind the case is taken up again."""

    on = day_field("结果作出之日")
    result = choice_field("结果", Result)
    ending = forms.ChoiceField(
        label="结案方式",
        required=False,
        choices=[
            ("", "请选择"),
            *((each.value, f"{each.label}（计入{each.result.label}）") for each in Ending),
        ],
        error_messages={"invalid_choice": "“结案方式”不在可选项中，请重新选择"},
    )
    decision_number = line_field("决定书（裁判文书）文号", 100, required=False)
    is_ruling = forms.BooleanField(
        label="以裁定结案", required=False, help_text="裁定的上诉期为10日，判决为15日"
    )
    reopen = forms.BooleanField(
        label="结果纠正的，重新办理所涉申请",
        required=False,
        initial=True,
        help_text="复议决定、判决要求重新答复的保持勾选；仅确认违法等不需重新答复的取消勾选。"
        "其他结果不看此项",
    )
    received_on = day_field(
        "收到决定书（判决书）之日",
        required=False,
        help_text="上诉、重新答复的期限自此计算；留空的，自结果作出之日计算",
    )
    new_reply_due_on = day_field(
        "决定（判决）要求的答复期限",
        required=False,
        help_text="结果纠正的填写，到期提醒履行；没有写明期限的留空，重新答复按20个工作日计算",
    )

    def fit(self, remedy: Remedy) -> None:
        """Leave out the taking up again where no request stands behind the case."""
        if not remedy.info_request:
            del self.fields["reopen"]
        if not isinstance(remedy, Litigation):
            del self.fields["is_ruling"]

    def told(self) -> dict[str, Any]:
        """Return the result as the enum it is; the request is asked about only when corrected."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "on"}
        told["result"] = Result(told["result"])
        told["ending"] = Ending(told["ending"]) if told["ending"] else None
        if told["result"] is not Result.CORRECTED:
            told |= {"reopen": False, "new_reply_due_on": None}
        return told


class AppealForm(StepForm):
    """Who appealed, to which court."""

    on = day_field("上诉之日")
    side = choice_field("上诉人", Side)
    court = line_field("二审法院", 100)
    case_number = line_field("二审案号", 100, required=False)

    def told(self) -> dict[str, Any]:
        """Return the side as the enum it is."""
        return {**super().told(), "side": Side(self.cleaned_data["side"])}


class PerformForm(StepForm):
    """What a correcting decision ordered is done."""

    on = day_field("履行完毕之日")


class OpinionForm(StepForm):
    """An opinion of the authority came."""

    on = day_field("收到复议意见书之日", help_text="自此60日内报送纠正情况")


class ReportForm(StepForm):
    """What the opinion led to was reported."""

    on = day_field("报送纠正情况之日")


class StrikeForm(StepForm):
    """Why an entry is struck; it has no day of its own."""

    reason = line_field(
        "作废理由", 300, help_text="只用于登记有误；作废后不再计入任何数字，记录保留"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["on"]


FORMS: Mapping[Event, type[StepForm]] = {
    Event.ACCEPT: AcceptForm,
    Event.ANSWER: AnswerForm,
    Event.EXTEND: ExtendForm,
    Event.DECIDE: DecideForm,
    Event.APPEAL: AppealForm,
    Event.PERFORM: PerformForm,
    Event.OPINION: OpinionForm,
    Event.REPORT: ReportForm,
    Event.STRIKE: StrikeForm,
}
