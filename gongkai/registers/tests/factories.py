"""Register records in any state, made through the real verbs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.audit import Actor
from gongkai.orgs.models import Organ, OrganKind
from gongkai.registers import actions
from gongkai.registers.models import Batch
from gongkai.registers.rules import BatchFigures, RegisterKind

CLERK = Actor(account="clerk", name="登记员", post="部门信息员")
NOON = datetime(2021, 1, 20, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def organ(code: str = "caizheng", **fields: Any) -> Organ:
    """Return an organ, a department of long standing unless told otherwise."""
    values = {
        "kind": OrganKind.DEPARTMENT,
        "name": f"靖安县{code}局",
        "short_name": f"{code}局",
        "region_code": "360925",
        "valid_from": date(1990, 1, 1),
        **fields,
    }
    return Organ.objects.create(code=code, **values)


def entry(
    kind: RegisterKind = RegisterKind.LICENCE, year: int = 2020, **fields: Any
) -> BatchFigures:
    """Return the figures of a whole year; one trait of numbers a kind unless told otherwise."""
    values: dict[str, Any] = {
        "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31),
        "source_name": f"{year}年{kind.label}台账.xlsx",
        **fields,
    }
    return BatchFigures(kind=kind, **values)


def opening(owner: Organ, items: int, kind: RegisterKind = RegisterKind.LICENCE) -> Batch:
    """Return the batch that brings the stock an organ had at the end of 2019."""
    day = date(2019, 12, 31)
    return entered(owner, entry(kind, period_start=day, period_end=day, item_change=items))


def entered(owner: Organ, figures: BatchFigures | None = None, at: datetime = NOON) -> Batch:
    """Return a batch that counts."""
    return actions.enter_batch(owner, figures=figures or entry(decisions=154), by=CLERK, at=at)


def withdrawn(owner: Organ, figures: BatchFigures | None = None, at: datetime = NOON) -> Batch:
    """Return a batch that was entered and withdrawn."""
    batch = entered(owner, figures, at)
    return actions.withdraw_batch(batch, reason="数字填错", by=CLERK, at=at)


def procurement(projects: int = 363, amount: str = "200634964.00") -> BatchFigures:
    """Return a year's centralised procurement."""
    return entry(RegisterKind.PROCUREMENT, projects=projects, amount=Decimal(amount))
