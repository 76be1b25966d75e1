"""The public evaluation of the year as a reader meets it: results by organ, once public."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from gongkai.engagement import actions
from gongkai.engagement.queries import questions_of
from gongkai.engagement.tests import made
from gongkai.engagement.tests.factories import ME, MONDAY, moment
from gongkai.oversight.actions import PointTold, mark_evaluation
from gongkai.portal.tests.factories import open_county

pytestmark = pytest.mark.django_db
ASKED = "您对财政局政务公开工作是否满意？（单选）\n非常满意\n满意\n不满意\n不了解"


def test_satisfaction_with_each_organ_is_told_with_the_results(client, monkeypatch):
    cache.clear()
    now = moment(MONDAY, 17)
    monkeypatch.setattr(timezone, "now", lambda: now)
    place = open_county()
    row = made.survey(place.county, title="2026年社会评议", questions=ASKED)
    (question,) = questions_of(row)
    points = [PointTold(question, place.finance, "政务公开总体情况")]
    mark_evaluation(place.county, row, year=2026, points=points, by=ME, at=now)
    for choice in question.choices.all():
        picks = {question.pk: frozenset({choice.pk})}
        actions.answer_survey(row, picks=picks, by=ME, at=now)
    assert "社会评议结果" not in client.get(row.address).content.decode()
    after = moment(row.closes_on + timedelta(days=1))
    actions.publish_results(row, conclusion="继续改进", by=ME, at=after)
    monkeypatch.setattr(timezone, "now", lambda: after)
    page = client.get(row.address).content.decode()
    assert "2026年度政务公开社会评议结果" in page
    assert "66.7%" in page  # of three who know, two are satisfied
    assert place.finance.short_name in page
