"""Columns made of records rather than text, and what stands under a column.

A column of records has a fixed address and is offered only when it has something
to show: an empty column is a fault (law.md 4.5), a dead link another.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from gongkai.orgs.models import Organ
from gongkai.portal import offices, reports
from gongkai.portal.models import ColumnType
from gongkai.portal.offices import offices_of
from gongkai.portal.reports import lines_of
from gongkai.portal.site import Column, site_of


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A column whose contents are records; the tags are those of 国办发〔2017〕47号."""

    slug: str
    parent: str
    title: str
    url: str
    description: str
    keywords: str
    kind: ColumnType


ANNUAL_REPORTS = RecordColumn(
    slug="xxgknb",
    parent="zwgk",
    title="政府信息公开工作年度报告",
    url=reports.ADDRESS,
    description="县人民政府及其部门、乡镇人民政府历年的政府信息公开工作年度报告。",
    keywords="政府信息公开，年度报告",
    kind=ColumnType.OTHER,
)


REQUESTS = RecordColumn(
    slug="ysqgk",
    parent="zwgk",
    title="依申请公开",
    url=offices.ADDRESS,
    description="申请获取没有主动公开的政府信息：指南、流程图、在线申请、申请表、结果查询和统计。",
    keywords="依申请公开，政府信息公开申请，在线申请",
    kind=ColumnType.OTHER,
)
RECORD_COLUMNS = (REQUESTS, ANNUAL_REPORTS)


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


def _has_something(column: RecordColumn, request: HttpRequest, county: Organ) -> bool:
    if column is REQUESTS:
        return bool(offices_of(request, county, timezone.localdate()))
    return bool(lines_of(request, county))


def as_column(column: RecordColumn) -> Column:
    """Return a column of records as a link."""
    return Column(column.slug, column.parent, column.title, column.url, column.description)
