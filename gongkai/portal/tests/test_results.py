"""Rankings and evaluations in public: nothing before the office publishes, files kept in step."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from gongkai.audit.models import Event
from gongkai.engagement import actions as engagement
from gongkai.engagement.queries import questions_of
from gongkai.engagement.tests import made as exchanges
from gongkai.oversight import actions, queries
from gongkai.oversight.actions import GivenTold, PointTold
from gongkai.oversight.lifecycle import Refused, ToldWrongly
from gongkai.oversight.tests.factories import HEAD, MONDAY, NOW, OTHER, drafted, moment
from gongkai.portal.publishing.changes import Changes, note, touched_on
from gongkai.portal.publishing.view import views
from gongkai.portal.tests.factories import open_county

pytestmark = pytest.mark.django_db
RANKINGS, EVALUATIONS = "/zwgk/kaohe/", "/zwgk/shpy/"
CONFIRMED = moment(date(2026, 9, 28))


@pytest.fixture
def place(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment(MONDAY, 17))
    cache.clear()
    return open_county()


def shown(home):
    """Return an appraisal scored, checked and shown to the organs."""
    appraisal = drafted(home)
    actions.open_rating(appraisal, **NOW)
    actions.begin_review(appraisal, **NOW)
    for place, unit in enumerate(appraisal.units.order_by("pk")):
        ratings = queries.ratings_of(unit)
        given = {each.pk: GivenTold(Decimal(40 - place), "评审认定") for each in ratings}
        actions.score_unit(unit, given, **NOW)
        actions.check_unit(unit, by=OTHER, at=moment())
    return actions.show_results(appraisal, object_until=date(2026, 9, 25), **NOW)


def touched(county):
    """Return the addresses that the newest event of the log changes on the site."""
    event = Event.objects.latest("pk")
    changes = Changes()
    note(changes, event.verb, event.target, event.chain)
    (view,) = [each for each in views() if each.county == county]
    return touched_on(view, changes).addresses


def text(answer):
    return answer.content.decode()


def test_a_ranking_is_public_only_while_the_office_publishes_it(client, place) -> None:
    home = place.county
    empty = client.get(RANKINGS)
    assert empty.status_code == 404
    assert "还没有公布考核结果" in text(empty)
    appraisal = shown(home)
    page = f"{RANKINGS}{appraisal.pk}.html"
    with pytest.raises(Refused, match="不能在网站公布排名"):
        actions.publish_ranking(appraisal, **NOW)
    actions.confirm_results(appraisal, by=HEAD, at=CONFIRMED)
    assert client.get(page).status_code == 404
    assert RANKINGS not in text(client.get("/zwgk/"))
    actions.publish_ranking(appraisal, by=OTHER, at=CONFIRMED)
    assert {page, RANKINGS, "/zwgk/", "/wzdt/"} <= touched(home)
    with pytest.raises(Refused, match="已经公布"):
        actions.publish_ranking(appraisal, by=OTHER, at=CONFIRMED)
    assert page in text(client.get(RANKINGS))
    assert RANKINGS in text(client.get("/zwgk/"))
    told = text(client.get(page))
    for words in ("县直部门", "乡镇", place.finance.short_name, "80", "2026-09-28"):
        assert words in told
    assert "制度建设" not in told  # what an indicator gave stays inside
    with pytest.raises(ToldWrongly):
        actions.unpublish_ranking(appraisal, reason=" ", by=OTHER, at=CONFIRMED)
    actions.unpublish_ranking(appraisal, reason="一个单位的名称有误", by=OTHER, at=CONFIRMED)
    assert page in touched(home)
    with pytest.raises(Refused, match="没有公布"):
        actions.unpublish_ranking(appraisal, reason="再撤", by=OTHER, at=CONFIRMED)
    assert {client.get(each).status_code for each in (page, RANKINGS)} == {404}


def test_an_evaluation_is_public_with_the_results_of_its_survey(client, place, monkeypatch) -> None:
    asked = "您对财政局政务公开工作是否满意？（单选）\n非常满意\n满意\n不满意\n不了解"
    row = exchanges.survey(place.county, title="2026年社会评议", questions=asked)
    (question,) = questions_of(row)
    points = [PointTold(question, place.finance, "政务公开总体情况")]
    now = {"by": OTHER, "at": moment(MONDAY, 17)}
    made = actions.mark_evaluation(place.county, row, year=2026, points=points, **now)
    for choice in question.choices.all():
        engagement.answer_survey(row, picks={question.pk: frozenset({choice.pk})}, **now)
    page = f"{EVALUATIONS}{made.pk}.html"
    assert "还没有公布社会评议结果" in text(client.get(EVALUATIONS))
    assert client.get(page).status_code == 404
    after = moment(row.closes_on + timedelta(days=1))
    engagement.publish_results(row, conclusion="继续改进", by=OTHER, at=after)
    assert {page, EVALUATIONS, row.address} <= touched(place.county)
    monkeypatch.setattr(timezone, "now", lambda: after)
    assert page in text(client.get(EVALUATIONS))
    told = text(client.get(page))
    for words in ("66.7%", place.finance.short_name, "政务公开总体情况", "继续改进", row.address):
        assert words in told
