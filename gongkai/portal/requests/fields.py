"""Fields of the public forms: Chinese messages that name the field, no hidden characters, files."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

LONGEST_TEXT = 8_000
MOST_FILES = 5
MOST_BYTES = 10 * 1024 * 1024  # of one file
MOST_BYTES_IN_ALL = 30 * 1024 * 1024
ACCEPTED = ".jpg,.jpeg,.png,.pdf,.doc,.docx,.xls,.xlsx,.txt,.ofd,.wps"
PICTURES = ".jpg,.jpeg,.png,.pdf"
# Line breaks in a line would forge headers of mails; other controls cannot be seen or printed.
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_HIDDEN_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_PHONE = re.compile(r"\+?[0-9][0-9\-() ]{5,28}[0-9]")
_POSTCODE = re.compile(r"\d{6}", re.ASCII)


def line_field(label: str, longest: int, *, help_text: str = "", **given: Any) -> forms.CharField:
    """Return a field of one line; what is required is decided by the form as a whole."""
    widget = given.pop("widget", forms.TextInput)
    attributes = given.pop("attributes", {})
    field = forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        help_text=help_text,
        widget=widget(attrs=attributes),
        error_messages={"max_length": f"“{label}”不能超过{longest}字，请删减"},
        **given,
    )
    field.validators = [
        *[each for each in field.validators if not _is_null_check(each)],
        _refuse(_HIDDEN, label),
    ]
    return field


def text_field(
    label: str, *, rows: int, help_text: str = "", longest: int = LONGEST_TEXT
) -> forms.CharField:
    """Return a field of several lines."""
    too_long = "请删减或者作为附件提交" if longest == LONGEST_TEXT else "请删减"
    field = forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"“{label}”不能超过{longest}字，{too_long}"},
    )
    field.validators = [
        *[each for each in field.validators if not _is_null_check(each)],
        _refuse(_HIDDEN_IN_TEXT, label),
    ]
    return field


def choice_field(
    label: str,
    choices: Iterable[tuple[str, str]],
    *,
    radio: bool = True,
    help_text: str = "",
    **given: Any,
) -> forms.ChoiceField:
    """Return a choice of one, as radio buttons unless told."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        required=False,
        help_text=help_text,
        widget=forms.RadioSelect if radio else forms.Select,
        error_messages={"invalid_choice": f"请在所列选项中选择“{label}”"},
        **given,
    )


class Files(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """None, one or several files; each by name and size, what is inside `files` judges."""

    def __init__(self, label: str, *, most: int = 1, help_text: str = "", accept: str = ACCEPTED):
        self.most = most
        widget = Files if most > 1 else forms.FileInput
        super().__init__(
            label=label,
            required=False,
            help_text=help_text,
            widget=widget(attrs={"accept": accept}),
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files; raises ValidationError for too many, too big, empty or nameless."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > self.most:
            raise ValidationError(f"“{self.label}”最多{self.most}个文件，请减少后重新选择")
        for each in given:
            name = each.name or ""
            if not each.size:
                raise ValidationError(f"文件“{name}”是空的，请重新选择")
            if each.size > MOST_BYTES:
                most = MOST_BYTES // 1024 // 1024
                raise ValidationError(f"文件“{name}”超过{most}MB，请压缩后重新选择")
        return list(given)


def is_phone(text: str) -> bool:
    """Say whether a text can be a telephone number."""
    return _PHONE.fullmatch(text) is not None


def is_postcode(text: str) -> bool:
    """Say whether a text is a postcode."""
    return _POSTCODE.fullmatch(text) is not None


def _refuse(hidden: re.Pattern[str], label: str) -> Any:
    def check(text: str) -> None:
        if hidden.search(text):
            raise ValidationError(f"“{label}”含有换行或者看不见的字符，请重新输入")

    return check


def _is_null_check(validator: Any) -> bool:
    return type(validator).__name__ == "ProhibitNullCharactersValidator"
