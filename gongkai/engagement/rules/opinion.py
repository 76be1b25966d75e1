"""The clocks of public opinion, in hours of the clock, as dated data (law.md 5.2).

An hour here is an hour: nights, weekends and holidays count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongkai.engagement.lifecycle.opinion import ResponseKind, Severity

_FIRST = frozenset({ResponseKind.INFORMATION, ResponseKind.CONFERENCE})
_CONFERENCE = frozenset({ResponseKind.CONFERENCE})
_GRAVE = frozenset({Severity.GRAVEST, Severity.GRAVE})
_OTHER = frozenset({Severity.OTHER})


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One limit: for which matters, what must have happened, within how many hours, by what."""

    code: str
    label: str
    severities: frozenset[Severity]
    met_by: frozenset[ResponseKind]
    hours: int
    valid_from: date
    source: str


RULES = (
    ClockRule(
        "first", "首次发布权威信息", _GRAVE, _FIRST, 5, date(2016, 11, 10), "国办发〔2016〕80号"
    ),
    ClockRule(
        "conference", "召开新闻发布会", _GRAVE, _CONFERENCE, 24, date(2016, 7, 30),
        "国办发〔2016〕61号",
    ),
    ClockRule("reply", "作出回应", _OTHER, _FIRST, 48, date(2016, 7, 30), "国办发〔2016〕61号"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """One response: by what and when."""

    kind: ResponseKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit of one matter: when it ends, when it was met (None: not yet), whether it is late.

    `left` is what is left at the moment asked for; negative when it is over and was not met.
    """

    rule: ClockRule
    due_at: datetime
    met_at: datetime | None
    late: bool
    left: timedelta

    @property
    def standing(self) -> str:
        """Return how it stands in Chinese."""
        if self.met_at is not None:
            return "超时" if self.late else "按时"
        if self.late:
            return f"已超过{hours_said(-self.left)}"
        return f"还剩{hours_said(self.left)}"


def clocks_of(
    severity: Severity, found_at: datetime, given: Iterable[Given], now: datetime
) -> tuple[Clock, ...]:
    """Return the clocks of a matter found at a moment, as they stand `now`."""
    answers = sorted(given, key=lambda each: each.at)
    return tuple(
        _clock(rule, found_at, answers, now)
        for rule in RULES
        if severity in rule.severities and found_at.date() >= rule.valid_from
    )


def _clock(rule: ClockRule, found_at: datetime, given: list[Given], now: datetime) -> Clock:
    due_at = found_at + timedelta(hours=rule.hours)
    met_at = next((each.at for each in given if each.kind in rule.met_by), None)
    return Clock(rule, due_at, met_at, (met_at or now) > due_at, due_at - now)


def hours_said(span: timedelta) -> str:
    """Return a span in Chinese: 3小时20分钟, or 20分钟."""
    minutes = int(span.total_seconds() // 60)
    hours, rest = divmod(max(minutes, 0), 60)
    return f"{hours}小时{rest}分钟" if hours else f"{rest}分钟"
