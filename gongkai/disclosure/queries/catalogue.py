"""Catalogues as they stand on a day: fields, items, rows by value, what an import would change.

`valid_to` is exclusive. A field is one and the same by its code within a catalogue: a rename is a
new row with the old code, so items are found by their field's code and not by its row.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.disclosure.models import (
    CatalogueField,
    CatalogueItem,
    ItemOrgan,
    StandardCatalogue,
)
from gongkai.disclosure.models.catalogues import CatalogueLevel
from gongkai.disclosure.rules.catalogues import OrganNamed, keyed, organ_named
from gongkai.disclosure.rules.fields26 import BY_CODE, FIELDS
from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.queries import existing_between, organs_of
from gongkai.tables.catalogue import CatalogueRow, FieldTable

_PLAIN = (
    *("number", "first_level", "second_level", "content", "basis", "time_limit", "organ_words"),
    *("other_channel", "to_all", "to_group", "proactive", "on_request", "at_county"),
    *("at_township", "village_words"),
)


def standing_on(day: date, prefix: str = "") -> Q:
    """Return the condition of rows in force on a day; `prefix` such as "field__"."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    )


def catalogues_of(county: Organ, day: date) -> QuerySet[StandardCatalogue]:
    """Return a county's catalogues in force on a day, the county's own level first."""
    found = StandardCatalogue.objects.filter(standing_on(day), county=county)
    return found.select_related("county").order_by("level", "valid_from", "pk")


def fields_on(catalogue: StandardCatalogue, day: date) -> list[CatalogueField]:
    """Return the fields in force on a day, in order."""
    return list(catalogue.fields.filter(standing_on(day)).order_by("order", "pk"))


def items_on(
    catalogue: StandardCatalogue,
    day: date,
    code: str = "",
    *,
    organ_ids: Collection[int] | None = None,
) -> QuerySet[CatalogueItem]:
    """Return the items in force on a day, of one field when its code is given.

    With `organ_ids` only what these organs owe.
    """
    found = CatalogueItem.objects.filter(standing_on(day), field__catalogue=catalogue)
    if organ_ids is not None:
        owed = ItemOrgan.objects.filter(organ_id__in=organ_ids).values("item_id")
        found = found.filter(pk__in=owed)
    if code:
        found = found.filter(field__code=code)
    return found.select_related("field").order_by("field__code", "order", "pk")


def row_of(item: CatalogueItem) -> CatalogueRow:
    """Return an item's columns by value."""
    told = {name: getattr(item, name) for name in _PLAIN}
    return CatalogueRow(channels=tuple(item.channels), **told)


def tables_of(
    catalogue: StandardCatalogue,
    day: date,
    code: str = "",
    *,
    organ_ids: Collection[int] | None = None,
) -> tuple[FieldTable, ...]:
    """Return the tables of the fields as they are exported, those without items too.

    With `organ_ids` only what these organs owe.
    """
    items: dict[str, list[CatalogueRow]] = {}
    for item in items_on(catalogue, day, code, organ_ids=organ_ids):
        items.setdefault(item.field.code, []).append(row_of(item))
    county = catalogue.county.name.removesuffix("人民政府")
    level = "乡镇（街道）" if catalogue.level == CatalogueLevel.TOWNSHIP else "县"
    return tuple(
        FieldTable(
            field.name,
            f"{county}{level}级{field.name}领域基层政务公开标准目录",
            tuple(items.get(field.code, ())),
        )
        for field in fields_on(catalogue, day)
        if not code or field.code == code
    )


def names_of_fields(catalogue: StandardCatalogue, day: date) -> dict[str, str]:
    """Return by every name a file may use what each field is called on a day."""
    held = {field.code: field.name for field in fields_on(catalogue, day)}
    known = {name: held.get(each.code, each.name_on(day)) for each in FIELDS for name in each.names}
    return known | {name: name for name in held.values()}


