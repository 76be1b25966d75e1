"""The figures of a website's yearly report: of a draft as records tell now, else as frozen."""

from collections.abc import Mapping
from typing import Any

from gongkai.inspections.models import SiteYear
from gongkai.inspections.queries.site_years import frozen_figures, published_before
from gongkai.inspections.rules.site_year import ADDED_UP, Figures, remarks
from gongkai.inspections.rules.site_year_form import Edition, FormField, Kind, edition_named
from gongkai.inspections.sources.site_year import derived

_PARTS = ("explained_text", "explained_product", "explained_comment")


def figures_of(report: SiteYear) -> Figures:
    """Return the figures of a report: of a draft as records tell now, else as they were frozen."""
    if report.content:
        return frozen_figures(report)
    edition = edition_named(report.edition)
    told = derived(report.site, report.year) if report.from_records else None
    counted = told.values if told else {}
    values = {each.code: _value(each, counted, report.stated) for each in edition.fields()}
    if told:
        parts = [values[code] for code in _PARTS]
        values[ADDED_UP] = None if None in parts else sum(parts)
    before = published_before(report.site, report.year)
    against = remarks(
        edition,
        values,
        report.sources,
        from_records=report.from_records,
        added=_added(edition, counted, report.stated),
        before=before.content["values"] if before else None,
    )
    return Figures(values, counted, told.behind if told else {}, against)


def _value(field: FormField, counted: Mapping[str, Any], stated: Mapping[str, Any]) -> Any:
    """Return a value: what records count and what the office adds, or what it states instead."""
    own, more = counted.get(field.code), stated.get(field.code)
    if field.kind is Kind.COUNT and own is not None:
        return own + (more or 0)
    return own if more is None else more


def _added(edition: Edition, counted: Mapping[str, Any], stated: Mapping[str, Any]) -> set[str]:
    """Return the groups in which the office adds figures of its own to those of records."""
    return {
        group.code
        for group in edition.groups
        for field in group.fields
        if field.code in counted
        and field.kind in (Kind.COUNT, Kind.DAYS)
        and stated.get(field.code)
    }
