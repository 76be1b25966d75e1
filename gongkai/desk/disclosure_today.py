"""What waits for a person today of what is disclosed: steps, what is late, what is due soon.

Counted over the index of what is not public yet, in one query with what waits elsewhere
(`counting`); nothing for who has no post in disclosure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.calendars.queries import workday_calendar
from gongkai.desk.tiles import Tile
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import VIEWERS, desk_figures
from gongkai.orgs.queries import holds_any
from gongkai.statute.workdays import UnknownYear

SOON = 5  # working days
_PREFIX = "entries."


@dataclass(frozen=True, slots=True)
class DisclosureToday:
    """The figures of disclosure, each with the list behind it, and the list itself."""

    tiles: tuple[Tile, ...]
    url: str
    words: str


def entries_waiting(user: User, today: date) -> dict[str, QuerySet[Entry]]:
    """Return what is to be counted for a person; empty for who has no post in disclosure."""
    if not holds_any(user, today, VIEWERS):
        return {}
    found = desk_figures(user, today, _soon_on(today))
    return {f"{_PREFIX}{name}": rows for name, rows in found.items()}


def disclosure_today(counted: Mapping[str, int]) -> DisclosureToday | None:
    """Return what waits, as counted; None for who has nothing to do with what is disclosed."""
    found = {
        name.removeprefix(_PREFIX): figure
        for name, figure in counted.items()
        if name.startswith(_PREFIX)
    }
    if not found:
        return None
    return DisclosureToday(
        tiles=tuple(_tiles(found)), url=reverse("disclosure:entries"), words=_words(found)
    )


def _soon_on(today: date) -> date:
    try:
        return workday_calendar().add(today, SOON)
    except UnknownYear:
        return today


def _tiles(found: dict[str, int]) -> Iterator[Tile]:
    for name, words, view, tone in (
        ("waiting", "条待您的岗位审核、发布", "", "warn"),
        ("late", "条超过公开期限", "late", "bad"),
        ("soon", f"条 {SOON} 个工作日内到期", "soon", "warn"),
        ("drafts", "条拟稿", "drafts", ""),
        ("scheduled", "条定时发布", "scheduled", ""),
    ):
        figure = found[name]
        asked = f"?{urlencode({'view': view})}" if view else ""
        yield Tile(figure, words, f"{reverse('disclosure:entries')}{asked}", tone if figure else "")


def _words(found: dict[str, int]) -> str:
    if found["late"]:
        return f"有 {found['late']} 条已经超过条例第二十六条的期限，请尽快审核发布。"
    return "没有超过公开期限的信息。"
