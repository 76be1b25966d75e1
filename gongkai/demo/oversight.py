"""The office's own work of the demo's year, by the real verbs, each on its day.

Points of work with their tasks, meetings and training, the clean-up of accounts and work groups,
the public evaluation of December, and the appraisal of January 2021 with its published ranking.
"""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from gongkai.audit import Actor
from gongkai.demo import county as where
from gongkai.demo import oversight_texts as texts
from gongkai.demo.road import Road, days, moment
from gongkai.engagement import actions as engagement
from gongkai.engagement.actions import SurveyTold
from gongkai.engagement.models import Survey
from gongkai.newmedia import actions as newmedia
from gongkai.newmedia.actions import Decision, Platform, Registered, Terms, Upkeep
from gongkai.newmedia.models import Account, Campaign
from gongkai.orgs.models import Organ
from gongkai.oversight import actions, queries
from gongkai.oversight.actions import (
    AppraisalTold,
    EventTold,
    GivenTold,
    PointTold,
    SelfTold,
    TaskTold,
    WrittenAttendee,
)
from gongkai.oversight.models import Appraisal, AppraisalUnit, Rating, WorkEvent, WorkPlan
from gongkai.servicehall.models import OpenZone

READER = Actor("portal", "公众", "网上提交")
ISSUED_ON, CLOSED_ON = date(2020, 8, 24), date(2021, 1, 8)
BALLOTS = 60
_SITE = "https://www.jxjaxzf.example/zwgk/"


def lay(road: Road) -> None:
    """Make the year of the office; the chapters whose figures it is scored by come before."""
    for step in (_points, _events, _clean_up, _evaluate, _appraise):
        with transaction.atomic():
            step(road)


def _county(road: Road) -> Organ:
    return road.organs[where.COUNTY_CODE]


# -- points of work ----------------------------------------------------------------------------


def _points(road: Road) -> WorkPlan:
    office, home = road.people["office"], _county(road)
    begun = moment(ISSUED_ON - days(7), 9)
    plan = actions.draft_plan(home, year=where.YEAR, title=texts.PLAN, by=office, at=begun)
    for place, each in enumerate(texts.TASKS):
        joint = tuple(road.organs[code] for code in each.joint)
        told = TaskTold(each.content, road.organs[each.lead], each.due_on, each.heading, joint)
        actions.add_task(plan, told=told, by=office, at=begun + timedelta(minutes=place))
    plan = actions.issue_plan(plan, issued_on=ISSUED_ON, by=office, at=moment(ISSUED_ON, 15))
    for task, each in zip(plan.tasks.order_by("place"), texts.TASKS, strict=True):
        lead, clerk = road.organs[each.lead], road.clerk(each.lead)
        if each.done_on is None:
            on = moment(each.due_on - days(10), 10)
            actions.drop_task(task, reason=texts.DROPPED_WHY, by=office, at=on)
            continue
        for code in each.joint[:2]:
            at, by = moment(each.done_on - days(14), 10), road.clerk(code)
            actions.report_task(task, road.organs[code], words="已提供材料", by=by, at=at)
        at = moment(each.done_on, 11)
        link = f"{_SITE}{task.place}.html"
        actions.report_task(
            task, lead, words="已完成并公开", claims=True, link=link, by=clerk, at=at
        )
        # Who reports does not accept: the head does for the office's own tasks.
        rules = road.people["head" if each.lead == where.OFFICE_CODE else "office"]
        actions.accept_task(task, by=rules, at=at + timedelta(days=2))
    return actions.close_plan(plan, by=office, at=moment(CLOSED_ON, 9))


# -- what was held -----------------------------------------------------------------------------


def _events(road: Road) -> None:
    for each in texts.EVENTS:
        organ, by = road.organs[each.organ], road.clerk(each.organ)
        zone = OpenZone.objects.filter(county=_county(road)).order_by("pk").first()
        told = EventTold(
            kind=each.kind,
            title=f"{each.title}{texts.MARK}",
            held_on=each.on,
            hours=each.hours,
            topic=each.topic,
            zone=zone if each.in_zone else None,
            heads=each.heads,
        )
        made = actions.record_event(organ, told=told, by=by, at=moment(each.on + days(1), 10))
        if each.title == texts.SIGNED_IN:
            _sign_in(road, made, by)


