"""Columns made of records rather than text, and what stands under a column.

A column of records has a fixed address and is offered only when it has something
to show: an empty column is a fault (law.md 4.5), a dead link another.
"""

from collections.abc import Callable, Mapping

from django.http import HttpRequest
from django.utils import timezone

from gongkai.disclosure.queries.catalogue import catalogues_of
from gongkai.engagement.queries import mailboxes_of, public_surveys
from gongkai.inspections.queries import any_published, any_site_year_published
from gongkai.newmedia.queries import has_matrix
from gongkai.orgs.models import Organ
from gongkai.oversight.queries import any_evaluation, any_ranking
from gongkai.policy.queries.gazettes import has_any as has_gazettes
from gongkai.policy.queries.library import has_any as has_policies
from gongkai.portal.offices import offices_of
from gongkai.portal.record_columns import (
    ANNUAL_REPORTS,
    APPRAISALS,
    BULLETINS,
    COMPLAINTS,
    EVALUATIONS,
    FIELDS,
    FULFILMENT,
    GAZETTE,
    GUIDE,
    HOTLINE,
    LIBRARY,
    MAILBOXES,
    MEDIA,
    MESSAGES,
    ORGANS,
    PROPOSALS,
    RECORD_COLUMNS,
    REQUESTS,
    SERVICES,
    SITE_YEARS,
    SURVEYS,
    ZONES,
    RecordColumn,
)
from gongkai.portal.reports import lines_of
from gongkai.portal.site import Column, site_of
from gongkai.proposals.queries import has_public
from gongkai.servicehall.queries import has_any_item, public_zones
from gongkai.servicehall.queries import has_policies as has_fulfilment

__all__ = [
    "ANNUAL_REPORTS",
    "APPRAISALS",
    "BULLETINS",
    "COMPLAINTS",
    "EVALUATIONS",
    "FIELDS",
    "FULFILMENT",
    "GAZETTE",
    "GUIDE",
    "HOTLINE",
    "LIBRARY",
    "MAILBOXES",
    "MEDIA",
    "MESSAGES",
    "ORGANS",
    "PROPOSALS",
    "RECORD_COLUMNS",
    "REQUESTS",
    "SERVICES",
    "SITE_YEARS",
    "SURVEYS",
    "ZONES",
    "RecordColumn",
    "as_column",
    "entries_under",
    "menu_of",
]


def entries_under(slug: str, request: HttpRequest) -> tuple[Column, ...]:
    """Return the columns of text and of records under the column `slug` that can be opened."""
    site = site_of(request)
    entries = list(site.under(slug))
    if site.profile is not None:
        taken = {entry.slug for entry in entries}
        entries += [
            as_column(column)
            for column in RECORD_COLUMNS
            if column.parent == slug
            and column.slug not in taken
            and _has_something(column, request, site.profile.county)
        ]
    return tuple(entries)


def menu_of(request: HttpRequest) -> tuple[Column, ...]:
    """Return the columns of the main menu: of entries, of text, and of records that have some.

    Worked out once while the site's tree is kept.
    """
    site = site_of(request)

    def make() -> tuple[Column, ...]:
        wanted = [node for node in site.nodes.values() if node.in_menu]
        by_url = {column.url: column for column in site.menu}
        for column in RECORD_COLUMNS:
            node = site.nodes.get(column.url.strip("/"))
            offered = node in wanted and site.profile is not None
            if offered and _has_something(column, request, site.profile.county):
                by_url.setdefault(column.url, as_column(column))
        order = {node.address: place for place, node in enumerate(wanted)}
        return tuple(sorted(by_url.values(), key=lambda column: order.get(column.url, len(order))))

    menu: tuple[Column, ...] = site.once("menu columns", make)
    return menu


def _has_something(column: RecordColumn, request: HttpRequest, county: Organ) -> bool:
    look = _LOOKS.get(column.url)
    if look is not None:
        return look(request, county)
    # A guide and a list of organs are made from orgs; messages may always be written (W5).
    return bool(site_of(request).nodes)


# Whether a column of records has something; asked by address.
_LOOKS: Mapping[str, Callable[[HttpRequest, Organ], bool]] = {
    REQUESTS.url: lambda request, county: bool(offices_of(request, county, timezone.localdate())),
    ANNUAL_REPORTS.url: lambda request, county: bool(lines_of(request, county)),
    FIELDS.url: lambda _, county: catalogues_of(county, timezone.localdate()).exists(),
    LIBRARY.url: lambda _, county: has_policies(county.pk),
    GAZETTE.url: lambda _, county: has_gazettes(county.pk),
    SITE_YEARS.url: lambda _, county: any_site_year_published(county.pk),
    BULLETINS.url: lambda _, county: any_published(county.pk),
    APPRAISALS.url: lambda _, county: any_ranking(county.pk),
    EVALUATIONS.url: lambda _, county: any_evaluation(county.pk),
    MEDIA.url: lambda _, county: has_matrix(county.pk),
    SERVICES.url: lambda _, county: has_any_item(county.pk, timezone.localdate()),
    FULFILMENT.url: lambda _, county: has_fulfilment(county.pk, timezone.localdate()),
    ZONES.url: lambda _, county: bool(public_zones(county.pk, timezone.localdate())),
    PROPOSALS.url: lambda _, county: has_public(county.pk),
    MAILBOXES.url: lambda _, county: bool(mailboxes_of(county.pk, timezone.localdate())),
    SURVEYS.url: lambda _, county: bool(public_surveys(county, timezone.localdate())),
}


def as_column(column: RecordColumn) -> Column:
    """Return a column of records as a link."""
    return Column(column.slug, column.parent, column.title, column.url, column.description)
