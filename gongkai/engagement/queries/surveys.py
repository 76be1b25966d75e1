"""Reading surveys: the desk's list, the questions as asked, the results with their figures."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.engagement.lifecycle import QuestionKind, Standing, SurveyState
from gongkai.engagement.models import Ballot, Choice, Pick, Question, Survey
from gongkai.engagement.rules.surveys import Asked, QuestionTold
from gongkai.orgs.models import Organ
from gongkai.tables.charts import bars

_PUBLIC = (SurveyState.OPEN, SurveyState.RESULTS, SurveyState.CANCELLED)


@dataclass(frozen=True, slots=True)
class PublicSurvey:
    """A survey as the public sees it on a day."""

    id: int
    title: str
    intro: str
    organ: str
    address: str
    opens_on: date
    closes_on: date
    standing: Standing
    takes_ballots: bool
    conclusion: str
    results_on: date | None
    ballots: int

    @property
    def said(self) -> str:
        """Return how it stands, in the words of surveys."""
        return standing_said(self.standing)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One choice: how many ballots have it, of those that answered, its bar from 0 to 100."""

    text: str
    count: int
    share: str
    length: int


@dataclass(frozen=True, slots=True)
class Result:
    """What was answered to one question: how many answered it, each choice with its count.

    Several choices may be in one ballot: their sum may be more than `answered`.
    """

    place: int
    text: str
    kind: QuestionKind
    answered: int
    rows: tuple["ResultRow", ...]


def standing_said(standing: Standing) -> str:
    """Return a standing in the words of surveys."""
    words = {Standing.RUNNING: "正在进行", Standing.FED_BACK: "已公布结果"}
    return words.get(standing, standing.label)


def surveys_of(organ_ids: Collection[int]) -> QuerySet[Survey]:
    """Return the surveys of some organs, latest term first."""
    rows = Survey.objects.filter(organ_id__in=organ_ids).select_related("organ")
    return rows.order_by("-closes_on", "-pk")


def find_survey(pk: int, organ_ids: Collection[int]) -> Survey | None:
    """Return the survey with this key among those of some organs, or None."""
    return surveys_of(organ_ids).filter(pk=pk).first()


def questions_of(survey: Survey | int) -> list[Question]:
    """Return the questions with their choices, in order. Two queries."""
    key = survey if isinstance(survey, int) else survey.pk
    rows = Question.objects.filter(survey_id=key).order_by("place")
    return list(rows.prefetch_related("choices"))


def asked_in(survey: Survey | int) -> tuple[Asked, ...]:
    """Return the questions as a ballot is held against them."""
    return tuple(
        Asked(
            each.pk,
            each.text,
            QuestionKind(each.kind),
            each.required,
            tuple(choice.pk for choice in each.choices.all()),
        )
        for each in questions_of(survey)
    )


def told_in(survey: Survey) -> tuple[QuestionTold, ...]:
    """Return the questions as an official typed them."""
    return tuple(
        QuestionTold(
            each.text,
            QuestionKind(each.kind),
            each.required,
            tuple(choice.text for choice in each.choices.all()),
        )
        for each in questions_of(survey)
    )


def results_of(survey_id: int) -> tuple[Result, ...]:
    """Return the results question by question; of written answers only how many. 5 queries."""
    counts = dict(
        Choice.objects.filter(question__survey_id=survey_id)
        .annotate(given=Count("picks"))
        .values_list("pk", "given")
    )
    answered = dict(
        Pick.objects.filter(choice__question__survey_id=survey_id)
        .order_by()
        .values("choice__question")
        .annotate(ballots=Count("ballot", distinct=True))
        .values_list("choice__question", "ballots")
    )
    written = _written(survey_id)
    return tuple(_result(each, counts, answered, written) for each in questions_of(survey_id))


def _result(
    each: Question, counts: dict[int, int], answered: dict[int, int], written: dict[int, int]
) -> Result:
    kind = QuestionKind(each.kind)
    if kind is QuestionKind.TEXT:
        return Result(each.place, each.text, kind, written.get(each.pk, 0), ())
    whole = answered.get(each.pk, 0)
    figures = [(choice.text, counts.get(choice.pk, 0)) for choice in each.choices.all()]
    lengths = [bar.length for bar in bars(figures)] or [0] * len(figures)
    rows = tuple(
        ResultRow(text, count, f"{100 * count / whole:.1f}%" if whole else "—", length)
        for (text, count), length in zip(figures, lengths, strict=True)
    )
    return Result(each.place, each.text, kind, whole, rows)


def _written(survey_id: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for remarks in _remarks(survey_id):
        for key in remarks:
            found[int(key)] = found.get(int(key), 0) + 1
    return found


def _remarks(survey_id: int) -> Iterator[dict[str, str]]:
    rows = Ballot.objects.filter(survey_id=survey_id, has_remarks=True).order_by("number")
    for ballot in rows.iterator():
        yield json.loads(ballot.unseal("remarks"))


def remarks_of(survey: Survey) -> list[tuple[str, list[str]]]:
    """Return the written answers by question, as the organ reads them."""
    texts = {each.pk: each.text for each in questions_of(survey) if each.kind == QuestionKind.TEXT}
    found: dict[int, list[str]] = {key: [] for key in texts}
    for remarks in _remarks(survey.pk):
        for key, said in remarks.items():
            if int(key) in found:
                found[int(key)].append(said)
    return [(texts[key], said) for key, said in found.items()]


def public_surveys(county: Organ, today: date) -> list[PublicSurvey]:
    """Return the surveys on a county's site, latest term first. One query."""
    rows = Survey.objects.filter(Q(organ=county) | Q(organ__county=county), state__in=_PUBLIC)
    rows = rows.filter(opened_at__isnull=False).select_related("organ")
    return [as_public_survey(each, today) for each in rows.order_by("-closes_on", "-pk")]


def public_survey(county: Organ, pk: int, today: date) -> PublicSurvey | None:
    """Return a survey on a county's site, or None. One query."""
    return next((each for each in public_surveys(county, today) if each.id == pk), None)


def as_public_survey(row: Survey, today: date) -> PublicSurvey:
    """Return a survey as the public sees it on a day."""
    standing = row.standing_on(today)
    return PublicSurvey(
        id=row.pk,
        title=row.title,
        intro=row.intro,
        organ=row.organ.name,
        address=row.address,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        standing=standing,
        takes_ballots=standing is Standing.RUNNING,
        conclusion=row.conclusion,
        results_on=row.results_on,
        ballots=row.last_number,
    )