def organs_named(county: Organ, day: date) -> list[OrganNamed]:
    """Return the county's organs in being on a day with every usual way of calling each."""
    place = county.name.removesuffix("人民政府")
    kinds = (
        *(OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE),
        *(OrganKind.DEPARTMENT, OrganKind.TOWNSHIP, OrganKind.DISPATCHED),
    )
    return [
        organ_named(organ.pk, organ.kind, organ.name, organ.short_name, place)
        for organ in organs_of(county).filter(existing_between(day, day), kind__in=kinds)
    ]


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """What importing a table would do to a field; `field` is None for a field to be added."""

    name: str
    field: CatalogueField | None
    code: str
    added: tuple[tuple[int, CatalogueRow], ...]
    changed: tuple[tuple[CatalogueItem, int, CatalogueRow], ...]
    renumbered: tuple[tuple[CatalogueItem, int, str], ...]
    closed: tuple[CatalogueItem, ...]
    kept: int

    @property
    def changes(self) -> bool:
        """Say whether anything would change."""
        return bool(
            self.field is None or self.added or self.changed or self.renumbered or self.closed
        )


def plan_import(
    catalogue: StandardCatalogue, tables: Sequence[FieldTable], *, on: date, replaces: bool
) -> tuple[FieldPlan, ...]:
    """Return field by field what importing would add, change, close and leave. Two queries.

    An item is the same when its names are; with `replaces` what a table does not name is closed.
    """
    fields = {field.name: field for field in fields_on(catalogue, on)}
    held: dict[str, list[CatalogueItem]] = {}
    for item in items_on(catalogue, on):
        held.setdefault(item.field.code, []).append(item)
    taken = {field.code for field in fields.values()}
    plans = []
    for table in tables:
        field = fields.get(table.name)
        code = field.code if field else _free_code(table.name, taken)
        taken.add(code)
        plans.append(_plan(table, field, code, held.get(code, ()) if field else (), replaces))
    return tuple(plans)


def _free_code(name: str, taken: set[str]) -> str:
    """Return the code of one of the 26 fields by its name, else the next of the added ones."""
    for each in FIELDS:
        if name in each.names and each.code not in taken:
            return each.code
    number = len(FIELDS) + 1
    while str(number) in taken or str(number) in BY_CODE:
        number += 1
    return str(number)


def _plan(
    table: FieldTable,
    field: CatalogueField | None,
    code: str,
    items: Iterable[CatalogueItem],
    replaces: bool,
) -> FieldPlan:
    listed = list(items)
    by_key = dict(zip((key for key, _ in keyed(map(row_of, listed))), listed, strict=True))
    added, changed, renumbered, kept = [], [], [], 0
    for order, (key, row) in enumerate(keyed(numbered(table.rows)), start=1):
        item = by_key.pop(key, None)
        if item is None:
            added.append((order, row))
        elif replace(row_of(item), number="") != replace(row, number=""):
            changed.append((item, order, row))
        elif (item.order, item.number) != (order, row.number):
            renumbered.append((item, order, row.number))
        else:
            kept += 1
    closed = tuple(by_key.values()) if replaces else ()
    kept += 0 if replaces else len(by_key)
    return FieldPlan(
        table.name, field, code, tuple(added), tuple(changed), tuple(renumbered), closed, kept
    )


def numbered(rows: Iterable[CatalogueRow]) -> list[CatalogueRow]:
    """Return rows with a running number where the file has none."""
    return [
        row if row.number else replace(row, number=str(place))
        for place, row in enumerate(rows, start=1)
    ]


def organs_of_items(item_ids: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """Return the short names of the organs that owe each item, in the county's order."""
    found: dict[int, tuple[str, ...]] = {}
    rows = ItemOrgan.objects.filter(item__in=list(item_ids)).order_by("organ__order", "organ__code")
    for item, name in rows.values_list("item_id", "organ__short_name"):
        found[item] = (*found.get(item, ()), name)
    return found
