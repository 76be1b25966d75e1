"""Making a list of what is handed over, and entering its receipt (Art. 25)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.orgs.models import Organ
from gongkai.records.models import TransferList
from gongkai.records.queries.transfers import MOST_ROWS, rows_for
from gongkai.records.rules import (
    RecordsError,
    TransferKind,
    check_period,
    check_receipt,
)
from gongkai.records.rules.packages import rows_digest


def make_list(
    county: Organ, kind: TransferKind, *, since: date, until: date, by: Actor, at: datetime
) -> TransferList:
    """Freeze the list of a kind for a period, both days included, and number it.

    Raises:
        RecordsError: a period that is not over or too long, nothing to hand over, or too much.
    """
    check_period(since, until, timezone.localdate(at))
    with transaction.atomic():
        held = Organ.objects.select_for_update(of=("self",)).get(pk=county.pk)
        rows = rows_for(held, kind, since, until)
        if not rows:
            raise RecordsError("这一期间没有可以移交的内容，请核对种类和起止日期。", "since")
        if len(rows) >= MOST_ROWS:
            raise RecordsError(f"超过{MOST_ROWS}条，请缩短期间分开编制。", "since")
        made = TransferList.objects.create(
            county=held,
            kind=kind.value,
            number=_number(held, timezone.localdate(at).year),
            since=since,
            until=until,
            rows=rows,
            sha256=rows_digest(rows),
            made_at=at,
            made_by=by.name,
            made_by_account=by.account,
        )
        record(
            "records.make_list",
            made.typed_id,
            chain=held.code,
            by=by,
            at=at,
            label=str(made),
            after={
                "kind": kind.value,
                "since": since,
                "until": until,
                "count": len(rows),
                "digest": made.sha256,
            },
        )
    return made


def receive_list(
    made: TransferList,
    *,
    received_on: date,
    received_by: str,
    note: str = "",
    by: Actor,
    at: datetime,
) -> TransferList:
    """Enter who took a list over and when; once, it stays.

    Raises:
        RecordsError: a wrong day, no name, or entered before.
    """
    with transaction.atomic():
        held = TransferList.objects.select_for_update(of=("self",)).get(pk=made.pk)
        if held.received_on is not None:
            raise RecordsError("这份清单已经登记接收，不能再次登记。")
        made_on = timezone.localdate(held.made_at)
        check_receipt(received_on, received_by, made_on, timezone.localdate(at))
        held.received_on, held.received_by = received_on, received_by.strip()[:100]
        held.receipt_note = note.strip()[:300]
        held.save(update_fields=["received_on", "received_by", "receipt_note"])
        record(
            "records.receive_list",
            held.typed_id,
            chain=held.county.code,
            by=by,
            at=at,
            label=str(held),
            after={"received_on": received_on, "received_by": held.received_by},
            reason=held.receipt_note,
        )
    return held


def open_list(made: TransferList, *, form: str, by: Actor, at: datetime) -> list[list[str]]:
    """Return a list's rows to be written as a file, and log who took it.

    Raises:
        RecordsError: the rows are not those that were frozen.
    """
    if rows_digest(made.rows) != made.sha256:
        raise RecordsError("清单内容与编制时的校验值不符，可能被改动，请报告系统管理员。")
    with transaction.atomic():
        record(
            "records.open_list",
            made.typed_id,
            chain=made.county.code,
            by=by,
            at=at,
            label=str(made),
            after={"form": form},
        )
    return made.rows


def _number(county: Organ, year: int) -> str:
    before = TransferList.objects.filter(county=county, number__startswith=f"YJ{year}-").count()
    return f"YJ{year}-{before + 1:03}"
