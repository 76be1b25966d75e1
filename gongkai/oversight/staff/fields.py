"""The fields of which the chapter's forms are made, each with its Chinese messages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from gongkai.oversight.rules.texts import FIELDS


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
    """Return a field for a whole number."""
    more.setdefault("min_value", 0)
    more.setdefault("max_value", 1_000_000)
    return forms.IntegerField(label=label, error_messages=_numbers(label), **more)


def decimal_field(label: str, **more: Any) -> forms.DecimalField:
    """Return a field for points or hours."""
    more.setdefault("min_value", 0)
    more.setdefault("max_digits", 6)
    more.setdefault("decimal_places", 2)
    more["widget"] = forms.NumberInput(attrs={"step": "any"})
    return forms.DecimalField(label=label, error_messages=_numbers(label), **more)


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
    """Return a field to choose an organ, a survey or a zone."""
    more.setdefault("empty_label", "请选择")
    return forms.ModelChoiceField(
        label=label,
        queryset=rows,
        error_messages={"required": f"请选择“{label}”", "invalid_choice": f"请重新选择“{label}”"},
        **more,
    )


def rows_field(label: str, rows: QuerySet[Any], **more: Any) -> forms.ModelMultipleChoiceField:
    """Return a field to choose several organs."""
    return forms.ModelMultipleChoiceField(
        label=label,
        queryset=rows,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": f"请重新选择“{label}”", "invalid_pk_value": "请重新选择"},
        **more,
    )


class _FilesInput(forms.ClearableFileInput):
    """Takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, as pairs of name and content."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, bytes]]:
        """Return the files, each looked at."""
        one = super().clean
        given = data if isinstance(data, list | tuple) else []
        files: list[UploadedFile] = [one(each, initial) for each in given if each]
        return [(each.name or "", each.read()) for each in files]


def file_field(label: str, accept: str, help_text: str) -> forms.FileField:
    """Return the field of an uploaded table."""
    return forms.FileField(
        label=label,
        help_text=help_text,
        widget=forms.FileInput(attrs={"accept": accept}),
        error_messages={"required": "请选择文件", "empty": "文件是空的，请重新选择"},
    )


def _numbers(label: str) -> dict[str, str]:
    return {
        "required": f"请填写“{label}”",
        "invalid": f"“{label}”应当是数字",
        "min_value": f"“{label}”不能小于0",
        "max_value": f"“{label}”过大，请核对",
        "max_digits": f"“{label}”过大，请核对",
        "max_decimal_places": f"“{label}”最多两位小数",
        "max_whole_digits": f"“{label}”过大，请核对",
    }
