"""Forms of taking in and moving: contact, receipt, transfer, splitting, merging, hands, search."""

from typing import Any

from django import forms

from gongkai.inforequests.models import InfoRequest, IntakeChannel
from gongkai.inforequests.queries import HANDLERS
from gongkai.inforequests.staff.fields import choose_field, day_field, line_field, text_field
from gongkai.inforequests.staff.forms.base import ActForm, yes_or_no
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_of, posts_in

_WAYS = ("电话", "短信", "电子邮件", "即时通信", "上门")


class TryContactForm(ActForm):
    """How the requester was reached for, and what came of it."""

    button = "登记联系情况"
    on_label = "联系日期"
    how = choose_field("联系方式", [(way, way) for way in _WAYS])
    result = text_field(
        "联系结果",
        rows=2,
        help_text="如：无人接听；已接通，确认申请属实（随后请办理“确定收到申请之日”）",
    )


class RegisterForm(ActForm):
    """The day both sides confirmed, where the channel asks for one."""

    button = "确定收到申请之日"
    on_label = "与申请人确认收到的日期"
    letter = ("L01", "登记回执")

    def prepare(self) -> None:
        """Leave the day out where the law fixes it."""
        if not IntakeChannel(self.info_request.channel).needs_confirmation:
            del self.fields["on"]


class TransferForm(ActForm):
    """To which organ the case goes, and why."""

    button = "移送"
    to = forms.ModelChoiceField(
        label="移送到",
        queryset=Organ.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择“移送到”的机关", "invalid_choice": "请重新选择"},
    )
    reason = text_field("移送理由", help_text="写明为什么由该机关办理；该机关收到后继续计时")

    def prepare(self) -> None:
        """Offer the other organs of the county that exist today."""
        organ = self.info_request.organ
        county = organ.county or organ
        others = organs_of(county).exclude(pk=organ.pk).filter(valid_from__lte=self.today)
        self.fields["to"].queryset = others.exclude(valid_to__lte=self.today)


class SplitForm(ActForm):
    """The matters that become requests of their own."""

    button = "拆分"
    parts = text_field("拆分后的各件（一行一件）", 10_000, rows=6)

    def prepare(self) -> None:
        """Offer the items of the form."""
        items = self.info_request.items.order_by("place").values_list("text", flat=True)
        self.fields["parts"].initial = "\n".join(items)

    def told(self) -> dict[str, Any]:
        """Return one description a line."""
        lines = self.cleaned_data["parts"].splitlines()
        return {"descriptions": [line for line in lines if line.strip()]}


class MergeForm(ActForm):
    """Into which request of the same requester this one goes."""

    button = "合并"
    into = line_field(
        "并入的申请编号", 40, help_text="同一申请人向本机关提交、已登记而尚未答复的另一件"
    )
    reason = text_field("合并理由", rows=2)

    def clean_into(self) -> InfoRequest:
        """Return the request of this organ that has the number."""
        number = self.cleaned_data["into"].strip()
        same_organ = InfoRequest.objects.filter(organ=self.info_request.organ_id)
        found = same_organ.filter(number=number).exclude(pk=self.info_request.pk).first()
        if found is None:
            raise forms.ValidationError("本机关没有这个编号的另一件申请，请核对")
        return found


class AssignForm(ActForm):
    """To whom the case goes."""

    button = "分办"
    unit = line_field("承办科室")
    handler = choose_field("经办人", [], required=False)
    inner_due_on = day_field(
        "内部办理期限", required=False, help_text="早于答复期限，给审核、签发留出时间"
    )

    def prepare(self) -> None:
        """Offer the people who handle requests for the organ, and its superior's unit again."""
        people = {
            post.account: post.name
            for post in posts_in(self.info_request.organ)
            if post.role in HANDLERS
            and post.valid_from <= self.today
            and (post.valid_to is None or post.valid_to > self.today)
        }
        self.people = people
        self.fields["handler"].choices = [("", "—"), *people.items()]
        self.fields["unit"].initial = self.info_request.unit
        self.fields["handler"].initial = self.info_request.handler
        if not people:
            self.fields["handler"].help_text = "本机关还没有任命经办人，可以先只填科室"

    def told(self) -> dict[str, Any]:
        """Return the account with the person's name."""
        told = super().told()
        return told | {"handler_name": self.people.get(told["handler"], "")}


class SearchForm(ActForm):
    """Where and how the information was looked for."""

    button = "登记检索情况"
    on_label = "登记日期"
    places = text_field("检索范围", rows=3, help_text="查了哪些系统、档案、科室")
    keywords = line_field("关键词")
    officer = line_field("检索人", 100)
    searched_on = day_field("检索日期")
    found = yes_or_no("检索结果", "检索到相关信息", "没有检索到相关信息")
    note = text_field("说明", required=False, rows=2)

    def prepare(self) -> None:
        """Suppose the search of today."""
        self.fields["searched_on"].initial = self.today
