"""Verbs of people on publications: send an entry to an account, record, retry, cancel, take down.

Nothing is said to a platform here: jobs of the outbox do, after the commit (see `delivering`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import DocumentPage
from gongkai.files.actions import FileRefused, store
from gongkai.files.models import Purpose, StoredFile
from gongkai.newmedia.actions.posts import Posted, record_post
from gongkai.newmedia.lifecycle import PUBLISHING, Refused, ToldWrongly
from gongkai.newmedia.lifecycle.publications import (
    PublicationEvent,
    PublicationState,
    next_publication_state,
)
from gongkai.newmedia.models import Account, Publication, PublicationStep
from gongkai.newmedia.queries import publishing as reading
from gongkai.newmedia.rules.platforms import Platform, PostSource
from gongkai.newmedia.rules.publishing import Wording, faults_of_wording, tidy
from gongkai.newmedia.rules.texts import used, web_address
from gongkai.outbox.actions import put

SEND, WITHDRAW = "newmedia.send", "newmedia.withdraw"
_E = PublicationEvent


@dataclass(frozen=True, slots=True)
class Proof:
    """A picture of what was published by hand, or a cover: its name and bytes."""

    name: str
    content: bytes


@transaction.atomic
def publish(
    entry: Entry,
    account: Account,
    *,
    wording: Wording,
    cover: StoredFile | Proof | None = None,
    by_hand: bool = False,
    by: Actor,
    at: datetime,
) -> Publication:
    """Send what the public reads of an entry to an account; the platform is asked after the commit.

    Raises:
        Refused: the public does not see the entry, the account does not run, or it is there.
        ToldWrongly: the wording does not fit the platform, or a cover is missing or refused.
    """
    page = _public_page(entry, account)
    by_hand = by_hand or not reading.speaks(account)
    wording = tidy(wording)
    _refuse_misfit(account, wording, page, has_cover=cover is not None, by_hand=by_hand)
    made = Publication(
        entry=entry,
        version=page.version,
        account=account,
        state=PublicationState.BY_HAND if by_hand else PublicationState.QUEUED,
        title=wording.title or page.title,
        digest=wording.digest,
        text=wording.text,
        cover=_cover(account, cover, by, at),
        asked_by=by.name,
        asked_at=at,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Refused(f"这条信息已经发布到{account}，不能重复发布。") from None
    log_publication(
        "publish", made, by, at, after={"version": made.version, "state": str(made.state)}
    )
    if not by_hand:
        put(SEND, {"publication": made.pk}, at=at, dedupe_key=str(made.pk))
    return made


@transaction.atomic
def record_by_hand(
    publication: Publication,
    *,
    link: str,
    posted_at: datetime,
    proofs: Sequence[Proof] = (),
    by: Actor,
    at: datetime,
) -> Publication:
    """Record that somebody has published it on the platform, with the link or a picture of it.

    Raises:
        Refused: nothing waits to be published by hand.
        ToldWrongly: no proof, or the moment is to come.
    """
    held = hold(publication)
    held.state = next_publication_state(PublicationState(held.state), _E.RECORD)
    held.link = web_address(link, "post_link", required=False)
    if not held.link and not proofs:
        raise ToldWrongly("请填写“链接”，没有链接的上传截图", "link")
    for each in proofs:
        _store(held.account, each, by, at, "proofs")
    posted = Posted(title=held.title[:200], posted_at=posted_at, link=held.link)
    source = PostSource.PUBLISHED
    held.post = record_post(held.account, posted=posted, source=source, by=by, at=at)
    held.problem = ""
    held.save()
    tell(held, _E.RECORD, by, at, held.link or "截图已存入账号材料")
    log_publication(
        "record_by_hand", held, by, at, after={"link": held.link, "proofs": len(proofs)}
    )
    return held


@transaction.atomic
def retry(
    publication: Publication,
    *,
    wording: Wording,
    cover: StoredFile | Proof | None = None,
    by: Actor,
    at: datetime,
) -> Publication:
    """Send again what a platform refused, in another wording or with another cover.

    Without a cover the one before is kept. What was drafted there is drafted anew.

    Raises:
        Refused: it has not failed, or the public does not see the entry any more.
        ToldWrongly: the wording does not fit the platform.
    """
    held, page = hold(publication), reading.page_for(publication.entry)
    held.state = next_publication_state(PublicationState(held.state), _E.RETRY)
    if page is None:
        raise Refused("这条信息已经从网站撤下，不能发布。")
    wording = tidy(wording)
    has_cover = cover is not None or held.cover_id is not None
    _refuse_misfit(held.account, wording, page, has_cover=has_cover, by_hand=False)
    held.title, held.digest = wording.title or page.title, wording.digest
    held.text, held.version = wording.text, page.version
    held.cover = _cover(held.account, cover, by, at) if cover is not None else held.cover
    # An answer that was lost is looked for first; all else begins anew.
    lost = held.remote.get("stage") == "SUBMITTING"
    held.remote, held.problem = held.remote if lost else {}, ""
    held.attempts, held.next_at = 0, None
    held.save()
    tell(held, _E.RETRY, by, at)
    log_publication("retry_publication", held, by, at, after={"title": held.title})
    put(SEND, {"publication": held.pk}, at=at, dedupe_key=str(held.pk))
    return held


@transaction.atomic
def hand_over(publication: Publication, *, by: Actor, at: datetime) -> Publication:
    """Leave to people what a platform's interface refused; raises Refused."""
    held = hold(publication)
    held.state = next_publication_state(PublicationState(held.state), _E.HAND_OVER)
    held.save()
    tell(held, _E.HAND_OVER, by, at)
    log_publication("hand_over_publication", held, by, at, after={"state": str(held.state)})
    return held


