"""What the jobs do with platforms: send, ask how far it is, withdraw, check. In no transaction.

Each step that a platform has taken is kept before the next is asked for, so that a job that dies
and runs again goes on where it stood, and asks about what may have gone well before it asks again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from gongkai.adapters.platforms import Busy, Publisher, Refused, Sent, Stage
from gongkai.audit import SYSTEM, Actor
from gongkai.newmedia.actions.posts import Posted, record_post
from gongkai.newmedia.actions.publishing import (
    SEND,
    WITHDRAW,
    cancel_publication,
    hold,
    log_publication,
    record_gone,
    take_down,
    tell,
)
from gongkai.newmedia.lifecycle import ToldWrongly
from gongkai.newmedia.lifecycle.publications import (
    ENDED,
    PublicationEvent,
    PublicationState,
    next_publication_state,
)
from gongkai.newmedia.models import Publication
from gongkai.newmedia.queries import publishing as reading
from gongkai.newmedia.rules.platforms import PostSource
from gongkai.outbox import Notice
from gongkai.outbox.actions import put

MOST_ATTEMPTS = 12
_ASK_AGAIN = timedelta(minutes=1)
_LONGEST = timedelta(hours=6)
_E, _S = PublicationEvent, PublicationState


def deliver(
    publication: Publication, via: Publisher | None, *, by: Actor = SYSTEM, at: datetime
) -> Sequence[Notice]:
    """Bring a publication as far as it goes now; safe to repeat."""
    held = _read(publication)
    if held.state not in (_S.QUEUED, _S.SUBMITTED):
        return ()
    if via is None:
        return _fail(held, "本系统没有设置这个账号的接口，请改为人工发布。", by, at)
    page = reading.page_for(held.entry)
    if page is None and held.state == _S.QUEUED:
        asked = reading.sent_of(held).stage is Stage.SUBMITTING
        more = "上次提交没有得到应答，请到平台核实，已经发布的请删除" if asked else "没有发布"
        return _fail(held, f"这条信息已经从网站撤下，{more}。", by, at)
    try:
        if page is None or held.state == _S.SUBMITTED:
            sent = via.look(reading.bare_article(held), reading.sent_of(held))
        else:
            article = reading.article_of(held, page)
            sent = via.send(article, reading.sent_of(held), lambda so_far: _keep(held.pk, so_far))
    except Busy as busy:
        return _wait(held, busy, SEND, by, at)
    except Refused as refused:
        return _fail(held, str(refused), by, at)
    return _settle(held, sent, by, at)


def withdraw(
    publication: Publication, via: Publisher | None, *, by: Actor = SYSTEM, at: datetime
) -> Sequence[Notice]:
    """Have the platform take a publication down; safe to repeat."""
    held = _read(publication)
    if held.state != _S.WITHDRAWING:
        return ()
    try:
        if via is None:
            raise Refused("本系统没有设置这个账号的接口。")
        sent = via.take_down(reading.sent_of(held))
    except Busy as busy:
        return _wait(held, busy, WITHDRAW, by, at)
    except Refused as refused:
        told = f"{refused}请到平台删除，然后登记已撤回。"
        Publication.objects.filter(pk=held.pk).update(problem=told[:500], next_at=None)
        return (Notice(f"{held}没有撤回：{told}", grave=True),)
    _keep(held.pk, sent)
    record_gone(held, why="平台已删除", by=by, at=at)
    return ()


def check(
    publication: Publication, there: bool | None, *, by: Actor = SYSTEM, at: datetime
) -> Sequence[Notice]:
    """Note whether what was published can still be read; None: it could not be found out."""
    held = _read(publication)
    if held.state != _S.PUBLISHED:
        return ()
    Publication.objects.filter(pk=held.pk).update(checked_at=at)
    if there is not False:
        return ()
    record_gone(held, why="核对时平台上已经没有", by=by, at=at)
    return (Notice(f"{held}在平台上已经没有，请核实是否被删除或者封禁", grave=True),)


def follow_entry(entry_id: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Withdraw everywhere what was withdrawn from the website; return how many; safe to repeat."""
    why, done = "网站已经撤下这条信息", 0
    for each in Publication.objects.filter(entry_id=entry_id).order_by("pk"):
        if each.state == _S.PUBLISHED:
            take_down(each, why=why, by=by, at=at)
        elif each.state in (_S.FAILED, _S.BY_HAND) or (
            each.state == _S.QUEUED and reading.sent_of(each).stage is not Stage.SUBMITTING
        ):
            cancel_publication(each, why=why, by=by, at=at)
        else:
            continue
        done += 1
    return done


