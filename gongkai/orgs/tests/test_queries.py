"""Who sees whose records, tried with the wrong person; which organs report; query counts."""

from datetime import date

import pytest

from gongkai.audit import SYSTEM
from gongkai.orgs.actions import abolish, succeed
from gongkai.orgs.models import OrganKind, Role
from gongkai.orgs.queries import (
    Level,
    holds_for_county,
    may_act_for,
    organs_seen_by,
    posts_in,
    reporting_units,
    succession_of,
)
from gongkai.orgs.tests.factories import AT, make_county, make_organ, make_post, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2021, 1, 4)


@pytest.fixture
def jingan():
    return make_county()


def seen(user, roles=None, today=TODAY) -> set[str]:
    return {organ.code for organ in organs_seen_by(user, today, roles)}


def test_a_department_sees_its_own_and_its_bodies_however_deep(jingan) -> None:
    clerk = make_user("clerk")
    make_post(clerk, jingan.finance, Role.DEPARTMENT_CLERK)
    assert seen(clerk) == {"jingan-czj", "jingan-gkzx", "jingan-zfck"}


def test_a_body_does_not_see_what_is_above_it(jingan) -> None:
    clerk = make_user("clerk")
    make_post(clerk, jingan.window, Role.WINDOW_CLERK)
    assert seen(clerk) == {"jingan-zfck"}


def test_nobody_sees_anything_without_a_post(jingan) -> None:
    root = make_user("root")
    root.is_superuser = True
    root.save()
    assert seen(root) == set()
    assert not may_act_for(root, jingan.finance, TODAY, list(Role))


@pytest.mark.parametrize(
    ("day", "sees"),
    [
        (date(2020, 12, 31), False),
        (date(2021, 1, 1), True),
        (date(2021, 5, 31), True),
        (date(2021, 6, 1), False),
    ],
)
def test_a_post_counts_from_its_first_day_up_to_the_day_before_its_end(jingan, day, sees) -> None:
    clerk = make_user("clerk")
    make_post(
        clerk, jingan.water, Role.DEPARTMENT_CLERK, on=date(2021, 1, 1), until=date(2021, 6, 1)
    )
    assert bool(seen(clerk, today=day)) == sees


def test_a_closed_account_sees_nothing(jingan) -> None:
    clerk = make_user("clerk")
    make_post(clerk, jingan.water, Role.DEPARTMENT_CLERK)
    clerk.is_active = False
    clerk.save()
    assert seen(clerk) == set()


def test_the_county_office_sees_its_county_and_no_other(jingan) -> None:
    make_county("fengxin", "奉新县")
    officer = make_user("officer")
    make_post(officer, jingan.office, Role.OGI_OFFICE)
    assert seen(officer) == {
        "jingan",
        "jingan-zfb",
        "jingan-czj",
        "jingan-slj",
        "jingan-gkzx",
        "jingan-zfck",
        "jingan-lwx",
    }


def test_a_leader_of_a_department_sees_the_department(jingan) -> None:
    leader = make_user("leader")
    make_post(leader, jingan.water, Role.LEADER)
    assert seen(leader) == {"jingan-slj"}


def test_a_role_is_held_for_the_county_at_its_government_or_its_office(jingan) -> None:
    above, below = make_user("above"), make_user("below")
    make_post(above, jingan.office, Role.LEADER)
    make_post(below, jingan.water, Role.LEADER)
    assert holds_for_county(above, TODAY, {Role.LEADER})
    assert not holds_for_county(above, TODAY, {Role.REVIEWER})
    assert not holds_for_county(below, TODAY, {Role.LEADER})


def test_a_reviewer_in_the_county_office_sees_the_office_alone(jingan) -> None:
    reviewer = make_user("reviewer")
    make_post(reviewer, jingan.office, Role.REVIEWER)
    assert seen(reviewer) == {"jingan-zfb"}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_administrators_see_no_records_unless_asked_by_role(jingan, role) -> None:
    person = make_user("person")
    make_post(person, jingan.office, role)
    assert seen(person) == set()
    assert "jingan-czj" in seen(person, {role})
    assert not may_act_for(person, jingan.finance, TODAY, {Role.OGI_OFFICE})


