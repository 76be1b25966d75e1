"""Forms of a county's lists."""

from typing import Any, Protocol

from django import forms

from gongkai.disclosure.models import ListKind
from gongkai.disclosure.rules.terms import LONGEST, TermTold
from gongkai.disclosure.staff.entry_forms import day_field
from gongkai.text.levels import Level


class ToldList(Protocol):
    """What a form must know of its list."""

    kind: ListKind
    title: str
    example: str


def _text(name: str, rows: int = 0, **more: Any) -> forms.CharField:
    label, most = LONGEST[name]
    label = more.pop("label", label)
    if rows:
        more["widget"] = forms.Textarea(attrs={"rows": rows})
    messages = {
        "required": f"请填写“{label}”",
        "max_length": f"“{label}”不得超过{most}个字，请缩短",
    }
    return forms.CharField(label=label, max_length=most, error_messages=messages, **more)


class UsualForm(forms.Form):
    """What is told of one entry or of all of a file; of a word that is no mistake, the reason."""

    reason = _text("reason", rows=2)
    basis = _text("basis", required=False, help_text="文件名称、文号或者通知，可以不填")
    level = forms.ChoiceField(
        label="处理",
        choices=[(each.value, each.label) for each in Level],
        help_text="“须处理”的不改正不能发布，确需使用的由第二人确认放行；“请核对”的只提示",
    )
    from_on = day_field("起用日期")
    until_on = day_field("有效期至", required=False, help_text="不填的一直有效")

    def __init__(self, *args: Any, told: ToldList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if told.kind == ListKind.ALLOWED:
            for name in ("basis", "level", "from_on", "until_on"):
                del self.fields[name]

    def value(self) -> TermTold:
        """Return what was told; an entry of a file has its word from there."""
        told = {name: self.cleaned_data[name] for name in self.fields if name != "file"}
        told.setdefault("word", "")
        told.setdefault("level", Level.ADVISORY.value)
        return TermTold(**told)


class TermForm(UsualForm):
    """One entry."""

    word = _text("word")
    field_order = ("word", "reason", "basis", "level", "from_on", "until_on")

    def __init__(self, *args: Any, told: ToldList, **kwargs: Any) -> None:
        super().__init__(*args, told=told, **kwargs)
        field = self.fields["word"]
        field.label = "网址" if told.kind == ListKind.LINK else "词语"
        field.error_messages["required"] = f"请填写“{field.label}”"
        field.help_text = told.example


class TermsFileForm(UsualForm):
    """A file of entries."""

    file = forms.FileField(
        label="名单文件（.xlsx、.txt）",
        help_text="表格第一行写列名：词语（或者网址）、理由、依据、处理、起用日期、有效期至，只有第一列"
        "必须有；文本一行一个，各项用逗号或者制表符隔开。没有写的按下面填的",
        error_messages={"required": "请选择文件", "empty": "文件是空的，请重新选择"},
    )
    field_order = ("file", "reason", "basis", "level", "from_on", "until_on")


class StopForm(forms.Form):
    """Why an entry is stopped."""

    reason = _text("reason", rows=2, label="停用理由")
