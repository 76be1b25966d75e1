"""What the public sees of the office's own work: rankings it published, evaluations with results.

Art. 46. Of an appraisal the places, totals and grades; the scores of indicators, objections and
who gave them stay with the office. An evaluation is public with the results of its survey.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from gongkai.orgs.models import Organ
from gongkai.orgs.queries import Level
from gongkai.oversight.models import Appraisal, Evaluation
from gongkai.oversight.queries.evaluations import EvaluationResult, result_of


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A published ranking or evaluation in a list."""

    id: int
    year: int
    title: str
    on: date | datetime | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One organ in a published ranking."""

    rank: int
    organ: str
    total: Decimal
    grade: str


@dataclass(frozen=True, slots=True)
class PublicRanking:
    """A published ranking: of which days, each layer by itself, the best first."""

    line: PublicLine
    office: str
    starts_on: date
    ends_on: date
    full: Decimal
    confirmed_on: date
    layers: tuple[tuple[str, tuple[Ranked, ...]], ...]


@dataclass(frozen=True, slots=True)
class PublicEvaluation:
    """An evaluation whose results are public: the survey it is, what its answers come to."""

    line: PublicLine
    survey_address: str
    asked_by: str
    ballots: int
    conclusion: str
    result: EvaluationResult


def any_ranking(county_id: int) -> bool:
    """Say whether a county has published a ranking."""
    return _rankings(county_id).exists()


def any_evaluation(county_id: int) -> bool:
    """Say whether results of a county's public evaluation are public."""
    return _evaluations(county_id).exists()


def public_rankings(county: Organ) -> list[PublicLine]:
    """Return the rankings that a county has published, the newest first."""
    return [_ranking_line(each) for each in _rankings(county.pk)]


def public_ranking(county: Organ, pk: int) -> PublicRanking | None:
    """Return a ranking that a county has published, or None. 2 queries."""
    found = _rankings(county.pk).filter(pk=pk).select_related("county").first()
    if found is None or found.confirmed_on is None:
        return None
    layers: dict[str, list[Ranked]] = defaultdict(list)
    for each in found.units.select_related("organ").order_by("rank", "organ__order", "organ__code"):
        line = Ranked(each.rank or 0, each.organ.short_name, each.total or Decimal(0), each.grade)
        layers[each.level].append(line)
    return PublicRanking(
        line=_ranking_line(found),
        office=found.county.name,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        full=found.full,
        confirmed_on=found.confirmed_on,
        layers=tuple((level.label, tuple(layers[level])) for level in Level if level in layers),
    )


def public_evaluations(county: Organ) -> list[PublicLine]:
    """Return the evaluations of a county whose results are public, the newest first."""
    return [_evaluation_line(each) for each in _evaluations(county.pk)]


def evaluation_of_public(county: Organ, pk: int) -> PublicEvaluation | None:
    """Return an evaluation of a county whose results are public, or None. 3 queries."""
    found = _evaluations(county.pk).filter(pk=pk).first()
    if found is None:
        return None
    survey = found.survey
    return PublicEvaluation(
        line=_evaluation_line(found),
        survey_address=survey.address,
        asked_by=survey.organ.name,
        ballots=survey.last_number,
        conclusion=survey.conclusion,
        result=result_of(found),
    )


def _rankings(county_id: int) -> QuerySet[Appraisal]:
    rows = Appraisal.objects.filter(county_id=county_id, published_at__isnull=False)
    return rows.order_by("-year", "-pk")


def _evaluations(county_id: int) -> QuerySet[Evaluation]:
    rows = Evaluation.objects.filter(county_id=county_id, survey__results_on__isnull=False)
    return rows.select_related("survey__organ").order_by("-year", "-pk")


def _ranking_line(row: Appraisal) -> PublicLine:
    return PublicLine(row.pk, row.year, f"{row.title}结果", row.published_at)


def _evaluation_line(row: Evaluation) -> PublicLine:
    return PublicLine(row.pk, row.year, str(row), row.survey.results_on)
