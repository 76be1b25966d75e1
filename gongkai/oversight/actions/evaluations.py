"""The verb that makes a survey the public evaluation of a year (社会评议, Art. 46)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.engagement.models import Question, Survey
from gongkai.orgs.models import Organ
from gongkai.oversight.actions.steps import local_day, log
from gongkai.oversight.lifecycle import Refused, ToldWrongly
from gongkai.oversight.models import Evaluation, EvaluationPoint
from gongkai.oversight.queries import questions_to_mark, surveys_to_mark
from gongkai.oversight.rules.evaluating import worth_of
from gongkai.oversight.rules.texts import used


@dataclass(frozen=True, slots=True)
class PointTold:
    """A question as an indicator: of which organ (None: the whole county), of what."""

    question: Question
    organ: Organ | None
    aspect: str


@transaction.atomic
def mark_evaluation(
    county: Organ,
    survey: Survey,
    *,
    year: int,
    points: Sequence[PointTold],
    by: Actor,
    at: datetime,
) -> Evaluation:
    """Make a survey the public evaluation of a year, with its questions as indicators.

    Raises:
        Refused: the survey is another county's, or an evaluation already.
        ToldWrongly: no question, or one whose answers are no degrees of satisfaction.
    """
    if not surveys_to_mark(county).filter(pk=survey.pk).exists():
        raise Refused("这次调查不能设为社会评议：已经设置过、已终止，或者不是本县的调查。")
    if not points:
        raise ToldWrongly("请至少选择一道题目作为评议指标", "questions")
    if not 2008 <= year <= local_day(at).year:
        raise ToldWrongly("请核对“年度”", "year")
    known = {each.pk: each for each in questions_to_mark(survey)}
    made = Evaluation.objects.create(
        county=county, survey=survey, year=year, made_by=by.name, made_at=at
    )
    for told in points:
        question = known.get(told.question.pk)
        if question is None:
            raise ToldWrongly(f"“{told.question}”不是单选题，不能作为评议指标", "questions")
        for choice in question.choices.all():
            worth_of(choice.text)
        EvaluationPoint.objects.create(
            evaluation=made,
            question=question,
            organ=told.organ,
            aspect=used(told.aspect, "aspect"),
        )
    log("mark_evaluation", made, county, by, at, after={"year": year, "points": len(points)})
    return made
