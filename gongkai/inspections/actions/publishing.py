"""Verbs on the public page of a bulletin: the office chooses to publish, and may take it down.

Law.md 4.4: bulletins are published on the portal. The figures are those that were issued; the
problem list stays with the organs.
"""

from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.inspections.lifecycle import BulletinState, Refused
from gongkai.inspections.models import Bulletin
from gongkai.inspections.rules.bulletin import digest
from gongkai.inspections.rules.texts import used


@transaction.atomic
def publish_bulletin(bulletin: Bulletin, *, by: Actor, at: datetime) -> Bulletin:
    """Show an issued bulletin on the portal.

    Raises:
        Refused: it is not issued, is shown, or is not what was issued.
    """
    held = _hold(bulletin)
    if held.state != BulletinState.ISSUED:
        raise Refused("通报还没有印发，印发以后才能在网站公布。")
    if held.published_at is not None:
        raise Refused("这期通报已经在网站公布。")
    if digest(held.content) != held.digest:
        raise Refused("通报的数字与印发时不一致，不能公布，请联系系统管理员核对。")
    held.published_at, held.published_by = at, by.name
    held.save(update_fields=["published_at", "published_by"])
    _log("publish_bulletin", held, by, at)
    return held


@transaction.atomic
def unpublish_bulletin(bulletin: Bulletin, *, why: str, by: Actor, at: datetime) -> Bulletin:
    """Take a bulletin off the portal.

    Raises:
        Refused: it is not shown.
        ToldWrongly: no reason.
    """
    why = used(why, "why")
    held = _hold(bulletin)
    if held.published_at is None:
        raise Refused("这期通报没有在网站公布。")
    held.published_at, held.published_by = None, ""
    held.save(update_fields=["published_at", "published_by"])
    _log("unpublish_bulletin", held, by, at, reason=why)
    return held


def _hold(bulletin: Bulletin) -> Bulletin:
    rows = Bulletin.objects.select_for_update(of=("self",)).select_related("county")
    return rows.get(pk=bulletin.pk)


def _log(verb: str, bulletin: Bulletin, by: Actor, at: datetime, *, reason: str = "") -> None:
    record(
        f"inspections.{verb}",
        bulletin.typed_id,
        chain=bulletin.county.code,
        by=by,
        at=at,
        label=str(bulletin),
        reason=reason,
    )