def _sign_in(road: Road, event: WorkEvent, by: Actor) -> None:
    """Let one come of each department and township, two of every third; one stays away."""
    rows = []
    for place, code in enumerate(_appraised(road)):
        if code == "dsb":
            continue
        rows += [
            WrittenAttendee(
                row=len(rows) + 2 + number,
                person=f"演示人员{len(rows) + number + 1:02d}",
                unit=road.organs[code].short_name,
                post="信息员",
            )
            for number in range(2 if place % 3 == 0 else 1)
        ]
    actions.sign_in(event, rows, by=by, at=moment(event.held_on + days(1), 11))


def _appraised(road: Road) -> list[str]:
    return [
        each.code for each in (*where.DEPARTMENTS, *where.TOWNSHIPS) if each.code in road.organs
    ]


# -- the clean-up of accounts and work groups --------------------------------------------------


def _clean_up(road: Road) -> Campaign:
    office, begun = road.people["office"], date(2020, 9, 7)
    groups = {name: _group(road, *each) for each in texts.GROUPS if (name := each[2])}
    campaign = newmedia.begin_campaign(
        _county(road),
        name=texts.CAMPAIGN,
        starts_on=begun,
        ends_on=date(2020, 11, 30),
        requirement="功能相近的整合，长期不更新、没有必要的关停，工作群解散",
        by=office,
        at=moment(begun, 9),
    )
    fate = {name: (Decision(fate), why) for _, _, name, fate, why in texts.GROUPS}
    for item in campaign.items.select_related("account").order_by("pk"):
        decision, why = fate.get(item.account.name, (Decision.KEEP, ""))
        newmedia.decide(
            item, decision=decision, reason=why, by=office, at=moment(date(2020, 9, 21), 10)
        )
    for name, group in groups.items():
        if fate[name][0] is Decision.CLOSE:
            _close(road, group, fate[name][1])
    outcome = "全县账号和工作群逐一核对，保留的明确专人维护，解散工作群2个。"
    return newmedia.finish_campaign(
        campaign, outcome=outcome, by=office, at=moment(date(2020, 11, 27), 16)
    )


def _group(road: Road, platform: str, organ: str, name: str, _fate: str, _why: str) -> Account:
    return newmedia.register(
        road.organs[organ],
        platform=Platform(platform),
        terms=Terms(name=name, audience="工作人员", talks=True),
        upkeep=Upkeep(responsible="演示", phone=where.PHONE),
        told=Registered(opened_on=date(2018, 3, 5)),
        by=road.people["office"],
        at=moment(date(2020, 9, 1), 9),
    )


def _close(road: Road, group: Account, why: str) -> None:
    asked = date(2020, 10, 12)
    newmedia.ask_closing(
        group,
        why=why,
        replacement="政务协同办公平台",
        by=road.clerk(group.organ.code),
        at=moment(asked, 9),
    )
    number = f"靖政新媒〔2020〕{group.pk}号{texts.MARK}"
    newmedia.let_close(
        group, approval_number=number, by=road.people["head"], at=moment(asked + days(3), 9)
    )
    newmedia.close(
        group,
        notice_link="",
        closed_on=asked + days(7),
        by=road.people["office"],
        at=moment(asked + days(8), 9),
    )


# -- the public evaluation ---------------------------------------------------------------------


def _evaluate(road: Road) -> None:
    office, opens, closes = road.people["office"], date(2020, 12, 1), date(2020, 12, 20)
    blocks = []
    for place, (code, aspect) in enumerate(texts.ASKED, start=1):
        whom = road.organs[code].short_name if code else "全县"
        blocks.append("\n".join((f"{place}. 您对{whom}{aspect}是否满意？（单选）", *texts.DEGREES)))
    survey = engagement.draft_survey(
        road.organs[where.OFFICE_CODE],
        told=SurveyTold(
            texts.EVALUATION, "请您评议政务公开工作，不记名。", opens, closes, "\n\n".join(blocks)
        ),
        by=office,
        at=moment(opens - days(4), 9),
    )
    survey = engagement.open_survey(
        survey, by=road.people["reviewer"], at=moment(opens - days(1), 10)
    )
    questions = list(survey.questions.prefetch_related("choices").order_by("place"))
    points = [
        PointTold(question, road.organs[code] if code else None, aspect)
        for question, (code, aspect) in zip(questions, texts.ASKED, strict=True)
    ]
    actions.mark_evaluation(
        _county(road), survey, year=where.YEAR, points=points, by=office, at=moment(opens, 9)
    )
    _answer(survey, opens)
    engagement.publish_results(
        survey, conclusion=texts.CONCLUSION, by=office, at=moment(date(2020, 12, 28), 10)
    )


