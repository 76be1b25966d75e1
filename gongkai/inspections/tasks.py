"""Queued work: visits of sites, a look inside each day, what is public looked through again.

And the slower checks behind a round, reminders of what is owed, dates after a holiday notice.
What asks strangers' servers or reads many files is slow work: each site is a job of its own.
"""

import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.adapters.mail import mailer
from gongkai.audit import Actor
from gongkai.audit.models import Event
from gongkai.inspections.actions import look_inside, order_share, recompute_deadlines
from gongkai.inspections.actions.bulletins import TELL_SHARE
from gongkai.inspections.actions.reminding import (
    REMIND,
    SEND,
    SEND_SHARE,
    SHARED,
    TELL,
    put_reminders,
    remind,
    send_reminder,
    send_share,
    tell_of_share,
)
from gongkai.inspections.actions.reminding_years import (
    REMIND_YEAR,
    SEND_YEAR,
    put_year_reminders,
    remind_of_year,
    send_year_reminder,
)
from gongkai.inspections.actions.rescanning import rescan
from gongkai.inspections.actions.scanning import (
    CHECK,
    PICTURES,
    addresses_behind,
    keep_picture,
    record_behind,
    to_picture,
    want_pictures,
)
from gongkai.inspections.actions.visiting import judge_visits, prune_visits, record_visit
from gongkai.inspections.models import BulletinShare, Run
from gongkai.inspections.queries.visits import column_names, watched_sites
from gongkai.inspections.rules.behind import HTML_RULE
from gongkai.inspections.rules.visits import minute_of
from gongkai.inspections.sources.outside_behind import check_access, check_html, pictures
from gongkai.inspections.sources.outside_visits import visit_home
from gongkai.orgs.models import Organ, OrganKind
from gongkai.outbox import Notice, Payload, every, handles
from gongkai.outbox.actions import put

RECOMPUTE = "inspections.recompute_deadlines"
INSIDE = "inspections.look_inside"
VISIT, JUDGE = "inspections.visit", "inspections.judge_visits"
RESCAN = "inspections.rescan"
_MISSED = timedelta(hours=1)  # a turn that is over is not made up for: it would count twice
_SECONDS = 120.0  # of one portion of slow work
_RATE = 2.0  # requests a second to one host


@handles(RECOMPUTE)
def recompute(payload: Payload, at: datetime) -> list[Notice]:
    """Recompute the dates of standing orders under the calendar of now; safe to repeat."""
    notice = Event.objects.get(pk=payload["event"]).target_label
    moved = recompute_deadlines(notice=notice, at=at)
    return [Notice(f"{notice}：{moved}个问题的整改期限有变动")] if moved else []


@every("day", "inspections.look_inside")
def look_inside_each_day(at: datetime) -> None:
    """Put a look through each county's own records into the queue."""
    for pk in Organ.objects.filter(kind=OrganKind.COUNTY_GOVERNMENT).values_list("pk", flat=True):
        put(INSIDE, {"county": pk}, at=at, dedupe_key=str(pk))


@handles(INSIDE)
def look_inside_one(payload: Payload, at: datetime) -> list[Notice]:
    """Look through one county's own records; said again, it finds the same."""
    county = Organ.objects.get(pk=payload["county"])
    run = look_inside(county, at=at)
    return [Notice(f"{county.short_name}自查新发现{run.new}个问题，见整改台账")] if run.new else []


@every("hour", "inspections.visit")
def visit_each_hour(at: datetime) -> None:
    """Put one visit of each site into the hour, each at a minute of its own: 24 a day."""
    hour = timezone.localtime(at).replace(minute=0, second=0, microsecond=0)
    for pk in watched_sites().values_list("pk", flat=True):
        due = hour + timedelta(minutes=minute_of(pk, hour.hour))
        payload = {"site": pk, "due": due.isoformat()}
        put(VISIT, payload, at=max(due, at), dedupe_key=f"{pk}@{due:%Y-%m-%dT%H}")


@handles(VISIT, slow=True)
def visit_one(payload: Payload, at: datetime) -> list[Notice]:
    """Visit one site's home page once, and keep what was seen."""
    due = datetime.fromisoformat(payload["due"])
    site = watched_sites().filter(pk=payload["site"]).first()
    if site is None or at - due > _MISSED:
        return []
    seen = visit_home(site.address, column_names(site), timezone.localdate(at))
    record_visit(site, seen, due_at=due, at=at)
    return []


@every("day", "inspections.judge_visits")
def judge_each_day(at: datetime) -> None:
    """Let each site be judged by its week and its two weeks; throw old visits away."""
    prune_visits(at=at)
    for pk in watched_sites().values_list("pk", flat=True):
        put(JUDGE, {"site": pk}, at=at, dedupe_key=str(pk))


@handles(JUDGE)
def judge_one(payload: Payload, at: datetime) -> list[Notice]:
    """Tell of a site that fails W2 or W3 by its visits."""
    site = watched_sites().filter(pk=payload["site"]).first()
    run = judge_visits(site, at=at) if site is not None else None
    if run is None or not run.new:
        return []
    want_pictures(run, at=at)
    return [Notice(f"{site}触及单项否决指标（打不开或者首页不更新），见整改台账", grave=True)]


