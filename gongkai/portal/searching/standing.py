"""What can be found beside entries: organs, their guides, annual reports, columns.

Art. 12, 20 (2), 49. There are some hundreds of them in a county, so they are made one by one and
refreshed all together; keys are "organ:3", "guide:3", "report:2020:jxzf", "section:5".
"""

from collections.abc import Collection, Iterator
from datetime import date
from html.parser import HTMLParser

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.adapters.searchindex.types import Facet, Record
from gongkai.annualreport.models import Report, ReportState
from gongkai.disclosure.models import OrganPage, Section, SectionContent
from gongkai.disclosure.queries import live_counts
from gongkai.disclosure.queries.guide import guide_of
from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.queries import existing_between
from gongkai.policy.queries import found as words
from gongkai.portal.models import SiteProfile
from gongkai.portal.reports import address as report_address

_REPORT_WORDS = ("title", "preamble", "overview", "proactive", "problems", "other")
_PAGE = "/zwgk/jg/"
_UNDATED: dict[Facet, tuple[str, ...]] = {Facet.YEAR: ()}  # of no year, so no year's count has it


def standing_keys() -> Iterator[str]:
    """Yield the keys of everything but entries that the public may find."""
    for record in standing_records():
        yield record.key


def standing_records(keys: Collection[str] | None = None) -> Iterator[Record]:
    """Yield the records of these keys, or of all, as far as the public may find them now."""
    for county in Organ.objects.filter(pk__in=SiteProfile.objects.values("county_id")):
        makers = {"organ": _organs, "guide": _guides, "report": _reports, "section": _columns}
        wanted = makers if keys is None else {key.partition(":")[0] for key in keys}
        for kind, make in makers.items():
            if kind in wanted:
                yield from (each for each in make(county) if keys is None or each.key in keys)


def possible_keys() -> Iterator[str]:
    """Yield the keys that anything beside entries has or had: what is gone is taken out by them."""
    for pk in Organ.objects.values_list("pk", flat=True):
        yield from (f"organ:{pk}", f"guide:{pk}")
    for pk in Section.objects.values_list("pk", flat=True):
        yield f"section:{pk}"
    for year, code in _published().values_list("report_year__year", "organ__code").distinct():
        yield f"report:{year}:{code}"


def _organs(county: Organ) -> Iterator[Record]:
    pages = {page.organ_id: page for page in OrganPage.objects.filter(organ__in=_of(county))}
    for organ in _of(county).prefetch_related("names"):
        page = pages.get(organ.pk)
        names = {name for each in organ.names.all() for name in (each.full_name, each.short_name)}
        said = (page.duties, page.internal_bodies, page.head, page.hours) if page else ()
        yield Record(
            key=f"organ:{organ.pk}",
            scope=f"county:{county.pk}",
            title=organ.name,
            address=f"{_PAGE}{page.slug if page else organ.code}/",
            published_on=timezone.localdate(page.changed_at) if page else organ.valid_from,
            body=_plain("\n".join((*said, organ.address, organ.phone))),
            organ=organ.short_name,
            names=tuple(sorted(names | {organ.short_name})),
            facets=_UNDATED | {Facet.KIND: (words.ORGAN,), Facet.ORGAN: (organ.short_name,)},
        )


def _guides(county: Organ) -> Iterator[Record]:
    today = timezone.localdate()
    for organ in _of(county):
        guide = guide_of(organ, today)
        lines = [
            line
            for part in guide.parts
            for line in (*part.paragraphs, *(f"{name}：{fact}" for name, fact in part.facts))
        ]
        own = [part.html for part in guide.parts if part.html]
        whole = organ.pk == county.pk
        yield Record(
            key=f"guide:{organ.pk}",
            scope=f"county:{county.pk}",
            title=f"{organ.name}政府信息公开指南",
            address="/zwgk/zfxxgkzn/" if whole else f"{_PAGE}{guide.slug}/zfxxgkzn/",
            published_on=_day(guide.reviewed_on, guide.changed_at, organ),
            body=_plain("\n".join((*lines, *own))),
            organ=organ.short_name,
            names=(organ.short_name,),
            facets=_UNDATED | {Facet.KIND: (words.GUIDE,), Facet.ORGAN: (organ.short_name,)},
        )


def _day(reviewed_on: date | None, changed_at: object, organ: Organ) -> date:
    return reviewed_on or (timezone.localdate(changed_at) if changed_at else organ.valid_from)


def _reports(county: Organ) -> Iterator[Record]:
    rows = _published().filter(report_year__county=county).select_related("report_year", "organ")
    heavy = ("tables", "layers", "units", "figures", "templates", "stated", "explanations")
    for report in rows.defer(*heavy).order_by("pk").iterator(chunk_size=50):
        year = report.report_year.year
        yield Record(
            key=f"report:{year}:{report.organ.code}",
            scope=f"county:{county.pk}",
            title=f"{report.organ_name}{year}年政府信息公开工作年度报告",
            address=report_address(year, report.organ.code),
            published_on=timezone.localdate(report.published_at),
            body="\n".join(str(report.prose.get(part, "")) for part in _REPORT_WORDS),
            organ=report.organ.short_name,
            names=(report.organ.short_name, report.organ_name),
            facets={
                Facet.KIND: (words.REPORT,),
                Facet.ORGAN: (report.organ.short_name,),
                Facet.YEAR: (str(timezone.localdate(report.published_at).year),),
            },
        )


def _columns(county: Organ) -> Iterator[Record]:
    live = live_counts(county.pk)
    for section in Section.objects.of(county).open().exclude(content=SectionContent.RECORDS):
        if live.get(section.pk):
            yield Record(
                key=f"section:{section.pk}",
                scope=f"county:{county.pk}",
                title=section.title,
                address=section.address,
                published_on=county.valid_from,
                body=f"{section.description}\n{section.keywords}",
                facets=_UNDATED | {Facet.KIND: (words.COLUMN,), Facet.SECTION: (section.path,)},
            )


def _of(county: Organ) -> QuerySet[Organ]:
    """Return the organs in being that have a page and a guide of their own."""
    today = timezone.localdate()
    own = Organ.objects.filter(Q(pk=county.pk) | Q(county=county)).filter(
        existing_between(today, today)
    )
    return own.exclude(kind=OrganKind.INTERNAL).select_related("county").order_by("order", "code")


def _published() -> QuerySet[Report]:
    return Report.objects.filter(state=ReportState.PUBLISHED)


class _Words(HTMLParser):
    """Gathers the words of clean HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep what is said."""
        self.said.append(data)


def _plain(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "\n".join(line for line in ("".join(reader.said)).splitlines() if line.strip())
