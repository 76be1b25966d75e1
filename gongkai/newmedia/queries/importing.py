"""Reading tables of posts and accounts against the registry: whose rows they are, what is wrong."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.newmedia.lifecycle import RowFault
from gongkai.newmedia.models import Account, Post
from gongkai.newmedia.rules.platforms import PostKind
from gongkai.newmedia.rules.worksheet import (
    Line,
    WrittenAccount,
    WrittenPost,
    read_account,
    read_post,
)
from gongkai.orgs.models import Organ

_CLOCKS = timedelta(minutes=5)
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class PostRow:
    """One row of a table of posts, read: its account and what was posted when."""

    row: int
    account: Account
    title: str
    posted_at: datetime
    link: str
    kind: PostKind


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One row of a table of accounts, read: its organ and what is told of it."""

    organ: Organ
    told: WrittenAccount


def post_rows(
    lines: Iterable[Line],
    accounts: QuerySet[Account],
    today: date,
    usual: Account | None = None,
) -> tuple[list[PostRow], list[RowFault]]:
    """Read rows of posts of `accounts`, those a person records for; `usual` where none is named.

    An account of somebody else and one of nobody get the same answer.
    """
    known: dict[str, list[Account]] = defaultdict(list)
    for account in accounts.select_related("organ"):
        known[account.name].append(account)
    rows: list[PostRow] = []
    faults: list[RowFault] = []
    for line in lines:
        told = read_post(line, today=today)
        if isinstance(told, list):
            faults += told
            continue
        account = _account(told, known, usual)
        if isinstance(account, RowFault):
            faults.append(account)
            continue
        posted_at = timezone.make_aware(told.posted_at)
        rows.append(PostRow(told.row, account, told.title, posted_at, told.link, told.kind))
    return rows, faults


def _account(
    told: WrittenPost, known: Mapping[str, list[Account]], usual: Account | None
) -> Account | RowFault:
    if not told.account:
        return usual or RowFault(told.row, "账号名称", "没有写账号名称，请填写，或者上传时选择账号")
    found = [
        each
        for each in known.get(told.account, ())
        if told.platform is None or each.platform == told.platform
    ]
    if len(found) == 1:
        return found[0]
    named = f"“{told.account[:30]}”"
    if found:
        return RowFault(told.row, "平台类型", f"{named}在几个平台都有，请填写平台类型")
    return RowFault(told.row, "账号名称", f"{named}不是您可以登记的账号，请核对名称和平台")


def faults_of_posts(rows: Sequence[PostRow], at: datetime) -> tuple[RowFault, ...]:
    """Return what is wrong with rows of posts beside each other and the day."""
    faults: list[RowFault] = []
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        if row.posted_at > at + _CLOCKS:
            faults.append(RowFault(row.row, "发布时间", "发布时间晚于现在，请核对"))
        marks: list[tuple[object, ...]] = [(row.account.pk, row.title, row.posted_at)]
        marks += [(row.account.pk, row.link)] if row.link else []
        twin = next((seen[mark] for mark in marks if mark in seen), None)
        if twin is not None:
            message = f"与第{twin}行是同一条（标题和时间相同，或者链接相同），请删去其中一行"
            faults.append(RowFault(row.row, "", message))
        for mark in marks:
            seen.setdefault(mark, row.row)
    return tuple(faults)


def known_posts(posts: Sequence[Post]) -> set[int]:
    """Return the places of those posts that are recorded, by title and moment or by link."""
    by_account: dict[int, list[int]] = defaultdict(list)
    for place, post in enumerate(posts):
        by_account[post.account_id].append(place)
    known: set[int] = set()
    for account_id, places in by_account.items():
        held = Post.objects.counting().filter(account_id=account_id)
        for start in range(0, len(places), _CHUNK):
            chunk = [posts[place] for place in places[start : start + _CHUNK]]
            moments = held.filter(posted_at__in={post.posted_at for post in chunk})
            marks = set(moments.values_list("title", "posted_at"))
            links = held.filter(link__in={post.link for post in chunk if post.link})
            linked = set(links.values_list("link", flat=True))
            known |= {
                place
                for place in places[start : start + _CHUNK]
                if (posts[place].title, posts[place].posted_at) in marks
                or posts[place].link in linked
            }
    return known


def account_rows_of(
    lines: Iterable[Line], organs: QuerySet[Organ], today: date
) -> tuple[list[AccountRow], list[RowFault]]:
    """Read rows of accounts of `organs`, named by full or short name."""
    known: dict[str, Organ] = {}
    for organ in organs.order_by("-order", "-code"):
        known[organ.name] = known[organ.short_name] = organ
    rows: list[AccountRow] = []
    faults: list[RowFault] = []
    for line in lines:
        told = read_account(line, today=today)
        if isinstance(told, list):
            faults += told
            continue
        organ = known.get(told.organ)
        if organ is None:
            why = f"“{told.organ[:30]}”不是本县现有机关，请填写全称或者简称"
            faults.append(RowFault(told.row, "主办单位", why))
        else:
            rows.append(AccountRow(organ, told))
    return rows, faults


def known_rows(rows: Sequence[PostRow]) -> set[int]:
    """Return the places of those rows whose posts are recorded."""
    return known_posts(
        [
            Post(account=row.account, title=row.title, link=row.link, posted_at=row.posted_at)
            for row in rows
        ]
    )
