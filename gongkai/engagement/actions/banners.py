"""Verbs on emergency banners: raise, lift, let end what is over (docs/adr/0023)."""

from datetime import datetime, timedelta

from django.db import transaction

from gongkai.audit import SYSTEM, Actor
from gongkai.engagement import queries
from gongkai.engagement.actions import steps
from gongkai.engagement.lifecycle import Refused, ToldWrongly
from gongkai.engagement.models import Banner
from gongkai.engagement.rules import local_address, used
from gongkai.orgs.models import Organ
from gongkai.outbox.actions import put

MOST_STANDING = 3
LONGEST = timedelta(days=30)
LIFT = "engagement.lift_ended"  # the job due when a notice ends


@transaction.atomic
def raise_banner(
    county: Organ, *, text: str, until: datetime, link: str = "", by: Actor, at: datetime
) -> Banner:
    """Put an emergency notice on every public page of a county until a moment.

    `link` is a page of our own site, from its path on.

    Raises:
        ToldWrongly: no words, a link elsewhere, or a moment that is over or too far away.
        Refused: as many stand as a reader can take in.
    """
    text = " ".join(used(text, "banner").split())
    if link.strip():
        try:
            link = local_address(link, ())
        except ToldWrongly as error:
            said = str(error).replace("“网页地址”", "“详情网址”")
            raise ToldWrongly(said, "link") from None
    if not at < until <= at + LONGEST:
        said = f"“截止时间”应当晚于现在，最长{LONGEST.days}日；需要更久的请发布信息"
        raise ToldWrongly(said, "until")
    Organ.objects.select_for_update().get(pk=county.pk)
    if queries.standing_banners(county.pk, at).count() >= MOST_STANDING:
        raise Refused(f"已有{MOST_STANDING}条紧急提示，请先撤下一条。")
    row = Banner.objects.create(
        county=county, text=text, link=link.strip(), raised_at=at, raised_by=by.name, until=until
    )
    put(LIFT, {"banner": row.pk}, at=until)
    after = {"banner": text, "until": until.isoformat()}
    steps.note("raise_banner", row.typed_id, county, "紧急提示", by, at, after=after)
    return row


@transaction.atomic
def lift_banner(banner: Banner, *, by: Actor, at: datetime) -> Banner:
    """Take an emergency notice off every page.

    Raises:
        Refused: it was lifted already.
    """
    rows = Banner.objects.select_for_update(of=("self",)).select_related("county")
    held = rows.get(pk=banner.pk)
    if held.lifted_at is not None:
        raise Refused("这条紧急提示已经撤下。")
    held.lifted_at, held.lifted_by = at, by.name
    held.save(update_fields=["lifted_at", "lifted_by"])
    after = {"banner": held.text}
    steps.note("lift_banner", held.typed_id, held.county, "紧急提示", by, at, after=after)
    return held


def lift_ended(*, by: Actor = SYSTEM, at: datetime) -> int:
    """Lift the notices whose time is over; return how many. Safe to repeat."""
    ended = Banner.objects.filter(lifted_at=None, until__lte=at).order_by("pk")
    return len([lift_banner(each, by=by, at=at) for each in ended])
