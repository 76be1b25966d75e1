"""Public messages with their answers and guides of service items, as the public index holds them.

A message is found by the masked wording that its page shows and by nothing that its writer wrote
(个人信息保护法 25, 51): the sealed columns are not even read. Keys are those of `found_now`.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.adapters.searchindex.types import Facet, Record
from gongkai.audit.models import Event
from gongkai.engagement.models import Message
from gongkai.engagement.queries import as_public, found_messages
from gongkai.policy.queries import found as words
from gongkai.policy.queries.found_now import ITEM, MESSAGE
from gongkai.portal.columns import MESSAGES, SERVICES
from gongkai.portal.hall.written import address_of
from gongkai.portal.models import SiteProfile
from gongkai.servicehall.queries import (
    FoundGuide,
    findable_items,
    found_guides,
    guides_turned,
    items_of_import,
    items_of_organ,
)

# After these verbs a message or a guide is found by other words, or no more.
HEARD = frozenset(
    {
        "engagement.publish_message",
        "engagement.take_message_off",
        *(f"servicehall.{verb}" for verb in ("publish", "import_items", "change_item")),
        *(f"servicehall.{verb}" for verb in ("suspend", "resume", "cancel")),
    }
)


def matter_keys() -> Iterator[str]:
    """Yield the key of every message and guide that the public may find."""
    for pk in _messages().values_list("pk", flat=True).iterator():
        yield f"{MESSAGE}{pk}"
    items = findable_items(timezone.localdate()).filter(county__in=_counties())
    for pk in items.values_list("pk", flat=True).iterator():
        yield f"{ITEM}{pk}"


def matter_records(keys: Collection[str] | None = None) -> Iterator[Record]:
    """Yield the records of these keys, or of all, as far as the public may find them now."""
    messages = None if keys is None else _after(MESSAGE, keys)
    if messages is None or messages:
        for row in _messages(messages).iterator(chunk_size=200):
            yield _message(row)
    items = None if keys is None else [int(each) for each in _after(ITEM, keys)]
    if items is None or items:
        counties = set(_counties().values_list("county_id", flat=True))
        for guide in found_guides(timezone.localdate(), items):
            if guide.county_id in counties:
                yield _guide(guide)


def keys_of(target: str) -> list[str]:
    """Return the keys of what the log calls by this target: one matter, a table's, an organ's."""
    mark, _, key = target.partition(":")
    match f"{mark}:":
        case "engagement.message:":
            return [f"{MESSAGE}{UUID(key)}"]
        case "servicehall:":
            return [f"{ITEM}{int(key)}"]
        case "servicehall.import:":
            return [f"{ITEM}{pk}" for pk in items_of_import(int(key))]
        case "orgs:":
            own = found_messages().filter(organ_id=int(key)).values_list("pk", flat=True)
            items = (f"{ITEM}{pk}" for pk in items_of_organ(int(key)))
            return [*(f"{MESSAGE}{pk}" for pk in own), *items]
    return []


def matters_changed_since(at: datetime) -> Iterator[str]:
    """Yield the keys of what verbs since a moment made public, changed or took off."""
    events = Event.objects.filter(at__gte=at, verb__in=HEARD).order_by()
    for target in events.values_list("target", flat=True).distinct().iterator():
        yield from keys_of(target)


def matters_turned(since: date, today: date) -> list[str]:
    """Return the keys of guides that days have changed: a version begins to hold, an item goes."""
    return [f"{ITEM}{pk}" for pk in guides_turned(since, today)]


def _counties() -> QuerySet[SiteProfile]:
    return SiteProfile.objects.order_by().values("county_id")


def _messages(keys: Collection[str] | None = None) -> QuerySet[Message]:
    return found_messages(keys).filter(county__in=_counties())


def _after(mark: str, keys: Collection[str]) -> list[str]:
    return [key.removeprefix(mark) for key in keys if key.startswith(mark)]


def _message(row: Message) -> Record:
    told = as_public(row)
    day = timezone.localdate(row.published_at)
    return Record(
        key=f"{MESSAGE}{row.pk}",
        scope=f"county:{row.county_id}",
        title=told.title,
        address=told.address,
        published_on=day,
        body=f"留言：{told.text}\n答复：{told.answer}",
        number=told.number,
        organ=row.organ.short_name,
        names=(row.organ.short_name, told.organ),
        facets={
            Facet.KIND: (words.MESSAGE,),
            Facet.ORGAN: (row.organ.short_name,),
            Facet.YEAR: (str(day.year),),
            Facet.SECTION: (MESSAGES.url.strip("/"),),
        },
    )


def _guide(told: FoundGuide) -> Record:
    named = (told.organ, told.organ_name, told.code, "办事指南", *told.also)
    return Record(
        key=f"{ITEM}{told.item_id}",
        scope=f"county:{told.county_id}",
        title=told.name,
        address=address_of(told.item_id),
        published_on=told.effective_on,
        body=told.text,
        organ=told.organ,
        names=tuple(dict.fromkeys(each for each in named if each)),
        facets={
            Facet.KIND: (words.SERVICE,),
            Facet.ORGAN: (told.organ,),
            Facet.YEAR: (str(told.effective_on.year),),
            Facet.SECTION: (SERVICES.url.strip("/"),),
        },
    )
