"""The fields of which the chapter's forms are made, each with its Chinese messages."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.servicehall.rules.texts import FIELDS


def text_field(name: str, *, label: str = "", **more: Any) -> forms.CharField:
    """Return the field of a text of `rules.texts.FIELDS`."""
    told = FIELDS[name]
    label = label or told.label
    if told.rows:
        more["widget"] = forms.Textarea(attrs={"rows": told.rows})
    return forms.CharField(
        label=label,
        max_length=told.longest,
        error_messages={
            "required": f"请填写“{label}”",
            "max_length": f"“{label}”不能超过{told.longest}字，请删减",
        },
        **more,
    )


def day_field(label: str, *, now: bool = False, **more: Any) -> forms.DateField:
    """Return a field for a day; `now`: it is shown first with the day of today."""
    field = forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": f"请填写“{label}”",
            "invalid": f"“{label}”应当是日期，如2026-03-02，请修改",
        },
        **more,
    )
    field.now = now
    return field


def count_field(label: str, most: int = 2_000_000_000, **more: Any) -> forms.IntegerField:
    """Return a field for a number of things."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        error_messages={
            "required": f"请填写“{label}”",
            "invalid": f"“{label}”应当是整数",
            "min_value": f"“{label}”不能小于0",
            "max_value": f"“{label}”过大，请核对",
        },
        **more,
    )


def amount_field(label: str, digits: int = 15, **more: Any) -> forms.DecimalField:
    """Return a field for an amount or a measure with at most two decimals."""
    return forms.DecimalField(
        label=label,
        max_digits=digits,
        decimal_places=2,
        min_value=Decimal("0.01"),
        error_messages={
            "required": f"请填写“{label}”",
            "invalid": f"“{label}”应当是数字",
            "min_value": f"“{label}”应当大于0",
            "max_digits": f"“{label}”过大，请核对",
            "max_whole_digits": f"“{label}”过大，请核对",
            "max_decimal_places": f"“{label}”最多两位小数",
        },
        **more,
    )


def choice_field(
    label: str, members: Iterable[Any], *, empty: str = "请选择", **more: Any
) -> forms.ChoiceField:
    """Return a field to choose one member of an enum."""
    return forms.ChoiceField(
        label=label,
        choices=[
            *([("", empty)] if empty else []),
            *((each.value, each.label) for each in members),
        ],
        error_messages={
            "required": f"请选择“{label}”",
            "invalid_choice": f"“{label}”不在可选项中，请重新选择",
        },
        **more,
    )


def row_field(label: str, rows: QuerySet[Any], **more: Any) -> forms.ModelChoiceField:
    """Return a field to choose a record."""
    more.setdefault("empty_label", "请选择")
    return forms.ModelChoiceField(
        label=label,
        queryset=rows,
        error_messages={"required": f"请选择“{label}”", "invalid_choice": f"请重新选择“{label}”"},
        **more,
    )


def tick_field(label: str, **more: Any) -> forms.BooleanField:
    """Return a field to be ticked or not."""
    return forms.BooleanField(label=label, required=False, **more)
