"""Published annual reports as the portal shows them, read through annualreport's queries.

Art. 49 and 50: the county's report and those of departments and townships, by
year and level, every year kept; a corrected report says what was corrected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from gongkai.annualreport.models import Report
from gongkai.annualreport.queries import (
    FILE_KINDS,
    PublishedReport,
    ReportLine,
    file_name,
    published_report,
    published_reports,
)
from gongkai.orgs.models import Organ, OrganKind
from gongkai.tables.charts import Bar, bars
from gongkai.tables.report import ReportContent
from gongkai.tables.sheet import CellPath, Number, Sheet, Table

ADDRESS = "/zwgk/xxgknb/"
NEWEST = 5
FILES = {
    "pdf": "PDF（用于阅读、打印）",
    "docx": "Word 文档",
    "xlsx": "Excel 表格",
    "html": "网页文件",
    "json": "JSON 数据",
}
_SUFFIXES = {"html": "download.html"}  # the page itself is <code>.html
LEVELS = ("县级人民政府", "县政府部门", "乡镇人民政府")
_TOTAL = "t"
_KEPT = "_gongkai_report_lines"
_OUTCOMES = {
    "3.1": "予以公开",
    "3.2": "部分公开",
    "3.3": "不予公开",
    "3.4": "无法提供",
    "3.5": "不予处理",
    "3.6": "其他处理",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One report in a list."""

    title: str
    url: str
    year: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Level:
    """The reports of one level in a year."""

    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Shown:
    """A report page: what it says, its files, its figures compared, its earlier versions."""

    content: ReportContent
    published_at: datetime
    files: Mapping[str, str]
    outcomes: tuple[Bar, ...]
    earlier: tuple[ReportLine, ...]
    sha256: str


def address(year: int, code: str, suffix: str = "html") -> str:
    """Return where a report, or a file of it, stands for good."""
    return f"{ADDRESS}{year}/{code}.{suffix}"


def _link(line: ReportLine) -> Link:
    return Link(line.title, address(line.year, line.organ_code), line.year, line.published_at)


def lines_of(request: HttpRequest, county: Organ) -> list[ReportLine]:
    """Return the county's published reports, kept on the request (one query)."""
    kept: list[ReportLine] | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = published_reports(county)
        setattr(request, _KEPT, kept)
    return kept


def links_of(request: HttpRequest, county: Organ, code: str) -> tuple[Link, ...]:
    """Return the reports of the organ with that code, newest year first."""
    lines = [line for line in lines_of(request, county) if line.organ_code == code]
    return tuple(_link(line) for line in sorted(lines, key=lambda line: -line.year))


def newest_links(lines: list[ReportLine]) -> tuple[Link, ...]:
    """Return the reports published last, the county's own first, for the home page."""
    newest = sorted(lines, key=lambda line: line.published_at, reverse=True)
    chosen = sorted(newest, key=lambda line: not line.of_county)[:NEWEST]
    return tuple(_link(line) for line in chosen)


def years_and_levels(
    lines: list[ReportLine], county: Organ, year: int | None
) -> tuple[list[int], int | None, tuple[Level, ...]]:
    """Return every year with a report, newest first, the year shown, and its reports by level.

    Without `year` the newest one is shown.
    """
    years = sorted({line.year for line in lines}, reverse=True)
    shown = year if year is not None else next(iter(years), None)
    townships = set(
        Organ.objects.filter(county=county, kind=OrganKind.TOWNSHIP).values_list("code", flat=True)
    )
    grouped: dict[str, list[Link]] = {name: [] for name in LEVELS}
    for line in lines:
        if line.year == shown:
            place = 0 if line.of_county else 2 if line.organ_code in townships else 1
            grouped[LEVELS[place]].append(_link(line))
    levels = tuple(Level(name, tuple(links)) for name, links in grouped.items() if links)
    return years, shown, levels


def find(county: Organ, year: int, code: str) -> PublishedReport | None:
    """Return the published report of the organ with that code, None when there is none."""
    organ = Organ.objects.filter(code=code).first()
    return published_report(county, year, organ) if organ else None


def shown(report: PublishedReport) -> Shown:
    """Return what the page of a report shows."""
    line = report.line
    return Shown(
        content=report.content,
        published_at=line.published_at,
        files={
            label: address(line.year, line.organ_code, _SUFFIXES.get(kind, kind))
            for kind, label in FILES.items()
        },
        outcomes=outcome_bars(report.content.sheet),
        earlier=report.earlier_versions,
        sha256=report.sha256,
    )


def file_of(report: PublishedReport, kind: str) -> tuple[bytes, str, str]:
    """Return a report as a file: its bytes, media type and name.

    Raises:
        CannotRender: this machine lacks what the format needs.
    """
    row = Report.objects.select_related("report_year__county", "organ").get(pk=report.report_id)
    made = FILE_KINDS[kind]
    return made.make(row), made.media_type, file_name(row, kind)


def outcome_bars(sheet: Sheet) -> tuple[Bar, ...]:
    """Return how many requests each group of results of table three counts.

    Nothing when a figure is blank or unreadable: what cannot be summed is not drawn.
    """
    groups: dict[str, int] = dict.fromkeys(_OUTCOMES, 0)
    for path in sheet:
        group = ".".join(path.row.split(".")[:2])
        if path.table is not Table.REQUESTS or path.column != _TOTAL or group not in groups:
            continue
        cell = sheet[CellPath(path.table, path.row, path.column)]
        if not isinstance(cell, Number):
            return ()
        groups[group] += int(cell.value)
    return bars([(label, groups[code]) for code, label in _OUTCOMES.items()])
