"""The forms of months, posts, tables and campaigns."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.newmedia.actions import Month, Posted
from gongkai.newmedia.lifecycle import RUNNING, Decision
from gongkai.newmedia.models import Account, CampaignItem
from gongkai.newmedia.rules.platforms import PostKind
from gongkai.newmedia.staff.fields import (
    choice_field,
    count_field,
    day_field,
    row_field,
    text_field,
    workbook_field,
)


class MonthForm(forms.Form):
    """What a platform shows of a month."""

    month = forms.DateField(
        label="月份",
        input_formats=["%Y-%m"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
        error_messages={"required": "请填写“月份”", "invalid": "“月份”应当像2026-03"},
    )
    followers = count_field("关注量", required=False, help_text="月末的粉丝数或者订阅数")
    received = count_field("留言量", help_text="本月收到的留言、私信；没有的填0")
    answered = count_field("答复量", help_text="其中已经答复的")
    updated_on = day_field(
        "最后更新日期", required=False, help_text="发布记录没有逐条登记的，按平台显示的日期填写"
    )

    def told(self) -> Month:
        """Return the month."""
        told = dict(self.cleaned_data)
        return Month(starts_on=told.pop("month"), **told)


class PostForm(forms.Form):
    """One post."""

    title = text_field("title", help_text="没有标题的，写正文开头一句")
    posted_at = forms.DateTimeField(
        label="发布时间",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={
            "required": "请填写“发布时间”",
            "invalid": "“发布时间”应当像2026-03-02 09:30",
        },
    )
    link = text_field("post_link", required=False)
    kind = forms.ChoiceField(label="类型", choices=[(each.value, each.label) for each in PostKind])

    def posted(self) -> Posted:
        """Return the post."""
        told = self.cleaned_data
        return Posted(
            title=told["title"],
            posted_at=told["posted_at"],
            link=told["link"],
            kind=PostKind(told["kind"]),
        )


class PostsForm(forms.Form):
    """A table of posts."""

    file = workbook_field("可以是下载的模板，也可以是平台后台导出的清单；表头须有标题、发布时间")

    def __init__(self, *args: Any, accounts: QuerySet[Account], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["account"] = row_field(
            "账号",
            accounts,
            required=False,
            empty_label="表中写明",
            help_text="表中没有“账号名称”一列的，在这里选择",
        )
        self.order_fields(["account"])


class AccountsForm(forms.Form):
    """A table of accounts that are open."""

    file = workbook_field("用下载的模板填写，登记现有的账号；有一处错误，整个文件不导入")


class CampaignForm(forms.Form):
    """A new campaign."""

    name = text_field("campaign", help_text="如：2026年全县政务新媒体清理整合")
    starts_on = day_field("开始日期")
    ends_on = day_field("完成期限")
    requirement = text_field("requirement", rows=3, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        given.setdefault("initial", {"starts_on": timezone.localdate()})
        super().__init__(*args, **given)


class DecideForm(forms.Form):
    """What becomes of one account."""

    decision = choice_field("处理意见", [(each.value, each.label) for each in Decision])
    reason = text_field("why", rows=3, required=False, help_text="整合、关停的必须填写")

    def __init__(self, *args: Any, item: CampaignItem, **given: Any) -> None:
        super().__init__(*args, **given)
        others = Account.objects.filter(county_id=item.campaign.county_id).exclude(
            pk=item.account_id
        )
        self.fields["into"] = row_field(
            "并入账号",
            others.filter(state__in=[state.value for state in RUNNING]).select_related("organ"),
            required=False,
            help_text="只有整合的账号填写",
        )
        self.order_fields(["decision", "into", "reason"])


class FinishForm(forms.Form):
    """What came of a campaign."""

    outcome = text_field("outcome", rows=5)
