"""The steps that verbs share: days, locks, numbers, the log."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.orgs.models import Organ
from gongkai.servicehall.lifecycle import Refused, ToldWrongly

Row = TypeVar("Row", bound=models.Model)


def local_day(at: datetime) -> date:
    """Return the day of a moment in the county."""
    return timezone.localdate(at)


def hold(row: Row, *related: str) -> Row:
    """Return a row as it now stands, locked until the end of the transaction."""
    rows = type(row)._default_manager.select_for_update(of=("self",))
    return rows.select_related(*related).get(pk=row.pk)


def save(row: models.Model, taken: str, field: str = "name") -> None:
    """Save a row; raises ToldWrongly with `taken` when another one has its name or number."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise ToldWrongly(taken, field) from None


def next_number(model: type[models.Model], county: Organ, mark: str, day: date) -> str:
    """Return the next number of a county's year: 360925-DX-2020-0007; others wait for it."""
    Organ.objects.select_for_update().get(pk=county.pk)
    head = f"{county.region_code[:6]}-{mark}-{day.year}-"
    held = model._default_manager.filter(number__startswith=head).order_by("-number")
    last = held.values_list("number", flat=True).first()
    number = int(last.removeprefix(head)) + 1 if last else 1
    if number > 99_999:
        raise Refused(f"{day.year}年的编号已经用完，请联系系统的技术人员")
    return f"{head}{number:05}"


def past_day(
    day: date | None, field: str, label: str, today: date, since: date | None = None
) -> date:
    """Return a day that is told, not to come, and not before `since`; raises ToldWrongly."""
    if day is None:
        raise ToldWrongly(f"请填写“{label}”", field)
    if day > today:
        raise ToldWrongly(f"“{label}”不能晚于今天", field)
    if since is not None and day < since:
        raise ToldWrongly(f"“{label}”不能早于{since:%Y-%m-%d}", field)
    return day


def ordered(start: date | None, end: date | None, field: str, label: str) -> None:
    """Raise ToldWrongly when a last day stands before the first."""
    if start is not None and end is not None and end < start:
        raise ToldWrongly(f"“{label}”不能早于开始日期", field)


def standing(organ: Organ, today: date) -> None:
    """Raise ToldWrongly for an organ that is no more."""
    if organ.valid_to is not None and organ.valid_to <= today:
        raise ToldWrongly(f"{organ.short_name}已经撤销，请改选承接其职责的机构", "organ")


def county_id_of(organ: Organ) -> int:
    """Return the county of an organ, which may be the county's government itself."""
    return organ.county_id or organ.pk


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as the log keeps them."""
    return {
        name: value.isoformat()
        if isinstance(value, date)
        else str(value)
        if isinstance(value, Decimal | str)
        else value
        for name, value in values.items()
    }


def log(verb: str, row: Any, organ: Organ, by: Actor, at: datetime, **values: Any) -> None:
    """Record a verb on the chain of an organ."""
    for name in ("before", "after"):
        if name in values:
            values[name] = plain(values[name])
    record(
        f"servicehall.{verb}",
        row.typed_id,
        chain=organ.code,
        by=by,
        at=at,
        label=str(row)[:200],
        **values,
    )
