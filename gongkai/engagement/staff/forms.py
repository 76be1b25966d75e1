"""The forms of the chapter's screens."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.disclosure.models import Entry
from gongkai.engagement.lifecycle import CommentChannel, Disposition, Result
from gongkai.engagement.models import Comment, Solicitation
from gongkai.engagement.rules import FIELDS, Terms
from gongkai.orgs.models import Organ


def text_field(name: str, *, rows: int = 0, **more: Any) -> forms.CharField:
    """Return the field of a text of `rules.FIELDS`: one line, or several with `rows`."""
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


def choice_field(label: str, values: Iterable[Any], **more: Any) -> forms.ChoiceField:
    """Return a field to choose one of some enums with Chinese labels."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "请选择"), *((each.value, each.label) for each in values)],
        error_messages={
            "required": f"请选择“{label}”",
            "invalid_choice": f"“{label}”不在可选项中，请重新选择",
        },
        **more,
    )


def organ_field(label: str, organs: QuerySet[Organ]) -> forms.ModelChoiceField:
    """Return a field to choose an organ."""
    return forms.ModelChoiceField(
        label=label,
        queryset=organs,
        empty_label="请选择",
        error_messages={"required": f"请选择“{label}”", "invalid_choice": f"请重新选择“{label}”"},
    )


class PassOnForm(forms.Form):
    """To whom a report goes, and why."""

    why = text_field("why", rows=3, help_text="写明为什么由该机关核实；报告人看不到这一内容")

    def __init__(self, *args: Any, organs: QuerySet[Organ], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["to"] = organ_field("转往机关", organs)
        self.order_fields(["to", "why"])


class AnswerForm(forms.Form):
    """What came of a report."""

    result = choice_field("处理结果", Result)
    answer = text_field(
        "answer", rows=4, help_text="报告人凭编号和查询码看到的答复：核实情况、怎样改正的"
    )


class TermsForm(forms.Form):
    """When and how comments are taken."""

    opens_on = day_field("开始日期", help_text="公告须在这一天以前（含当日）发布，请留出审核时间")
    closes_on = day_field("截止日期", help_text="含当日")
    affects_market = forms.BooleanField(
        label="与市场主体生产经营活动密切相关",
        required=False,
        help_text="征集期限一般不少于30日（优化营商环境条例第六十二条）",
    )
    major_decision = forms.BooleanField(
        label="重大行政决策",
        required=False,
        help_text="征集期限一般不少于30日（重大行政决策程序暂行条例第十五条）",
    )
    short_reason = text_field(
        "short_reason",
        required=False,
        help_text="上面两项选了任何一项、期限又不足30日的填写，将在公告中公开",
    )
    online = forms.BooleanField(label="开通网上提交", required=False, initial=True)
    address = text_field("address", required=False, help_text="接收信函的地址和邮政编码")
    email = text_field("email", required=False)
    phone = text_field("phone", required=False)

    def terms(self) -> Terms:
        """Return the terms."""
        return Terms(**{name: self.cleaned_data[name] for name in Terms.__dataclass_fields__})


class DraftForm(TermsForm):
    """A new solicitation."""

    name = text_field("name", help_text="如：靖安县城市停车管理办法（征求意见稿）")

    def __init__(self, *args: Any, organs: QuerySet[Organ], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["organ"] = organ_field("征集机关", organs)
        if len(only := organs[:2]) == 1:
            self.fields["organ"].initial = only[0]
        self.order_fields(["organ", "name"])


class ChangeTermForm(TermsForm):
    """Other terms; once the notice is public, with a reason."""

    why = text_field("why", rows=2, required=False, help_text="公告发布以后修改的，必须填写")

    @staticmethod
    def told_by(solicitation: Solicitation) -> dict[str, Any]:
        """Return the terms as the form shows them first."""
        return {name: getattr(solicitation, name) for name in Terms.__dataclass_fields__}


class CommentForm(forms.Form):
    """A comment that came otherwise than online."""

    channel = choice_field(
        "提出方式", [each for each in CommentChannel if each is not CommentChannel.ONLINE]
    )
    received_on = day_field("收到日期")
    text = text_field("comment", rows=6, help_text="照原文录入；一件来信多条意见的，逐条登记")
    name = text_field("commenter", required=False)
    contact = text_field("contact", required=False)


class DisposeForm(forms.Form):
    """What is made of the chosen comments."""

    disposition = choice_field("处理", Disposition)
    summary = text_field(
        "summary",
        required=False,
        help_text="用自己的话概括，将在反馈中公布，不写姓名等个人信息；与本次征集无关的不填",
    )
    reason = text_field(
        "reason", rows=2, required=False, help_text="部分采纳、未采纳的必须写明理由，将在反馈中公布"
    )

    def __init__(self, *args: Any, comments: QuerySet[Comment], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["comments"] = forms.ModelMultipleChoiceField(
            queryset=comments,
            error_messages={
                "required": "请先在下面勾选要处理的意见",
                "invalid_choice": "所选意见有变动，请重新勾选",
                "invalid_pk_value": "所选意见有变动，请重新勾选",
            },
        )


class LinkForm(forms.Form):
    """Which public text is the document that followed."""

    document = forms.ModelChoiceField(
        label="正式文件",
        queryset=Entry.objects.none(),
        error_messages={
            "required": "请选择“正式文件”",
            "invalid_choice": "请从查找结果中选择“正式文件”",
        },
    )

    def __init__(self, *args: Any, found: Iterable[Entry], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["document"].queryset = Entry.objects.live().filter(
            pk__in=[each.pk for each in found]
        )


class CancelForm(forms.Form):
    """Why a solicitation ends without feedback."""

    why = text_field("why", rows=3, help_text="如：文件不再制定。公告已经发布的，网页上标明已终止")
