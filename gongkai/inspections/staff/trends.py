"""巡查统计: months and organs compared, scores as far as they are known, what repeats."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from gongkai.inspections import queries
from gongkai.inspections.queries import trends
from gongkai.inspections.queries.trends import Figures
from gongkai.inspections.rules.bulletin_values import rate
from gongkai.inspections.rules.indicators import Part
from gongkai.inspections.rules.scoring import Score, score, unlooked, unpriced
from gongkai.inspections.rules.terms import Terms
from gongkai.inspections.staff.access import InspectionView
from gongkai.orgs.models import Organ, OrganKind
from gongkai.tables.charts import Bar, bars

MONTHS = 12
_PORTAL_OF = (OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE)
_PORTAL = frozenset({Part.SCORED})
_ORGAN = frozenset({Part.SCORED, Part.COUNTY})


@dataclass(frozen=True, slots=True)
class Line:
    """A month or an organ: its figures, rates with their parts, the bars of its chart."""

    name: str
    figures: Figures
    new: Bar | None
    closed: Bar | None
    score: Score | None = None
    key: int | None = None

    @property
    def done(self) -> str:
        """Return the share of the findings put right."""
        return _rate(self.figures.done, self.figures.new)

    @property
    def late(self) -> str:
        """Return the share of those due that were not answered in time."""
        return _rate(self.figures.late, self.figures.due)

    @property
    def repeated(self) -> str:
        """Return the share of findings that came again."""
        return _rate(self.figures.repeated, self.figures.new)


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site with its score now and at the end of each month."""

    name: str
    score: Score
    months: tuple[tuple[date, Score, Bar | None], ...]


class TrendsView(InspectionView):
    """The figures of the findings a person sees: the office all, an organ its own."""

    template_name = "inspections/trends.html"
    page_title = "巡查统计"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show twelve months until the one asked for."""
        found = self.person.findings
        if self.organ is not None:
            found = found.filter(organ=self.organ)
        terms = self.terms_of(self.months[-1])
        counted = trends.month_figures(found, self.months, self.person.official.today)
        context = self.get_context_data(
            months=self.month_lines(counted),
            organs=self.organ_lines(found, counted, terms),
            improved=trends.improved(found, self.months[-1]),
            repeating=trends.repeating(found, self.months),
            sites=self.site_lines(found) if self.organ is None else [],
            unpriced=unpriced(terms, _PORTAL),
            unlooked=unlooked(terms, _PORTAL),
            last=self.months[-1],
            first=self.months[0],
            choices=trends.months_until(self.person.official.today, 24)[::-1],
            known=self.known,
            chosen=self.organ,
            office=bool(self.person.counties),
        )
        return self.render_to_response(context)

    @cached_property
    def months(self) -> list[date]:
        """The twelve months told of: until the one asked for, never later than this one."""
        today, asked = self.person.official.today, self.request.GET.get("until", "")
        try:
            last = min(date.fromisoformat(f"{asked}-01"), today)
        except ValueError:
            last = today
        return trends.months_until(max(last, date(2000, 1, 1)), MONTHS)

    @cached_property
    def known(self) -> list[Organ]:
        """The organs this person sees."""
        rows = Organ.objects.filter(pk__in=self.person.organ_ids)
        return list(rows.order_by("order", "code"))

    @cached_property
    def organ(self) -> Organ | None:
        """The organ asked for, if the person sees it."""
        asked = self.request.GET.get("organ", "")
        return next((each for each in self.known if str(each.pk) == asked), None)

    @cached_property
    def county(self) -> Organ:
        """The county whose indicators count: that which the person keeps, or their organ's."""
        if self.person.counties:
            return self.person.counties[0]
        first = self.known[0]
        return first.county or first

    def terms_of(self, month: date) -> dict[str, Terms]:
        """Return the indicators as they stood at the end of a month, or stand today."""
        last = trends.after(month) - timedelta(days=1)
        return queries.terms_on(self.county, min(last, self.person.official.today))

    def month_lines(self, counted: trends.Counted) -> list[Line]:
        """Return the months, each with its bars against the largest."""
        told = trends.by_month(counted, self.months)
        names = [f"{month.year}年{month.month}月" for month, _ in told]
        return _lines(names, [figures for _, figures in told])

    def organ_lines(
        self, found: Any, counted: trends.Counted, terms: dict[str, Terms]
    ) -> list[Line]:
        """Return the organs with anything in the last month or standing, the most found first."""
        last = self.months[-1]
        figures = trends.by_organ(counted, last)
        stood = trends.standing_at_ends(found, "organ", [last], self.person.now)
        scores = {
            organ: score(ends[0], terms, parts=_ORGAN, scored=True)
            for organ, ends in stood.items()
            if any(ends[0].values())
        }
        shown = [each for each in self.known if each.pk in figures or each.pk in scores]
        shown.sort(key=lambda each: -figures.get(each.pk, Figures()).new)
        told = [figures.get(each.pk, Figures()) for each in shown]
        return _lines(
            [each.short_name for each in shown],
            told,
            [scores.get(each.pk) for each in shown],
            [each.pk for each in shown],
        )

    def site_lines(self, found: Any) -> list[SiteLine]:
        """Return the sites with their scores by month: the county's portal in points."""
        own = None if self.person.counties else self.person.organ_ids
        sites = trends.scored_sites(self.county, own)
        stood = trends.standing_at_ends(found, "site", self.months, self.person.now)
        terms = [self.terms_of(month) for month in self.months] if sites else []
        lines = []
        for site in sites:
            portal = site.organ.kind in _PORTAL_OF
            scores = [
                score(faults, told, parts=_PORTAL, scored=portal)
                for faults, told in zip(
                    stood.get(site.pk, [{} for _ in self.months]), terms, strict=True
                )
            ]
            lengths = [_bar(each) for each in scores]
            months = tuple(zip(self.months, scores, lengths, strict=True))
            lines.append(SiteLine(site.name, scores[-1], months))
        return lines


def _rate(part: int, whole: int) -> str:
    """Return a rate with its parts; of nothing there is none."""
    return rate(part, whole) if whole else "—"


def _bar(told: Score) -> Bar | None:
    """Return the bar of a score, whose full length is 100 points."""
    return None if told.points is None else Bar("", int(told.points), round(told.points))


def _lines(
    names: list[str],
    figures: list[Figures],
    scores: list[Score | None] | None = None,
    keys: list[int] | None = None,
) -> list[Line]:
    """Return lines whose bars share one scale, so that found and closed can be compared."""
    told = [("new", each.new) for each in figures] + [("closed", each.closed) for each in figures]
    drawn: list[Bar | None] = list(bars(told)) or [None] * len(told)
    half = len(figures)
    return [
        Line(
            name,
            figures[place],
            drawn[place],
            drawn[half + place],
            scores[place] if scores else None,
            keys[place] if keys else None,
        )
        for place, name in enumerate(names)
    ]
