"""What is asked for a list and for its receipt."""

from typing import Any

from django import forms

from gongkai.records.rules import TransferKind


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": f"请填写“{label}”",
            "invalid": f"“{label}”应当是日期，如2026-03-02，请修改",
        },
    )


def _text(label: str, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        error_messages={
            "required": f"请填写“{label}”",
            "max_length": f"“{label}”不能超过{longest}字，请删减",
        },
        **more,
    )


class ListForm(forms.Form):
    """Which list, of which period."""

    kind = forms.ChoiceField(
        label="种类",
        choices=[(each.value, each.label) for each in TransferKind],
        error_messages={"required": "请选择“种类”", "invalid_choice": "请选择“种类”"},
    )
    since = _day("起始日期")
    until = _day("截止日期")


class ReceiptForm(forms.Form):
    """Who took a list over, and when."""

    received_on = _day("接收日期")
    received_by = _text("接收人", 100)
    note = _text("接收说明", 300, required=False)
