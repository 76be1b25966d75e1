"""Months, scores and indicators: parts beside every rate, points that are missing named."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.audit.models import Event
from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.inspections import actions, queries
from gongkai.inspections.lifecycle import ToldWrongly
from gongkai.inspections.models import Finding, IndicatorTerms, Site
from gongkai.inspections.queries import trends
from gongkai.inspections.rules.indicators import INDICATORS, RULES, Part
from gongkai.inspections.rules.inside import INSIDE
from gongkai.inspections.rules.scoring import Score, score, unlooked, unpriced
from gongkai.inspections.rules.terms import CODES, EVERY, Terms, by_default, plain
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import CLERK, MONDAY, OFFICE, moment
from gongkai.orgs.models import Role

TERMS = {code: by_default(each) for code, each in EVERY.items()}
SCORED = frozenset({Part.SCORED})
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def scored(faults: dict[str, int], terms: dict[str, Terms] = TERMS, whole: bool = True) -> Score:
    return score(faults, terms, parts=SCORED, scored=whole)


def test_every_rule_counts_under_an_indicator_that_is_there() -> None:
    assert set(CODES) == set(RULES) | set(INSIDE)
    assert set(CODES.values()) <= set(EVERY)


def test_one_veto_and_nothing_else_is_scored() -> None:
    told = scored({"W3": 1, "column-stale": 4})
    assert told.points is None
    assert told.verdict == "不合格（单项否决）"
    assert [line.name for line in told.vetoes] == ["首页不更新"]


def test_missing_points_are_named_and_the_score_is_a_bound() -> None:
    told = scored({"link-dead": 103, "tag-missing": 0})
    assert (told.points, told.verdict) == (100, "最高100分")
    assert [(line.name, line.faults) for line in told.unknown] == [("可用性", 103)]
    known = {**TERMS, "S43": Terms(INDICATORS["S43"], Decimal(5), Decimal("0.5"))}
    assert scored({"link-dead": 3}, known).verdict == "98.5分"
    assert scored({"link-dead": 103, "image-dead": 9}, known).verdict == "95分"
    weighed = {**TERMS, "S43": Terms(INDICATORS["S43"], Decimal(5), None, Decimal("1.5"))}
    assert scored({"link-dead": 1}, weighed).points == Decimal("92.5")


def test_sites_that_are_no_portal_are_judged_by_vetoes_alone() -> None:
    told = scored({"link-dead": 9}, whole=False)
    assert (told.points, told.verdict) == (None, "合格（没有单项否决问题）")


def test_below_sixty_is_failed_and_what_no_rule_looks_at_is_named() -> None:
    known = {**TERMS, "S43": Terms(INDICATORS["S43"], Decimal(41))}
    assert scored({"link-dead": 1}, known).verdict == "不合格（59分）"
    assert "政策文件" not in unpriced(TERMS, SCORED)  # 5 points are confirmed
    assert "概况信息" in unpriced(TERMS, SCORED)
    assert "统一登录" in unlooked(TERMS, SCORED)
    assert "可用性" not in unlooked(TERMS, SCORED)
    assert [plain(Decimal(each)) for each in ("97.50", "90.00", "100", "0.00")] == [
        *("97.5", "90", "100", "0")
    ]


@given(st.integers(0, 10**6), st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_faults_never_cost_more_than_their_item(
    faults: int, points: Decimal, each: Decimal
) -> None:
    lost = Terms(INDICATORS["S43"], points, min(each, points)).lost(faults)
    assert lost is not None
    assert 0 <= lost <= points


@pytest.fixture
def where(db: Any, monkeypatch: Any) -> Site:
    """Return a site that was scanned over two months, one finding closed and come again."""
    monkeypatch.setattr(timezone, "now", lambda: moment(date(2026, 10, 30), 17))
    home = made.county()
    where = made.site(home, home)
    water = made.department(home)
    forest = made.department(home, "forest", "靖安县林业局")
    for prefix, organ in (("slj/", water), ("lyj/", forest)):
        told = {"name": organ.short_name, "prefix": f"{made.ADDRESS}{prefix}", "organ": organ}
        actions.name_column(where, **told, by=OFFICE, at=moment(MONDAY))
    made.FINDING_IN["CLOSED"](where)  # type: ignore[index]
    first = Finding.objects.get()
    assert first.organ == water
    made.ran(where, made.fault(found_at=moment(date(2026, 10, 12))), day=date(2026, 10, 12))
    late = Finding.objects.latest("pk")
    assert late.repeated
    actions.order(late, workdays=5, by=OFFICE, at=moment(date(2026, 10, 12), 10))
    made.ran(
        where,
        made.fault("lyj/1.html", rule="W3", found_at=moment(date(2026, 10, 20))),
        day=date(2026, 10, 20),
        rules=(),
    )
    return where


def test_months_are_counted_by_organ(where: Site) -> None:
    months = trends.months_until(OCTOBER, 3)
    assert months == [date(2026, 8, 1), SEPTEMBER, OCTOBER]
    counted = trends.month_figures(Finding.objects.all(), months, date(2026, 10, 30))
    september, october = (figures for _, figures in trends.by_month(counted, months)[1:])
    assert (september.new, september.done, september.closed, september.late) == (1, 1, 1, 0)
    assert (october.new, october.repeated, october.due, october.late) == (2, 1, 2, 1)
    water = Finding.objects.earliest("pk").organ_id
    assert trends.by_organ(counted, OCTOBER)[water].late == 1
    [line] = trends.improved(Finding.objects.all(), SEPTEMBER)
    assert (line.organ, line.part, line.whole) == ("水利局", 1, 2)
    [again] = trends.repeating(Finding.objects.all(), months)
    assert (again.label, again.part, again.whole) == ("链接打不开", 1, 2)
    [ends] = trends.standing_at_ends(
        Finding.objects.all(), "site", months, moment(date(2026, 10, 30))
    ).values()
    assert [sum(each.values()) for each in ends] == [0, 0, 2]


def page(browser: Client, **asked: str) -> str:
    return str(browser.get(reverse("inspections:trends"), asked).content.decode())


def test_the_office_sees_all_and_an_organ_its_own(where: Site) -> None:
    office = client_of(person("office1", (where.county, Role.OGI_OFFICE)))
    whole = page(office, until="2026-10")
    assert "不合格（单项否决）" in whole
    assert "林业局" in whole
    assert "50.00%（1/2）" in whole
    forest = where.columns.get(name="林业局").organ
    one = page(office, until="2026-10", organ=str(forest.pk))
    assert "0.00%（0/1）" in one
    clerk = client_of(person("clerk1", (forest, Role.DEPARTMENT_CLERK)))
    assert "水利局" not in page(clerk)
    assert "首页不更新" not in page(clerk)  # the office has not sent it yet
    for asked in ("x", "9999-99", "2026-13", "0000-01", "1" * 99):
        assert "2026年10月" in page(office, until=asked, organ=asked)


def indicator(browser: Client, code: str = "S43", **told: str) -> Any:
    url = reverse("inspections:indicator", args=[code])
    given = {"points": "5", "each": "1", "weight": "1", "basis": "考核办法", "since": "2026-10-01"}
    return browser.post(url, {**given, **told})


def test_the_office_says_what_an_indicator_is_worth_from_a_day_on(where: Site) -> None:
    office = client_of(person("office1", (where.county, Role.OGI_OFFICE)))
    clerk = client_of(person("clerk1", (where.organ, Role.DEPARTMENT_CLERK)))
    assert indicator(clerk).status_code == 302
    assert clerk.get(reverse("inspections:indicators")).status_code == 302
    for wrong in (
        {"points": "-1"},
        {"points": "NaN"},
        {"points": "1e9"},
        {"each": "6"},
        {"points": "", "each": "1"},
        {"weight": "0"},
        {"basis": ""},
        {"since": "昨天"},
        {"since": "2018-01-01"},
        {"standard": "x" * 501},
    ):
        assert indicator(office, **wrong).status_code == 422, wrong
    assert indicator(office, "S99").status_code == 404
    assert not IndicatorTerms.objects.exists()
    assert indicator(office).status_code == 302
    assert indicator(office).status_code == 422  # not after the day that holds
    assert indicator(office, points="8", since="2026-10-20").status_code == 302
    worth = {
        day: queries.terms_on(where.county, date(2026, *day))["S43"].points
        for day in ((9, 30), (10, 1), (10, 19), (10, 20))
    }
    assert list(worth.values()) == [None, 5, 5, 8]
    logged = Event.objects.filter(verb="inspections.set_indicator").latest("pk")
    assert (logged.before["points"], logged.after["points"]) == ("5.00", "8")
    assert "考核办法" in office.get(reverse("inspections:indicator", args=["S43"])).content.decode()
    assert office.get(reverse("inspections:indicators")).status_code == 200
    assert indicator(office, standard="每处扣1分", since="2026-10-25").status_code == 302
    made.ran(where, made.fault("slj/8.html"), day=date(2026, 10, 26), rules=())
    assert Finding.objects.latest("pk").standard == "每处扣1分（考核办法）"


def test_terms_out_of_range_are_refused_by_the_verb_too(where: Site) -> None:
    told: dict[str, Any] = {"basis": "办法", "since": OCTOBER, "by": CLERK, "at": moment(OCTOBER)}
    for points, weight in ((Decimal("Infinity"), 1), (Decimal(101), 1), (Decimal(1), 11)):
        with pytest.raises(ToldWrongly):
            actions.set_indicator(
                where.county, "S43", points=points, weight=Decimal(weight), **told
            )
