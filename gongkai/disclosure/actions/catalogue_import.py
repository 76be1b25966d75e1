"""Importing a workbook into a catalogue: all of it or nothing, one event.

Importing what was exported changes nothing. What the file no longer names ends on the day when
it is to replace; items that entries fulfil get a new row and take the entries along.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.disclosure.actions.catalogue import hold, log, make_field
from gongkai.disclosure.actions.catalogue_items import replace_item, unsaved
from gongkai.disclosure.models import CatalogueField, CatalogueItem, ItemOrgan, StandardCatalogue
from gongkai.disclosure.queries.catalogue import FieldPlan, organs_named, plan_import
from gongkai.disclosure.rules.catalogues import ImportRefused, OrganNamed, organs_meant
from gongkai.tables.catalogue import CatalogueRow, CellFault, FieldTable, wrong_with


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; `unknown_organs` are words that name no organ of the county."""

    fields_added: int = 0
    added: int = 0
    changed: int = 0
    closed: int = 0
    unknown_organs: tuple[str, ...] = ()


@transaction.atomic
def import_catalogue(
    catalogue: StandardCatalogue,
    *,
    tables: Sequence[FieldTable],
    on: date,
    replaces: bool,
    source_name: str,
    source_sha256: str,
    by: Actor,
    at: datetime,
) -> Imported:
    """Bring the tables of a workbook into a catalogue from a day.

    Raises:
        ImportRefused: rows are wrong; `cells` lists every fault by sheet, row and column.
        CatalogueRefused: a field of the file cannot be added.
    """
    held = hold(catalogue)
    faults = faults_of(tables)
    if (held.valid_to is not None and on >= held.valid_to) or on < held.valid_from:
        faults = (*faults, CellFault("", 0, "启用日期", f"标准目录在{on}没有施行，请核对启用日期"))
    if faults:
        raise ImportRefused(faults)
    organs = organs_named(held.county, on)
    done = Imported()
    unknown: dict[str, None] = {}
    for plan in plan_import(held, tables, on=on, replaces=replaces):
        if plan.changes:
            done = _carry_out(held, plan, on, organs, done, unknown)
    done = Imported(done.fields_added, done.added, done.changed, done.closed, tuple(unknown))
    log(
        "import_catalogue",
        held,
        by,
        at,
        label=f"{held.title}：{source_name}",
        after={
            "source_sha256": source_sha256,
            "on": on,
            "fields": [table.name for table in tables],
            "fields_added": done.fields_added,
            "added": done.added,
            "changed": done.changed,
            "closed": done.closed,
        },
    )
    return done


def faults_of(tables: Sequence[FieldTable]) -> tuple[CellFault, ...]:
    """Return everything wrong with the rows of a file; changes nothing."""
    faults = [
        CellFault(table.sheet, table.place(number), column.label, message)
        for table in tables
        for number, row in enumerate(table.rows)
        for column, message in wrong_with(row)
    ]
    faults += [
        CellFault(table.sheet, 0, "表题", "看不出是哪个领域，请把领域名称写进表题或者工作表名称")
        for table in tables
        if not table.name
    ]
    if not any(table.rows for table in tables):
        faults.append(CellFault("", 0, "", "文件中没有公开事项，请核对后重新选择文件"))
    return tuple(faults)


def _carry_out(
    catalogue: StandardCatalogue,
    plan: FieldPlan,
    on: date,
    organs: Sequence[OrganNamed],
    done: Imported,
    unknown: dict[str, None],
) -> Imported:
    field = plan.field or _added_field(catalogue, plan, on)
    _close(plan.closed, on)
    for item, order, number in plan.renumbered:
        CatalogueItem.objects.filter(pk=item.pk).update(order=order, number=number)
    owing: list[ItemOrgan] = []
    for item, order, row in plan.changed:
        words, same_limit = item.organ_words, item.time_limit == row.time_limit
        days = item.update_days if same_limit else None
        changed = replace_item(
            item, row, on=on, order=order, section=item.section, update_days=days
        )
        if words != row.organ_words:
            changed.organs.all().delete()
            owing += _owed(changed, row, organs, unknown)
    added = CatalogueItem.objects.bulk_create(
        unsaved(field, row, on=on, order=order) for order, row in plan.added
    )
    for item, (_, row) in zip(added, plan.added, strict=True):
        owing += _owed(item, row, organs, unknown)
    ItemOrgan.objects.bulk_create(owing)
    return Imported(
        done.fields_added + (plan.field is None),
        done.added + len(added),
        done.changed + len(plan.changed) + len(plan.renumbered),
        done.closed + len(plan.closed),
    )


def _added_field(catalogue: StandardCatalogue, plan: FieldPlan, on: date) -> CatalogueField:
    field = make_field(catalogue, name=plan.name, on=on, code=plan.code)
    field.save(force_insert=True)
    return field


def _close(items: Sequence[CatalogueItem], on: date) -> None:
    CatalogueItem.objects.filter(pk__in=[item.pk for item in items]).update(valid_to=on)


def _owed(
    item: CatalogueItem, row: CatalogueRow, organs: Sequence[OrganNamed], unknown: dict[str, None]
) -> list[ItemOrgan]:
    meant, words = organs_meant(row.organ_words, organs)
    unknown.update(dict.fromkeys(words))
    return [ItemOrgan(item=item, organ_id=pk) for pk in sorted(meant)]
