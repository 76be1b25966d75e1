"""The forms of the chapter's screens."""

from typing import Any

from django import forms

from gongkai.orgs.models import Organ
from gongkai.orgs.queries import existing_between, organs_of
from gongkai.proposals import queries
from gongkai.proposals.actions import Answer, Contact, Decision, Told
from gongkai.proposals.deadlines import longest_due, redo_due
from gongkai.proposals.lifecycle import Openness
from gongkai.proposals.lifecycle.kinds import (
    CONTENT,
    ContactWay,
    ProposalKind,
    Result,
    Satisfaction,
)
from gongkai.proposals.models import Proposal
from gongkai.proposals.queries import ProposalPerson
from gongkai.proposals.rules.told import MOST_COSIGNERS, TOLD
from gongkai.proposals.staff.fields import (
    choice_field,
    count_field,
    day_field,
    row_field,
    rows_field,
    text_field,
    workbook_field,
)

_PRIVATE = "加密保存，只供办理时联系，不公开"


class ToldForm(forms.Form):
    """What is registered of a proposal."""

    kind = choice_field("类型", ProposalKind)
    year = count_field("年度", 1990, 2100)
    session = text_field("session", help_text="如：县十六届人大五次会议、县政协十届五次会议")
    number = text_field("number", help_text="只填数字，如：12")
    subject = text_field("subject")
    proposer = text_field("proposer")
    group = text_field("group", required=False)
    cosigners = count_field("附议人数", 0, MOST_COSIGNERS, help_text="没有附议的填0")
    received_on = day_field("收到日期")
    content = text_field("content", rows=8, required=False)
    phone = text_field("phone", required=False, help_text=_PRIVATE)
    address = text_field("address", required=False, help_text=_PRIVATE)

    def told(self) -> Told:
        """Return what is registered."""
        told = {name: self.cleaned_data[name] for name in TOLD}
        return Told(**{**told, "kind": ProposalKind(told["kind"])})

    def contact(self) -> Contact:
        """Return how to reach the proposer."""
        return Contact(self.cleaned_data["phone"], self.cleaned_data["address"])


