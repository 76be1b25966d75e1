"""Organs come, are renamed and go; posts follow; each verb leaves one event in its chain."""

from datetime import UTC, date, datetime

import pytest

from gongkai.audit import SYSTEM, Actor
from gongkai.audit.models import Event
from gongkai.orgs import actions
from gongkai.orgs.models import Organ, OrganKind, OrganName, Post, Role, Succession
from gongkai.orgs.queries import name_on, organs_seen_by, reporting_units
from gongkai.orgs.tests.factories import (
    ADMIN,
    AT,
    LONG_AGO,
    make_county,
    make_organ,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db
ABOLISHED_ON = date(2021, 7, 9)
LATER = datetime(2021, 7, 12, 1, 0, tzinfo=UTC)


@pytest.fixture
def jingan():
    return make_county()


def test_a_township_gives_way_to_a_town(jingan) -> None:
    clerk = make_user("clerk")
    make_post(clerk, jingan.township, Role.TOWNSHIP_CLERK)
    actions.abolish(
        jingan.township, on=ABOLISHED_ON, by=ADMIN, at=LATER, document_number="赣府字〔2021〕1号"
    )
    town = make_organ(
        "jingan-gzz",
        OrganKind.TOWNSHIP,
        "靖安县官庄镇人民政府",
        county=jingan.county,
        on=ABOLISHED_ON,
    )
    actions.succeed(jingan.township, town, on=ABOLISHED_ON, by=ADMIN, at=LATER)
    make_post(clerk, town, Role.TOWNSHIP_CLERK, on=ABOLISHED_ON)

    def names(year: int) -> list[str]:
        units = reporting_units(jingan.county, date(year, 1, 1), date(year, 12, 31))
        return [unit.name for unit in units if unit.name.endswith(("乡人民政府", "镇人民政府"))]

    assert names(2020) == ["靖安县罗湾乡人民政府"]
    assert set(names(2021)) == {"靖安县罗湾乡人民政府", "靖安县官庄镇人民政府"}
    assert names(2022) == ["靖安县官庄镇人民政府"]
    # The town's clerk goes on with what the township left; the old post is over.
    seen = organs_seen_by(clerk, date(2021, 7, 10))
    assert {organ.code for organ in seen} == {"jingan-lwx", "jingan-gzz"}
    assert [organ.code for organ in organs_seen_by(clerk, date(2021, 7, 8))] == ["jingan-lwx"]
    verbs = Event.objects.filter(chain="jingan-lwx").values_list("verb", flat=True)
    assert list(verbs) == ["orgs.establish", "orgs.appoint", "orgs.abolish", "orgs.succeed"]


def test_an_organ_bears_its_name_from_day_to_day(jingan) -> None:
    actions.rename(
        jingan.water,
        full_name="靖安县水务局",
        short_name="水务局",
        on=date(2021, 3, 1),
        by=ADMIN,
        at=AT,
        document_number="靖编发〔2021〕3号",
    )
    water = Organ.objects.get(pk=jingan.water.pk)
    assert name_on(water, date(2021, 2, 28)) == "靖安县水利局"
    assert name_on(water, date(2021, 3, 1)) == "靖安县水务局"
    assert (water.name, water.short_name) == ("靖安县水务局", "水务局")
    event = Event.objects.get(verb="orgs.rename")
    assert event.before["full_name"] == "靖安县水利局"
    assert event.reason == "靖编发〔2021〕3号"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"code": "JA 1"}, "code"),
        ({"code": "jingan-czj"}, "code"),
        ({"full_name": "  "}, "full_name"),
        ({"full_name": "靖安县财政局"}, "full_name"),
        ({"full_name": "长" * 101}, "full_name"),
        ({"region_code": "36092"}, "region_code"),
        ({"credit_code": "91350100M000100Y44"}, "credit_code"),
        ({"kind": OrganKind.COUNTY_GOVERNMENT}, "county"),
        ({"county": None}, "county"),
        ({"kind": OrganKind.DISPATCHED}, "superior"),
    ],
)
def test_an_organ_that_cannot_be_is_refused(jingan, given: dict, field: str) -> None:
    organs, events = Organ.objects.count(), Event.objects.count()
    asked = {
        "code": "jingan-new",
        "kind": OrganKind.DEPARTMENT,
        "full_name": "靖安县林业局",
        "region_code": "360925",
        "county": jingan.county,
        **given,
    }
    with pytest.raises(actions.OrgError) as refused:
        actions.establish(asked.pop("code"), on=LONG_AGO, by=SYSTEM, at=AT, **asked)
    assert refused.value.field == field
    assert (Organ.objects.count(), Event.objects.count()) == (organs, events)


