"""The forms of the hotline: a new order, and what is set for the county."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.hotline.lifecycle import OrderKind, SourceChannel, Urgency
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.rules import FIELDS, Caller, NewOrder, PublicText
from gongkai.hotline.rules.categories import CATEGORIES
from gongkai.orgs.models import Organ


def text_field(name: str, *, rows: int = 0, **more: Any) -> forms.CharField:
    """Return the field of a text of `rules.FIELDS`: one line, or several with `rows`."""
    told = FIELDS[name]
    if rows:
        more["widget"] = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=told.label,
        max_length=told.longest,
        error_messages={
            "required": f"请填写“{told.label}”",
            "max_length": f"“{told.label}”不能超过{told.longest}字，请删减",
        },
        **more,
    )


def choice_field(label: str, values: Iterable[Any], *, none: str = "") -> forms.ChoiceField:
    """Return a field to choose one of some enums with Chinese labels; `none` names no choice."""
    empty = [("", none)] if none else []
    return forms.ChoiceField(
        label=label,
        choices=[*empty, *((each.value, each.label) for each in values)],
        required=not none,
        error_messages={
            "required": f"请选择“{label}”",
            "invalid_choice": f"“{label}”不在可选项中，请重新选择",
        },
    )


def organ_field(label: str, *, none: str = "", **more: Any) -> forms.ModelChoiceField:
    """Return a field to choose an organ; the form hands in which."""
    return forms.ModelChoiceField(
        label=label,
        queryset=Organ.objects.none(),
        empty_label=none or None,
        required=not none,
        error_messages={
            "required": f"请选择“{label}”",
            "invalid_choice": f"“{label}”不在可选项中，请重新选择",
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


def number_field(label: str, **more: Any) -> forms.IntegerField:
    """Return a field for a whole number, never more than a database counts."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=10**9,
        error_messages={
            "required": f"请填写“{label}”",
            "invalid": f"“{label}”应当是整数，请修改",
            "min_value": f"“{label}”不能是负数，请修改",
            "max_value": f"“{label}”过大，请核对",
        },
        **more,
    )


def category_field(none: str) -> forms.ChoiceField:
    """Return a field to choose a category, indented by its level."""
    indent = "\u3000"
    listed = [
        (code, f"{indent * (each.level - 1)}{each.name}") for code, each in CATEGORIES.items()
    ]
    return forms.ChoiceField(
        label="归口分类",
        choices=[("", none), *listed],
        required=False,
        error_messages={"invalid_choice": "“归口分类”不在分类表中，请重新选择"},
    )


