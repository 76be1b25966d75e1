"""Opening a reporting year: its form, its dates, a return for every unit (Art. 49, 50)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.annualreport.lifecycle import CannotOpen
from gongkai.annualreport.lifecycle.returns import ReturnState
from gongkai.annualreport.models import Report, ReportYear, Return
from gongkai.annualreport.rules.prose_defaults import Issuer, default_prose, default_stated
from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.queries import (
    Level,
    ReportingUnit,
    name_on,
    organs_of,
    reporting_units,
)
from gongkai.statute.limits import (
    GOVERNMENT_REPORT_DATES,
    ORGAN_REPORT_DATES,
    YearDate,
    year_date_on,
)
from gongkai.tables.editions import EDITIONS, NoEdition, edition_for
from gongkai.tables.facts import Period


@transaction.atomic
def open_year(
    county: Organ, year: int, *, by: Actor, at: datetime, returns_due_on: date | None = None
) -> ReportYear:
    """Open a reporting year: a draft return for each unit and the county's draft report.

    `returns_due_on` is an earlier date set by a notice from above; without it the date
    of the law holds (31 January for organs, 31 March for the government, Art. 49).

    Raises:
        CannotOpen: no form for the year, not begun yet, open already, or a later date.
    """
    try:
        edition = edition_for(year)
    except NoEdition as error:
        raise CannotOpen(str(error)) from error
    if county.kind != OrganKind.COUNTY_GOVERNMENT:
        raise CannotOpen(f"{county.name}不是县级人民政府，请选择县级人民政府开启年度。")
    if year > timezone.localdate(at).year:
        raise CannotOpen(f"{year} 年尚未到来，不能开启，请核对年份。")
    Organ.objects.select_for_update(no_key=True).get(pk=county.pk)  # one opening at a time
    if ReportYear.objects.filter(county=county, year=year).exists():
        raise CannotOpen(f"{county.name} {year} 年度已经开启，请直接打开该年度。")
    law_day = _report_day(ORGAN_REPORT_DATES, year)
    if returns_due_on is not None and returns_due_on > law_day:
        raise CannotOpen(f"报送期限不能晚于法定的 {law_day:%Y-%m-%d}（条例第四十九条），请改早。")
    if returns_due_on is not None and returns_due_on <= date(year, 12, 31):
        raise CannotOpen(f"报送期限须晚于统计期限 {year}-12-31（年度结束后才能报送），请改晚。")
    opened = ReportYear.objects.create(
        county=county,
        year=year,
        edition=edition.id,
        returns_due_on=returns_due_on or law_day,
        report_due_on=_report_day(GOVERNMENT_REPORT_DATES, year),
        opened_at=at,
        opened_by=by.name,
    )
    period = Period.of_year(year)
    name = name_on(county, period.end)
    Report.objects.create(
        report_year=opened,
        organ=county,
        organ_name=name,
        templates=_prose(opened, county, name, of_county=True),
    )
    units = reporting_units(county, period.start, period.end)
    _add_returns(opened, units)
    record(
        "annualreport.open_year",
        f"annualreport:year-{opened.pk}",
        chain=county.code,
        by=by,
        at=at,
        label=f"{name}{year}年度",
        after={"year": year, "edition": edition.id, "units": [unit.code for unit in units]},
    )
    return opened


@transaction.atomic
def add_missing_units(year: ReportYear, *, by: Actor, at: datetime) -> list[Return]:
    """Add returns for units that were entered into the system after the year was opened.

    Open returns also take up the bodies they cover by now.
    """
    ReportYear.objects.select_for_update().get(pk=year.pk)  # one at a time
    period = Period.of_year(year.year)
    units = reporting_units(year.county, period.start, period.end)
    known = {unit.organ_id: unit for unit in year.returns.select_for_update()}
    widened = []
    for unit in units:
        row = known.get(unit.organ_id)
        if row and row.state == ReturnState.DRAFT and row.covered != list(unit.covered):
            row.covered = list(unit.covered)
            row.save(update_fields=["covered"])
            widened.append(unit.code)
    added = _add_returns(year, [unit for unit in units if unit.organ_id not in known])
    if added or widened:
        record(
            "annualreport.add_missing_units",
            f"annualreport:year-{year.pk}",
            chain=year.county.code,
            by=by,
            at=at,
            label=str(year),
            after={"units": [row.organ.code for row in added], "covered": widened},
        )
    return added


def _add_returns(year: ReportYear, units: list[ReportingUnit]) -> list[Return]:
    organs = Organ.objects.in_bulk([unit.organ_id for unit in units])
    rows = [
        Return(
            report_year=year,
            organ=organs[unit.organ_id],
            level=unit.level.value,
            covered=list(unit.covered),
            organ_name=unit.name,
            order=organs[unit.organ_id].order,
            templates=_prose(year, organs[unit.organ_id], unit.name, of_county=False)
            if unit.level is not Level.OWN
            else {},
            stated=default_stated(),
        )
        for unit in units
    ]
    return Return.objects.bulk_create(rows)


def _prose(year: ReportYear, organ: Organ, name: str, *, of_county: bool) -> dict[str, str]:
    office = name
    if of_county:
        own = organs_of(organ).filter(kind=OrganKind.OFFICE).order_by("order", "pk").first()
        office = own.name if own else f"{name}办公室"
    issuer = Issuer(name, office, organ.address, organ.phone, of_county)
    return default_prose(issuer, year.year, EDITIONS[year.edition])


def _report_day(rows: Iterable[YearDate], year: int) -> date:
    found = year_date_on(rows, date(year + 1, 1, 1))
    return date(year + 1, found.month, found.day)