def _settle(held: Publication, sent: Sent, by: Actor, at: datetime) -> Sequence[Notice]:
    if sent.stage is Stage.PUBLISHED:
        _appear(held, sent, by, at)
        if reading.page_for(held.entry) is None:
            take_down(held, why="网站已经撤下这条信息", by=by, at=at)
        return ()
    with transaction.atomic():
        now = hold(held)
        if now.state == _S.QUEUED:
            now.state = next_publication_state(_S(now.state), _E.SUBMIT)
            now.remote, now.problem, now.attempts = _told(sent), "", 0
            tell(now, _E.SUBMIT, by, at)
            log_publication("submit_publication", now, by, at, after={"state": str(now.state)})
        now.attempts += 1
        if now.attempts <= MOST_ATTEMPTS * 2:
            now.next_at = at + min(_ASK_AGAIN * 2 ** min(now.attempts - 1, 8), _LONGEST)
            put(SEND, {"publication": now.pk}, at=now.next_at, dedupe_key=str(now.pk))
        now.save()
    if now.attempts > MOST_ATTEMPTS * 2:
        return _fail(now, "平台一直没有给出结果，请到平台核实。", by, at)
    return ()


@transaction.atomic
def _appear(held: Publication, sent: Sent, by: Actor, at: datetime) -> None:
    now = hold(held)
    now.state = next_publication_state(_S(now.state), _E.APPEAR)
    now.remote, now.link = _told(sent), sent.link[:500]
    now.problem, now.next_at, now.checked_at = "", None, at
    posted = Posted(title=now.title[:200], posted_at=at, link=now.link)
    try:
        with transaction.atomic():
            now.post = record_post(
                now.account, posted=posted, source=PostSource.PUBLISHED, by=by, at=at
            )
    except ToldWrongly:  # imported from the platform's own list meanwhile
        same = now.account.posts.counting().filter(link=now.link, publication=None)
        now.post = same.first() if now.link else None
    now.save()
    tell(now, _E.APPEAR, by, at, now.link)
    log_publication("appear", now, by, at, after={"link": now.link})


def _wait(held: Publication, busy: Busy, kind: str, by: Actor, at: datetime) -> Sequence[Notice]:
    """Put it off; give up after many attempts, but never what is to be withdrawn."""
    attempts = held.attempts + 1
    if attempts >= MOST_ATTEMPTS and kind == SEND:
        return _fail(held, f"试了{attempts}次没有成功：{busy}", by, at)
    later = min(max(busy.after, _ASK_AGAIN * 2 ** min(attempts - 1, 8)), _LONGEST)
    with transaction.atomic():
        Publication.objects.filter(pk=held.pk).update(
            attempts=attempts, problem=str(busy)[:500], next_at=at + later
        )
        put(kind, {"publication": held.pk}, at=at + later, dedupe_key=str(held.pk))
    if kind == WITHDRAW and attempts == MOST_ATTEMPTS:
        return (Notice(f"{held}试了{attempts}次没有撤回：{busy}", grave=True),)
    return ()


def _fail(held: Publication, why: str, by: Actor, at: datetime) -> Sequence[Notice]:
    with transaction.atomic():
        now = hold(held)
        if now.state in ENDED:  # cancelled while the platform was being asked
            return ()
        now.state = next_publication_state(_S(now.state), _E.FAIL)
        now.problem, now.next_at = why[:500], None
        now.save()
        tell(now, _E.FAIL, by, at, why)
        log_publication("fail_publication", now, by, at, reason=why[:500])
    return (Notice(f"{now}没有发布成功：{why}"),)


def _keep(pk: int, sent: Sent) -> None:
    """Keep how far the platform has it; refuse to go on with what was cancelled meanwhile."""
    with transaction.atomic():
        now = Publication.objects.select_for_update().get(pk=pk)
        if sent.stage is Stage.SUBMITTING and now.state != _S.QUEUED:
            raise Refused("已经取消，没有提交平台。")
        now.remote = _told(sent)
        now.save(update_fields=["remote"])


def _read(publication: Publication) -> Publication:
    rows = Publication.objects.select_related("account__organ", "entry__organ", "cover")
    return rows.get(pk=publication.pk)


def _told(sent: Sent) -> dict[str, object]:
    return {"stage": str(sent.stage), "ids": dict(sent.ids)}
