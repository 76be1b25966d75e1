"""The forms of the hotline on the public site: a matter to tell, and asking after it."""

from django import forms

from gongkai.hotline.actions import (
    CATEGORIES,
    FIELDS,
    Caller,
    NewOrder,
    OrderKind,
    SourceChannel,
)
from gongkai.portal.engaging.forms import OnceForm
from gongkai.portal.requests.fields import choice_field, line_field, text_field

_FIRST = [(code, each.name) for code, each in CATEGORIES.items() if each.level == 1]


def _line(name: str, *, help_text: str = "", **attributes: str) -> forms.CharField:
    told = FIELDS[name]
    return line_field(told.label, told.longest, help_text=help_text, attributes=attributes)


class MatterForm(OnceForm):
    """What the matter is, where, and how to reach who tells it."""

    must = ("kind", "subject", "content", "phone")

    kind = choice_field("诉求类型", [(kind.value, kind.label) for kind in OrderKind])
    category = forms.ChoiceField(
        label="大致属于哪一类",
        choices=[("", "（不清楚）"), *_FIRST],
        required=False,
        error_messages={"invalid_choice": "请从“大致属于哪一类”的选项中选择"},
    )
    subject = _line("subject", help_text="一句话说明什么事，请不要写姓名、电话")
    content = text_field(
        FIELDS["content"].label,
        rows=8,
        longest=4000,
        help_text="什么时间、什么地点、什么情况、希望怎样解决。最多4000字",
    )
    place = _line("place", help_text="乡镇、村组或者路名，可以不填", autocomplete="off")
    name = _line("name", help_text="可以不填", autocomplete="name")
    phone = _line("phone", help_text="用于核实和回访，加密保存，不公开", autocomplete="tel")
    confidential = forms.BooleanField(
        label="请对我的身份保密（承办单位看不到我的姓名和电话）", required=False
    )
    may_publish = forms.BooleanField(label="同意隐去姓名、电话等以后公开", required=False)

    def told(self) -> NewOrder:
        """Return what is told."""
        told = self.cleaned_data
        return NewOrder(
            source=SourceChannel.WEBSITE,
            kind=OrderKind(told["kind"]),
            subject=told["subject"],
            content=told["content"],
            category=told["category"],
            place=told["place"],
            confidential=told["confidential"],
            may_publish=told["may_publish"] and not told["confidential"],
        )

    def caller(self) -> Caller:
        """Return who tells it."""
        return Caller(self.cleaned_data["name"], self.cleaned_data["phone"])


class FollowForm(forms.Form):
    """Number and query code, as they stand on the receipt."""

    number = line_field("编号", 40, help_text="如 RX2026-0001", attributes={"autocomplete": "off"})
    code = line_field(
        "查询码",
        40,
        help_text="提交时显示的查询码，不区分大小写",
        attributes={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"},
    )

    def __init__(self, *args: object, **given: object) -> None:
        super().__init__(*args, use_required_attribute=False, **given)

    def clean(self) -> dict[str, object]:
        """Both are needed."""
        for name in ("number", "code"):
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, f"请填写“{self.fields[name].label}”")
        return self.cleaned_data
