"""Form fields that speak Chinese: days, texts, choices."""

from collections.abc import Iterable
from typing import Any

from django import forms

_MISSING = "请填写“{}”"


def day_field(label: str, **more: Any) -> forms.DateField:
    """Return a field for a day, entered as 2026-03-02."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _MISSING.format(label),
            "invalid": f"“{label}”应当是日期，如2026-03-02，请修改",
        },
        **more,
    )


def line_field(label: str, longest: int = 200, **more: Any) -> forms.CharField:
    """Return a field for one line of text."""
    return forms.CharField(
        label=label,
        max_length=longest,
        error_messages={
            "required": _MISSING.format(label),
            "max_length": f"“{label}”不能超过{longest}字，请删减",
        },
        **more,
    )


def text_field(label: str, longest: int = 4000, rows: int = 4, **more: Any) -> forms.CharField:
    """Return a field for several lines of text."""
    return line_field(label, longest, widget=forms.Textarea(attrs={"rows": rows}), **more)


def number_field(label: str, **more: Any) -> forms.IntegerField:
    """Return a field for a whole number."""
    return forms.IntegerField(
        label=label,
        error_messages={
            "required": _MISSING.format(label),
            "invalid": f"“{label}”应当是整数，请修改",
            "min_value": f"“{label}”不能小于%(limit_value)s，请修改",
            "max_value": f"“{label}”不能大于%(limit_value)s，请修改",
        },
        **more,
    )


def choice_field(label: str, values: Iterable[Any], **more: Any) -> forms.ChoiceField:
    """Return a field to choose one of some enums with Chinese labels."""
    choices = [(each.value, each.label) for each in values]
    if not more.get("required", True):
        choices = [("", "—"), *choices]
    return forms.ChoiceField(
        label=label,
        choices=choices,
        error_messages={
            "required": f"请选择“{label}”",
            "invalid_choice": f"“{label}”不在可选项中，请重新选择",
        },
        **more,
    )


def choose_field(label: str, choices: Iterable[tuple[str, str]], **more: Any) -> forms.ChoiceField:
    """Return a field to choose one of some (value, words)."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        error_messages={
            "required": f"请选择“{label}”",
            "invalid_choice": f"“{label}”不在可选项中，请重新选择",
        },
        **more,
    )
