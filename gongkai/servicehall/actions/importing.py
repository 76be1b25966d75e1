"""Taking in a table of items that are in force: all rows or none, one event an organ."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.orgs.models import Organ
from gongkai.servicehall.actions import steps
from gongkai.servicehall.lifecycle import GuideState, ItemState, Refused, RowFault, RowsWrong
from gongkai.servicehall.models import GuideVersion, Hall, ItemImport, ServiceItem
from gongkai.servicehall.queries.importing import ImportRow, faults_of_rows
from gongkai.servicehall.rules.guide import to_json


@transaction.atomic
def import_items(
    county: Organ,
    rows: Sequence[ImportRow],
    *,
    hall: Hall | None,
    source_name: str,
    source_sha256: str,
    by: Actor,
    at: datetime,
) -> ItemImport:
    """Take in the items of a table with their guides, complete or not.

    Items whose row says that they are served in the hall are put in `hall`. What a guide lacks
    is found by the nightly look at our own records.

    Raises:
        Refused: this very file was taken in before, or somebody wrote the same at the same time.
        RowsWrong: rows are wrong; `faults` lists every one.
    """
    Organ.objects.select_for_update().get(pk=county.pk)
    if ItemImport.objects.filter(county=county, source_sha256=source_sha256).exists():
        raise Refused("这个文件已经导入过，请核对；需要更新的事项请在事项页面修改指南")
    faults = list(faults_of_rows(county, rows, hall, steps.local_day(at)))
    if not rows:
        faults.append(RowFault(1, "", "文件中没有数据行，请在表头下逐行填写"))
    if faults:
        raise RowsWrong(sorted(faults, key=lambda fault: fault.row))
    run = ItemImport.objects.create(
        county=county,
        source_name=source_name,
        source_sha256=source_sha256,
        rows=len(rows),
        imported_by=by.name,
        imported_at=at,
    )
    items = _created([_item(county, row, hall, run, at) for row in rows])
    GuideVersion.objects.bulk_create(
        [_version(item, row, by, at) for item, row in zip(items, rows, strict=True)]
    )
    _record(run, items, by, at)
    return run


def _created(items: list[ServiceItem]) -> list[ServiceItem]:
    try:
        with transaction.atomic():
            return ServiceItem.objects.bulk_create(items)
    except IntegrityError:
        raise Refused("有事项刚刚由别人登记，请重新上传核对") from None


def _item(
    county: Organ, row: ImportRow, hall: Hall | None, run: ItemImport, at: datetime
) -> ServiceItem:
    told = row.told
    day = told.effective_on or steps.local_day(at)
    inside = hall if told.in_hall else None
    item = ServiceItem(
        county=county,
        organ=row.organ,
        name=told.name,
        kind=told.kind,
        code=told.code,
        base_code=told.base_code,
        state=ItemState.IN_FORCE,
        in_force_on=day,
        hall=inside,
        hall_joined_on=max(day, inside.joined_on) if inside else None,
        imported_in=run,
    )
    item.tell_of(told.guide)
    return item


def _version(item: ServiceItem, row: ImportRow, by: Actor, at: datetime) -> GuideVersion:
    return GuideVersion(
        item=item,
        number=1,
        state=GuideState.PUBLISHED,
        told=to_json(row.told.guide),
        effective_on=item.in_force_on,
        written_by=by.name,
        written_by_account=by.account,
        submitted_by_account=by.account,
        published_by=by.name,
        published_at=at,
    )


def _record(run: ItemImport, items: Sequence[ServiceItem], by: Actor, at: datetime) -> None:
    """Write one event on the chain of each organ, in their order: no two imports deadlock."""
    by_organ: dict[str, list[ServiceItem]] = {}
    for item in items:
        by_organ.setdefault(item.organ.code, []).append(item)
    for code in sorted(by_organ):
        own = by_organ[code]
        record(
            "servicehall.import_items",
            f"servicehall.import:{run.pk}",
            chain=code,
            by=by,
            at=at,
            label=f"{own[0].organ.short_name} {run.source_name}（{len(own)}项）"[:200],
            after={
                "source_sha256": run.source_sha256,
                "items": [{"id": item.pk, "name": item.name} for item in own],
            },
        )
