"""Verbs: the road of items, guides, cases, help, halls and zones; figures and what they rest on."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from gongkai.audit.models import Event
from gongkai.orgs.models import Organ
from gongkai.servicehall import actions, queries, statistics
from gongkai.servicehall.actions import (
    Asked,
    ImportRow,
    ItemKind,
    Person,
    Rating,
    Refused,
    RowsWrong,
    ToldWrongly,
    WindowKind,
    WrittenItem,
    ZonePlace,
    ZoneTold,
)
from gongkai.servicehall.findings import guide_findings
from gongkai.servicehall.lifecycle import CaseState, ItemState
from gongkai.servicehall.models import Assistance, FulfilmentCase, ServiceItem
from gongkai.servicehall.tests import factories as made
from gongkai.servicehall.tests.factories import MONDAY, NOW, PASSING, UNTIL, moment
from gongkai.tables.facts import Measure, Period

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
YEAR = Period.of_year(2026)


@pytest.fixture
def home() -> Organ:
    return made.county()


@pytest.fixture
def water(home: Organ) -> Organ:
    return made.department(home)


def test_a_guide_is_published_by_other_eyes_and_then_only_revised(water: Organ) -> None:
    item = made.drafted(water, hours="")
    version = queries.open_version(item)
    assert version is not None
    with pytest.raises(Refused, match="缺少办理时间"):
        actions.submit(version, **NOW)
    actions.write(version, guide=made.guide(), **NOW)
    version = actions.submit(version, **NOW)
    with pytest.raises(Refused, match="提交人不能审核"):
        actions.publish(version, effective_on=MONDAY, **NOW)
    version = actions.send_back(version, why="材料不准", **PASSING)
    version = actions.submit(actions.write(version, guide=made.guide(), **NOW), **NOW)
    actions.publish(version, effective_on=MONDAY, **PASSING)
    item.refresh_from_db()
    assert (item.state, item.in_force_on, item.themes) == ("IN_FORCE", MONDAY, ",f26,")
    with pytest.raises(Refused):
        actions.write(version, guide=made.guide(), **NOW)
    second = actions.revise(item, **NOW)
    with pytest.raises(Refused, match="第2版指南还没有发布"):
        actions.revise(item, **NOW)
    actions.write(second, guide=made.guide(promised=5), **NOW)
    second = actions.submit(second, **NOW)
    with pytest.raises(ToldWrongly, match="不能早于第1版"):
        actions.publish(second, effective_on=MONDAY - WEEK, **PASSING)
    actions.publish(second, effective_on=MONDAY + WEEK, **PASSING)
    held = [queries.guide_on(item, MONDAY + WEEK * week) for week in (-1, 0, 1)]
    assert [each and each.guide.promised for each in held] == [None, 10, 5]
    verbs = Event.objects.filter(target=item.typed_id, chain=water.code)
    assert verbs.filter(verb="servicehall.publish").count() == 2


def test_stock_and_change_of_items_are_the_items(home: Organ, water: Organ) -> None:
    old = made.published(water, "老事项", effective_on=date(2025, 3, 1))
    made.published(water, "新事项")
    made.published(water, "查询", kind=ItemKind.PUBLIC_SERVICE)
    made.published(water, "备案", kind=ItemKind.OTHER_POWER)
    with pytest.raises(ToldWrongly, match="同名事项"):
        made.drafted(water, "新事项")
    actions.suspend(old, why="系统升级", **NOW)
    with pytest.raises(Refused):
        actions.suspend(old, why="再次", **NOW)
    with pytest.raises(ToldWrongly, match="不能早于"):
        actions.cancel(old, why="国发", cancelled_on=date(2024, 1, 1), **NOW)
    actions.cancel(old, why="国发〔2026〕1号取消", cancelled_on=MONDAY, **NOW)
    with pytest.raises(Refused):
        actions.resume(old, why="x", **NOW)
    facts = statistics.facts_by_organ(YEAR, [water.pk])[water.pk]
    licence = [facts[Measure("hall.LICENCE", each)] for each in ("opening_items", "item_change")]
    assert licence == [1, 0]
    assert facts[Measure("hall.OUTWARD_SERVICE", "item_change")] == 1
    assert facts[Measure("hall.PUBLIC_SERVICE", "item_change")] == 1
    for measure, value in facts.items():
        behind = statistics.records_behind(measure, YEAR, [water.pk])
        assert sum(each.adds for each in behind) == value, measure
    rows = {name: told for _, name, *told in statistics.stock_by_organ(home, YEAR)}
    assert rows["LICENCE"] == [1, 1, 1]
    # The name is free again; what is cancelled is off the list of the day.
    made.drafted(water, "老事项")
    assert [item.name for item in queries.public_items(home.pk, MONDAY).filter(kind="LICENCE")] == [
        "新事项"
    ]


def _row(organ: Organ, number: int, **values: Any) -> ImportRow:
    told: dict[str, Any] = {"kind": ItemKind.LICENCE, "guide": made.guide(), **values}
    return ImportRow(organ, WrittenItem(row=number, organ=organ.name, name=f"事项{number}", **told))


def test_a_table_comes_in_whole_once_and_what_it_lacks_is_found(home: Organ, water: Organ) -> None:
    hall = made.hall(water)
    poor = made.guide(place="", hours="", enquiry="", materials=())
    rows = [_row(water, number, guide=poor, in_hall=True) for number in range(2, 7)]
    rows.append(_row(water, 7, effective_on=date(2026, 1, 1)))
    told: dict[str, Any] = {"source_name": "表.xlsx", "source_sha256": "a" * 64, **NOW}
    with pytest.raises(RowsWrong):
        actions.import_items(home, rows, hall=None, **told)
    with pytest.raises(RowsWrong):
        actions.import_items(home, [*rows, _row(water, 7)], hall=hall, **told)
    assert ServiceItem.objects.count() == 0
    actions.import_items(home, rows, hall=hall, **told)
    with pytest.raises(Refused, match="已经导入过"):
        actions.import_items(home, rows, hall=hall, **told)
    assert Event.objects.filter(verb="servicehall.import_items").count() == 1
    found = list(guide_findings(home, MONDAY))
    assert [each.rule for each in found] == ["guide-incomplete"] * 5 + ["W6"]
    assert "办理材料" in found[0].why
    figures = {each.key: each for each in statistics.figures(home, YEAR)}
    assert figures["hall.items"].value == 5
    assert figures["items.complete_rate"].value == Decimal("16.67")
    assert (figures["hall.area"].value, figures["hall.investment"].value) == (2000, 6_000_000)
    item = ServiceItem.objects.get(name="事项2")
    actions.move_out(item, why="改网办", left_on=MONDAY, **NOW)
    assert len(statistics.behind("hall.items", home, YEAR)) == 4
    with pytest.raises(Refused, match="请先办理撤出"):
        actions.close_hall(hall, why="x", left_on=MONDAY, **NOW)


def test_money_goes_out_after_two_people_and_a_notice(home: Organ, water: Organ) -> None:
    policy = made.policy(water)
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"credit_code": "91360925MA0000000X"}, "credit_code"),
        ({"asked": Decimal("500000.01")}, "asked"),
        ({"asked": Decimal("1.001")}, "asked"),
        ({"bank_account": "6222 abc"}, "bank_account"),
        ({"filed_on": date(2025, 12, 31)}, "filed_on"),
        ({"filed_on": MONDAY + WEEK}, "filed_on"),
    )
    for values, field in wrong:
        with pytest.raises(ToldWrongly) as refused:
            made.filed(policy, **values)
        assert refused.value.field == field
    case = made.filed(policy)
    with pytest.raises(Refused, match="正在办理"):
        made.filed(policy)
    assert made.ACCOUNT.encode() not in bytes(case.bank_account_sealed)
    assert case.account_tail == made.ACCOUNT[-4:]
    with pytest.raises(Refused):
        actions.pay(case, paid=Decimal(1), paid_on=MONDAY, **NOW)
    case = actions.examine(case, opinion="符合", examined_on=MONDAY, **NOW)
    granted = {"granted": Decimal("100000.50"), "opinion": "同意", "approved_on": MONDAY}
    with pytest.raises(Refused, match="初审人不能核定"):
        actions.approve(case, **granted, **NOW)
    with pytest.raises(ToldWrongly, match="不能超过"):
        actions.approve(case, **{**granted, "granted": Decimal("123456.79")}, **PASSING)
    case = actions.approve(case, **granted, **PASSING)
    with pytest.raises(ToldWrongly, match="不少于5个工作日"):
        actions.put_on_notice(case, notice_from=MONDAY, notice_to=UNTIL - timedelta(1), **NOW)
    case = actions.put_on_notice(case, notice_from=MONDAY, notice_to=UNTIL, **NOW)
    with pytest.raises(Refused, match="期满"):
        actions.clear(case, by=made.CLERK, at=moment(UNTIL))
    case = actions.take_objection(case, why="重复享受", **NOW)
    later: dict[str, Any] = {"by": made.CLERK, "at": moment(MONDAY + WEEK * 2)}
    with pytest.raises(Refused):
        actions.clear(case, **later)
    case = actions.clear(actions.dismiss_objection(case, why="查无此事", **later), **later)
    with pytest.raises(ToldWrongly, match="不能超过核定金额"):
        actions.pay(case, paid=Decimal("100000.51"), paid_on=MONDAY + WEEK * 2, **later)
    case = actions.pay(case, paid=Decimal("100000.50"), paid_on=MONDAY + WEEK * 2, **later)
    assert case.state == CaseState.PAID
    facts = statistics.facts_by_organ(YEAR, [water.pk])[water.pk]
    assert (facts[statistics.PAID], facts[statistics.AMOUNT]) == (1, Decimal("100000.50"))
    figures = {each.key: each.value for each in statistics.figures(home, YEAR)}
    assert figures["fulfilment.amount"] == Decimal("100000.50")
    assert queries.paid_in_all(queries.paid_cases(home.pk, 2026)).wan == Decimal("10.00")
    with pytest.raises(ToldWrongly):
        actions.show_bank(case, why=" ", **later)
    assert actions.show_bank(case, why="拨付核对", **later)["bank_account"] == made.ACCOUNT
    logged = Event.objects.filter(target=case.typed_id)
    assert logged.filter(verb="servicehall.show_bank").exists()
    assert made.ACCOUNT not in str(list(logged.values()))
    told = actions.PolicyTold(name="x", issuer="y", valid_from=MONDAY)
    with pytest.raises(Refused, match="已有兑现案件"):
        actions.write_policy(policy, told=told, clauses=[made.clause(number=2)], **NOW)


def test_help_is_led_step_by_step_and_who_asked_is_sealed(home: Organ, water: Organ) -> None:
    hall = made.hall(water)
    now = {"joined_on": MONDAY, **NOW}
    window = actions.open_window(
        hall, number="12", name="帮代办", kind=WindowKind.HELP, organ=None, **now
    )
    plain = actions.assign(hall, organ=water, told=Person(name="李窗口"), window=window, **now)
    agent = actions.assign(
        hall, organ=water, told=Person(name="王代办", agent=True), window=None, **now
    )
    asked = Asked(applicant="张三", person=True, phone="13812345678", project="开办餐馆")
    told: dict[str, Any] = {"asked": asked, "item": None, "accepted_on": MONDAY, **NOW}
    with pytest.raises(Refused, match="不是在岗的帮代办员"):
        actions.accept(plain, **told)
    matter = actions.accept(agent, **told)
    assert (matter.shown_as, matter.number) == ("张*", "360925-BD-2026-00001")
    step = actions.begin_step(matter, name="营业执照", body="市监局", begun_on=MONDAY, **NOW)
    with pytest.raises(Refused, match="还没有完成"):
        actions.complete(matter, outcome="已办", closed_on=MONDAY, **NOW)
    actions.finish_step(step, finished_on=MONDAY, **NOW)
    matter = actions.complete(matter, outcome="已办", closed_on=MONDAY, **NOW)
    matter = actions.rate(matter, rating=Rating.GOOD, **NOW)
    with pytest.raises(Refused, match="已经评价"):
        actions.rate(matter, rating=Rating.POOR, **NOW)
    assert actions.show_applicant(matter, why="回访", **NOW)["phone"] == "13812345678"
    matter = actions.forget_applicant(matter, why="本人要求", **NOW)
    assert matter.shown_as == "已清除"
    with pytest.raises(Refused, match="已经清除"):
        actions.show_applicant(matter, why="回访", **NOW)
    with pytest.raises(Refused, match="还有进驻人员"):
        actions.close_window(window, why="x", left_on=MONDAY, **NOW)
    actions.release(plain, why="调岗", left_on=MONDAY, **NOW)
    figures = {each.key: each.value for each in statistics.figures(home, YEAR)}
    assert (figures["hall.people"], figures["assistance.accepted"]) == (1, 1)


def test_keys_change_and_every_seal_with_them(water: Organ, settings: Any) -> None:
    case = made.filed(made.policy(water))
    settings.GONGKAI_FIELD_KEYS = {
        **settings.GONGKAI_FIELD_KEYS,
        "new": "bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmU=",
    }
    settings.GONGKAI_FIELD_KEY = "new"
    assert queries.to_reseal() == 1
    assert actions.reseal(10, at=moment()) == 1
    assert actions.reseal(10, at=moment()) == 0
    assert FulfilmentCase.objects.get(pk=case.pk).unseal("bank_account") == made.ACCOUNT
    assert not Assistance.objects.exists()


def test_zones_are_counted_by_month(home: Organ, water: Organ) -> None:
    told = ZoneTold(place=ZonePlace.LIBRARY, name="图书馆专区", address="县图书馆", opening="每天")
    zone = actions.open_zone(water, told=told, opened_on=date(2026, 3, 2), **NOW)
    with pytest.raises(ToldWrongly, match="同名"):
        actions.open_zone(water, told=told, opened_on=date(2026, 3, 2), **NOW)
    wrong: tuple[dict[str, Any], ...] = (
        {"month": date(2026, 2, 1), "visits": 1},
        {"month": date(2026, 10, 1), "visits": 1},
        {"month": MONDAY, "visits": None},
        {"month": MONDAY, "visits": -1},
    )
    for values in wrong:
        with pytest.raises(ToldWrongly):
            actions.enter_visits(zone, **values, **NOW)
    actions.enter_visits(zone, month=MONDAY, visits=10, **NOW)
    actions.enter_visits(zone, month=MONDAY, visits=12, **NOW)
    figures = {each.key: each.value for each in statistics.figures(home, YEAR)}
    assert (figures["zones.open"], figures["zones.visits"]) == (1, 12)
    actions.check_zone(zone, checked_on=MONDAY, remark="设施完好", **NOW)
    actions.close_zone(zone, why="搬迁", left_on=MONDAY, **NOW)
    with pytest.raises(Refused, match="已经停用"):
        actions.check_zone(zone, checked_on=MONDAY, remark="x", **NOW)
    assert queries.public_zones(home.pk, MONDAY) == []


def test_items_begin_with_a_state_and_an_unpublished_one_counts_nowhere(
    home: Organ, water: Organ
) -> None:
    item = made.drafted(water)
    assert item.state == ItemState.PREPARED
    assert not queries.has_any_item(home.pk, MONDAY)
    actions.cancel(item, why="不再设立", cancelled_on=MONDAY, **NOW)
    assert all(
        value == 0 for value in statistics.facts_by_organ(YEAR, [water.pk])[water.pk].values()
    )
    with pytest.raises(Refused, match="已经取消"):
        actions.revise(item, **NOW)
