"""Verbs on how public a reply is: propose, confirm by other eyes, return, draft the public text."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.models import Entry, Section
from gongkai.disclosure.models.entries import DisclosureMode, EntryState
from gongkai.disclosure.queries import county_of, told_of
from gongkai.orgs.models import Organ
from gongkai.proposals.actions import steps
from gongkai.proposals.lifecycle import (
    ANSWERED,
    Openness,
    OpennessEvent,
    OpennessState,
    Refused,
)
from gongkai.proposals.lifecycle.openness import next_openness
from gongkai.proposals.models import Proposal, Reply
from gongkai.proposals.rules.texts import used
from gongkai.proposals.rules.told import Decision, checked_decision
from gongkai.proposals.rules.wording import reply_body, reply_title

SECTION = "zwgk/fdzdgknr/jyta"
_PUBLIC = (EntryState.PUBLISHED, EntryState.WITHDRAWN)


@transaction.atomic
def propose_openness(proposal: Proposal, *, decision: Decision, by: Actor, at: datetime) -> Reply:
    """Propose anew how public the last reply is to be, after a return or a change of mind.

    Raises:
        ToldWrongly: reason or abridgement is missing.
        Refused: there is no reply, or its text is public: then it must be withdrawn first.
    """
    decision = checked_decision(decision)
    held = steps.hold(proposal, entry=True)
    last = _answered(held)
    before = {"openness": last.openness}
    if held.entry is not None and held.entry.live and held.published_round == last.round:
        raise Refused("答复已经公开，要改变公开属性，请先在公开信息中撤下。")
    last.openness_state = next_openness(OpennessState(last.openness_state), OpennessEvent.PROPOSE)
    last.openness, last.openness_why = decision.openness, decision.why
    last.abridged, last.consulted = decision.abridged, decision.consulted
    last.proposed_by, last.proposed_by_account = by.name, by.account
    last.confirmed_by, last.confirmed_on = "", None
    last.save()
    after = {"openness": decision.openness.value}
    steps.log("propose_openness", held, by, at, before=before, after=after, reason=decision.why)
    return last


@transaction.atomic
def confirm_openness(proposal: Proposal, *, by: Actor, at: datetime) -> Reply:
    """Confirm how public the last reply is to be, after looking at secrecy and persons.

    Raises:
        Refused: the same person proposed it, or nothing waits for this.
    """
    held = steps.hold(proposal)
    last = _answered(held)
    if last.proposed_by_account == by.account:
        raise Refused("公开属性由提出人以外的人审核，请由审核人或者保密审查员办理。")
    last.openness_state = next_openness(OpennessState(last.openness_state), OpennessEvent.CONFIRM)
    last.confirmed_by, last.confirmed_on = by.name, steps.local_day(at)
    last.save(update_fields=["openness_state", "confirmed_by", "confirmed_on"])
    steps.log("confirm_openness", held, by, at, after={"openness": last.openness})
    return last


@transaction.atomic
def return_openness(proposal: Proposal, *, why: str, by: Actor, at: datetime) -> Reply:
    """Give the decision back to who proposed it.

    Raises:
        ToldWrongly: no reason.
        Refused: nothing waits for this.
    """
    why = used(why, "why")
    held = steps.hold(proposal)
    last = _answered(held)
    last.openness_state = next_openness(OpennessState(last.openness_state), OpennessEvent.RETURN)
    last.save(update_fields=["openness_state"])
    after = {"openness": last.openness}
    steps.log("return_openness", held, by, at, after=after, reason=why)
    return last


@transaction.atomic
def draft_publication(proposal: Proposal, *, by: Actor, at: datetime) -> Proposal:
    """Write the public text of the last reply as an entry of disclosure, or write it anew.

    The proposer's registered contact is left out of it. The text takes the road of every
    publication: read, cleared, signed and released by different people.

    Raises:
        Refused: its openness is not confirmed, or is not to be public; the text is in review; the
            county's site has no section for it.
        DisclosureError: the text is refused.
    """
    held = steps.hold(proposal, entry=True)
    last = _answered(held)
    openness = last.settled_openness
    if openness is None:
        raise Refused("公开属性还没有审核通过，审核通过后再起草公开稿。")
    if not openness.public:
        raise Refused(f"这份答复“{openness.label}”，不在网站公开。")
    told = _told(held, last, openness)
    standing = held.entry
    if standing is None or standing.state == EntryState.DISCARDED:
        held.entry = disclosure.create(
            _publisher(held),
            section=section_of(held.county),
            told=told,
            record=held.typed_id,
            by=by,
            at=at,
        )
        held.save(update_fields=["entry"])
    else:
        held.entry = _write_anew(standing, told, by, at)
    after = {"entry": held.entry.record_id if held.entry else "", "round": last.round}
    steps.log("draft_publication", held, by, at, chain=_publisher(held).code, after=after)
    return held


def _told(held: Proposal, last: Reply, openness: Openness) -> disclosure.Told:
    abridged = openness is Openness.ABRIDGED
    contact = steps.contact_of(held)
    return disclosure.Told(
        title=reply_title(held.name, held.subject, openness),
        formed_on=last.replied_on,
        body=reply_body(held.subject, last.abridged if abridged else last.body, contact),
        mode=DisclosureMode.SEVERED if abridged else DisclosureMode.PROACTIVE,
        mode_reason=last.openness_why[:300] if abridged else "",
    )


def _write_anew(entry: Entry, told: disclosure.Told, by: Actor, at: datetime) -> Entry:
    if entry.state in _PUBLIC:
        entry = disclosure.revise(entry, by=by, at=at)
    hand = told_of(entry)
    if entry.state != EntryState.DRAFT or hand is None:
        state = EntryState(entry.state).label
        raise Refused(f"公开稿“{state}”，需要重新生成的，请先在公开信息中撤回送审。")
    kept = replace(
        hand.told,
        title=told.title,
        body=told.body,
        formed_on=told.formed_on,
        mode=told.mode,
        mode_reason=told.mode_reason,
    )
    return disclosure.edit(entry, told=kept, revision=hand.revision, by=by, at=at)


def section_of(county: Organ) -> Section:
    """Return the section of proposals of a county; raises Refused."""
    found = Section.objects.filter(county_id=county_of(county), path=SECTION).first()
    if found is None:
        raise Refused("本县网站没有“建议提案办理”栏目，请先在栏目管理中设立。")
    return found


def _publisher(held: Proposal) -> Organ:
    if held.lead is None:
        raise Refused("没有主办单位，请先交办。")
    return held.lead


def _answered(held: Proposal) -> Reply:
    """Return the reply that stands; raises Refused while it is worked on."""
    if held.state not in ANSWERED:
        raise Refused("还没有答复，或者正在重新办理；答复后再确定公开属性。")
    return steps.last_reply(held)