def test_a_superior_of_another_county_is_refused(jingan) -> None:
    fengxin = make_county("fengxin", "奉新县")
    with pytest.raises(actions.BadPlace, match="同属一县"):
        make_organ(
            "x", OrganKind.INTERNAL, "某中心", county=jingan.county, superior=fengxin.finance
        )


def test_a_body_cannot_stand_above_itself(jingan) -> None:
    with pytest.raises(actions.BadPlace, match="不能是本机构或其下属机构"):
        actions.amend(jingan.payments, superior=jingan.window, by=ADMIN, at=AT)


def test_only_what_changed_is_logged(jingan) -> None:
    actions.amend(jingan.water, phone="0795-1", region_code="360925", by=ADMIN, at=AT)
    event = Event.objects.get(verb="orgs.amend")
    assert (event.before, event.after) == ({"phone": ""}, {"phone": "0795-1"})
    actions.amend(jingan.water, phone="0795-1", by=ADMIN, at=AT)
    assert Event.objects.filter(verb="orgs.amend").count() == 1


def test_a_name_cannot_begin_before_the_last_one(jingan) -> None:
    with pytest.raises(actions.BadDay) as refused:
        actions.rename(jingan.water, full_name="靖安县水务局", on=LONG_AGO, by=ADMIN, at=AT)
    assert refused.value.field == "on"
    assert OrganName.objects.filter(organ=jingan.water).count() == 1


def test_an_organ_with_bodies_below_it_is_not_abolished(jingan) -> None:
    with pytest.raises(actions.BadPlace, match="靖安县国库支付中心"):
        actions.abolish(jingan.finance, on=ABOLISHED_ON, by=ADMIN, at=LATER)
    assert Organ.objects.get(pk=jingan.finance.pk).valid_to is None


def test_an_organ_is_abolished_once(jingan) -> None:
    actions.abolish(jingan.water, on=ABOLISHED_ON, by=ADMIN, at=LATER)
    with pytest.raises(actions.BadDay, match="不能再次撤销"):
        actions.abolish(jingan.water, on=date(2022, 1, 1), by=ADMIN, at=LATER)


def test_a_name_learnt_of_late_ends_with_its_organ(jingan) -> None:
    actions.abolish(jingan.water, on=ABOLISHED_ON, by=ADMIN, at=LATER)
    actions.rename(jingan.water, full_name="靖安县水务局", on=date(2021, 3, 1), by=ADMIN, at=LATER)
    spans = OrganName.objects.filter(organ=jingan.water).order_by("valid_from")
    assert list(spans.values_list("valid_from", "valid_to")) == [
        (LONG_AGO, date(2021, 3, 1)),
        (date(2021, 3, 1), ABOLISHED_ON),
    ]


def test_posts_end_with_their_organ(jingan) -> None:
    holder, heir = make_user("holder"), make_user("heir")
    make_post(holder, jingan.water, Role.DEPARTMENT_CLERK)
    make_post(heir, jingan.water, Role.DEPARTMENT_CLERK, on=date(2021, 9, 1))
    actions.abolish(jingan.water, on=ABOLISHED_ON, by=ADMIN, at=LATER)
    assert Post.objects.get(user=holder).valid_to == ABOLISHED_ON
    assert not Post.objects.filter(user=heir).exists()
    assert not holder.groups.exists()
    ended = Event.objects.get(verb="orgs.abolish").after["posts_ended"]
    assert ended == ["holder:DEPARTMENT_CLERK", "heir:DEPARTMENT_CLERK"]


def test_duties_do_not_go_round_in_a_circle(jingan) -> None:
    actions.succeed(jingan.water, jingan.finance, on=ABOLISHED_ON, by=ADMIN, at=LATER)
    for heir in (jingan.water, jingan.finance):
        with pytest.raises(actions.BadPlace, match="成环"):
            actions.succeed(jingan.finance, heir, on=ABOLISHED_ON, by=ADMIN, at=LATER)
    with pytest.raises(actions.BadPlace, match="已登记"):
        actions.succeed(jingan.water, jingan.finance, on=ABOLISHED_ON, by=ADMIN, at=LATER)
    assert Succession.objects.count() == 1


