"""Verbs on messages: take in, pass on, set the term, answer, decline, show the asker.

What is public of them is in `actions.openness`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from gongkai.audit import Actor
from gongkai.calendars.queries import workday_calendar
from gongkai.engagement import deadlines, queries
from gongkai.engagement.actions import steps
from gongkai.engagement.actions.reports import code_for, office_of
from gongkai.engagement.lifecycle import (
    MessageEvent,
    MessageKind,
    MessageState,
    Refused,
    ToldWrongly,
)
from gongkai.engagement.lifecycle.messages import next_state
from gongkai.engagement.models import Mailbox, Message, MessageStep
from gongkai.engagement.rules import chosen, used
from gongkai.orgs.models import Organ


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What a writer tells; `organ` is whom they chose, the county's office without one."""

    kind: MessageKind
    title: str
    text: str
    asker: str = ""
    contact: str = ""
    consent: bool = False
    mailbox: Mailbox | None = None
    organ: Organ | None = None


def send_message(
    county: Organ, *, told: NewMessage, submission_key: str = "", by: Actor, at: datetime
) -> Message:
    """Take a message in; the mailbox's organ, else the organ chosen, else the office answers it.

    The returned message carries `query_code`, told this once. The same form sent twice is one
    message, told with the same code; other words under the same key are another one.

    Raises:
        ToldWrongly: a text is missing or wrong, or mailbox and organ are not this county's.
        Refused: the mailbox is closed, or the calendar knows nothing of the year.
    """
    told = _tidy(county, told, steps.local_day(at))
    if found := _sent_before(county, submission_key, told):
        return found
    if submission_key and Message.objects.filter(submission_key=submission_key).exists():
        submission_key = ""  # filled in anew by somebody else on the same machine
    try:
        return _take_in(county, told, submission_key, by, at)
    except IntegrityError:
        if found := _sent_before(county, submission_key, told):
            return found  # the same form, sent twice at once
        raise


@transaction.atomic
def pass_message_on(message: Message, *, to: Organ, why: str, by: Actor, at: datetime) -> Message:
    """Pass a message on to another organ of the county; the term runs on.

    Raises:
        Refused: it was answered or declined.
        ToldWrongly: no reason, or an organ that cannot take it.
    """
    why = used(why, "why")
    held = hold_message(message)
    state = next_state(MessageState(held.state), MessageEvent.PASS_ON)
    if not queries.organs_for_message(held, steps.local_day(at)).filter(pk=to.pk).exists():
        raise ToldWrongly("请选择本县的其他机关", "to")
    before = {"state": held.state, "organ": held.organ.short_name}
    passing = held.organ  # the act is the passing organ's: it stands on that chain
    held.organ, held.state = to, state
    held.save(update_fields=["organ", "state"])
    step(held, MessageEvent.PASS_ON, by, at, words=why, to=to)
    after = {"state": str(state), "organ": to.short_name}
    log("pass_message_on", held, by, at, chain=passing, before=before, after=after, reason=why)
    return held


@transaction.atomic
def set_message_term(
    message: Message, *, simple: bool, why: str, by: Actor, at: datetime
) -> Message:
    """Say whether a message asks a simple usual question: five working days, else fifteen.

    Raises:
        Refused: it was answered or declined, or already counts so.
        ToldWrongly: no reason.
    """
    why = used(why, "why")
    held = hold_message(message)
    next_state(MessageState(held.state), MessageEvent.CLASSIFY)
    if held.simple == simple:
        raise Refused("答复期限没有变化，不用确定。")
    due = deadlines.message_due(held.received_on, simple, workday_calendar())
    before = {"due_on": held.due_on.isoformat()}
    held.simple, held.due_on, held.provisional = simple, due.due_on, due.provisional
    held.save(update_fields=["simple", "due_on", "provisional"])
    step(held, MessageEvent.CLASSIFY, by, at, words=why)
    after = {"due_on": due.due_on.isoformat()}
    log("set_message_term", held, by, at, before=before, after=after, reason=why)
    return held


@transaction.atomic
def answer_message(message: Message, *, answer: str, by: Actor, at: datetime) -> Message:
    """Answer a message in words that the writer sees; a late answer stays late.

    Raises:
        Refused: it was answered or declined.
        ToldWrongly: no answer.
    """
    return _settle(message, MessageEvent.ANSWER, used(answer, "reply"), by, at)


@transaction.atomic
def decline_message(message: Message, *, answer: str, by: Actor, at: datetime) -> Message:
    """Decline a message that has no matter, comes twice or belongs to another way, and say which.

    Raises:
        Refused: it was answered or declined.
        ToldWrongly: no reason told to the writer.
    """
    return _settle(message, MessageEvent.DECLINE, used(answer, "reply"), by, at)


@transaction.atomic
def show_asker(message: Message, *, by: Actor, at: datetime) -> tuple[str, str]:
    """Return name and contact of the writer, and log that they were shown, and to whom."""
    log("show_asker", message, by, at)
    return message.who