@transaction.atomic
def cancel_publication(
    publication: Publication, *, why: str, by: Actor, at: datetime
) -> Publication:
    """Give up what is not public there yet.

    Raises:
        Refused: the platform has it, or may have it.
        ToldWrongly: no reason.
    """
    held, why = hold(publication), used(why, "why")
    state = next_publication_state(PublicationState(held.state), _E.CANCEL)
    if held.state == PublicationState.QUEUED and held.remote.get("stage") == "SUBMITTING":
        raise Refused("已经向平台提交，正在核实结果，暂时不能取消。")
    held.state, held.reason, held.ended_at = state, why, at
    held.save()
    tell(held, _E.CANCEL, by, at, why)
    log_publication("cancel_publication", held, by, at, reason=why)
    return held


@transaction.atomic
def take_down(publication: Publication, *, why: str, by: Actor, at: datetime) -> Publication:
    """Withdraw what is public on a platform; where we cannot speak to it, somebody does by hand.

    Raises:
        Refused: it is not public there.
        ToldWrongly: no reason.
    """
    held, why = hold(publication), used(why, "why")
    held.state = next_publication_state(PublicationState(held.state), _E.TAKE_DOWN)
    held.reason, held.attempts, held.problem = why, 0, ""
    by_interface = reading.speaks(held.account) and bool(held.remote)
    if not by_interface:
        held.problem = "请到平台删除，然后登记已撤回。"
    held.save()
    tell(held, _E.TAKE_DOWN, by, at, why)
    log_publication("take_down_publication", held, by, at, reason=why)
    if by_interface:
        put(WITHDRAW, {"publication": held.pk}, at=at, dedupe_key=str(held.pk))
    return held


@transaction.atomic
def record_gone(publication: Publication, *, why: str = "", by: Actor, at: datetime) -> Publication:
    """Record that it cannot be read on the platform any more; raises Refused."""
    held = hold(publication)
    held.state = next_publication_state(PublicationState(held.state), _E.VANISH)
    held.reason = held.reason or why[:500]
    held.ended_at, held.problem = at, ""
    held.save()
    tell(held, _E.VANISH, by, at, why)
    log_publication("record_gone", held, by, at, after={"state": str(held.state)}, reason=why)
    return held


def hold(publication: Publication) -> Publication:
    """Return a publication as it now stands, locked until the end of the transaction."""
    rows = Publication.objects.select_for_update(of=("self",))
    return rows.select_related("account__organ", "entry__organ", "cover").get(pk=publication.pk)


def tell(
    publication: Publication, event: PublicationEvent, by: Actor, at: datetime, words: str = ""
) -> None:
    """Write what happened for the publication's page."""
    PublicationStep.objects.create(
        publication=publication, event=event, at=at, words=words[:500], actor_name=by.name
    )


def _public_page(entry: Entry, account: Account) -> DocumentPage:
    """Return what the public reads of an entry; raises Refused where it may not go."""
    page = reading.page_for(entry)
    if page is None:
        raise Refused("这条信息没有在网站公开，不能发布到新媒体。")
    if account.state not in PUBLISHING or Platform(account.platform).is_group:
        raise Refused(f"{account}“{account.get_state_display()}”，不能发布。")
    return page


def _refuse_misfit(
    account: Account, wording: Wording, page: DocumentPage, *, has_cover: bool, by_hand: bool
) -> None:
    """Raise ToldWrongly with the first thing that the account's platform does not take."""
    platform, link = Platform(account.platform), reading.link_of(page.address)
    found = faults_of_wording(platform, wording, link, has_cover=has_cover, by_hand=by_hand)
    if fault := next(found, None):
        raise ToldWrongly(fault[1], fault[0])


def _cover(
    account: Account, cover: StoredFile | Proof | None, by: Actor, at: datetime
) -> StoredFile | None:
    return _store(account, cover, by, at, "cover") if isinstance(cover, Proof) else cover


def _store(account: Account, file: Proof, by: Actor, at: datetime, field: str) -> StoredFile:
    try:
        return store(
            organ=account.organ,
            about=account.typed_id,
            purpose=Purpose.OTHER,
            name=file.name,
            content=file.content,
            by=by,
            at=at,
        )
    except FileRefused as refused:
        raise ToldWrongly(f"“{file.name[:60]}”：{refused}", field) from None


def log_publication(
    verb: str, publication: Publication, by: Actor, at: datetime, **values: Any
) -> None:
    """Record a verb on a publication on the chain of the account's organ."""
    record(
        f"newmedia.{verb}",
        publication.typed_id,
        chain=publication.account.organ.code,
        by=by,
        at=at,
        label=str(publication)[:200],
        **values,
    )