def test_a_post_brings_the_group_and_the_last_one_takes_it_along(jingan) -> None:
    clerk = make_user("clerk")
    first = make_post(clerk, jingan.finance, Role.DEPARTMENT_CLERK)
    second = make_post(clerk, jingan.water, Role.DEPARTMENT_CLERK)
    assert [group.name for group in clerk.groups.all()] == ["部门信息员"]
    assert clerk.has_perm("wagtailadmin.access_admin")
    actions.dismiss(first, on=date(2021, 1, 4), by=ADMIN, at=AT)
    assert clerk.groups.exists()
    actions.dismiss(second, on=date(2021, 1, 4), by=ADMIN, at=AT)
    assert not clerk.groups.exists()


def test_groups_follow_the_days_of_posts(jingan) -> None:
    clerk = make_user("clerk")
    make_post(clerk, jingan.water, Role.WINDOW_CLERK, on=date(2021, 2, 1), until=date(2021, 3, 1))
    assert not clerk.groups.exists()
    assert actions.sync_groups(today=date(2021, 2, 1)) == 1
    assert clerk.groups.get().name == "窗口工作人员"
    assert actions.sync_groups(today=date(2021, 2, 28)) == 0
    assert actions.sync_groups(today=date(2021, 3, 1)) == 1
    assert not clerk.groups.exists()


def test_a_role_group_may_enter_the_staff_site_and_nothing_else(jingan) -> None:
    clerk = make_user("clerk")
    make_post(clerk, jingan.office, Role.REVIEWER)
    assert clerk.get_all_permissions() == {"wagtailadmin.access_admin"}


def test_the_county_office_may_enter_holiday_notices_besides(jingan) -> None:
    officer = make_user("officer")
    make_post(officer, jingan.office, Role.OGI_OFFICE)
    assert officer.get_all_permissions() == {
        "wagtailadmin.access_admin",
        "calendars.add_holidaynotice",
    }


@pytest.mark.parametrize(
    ("organ", "role", "by", "message"),
    [
        ("finance", Role.TOWNSHIP_CLERK, ADMIN, "不设“乡镇信息员”岗位"),
        ("finance", Role.OGI_OFFICE, ADMIN, "不设“政务公开办工作人员”岗位"),
        ("finance", Role.REVIEWER, Actor(account="clerk", name="本人"), "不得为本人任职"),
        ("finance", Role.DEPARTMENT_CLERK, ADMIN, "已任该岗位"),
        ("office", Role.AUDITOR, ADMIN, "不得由一人兼任"),
    ],
)
def test_a_post_that_cannot_be_is_refused(jingan, organ, role, by, message) -> None:
    clerk = make_user("clerk")
    make_post(clerk, jingan.finance, Role.DEPARTMENT_CLERK)
    with pytest.raises(actions.BadAppointment, match=message):
        actions.appoint(clerk, getattr(jingan, organ), role, on=date(2021, 1, 4), by=by, at=AT)
    assert Post.objects.count() == 1


def test_one_who_audits_does_no_business(jingan) -> None:
    auditor = make_user("auditor")
    make_post(auditor, jingan.office, Role.AUDITOR)
    with pytest.raises(actions.BadAppointment, match="不得由一人兼任"):
        make_post(auditor, jingan.finance, Role.REVIEWER)


def test_a_closed_account_gets_no_post(jingan) -> None:
    gone = make_user("gone")
    gone.is_active = False
    gone.save()
    with pytest.raises(actions.BadAppointment, match="已停用"):
        make_post(gone, jingan.finance, Role.REVIEWER)


@pytest.mark.parametrize(
    ("on", "until", "field"),
    [
        (date(1999, 12, 31), None, "on"),
        (date(2021, 1, 1), date(2021, 1, 1), "until"),
    ],
)
def test_a_post_outside_the_life_of_its_organ_is_refused(jingan, on, until, field) -> None:
    with pytest.raises(actions.BadDay) as refused:
        make_post(make_user("clerk"), jingan.finance, Role.REVIEWER, on=on, until=until)
    assert refused.value.field == field


def test_a_post_ends_once(jingan) -> None:
    post = make_post(make_user("clerk"), jingan.finance, Role.REVIEWER)
    actions.dismiss(post, on=date(2021, 1, 4), by=ADMIN, at=AT, reason="轮岗")
    with pytest.raises(actions.NotHeld, match="2021-01-04"):
        actions.dismiss(post, on=date(2021, 1, 5), by=ADMIN, at=AT)
    assert Event.objects.get(verb="orgs.dismiss").reason == "轮岗"
