"""Who may see, hand in, accept and publish; a superuser as such may do none of it."""

from datetime import date

from django.db.models import QuerySet

from gongkai.accounts.models import User
from gongkai.annualreport.models import Report, ReportYear, Return
from gongkai.orgs.models import Organ, OrganKind, Post, Role
from gongkai.orgs.queries import Level, held_by, holds_any, may_act_for, organs_seen_by, posts_of

_WRITERS = (Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK, Role.OGI_OFFICE)
_READERS = (*_WRITERS, Role.LEADER, Role.REVIEWER)


def counties_seen_by(user: User, today: date) -> QuerySet[Organ]:
    """Return the counties whose report the user has to do with."""
    organs = organs_seen_by(user, today, _READERS).values_list("pk", "county_id")
    ids = {county_id or organ_id for organ_id, county_id in organs}
    return Organ.objects.filter(pk__in=ids, kind=OrganKind.COUNTY_GOVERNMENT)


def reads_some_county(user: User, today: date) -> bool:
    """Return whether the user has to do with any county's report."""
    return holds_any(user, today, _READERS)


def county_ids_of(user: User, today: date) -> frozenset[int]:
    """Return the ids of the counties whose report the user has to do with, from posts alone."""
    organs = [post.organ for post in held_by(user, today) if post.role in _READERS]
    return frozenset(organ.county_id or organ.pk for organ in organs)


def is_county_office(user: User, county: Organ, today: date) -> bool:
    """Return whether the user acts for the county's OGI office: opens, accepts, publishes."""
    return may_act_for(user, county, today, (Role.OGI_OFFICE,))


def may_view_county(user: User, county: Organ, today: date) -> bool:
    """Return whether the user may see the whole county: its office and its leader."""
    return may_act_for(user, county, today, (Role.OGI_OFFICE, Role.LEADER))


def returns_seen_by(user: User, year: ReportYear, today: date) -> QuerySet[Return]:
    """Return the returns of a year that the user may see."""
    organs = organs_seen_by(user, today, _READERS)
    return year.returns.filter(organ__in=organs).select_related("report_year__county", "organ")


def may_fill_in(user: User, unit: Return, today: date) -> bool:
    """Return whether the user writes and hands in this return: only the unit's own people.

    县本级 is handed in by the county office; a county-wide reach is no leave to hand in
    for others. Who took over an abolished organ's duties hands in its return.
    """
    if unit.level == Level.OWN:
        return is_county_office(user, unit.report_year.county, today)
    if may_act_for(user, unit.organ, today, (Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK)):
        return True
    return posts_of(user, today).filter(organ_id=unit.organ_id, role=Role.OGI_OFFICE).exists()


def reports_seen_by(user: User, year: ReportYear, today: date) -> QuerySet[Report]:
    """Return the reports of a year that the user may see."""
    organs = organs_seen_by(user, today, _READERS)
    return year.reports.filter(organ__in=organs).select_related("report_year__county", "organ")


def posts_in_county(user: User, county: Organ, today: date) -> list[Post]:
    """Return the posts that the user holds in the county's organs today."""
    held = posts_of(user, today)
    return [post for post in held if county.pk in (post.organ_id, post.organ.county_id)]


def organs_read_by(user: User, today: date) -> QuerySet[Organ]:
    """Return the organs whose returns and reports the user may read."""
    return organs_seen_by(user, today, _READERS)
