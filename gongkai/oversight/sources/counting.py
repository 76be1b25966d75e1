"""How a figure is counted by organ: rows of a query, measures of a chapter, two counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from gongkai.tables.facts import Measure, Period, Record

Counts = Mapping[int, Decimal]


@dataclass
class Asked:
    """The organs and days that figures are asked of; what a chapter told is kept for the next."""

    period: Period
    organ_ids: tuple[int, ...]
    now: datetime
    _facts: dict[str, Mapping[int, Mapping[Measure, Decimal]]] = field(default_factory=dict)

    def facts(self, chapter: Any) -> Mapping[int, Mapping[Measure, Decimal]]:
        """Return what a chapter's statistics tell of the period."""
        name = chapter.__name__
        if name not in self._facts:
            self._facts[name] = chapter.facts_by_organ(self.period, self.organ_ids)
        return self._facts[name]


class Source(Protocol):
    """Who counts a figure."""

    def count(self, asked: Asked) -> Counts:
        """Return the figure of each organ; who has nothing may be left out."""

    def records(self, asked: Asked) -> list[Record]:
        """Return the records that add up to it."""


@dataclass(frozen=True)
class Rows:
    """Counts the rows of a query, or adds up a column of theirs (`adds`)."""

    rows: Callable[[Asked], QuerySet[Any]]
    day: str
    organ: str = "organ_id"
    adds: str = ""

    def count(self, asked: Asked) -> Counts:
        """Return how many rows each organ has, or what they add up to. One query."""
        number = Sum(self.adds) if self.adds else Count("pk", distinct=True)
        found = self.rows(asked).order_by().values(self.organ).annotate(number=number)
        return {row[self.organ]: Decimal(row["number"] or 0) for row in found}

    def records(self, asked: Asked) -> list[Record]:
        """Return the rows."""
        found = self.rows(asked).order_by("pk").distinct()
        return [self._record(each) for each in found]

    def _record(self, row: Any) -> Record:
        owner = row
        for name in self.organ.split("__"):
            owner = getattr(owner, name)
        adds = Decimal(getattr(row, self.adds)) if self.adds else Decimal(1)
        return Record(_id_of(row), str(row), owner, _day(getattr(row, self.day)), adds)


@dataclass(frozen=True)
class FactsOf:
    """Adds up measures that a chapter's statistics tell by organ."""

    chapter: Any
    measures: tuple[Measure, ...]

    def count(self, asked: Asked) -> Counts:
        """Return the sum of the measures."""
        return {
            organ_id: sum((told.get(each, Decimal(0)) for each in self.measures), Decimal(0))
            for organ_id, told in asked.facts(self.chapter).items()
        }

    def records(self, asked: Asked) -> list[Record]:
        """Return the records behind every measure."""
        return [
            record
            for each in self.measures
            for record in self.chapter.records_behind(each, asked.period, asked.organ_ids)
        ]


@dataclass(frozen=True)
class Called:
    """Counts by two functions of its own."""

    count: Callable[[Asked], Counts]
    records: Callable[[Asked], list[Record]]


@dataclass(frozen=True)
class Rate:
    """Two counts: of `below`, those that are `above`."""

    above: Source
    below: Source


def end_of(period: Period, now: datetime) -> datetime:
    """Return the moment up to which a period is told: its end, or now while it runs."""
    after = timezone.make_aware(datetime.combine(period.end + timedelta(days=1), time()))
    return min(after, now)


def _id_of(row: Any) -> str:
    return str(getattr(row, "typed_id", None) or getattr(row, "record_id", None) or f"-:{row.pk}")


def _day(value: date | datetime | None) -> date | None:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
