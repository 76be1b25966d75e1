"""The verbs: tasks with proof and other eyes, scores with other eyes, what is refused to whom."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from gongkai.audit.models import Event
from gongkai.disclosure.tests.staffing import person
from gongkai.engagement import actions as engagement
from gongkai.engagement.queries import questions_of
from gongkai.engagement.tests import made as exchanges
from gongkai.inforequests.tests import factories as requests
from gongkai.orgs.models import Role
from gongkai.outbox.models import Job
from gongkai.oversight import actions, queries, statistics
from gongkai.oversight.actions import CaseTold, GivenTold, PointTold, SelfTold, reminding
from gongkai.oversight.lifecycle import AppraisalState, Refused, TaskState, ToldWrongly
from gongkai.oversight.rules.figures import FIGURES
from gongkai.oversight.rules.worksheet import WrittenAttendee
from gongkai.oversight.sources.asking import Part, count_all, records_behind
from gongkai.oversight.tests import factories as made
from gongkai.oversight.tests.factories import HEAD, MONDAY, NOW, OFFICE, OTHER, TOLD, moment
from gongkai.tables.facts import Period

pytestmark = pytest.mark.django_db
YEAR = Period.of_year(2026)
PROOF = {"claims": True, "link": "https://www.jingan.gov.cn/hhxx/"}


@pytest.fixture
def place():
    return made.county()


def test_a_task_is_reported_done_with_proof_and_accepted_by_other_eyes(place) -> None:
    home, water, forest, town = place
    plan = made.issued(home, water, town)
    task = plan.tasks.get()
    with pytest.raises(Refused, match="不是这项任务"):
        actions.report_task(task, forest, words="已公开", **TOLD)
    with pytest.raises(Refused, match="配合单位只报送进展"):
        actions.report_task(task, town, words="已公开", **PROOF, **TOLD)
    with pytest.raises(ToldWrongly, match="佐证"):
        actions.report_task(task, water, words="已公开", claims=True, **TOLD)
    actions.report_task(task, town, words="已提供名录", **TOLD)
    actions.report_task(task, water, words="已公开32条河流信息", **PROOF, **TOLD)
    with pytest.raises(Refused, match="不能自己核实"):
        actions.accept_task(task, by=TOLD["by"], at=moment())
    with pytest.raises(Refused, match="还有1项任务"):
        actions.close_plan(plan, **NOW)
    actions.send_task_back(task, ruling="缺少湖泊信息", **NOW)
    actions.report_task(task, water, words="湖泊信息已公开", **PROOF, **TOLD)
    held = actions.accept_task(task, **NOW)
    assert (held.state, held.done_on) == (TaskState.DONE, MONDAY)
    assert [each.accepted for each in queries.reports_of(task)] == [True, False, None]
    actions.close_plan(plan, **NOW)
    told = queries.completion(plan.tasks.all(), MONDAY)
    assert (told.tasks, told.done, told.rate) == (1, 1, "100.0%")
    verbs = list(Event.objects.filter(verb__startswith="oversight.").values_list("verb", flat=True))
    assert len(verbs) == 9  # one a verb; what was refused left none


def test_organs_hear_of_their_tasks_and_the_office_of_what_is_late(place, settings, tmp_path):
    settings.GONGKAI_MAILER = {"kind": "folder", "folder": str(tmp_path)}
    home, water, *_ = place
    for organ, role, name in ((water, Role.DEPARTMENT_CLERK, "c"), (home, Role.OGI_OFFICE, "o")):
        official = person(name, (organ, role))
        official.email = f"{name}@example.com"
        official.save()
    task = made.issued(home, water, due_on=date(2026, 9, 24)).tasks.get()
    assert reminding.put_reminders(at=moment(date(2026, 9, 14), 7)) == 0
    assert reminding.put_reminders(at=moment(task.due_on, 7)) == 1
    assert reminding.remind(water.pk, at=moment(task.due_on)) == []
    jobs = Job.objects.filter(kind=reminding.SEND)
    assert [job.payload["address"] for job in jobs] == ["c@example.com"]
    jobs.delete()
    late = moment(date(2026, 9, 28))
    reminding.remind(water.pk, at=late)
    assert {job.payload["address"] for job in jobs.all()} == {"c@example.com", "o@example.com"}
    letters: list[Any] = []
    postman = SimpleNamespace(send=letters.append)
    reminding.send_reminder(water.pk, "c@example.com", 0, at=late, by=postman)
    assert "已超期" in letters[0].text
    actions.drop_task(task, reason="并入另一项", **NOW)
    reminding.send_reminder(water.pk, "c@example.com", 0, at=late, by=postman)
    assert len(letters) == 1


def test_a_late_task_counts_and_a_dropped_one_does_not(place) -> None:
    home, water, *_ = place
    plan = made.issued(home, water, due_on=date(2026, 9, 18))
    task = plan.tasks.get()
    assert queries.completion(plan.tasks.all(), MONDAY).late == 1
    actions.move_task(task, due_on=date(2026, 10, 9), reason="等待名录", **NOW)
    with pytest.raises(ToldWrongly):
        actions.move_task(task, due_on=date(2029, 1, 1), reason="等待名录", **NOW)
    actions.drop_task(task, reason="并入另一项", **NOW)
    assert statistics.tasks_done(YEAR, [water.pk]) == {}
    with pytest.raises(Refused, match="不能调整时限"):
        actions.move_task(task, due_on=date(2026, 10, 9), reason="再议", **NOW)


def test_who_signed_in_is_counted_by_organ_and_struck_events_count_nowhere(place) -> None:
    home, water, forest, _ = place
    event = made.trained(home, hours=Decimal(4))
    rows = [
        WrittenAttendee(2, "张三", "水利局", "信息员"),
        WrittenAttendee(3, "李四", "靖安县水利局", ""),
        WrittenAttendee(4, "王五", "省水利厅", "讲师"),
    ]
    actions.sign_in(event, rows, **NOW)
    (line,) = queries.attendance(type(event).objects.all())
    assert (line.organ, line.people, line.hours) == ("水利局", 2, Decimal(8))
    assert statistics.people_trained(YEAR, [home.pk]) == {home.pk: 3}
    assert queries.absent(event, type(water).objects.filter(pk__in=[water.pk, forest.pk])) == [
        "林业局"
    ]
    with pytest.raises(ToldWrongly, match="已登记过同名"):
        made.trained(home)
    with pytest.raises(ToldWrongly, match="不能晚于今天"):
        made.trained(home, title="明天的培训", held_on=MONDAY + timedelta(days=1))
    actions.strike_event(event, reason="重复登记", **NOW)
    assert statistics.people_trained(YEAR, [home.pk]) == {}


def test_an_appraisal_is_rated_scored_checked_shown_objected_to_and_confirmed(place) -> None:
    home, water, forest, _town = place
    plan = made.issued(home, water)
    actions.report_task(plan.tasks.get(), water, words="已公开", **PROOF, **TOLD)
    actions.accept_task(plan.tasks.get(), **NOW)
    appraisal = made.drafted(home)
    actions.open_rating(appraisal, **NOW)
    units = {each.organ_id: each for each in appraisal.units.all()}
    unit = units[water.pk]
    hand, rate = queries.ratings_of(unit)
    with pytest.raises(ToldWrongly) as wrong:
        actions.rate_unit(unit, {hand.pk: SelfTold(Decimal(61))}, **TOLD)
    assert wrong.value.field == f"points-{hand.pk}"
    actions.rate_unit(unit, {hand.pk: SelfTold(Decimal(55), "有制度")}, **TOLD)
    late = moment(date(2026, 10, 1))
    with pytest.raises(Refused, match="自评期限"):
        actions.rate_unit(unit, {hand.pk: SelfTold(Decimal(60))}, by=TOLD["by"], at=late)
    actions.begin_review(appraisal, **NOW)
    hand, rate = queries.ratings_of(unit)
    assert (rate.given, rate.counted.said) == (Decimal(40), "1/1")
    assert queries.ratings_of(units[forest.pk])[1].given is None  # nothing fell due: people decide
    with pytest.raises(ToldWrongly, match="请填写“评分说明”"):
        actions.score_unit(unit, {rate.pk: GivenTold(Decimal(30))}, **NOW)
    for each in units.values():
        first, second = queries.ratings_of(each)
        given = {first.pk: GivenTold(Decimal(50)), second.pk: GivenTold(Decimal(40))}
        actions.score_unit(each, given, **NOW)
    assert actions.check_unit(unit, by=OFFICE, at=moment()) == 1  # what figures gave, not his own
    with pytest.raises(Refused, match="是您打的"):
        actions.check_unit(unit, by=OFFICE, at=moment())
    with pytest.raises(Refused, match="没有复核"):
        actions.show_results(appraisal, object_until=date(2026, 9, 25), **NOW)
    for each in units.values():
        actions.check_unit(each, by=OTHER, at=moment())
    actions.show_results(appraisal, object_until=date(2026, 9, 25), **NOW)
    hand, _ = queries.ratings_of(unit)
    objection = actions.object_to(hand, reason="漏计一项制度", **TOLD)
    with pytest.raises(Refused, match="是您打的"):
        actions.answer_objection(objection, upheld=False, answer="不采纳", by=OFFICE, at=moment())
    told = {"upheld": True, "answer": "补正属实", "points": Decimal(58)}
    actions.answer_objection(objection, **told, by=OTHER, at=moment())
    with pytest.raises(Refused, match="期满以后"):
        actions.confirm_results(appraisal, by=HEAD, at=moment())
    held = actions.confirm_results(appraisal, by=HEAD, at=moment(date(2026, 9, 28)))
    assert held.state == AppraisalState.CONFIRMED
    lines = queries.unit_lines(held, held.units.select_related("organ"))
    ranked = [(each.unit.organ.code, each.rank, each.total) for each in lines]
    assert ranked[:2] == [("water", 1, Decimal(98)), ("forest", 2, Decimal(90))]
    assert statistics.appraised(YEAR, [home.pk]) == {home.pk: 3}


def test_indicators_must_come_to_full_marks_and_fit_their_figure(place) -> None:
    home, *_ = place
    appraisal = made.drafted(home)
    rate = appraisal.indicators.get(item="要点任务")
    wrong = actions.IndicatorTold(
        group="任务落实", item="要点任务", points=Decimal(30), method="BY_RATE",
        figure="oversight.trainings",
    )  # fmt: skip
    with pytest.raises(ToldWrongly, match="按比率计分的选择比率"):
        actions.change_indicator(rate, told=wrong, **NOW)
    actions.remove_indicator(rate, **NOW)
    with pytest.raises(Refused, match="不等于满分"):
        actions.open_rating(appraisal, **NOW)
    again = made.AppraisalTold(
        year=2027, title="2027年考核", starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31),
        self_due_on=date(2027, 12, 1),
    )  # fmt: skip
    copied = actions.draft_appraisal(home, told=again, like=appraisal, **NOW)
    assert [each.item for each in copied.indicators.all()] == ["制度建设"]


def test_an_evaluation_is_a_survey_whose_answers_are_degrees(place) -> None:
    home, water, *_ = place
    text = "1. 您对水利局政务公开是否满意？（单选）\n非常满意\n满意\n不满意\n不了解"
    survey = exchanges.survey(home, questions=text)
    (question,) = questions_of(survey)
    points = [PointTold(question, water, "政务公开总体情况")]
    found = actions.mark_evaluation(home, survey, year=2026, points=points, **NOW)
    assert queries.public_evaluation(survey.pk) is None  # its results are not public
    with pytest.raises(Refused, match="已经设置过"):
        actions.mark_evaluation(home, survey, year=2026, points=points, **NOW)
    for number, choice in enumerate(question.choices.all()):
        engagement.answer_survey(
            survey, picks={question.pk: frozenset({choice.pk})}, remarks={},
            submission_key=f"k{number}", by=exchanges.READER, at=moment(survey.opens_on),
        )  # fmt: skip
    told = queries.result_of(found)
    assert (told.whole.satisfied, told.whole.answered) == (2, 3)
    assert [each.organ for each in told.organs] == ["水利局"]
    how_often = exchanges.survey(home, title="公交调查")
    first = questions_of(how_often)[0]
    told_points = [PointTold(first, None, "频次")]
    with pytest.raises(ToldWrongly, match="不是满意程度"):
        actions.mark_evaluation(home, how_often, year=2026, points=told_points, **NOW)


def test_accountability_is_sealed_opened_logged_and_struck(place) -> None:
    home, water, *_ = place
    told = CaseTold(
        fault="NOT_UPDATED", sanction="CRITICISED", facts="公开指南一年没有更新",
        decided_on=MONDAY, people="李某某",
    )  # fmt: skip
    case = actions.record_case(home, water, told=told, **NOW)
    assert "李某某".encode() not in bytes(case.people_sealed)
    assert all("李某某" not in str(event.after) for event in Event.objects.all())
    assert actions.show_people(case, **NOW) == "李某某"
    assert Event.objects.filter(verb="oversight.show_people").count() == 1
    assert statistics.held_to_account(YEAR, [water.pk]) == {water.pk: 1}
    actions.strike_case(case, reason="决定撤销", **NOW)
    assert statistics.held_to_account(YEAR, [water.pk]) == {}
    assert actions.reseal(10, at=moment()) == 0


def test_every_figure_counts_as_many_as_the_records_it_opens(place) -> None:
    home, water, _forest, town = place
    made.issued(home, water, town)
    made.trained(home, heads=30)
    requests.registered(water)
    exchanges.answered(home)
    organs = list(type(home).objects.values_list("pk", flat=True))
    counted = count_all(FIGURES, YEAR, {0: organs}, moment())
    for name, told in counted.items():
        for part, number in ((Part.ABOVE, told[0].value), (Part.BELOW, told[0].below)):
            if number is not None:
                found = records_behind(name, YEAR, organs, moment(), part)
                assert sum(each.adds for each in found) == number, name
    assert counted["oversight.trained"][0].value == 30
    assert counted["oversight.tasks_done"][0].said == "0/1"
    assert counted["requests.received"][0].value == counted["requests.online"][0].value == 1
    assert counted["engagement.messages_on_time"][0].said == "1/1"