class AmendForm(ToldForm):
    """A correction; what is sealed is changed only when something is told, or taken away."""

    forget = forms.BooleanField(label="删除已登记的联系方式", required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for name in ("phone", "address"):
            self.fields[name].help_text = f"不改的留空。{_PRIVATE}"

    def new_contact(self) -> Contact | None:
        """Return the contact to keep; None leaves it as it is."""
        contact = self.contact()
        if contact.empty and not self.cleaned_data["forget"]:
            return None
        return contact


class ActForm(forms.Form):
    """A form about one proposal, for one person."""

    def __init__(
        self, *args: Any, proposal: Proposal, person: ProposalPerson, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.proposal, self.person = proposal, person
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the proposal."""

    def told(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return dict(self.cleaned_data)


class AssignForm(ActForm):
    """To whom it is assigned."""

    def prepare(self) -> None:
        """Offer the county's organs; when it was assigned before, ask why again."""
        today = self.person.official.today
        found = organs_of(self.proposal.county).filter(existing_between(today, today))
        organs = found.order_by("order", "code")
        self.fields["lead"] = row_field("主办单位", organs, initial=self.proposal.lead)
        joint = [row.organ for row in queries.joint_of(self.proposal)]
        self.fields["joint"] = rows_field(
            "会办单位",
            organs,
            required=False,
            initial=joint,
            help_text="没有的不选",
        )
        first = self.proposal.assigned_on is None
        help_text = "" if first else "改交的日期；答复期限仍自第一次交办之日起算"
        self.fields["assigned_on"] = day_field("交办日期", initial=today, help_text=help_text)
        if not first:
            self.fields["why"] = text_field("why", rows=3, label="改交理由")


class NothingForm(ActForm):
    """A step that needs nothing but a yes."""


class WhyForm(ActForm):
    """A step that needs a reason."""

    why = text_field("why", rows=3)


class OpinionForm(ActForm):
    """What a joint organ says."""

    opinion = text_field("opinion", rows=8)

    def prepare(self) -> None:
        """Let the organ be chosen among those for which the person works."""
        joined = self.proposal.joint.filter(organ_id__in=self.person.acting_ids)
        rows = Organ.objects.filter(pk__in=joined.values("organ_id"))
        self.fields["organ"] = row_field("会办单位", rows, initial=rows.first())
        self.order_fields(["organ", "opinion"])


class TalkForm(ActForm):
    """A talk with the proposer."""

    way = choice_field("沟通方式", ContactWay)
    on = day_field("日期")
    words = text_field("words", rows=4)

    def prepare(self) -> None:
        """Offer today."""
        self.fields["on"].initial = self.person.official.today

    def told(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return {**self.cleaned_data, "way": ContactWay(self.cleaned_data["way"])}


class ExtendForm(ActForm):
    """To which day, why, with whose consent."""

    due_on = day_field("延长至")
    why = text_field("why", rows=3)
    consent = text_field(
        "consent", help_text="如：县人大常委会代表联络工作委员会、县政协提案委员会"
    )

    def prepare(self) -> None:
        """Say how far it may go."""
        if self.proposal.assigned_on is not None:
            last = longest_due(ProposalKind(self.proposal.kind), self.proposal.assigned_on)
            self.fields["due_on"].help_text = f"最迟{last:%Y-%m-%d}（自交办之日起六个月）"
            self.fields["due_on"].initial = last


class DecisionForm(ActForm):
    """How public the reply is to be."""

    openness = choice_field(
        "公开属性",
        Openness,
        help_text="涉及公共利益、公众权益、社会关切和需要社会广泛知晓的，应当全文公开",
    )
    openness_why = text_field(
        "openness_why", rows=3, required=False, help_text="全文公开以外的，必须写明依据和理由"
    )
    abridged = text_field(
        "abridged",
        rows=8,
        required=False,
        help_text="摘要公开的填写；不得有代表、委员的联系方式和住址，不得有个人案件情况",
    )
    consulted = forms.BooleanField(label="已征求代表、委员对公开的意见", required=False)

    def decision(self) -> Decision:
        """Return the decision."""
        told = self.cleaned_data
        return Decision(
            openness=Openness(told["openness"]),
            why=told["openness_why"],
            abridged=told["abridged"],
            consulted=told["consulted"],
        )

    def told(self) -> dict[str, Any]:
        """Return what the verb takes."""
        return {"decision": self.decision()}


class ReplyForm(DecisionForm):
    """The reply, with how public it is to be."""

    number = text_field("reply_number", help_text="如：靖水字〔2026〕12号")
    replied_on = day_field("答复日期")
    signed_by = text_field("signed_by", required=False)
    result = choice_field("结果类别", Result)
    promised_on = day_field("计划解决日期", required=False, help_text="B类必须填写")
    body = text_field(
        "body", rows=14, help_text="公开前系统删去已登记的联系电话和住址，请同时核对其他个人信息"
    )
    field_order = (
        *("number", "replied_on", "signed_by", "result", "promised_on", "body"),
        *("openness", "openness_why", "abridged", "consulted"),
    )

    def prepare(self) -> None:
        """Offer today."""
        self.fields["replied_on"].initial = self.person.official.today

    def told(self) -> dict[str, Any]:
        """Return what the verb takes."""
        told = self.cleaned_data
        answer = Answer(
            number=told["number"],
            replied_on=told["replied_on"],
            result=Result(told["result"]),
            body=told["body"],
            signed_by=told["signed_by"],
            promised_on=told["promised_on"],
        )
        return {"answer": answer, "decision": self.decision()}


class RateForm(ActForm):
    """That the proposer is content."""

    satisfaction = choice_field("代表、委员意见", CONTENT, help_text="不满意的，办理“重新办理”")
    on = day_field("反馈日期")
    remark = text_field("remark", rows=3, required=False)

    def prepare(self) -> None:
        """Offer today."""
        self.fields["on"].initial = self.person.official.today

    def told(self) -> dict[str, Any]:
        """Return what the verb takes."""
        told = self.cleaned_data
        return {**told, "satisfaction": Satisfaction(told["satisfaction"])}


class RedoForm(ActForm):
    """That the proposer is dissatisfied, and by when a second reply is due."""

    on = day_field("反馈日期")
    remark = text_field("remark", rows=4)
    due_on = day_field("重新答复期限", help_text="通常一个月")

    def prepare(self) -> None:
        """Offer today, and a month later."""
        today = self.person.official.today
        self.fields["on"].initial, self.fields["due_on"].initial = today, redo_due(today)


class CloseForm(ActForm):
    """Why it is settled without a content opinion."""

    dissatisfied = forms.BooleanField(
        label="重新办理后仍不满意", required=False, help_text="没有反馈意见的不选"
    )
    why = text_field("why", rows=3)


class FollowForm(ActForm):
    """What became of what was promised."""

    on = day_field("日期")
    progress = text_field("progress", rows=4)
    done = forms.BooleanField(label="已经落实，转为A类", required=False)

    def prepare(self) -> None:
        """Offer today."""
        self.fields["on"].initial = self.person.official.today


class ImportForm(forms.Form):
    """A table of proposals."""

    file = workbook_field("用下载的模板填写；写了主办单位和交办日期的，同时交办")
