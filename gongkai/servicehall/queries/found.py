"""Guides as the search of the public finds them: those that have a page on a day, and no other."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.servicehall.lifecycle import GuideState, ItemState
from gongkai.servicehall.models import GuideVersion, ServiceItem
from gongkai.servicehall.queries.items import SHOWN
from gongkai.servicehall.rules.said import as_text, everyday_names


@dataclass(frozen=True, slots=True)
class FoundGuide:
    """What finds a guide: its item, the text of the version that holds, everyday names."""

    item_id: int
    county_id: int
    organ_id: int
    name: str
    code: str
    organ: str
    organ_name: str
    also: tuple[str, ...]
    text: str
    effective_on: date


def findable_items(day: date, keys: Collection[int] | None = None) -> QuerySet[ServiceItem]:
    """Return the items of every county that the public finds on a day; of these keys if given."""
    held = _holding(day).filter(item_id=OuterRef("pk"))
    rows = ServiceItem.objects.in_force(day).filter(Exists(held), state__in=SHOWN)
    rows = rows if keys is None else rows.filter(pk__in=keys)
    return rows.order_by("pk")


def found_guides(day: date, keys: Collection[int] | None = None) -> Iterator[FoundGuide]:
    """Yield the guides that the public finds on a day, each by the version that holds. One query.

    Memory stays flat however many there are.
    """
    rows = _holding(day).filter(item__in=findable_items(day, keys).order_by())
    rows = rows.select_related("item__organ")
    last = 0
    for version in rows.order_by("item_id", "-effective_on", "-number").iterator(chunk_size=100):
        if version.item_id != last:
            last = version.item_id
            yield _found(version)


def guides_turned(since: date, today: date) -> list[int]:
    """Return the items whose guide began to hold, or which went, on a day from `since` on."""
    days = (since, today)
    begun = GuideVersion.objects.filter(state=GuideState.PUBLISHED, effective_on__range=days)
    gone = ServiceItem.objects.filter(Q(cancelled_on__range=days) | Q(in_force_on__range=days))
    return sorted({*begun.values_list("item_id", flat=True), *gone.values_list("pk", flat=True)})


def items_of_import(pk: int) -> list[int]:
    """Return the items that one table brought."""
    return list(ServiceItem.objects.filter(imported_in_id=pk).values_list("pk", flat=True))


def items_of_organ(organ_id: int) -> list[int]:
    """Return the items of an organ."""
    return list(ServiceItem.objects.filter(organ_id=organ_id).values_list("pk", flat=True))


def _holding(day: date) -> QuerySet[GuideVersion]:
    return GuideVersion.objects.filter(state=GuideState.PUBLISHED, effective_on__lte=day)


def _found(version: GuideVersion) -> FoundGuide:
    item = version.item
    paused = "这个事项暂停办理。\n" if item.state == ItemState.SUSPENDED else ""
    assert version.effective_on is not None  # noqa: S101 -- a published version has its day
    return FoundGuide(
        item_id=item.pk,
        county_id=item.county_id,
        organ_id=item.organ_id,
        name=item.name,
        code=item.code,
        organ=item.organ.short_name,
        organ_name=item.organ.name,
        also=everyday_names(item.name),
        text=paused + as_text(version.guide),
        effective_on=version.effective_on,
    )
