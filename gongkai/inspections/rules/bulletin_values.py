"""What a bulletin is told of: its period, its units, its problems, and how a rate is written.

Beside every rate stand its numerator and denominator, for bulletins are checked (a published rate
of 84.27% with 57 problems of 356 could not be made; practice.md 4.3).
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from gongkai.inspections.lifecycle import BulletinPeriod, ToldWrongly

HAN = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding as the bulletin lists it."""

    number: str
    organ_id: int
    organ: str
    indicator: str
    item: str
    why: str
    address: str
    found_on: date
    state: str
    repeated: bool
    done: bool  # re-checked or closed
    overdue: bool


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit: what it published, how its catalogue stands, what was found, what is put right."""

    organ_id: int
    name: str
    published: int = 0
    items_fresh: int = 0
    items: int = 0


@dataclass(frozen=True, slots=True)
class MediaLine:
    """An account of new media; `vetoed` when M2 or M3 of 国办秘函〔2019〕19号 is found of it."""

    name: str
    platform: str
    organ: str
    last_on: date | None
    posts: int
    faults: Sequence[str]
    vetoed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything a bulletin tells of, as it stood when the figures were taken."""

    county: str
    period: BulletinPeriod
    starts_on: date
    ends_on: date
    units: Sequence[UnitLine]
    problems: Sequence[Problem]
    earlier: Sequence[Problem]  # found in the period before: how far they are put right
    received: int
    answered: tuple[int, int]
    errors: tuple[int, int]
    solicitations: int
    sites: Sequence[tuple[str, int]] = field(default=())  # name, faults that a scan found
    media: Sequence[MediaLine] = ()  # accounts that run at the end of the period


def span(period: BulletinPeriod, starts_on: date) -> tuple[date, date]:
    """Return the first and last day of the period that begins on a day.

    Raises:
        ToldWrongly: no month or quarter begins on it.
    """
    months = 1 if period is BulletinPeriod.MONTH else 3
    if starts_on.day != 1 or (starts_on.month - 1) % months:
        raise ToldWrongly(f"{period.label}通报应当从{period.label}的第一天起", "starts_on")
    last = starts_on.month + months - 1
    return starts_on, date(starts_on.year, last, calendar.monthrange(starts_on.year, last)[1])


def before(period: BulletinPeriod, starts_on: date) -> tuple[date, date]:
    """Return the period before the one that begins on a day."""
    months = 1 if period is BulletinPeriod.MONTH else 3
    place = starts_on.year * 12 + starts_on.month - 1 - months
    return span(period, date(place // 12, place % 12 + 1, 1))


def named(period: BulletinPeriod, starts_on: date) -> str:
    """Return the period in words: 2026年9月, 2026年第三季度."""
    if period is BulletinPeriod.MONTH:
        return f"{starts_on.year}年{starts_on.month}月"
    return f"{starts_on.year}年第{HAN[(starts_on.month - 1) // 3]}季度"


def rate(part: int, whole: int) -> str:
    """Return a rate with what it is made of: 92.59%（50/54）; of nothing there is none."""
    if not whole:
        return "—（0/0）"
    share = (Decimal(part * 100) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{share}%（{part}/{whole}）"
