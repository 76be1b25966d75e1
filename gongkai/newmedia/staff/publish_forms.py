"""The forms of publishing: a wording for one platform, what was published by hand."""

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.newmedia.actions import Proof, Wording
from gongkai.newmedia.rules.platforms import Platform
from gongkai.newmedia.rules.publishing import (
    LONGEST_DIGEST,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Limits,
    limits_of,
)
from gongkai.newmedia.staff.fields import FilesField, FilesInput, text_field

_PICTURES = ".jpg,.jpeg,.png"


def _worded(limits: Limits) -> dict[str, forms.Field]:
    """Return the fields of the wording: one short text, or title and digest."""
    if limits.text is not None:
        text = forms.CharField(
            label="微博文字",
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=f"最多{limits.text}字，字母、数字两个算一字，链接算10字；须带原文链接",
            error_messages={"required": "请填写“微博文字”"},
        )
        return {"text": text}
    title = forms.CharField(
        label="标题",
        max_length=LONGEST_TITLE,
        help_text=f"最多{limits.title}字",
        error_messages={"required": "请填写“标题”"},
    )
    digest = forms.CharField(
        label="摘要",
        max_length=LONGEST_DIGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"最多{limits.digest}字，显示在标题下面",
    )
    return {"title": title, "digest": digest}


class WordingForm(forms.Form):
    """The wording, the cover, and whether somebody publishes it by hand."""

    def __init__(
        self,
        *args: Any,
        platform: Platform,
        pictures: list[tuple[str, str]],
        speaks: bool,
        has_cover: bool = False,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        limits = limits_of(platform)
        self.fields |= _worded(limits)
        kept = [("", "保留原来的封面" if has_cover else "不用正文中的图片")]
        if pictures:
            self.fields["picture"] = forms.ChoiceField(
                label="封面：选正文中的图片", required=False, choices=[*kept, *pictures]
            )
        self.fields["upload"] = forms.FileField(
            label="封面：上传图片",
            required=False,
            help_text="JPG 或者 PNG" + ("；微信公众号必须有封面" if limits.cover else ""),
            widget=forms.FileInput(attrs={"accept": _PICTURES}),
            error_messages={"empty": "文件是空的，请重新选择"},
        )
        if speaks:
            self.fields["by_hand"] = forms.BooleanField(
                label="人工发布", required=False, help_text="不通过接口，由人到平台发布后登记"
            )

    def wording(self) -> Wording:
        """Return the wording."""
        told = self.cleaned_data
        return Wording(**{name: told.get(name, "") for name in ("title", "digest", "text")})

    def uploaded(self) -> Proof | None:
        """Return the cover that was uploaded."""
        file = self.cleaned_data.get("upload")
        return Proof(file.name, file.read()) if file else None


class ByHandForm(forms.Form):
    """Where what was published by hand can be read."""

    link = text_field("post_link", required=False, help_text="平台上这条内容的网址")
    posted_at = forms.DateTimeField(
        label="发布时间",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={
            "required": "请填写“发布时间”",
            "invalid": "“发布时间”应当像2026-03-02 09:30",
        },
    )
    proofs = FilesField(
        label="截图",
        required=False,
        help_text="没有链接的，上传发布后的截图",
        widget=FilesInput(attrs={"accept": f"{_PICTURES},.pdf"}),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        given.setdefault("initial", {"posted_at": timezone.localtime()})
        super().__init__(*args, **given)

    def told(self) -> dict[str, Any]:
        """Return what the verb takes."""
        told = self.cleaned_data
        proofs = [Proof(each.name, each.read()) for each in told["proofs"]]
        return {"link": told["link"], "posted_at": told["posted_at"], "proofs": proofs}
