"""The forms of readers: an error found, asking after it, a comment on a draft.

Nothing is asked that is not needed; who leaves no contact is answered by number and code.
"""

import uuid
from typing import Any

from django import forms

from gongkai.engagement.actions import FIELDS, ErrorKind
from gongkai.portal.requests.fields import choice_field, line_field, text_field


def _line(name: str, *, help_text: str = "", **attributes: str) -> forms.CharField:
    told = FIELDS[name]
    return line_field(told.label, told.longest, help_text=help_text, attributes=attributes)


class OnceForm(forms.Form):
    """A form that is one matter however often it is sent; `must` names what is required."""

    must: tuple[str, ...] = ()

    submission_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **given)
        if not self.is_bound:
            self.initial.setdefault("submission_key", uuid.uuid4())

    @property
    def key(self) -> str:
        """Return what tells this filled-in form from every other; "" without it."""
        value = self.cleaned_data.get("submission_key")
        return str(value) if value else ""

    def clean(self) -> dict[str, Any]:
        """Say what is missing."""
        for name in self.must:
            if not self.cleaned_data.get(name) and name not in self.errors:
                said = "选择" if isinstance(self.fields[name], forms.ChoiceField) else "填写"
                self.add_error(name, f"请{said}“{self.fields[name].label}”")
        return self.cleaned_data


class ErrorForm(OnceForm):
    """What is wrong on which page."""

    must = ("kind", "text")

    page = _line("page", help_text="从其他网页来的已经填好；说的是整个网站的可以不填")
    kind = choice_field("问题类型", [(kind.value, kind.label) for kind in ErrorKind])
    text = text_field(
        FIELDS["text"].label,
        rows=5,
        longest=FIELDS["text"].longest,
        help_text="哪一处、错在哪里、应当是什么。请不要写身份证号、银行卡号等个人信息",
    )
    contact = _line(
        "contact",
        help_text="电话或者电子邮箱，便于核实，可以不填。不填的，凭编号和查询码看答复",
        autocomplete="off",
    )


class FollowErrorForm(forms.Form):
    """Number and query code, as they stand on the receipt."""

    number = line_field("编号", 20, help_text="如 JC2026-0001", attributes={"autocomplete": "off"})
    code = line_field(
        "查询码",
        40,
        help_text="提交时显示的查询码，不区分大小写",
        attributes={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"},
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **given)

    def clean(self) -> dict[str, Any]:
        """Both are needed."""
        for name in ("number", "code"):
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, f"请填写“{self.fields[name].label}”")
        return self.cleaned_data


class CommentForm(OnceForm):
    """A comment; who made it only when they want to say so."""

    must = ("comment",)

    comment = text_field(
        FIELDS["comment"].label,
        rows=8,
        longest=FIELDS["comment"].longest,
        help_text="对某一条的意见请写明是第几条。最多5000字",
    )
    commenter = _line("commenter", help_text="可以不填", autocomplete="off")
    contact = _line(
        "contact",
        help_text="电话或者电子邮箱，需要与您核实意见时使用，可以不填",
        autocomplete="off",
    )