@handles(CHECK, slow=True)
def check_behind(payload: Payload, at: datetime) -> list[Notice]:
    """Put some pages of a site through one of the slower checks."""
    site = watched_sites().filter(pk=payload["site"]).first()
    if site is None:
        return []
    rule = payload["rule"]
    addresses = addresses_behind(site, rule, payload["addresses"])
    check = check_html if rule == HTML_RULE else check_access
    told = check(site.address, addresses, at, rate=_RATE)
    record_behind(site, rule, told, at=at)
    return []


@handles(PICTURES, slow=True)
def picture_findings(payload: Payload, at: datetime) -> list[Notice]:
    """Keep pictures of the pages that a run newly found at fault, where a browser is here."""
    wanted = to_picture(Run.objects.get(pk=payload["run"]))
    made = pictures({each.address for each in wanted})
    for finding in wanted:
        if finding.address in made:
            keep_picture(finding, made[finding.address], at=at)
    return []


@every("day", "inspections.rescan")
def rescan_each_night(at: datetime) -> None:
    """Put a look through what each county has made public into the queue."""
    for pk in Organ.objects.filter(kind=OrganKind.COUNTY_GOVERNMENT).values_list("pk", flat=True):
        put(RESCAN, {"county": pk}, at=at, dedupe_key=str(pk))


@handles(RESCAN, slow=True)
def rescan_portion(payload: Payload, at: datetime) -> list[Notice]:
    """Look through a portion of what is public; the next portion is a job of its own."""
    county = Organ.objects.get(pk=payload["county"])
    end = time.monotonic() + _SECONDS
    portion = rescan(county, goes_on=lambda: time.monotonic() < end, at=at)
    if portion.more:
        put(RESCAN, payload, at=at, dedupe_key=str(county.pk))
    new = portion.run.new if portion.run is not None else 0
    told = f"复查已公开信息，新发现{new}个问题（个人信息或者错误表述），见整改台账，请尽快核对"
    return [Notice(f"{county.short_name}：{told}", grave=True)] if new else []


@every("day", "inspections.remind")
def remind_of_what_is_owed(at: datetime) -> None:
    """Let organs be told of findings whose date is near or past."""
    put_reminders(at=at)


@handles(REMIND)
def remind_one(payload: Payload, at: datetime) -> list[Notice]:
    """Tell one organ."""
    return remind(payload["organ"], at=at)


@handles(SEND)
def send_one(payload: Payload, at: datetime) -> None:
    """Send one letter after the commit."""
    organ, address, tries = payload["organ"], payload["address"], payload["tries"]
    by = mailer(settings.GONGKAI_MAILER)
    transaction.on_commit(lambda: send_reminder(organ, address, tries, at=at, by=by), robust=True)


@handles(TELL)
def tell(payload: Payload, at: datetime) -> list[Notice]:
    """Say what was found out after another job's commit."""
    return [Notice(payload["text"], grave=True)]


@handles(TELL_SHARE)
def tell_share(payload: Payload, at: datetime) -> list[Notice]:
    """Order one organ's findings of an issued bulletin, and write to those who answer for it."""
    rows = BulletinShare.objects.select_related("bulletin__county", "organ")
    share = rows.get(bulletin_id=payload["bulletin"], organ_id=payload["organ"])
    order_share(share, by=Actor(**payload["by"]), at=at)
    put(SHARED, {"share": share.pk}, at=at, dedupe_key=str(share.pk))
    return []


@handles(SHARED)
def write_of_share(payload: Payload, at: datetime) -> list[Notice]:
    """Put a letter about the bulletin to each person who answers for the organ."""
    return tell_of_share(payload["share"], at=at)


@handles(SEND_SHARE)
def send_share_letter(payload: Payload, at: datetime) -> None:
    """Send one letter about a bulletin after the commit."""
    share, address, tries = payload["share"], payload["address"], payload["tries"]
    by = mailer(settings.GONGKAI_MAILER)
    transaction.on_commit(lambda: send_share(share, address, tries, at=at, by=by), robust=True)


@every("day", "inspections.remind_of_year")
def remind_of_yearly_reports(at: datetime) -> None:
    """Let offices be told of websites whose yearly report is not published."""
    put_year_reminders(at=at)


@handles(REMIND_YEAR)
def remind_of_one_year(payload: Payload, at: datetime) -> list[Notice]:
    """Tell one county's office."""
    return remind_of_year(payload["county"], payload["year"], at=at)


@handles(SEND_YEAR)
def send_letter_of_year(payload: Payload, at: datetime) -> None:
    """Send one letter about yearly reports after the commit."""
    county, year, address = payload["county"], payload["year"], payload["address"]
    by, tries = mailer(settings.GONGKAI_MAILER), payload["tries"]
    transaction.on_commit(
        lambda: send_year_reminder(county, year, address, tries, at=at, by=by), robust=True
    )
