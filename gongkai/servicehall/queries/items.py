"""Reading service items: lists, the guide that holds on a day, what the public looks through."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.orgs.models import Organ
from gongkai.servicehall.lifecycle import GuideState, ItemState
from gongkai.servicehall.models import GuideVersion, ServiceItem
from gongkai.servicehall.rules.kinds import THEMES, Audience

_NO_ROW = 10**18
SHOWN = (ItemState.IN_FORCE, ItemState.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Group:
    """Items that belong together: the key in addresses, the name, how many."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What a county offers on a day: items by organ, by theme, by whom they serve."""

    total: int
    organs: tuple[Group, ...]
    persons: tuple[Group, ...]
    bodies: tuple[Group, ...]
    for_persons: int
    for_bodies: int


def find_item(pk: int, among: QuerySet[ServiceItem]) -> ServiceItem | None:
    """Return an item of some, with its organ, county and hall."""
    if not 0 < pk < _NO_ROW:
        return None
    return among.filter(pk=pk).select_related("organ", "county", "hall").first()


def matching(items: QuerySet[ServiceItem], words: str) -> QuerySet[ServiceItem]:
    """Keep the items whose name or code has every one of some words."""
    for word in words.replace("\x00", "").split()[:8]:
        items = items.filter(
            Q(name__icontains=word)
            | Q(code__istartswith=word)
            | Q(organ__name__icontains=word)
            | Q(organ__short_name__icontains=word)
        )
    return items


def versions_of(item: ServiceItem) -> list[GuideVersion]:
    """Return every version of an item's guide, newest first."""
    return list(item.versions.all())


def open_version(item: ServiceItem) -> GuideVersion | None:
    """Return the version that is not published yet."""
    return item.versions.exclude(state=GuideState.PUBLISHED).select_related("item").first()


def guide_on(item: ServiceItem, day: date) -> GuideVersion | None:
    """Return the published version that holds on a day."""
    held = item.versions.filter(state=GuideState.PUBLISHED, effective_on__lte=day)
    return held.order_by("-effective_on", "-number").first()


def submitted(items: QuerySet[ServiceItem]) -> QuerySet[ServiceItem]:
    """Keep the items whose guide waits for review."""
    return items.filter(versions__state=GuideState.SUBMITTED)


def public_items(county_id: int, day: date) -> QuerySet[ServiceItem]:
    """Return the items that the public sees on a day, suspended ones included."""
    shown = ServiceItem.objects.in_force(day).filter(county_id=county_id, state__in=SHOWN)
    return shown.select_related("organ")


def public_item(county_id: int, pk: int, day: date) -> ServiceItem | None:
    """Return an item that the public sees; also one that is cancelled, which its page tells."""
    rows = ServiceItem.objects.filter(county_id=county_id, in_force_on__lte=day)
    return find_item(pk, rows)


def public_keys(county_id: int, day: date) -> list[int]:
    """Return the keys of all items that have a page."""
    rows = ServiceItem.objects.filter(county_id=county_id, in_force_on__lte=day)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def has_any_item(county_id: int, day: date) -> bool:
    """Say whether a county has an item to show."""
    return public_items(county_id, day).exists()


def of_organ(county_id: int, code: str, day: date) -> QuerySet[ServiceItem]:
    """Return the items of an organ that the public sees."""
    return public_items(county_id, day).filter(organ__code=code)


def of_theme(county_id: int, theme: str, day: date) -> QuerySet[ServiceItem]:
    """Return the items of a theme that the public sees."""
    return public_items(county_id, day).filter(themes__contains=f",{theme},")


def of_audience(county_id: int, audience: Audience, day: date) -> QuerySet[ServiceItem]:
    """Return the items that serve persons, or bodies."""
    return public_items(county_id, day).filter(audience__in=(audience, Audience.BOTH))


def offer_of(county_id: int, day: date) -> Offer:
    """Return what a county offers on a day. Two queries."""
    rows = list(
        public_items(county_id, day).order_by().values_list("organ_id", "audience", "themes")
    )
    by_organ = Counter(organ for organ, _, _ in rows)
    themes = Counter(theme for _, _, told in rows for theme in told.split(",") if theme)
    organs = Organ.objects.filter(pk__in=by_organ).order_by("order", "code")
    return Offer(
        total=len(rows),
        organs=tuple(Group(each.code, each.name, by_organ[each.pk]) for each in organs),
        persons=_themes(themes, "g"),
        bodies=_themes(themes, "f"),
        for_persons=_serving(rows, Audience.PERSON),
        for_bodies=_serving(rows, Audience.LEGAL),
    )


def theme_name(code: str) -> str:
    """Return the Chinese name of a theme, "" for an unknown one."""
    return THEMES.get(code, "")


def lacking_by_item(county_id: int, day: date) -> list[int]:
    """Return for each item on the list how many important elements its guide lacks."""
    shown = ServiceItem.objects.in_force(day).filter(county_id=county_id)
    return list(shown.order_by().values_list("lacking", flat=True))


def organs_with_items(items: QuerySet[ServiceItem]) -> list[Organ]:
    """Return the organs of some items, in the county's order."""
    keys = items.order_by().values_list("organ_id", flat=True).distinct()
    return list(Organ.objects.filter(pk__in=list(keys)).order_by("order", "code"))


def _themes(counts: Counter[str], mark: str) -> tuple[Group, ...]:
    listed: Iterable[tuple[str, str]] = THEMES.items()
    return tuple(
        Group(code, name, counts[code]) for code, name in listed if code[0] == mark and counts[code]
    )


def _serving(rows: Collection[tuple[int, str, str]], audience: Audience) -> int:
    return sum(told in (audience, Audience.BOTH) for _, told, _ in rows)