def _answer(survey: Survey, opens: date) -> None:
    questions = [
        (each.pk, list(each.choices.order_by("place")))
        for each in survey.questions.order_by("place")
    ]
    for number in range(BALLOTS):
        picks = {
            key: frozenset({choices[_degree(number, place)].pk})
            for place, (key, choices) in enumerate(questions)
        }
        at = moment(opens + days(number % 20), 8 + number % 12)
        engagement.answer_survey(survey, picks=picks, by=READER, at=at)


def _degree(ballot: int, question: int) -> int:
    """Return the place of the degree that a ballot gives; later questions a little worse."""
    degree = texts.ANSWERS[(ballot + 7 * question) % len(texts.ANSWERS)]
    worse = question % 4 == 3 and ballot % 5 == 0
    return min(degree + 1, 3) if worse and degree < 3 else degree


# -- the appraisal -----------------------------------------------------------------------------


def _appraise(road: Road) -> Appraisal:
    office, head = road.people["office"], road.people["head"]
    begun = date(2020, 12, 29)
    told = AppraisalTold(
        year=where.YEAR,
        title=texts.APPRAISAL,
        starts_on=date(where.YEAR, 1, 1),
        ends_on=date(where.YEAR, 12, 31),
        self_due_on=date(2021, 1, 15),
    )
    made = actions.draft_appraisal(_county(road), told=told, by=office, at=moment(begun, 9))
    for each in texts.INDICATORS:
        actions.add_indicator(made, told=each, by=office, at=moment(begun, 10))
    actions.open_rating(made, by=office, at=moment(begun, 16))
    units = list(made.units.select_related("organ", "appraisal").order_by("pk"))
    for place, unit in enumerate(units):
        at = moment(date(2021, 1, 11) + days(place % 4), 9, place)
        _rate(unit, road.clerk(unit.organ.code), at)
    actions.begin_review(made, by=office, at=moment(date(2021, 1, 18), 9))
    for place, unit in enumerate(units):
        given = {
            each.pk: told for each in queries.ratings_of(unit) if (told := _given(each, place))
        }
        actions.score_unit(unit, given, by=office, at=moment(date(2021, 1, 19), 9, place))
        actions.check_unit(unit, by=head, at=moment(date(2021, 1, 21), 9, place))
    until = date(2021, 1, 29)
    actions.show_results(made, object_until=until, by=office, at=moment(date(2021, 1, 25), 9))
    _object(road, made)
    made = actions.confirm_results(made, by=road.people["leader"], at=moment(date(2021, 2, 5), 10))
    return actions.publish_ranking(made, by=office, at=moment(date(2021, 2, 8), 9))


def _rate(unit: AppraisalUnit, by: Actor, at: object) -> None:
    told = {
        each.pk: SelfTold(each.indicator.points, "已按要求完成")
        for each in queries.ratings_of(unit)
    }
    actions.rate_unit(unit, told, by=by, at=at)


def _given(rating: Rating, place: int) -> GivenTold | None:
    """Return what reviewers give where no figure scores; None where one does."""
    if rating.given is not None:
        return None
    most = rating.indicator.points
    if rating.indicator.figure in ("requests.on_time", "hotline.on_time"):
        return GivenTold(most, "全年没有这类事项，按评分标准得满分")
    less = Decimal((place * 7 + rating.indicator.place * 3) % 6) / 2
    return GivenTold(most - less, "按季度评估和日常检查情况评定")


def _object(road: Road, appraisal: Appraisal) -> None:
    """Let one department object, with right."""
    rows = Rating.objects.filter(unit__appraisal=appraisal, unit__organ__code="scjg")
    rating = rows.select_related("unit__organ", "unit__appraisal", "indicator").get(
        indicator__item="公开质量"
    )
    objection = actions.object_to(
        rating,
        reason="季度评估扣分的抽检信息已在期限内整改，请复核",
        by=road.clerk("scjg"),
        at=moment(date(2021, 1, 26), 10),
    )
    actions.answer_objection(
        objection,
        upheld=True,
        answer="整改属实，不再扣分",
        points=rating.indicator.points,
        by=road.people["head"],
        at=moment(date(2021, 1, 28), 10),
    )