class OrderForm(forms.Form):
    """A new order: where it came from, what is wanted, who called."""

    organ = forms.ModelChoiceField(
        label="受理机关",
        queryset=Organ.objects.none(),
        empty_label=None,
        error_messages={
            "required": "请选择“受理机关”",
            "invalid_choice": "请选择您可以登记工单的机关",
        },
    )
    number = text_field(
        "number",
        required=False,
        help_text="上级热线派来的填其工单编号；本机关自行受理的留空，由系统编号",
    )
    source = choice_field(
        "受理渠道", [each for each in SourceChannel if each is not SourceChannel.TURNED_OVER]
    )
    kind = choice_field("诉求类型", OrderKind)
    category = category_field("（待定）")
    urgency = choice_field("紧急程度", Urgency, none="一般")
    received_at = forms.DateTimeField(
        label="受理时间",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={
            "required": "请填写“受理时间”",
            "invalid": "“受理时间”应当是日期和时间，如2026-03-02 09:30，请修改",
        },
    )
    township = organ_field("所在乡镇", none="（不限于某个乡镇）")
    place = text_field("place", required=False, help_text="村组、路名、门牌等，加密保存")
    subject = text_field("subject", help_text="一句话写明什么事，不写姓名、电话等个人信息")
    content = text_field("content", rows=6)
    name = text_field("name", required=False, help_text="诉求人不愿留名的留空")
    phone = text_field("phone", required=False)
    confidential = forms.BooleanField(
        label="诉求人要求保密", required=False, help_text="勾选的，承办单位看不到诉求人，也不公开"
    )
    may_publish = forms.BooleanField(label="诉求人同意隐去姓名后公开", required=False)

    def __init__(
        self,
        *args: Any,
        organs: QuerySet[Organ],
        townships: QuerySet[Organ] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs
        self.fields["township"].queryset = townships or Organ.objects.none()

    def told(self) -> NewOrder:
        """Return what the order is told."""
        told = self.cleaned_data
        return NewOrder(
            source=SourceChannel(told["source"]),
            kind=OrderKind(told["kind"]),
            subject=told["subject"],
            content=told["content"],
            number=told["number"],
            category=told["category"],
            place=told["place"],
            urgency=Urgency(told["urgency"] or Urgency.NORMAL),
            confidential=told["confidential"],
            may_publish=told["may_publish"],
        )

    def caller(self) -> Caller:
        """Return who called."""
        return Caller(self.cleaned_data["name"], self.cleaned_data["phone"])


class PublishForm(forms.Form):
    """What the public is to read: an official's words."""

    title = text_field("title")
    public_text = text_field("public_text", rows=6, help_text="不写姓名、电话、门牌、车牌等")
    public_answer = text_field(
        "public_answer", rows=6, required=False, help_text="已经答复的必须填写"
    )
    public_place = text_field("public_place", required=False, help_text="写到村或者路，可以不填")

    @classmethod
    def of(cls, order: WorkOrder, answer: str) -> "PublishForm":
        """Return the form as published, or as told: to be cleared of whatever names a person."""
        if order.published_at:
            names = ("public_text", "public_answer", "public_place")
            kept = {name: getattr(order, name) for name in names}
            return cls(initial={"title": order.public_title, **kept})
        told = {"title": order.subject, "public_text": order.content, "public_answer": answer}
        return cls(initial=told)

    def told(self) -> PublicText:
        """Return the texts."""
        told = self.cleaned_data
        return PublicText(
            told["title"], told["public_text"], told["public_answer"], told["public_place"]
        )


class ReasonForm(forms.Form):
    """A reason alone."""

    reason = text_field("reason", rows=3)


class UploadForm(forms.Form):
    """A table of orders and who takes them in."""

    organ = organ_field("受理机关")
    file = forms.FileField(
        label="文件",
        help_text=".xlsx 或者 .csv 文件，最多2000行",
        error_messages={
            "required": "请选择“文件”",
            "empty": "文件是空的，请重新选择",
            "missing": "请选择“文件”",
            "invalid": "请选择“文件”",
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ]) -> None:
        super().__init__(*args)
        self.fields["organ"].queryset = organs


class RuleForm(forms.Form):
    """Who handles a category in a township."""

    category = category_field("全部分类")
    township = organ_field("所在乡镇", none="全县")
    handler = organ_field("承办单位")
    unit = text_field("unit", required=False)

    def __init__(
        self, *args: Any, townships: QuerySet[Organ], handlers: QuerySet[Organ], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].queryset = townships
        self.fields["handler"].queryset = handlers


class LimitForm(forms.Form):
    """A county's own limit."""

    kind = choice_field("诉求类型", OrderKind)
    workdays = number_field("工作日数")
    valid_from = day_field("施行之日")
    document = text_field("document", help_text="规定这一时限的文件名称和文号")


class CallsForm(forms.Form):
    """The calls of a month."""

    month = day_field("月份", help_text="选该月任意一天")
    asked = number_field("请求人工服务的来电")
    answered = number_field("人工接通的来电")


class ClientForm(forms.Form):
    """A system that is to hand orders over."""

    organ = organ_field("受理机关")
    client = text_field("client", help_text="如市12345热线平台、某手机应用")

    def __init__(self, *args: Any, handlers: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = handlers