def test_a_role_acts_only_where_it_is_held(jingan) -> None:
    clerk = make_user("clerk")
    make_post(clerk, jingan.finance, Role.DEPARTMENT_CLERK)
    make_post(clerk, jingan.water, Role.REVIEWER)
    assert may_act_for(clerk, jingan.payments, TODAY, {Role.DEPARTMENT_CLERK})
    assert not may_act_for(clerk, jingan.water, TODAY, {Role.DEPARTMENT_CLERK})
    assert not may_act_for(clerk, jingan.township, TODAY, {Role.DEPARTMENT_CLERK})


def test_figures_of_bodies_go_into_the_return_above_them(jingan) -> None:
    units = {
        unit.code: unit
        for unit in reporting_units(jingan.county, date(2020, 1, 1), date(2020, 12, 31))
    }
    assert set(units) == {"jingan", "jingan-czj", "jingan-slj", "jingan-lwx"}
    assert set(units["jingan"].covered) == {jingan.county.pk, jingan.office.pk}
    assert set(units["jingan-czj"].covered) == {
        jingan.finance.pk,
        jingan.payments.pk,
        jingan.window.pk,
    }
    assert [unit.level for unit in units.values()] == [
        Level.OWN,
        Level.DEPARTMENTS,
        Level.DEPARTMENTS,
        Level.TOWNSHIPS,
    ]


def test_every_organ_is_covered_once(jingan) -> None:
    units = reporting_units(jingan.county, date(2020, 1, 1), date(2020, 12, 31))
    covered = [pk for unit in units for pk in unit.covered]
    assert len(covered) == len(set(covered)) == 7


def test_who_took_over_answers_for_an_organ_that_is_gone(jingan) -> None:
    heir = make_organ(
        "jingan-gzz", OrganKind.TOWNSHIP, "官庄镇人民政府", county=jingan.county,
        on=date(2021, 7, 9),
    )  # fmt: skip
    abolish(jingan.township, on=date(2021, 7, 9), by=SYSTEM, at=AT)
    succeed(jingan.township, heir, on=date(2021, 7, 9), by=SYSTEM, at=AT)
    covered = {
        year: {
            unit.code: set(unit.covered)
            for unit in reporting_units(jingan.county, date(year, 1, 1), date(year, 12, 31))
        }
        for year in (2020, 2021, 2022)
    }
    assert "jingan-gzz" not in covered[2020]
    assert covered[2021]["jingan-gzz"] == {heir.pk}
    assert covered[2021]["jingan-lwx"] == {jingan.township.pk}
    assert covered[2022]["jingan-gzz"] == {heir.pk, jingan.township.pk}
    assert "jingan-lwx" not in covered[2022]


def test_reporting_units_cost_three_queries_however_many(jingan, django_assert_num_queries) -> None:
    for number in range(20):
        unit = make_organ(f"d{number}", OrganKind.DEPARTMENT, f"第{number}局", county=jingan.county)
        make_organ(
            f"b{number}",
            OrganKind.DISPATCHED,
            f"第{number}所",
            county=jingan.county,
            superior=unit,
        )
    with django_assert_num_queries(3):
        units = reporting_units(jingan.county, date(2020, 1, 1), date(2020, 12, 31))
    assert len(units) == 24


def test_what_someone_sees_costs_a_query_a_level(jingan, django_assert_num_queries) -> None:
    clerk = make_user("clerk")
    make_post(clerk, jingan.finance, Role.DEPARTMENT_CLERK)
    make_post(clerk, jingan.water, Role.DEPARTMENT_CLERK)
    with django_assert_num_queries(5):  # posts, three levels of bodies, the organs themselves
        assert len(seen(clerk)) == 4


def test_posts_are_listed_with_those_in_force_first(jingan) -> None:
    make_post(make_user("a"), jingan.water, Role.REVIEWER)
    make_post(make_user("b"), jingan.water, Role.LEADER, until=date(2020, 1, 1))
    make_post(make_user("c"), jingan.water, Role.LEADER)
    assert [post.account for post in posts_in(jingan.water)] == ["c", "a", "b"]
    assert succession_of(jingan.water) == ([], [])
