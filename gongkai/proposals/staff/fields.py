"""The fields of which the chapter's forms are made, each with its Chinese messages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.proposals.rules.texts import FIELDS


def text_field(name: str, *, rows: int = 0, **more: Any) -> forms.CharField:
    """Return the field of a text of `rules.texts.FIELDS`: one line, or several with `rows`."""
    told = FIELDS[name]
    if rows:
        more["widget"] = forms.Textarea(attrs={"rows": rows})
    more.setdefault("label", told.label)
    return forms.CharField(
        max_length=told.longest,
        error_messages={
            "required": f"请填写“{more['label']}”",
            "max_length": f"“{more['label']}”不能超过{told.longest}字，请删减",
        },
        **more,
    )


def day_field(label: str, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": f"请填写“{label}”",
            "invalid": f"“{label}”应当是日期，如2026-03-02，请修改",
        },
        **more,
    )


def count_field(label: str, least: int, most: int, **more: Any) -> forms.IntegerField:
    """Return a field for a whole number between two."""
    said = f"“{label}”应当是{least}至{most}的整数"
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        error_messages={
            "required": f"请填写“{label}”",
            "invalid": said,
            "min_value": said,
            "max_value": said,
        },
        **more,
    )


def choice_field(label: str, values: Iterable[Any], **more: Any) -> forms.ChoiceField:
    """Return a field to choose one member of an enum."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "请选择"), *((each.value, each.label) for each in values)],
        error_messages={
            "required": f"请选择“{label}”",
            "invalid_choice": f"“{label}”不在可选项中，请重新选择",
        },
        **more,
    )


def row_field(label: str, rows: QuerySet[Any], **more: Any) -> forms.ModelChoiceField:
    """Return a field to choose an organ."""
    return forms.ModelChoiceField(
        label=label,
        queryset=rows,
        empty_label="请选择",
        error_messages={"required": f"请选择“{label}”", "invalid_choice": f"请重新选择“{label}”"},
        **more,
    )


def rows_field(label: str, rows: QuerySet[Any], **more: Any) -> forms.ModelMultipleChoiceField:
    """Return a field to choose several organs."""
    wrong = f"请重新选择“{label}”"
    return forms.ModelMultipleChoiceField(
        label=label,
        queryset=rows,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": wrong, "invalid_pk_value": wrong, "invalid_list": wrong},
        **more,
    )


def workbook_field(help_text: str) -> forms.FileField:
    """Return the field of an uploaded table."""
    return forms.FileField(
        label="表格（.xlsx）",
        help_text=help_text,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请选择文件", "empty": "文件是空的，请重新选择"},
    )
