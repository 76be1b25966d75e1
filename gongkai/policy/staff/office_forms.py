"""Forms of the county's office: clean-ups, filing, major decisions, gazettes."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.orgs.models import Organ
from gongkai.policy.rules.decisions import DecisionStep
from gongkai.policy.rules.rounds import Decision
from gongkai.policy.staff.forms import day_field


def words_field(label: str, most: int, **more: Any) -> forms.CharField:
    """Return a field of one line."""
    messages = {"required": f"请填写{label}", "max_length": f"{label}不得超过{most}个字"}
    return forms.CharField(label=label, max_length=most, error_messages=messages, **more)


def year_field(label: str = "年度") -> forms.IntegerField:
    """Return a field for a year."""
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), "请填写四位年份")
    return forms.IntegerField(label=label, min_value=1949, max_value=2199, error_messages=messages)


class OpenRoundForm(forms.Form):
    """Begin a clean-up."""

    title = words_field("清理名称", 200, help_text="如2026年度行政规范性文件清理")
    year = year_field()
    basis = words_field("清理依据", 300, help_text="写明要求清理的文件名称和文号")


class DecisionForm(forms.Form):
    """What becomes of a document, with the reason."""

    decision = forms.ChoiceField(
        label="清理意见",
        choices=[(decision.value, decision.label) for decision in Decision],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择清理意见"},
    )
    reason = forms.CharField(
        label="理由",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="继续有效的可以不写；修改、废止、失效须写明理由",
    )


class CloseRoundForm(forms.Form):
    """Close a clean-up."""

    effective_on = day_field("废止、失效的日期", help_text="自这一天起不再作为行政管理的依据")
    decree = words_field("清理决定", 300, help_text="写明作出决定的机关、文件名称和文号")


class FilingForm(forms.Form):
    """When and under which number a document was filed."""

    filed_on = day_field("备案日期")
    filing_number = words_field("备案号", 60)


class AddDecisionForm(forms.Form):
    """A matter of the catalogue."""

    year = year_field()
    title = words_field("决策事项", 200)
    organ = forms.ModelChoiceField(
        label="承办单位",
        queryset=Organ.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择承办单位", "invalid_choice": "请选择承办单位"},
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs


class StepsForm(forms.Form):
    """Which steps a decision has taken, and one public text of a step."""

    steps = forms.MultipleChoiceField(
        label="已履行的程序",
        required=False,
        choices=[(step.value, step.label) for step in DecisionStep],
        widget=forms.CheckboxSelectMultiple,
    )
    step = forms.ChoiceField(
        label="关联公开信息：属于哪个程序",
        required=False,
        choices=[("", "不关联"), *((step.value, step.label) for step in DecisionStep)],
    )
    index_number = forms.CharField(
        label="公开信息的索引号",
        required=False,
        max_length=80,
        help_text="填已建立的公开信息的索引号",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for both or neither of step and number."""
        told = super().clean() or {}
        if bool(told.get("step")) != bool(told.get("index_number")):
            missing = "index_number" if told.get("step") else "step"
            self.add_error(missing, "关联公开信息须同时选择程序、填写索引号")
        return told


class IssueForm(forms.Form):
    """A new issue of the gazette."""

    year = year_field()
    number = forms.IntegerField(label="期号", min_value=1, max_value=999)
    total = forms.IntegerField(label="总期号", required=False, min_value=1, max_value=9999)


class PublishIssueForm(forms.Form):
    """The day on which an issue comes out."""

    published_on = day_field("出版日期")
