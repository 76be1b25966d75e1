"""Verbs of the county's office at the beginning: register, amend, assign, withdraw, import."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.proposals import queries
from gongkai.proposals.actions import steps
from gongkai.proposals.deadlines import reply_due
from gongkai.proposals.lifecycle import (
    ProposalError,
    ProposalEvent,
    ProposalState,
    Refused,
    RowFault,
    RowsWrong,
    ToldWrongly,
)
from gongkai.proposals.lifecycle.kinds import ProposalKind
from gongkai.proposals.models import JointOrgan, Proposal
from gongkai.proposals.queries.importing import ImportRow
from gongkai.proposals.rules.texts import past_day, used
from gongkai.proposals.rules.told import NO_CONTACT, TOLD, Contact, Told, checked, checked_contact

_KNOWN = ("kind", "year", "session", "number", "received_on")


@transaction.atomic
def register(
    county: Organ, *, told: Told, contact: Contact = NO_CONTACT, by: Actor, at: datetime
) -> Proposal:
    """Register a proposal that the county has received; how to reach its proposer is sealed.

    Raises:
        ToldWrongly: something is missing, cannot be, or the number is registered already.
    """
    told = checked(told, steps.local_day(at))
    contact = checked_contact(contact)
    row = Proposal(
        county=county,
        state=ProposalState.RECEIVED,
        registered_by=by.name,
        registered_at=at,
        **asdict(told),
    )
    steps.save(row)
    steps.keep_contact(row, contact)
    steps.tell(row, ProposalEvent.REGISTER, by, at, on=told.received_on)
    after: dict[str, object] = {name: getattr(told, name) for name in _KNOWN}
    if not contact.empty:
        after["contact"] = "、".join(filter(None, (contact.phone, contact.address)))
    steps.log("register", row, by, at, after=after)
    return row


@transaction.atomic
def amend(
    proposal: Proposal, *, told: Told, contact: Contact | None = None, by: Actor, at: datetime
) -> Proposal:
    """Correct what is registered; `contact` None leaves the contact, an empty one takes it away.

    Raises:
        ToldWrongly: something is missing or cannot be; what is assigned is of a later day.
        Refused: it has been replied to or withdrawn.
    """
    told = checked(told, steps.local_day(at))
    held = steps.hold(proposal)
    steps.follow(held, ProposalEvent.AMEND)
    if held.assigned_on is not None and told.received_on > held.assigned_on:
        raise ToldWrongly("“收到日期”晚于交办日期，请核对", "received_on")
    before = {name: getattr(held, name) for name in TOLD}
    for name, value in asdict(told).items():
        setattr(held, name, value)
    if held.assigned_on is not None and not held.extended and held.round == 1:
        held.due_on = reply_due(told.kind, held.assigned_on)
    steps.save(held)
    changed = [name for name in TOLD if before[name] != getattr(held, name)]
    after = {name: getattr(held, name) for name in changed if name != "content"}
    if contact is not None:
        contact = checked_contact(contact)
        steps.keep_contact(held, contact)
        after["contact"] = "、".join(filter(None, (contact.phone, contact.address)))
    steps.tell(held, ProposalEvent.AMEND, by, at)
    steps.log(
        "amend", held, by, at, before={name: before[name] for name in changed if name in after},
        after=after,
    )  # fmt: skip
    return held


@transaction.atomic
def assign(
    proposal: Proposal,
    *,
    lead: Organ,
    joint: Sequence[Organ] = (),
    assigned_on: date | None,
    why: str = "",
    by: Actor,
    at: datetime,
) -> Proposal:
    """Assign a proposal to a lead and joint organs; the term runs from the first assignment.

    Raises:
        ToldWrongly: an organ is not the county's or was not there that day, the lead is joined to
            itself, the day cannot be, or no reason was given for another lead.
        Refused: it has been replied to or withdrawn.
    """
    today = steps.local_day(at)
    held = steps.hold(proposal)
    again = held.assigned_on is not None
    steps.follow(held, ProposalEvent.ASSIGN)
    day = past_day(assigned_on, "assigned_on", "交办日期", today, held.received_on)
    why = used(why, "why", required=again)
    joint = list(dict.fromkeys(joint))
    _check_organs(held, lead, joint, day)
    held.lead, held.accepted_on = lead, None
    if held.assigned_on is None:
        held.assigned_on = day
        held.due_on = reply_due(ProposalKind(held.kind), day)
    held.save(
        update_fields=["lead", "accepted_on", "assigned_on", "due_on", "state"],
    )
    JointOrgan.objects.filter(proposal=held).exclude(organ__in=joint).delete()
    standing = set(JointOrgan.objects.filter(proposal=held).values_list("organ_id", flat=True))
    JointOrgan.objects.bulk_create(
        JointOrgan(proposal=held, organ=organ) for organ in joint if organ.pk not in standing
    )
    names = "、".join(organ.short_name for organ in joint)
    said = f"主办：{lead.short_name}" + (f"；会办：{names}" if names else "")
    steps.tell(held, ProposalEvent.ASSIGN, by, at, on=day, to=said, words=why)
    after = {
        "lead": lead.code,
        "joint": [organ.code for organ in joint],
        "assigned_on": day,
        "due_on": held.due_on,
    }
    steps.log("assign", held, by, at, after=after, reason=why)
    return held


def _check_organs(held: Proposal, lead: Organ, joint: Sequence[Organ], day: date) -> None:
    for field, organ in (("lead", lead), *(("joint", each) for each in joint)):
        if held.county_id not in (organ.pk, organ.county_id):
            raise ToldWrongly(f"{organ.short_name}不是本县机关，请重新选择", field)
        if not organ.existed_between(day, day):
            raise ToldWrongly(f"{organ.short_name}在交办日期不存在，请重新选择", field)
    if lead in joint:
        raise ToldWrongly("主办单位不能同时是会办单位，请核对", "joint")


@transaction.atomic
def withdraw(proposal: Proposal, *, why: str, by: Actor, at: datetime) -> Proposal:
    """Put down that the proposer has taken it back; it is counted no more.

    Raises:
        ToldWrongly: no reason.
        Refused: it has been replied to.
    """
    why = used(why, "why")
    held = steps.hold(proposal)
    before = {"state": held.state}
    if held.round > 1 or held.entry_id is not None:
        raise Refused("已经答复过的建议提案不能撤回。")
    steps.follow(held, ProposalEvent.WITHDRAW)
    held.save(update_fields=["state"])
    steps.tell(held, ProposalEvent.WITHDRAW, by, at, words=why)
    steps.log("withdraw", held, by, at, before=before, after={"state": held.state}, reason=why)
    return held


@transaction.atomic
def show_contact(proposal: Proposal, *, by: Actor, at: datetime) -> Contact:
    """Return how to reach the proposer, in full; that it was shown is logged.

    Raises:
        Refused: nothing is registered.
    """
    held = steps.hold(proposal)
    if not queries.has_contact(held):
        raise Refused("没有登记联系方式。")
    steps.log("show_contact", held, by, at)
    return steps.contact_of(held)


@transaction.atomic
def import_proposals(
    county: Organ, rows: Sequence[ImportRow], *, by: Actor, at: datetime
) -> list[Proposal]:
    """Register the rows of a table and assign those that name a lead: all rows or none.

    Rows that are registered already (same kind, session and number) are passed over.

    Raises:
        RowsWrong: rows are wrong; `faults` lists every one.
    """
    faults: list[RowFault] = []
    made: list[Proposal] = []
    if not rows:
        faults.append(RowFault(1, "", "文件中没有数据行，请在表头下逐行填写"))
    for row in rows:
        if row.known:
            continue
        try:
            with transaction.atomic():
                one = register(county, told=row.told, contact=row.contact, by=by, at=at)
                if row.lead is not None:
                    one = assign(
                        one,
                        lead=row.lead,
                        joint=row.joint,
                        assigned_on=row.assigned_on,
                        by=by,
                        at=at,
                    )
            made.append(one)
        except ProposalError as wrong:
            faults.append(RowFault(row.row, "", str(wrong)))
    if faults:
        raise RowsWrong(faults)
    return made
