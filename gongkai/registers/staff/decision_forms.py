"""Forms of single decisions: entering one, each later step, what a list is narrowed to."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.orgs.models import Organ
from gongkai.registers import rules
from gongkai.registers.lifecycle import DecisionEvent, DecisionState
from gongkai.registers.queries import LATE, OVERDUE
from gongkai.registers.rules import CancelReason, DecisionFacts, PartyKind, RegisterKind
from gongkai.registers.rules.decisions import LONGEST, TEXT_LABELS
from gongkai.registers.staff.forms import day_field

_LONG = ("basis", "outcome")
_HELP = {
    "party": "自然人填姓名即可，系统只保留姓氏，如“张某某”",
    "outcome": "许可内容，或者处罚、强制的内容",
    "basis": "法律、法规、规章的名称和条款",
    "address": "已经公开的，填网页地址；尚未公开的留空，公开后再登记",
    "source_name": "台账或者系统的名称",
}


def text_field(name: str) -> forms.CharField:
    """Return the field of one text of a decision."""
    label, most = TEXT_LABELS[name], LONGEST[name]
    return forms.CharField(
        label=label,
        required=name in ("number", "party", "matter", "outcome"),
        max_length=most,
        help_text=_HELP.get(name, ""),
        widget=forms.Textarea(attrs={"rows": 3}) if name in _LONG else None,
        error_messages={
            "required": f"请填写“{label}”",
            "max_length": f"“{label}”不得超过{most}个字，请删减",
        },
    )


def choice_field(label: str, values: Any, **more: Any) -> forms.ChoiceField:
    """Return a field to choose one of some enums with Chinese labels."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "请选择"), *((each.value, each.label) for each in values)],
        error_messages={
            "required": f"请选择“{label}”",
            "invalid_choice": f"“{label}”不在可选项中，请重新选择",
        },
        **more,
    )


class DecisionForm(forms.Form):
    """One decision as told."""

    organ = forms.ModelChoiceField(
        label="决定机关",
        queryset=Organ.objects.none(),
        empty_label="请选择",
        error_messages={"invalid_choice": "请选择您可以填报的机构", "required": "请选择决定机关"},
    )
    kind = choice_field("类别", rules.DECIDED)
    number = text_field("number")
    party_kind = choice_field("相对人类别", PartyKind)
    party = text_field("party")
    credit_code = forms.CharField(
        label="统一社会信用代码",
        required=False,
        max_length=30,
        help_text="法人和非法人组织必填；自然人不填，不得填写证件号码",
    )
    matter = text_field("matter")
    basis = text_field("basis")
    outcome = text_field("outcome")
    amount = forms.DecimalField(
        label="罚没金额（元）",
        required=False,
        help_text="只有行政处罚填写",
        error_messages={"invalid": "请填写以元为单位的数字，如2000.00"},
    )
    decided_on = day_field("决定日期")
    valid_to = day_field("有效期至", required=False, help_text="长期有效的留空")
    published_on = day_field("公开日期", required=False, help_text="尚未公开的留空")
    address = text_field("address")
    source_name = text_field("source_name")

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs
        if len(organs) == 1:
            self.fields["organ"].initial = organs[0]

    def facts(self) -> DecisionFacts:
        """Return the decision that a valid form tells."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "organ"}
        told["kind"] = RegisterKind(told["kind"])
        told["party_kind"] = PartyKind(told["party_kind"])
        told["amount"] = told["amount"] if told["amount"] is not None else Decimal(0)
        return DecisionFacts(**told)

    def add_faults(self, faults: tuple[rules.Fault, ...]) -> None:
        """Show the register's own faults at their fields."""
        for fault in faults:
            self.add_error(fault.field if fault.field in self.fields else None, fault.message)


class PublishForm(forms.Form):
    """The day and the place of publication."""

    on = day_field("公开日期")
    address = text_field("address")


class CancelForm(forms.Form):
    """Why a decision no longer stands as it was."""

    on = day_field("变更、撤销日期")
    reason = choice_field("情形", CancelReason)
    words = forms.CharField(
        label="理由",
        max_length=rules.LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="撤回公开时一并向社会说明",
        error_messages={"required": "请填写理由", "max_length": "理由不得超过500个字"},
    )

    def clean_reason(self) -> CancelReason:
        """Return the reason as the enum it is."""
        return CancelReason(self.cleaned_data["reason"])


class TakeDownForm(forms.Form):
    """The day on which a decision was taken down."""

    on = day_field("撤回公开日期", help_text="撤回并公开说明理由之日")


class StrikeForm(forms.Form):
    """Why an entry is struck."""

    reason = forms.CharField(
        label="作废理由",
        max_length=rules.LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请填写作废理由", "max_length": "作废理由不得超过500个字"},
    )


STEP_FORMS: Mapping[DecisionEvent, type[forms.Form]] = {
    DecisionEvent.PUBLISH: PublishForm,
    DecisionEvent.CANCEL: CancelForm,
    DecisionEvent.TAKE_DOWN: TakeDownForm,
    DecisionEvent.STRIKE: StrikeForm,
}


class DecisionFilterForm(forms.Form):
    """What a list of decisions is narrowed to; anything unknown is passed over."""

    organ = forms.ModelChoiceField(
        label="决定机关", queryset=Organ.objects.none(), required=False, empty_label="全部机构"
    )
    kind = forms.ChoiceField(
        label="类别",
        required=False,
        choices=[("", "全部类别"), *((kind.value, kind.label) for kind in rules.DECIDED)],
    )
    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "全部状态"),
            (OVERDUE, "超过期限未办"),
            (LATE, "超过期限（含已办）"),
            *((state.value, state.label) for state in DecisionState),
        ],
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], years: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs
        self.fields["year"].choices = [("", "全部年度"), *((year, f"{year}年") for year in years)]
