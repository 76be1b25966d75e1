"""Reading tables of items against the county: whose rows they are, what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from gongkai.orgs.models import Organ
from gongkai.servicehall.lifecycle import ItemState, RowFault
from gongkai.servicehall.models import Hall, ServiceItem
from gongkai.servicehall.rules.worksheet import Book, WrittenItem, read_items

_FAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row, read: its organ and what it tells."""

    organ: Organ
    told: WrittenItem


def rows_of(book: Book, organs: QuerySet[Organ]) -> tuple[list[ImportRow], list[RowFault]]:
    """Return the items of a book for `organs`, named by full or short name or code."""
    known: dict[str, Organ] = {}
    for organ in organs.order_by("-order", "-code"):
        for name in (organ.name, organ.short_name, organ.code):
            known[name] = organ
    items, faults = read_items(book)
    rows: list[ImportRow] = []
    for told in items:
        if (found := known.get(told.organ.strip())) is not None:
            rows.append(ImportRow(found, told))
        else:
            why = f"“{told.organ[:30]}”不是您可以填报的机构，请填写全称或者简称"
            faults.append(RowFault(told.row, "实施主体", why))
    return rows, sorted(faults, key=lambda fault: fault.row)


def faults_of_rows(
    county: Organ, rows: Sequence[ImportRow], hall: Hall | None, today: date
) -> list[RowFault]:
    """Return what is wrong with rows beside each other, the day and what is registered."""
    standing = ServiceItem.objects.filter(county=county).exclude(state=ItemState.CANCELLED)
    seen: dict[tuple[object, ...], int] = {}
    codes = {code for code in standing.values_list("code", flat=True) if code}
    names = set(standing.values_list("organ_id", "name"))
    faults: list[RowFault] = []
    for row in rows:
        told = row.told
        marks: list[tuple[object, ...]] = [(row.organ.pk, told.name)]
        marks += [(told.code,)] if told.code else []
        twin = next((seen[mark] for mark in marks if mark in seen), None)
        if twin is not None:
            why = f"与第{twin}行是同一事项（实施编码相同，或者同一机构的名称相同），请删去其中一行"
            faults.append(RowFault(told.row, "", why))
        elif told.code in codes or (row.organ.pk, told.name) in names:
            faults.append(RowFault(told.row, "", "这个事项已经登记，请从表中删去"))
        for mark in marks:
            seen.setdefault(mark, told.row)
        if told.in_hall and hall is None:
            why = "要进驻大厅的，请在上传时选择大厅"
            faults.append(RowFault(told.row, "是否进驻政务大厅", why))
        if told.effective_on and told.effective_on > today + _FAR:
            faults.append(RowFault(told.row, "生效日期", "生效日期在一年以后，请核对"))
    return faults
