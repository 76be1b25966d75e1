"""Forms of the text in hand: the few fields that begin an entry, then all of law.md 6.5.

What is wrong with a value is the rules' to say (`rules.metadata`); the forms read and show.
"""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.disclosure.rules import MODES, Told
from gongkai.disclosure.rules.metadata import LONGEST
from gongkai.disclosure.staff.choices import (
    flat,
    genre_choices,
    section_choices,
    subject_choices,
)
from gongkai.orgs.models import Organ

_DAY = "请填写有效的日期，如2026-09-18"
_FORM_NUMBER = "机关代字〔年份〕序号号，如靖府办字〔2026〕12号；没有文号的不填"


def day_field(label: str, **more: Any) -> forms.DateField:
    """Return a field for a day, entered as 2026-09-18."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": f"请填写“{label}”", "invalid": _DAY},
        **more,
    )


def text_field(name: str, **more: Any) -> forms.CharField:
    """Return a line of text of `Told`; the rules say how long it may be."""
    label = more.pop("label", LONGEST[name][0])
    return forms.CharField(
        label=label,
        required=more.pop("required", False),
        error_messages={"required": f"请填写“{label}”"},
        **more,
    )


def _wide(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StartForm(forms.Form):
    """What an entry begins with: whose it is, where it goes, what it is called."""

    organ = forms.ModelChoiceField(
        label="发布机构",
        queryset=Organ.objects.none(),
        empty_label="请选择",
        error_messages={
            "required": "请选择“发布机构”",
            "invalid_choice": "请选择您可以拟稿的机关",
        },
    )
    section = forms.TypedChoiceField(
        label="栏目",
        coerce=int,
        error_messages={"required": "请选择“栏目”", "invalid_choice": "请从列表中选择“栏目”"},
    )
    title = text_field("title", required=True, help_text="写全称；公文含发文机关和文种")
    document_number = text_field("document_number", help_text=_FORM_NUMBER)
    formed_on = day_field("成文日期", help_text="公文为签发之日；公开期限从这一天起算")
    word = forms.FileField(
        label="Word 或 WPS 文件（可以稍后再传）",
        required=False,
        help_text="docx、doc、wps，自动转为正文，表格保留；PDF、OFD 请在下一步作为原件上传",
        widget=forms.FileInput(attrs={"accept": ".docx,.doc,.wps"}),
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(organs)
        self.fields["organ"].queryset = organs
        if len(known) == 1:
            self.fields["organ"].initial = known[0].pk
        counties = {organ.county_id or organ.pk for organ in known}
        offered = section_choices(counties, {organ.pk for organ in known})
        self.fields["section"].choices = [("", "请选择"), *offered]


class EntryForm(forms.Form):
    """All that is told of an entry, in the order in which people think of it."""

    section = forms.TypedChoiceField(
        label="栏目",
        coerce=int,
        error_messages={"required": "请选择“栏目”", "invalid_choice": "请从列表中选择“栏目”"},
    )
    title = text_field("title", required=True)
    document_number = text_field("document_number", help_text=_FORM_NUMBER)
    formed_on = day_field("成文日期", help_text="公文为签发之日")
    changed_on = day_field(
        "信息变更日期", required=False, help_text="内容有变更的才填，公开期限改从这一天起算"
    )
    genre = forms.ChoiceField(label="体裁", required=False, choices=genre_choices)
    subject = forms.ChoiceField(
        label="主题分类",
        required=False,
        choices=subject_choices,
        widget=forms.Select(attrs={"data-two-levels": "先选大类，再选小类"}),
    )
    joint_issuers = forms.CharField(
        label="联合发文机关",
        required=False,
        widget=_wide(2),
        help_text="每行一个，按印发顺序，不含本机关",
    )
    mode = forms.ChoiceField(label="公开属性", choices=list(MODES.items()))
    mode_reason = text_field(
        "mode_reason", widget=_wide(2), help_text="不是“主动公开”的必填，写明依据的条款"
    )
    expires_on = day_field("公开期限至", required=False, help_text="长期公开的不填；期满自动撤下")
    scope = text_field("scope")
    keywords = text_field("keywords", help_text="几个关键词用空格或者顿号分开")
    summary = text_field(
        "summary", widget=_wide(3), help_text="条例第十二条要求的内容概述；不填的取正文开头"
    )
    source = text_field("source", help_text="不填的为发布机构")
    editor = text_field("editor")
    extra_sections = forms.TypedMultipleChoiceField(
        label="同时列入的栏目",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "请从列表中选择栏目"},
    )
    body = forms.CharField(
        label="正文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "data-editor": "", "spellcheck": "false"}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, organ: Organ, kept: Collection[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = section_choices({organ.county_id or organ.pk}, {organ.pk})
        known = {key for key, _ in flat(offered)}
        gone = [(pk, "（原栏目已停用，请另选）") for pk in kept if pk not in known]
        self.fields["section"].choices = [("", "请选择"), *gone, *offered]
        self.fields["extra_sections"].choices = offered

    @property
    def parts(self) -> list[tuple[str, list[Any], bool]]:
        """Return the fields part by part: heading, fields, whether the part stands open."""
        return [(title, [self[name] for name in names], shown) for title, names, shown in _PARTS]

    def told(self) -> Told:
        """Return what a valid form tells."""
        values = dict(self.cleaned_data)
        values.pop("section"), values.pop("revision")
        issuers = tuple(values.pop("joint_issuers").splitlines())
        extra = tuple(values.pop("extra_sections"))
        return Told(joint_issuers=issuers, extra_sections=extra, **values)


_PARTS: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    ("发到哪里，叫什么", ("section", "title"), True),
    (
        "公文信息",
        ("document_number", "formed_on", "genre", "subject", "joint_issuers", "changed_on"),
        True,
    ),
    ("公开属性", ("mode", "mode_reason", "expires_on", "scope"), True),
    ("检索和来源", ("keywords", "summary", "source", "editor", "extra_sections"), False),
)


def initial_of(told: Told, section_id: int, revision: int) -> dict[str, Any]:
    """Return what stands in the form before anything is typed."""
    values = {**told.metadata(), "formed_on": told.formed_on, "changed_on": told.changed_on}
    values |= {"expires_on": told.expires_on, "body": told.body}
    values |= {"section": section_id, "revision": revision}
    values["joint_issuers"] = "\n".join(told.joint_issuers)
    return values