def hold_message(message: Message) -> Message:
    """Return the message as it now stands, locked until the end of the transaction."""
    rows = Message.objects.select_for_update(of=("self",))
    return rows.select_related("organ", "county").get(pk=message.pk)


def _settle(message: Message, event: MessageEvent, answer: str, by: Actor, at: datetime) -> Message:
    held = hold_message(message)
    state = next_state(MessageState(held.state), event)
    day = steps.local_day(at)
    if day < held.received_on:
        raise Refused("服务器时间早于收到这条留言的时间，请核对服务器时钟后再试。")
    before = {"state": held.state}
    kept = {name: held.unseal(name) for name in Message.SEALED}
    held.seal(**(kept | {"answer": answer}))
    held.state, held.answered_on, held.answered_by_account = state, day, by.account
    sealed = [f"{name}_sealed" for name in Message.SEALED]
    held.save(update_fields=["state", "answered_on", "answered_by_account", "key_id", *sealed])
    step(held, event, by, at)
    after = {"state": str(state), "answered_on": day.isoformat(), "reply": answer}
    verb = "answer_message" if event is MessageEvent.ANSWER else "decline_message"
    log(verb, held, by, at, before=before, after=after)
    return held


def _tidy(county: Organ, told: NewMessage, day: date) -> NewMessage:
    kind = chosen(told.kind, MessageKind, "类型", "kind")
    box, organ = told.mailbox, told.organ
    if box is not None:
        if box.county_id != county.pk:
            raise ToldWrongly("请在所列信箱中选择", "mailbox")
        if box.closed_on is not None and box.closed_on <= day:
            raise Refused(f"{box.name}已经关闭，请选择其他信箱或者机关。")
    if organ is not None and county.pk not in (organ.pk, organ.county_id):
        raise ToldWrongly("请选择本县的机关", "organ")
    return NewMessage(
        kind=kind,
        title=" ".join(used(told.title, "message_title").split()),
        text=used(told.text, "message_text"),
        asker=used(told.asker, "asker", required=False),
        contact=used(told.contact, "contact", required=False),
        consent=bool(told.consent),
        mailbox=box,
        organ=organ,
    )


def _words(told: NewMessage) -> dict[str, str]:
    return {name: getattr(told, name) for name in ("title", "text", "asker", "contact")}


def _sent_before(county: Organ, submission_key: str, told: NewMessage) -> Message | None:
    if not submission_key:
        return None
    rows = Message.objects.select_related("organ", "county")
    found = rows.filter(submission_key=submission_key, county=county).first()
    if found is None or not steps.sent_as(found, **_words(told)):
        return None
    found.query_code = code_for(submission_key)
    return found


@transaction.atomic
def _take_in(
    county: Organ, told: NewMessage, submission_key: str, by: Actor, at: datetime
) -> Message:
    day = steps.local_day(at)
    due = deadlines.message_due(day, False, workday_calendar())
    code = code_for(submission_key)
    organ = told.mailbox.organ if told.mailbox else told.organ
    if organ is None or not organ.existed_between(day, day):
        organ = office_of(county, day)
    row = Message(
        county=county,
        organ=organ,
        mailbox=told.mailbox,
        kind=told.kind,
        consent=told.consent,
        has_contact=bool(told.asker or told.contact),
        code_digest=queries.message_code_digest(code),
        submission_key=submission_key or None,
        received_at=at,
        received_on=day,
        due_on=due.due_on,
        provisional=due.provisional,
        state=MessageState.RECEIVED,
    )
    row.seal(**_words(told), answer="")
    row.number = steps.next_number(county, "LY", day.year)
    row.save(force_insert=True)
    after = {"kind": str(told.kind), "due_on": due.due_on.isoformat(), "consent": told.consent}
    after |= {"subject": told.title, "text": told.text}
    after |= {"asker": f"{told.asker} {told.contact}"} if row.has_contact else {}
    log("send_message", row, by, at, after=after)
    row.query_code = code
    return row


def log(
    verb: str,
    row: Message,
    by: Actor,
    at: datetime,
    *,
    chain: Organ | None = None,
    **values: object,
) -> None:
    """Record a verb on a message on the chain of the organ that answers it."""
    steps.note(verb, row.typed_id, chain or row.organ, f"留言{row.number}", by, at, **values)


def step(
    row: Message,
    event: MessageEvent,
    by: Actor,
    at: datetime,
    *,
    words: str = "",
    to: Organ | None = None,
) -> None:
    """Put a step down."""
    MessageStep.objects.create(
        message=row,
        sequence=row.steps.count() + 1,
        event=event,
        on=steps.local_day(at),
        to=to,
        words=words,
        account=by.account,
        actor_name=by.name,
        actor_post=by.post[:200],
        recorded_at=at,
    )
