"""W2 站点无法访问 and W3 首页不更新 (law.md 4.2), and whether search works (law.md 4.3)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from gongkai.inspections.rules.views import squeezed
from gongkai.text.sitepages import Answer, Entry, Page, Place

HOME_DAYS = 14
MOST_FAILING = 0.05
VISITS = 140  # at least 20 a day for a week
_SHORT = 8


def news_of(page: Page) -> list[Entry]:
    """Return what a home page lists: rows of its own part."""
    return [each for each in page.entries if each.place is Place.MAIN]


def newest(entries: Collection[Entry], today: date) -> date | None:
    """Return the newest day of rows; what is announced for a day to come is no update."""
    return max((each.on for each in entries if each.on and each.on <= today), default=None)


def is_entry_only(page: Page, names: Mapping[str, str]) -> bool:
    """Say whether a home page only leads on: every link has the name of the column it leads to.

    `names` are the columns by their addresses; one that is not known has a short name.
    """
    rows = news_of(page)
    if any(each.on for each in rows):
        return False
    return all(
        each.title == names[each.address] if each.address in names else len(each.title) <= _SHORT
        for each in rows
    )


def home_stale(last: date | None, today: date, *, is_entry: bool) -> str:
    """Return why the home page counts as not updated, "" where it was."""
    where = "首页只是导航页，各栏目" if is_entry else "首页"
    if last is None:
        return f"{where}的信息都没有发布时间，视为没有更新。"
    if last < today - timedelta(days=HOME_DAYS):
        return f"{where}最近一次更新是{last}，已{(today - last).days}天，超过{HOME_DAYS}天。"
    return ""


def unavailable(failed: int, visits: int) -> str:
    """Return why a site counts as not reachable (W2): at least 5 % of the visits failed.

    One failure alone says nothing unless it is all there was.
    """
    if not visits or failed / visits < MOST_FAILING or (failed == 1 and visits > 1):
        return ""
    return f"监测访问{visits}次，{failed}次打不开，比例{failed / visits:.1%}，达到5%。"


def is_found(answer: Answer, page: Page | None, wanted: str) -> bool:
    """Say whether a search's answer has a title that was searched."""
    return (
        answer.is_open
        and page is not None
        and squeezed(wanted) in squeezed(page.text(Place.MAIN) or page.text())
    )


def words_to_search(page: Page, names: Sequence[str]) -> list[str]:
    """Return titles that a search must find: the home page's newest, else names of columns."""
    rows = [each.title for each in news_of(page) if each.on] or list(names)
    rows = rows or [each.title for each in news_of(page)]
    return [each.rstrip(".…").strip()[:30] for each in rows if len(each) >= 4][:3]
