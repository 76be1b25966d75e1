"""The wrong person on every page and every verb."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.annualreport.models import Report, ReportYear, Return
from gongkai.annualreport.tests import factories
from gongkai.annualreport.tests.factories import frozen_report, user
from gongkai.orgs.models import Organ, OrganKind, Role


@pytest.fixture(autouse=True)
def january(monkeypatch):
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: datetime(2021, 1, 20, 2, 0, tzinfo=UTC)
    )


@pytest.fixture
def frozen(filled, year):
    return frozen_report(year)


def as_(client, name, organ, role):
    person = user(name, organ, role)
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)


@pytest.fixture
def other_county(db):
    return factories.organ("ly", OrganKind.COUNTY_GOVERNMENT, "乐业县人民政府")


def state_of_all():
    return (
        list(Return.objects.order_by("pk").values()),
        list(Report.objects.order_by("pk").values()),
        ReportYear.objects.count(),
    )


def pages(year, unit, report):
    return {
        "board": reverse("annualreport:board", args=[year.pk]),
        "consolidation": reverse("annualreport:consolidation", args=[year.pk]),
        "county cell": reverse("annualreport:cell", args=[year.pk, "COUNTY", "requests/1/t"]),
        "cell": reverse("annualreport:cell", args=[year.pk, f"return-{unit.pk}", "requests/1/t"]),
        "return": reverse("annualreport:return", args=[unit.pk]),
        "return prose": reverse("annualreport:return_prose", args=[unit.pk]),
        "report": reverse("annualreport:report", args=[report.pk]),
        "report prose": reverse("annualreport:report_prose", args=[report.pk]),
        "download": reverse("annualreport:download", args=[report.pk, "json"]),
    }


VERBS = {
    "return": ("submit", "explain", "accept", "send_back", "reopen"),
    "return prose": ("write_prose", "state_figure", "drop_stated_figure:自报.信息处理费"),
    "report": ("freeze", "publish", "correct", "explain"),
    "report prose": ("write_prose", "state_figure"),
    "board": ("add_missing_units", "publish_units"),
    "years": ("open_year",),
}


def refused(response) -> bool:
    """Say whether a page was kept from the user: not found, or sent home with a message."""
    return response.status_code in (403, 404) or (
        response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home")
    )


PEOPLE = {
    "clerk of another unit": ("pa-finance", Role.DEPARTMENT_CLERK),
    "hotline clerk": ("pa-office", Role.HOTLINE_CLERK),
    "office of another county": ("ly", Role.OGI_OFFICE),
    "leader of another county": ("ly", Role.LEADER),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_strangers_see_no_return_and_no_county_page(
    client, county, filled, year, frozen, other_county, who
):
    code, role = PEOPLE[who]
    as_(client, "stranger", Organ.objects.get(code=code), role)
    unit = year.returns.get(organ=county.township)
    addresses = pages(year, unit, frozen)
    if who == "clerk of another unit":
        addresses.pop("board")  # shows that clerk's own line only; tested below
    for name, url in addresses.items():
        assert refused(client.get(url)), name


@pytest.mark.parametrize("who", PEOPLE)
def test_strangers_do_no_verb(client, county, filled, year, frozen, other_county, who):
    code, role = PEOPLE[who]
    as_(client, "stranger", Organ.objects.get(code=code), role)
    unit = year.returns.get(organ=county.township)
    before = state_of_all()
    addresses = pages(year, unit, frozen) | {"years": reverse("annualreport:years")}
    for page, verbs in VERBS.items():
        for verb in verbs:
            given = {"verb": verb, "reason": "试", "county": county.government.pk, "year": "2019"}
            response = client.post(addresses[page], given)
            assert refused(response) or response.status_code == 422, (page, verb)
    assert state_of_all() == before


def test_units_own_clerk_does_no_verb_of_the_office(client, county, filled, year):
    factories.all_submitted(year)
    as_(client, "clerk", county.township, Role.TOWNSHIP_CLERK)
    unit = year.returns.get(organ=county.township)
    before = state_of_all()
    for verb in ("accept", "send_back", "reopen"):
        url = reverse("annualreport:return", args=[unit.pk])
        assert refused(client.post(url, {"verb": verb, "reason": "试"})), verb
    report = year.reports.get(organ=county.government)
    assert refused(client.get(reverse("annualreport:report", args=[report.pk])))
    assert state_of_all() == before


def test_clerk_sees_only_the_own_line_of_the_board(client, county, filled, year):
    as_(client, "clerk", county.finance, Role.DEPARTMENT_CLERK)
    shown = client.get(reverse("annualreport:board", args=[year.pk])).content.decode()
    assert "平安县财政局" in shown
    assert "清溪乡" not in shown
    assert "汇总" not in shown


def test_county_office_does_not_hand_in_for_others(client, county, filled, year):
    as_(client, "office", county.office, Role.OGI_OFFICE)
    unit = year.returns.get(organ=county.township)
    factories.written(unit)
    before = state_of_all()
    assert refused(client.post(reverse("annualreport:return", args=[unit.pk]), {"verb": "submit"}))
    assert refused(client.get(reverse("annualreport:return_prose", args=[unit.pk])))
    assert state_of_all() == before


def test_leader_sees_everything_and_does_nothing(client, county, filled, year, frozen):
    as_(client, "leader", county.government, Role.LEADER)
    unit = year.returns.get(organ=county.township)
    addresses = pages(year, unit, frozen)
    for name, url in addresses.items():
        assert (client.get(url).status_code == 200) == (not name.endswith("prose")), name
    before = state_of_all()
    for page, verbs in VERBS.items():
        for verb in verbs:
            url = (addresses | {"years": reverse("annualreport:years")})[page]
            assert refused(client.post(url, {"verb": verb, "reason": "试"})), (page, verb)
    assert state_of_all() == before


def test_superuser_is_no_business_role(client, county, filled, year, frozen):
    client.force_login(
        User.objects.create_superuser(username="root", password="x", name="系统管理员")
    )
    unit = year.returns.get(organ=county.township)
    for name, url in pages(year, unit, frozen).items():
        assert refused(client.get(url)), name


def test_post_that_has_ended_opens_nothing(client, county, filled, year):
    as_(client, "office", county.office, Role.OGI_OFFICE)
    from gongkai.orgs.models import Post

    Post.objects.update(valid_to=date(2021, 1, 20))
    assert refused(client.get(reverse("annualreport:board", args=[year.pk])))


def test_stranger_without_the_admin_is_asked_to_sign_in(client, county, filled, year):
    response = client.get(reverse("annualreport:board", args=[year.pk]))
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_menu_shows_only_to_those_concerned(client, county, filled, year):
    home, entry = reverse("wagtailadmin_home"), reverse("annualreport:years")
    as_(client, "clerk", county.finance, Role.DEPARTMENT_CLERK)
    assert entry in client.get(home).content.decode()
    as_(client, "hotline", county.office, Role.HOTLINE_CLERK)
    assert entry not in client.get(home).content.decode()


def test_a_unit_publishes_its_own_report_and_nobody_elses(client, county, filled, year, frozen):
    """Art. 49: departments publish their own report; a leader or another unit may not."""
    as_(client, "own", county.township, Role.TOWNSHIP_CLERK)
    own = Report.objects.get(organ=county.township)
    other = Report.objects.get(organ=county.housing)
    for report in (own, other, frozen):
        url = reverse("annualreport:report", args=[report.pk])
        client.post(url, {"verb": "publish"})
        client.post(url, {"verb": "correct", "reason": "试"})
    states = {r.pk: r.state for r in Report.objects.all()}
    assert states[own.pk] == "PUBLISHED"
    assert (states[other.pk], states[frozen.pk]) == ("FROZEN", "FROZEN")
    assert Report.objects.filter(version__gt=1).count() == 0
