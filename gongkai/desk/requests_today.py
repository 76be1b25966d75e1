"""The requests that wait for a person today: mine, my organ's, the county's, worst first.

Counts are one query over the index of what is owed; every tile opens the list behind it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.calendars.queries import workday_calendar
from gongkai.desk.counting import counts
from gongkai.desk.tiles import Tile
from gongkai.inforequests.models import IncomingMail, MailState
from gongkai.inforequests.queries import (
    HANDLERS,
    HEADS,
    REVIEWERS,
    SOON,
    SOONER,
    TAKERS,
    VIEWERS,
    DeskCounts,
    DeskRow,
    corrections,
    desk_counts,
    desk_rows,
    open_requests,
    organs_viewed_by,
    read_whole,
    withheld_due,
)
from gongkai.inforequests.queries.receiving import channels_to_test
from gongkai.inforequests.queries.reminders import untold
from gongkai.orgs.models import OrganKind, Post
from gongkai.orgs.queries import held_by

SHOWN = 10
MINE, OWN, ALL = "mine", "own", ""


@dataclass(frozen=True, slots=True)
class Scope:
    """One choice of whose requests are shown, and the way to it."""

    label: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class RequestsToday:
    """The requests a person may see: counts by urgency and the worst few, each with its day."""

    scopes: tuple[Scope, ...]
    urgent: tuple[Tile, ...]
    others: tuple[Tile, ...]
    rows: tuple[DeskRow, ...]
    more: int
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class _Reach:
    """What a person's posts reach: the organs seen, those they hold a post in, their roles."""

    seen: tuple[int, ...]
    own: tuple[int, ...]
    roles: frozenset[str]
    county: bool


def requests_today(user: User, today: date, scope: str | None = None) -> RequestsToday | None:
    """Return the open requests of a scope; None for who has nothing to do with requests.

    Without a scope the widest is shown, so that nothing is missed by default.
    """
    reach = _reach(user, today)
    if not reach.seen:
        return None
    scope = scope if scope in (MINE, OWN) else ALL
    organs = reach.own if scope == OWN else reach.seen
    handler = user.username if scope == MINE else None
    calendar = workday_calendar()
    counts = desk_counts(organs, today, handler=handler, calendar=calendar)
    waiting = open_requests(organs)
    if handler:
        waiting = waiting.filter(handler=handler)
    rows = tuple(desk_rows(read_whole(waiting[:SHOWN]), today, calendar))
    narrowed = {"scope": scope} if scope else {}
    return RequestsToday(
        scopes=tuple(_scopes(reach, scope)),
        urgent=tuple(_urgent(counts, narrowed)),
        others=(*_in_hand(counts, narrowed, reach), *_kept(organs, today, reach)),
        rows=rows,
        more=max(counts.all - SHOWN, 0),
        url=_list(narrowed),
        words=_words(counts, scope),
    )


def _reach(user: User, today: date) -> _Reach:
    posts: list[Post] = [post for post in held_by(user, today) if post.role in VIEWERS]
    if not posts:
        return _Reach((), (), frozenset(), county=False)
    seen = tuple(organs_viewed_by(user, today).order_by().values_list("pk", flat=True))
    own = tuple({post.organ_id for post in posts} & set(seen))
    wide = any(post.organ.kind in (OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE) for post in posts)
    return _Reach(seen, own, frozenset(post.role for post in posts), county=wide)


def _scopes(reach: _Reach, chosen: str) -> Iterator[Scope]:
    home = reverse("wagtailadmin_home")
    yield Scope("我的", f"{home}?scope={MINE}", chosen == MINE)
    if set(reach.own) != set(reach.seen):
        yield Scope("本机关", f"{home}?scope={OWN}", chosen == OWN)
    widest = "全县" if reach.county else "本机关" if len(reach.seen) == 1 else "全部"
    yield Scope(widest, home, chosen == ALL)


def _urgent(counts: DeskCounts, narrowed: Mapping[str, str]) -> Iterator[Tile]:
    """Yield what the law's days make urgent, worst first."""
    for name, words, tone in (
        ("unconfirmed", "件未确认收到", "bad"),
        ("late", "件已超期", "bad"),
        ("today", "件今天到期", "bad"),
        ("in_three", f"件 {SOONER} 个工作日内到期", "warn"),
        ("in_five", f"件 {SOON} 个工作日内到期", "warn"),
    ):
        figure = getattr(counts, name)
        yield Tile(figure, words, _list(narrowed, urgency=name), tone if figure else "")


def _in_hand(counts: DeskCounts, narrowed: Mapping[str, str], reach: _Reach) -> Iterator[Tile]:
    """Yield what waits for a hand: mine to review and sign, to send, past the inner day."""
    reviews, signs = bool(reach.roles & REVIEWERS), bool(reach.roles & HEADS)
    for name, words, mine in (
        ("to_review", "件待审核", reviews),
        ("to_sign", "件待签发", signs),
        ("to_send", "件待制发、送达", False),
        ("inner_late", "件内部期限已过", True),
        ("waiting", "件等待申请人、第三方或者其他机关", False),
    ):
        figure = getattr(counts, name)
        tone = "warn" if figure and mine else ""
        yield Tile(figure, words, _list(narrowed, urgency=name), tone)
    yield Tile(counts.all, "件正在办理", _list(narrowed))


def _kept(organs: Collection[int], today: date, reach: _Reach) -> Iterator[Tile]:
    """Yield what comes back, in one query: withheld items due, corrections, mails, reminders."""
    aside = IncomingMail.objects.filter(organ_id__in=organs, state=MailState.ASIDE)
    if not reach.roles & TAKERS:
        aside = aside.none()
    to_test = channels_to_test(organs, today)
    if not reach.roles & HANDLERS:
        to_test = to_test.none()
    kinds = (
        (
            "withheld",
            withheld_due(organs, today),
            "项不公开信息该再次评估",
            "inforequests:withheld_due",
        ),
        ("corrections", corrections(organs), "件更正申请待办", "rights:corrections"),
        ("mails", aside, "封来信待人工处理", "inforequests:mails"),
        ("reminders", untold(organs), "条提醒没有送达", "inforequests:reminders"),
        ("tests", to_test, "个受理渠道自测不通或者到期", "inforequests:channel_tests"),
    )
    figures = counts({name: found for name, found, _, _ in kinds})
    for name, _, words, url in kinds:
        if figures.get(name):
            yield Tile(figures[name], words, reverse(url), "warn")


def _list(narrowed: Mapping[str, str], **more: str) -> str:
    asked = urlencode({**narrowed, **more})
    url = reverse("inforequests:index")
    return f"{url}?{asked}" if asked else url


def _words(counts: DeskCounts, scope: str) -> str:
    """Return in a sentence whether anything burns."""
    burning = counts.unconfirmed + counts.late + counts.today
    if burning:
        return f"有 {burning} 件今天必须处理。"
    if counts.all:
        return "没有超期、今天到期和未确认收到的申请。"
    return "没有由您经办的申请。" if scope == MINE else "现在没有正在办理的申请。"
