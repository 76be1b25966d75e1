"""The fields of which the chapter's forms are made, each with its Chinese messages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from gongkai.newmedia.rules.terms import LABELS
from gongkai.newmedia.rules.texts import FIELDS


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


def count_field(label: str, **more: Any) -> forms.IntegerField:
    """Return a field for a number of things."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=2_000_000_000,
        error_messages={
            "required": f"请填写“{label}”",
            "invalid": f"“{label}”应当是整数",
            "min_value": f"“{label}”不能小于0",
            "max_value": f"“{label}”过大，请核对",
        },
        **more,
    )


def choice_field(label: str, values: Iterable[tuple[str, str]], **more: Any) -> forms.ChoiceField:
    """Return a field to choose one of some values."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "请选择"), *values],
        error_messages={
            "required": f"请选择“{label}”",
            "invalid_choice": f"“{label}”不在可选项中，请重新选择",
        },
        **more,
    )


def row_field(label: str, rows: QuerySet[Any], **more: Any) -> forms.ModelChoiceField:
    """Return a field to choose an organ or an account."""
    more.setdefault("empty_label", "请选择")
    return forms.ModelChoiceField(
        label=label,
        queryset=rows,
        error_messages={"required": f"请选择“{label}”", "invalid_choice": f"请重新选择“{label}”"},
        **more,
    )


def functions_field() -> forms.MultipleChoiceField:
    """Return the field of what an account does for people."""
    names = ("publishes", "talks", "serves")
    return forms.MultipleChoiceField(
        label="功能类型",
        choices=[(name, LABELS[name]) for name in names],
        widget=forms.CheckboxSelectMultiple,
        help_text="没有互动功能的账号在检查中不合格（单项否决）",
        error_messages={
            "required": "请选择“功能类型”，至少一项",
            "invalid_choice": "请重新选择“功能类型”",
        },
    )


class FilesInput(forms.ClearableFileInput):
    """Takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files, each looked at."""
        one = super().clean
        return [one(each, initial) for each in data] if isinstance(data, list | tuple) else []


def workbook_field(help_text: str) -> forms.FileField:
    """Return the field of an uploaded table."""
    return forms.FileField(
        label="表格（.xlsx）",
        help_text=help_text,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请选择文件", "empty": "文件是空的，请重新选择"},
    )
