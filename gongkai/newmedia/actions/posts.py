"""Verbs on posts: record one, strike one off, take in a table of them, all or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.newmedia.actions import steps
from gongkai.newmedia.lifecycle import NEVER_OPEN, Refused, RowFault, RowsWrong, ToldWrongly
from gongkai.newmedia.models import Account, Post, PostImport
from gongkai.newmedia.queries.importing import PostRow, faults_of_posts, known_posts
from gongkai.newmedia.rules.platforms import PostKind, PostSource
from gongkai.newmedia.rules.texts import chosen, used, web_address
from gongkai.orgs.models import Organ

CHUNK = 500
_SOON = timedelta(minutes=5)  # clocks of platforms and of ours differ a little


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What an account posted; `posted_at` is aware."""

    title: str
    posted_at: datetime
    link: str = ""
    kind: PostKind = PostKind.ORIGINAL


@transaction.atomic
def record_post(
    account: Account,
    *,
    posted: Posted,
    source: PostSource = PostSource.TYPED,
    by: Actor,
    at: datetime,
) -> Post:
    """Record one post of an account.

    Raises:
        Refused: the account was never open.
        ToldWrongly: something is missing or wrong, or the post is recorded.
    """
    held = steps.hold(account)
    refuse_never_open(held)
    post = Post(
        account=held,
        title=used(posted.title, "title"),
        link=web_address(posted.link, "post_link", required=False),
        posted_at=posted.posted_at,
        kind=chosen(posted.kind, PostKind, "类型", "kind"),
        source=source,
        entered_by=by.name,
        entered_at=at,
    )
    if post.posted_at > at + _SOON:
        raise ToldWrongly("“发布时间”不能晚于现在", "posted_at")
    if known_posts([post]):
        raise ToldWrongly("这条发布记录已经登记（标题和时间相同，或者链接相同）", "title")
    post.save(force_insert=True)
    after = {"title": post.title, "link": post.link, "posted_at": post.posted_at.isoformat()}
    steps.log("record_post", held, by, at, after=after)
    return post


@transaction.atomic
def strike_post(post: Post, *, why: str, by: Actor, at: datetime) -> Post:
    """Strike a post off that was recorded wrongly; it stays to be seen and counts no more.

    Raises:
        Refused: it was struck off before.
        ToldWrongly: no reason.
    """
    rows = Post.objects.select_for_update(of=("self",)).select_related("account__organ")
    held = rows.get(pk=post.pk)
    if held.struck_at is not None:
        raise Refused("这条发布记录已经撤销。")
    held.strike_reason = used(why, "why")
    held.struck_at, held.struck_by = at, by.name
    held.save(update_fields=["strike_reason", "struck_at", "struck_by"])
    before = {"title": held.title, "link": held.link}
    steps.log("strike_post", held.account, by, at, before=before, reason=held.strike_reason)
    return held


@transaction.atomic
def import_posts(
    county: Organ,
    rows: Sequence[PostRow],
    *,
    source_name: str,
    source_sha256: str,
    by: Actor,
    at: datetime,
) -> PostImport:
    """Take in a table of posts: all rows or none; those recorded before are counted as known.

    Each organ touched gets one event on its own chain.

    Raises:
        RowsWrong: rows are wrong; `faults` lists every one.
    """
    faults = faults_of_posts(rows, at)
    if not rows:
        faults = (RowFault(1, "", "文件中没有数据行，请在表头下逐行填写"),)
    if faults:
        raise RowsWrong(faults)
    keys = sorted({row.account.pk for row in rows})
    list(Account.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    run = PostImport.objects.create(
        county=county,
        source_name=source_name[:200],
        source_sha256=source_sha256,
        rows=0,
        imported_by=by.name,
        imported_at=at,
    )
    posts = [_post(row, run, by, at) for row in rows]
    known = known_posts(posts)
    new = [post for place, post in enumerate(posts) if place not in known]
    Post.objects.bulk_create(new, batch_size=CHUNK)
    run.rows, run.known = len(new), len(known)
    run.save(update_fields=["rows", "known"])
    _log_import(run, new, by, at)
    return run


def refuse_never_open(account: Account) -> None:
    """Refuse posts of an account that was never open; those of a closed one may come late."""
    if account.state in NEVER_OPEN:
        raise Refused(f"{account}还没有开通，不能登记发布记录。")


def _post(row: PostRow, run: PostImport, by: Actor, at: datetime) -> Post:
    return Post(
        account=row.account,
        title=row.title,
        link=row.link,
        posted_at=row.posted_at,
        kind=row.kind,
        source=PostSource.IMPORTED,
        imported_in=run,
        entered_by=by.name,
        entered_at=at,
    )


def _log_import(run: PostImport, posts: Sequence[Post], by: Actor, at: datetime) -> None:
    organs = {post.account.organ_id: post.account.organ for post in posts}
    for organ in sorted(organs.values(), key=lambda organ: organ.code):
        own = [post for post in posts if post.account.organ_id == organ.pk]
        counted: dict[str, int] = {}
        for post in own:
            counted[str(post.account)] = counted.get(str(post.account), 0) + 1
        record(
            "newmedia.import_posts",
            f"newmedia.import:{run.pk}",
            chain=organ.code,
            by=by,
            at=at,
            label=f"{organ.short_name} {run.source_name}（{len(own)}条）",
            after={"source_sha256": run.source_sha256, "posts": counted},
        )
