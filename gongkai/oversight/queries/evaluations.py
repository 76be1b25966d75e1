"""Reading public evaluations: satisfaction by organ and by what was asked (Art. 46)."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from gongkai.engagement.actions import QuestionKind
from gongkai.engagement.models import Choice, Question, Survey
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_of
from gongkai.oversight.models import Evaluation, EvaluationPoint
from gongkai.oversight.rules.evaluating import NOTHING, Standing, standing

_WHOLE = "全县政务公开工作"


@dataclass(frozen=True, slots=True)
class PointLine:
    """One indicator of an evaluation: of whom, of what, what the answers come to."""

    organ: str
    aspect: str
    standing: Standing

    @property
    def length(self) -> int:
        """Return its bar, from 0 to 100."""
        score = self.standing.score
        return round(score) if score is not None else 0


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """What an evaluation came to: each indicator, each organ, all together."""

    year: int
    points: tuple[PointLine, ...]
    organs: tuple[PointLine, ...]
    whole: Standing


def evaluations_of(counties: set[int]) -> QuerySet[Evaluation]:
    """Return the evaluations of some counties, the newest first."""
    rows = Evaluation.objects.filter(county_id__in=counties)
    return rows.select_related("survey__organ", "county").order_by("-year", "-pk")


def result_of(evaluation: Evaluation) -> EvaluationResult:
    """Return what the answers come to. 2 queries."""
    points = list(
        EvaluationPoint.objects.filter(evaluation=evaluation)
        .select_related("organ", "question")
        .order_by("question__place")
    )
    counts: dict[int, list[tuple[str, int]]] = {}
    chosen = Choice.objects.filter(question__in=[each.question_id for each in points])
    rows = chosen.order_by("question_id", "place").annotate(given=Count("picks"))
    for key, text, given in rows.values_list("question_id", "text", "given"):
        counts.setdefault(key, []).append((text, given))
    lines = [
        PointLine(_named(each), each.aspect, standing(counts.get(each.question_id, [])))
        for each in points
    ]
    organs: dict[str, Standing] = {}
    for line in lines:
        organs[line.organ] = organs.get(line.organ, NOTHING) + line.standing
    by_organ = sorted(
        (PointLine(name, "", told) for name, told in organs.items()),
        key=lambda line: (line.standing.score is None, -(line.standing.score or 0)),
    )
    whole = sum((line.standing for line in lines), NOTHING)
    return EvaluationResult(evaluation.year, tuple(lines), tuple(by_organ), whole)


def public_evaluation(survey_id: int) -> EvaluationResult | None:
    """Return what a survey came to as an evaluation once its results are public, else None."""
    found = Evaluation.objects.filter(survey_id=survey_id, survey__results_on__isnull=False).first()
    return result_of(found) if found is not None else None


def _named(point: EvaluationPoint) -> str:
    return point.organ.short_name if point.organ is not None else _WHOLE


def surveys_to_mark(county: Organ) -> QuerySet[Survey]:
    """Return the surveys of a county that are no evaluation yet."""
    rows = Survey.objects.filter(organ__in=organs_of(county).order_by())
    taken = Evaluation.objects.order_by().values("survey_id")
    return rows.filter(cancelled_why="").exclude(pk__in=taken)


def questions_to_mark(survey: Survey) -> list[Question]:
    """Return the questions with one answer, which alone can be an indicator."""
    rows = Question.objects.filter(survey=survey, kind=QuestionKind.SINGLE)
    return list(rows.prefetch_related("choices").order_by("place"))
