"""W2 and W3 over scheduled visits: when a site is visited, what a week and two weeks of it tell.

Serves 国办秘函〔2019〕19号 (law.md 4.2): a week, 20 visits a day or more, 15 s; two weeks of the
home page. Before the window is full nothing is told.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongkai.inspections.rules.homes import HOME_DAYS, VISITS, home_stale, unavailable
from gongkai.text.sitepages import Entry

WEEK = timedelta(days=7)
HOME_WINDOW = timedelta(days=HOME_DAYS)
PATIENCE = 15.0
KEPT = timedelta(days=400)
_SLACK = timedelta(hours=2)  # the first visit of a week is not on the stroke of the hour


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of one site: when, whether it opened, how long it took."""

    site: int
    at: datetime
    opened: bool
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """The visits of one day or of a span: how many, how many opened, the seconds of those."""

    on: date
    visits: int
    opened: int
    seconds: float

    @property
    def share(self) -> float | None:
        """Return the share that opened, in percent; None of nothing."""
        return self.opened * 100 / self.visits if self.visits else None


@dataclass(frozen=True, slots=True)
class HomeWatched:
    """A home page over its visits, as `models.Watched` has it."""

    newest: date | None
    first_seen_at: datetime
    changed_at: datetime
    seen_at: datetime
    is_entry: bool = False


def minute_of(site: int, hour: int) -> int:
    """Return the minute of an hour at which a site is visited: another each hour, spread out."""
    return hashlib.blake2b(f"{site}/{hour}".encode(), digest_size=2).digest()[0] * 60 // 256


def without_our_own_outages(visits: Collection[Visit]) -> list[Visit]:
    """Return the visits without the hours in which every one of several sites failed.

    Then it was our own line that was down, not all of theirs.
    """
    hours: dict[datetime, list[Visit]] = {}
    for each in visits:
        hours.setdefault(_hour(each.at), []).append(each)
    ours = {
        hour
        for hour, made in hours.items()
        if len({each.site for each in made}) > 1 and not any(each.opened for each in made)
    }
    return [each for each in visits if _hour(each.at) not in ours]


def unreachable(visits: Collection[Visit], since: datetime, now: datetime) -> str | None:
    """Return why a site is not reachable (W2), "" where it is, None where a week is not full.

    `visits` are those of the week before `now`; `since` is the first visit ever.
    """
    if now - since < WEEK - _SLACK or len(visits) < VISITS:
        return None
    failed = sum(not each.opened for each in visits)
    return unavailable(failed, len(visits))


def home_unchanged(home: HomeWatched, now: datetime, today: date) -> str | None:
    """Return why a home page was not updated (W3), "" where it was, None where it is too early.

    What shows no day counts as not updated, whatever else of the page has changed.
    """
    if now - home.first_seen_at < HOME_WINDOW or now - home.seen_at > timedelta(days=2):
        return None
    why = home_stale(home.newest, today, is_entry=home.is_entry)
    if not why:
        return ""
    moved = home.changed_at > now - HOME_WINDOW
    seen = "内容有变化，但没有新的发布时间" if moved else "内容没有变化"
    return f"{why}已连续监测{(now - home.first_seen_at).days}天，{HOME_DAYS}天内首页{seen}。"


def digest_of(rows: Iterable[Entry]) -> str:
    """Return 64 hex digits that change when the titles or days of a list do."""
    told = "\n".join(f"{each.title}\t{each.on or ''}" for each in rows)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def told_before(
    newest: date | None, before: Mapping[str, date | None], address: str
) -> date | None:
    """Return the newest day a column showed at this visit or at any before."""
    known = [each for each in (newest, before.get(address)) if each is not None]
    return max(known, default=None)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
