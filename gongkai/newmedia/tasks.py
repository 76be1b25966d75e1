"""Queued work: platforms are spoken to, links are checked each day, withdrawals are followed."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F

from gongkai.adapters.crawler.fetching import Fetcher
from gongkai.adapters.platforms import PlatformError
from gongkai.newmedia.actions import check, deliver, follow_entry, withdraw
from gongkai.newmedia.actions.publishing import SEND, WITHDRAW
from gongkai.newmedia.lifecycle.publications import PublicationState
from gongkai.newmedia.models import Publication
from gongkai.newmedia.queries.publishing import publisher_of, sent_of
from gongkai.outbox import Notice, Payload, every, handles
from gongkai.outbox.actions import put

FOLLOW, CHECK = "newmedia.follow_entry", "newmedia.check_link"
MOST_CHECKS = 200  # a day; those not looked at for longest first
KEPT_IN_SIGHT = timedelta(days=90)
_SAID_GONE = ("已被发布者删除", "此内容因违规无法查看", "该内容已被", "链接已过期", "微博不存在")
_SECONDS = 15.0


@handles(SEND, slow=True)
def send_one(payload: Payload, at: datetime) -> Any:
    """Send one publication, or ask how far the platform has it."""
    found = _find(payload)
    return deliver(found, publisher_of(found.account), at=at)


@handles(WITHDRAW, slow=True)
def withdraw_one(payload: Payload, at: datetime) -> Any:
    """Have one publication taken down."""
    found = _find(payload)
    return withdraw(found, publisher_of(found.account), at=at)


@handles(FOLLOW)
def follow_one(payload: Payload, at: datetime) -> list[Notice]:
    """Withdraw from the platforms what was withdrawn from the website."""
    done = follow_entry(payload["entry"], at=at)
    return [Notice(f"网站撤下的信息，同时撤回新媒体发布{done}条")] if done else []


@every("day", "newmedia.check_links")
def check_links(at: datetime) -> None:
    """Let what is public on platforms be looked at, for three months after it was published."""
    rows = Publication.objects.filter(
        state=PublicationState.PUBLISHED, asked_at__gte=at - KEPT_IN_SIGHT
    )
    oldest = rows.order_by(F("checked_at").asc(nulls_first=True), "pk")
    for pk in oldest.values_list("pk", flat=True)[:MOST_CHECKS]:
        put(CHECK, {"publication": pk}, at=at, dedupe_key=str(pk))


@handles(CHECK, slow=True)
def check_one(payload: Payload, at: datetime) -> Any:
    """Look whether one publication can still be read, by the interface or as a visitor does."""
    found = _find(payload)
    return check(found, _is_there(found), at=at)


def _is_there(publication: Publication) -> bool | None:
    via, remote = publisher_of(publication.account), publication.remote
    try:
        if via is not None and remote.get("ids"):
            return via.is_there(sent_of(publication))
    except PlatformError:
        return None
    return _opens(publication.link) if publication.link else None


def _opens(link: str) -> bool | None:
    """Say whether an address still shows something; None when that cannot be told from here."""
    # As of a link on our own site: an address inside the network is not asked.
    fetcher = Fetcher(settings.WAGTAILADMIN_BASE_URL, patience=_SECONDS)
    try:
        answer = fetcher.visit(link)
    finally:
        fetcher.close()
    if answer.status in (404, 410):
        return False
    if not answer.is_open:
        return None
    text = answer.body.decode("utf-8", "replace")
    return not any(words in text for words in _SAID_GONE)


def _find(payload: Payload) -> Publication:
    return Publication.objects.select_related("account").get(pk=payload["publication"])
