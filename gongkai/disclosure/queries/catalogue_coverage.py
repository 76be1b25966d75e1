"""Coverage of the catalogues: per organ and item what is published, late, empty.

Serves the duty of 国办发〔2019〕54号 that every item leads to content, and the matrix of the county
office. Set-based: five queries however many organs and items there are.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from gongkai.disclosure.models import (
    CatalogueField,
    CatalogueItem,
    Entry,
    ItemEntry,
    ItemOrgan,
    Section,
    StandardCatalogue,
)
from gongkai.disclosure.queries.catalogue import standing_on
from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.queries import organs_of
from gongkai.statute.disclosure import items_binding


class CoverageState(StrEnum):
    """How an item stands for an organ that owes it."""

    PUBLISHED = "PUBLISHED"
    LATE = "LATE"
    EMPTY = "EMPTY"

    @property
    def label(self) -> str:
        """Return the Chinese name."""
        return {"PUBLISHED": "已公开", "LATE": "超期", "EMPTY": "空白"}[self.value]


@dataclass(frozen=True, slots=True)
class Published:
    """What stands behind a place of the matrix: entries live, the newest day, entries overdue."""

    count: int = 0
    newest_on: date | None = None
    overdue: int = 0
    due_since: date | None = None


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One item for one organ. `late_since` is the day from which it is late."""

    organ_id: int
    item_id: int
    field_code: str
    number: str
    first_level: str
    second_level: str
    state: CoverageState
    published: Published
    update_days: int | None = None
    late_since: date | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items of an organ in a field are published, late, empty."""

    published: int = 0
    late: int = 0
    empty: int = 0

    @property
    def total(self) -> int:
        """Return how many are owed."""
        return self.published + self.late + self.empty

    def plus(self, state: CoverageState) -> "Tally":
        """Return the tally with one more item."""
        return Tally(
            self.published + (state is CoverageState.PUBLISHED),
            self.late + (state is CoverageState.LATE),
            self.empty + (state is CoverageState.EMPTY),
        )

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.published + other.published, self.late + other.late, self.empty + other.empty
        )


@dataclass(frozen=True, slots=True)
class OrganLine:
    """An organ as a line of the matrix."""

    id: int
    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class Coverage:
    """The coverage of one catalogue: `cells` by (organ id, field code); `rows` the list behind.

    `unassigned` are items in force that no organ owes: nobody will publish them.
    """

    catalogue: StandardCatalogue
    organs: tuple[OrganLine, ...]
    fields: tuple[CatalogueField, ...]
    cells: Mapping[tuple[int, str], Tally]
    rows: tuple[CoverageRow, ...]
    unassigned: tuple[tuple[int, str], ...]

    def behind(self, organ_id: int | None = None, code: str = "") -> tuple[CoverageRow, ...]:
        """Return the rows of an organ, of a field, or of both."""
        return tuple(
            row
            for row in self.rows
            if organ_id in (None, row.organ_id) and code in ("", row.field_code)
        )

    def total(self, organ_id: int | None = None, code: str = "") -> Tally:
        """Return the tally of an organ, of a field, or of all."""
        wanted = (
            tally
            for (organ, field), tally in self.cells.items()
            if organ_id in (None, organ) and code in ("", field)
        )
        return sum(wanted, Tally())


def catalogue_coverage(
    catalogue: StandardCatalogue, today: date, *, organ_ids: Collection[int] | None = None
) -> Coverage:
    """Return how every proactive item of a catalogue stands for every organ that owes it.

    Late: an entry is past its own last day unpublished, or the newest is older than the item's
    interval. An entry of a body under an organ counts as the organ's. Five queries.
    """
    items = {
        item.pk: item
        for item in CatalogueItem.objects.filter(
            standing_on(today), field__catalogue=catalogue, proactive=True
        )
        .select_related("field")
        .only(
            *("number", "order", "first_level", "second_level", "update_days", "valid_from"),
            *("field__code", "field__order"),
        )
        .order_by("field__order", "field__code", "order", "pk")
    }
    county = catalogue.county
    organs = {organ.pk: organ for organ in organs_of(county)}
    pairs = _pairs(catalogue, today, items)
    behind = _behind(catalogue, today, pairs, organs)
    wanted = None if organ_ids is None else frozenset(organ_ids)
    rows = tuple(
        _row(item, organ_id, behind.get((item.pk, organ_id), Published()), today)
        for item in items.values()
        for organ_id in sorted(pairs.get(item.pk, ()), key=lambda pk: _order(organs[pk]))
        if wanted is None or organ_id in wanted
    )
    cells: dict[tuple[int, str], Tally] = {}
    for row in rows:
        key = (row.organ_id, row.field_code)
        cells[key] = cells.get(key, Tally()).plus(row.state)
    shown = {organ_id for organ_id, _ in cells}
    lines = sorted((organs[pk] for pk in shown), key=_order)
    return Coverage(
        catalogue,
        tuple(OrganLine(each.pk, each.code, each.short_name, each.kind) for each in lines),
        tuple(catalogue.fields.filter(standing_on(today)).order_by("order", "pk")),
        cells,
        rows,
        tuple((pk, str(item)) for pk, item in items.items() if pk not in pairs),
    )


def _order(organ: Organ) -> tuple[int, str]:
    return organ.order, organ.code


def _pairs(
    catalogue: StandardCatalogue, today: date, items: Collection[int]
) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = ItemOrgan.objects.filter(
        standing_on(today, "item__"), item__field__catalogue=catalogue
    ).filter(standing_on(today, "organ__"))
    for item, organ in rows.values_list("item_id", "organ_id"):
        if item in items:
            found.setdefault(item, set()).add(organ)
    return found


def _behind(
    catalogue: StandardCatalogue,
    today: date,
    pairs: Mapping[int, set[int]],
    organs: Mapping[int, Organ],
) -> dict[tuple[int, int], Published]:
    """Return what is published and overdue for each (item, organ that owes it)."""
    overdue = Q(entry__owing=True, entry__due_on__lt=today)
    rows = (
        ItemEntry.objects.filter(standing_on(today, "item__"), item__field__catalogue=catalogue)
        .filter(Q(entry__live=True) | overdue)
        .values_list("item_id", "entry__organ_id")
        .annotate(
            shown=Count("pk", filter=Q(entry__live=True)),
            newest=Max("entry__published_at", filter=Q(entry__live=True)),
            late=Count("pk", filter=overdue),
            since=Min("entry__due_on", filter=overdue),
        )
        .order_by()
    )
    found: dict[tuple[int, int], Published] = {}
    for item, organ, count, newest, late, since in rows:
        owing = _answering(organ, pairs.get(item, ()), organs)
        if owing is not None:
            told = Published(count, newest and timezone.localdate(newest), late, since)
            found[item, owing] = _together(found.get((item, owing)), told)
    return found


def _answering(organ_id: int, owing: Collection[int], organs: Mapping[int, Organ]) -> int | None:
    """Return the organ for which an entry counts: its own, or the nearest one above that owes.

    The county government and its office publish for each other.
    """
    current = organs.get(organ_id)
    passed: set[int] = set()
    while current is not None and current.pk not in passed:
        if current.pk in owing:
            return current.pk
        passed.add(current.pk)
        above = current.superior_id or (
            current.county_id if current.kind == OrganKind.OFFICE else None
        )
        current = organs.get(above) if above else None
    if organs[organ_id].kind == OrganKind.COUNTY_GOVERNMENT:
        return next((pk for pk in owing if organs[pk].kind == OrganKind.OFFICE), None)
    return None


def _together(one: Published | None, other: Published) -> Published:
    if one is None:
        return other
    days = [day for day in (one.newest_on, other.newest_on) if day]
    since = [day for day in (one.due_since, other.due_since) if day]
    return Published(
        one.count + other.count,
        max(days, default=None),
        one.overdue + other.overdue,
        min(since, default=None),
    )


def _row(item: CatalogueItem, organ_id: int, held: Published, today: date) -> CoverageRow:
    state, since = state_of(held, item.update_days, today)
    return CoverageRow(
        organ_id=organ_id,
        item_id=item.pk,
        field_code=item.field.code,
        number=item.number,
        first_level=item.first_level,
        second_level=item.second_level,
        state=state,
        published=held,
        update_days=item.update_days,
        late_since=since,
    )


def state_of(
    held: Published, update_days: int | None, today: date
) -> tuple[CoverageState, date | None]:
    """Return how something stands and, when late, from which day.

    Nothing published is empty, whatever is overdue; else an entry overdue or an interval passed
    makes it late.
    """
    if not held.count or held.newest_on is None:
        return CoverageState.EMPTY, held.due_since
    since = [held.due_since + timedelta(days=1)] if held.due_since else []
    if update_days is not None:
        renewed_by = held.newest_on + timedelta(days=update_days)
        since += [renewed_by + timedelta(days=1)] if renewed_by < today else []
    if since:
        return CoverageState.LATE, min(since)
    return CoverageState.PUBLISHED, None


@dataclass(frozen=True, slots=True)
class LegalCell:
    """An item of Art. 20 or 21 for one organ."""

    state: CoverageState
    published: Published


@dataclass(frozen=True)
class LegalCoverage:
    """法定主动公开内容: `cells` by (organ id, item code); an item a county has no section for
    is in nobody's cells and is listed in `without_section`.
    """

    organs: tuple[OrganLine, ...]
    cells: Mapping[tuple[int, str], LegalCell]
    without_section: tuple[str, ...]


def legal_coverage(county: Organ, today: date) -> LegalCoverage:
    """Return what each organ has published under each item of Art. 20 and 21. Three queries.

    Entries are counted by the item of the section they stand in. Bodies count with their organ.
    """
    organs = {organ.pk: organ for organ in organs_of(county)}
    ages: dict[str, list[int]] = {}
    sections = Section.objects.of(county).open().exclude(legal_item="")
    for code, age in sections.order_by().values_list("legal_item", "max_age_days"):
        ages.setdefault(code, []).extend([age] if age else [])
    lines = [organ for organ in organs.values() if _is_line(organ, today)]
    owing = {organ.pk for organ in lines}
    held: dict[tuple[int, str], Published] = {}
    for organ, code, told in _by_legal_item(county, today):
        answering = _answering(organ, owing, organs)
        if answering is not None:
            held[answering, code] = _together(held.get((answering, code)), told)
    cells = {}
    for organ in lines:
        for item in items_binding(township=organ.kind == OrganKind.TOWNSHIP):
            if item.code in ages:
                told = held.get((organ.pk, item.code), Published())
                limit = min(ages[item.code], default=None)
                cells[organ.pk, item.code] = LegalCell(state_of(told, limit, today)[0], told)
    every = {item.code for town in (False, True) for item in items_binding(township=town)}
    return LegalCoverage(
        tuple(
            OrganLine(each.pk, each.code, each.short_name, each.kind)
            for each in sorted(lines, key=_order)
        ),
        cells,
        tuple(sorted(every - set(ages))),
    )


def _is_line(organ: Organ, today: date) -> bool:
    kinds = (OrganKind.COUNTY_GOVERNMENT, OrganKind.DEPARTMENT, OrganKind.TOWNSHIP)
    return organ.kind in kinds and organ.existed_between(today, today)


def _by_legal_item(county: Organ, today: date) -> Iterable[tuple[int, str, Published]]:
    overdue = Q(owing=True, due_on__lt=today)
    rows = (
        Entry.objects.filter(section__county=county)
        .exclude(section__legal_item="")
        .filter(Q(live=True) | overdue)
        .values_list("organ_id", "section__legal_item")
        .annotate(
            shown=Count("pk", filter=Q(live=True)),
            newest=Max("published_at", filter=Q(live=True)),
            late=Count("pk", filter=overdue),
            since=Min("due_on", filter=overdue),
        )
        .order_by()
    )
    for organ, code, count, newest, late, since in rows:
        yield organ, code, Published(count, newest and timezone.localdate(newest), late, since)
