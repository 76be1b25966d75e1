"""Verbs while it is handled: accept, send back, joint opinion, talk with the proposer, extend."""

from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.proposals.actions import steps
from gongkai.proposals.deadlines import longest_due
from gongkai.proposals.lifecycle import ProposalEvent, Refused, ToldWrongly
from gongkai.proposals.lifecycle.kinds import ContactWay, ProposalKind
from gongkai.proposals.models import JointOrgan, Proposal
from gongkai.proposals.rules.texts import past_day, used
from gongkai.statute.days import written


@transaction.atomic
def accept(proposal: Proposal, *, by: Actor, at: datetime) -> Proposal:
    """Put down that the lead has taken it over; raises Refused."""
    held = steps.hold(proposal)
    steps.follow(held, ProposalEvent.ACCEPT)
    held.accepted_on = steps.local_day(at)
    held.save(update_fields=["accepted_on", "state"])
    steps.tell(held, ProposalEvent.ACCEPT, by, at)
    steps.log("accept", held, by, at, after={"state": held.state})
    return held


@transaction.atomic
def send_back(proposal: Proposal, *, why: str, by: Actor, at: datetime) -> Proposal:
    """Give it back to the office: it is not the lead's to answer; the term runs on.

    Raises:
        ToldWrongly: no reason.
        Refused: the lead has accepted it already.
    """
    why = used(why, "why")
    held = steps.hold(proposal)
    steps.follow(held, ProposalEvent.SEND_BACK)
    before = {"lead": held.lead.code if held.lead else ""}
    from_whom = held.lead.short_name if held.lead else ""
    held.lead = None
    held.save(update_fields=["lead", "state"])
    steps.tell(held, ProposalEvent.SEND_BACK, by, at, to=from_whom, words=why)
    steps.log("send_back", held, by, at, before=before, after={"state": held.state}, reason=why)
    return held


@transaction.atomic
def give_opinion(
    proposal: Proposal, *, organ: Organ, opinion: str, by: Actor, at: datetime
) -> Proposal:
    """Put down what a joint organ says to the lead; a later opinion takes the place of the first.

    Raises:
        ToldWrongly: nothing is said.
        Refused: the organ is not joined, or the reply has been given.
    """
    opinion = used(opinion, "opinion")
    held = steps.hold(proposal)
    steps.follow(held, ProposalEvent.OPINE)
    row = JointOrgan.objects.filter(proposal=held, organ=organ).first()
    if row is None:
        raise Refused(f"{organ.short_name}不是会办单位。")
    row.opinion, row.opinion_on, row.opinion_by = opinion, steps.local_day(at), by.name
    row.save(update_fields=["opinion", "opinion_on", "opinion_by"])
    steps.tell(held, ProposalEvent.OPINE, by, at, to=organ.short_name)
    after = {"organ": organ.code, "characters": len(opinion)}
    steps.log("give_opinion", held, by, at, after=after)
    return held


@transaction.atomic
def record_contact(
    proposal: Proposal, *, way: ContactWay, on: date | None, words: str, by: Actor, at: datetime
) -> Proposal:
    """Put down a talk with the proposer before or after the reply.

    Raises:
        ToldWrongly: the day cannot be, or nothing is said of it.
        Refused: it is not being handled.
    """
    words = used(words, "words")
    held = steps.hold(proposal)
    steps.follow(held, ProposalEvent.CONTACT)
    day = past_day(on, "on", "日期", steps.local_day(at), held.assigned_on)
    steps.tell(
        held, ProposalEvent.CONTACT, by, at, on=day, to=way.label, words=words, way=way.value
    )
    steps.log("record_contact", held, by, at, after={"way": way.value, "on": day})
    return held


@transaction.atomic
def extend(
    proposal: Proposal, *, due_on: date | None, why: str, consent: str, by: Actor, at: datetime
) -> Proposal:
    """Extend the term of a first reply, at most to six months from the assignment (代表法).

    Raises:
        ToldWrongly: the day is not later than the term, or too late; reason or consent is missing.
        Refused: it is not being handled, or worked on again (a day was set for that).
    """
    why, consent = used(why, "why"), used(consent, "consent")
    held = steps.hold(proposal)
    steps.follow(held, ProposalEvent.EXTEND)
    if held.round > 1:
        raise Refused("重新办理的期限在责成重新办理时确定，不能延长。")
    if due_on is None:
        raise ToldWrongly("请填写“延长至”", "due_on")
    if held.assigned_on is None or held.due_on is None:
        raise Refused("尚未交办，没有可以延长的期限。")
    longest = longest_due(ProposalKind(held.kind), held.assigned_on)
    if due_on <= held.due_on:
        raise ToldWrongly(f"“延长至”应当晚于现在的期限{written(held.due_on)}", "due_on")
    if due_on > longest:
        raise ToldWrongly(f"最迟延长至{written(longest)}（自交办之日起六个月）", "due_on")
    before = {"due_on": held.due_on}
    held.due_on, held.extended = due_on, True
    held.save(update_fields=["due_on", "extended", "state"])
    said = f"延长至{written(due_on)}，{consent}同意"
    steps.tell(held, ProposalEvent.EXTEND, by, at, to=said, words=why)
    after = {"due_on": due_on, "consent": consent}
    steps.log("extend", held, by, at, before=before, after=after, reason=why)
    return held
