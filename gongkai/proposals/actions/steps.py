"""The steps that verbs share: hold the rows in one order, follow the table, tell the page, log.

Locks are taken in one order everywhere, that of `disclosure`: the entry, then the proposal, then
one chain of the log.
"""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.disclosure.models import Entry
from gongkai.proposals import queries
from gongkai.proposals.lifecycle import ProposalEvent, ProposalState, Refused, ToldWrongly
from gongkai.proposals.lifecycle.proposals import next_state
from gongkai.proposals.models import Proposal, ProposalStep, ProposerContact, Reply
from gongkai.proposals.rules.told import Contact

# How to reach a deputy is logged as keyed digests only.
PROTECTED = ("contact",)


def local_day(at: datetime) -> date:
    """Return the day of a moment in the county."""
    return timezone.localdate(at)


def hold(proposal: Proposal, *, entry: bool = False) -> Proposal:
    """Return a proposal as it now stands, locked; its public text too when it will change."""
    if entry:
        own = Proposal.objects.filter(pk=proposal.pk).values("entry")
        list(Entry.objects.select_for_update().filter(pk__in=own).order_by("pk"))
    rows = Proposal.objects.select_for_update(of=("self",))
    return rows.select_related("county", "lead", "entry").get(pk=proposal.pk)


def last_reply(proposal: Proposal) -> Reply:
    """Return the reply of the last round that has one; raises Refused."""
    reply = queries.reply_of(proposal)
    if reply is None:
        raise Refused("还没有登记答复，请先登记答复。")
    return reply


def follow(proposal: Proposal, event: ProposalEvent) -> None:
    """Let a proposal take the state an event leads to; the row is not saved; raises Refused."""
    proposal.state = next_state(ProposalState(proposal.state), event)


def save(proposal: Proposal) -> None:
    """Save a proposal; raises ToldWrongly when another one of its session has its number."""
    twin = queries.standing_twin(proposal)
    said = f"{proposal}已经登记，请核对届次和编号"
    if twin is not None:
        raise ToldWrongly(said, "number")
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError:  # written by somebody else since it was looked for
        raise ToldWrongly(said, "number") from None


def keep_contact(proposal: Proposal, contact: Contact) -> None:
    """Seal how to reach the proposer, or take away what was kept when it is empty."""
    row = ProposerContact.objects.filter(proposal=proposal).first()
    if contact.empty:
        if row is not None:
            row.delete()
        return
    row = row or ProposerContact(proposal=proposal)
    row.fill(contact)
    row.save()


def contact_of(proposal: Proposal) -> Contact:
    """Return how to reach the proposer, for checks that show it to nobody."""
    row = ProposerContact.objects.filter(proposal=proposal).first()
    return row.contact if row is not None else Contact()


def tell(
    proposal: Proposal,
    event: ProposalEvent,
    by: Actor,
    at: datetime,
    *,
    on: date | None = None,
    to: str = "",
    words: str = "",
    way: str = "",
) -> None:
    """Write what happened to a proposal for its page."""
    ProposalStep.objects.create(
        proposal=proposal,
        event=event,
        on=on or local_day(at),
        to=to[:300],
        words=words,
        way=way,
        at=at,
        actor_account=by.account,
        actor_name=by.name,
        actor_post=by.post[:200],
    )


def log(
    verb: str, proposal: Proposal, by: Actor, at: datetime, *, chain: str = "", **values: Any
) -> None:
    """Record a verb on a proposal on the chain of its county, or on the one named.

    Where a verb of `disclosure` has been logged in the same transaction, the organ's is named:
    a transaction locks one chain.
    """
    after = values.get("after", {})
    record(
        f"proposals.{verb}",
        proposal.typed_id,
        chain=chain or proposal.county.code,
        by=by,
        at=at,
        label=str(proposal),
        protected=[name for name in PROTECTED if name in after],
        **values,
    )
