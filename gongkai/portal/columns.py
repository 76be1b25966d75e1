"""Columns made of records rather than text, and what stands under a column.

A column of records has a fixed address and is offered only when it has something
to show: an empty column is a fault (law.md 4.5), a dead link another.
"""

from dataclasses import dataclass

from django.http import HttpRequest

from gongkai.portal.models import ColumnType
from gongkai.portal.reports import ADDRESS, lines_of
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
    url=ADDRESS,
    description="县人民政府及其部门、乡镇人民政府历年的政府信息公开工作年度报告。",
    keywords="政府信息公开，年度报告",
    kind=ColumnType.OTHER,
)


def entries_under(slug: str, request: HttpRequest) -> tuple[Column, ...]:
    """Return the columns of text and of records under the column `slug` that can be opened."""
    site = site_of(request)
    entries = list(site.under(slug))
    made_of_records = ANNUAL_REPORTS
    if made_of_records.parent == slug and site.profile is not None:
        taken = {entry.slug for entry in entries}
        if made_of_records.slug not in taken and lines_of(request, site.profile.county):
            entries.append(as_column(made_of_records))
    return tuple(entries)


def as_column(column: RecordColumn) -> Column:
    """Return a column of records as a link."""
    return Column(column.slug, column.parent, column.title, column.url, column.description)
