"""Reading messages: the desk's list, the writer's own by number and code, what the public reads."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from gongkai.adapters.cipher import keyring
from gongkai.engagement.deadlines import unanswered_since
from gongkai.engagement.lifecycle import MessageKind, MessageState
from gongkai.engagement.lifecycle.messages import OPEN
from gongkai.engagement.models import Mailbox, Message, MessageStep
from gongkai.engagement.rules.messages import masked_draft
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import existing_between, organs_of
from gongkai.text import query_codes

_CODE = "engagement.message_code"
_NOBODY = "0" * 64
_STANDINGS = {
    "": OPEN,
    "answered": (MessageState.ANSWERED,),
    "public": (MessageState.PUBLISHED,),
    "declined": (MessageState.DECLINED,),
}


@dataclass(frozen=True, slots=True)
class PublicMessage:
    """A message as the public reads it; nothing of who wrote it."""

    number: str
    address: str
    kind: str
    title: str
    text: str
    answer: str
    organ: str
    received_on: date
    answered_on: date | None
    published_at: datetime | None


def messages_of(organ_ids: Collection[int], standing: str = "") -> QuerySet[Message]:
    """Return messages of some organs: those that wait, worst first; or settled, newest first."""
    states = _STANDINGS.get(standing, OPEN)
    found = Message.objects.filter(organ_id__in=organ_ids, state__in=states)
    found = found.select_related("organ", "mailbox")
    if states is OPEN:
        return found.order_by("due_on", "received_at", "number")
    return found.order_by("-received_at", "number")


def is_message_late(message: Message, today: date) -> bool:
    """Say whether a message was answered, or still waits, after its last day."""
    return (message.answered_on or today) > message.due_on


def find_message(message_id: object, organ_ids: Collection[int]) -> Message | None:
    """Return the message with this id among those of some organs, or None."""
    found = Message.objects.filter(pk=message_id, organ_id__in=organ_ids)
    return found.select_related("organ", "county", "mailbox").first()


def steps_of_message(message: Message) -> list[MessageStep]:
    """Return the steps of a message as they were taken."""
    return list(message.steps.select_related("to").order_by("sequence"))


def organs_for_message(message: Message, today: date) -> QuerySet[Organ]:
    """Return the organs of the county to which a message may be passed on."""
    organs = organs_of(message.county).filter(existing_between(today, today))
    return organs.exclude(pk=message.organ_id)


def waiting_messages(organs: QuerySet[Organ], today: date) -> dict[str, QuerySet[Message]]:
    """Return what waits in some organs: "waiting", "late", and "stale", which fails a site (W5)."""
    waiting = Message.objects.filter(organ__in=organs.order_by(), state__in=OPEN)
    return {
        "waiting": waiting,
        "late": waiting.filter(due_on__lt=today),
        "stale": waiting.filter(received_on__lt=unanswered_since(today)),
    }


def public_draft(message: Message) -> dict[str, str]:
    """Return the wording for the public as the form proposes it: what is personal is starred."""
    allowed = (message.organ.phone, message.county.phone)
    who = message.who
    texts = {"title": message.title, "text": message.text, "answer": message.answer}
    return {name: masked_draft(text, who, allowed) for name, text in texts.items()}


def message_code_digest(code: str) -> str:
    """Return the keyed digest under which a query code is stored."""
    return keyring().blind_index(query_codes.typed(code), _CODE)


def message_for_receipt(county_id: int, message_id: object) -> Message | None:
    """Return a message of a county for the receipt of who has just sent it, or None."""
    found = Message.objects.filter(pk=message_id, county_id=county_id)
    return found.select_related("organ").first()


def message_by_code(county_id: int, number: str, code: str) -> Message | None:
    """Return the message of that number in a county if the code is its own, else None.

    Takes as long for a wrong number as for a wrong code.
    """
    asked = number.replace("\x00", "").strip().upper()
    rows = Message.objects.select_related("organ").filter(county_id=county_id, number=asked)
    found = rows.first()
    kept = found.code_digest if found else _NOBODY
    right = hmac.compare_digest(kept.encode(), (message_code_digest(code) or "-").encode())
    return found if right else None


def mailboxes_of(county_id: int, today: date) -> list[Mailbox]:
    """Return the mailboxes of a county that take messages, in their order."""
    rows = Mailbox.objects.filter(county_id=county_id).filter(
        Q(closed_on=None) | Q(closed_on__gt=today)
    )
    return list(rows.select_related("organ").order_by("place", "pk"))


def public_messages(county_id: int) -> QuerySet[Message]:
    """Return the messages of a county that are public, newest first."""
    rows = Message.objects.filter(county_id=county_id, state=MessageState.PUBLISHED)
    return rows.select_related("organ").order_by("-published_at", "number")


def public_message(county_id: int, number: str) -> PublicMessage | None:
    """Return a public message by its number, or None. One query."""
    found = public_messages(county_id).filter(number=number.upper()).first()
    return as_public(found) if found is not None else None


def found_messages(keys: Collection[object] | None = None) -> QuerySet[Message]:
    """Return the public messages of every county, of these keys if given, without what is sealed.

    Only what the public page shows is read from the database.
    """
    rows = Message.objects.filter(state=MessageState.PUBLISHED)
    rows = rows if keys is None else rows.filter(pk__in=keys)
    sealed = (f"{name}_sealed" for name in Message.SEALED)
    return rows.defer(*sealed).select_related("organ").order_by("pk")


def as_public(row: Message) -> PublicMessage:
    """Return a message as the public reads it."""
    return PublicMessage(
        number=row.number,
        address=row.address,
        kind=MessageKind(row.kind).label,
        title=row.public_title,
        text=row.public_text,
        answer=row.public_answer,
        organ=row.organ.name,
        received_on=row.received_on,
        answered_on=row.answered_on,
        published_at=row.published_at,
    )
