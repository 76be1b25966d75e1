"""A county's site with published reports, made as rows: the verbs have tests of their own."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from gongkai.annualreport.lifecycle.reports import ReportState
from gongkai.annualreport.models import Report, ReportYear
from gongkai.audit import SYSTEM
from gongkai.orgs.models import Organ
from gongkai.orgs.tests.factories import make_county
from gongkai.portal.actions import Profile, open_site
from gongkai.tables.editions import EDITIONS, edition_for
from gongkai.tables.sheet import CellPath, Sheet, Table, count, tables_to_json

AT = datetime(2021, 1, 29, 1, 30, tzinfo=UTC)
PROFILE = Profile(
    name="靖安县人民政府",
    sponsor="靖安县人民政府",
    undertaker="靖安县人民政府办公室",
    address="江西省宜春市靖安县双溪镇新大街1号",
    phone="0795-4662133",
    demonstration=True,
)


@dataclass
class PublicCounty:
    """A county whose site is open."""

    county: Organ
    finance: Organ
    township: Organ


def open_county(**changes: object) -> PublicCounty:
    """Open the site of 靖安县."""
    organs = make_county()
    profile = Profile(**(vars_of(PROFILE) | changes))
    open_site(organs.county, profile, hostname="localhost", port=80, by=SYSTEM, at=AT)
    return PublicCounty(organs.county, organs.finance, organs.township)


def vars_of(profile: Profile) -> dict[str, object]:
    return {name: getattr(profile, name) for name in Profile.__slots__}


def some_sheet(year: int) -> Sheet:
    """Return a sheet with 29 requests, 28 of them granted."""
    form = edition_for(year)
    cells = dict(EDITIONS[form.id].lay_out({}).cells)
    other = "3.6" if form.id == "2019" else "3.6.3"
    for row, persons, lawyers in (("1", 28, 1), ("3.1", 28, 0), (other, 0, 1), ("3.7", 28, 1)):
        for column, figure in {"p": persons, "o4": lawyers, "t": persons + lawyers}.items():
            cells[CellPath(Table.REQUESTS, row, column)] = count(figure)
    return Sheet(form.id, cells)


def publish(county: Organ, organ: Organ, year: int, *, version: int = 1) -> Report:
    """Return a published report of `organ`; versions before it count as superseded."""
    report_year, _ = ReportYear.objects.get_or_create(
        county=county,
        year=year,
        defaults={
            "edition": edition_for(year).id,
            "returns_due_on": date(year + 1, 1, 31),
            "report_due_on": date(year + 1, 3, 31),
            "opened_at": AT,
            "opened_by": "政务公开办",
        },
    )
    Report.objects.filter(report_year=report_year, organ=organ).update(
        state=ReportState.SUPERSEDED.value
    )
    return Report.objects.create(
        report_year=report_year,
        organ=organ,
        organ_name=organ.name,
        version=version,
        state=ReportState.PUBLISHED.value,
        tables=tables_to_json(some_sheet(year)),
        prose={
            "preamble": "本报告依据《中华人民共和国政府信息公开条例》编制。",
            "overview": "本年度工作平稳推进。",
            "proactive": "按规定主动公开政府信息。",
            "problems": "公开的及时性有待提高。\n下一步将加强培训。",
            "other": "本年度未收取信息处理费。",
        },
        correction_reason="表三漏计一件。" if version > 1 else "",
        sha256=f"{year}{organ.pk}{version}".ljust(64, "0"),
        frozen_at=AT.replace(year=year + 1),
        frozen_by="政务公开办",
        published_at=AT.replace(year=year + 1, day=28 + version),
        published_by="政务公开办",
    )
