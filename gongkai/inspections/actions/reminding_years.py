"""Telling county offices of websites' yearly reports that are due on 31 January (law.md 4.7)."""

from datetime import datetime

from django.urls import reverse

from gongkai.adapters.mail import Letter, Mailer
from gongkai.inforequests.queries.contacts import EMAIL
from gongkai.inforequests.queries.reminders import Moment
from gongkai.inspections import queries
from gongkai.inspections.actions.reminding import (
    FOOT,
    addresses_of,
    host,
    office_of,
    send_or_again,
)
from gongkai.inspections.rules.reminding import is_told_of_year_on
from gongkai.inspections.rules.site_year_form import due_on
from gongkai.orgs.models import Organ, OrganKind
from gongkai.outbox import Notice
from gongkai.outbox.actions import put
from gongkai.statute.days import written

REMIND_YEAR, SEND_YEAR = "inspections.remind_of_year", "inspections.send_year_reminder"


def put_year_reminders(*, at: datetime) -> int:
    """Let each county's office that owes reports be told when work begins; return how many."""
    moment = Moment.at(at)
    year = moment.today.year - 1
    left = moment.left(due_on(year))
    if not moment.calendar.is_workday(moment.today) or left is None:
        return 0
    if not is_told_of_year_on(left):
        return 0
    begins = max(moment.hours.begins_on(moment.today, moment.now), moment.now)
    told = 0
    for county in Organ.objects.filter(kind=OrganKind.COUNTY_GOVERNMENT, valid_to__isnull=True):
        if queries.sites_without_report(county, year):
            key = f"{county.pk}:{moment.today}"
            put(REMIND_YEAR, {"county": county.pk, "year": year}, at=begins, dedupe_key=key)
            told += 1
    return told


def remind_of_year(county_id: int, year: int, *, at: datetime) -> list[Notice]:
    """Put one letter to each person of a county's office into the outbox, if reports are owed."""
    county, moment = Organ.objects.get(pk=county_id), Moment.at(at)
    owed = queries.sites_without_report(county, year)
    if not owed:
        return []
    addresses = addresses_of(office_of(county, moment), moment.ways & {EMAIL})
    for address in addresses:
        payload = {"county": county_id, "year": year, "address": address, "tries": 0}
        put(SEND_YEAR, payload, at=at)
    if addresses:
        return []
    return [Notice(f"{len(owed)}个网站的{year}年度报表没有公布，但没有可以提醒的邮箱")]


def send_year_reminder(
    county_id: int, year: int, address: str, tries: int, *, at: datetime, by: Mailer
) -> None:
    """Send one letter unless all is published; outside a transaction, tried again later."""
    county = Organ.objects.get(pk=county_id)
    owed = queries.sites_without_report(county, year)
    if not owed:
        return
    last = due_on(year)
    late = Moment.at(at).today > last
    words = f"应于{written(last)}前公布，已超期" if late else f"应于{written(last)}前公布"
    names = "\n".join(f"　{site.name}（{site.organ.short_name}）" for site in owed)
    text = (
        f"以下网站的{year}年度政府网站工作年度报表{words}：\n{names}\n\n"
        f"请登录平台填报、审核和公布：\n{host()}{reverse('inspections:site_years')}\n\n{FOOT}"
    )
    subject = f"【政务公开】{len(owed)}个网站的{year}年度报表没有公布"
    letter = Letter(address, subject, text, at=at)
    again = {"county": county_id, "year": year, "address": address, "tries": tries + 1}
    send_or_again(letter, county, SEND_YEAR, again, at=at, by=by)
