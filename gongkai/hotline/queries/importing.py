"""Reading tables of orders against what is recorded: which are known, where they lie."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongkai.hotline.lifecycle import RowFault
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries.settings import county_above, townships_in
from gongkai.hotline.rules.worksheet import HEADS, Line, WrittenOrder, read_order
from gongkai.orgs.models import Organ

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row of a table, read; `known`: its number is recorded already."""

    written: WrittenOrder
    received_at: datetime
    township: Organ | None
    known: bool


def import_rows(
    lines: Iterable[Line], organ: Organ, now: datetime
) -> tuple[list[ImportRow], list[RowFault]]:
    """Read the rows of a table that an organ takes in; return them and what is wrong."""
    townships: dict[str, Organ] = {}
    for each in townships_in(county_above(organ), timezone.localdate(now)):
        townships |= {each.name: each, each.short_name: each}
    read: list[WrittenOrder] = []
    faults: list[RowFault] = []
    seen: dict[str, int] = {}
    for line in lines:
        told = read_order(line)
        if isinstance(told, list):
            faults += told
            continue
        faults += _faults_of(told, townships, seen, now)
        seen.setdefault(told.told.number, told.row)
        read.append(told)
    known = known_numbers(organ, [each.told.number for each in read])
    rows = [
        ImportRow(
            each,
            timezone.make_aware(each.received_at),
            townships.get(each.township),
            each.told.number in known,
        )
        for each in read
    ]
    return rows, faults


def known_numbers(organ: Organ, numbers: Collection[str]) -> set[str]:
    """Return those numbers that an organ has recorded."""
    asked, known = list(numbers), set[str]()
    for start in range(0, len(asked), _CHUNK):
        rows = WorkOrder.objects.filter(organ=organ, number__in=asked[start : start + _CHUNK])
        known.update(rows.values_list("number", flat=True))
    return known


def _faults_of(
    told: WrittenOrder, townships: dict[str, Organ], seen: dict[str, int], now: datetime
) -> list[RowFault]:
    faults: list[RowFault] = []
    if told.township and told.township not in townships:
        why = f"“{told.township[:20]}”不是本县现有的乡镇，请填写全称或者简称，或者留空"
        faults.append(RowFault(told.row, HEADS["township"][0], why))
    if timezone.make_aware(told.received_at) > now:
        faults.append(RowFault(told.row, HEADS["received_at"][0], "受理时间晚于现在，请核对"))
    if (twin := seen.get(told.told.number)) is not None:
        why = f"与第{twin}行编号相同，请删去其中一行"
        faults.append(RowFault(told.row, HEADS["number"][0], why))
    return faults
