"""What may be done with a proposal, each act with its form, its doer and its verb."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from gongkai.proposals import actions
from gongkai.proposals.lifecycle import (
    ANSWERED,
    OpennessEvent,
    OpennessState,
    ProposalEvent,
    ProposalState,
)
from gongkai.proposals.lifecycle.kinds import Result
from gongkai.proposals.lifecycle.proposals import open_events
from gongkai.proposals.models import Proposal, Reply
from gongkai.proposals.queries import ProposalPerson
from gongkai.proposals.staff import forms as asked

_E = ProposalEvent


class Doer(Enum):
    """Whose an act is."""

    OFFICE = "office"
    LEAD = "lead"
    JOINT = "joint"
    CONFIRMER = "confirmer"


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its slug and name, form and verb, whose it is, on what event or state it rests."""

    slug: str
    label: str
    form: type[asked.ActForm]
    verb: Callable[..., object]
    doer: Doer
    event: ProposalEvent | None = None
    main: bool = False
    hint: str = ""

    def belongs_to(self, person: ProposalPerson, proposal: Proposal) -> bool:
        """Say whether the act is this person's, whatever the state."""
        match self.doer:
            case Doer.OFFICE:
                return person.keeps(proposal)
            case Doer.LEAD:
                return person.leads(proposal)
            case Doer.JOINT:
                return person.joined(proposal) is not None
        return person.confirms(proposal)

    def open_now(self, proposal: Proposal, last: Reply | None) -> bool:
        """Say whether the state allows it."""
        if self.event is not None:
            if self.event is _E.FOLLOW_UP and (last is None or last.result != Result.B):
                return False
            if self.event is _E.EXTEND and proposal.round > 1:
                return False
            if self.event is _E.WITHDRAW and (proposal.round > 1 or proposal.entry_id):
                return False
            return self.event in open_events(ProposalState(proposal.state))
        if last is None or proposal.state not in ANSWERED:
            return False
        return _OPENNESS[self.slug](proposal, last)


def _shown(proposal: Proposal, last: Reply) -> bool:
    """Say whether the public text of the last reply is on the site."""
    entry = proposal.entry
    return entry is not None and entry.live and proposal.published_round == last.round


_OPENNESS: dict[str, Callable[[Proposal, Reply], bool]] = {
    "propose": lambda proposal, last: not _shown(proposal, last),
    "confirm": lambda _, last: last.openness_state == OpennessState.PROPOSED,
    "return": lambda _, last: last.openness_state == OpennessState.PROPOSED,
    "draft": lambda proposal, last: (
        last.settled_openness is not None
        and last.settled_openness.public
        and not _shown(proposal, last)
    ),
}


def _of(event: ProposalEvent, slug: str, form: Any, verb: Any, doer: Doer, **more: Any) -> Act:
    return Act(slug, event.label, form, verb, doer, event, **more)


_ALL = (
    _of(_E.ASSIGN, "assign", asked.AssignForm, actions.assign, Doer.OFFICE, main=True),
    _of(_E.ACCEPT, "accept", asked.NothingForm, actions.accept, Doer.LEAD, main=True),
    _of(_E.REPLY, "reply", asked.ReplyForm, actions.reply, Doer.LEAD, main=True),
    _of(_E.OPINE, "opinion", asked.OpinionForm, actions.give_opinion, Doer.JOINT, main=True),
    _of(_E.RATE, "rate", asked.RateForm, actions.rate, Doer.OFFICE, main=True),
    Act(
        "confirm",
        OpennessEvent.CONFIRM.label,
        asked.NothingForm,
        actions.confirm_openness,
        Doer.CONFIRMER,
        main=True,
        hint="请核对：是否涉及国家秘密、商业秘密、个人隐私；不公开的理由是否成立；摘要是否恰当。",
    ),
    Act(
        "draft",
        "起草公开稿",
        asked.NothingForm,
        actions.draft_publication,
        Doer.LEAD,
        main=True,
        hint="系统按审核通过的公开属性生成公开信息的稿件，再按公开信息的程序审核、发布。",
    ),
    _of(_E.CONTACT, "talk", asked.TalkForm, actions.record_contact, Doer.LEAD),
    _of(_E.FOLLOW_UP, "follow-up", asked.FollowForm, actions.follow_up, Doer.LEAD),
    _of(
        _E.REDO,
        "redo",
        asked.RedoForm,
        actions.redo,
        Doer.OFFICE,
        hint="代表、委员对答复不满意的，责成主办单位重新办理、重新答复。",
    ),
    _of(_E.CLOSE, "close", asked.CloseForm, actions.close, Doer.OFFICE),
    _of(_E.EXTEND, "extend", asked.ExtendForm, actions.extend, Doer.OFFICE),
    Act("propose", "修改公开属性", asked.DecisionForm, actions.propose_openness, Doer.LEAD),
    Act(
        "return",
        OpennessEvent.RETURN.label,
        asked.WhyForm,
        actions.return_openness,
        Doer.CONFIRMER,
    ),
    _of(
        _E.SEND_BACK,
        "send-back",
        asked.WhyForm,
        actions.send_back,
        Doer.LEAD,
        hint="不属本单位职责的，写明理由和建议交办的单位。",
    ),
    _of(_E.WITHDRAW, "withdraw", asked.WhyForm, actions.withdraw, Doer.OFFICE),
)
ACTS = {act.slug: act for act in _ALL}


def offered(person: ProposalPerson, proposal: Proposal, last: Reply | None) -> list[Act]:
    """Return what a person may do with a proposal now, the usual first."""
    found = [
        act for act in _ALL if act.open_now(proposal, last) and act.belongs_to(person, proposal)
    ]
    own = last is not None and last.proposed_by_account == person.user.username
    if own:  # confirmed by other eyes
        found = [act for act in found if act.slug not in ("confirm", "return")]
    return sorted(found, key=lambda act: not act.main)
