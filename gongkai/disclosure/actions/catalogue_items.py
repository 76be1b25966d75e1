"""Verbs on the items of a catalogue: add, change, close, say which organs owe them.

An item that entries fulfil is never edited in place: a change is a new row from a day, and the
entries and organs go with it. The limit and the interval are read from the words and may be told
apart from them.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.disclosure.actions.catalogue import hold, log, told_reason
from gongkai.disclosure.models import (
    CatalogueField,
    CatalogueItem,
    ItemEntry,
    ItemOrgan,
    Section,
)
from gongkai.disclosure.queries.catalogue import items_on, organs_named, row_of
from gongkai.disclosure.rules import Fault, NotAllowedNow
from gongkai.disclosure.rules.catalogues import CatalogueRefused, organs_meant
from gongkai.disclosure.rules.time_limits import parse_limit
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_of
from gongkai.tables.catalogue import CatalogueRow, wrong_with

_LONGEST_INTERVAL = 3660


@transaction.atomic
def add_item(
    field: CatalogueField,
    *,
    row: CatalogueRow,
    on: date,
    by: Actor,
    at: datetime,
    organs: Iterable[Organ] | None = None,
    section: Section | None = None,
    update_days: int | None = None,
) -> CatalogueItem:
    """Add an item to a field from a day, at the end; organs are those its words name unless told.

    Raises:
        CatalogueRefused: columns are missing or too long, or an organ is of another county.
    """
    catalogue = hold(field.catalogue)
    _check_row(row, update_days)
    standing = items_on(catalogue, on, field.code)
    last = standing.order_by("-order").values_list("order", flat=True).first() or 0
    item = unsaved(field, row, on=on, order=last + 1, section=section, update_days=update_days)
    item.number = row.number or str(last + 1)
    item.save(force_insert=True)
    owing = _organ_ids(catalogue.county, row, on, organs)
    ItemOrgan.objects.bulk_create(ItemOrgan(item=item, organ_id=pk) for pk in sorted(owing))
    after = {**logged(item), "organs": sorted(owing)}
    log("add_item", catalogue, by, at, label=str(item), after=after)
    return item


@transaction.atomic
def change_item(
    item: CatalogueItem,
    *,
    row: CatalogueRow,
    on: date,
    by: Actor,
    at: datetime,
    section: Section | None = None,
    update_days: int | None = None,
) -> CatalogueItem:
    """Change an item from a day and return it: a new row once entries fulfil it.

    Raises:
        CatalogueRefused: columns are missing or too long.
        NotAllowedNow: it has ended, or the day lies before its first.
    """
    catalogue = hold(item.field.catalogue)
    _check_row(row, update_days)
    held = _standing(item, on)
    before = logged(held)
    extra = {"section": section, "update_days": update_days}
    changed = replace_item(held, row, on=on, order=held.order, **extra)
    after = {**logged(changed), "item": changed.pk}
    log("change_item", catalogue, by, at, label=str(changed), before=before, after=after)
    return changed


@transaction.atomic
def close_item(
    item: CatalogueItem, *, on: date, reason: str, by: Actor, at: datetime
) -> CatalogueItem:
    """End an item from a day; what fulfilled it stays published.

    Raises:
        NotAllowedNow: it has ended, or the day lies before its first.
        ReasonMissing: no reason.
    """
    catalogue = hold(item.field.catalogue)
    held = _standing(item, on)
    why = told_reason(reason)
    held.valid_to = on
    held.save(update_fields=["valid_to"])
    log("close_item", catalogue, by, at, label=str(held), after={"valid_to": on}, reason=why)
    return held


@transaction.atomic
def assign_organs(
    item: CatalogueItem, *, organs: Collection[Organ], by: Actor, at: datetime
) -> CatalogueItem:
    """Say which organs owe an item; others owe it no longer.

    Raises:
        CatalogueRefused: none, or one of another county.
    """
    catalogue = hold(item.field.catalogue)
    if not organs:
        raise CatalogueRefused(Fault("organs", "请至少指定一个公开主体"))
    _same_county(catalogue.county, organs)
    before = sorted(item.organs.values_list("organ_id", flat=True))
    wanted = sorted(organ.pk for organ in organs)
    item.organs.exclude(organ_id__in=wanted).delete()
    ItemOrgan.objects.bulk_create(
        ItemOrgan(item=item, organ_id=pk) for pk in wanted if pk not in before
    )
    names = [organ.short_name for organ in organs]
    log(
        "assign_organs",
        catalogue,
        by,
        at,
        label=str(item),
        before={"organs": before},
        after={"organs": wanted, "names": names},
    )
    return item


def unsaved(
    field: CatalogueField,
    row: CatalogueRow,
    *,
    on: date,
    order: int,
    section: Section | None = None,
    update_days: int | None = None,
) -> CatalogueItem:
    """Return the row of an item, not yet written; limit and interval are read from its words."""
    item = CatalogueItem(field=field, order=order, section=section, valid_from=on)
    _fill(item, row, update_days)
    return item


def replace_item(
    held: CatalogueItem,
    row: CatalogueRow,
    *,
    on: date,
    order: int,
    section: Section | None = None,
    update_days: int | None = None,
) -> CatalogueItem:
    """Write a change: in place while nothing fulfils the item, else as a new row from `on`."""
    if not held.entries.exists():
        _fill(held, row, update_days)
        held.order, held.section = order, section
        held.save()
        return held
    changed = unsaved(held.field, row, on=on, order=order, section=section, update_days=update_days)
    changed.save(force_insert=True)
    held.valid_to = on
    held.save(update_fields=["valid_to"])
    ItemOrgan.objects.bulk_create(
        ItemOrgan(item=changed, organ_id=pk)
        for pk in held.organs.values_list("organ_id", flat=True)
    )
    ItemEntry.objects.bulk_create(
        ItemEntry(item=changed, entry_id=pk)
        for pk in held.entries.values_list("entry_id", flat=True)
    )
    return changed


def logged(item: CatalogueItem) -> dict[str, Any]:
    """Return an item as the audit log keeps it."""
    row = row_of(item)
    told = {name: getattr(row, name) for name in CatalogueRow.__dataclass_fields__}
    return {**told, "channels": list(row.channels), "valid_from": item.valid_from}


def _fill(item: CatalogueItem, row: CatalogueRow, update_days: int | None) -> None:
    for name in CatalogueRow.__dataclass_fields__:
        setattr(item, name, getattr(row, name))
    item.channels = list(row.channels)
    limit = parse_limit(row.time_limit)
    item.limit_value, item.limit_unit = limit.value, str(limit.unit or "")
    item.update_days = update_days or limit.update_days


def _check_row(row: CatalogueRow, update_days: int | None) -> None:
    faults = [Fault(column.value, message) for column, message in wrong_with(row)]
    if update_days is not None and not 0 < update_days <= _LONGEST_INTERVAL:
        faults.append(Fault("update_days", f"更新间隔须在1至{_LONGEST_INTERVAL}日之间"))
    if faults:
        raise CatalogueRefused(*faults)


def _standing(item: CatalogueItem, on: date) -> CatalogueItem:
    held = CatalogueItem.objects.select_related("field").get(pk=item.pk)
    if held.valid_to is not None:
        raise NotAllowedNow(f"事项“{held}”已自{held.valid_to}停用，请打开现行的事项再改")
    if on < held.valid_from:
        raise NotAllowedNow(f"日期不得早于事项的启用日期（{held.valid_from}）")
    return held


def _organ_ids(
    county: Organ, row: CatalogueRow, on: date, organs: Iterable[Organ] | None
) -> set[int]:
    if organs is None:
        return set(organs_meant(row.organ_words, organs_named(county, on))[0])
    told = list(organs)
    _same_county(county, told)
    return {organ.pk for organ in told}


def _same_county(county: Organ, organs: Collection[Organ]) -> None:
    own = organs_of(county).filter(pk__in=[organ.pk for organ in organs]).count()
    if own != len({organ.pk for organ in organs}):
        raise CatalogueRefused(Fault("organs", "公开主体须是本县的机关，请核对"))
