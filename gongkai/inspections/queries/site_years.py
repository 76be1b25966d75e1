"""Reading websites' yearly reports: lists, figures with their records, the paper, the published."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongkai.adapters.letter_docx_layout import Grid, Line, build
from gongkai.adapters.letter_text import PartRole
from gongkai.inspections.lifecycle import SiteYearState
from gongkai.inspections.models import Site, SiteYear
from gongkai.inspections.queries.people import Inspector
from gongkai.inspections.rules.site_year import Behind, Figures, shown
from gongkai.inspections.rules.site_year_form import (
    FormField,
    Group,
    edition_named,
)
from gongkai.orgs.models import Organ

_HEAVY = ("behind",)


@dataclass(frozen=True, slots=True)
class Row:
    """One field as screens and paper show it."""

    field: FormField
    text: str
    counted: str  # what records tell of it, "" when they tell nothing
    stated: str  # what the office states of it, "" when it states nothing
    behind: int  # how many records there are to open

    @property
    def has_source(self) -> bool:
        """Say whether there is something to tell of where it comes from."""
        return bool(self.counted or (self.stated and self.field.unit))


@dataclass(frozen=True, slots=True)
class Block:
    """One group of the form with its fields and where its stated figures come from."""

    group: Group
    rows: tuple[Row, ...]
    source: str


def site_years_for(person: Inspector) -> QuerySet[SiteYear]:
    """Return the reports a person sees: the county office all versions, others the published."""
    kept = [each.pk for each in person.counties]
    counties = {each.county_id or each.pk for each in person.official.sees}
    public = SiteYear.objects.filter(site__county__in=counties, state=SiteYearState.PUBLISHED.value)
    found = (public | SiteYear.objects.filter(site__county__in=kept)).distinct()
    return found.select_related("site__county", "site__organ").defer(*_HEAVY)


def find_site_year(pk: int, person: Inspector) -> SiteYear | None:
    """Return a report that a person sees, or None."""
    return site_years_for(person).filter(pk=pk).first()


def published_before(site: Site, year: int) -> SiteYear | None:
    """Return the last published report of a site before a year, or None."""
    rows = SiteYear.objects.filter(
        site=site, year__lt=year, state=SiteYearState.PUBLISHED.value
    ).defer(*_HEAVY)
    return rows.order_by("-year").first()


def frozen_figures(report: SiteYear) -> Figures:
    """Return the figures of a reviewed report as they were frozen; of a draft what was stated."""
    if not report.content:
        return Figures(report.stated, {}, {})
    behind = {
        code: [Behind(key, label, _day(on), adds) for key, label, on, adds in rows]
        for code, rows in report.behind.items()
    }
    return Figures(report.content["values"], report.content["counted"], behind)


def blocks_of(report: SiteYear, figures: Figures) -> list[Block]:
    """Return the report in the order of the form."""
    stated, sources = report.stated, report.sources
    return [
        Block(
            group,
            tuple(
                Row(
                    field,
                    shown(field, figures.values.get(field.code)),
                    _words(figures.counted.get(field.code)),
                    _words(stated.get(field.code)),
                    len(figures.behind.get(field.code, ())),
                )
                for field in group.fields
            ),
            sources.get(group.code, ""),
        )
        for group in edition_named(report.edition).groups
    ]


def field_of(report: SiteYear, code: str) -> FormField:
    """Return the field of a code in the form of a report."""
    return edition_named(report.edition).field(code)


def versions_of(report: SiteYear) -> QuerySet[SiteYear]:
    """Return the other versions of a report, newest first."""
    rows = SiteYear.objects.filter(site=report.site_id, year=report.year).exclude(pk=report.pk)
    return rows.select_related("site").defer(*_HEAVY).order_by("-version")


def published_site_years(county: Organ, year: int | None = None) -> list[SiteYear]:
    """Return the published reports of a county's sites, newest year first."""
    rows = SiteYear.objects.filter(site__county=county, state=SiteYearState.PUBLISHED.value)
    rows = rows.filter(year=year) if year is not None else rows
    return list(rows.select_related("site__organ").defer(*_HEAVY).order_by("-year", "site"))


def any_site_year_published(county_id: int) -> bool:
    """Say whether a county has published a report of one of its sites."""
    rows = SiteYear.objects.filter(state=SiteYearState.PUBLISHED.value)
    return rows.filter(site__county=county_id).exists()


def sites_without_report(county: Organ, year: int) -> list[Site]:
    """Return the standing sites of a county whose report of a year is not published."""
    done = SiteYear.objects.filter(
        site__county=county, year=year, state=SiteYearState.PUBLISHED.value
    )
    rows = Site.objects.filter(county=county, stopped_on__isnull=True)
    return list(rows.exclude(pk__in=done.values("site")).select_related("organ"))


def lines_of_form(
    report: SiteYear, figures: Figures | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the report as printed: each block's name with its labels and values.

    Without `figures` those that were frozen.
    """
    figures = figures or frozen_figures(report)
    told = [
        (block.group.name, [(row.field.full_label, row.text) for row in block.rows])
        for block in blocks_of(report, figures)
    ]
    foot = told[-1][1]
    content = report.content
    foot.insert(1, ("审核人", content.get("reviewed_by") or "—"))
    foot.insert(2, ("填报人", content.get("filled_by") or report.filled_by or "—"))
    foot.append(("填报日期", content.get("filled_on") or "—"))
    return told


def site_year_docx(report: SiteYear, figures: Figures | None = None) -> bytes:
    """Return a report as a Word file in the layout of the form; without `figures` as frozen."""
    rows: list[tuple[tuple[str, int], ...]] = []
    for name, lines in lines_of_form(report, figures):
        rows.append(((name, 2),))
        rows += [((label, 1), (text, 1)) for label, text in lines]
    parts: list[Line | Grid] = [
        Line(PartRole.TITLE, "政府网站工作年度报表"),
        Line(PartRole.NUMBER, f"（{report.year}年度）"),
        Grid((92, 64), tuple(rows), (0,) * len(rows)),
    ]
    return build(parts)


def site_year_file_name(report: SiteYear) -> str:
    """Return the name of a report's file."""
    version = f"（第{report.version}版）" if report.version > 1 else ""
    return f"{report.name}工作年度报表（{report.year}年度）{version}.docx"


def _words(value: Any) -> str:
    return "" if value is None else str(value)


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None
