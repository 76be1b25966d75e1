"""The forms of a new notice and of a closure; the verbs check, these only read."""

import json
from typing import Any

from django import forms

from gongkai.calendars.rules import (
    FIRST_YEAR,
    LAST_YEAR,
    Days,
    UnreadableNotice,
    read_text,
    read_year_file,
)

LARGEST_FILE = 256 * 1024


class DayInput(forms.DateInput):
    """A day picked with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NoticeForm(forms.Form):
    """A notice as pasted text or as a file."""

    year = forms.IntegerField(label="年份", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    title = forms.CharField(label="通知名称", max_length=200)
    document_number = forms.CharField(
        label="文号", max_length=100, help_text="如“国办发明电〔2025〕7号”"
    )
    issued_on = forms.DateField(label="发文日期", widget=DayInput)
    text = forms.CharField(
        label="放假安排",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="粘贴通知中各节日的安排，如“元旦：1月1日至3日放假调休，共3天。1月4日上班。”",
    )
    file = forms.FileField(
        label="或上传年度文件",
        required=False,
        help_text="JSON 格式，含 year 和 days（date、isOffDay）；与粘贴的文字二选一",
    )

    def clean_file(self) -> Any:
        """Return the JSON value of the file, or None."""
        uploaded = self.cleaned_data["file"]
        if uploaded is None:
            return None
        if uploaded.size > LARGEST_FILE:
            raise forms.ValidationError("文件超过 256 KB，不是年度放假文件，请核对")
        try:
            return json.loads(uploaded.read().decode("utf-8-sig"))
        except (ValueError, RecursionError):
            raise forms.ValidationError("文件不是 UTF-8 编码的 JSON，请核对") from None

    def clean(self) -> dict[str, Any]:
        """Add `days`, from the text or the file."""
        values = super().clean() or {}
        if self.errors:
            return values
        text, content = values["text"].strip(), values["file"]
        if bool(text) == (content is not None):
            self.add_error("text", "请粘贴放假安排或上传年度文件，二者取其一")
            return values
        field = "text" if text else "file"
        try:
            values["days"] = self._days(text, content, values["year"])
        except UnreadableNotice as error:
            self.add_error(field, str(error))
        return values

    def _days(self, text: str, content: Any, year: int) -> Days:
        if text:
            return read_text(text, year)
        year_of_file, days = read_year_file(content)
        if year_of_file != year:
            raise UnreadableNotice(f"文件是 {year_of_file} 年的，与所填年份 {year} 不符")
        return days


class ClosureForm(forms.Form):
    """A day on which the organs were closed."""

    day = forms.DateField(label="停止办公日期", widget=DayInput)
    document_number = forms.CharField(label="文号", max_length=100)
    reason = forms.CharField(label="事由", max_length=200, required=False)
