"""The staff's statistics and settings: every number opens just the cases it counts."""

import csv
import io
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters.xlsx import read_tables
from gongkai.inforequests.models import (
    AcceptingOffice,
    InfoRequest,
    IntakeChannel,
    RequestItem,
)
from gongkai.inforequests.staff.figures import _harmless
from gongkai.inforequests.tests.factories import (
    an_official,
    an_organ,
    processing,
    registered,
    replied,
    withdrawn,
)
from gongkai.orgs.models import OrganKind, Role
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_tenth(monkeypatch):
    now = timezone.make_aware(timezone.datetime(2026, 3, 10, 10))
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def county():
    county = an_organ("county", kind=OrganKind.COUNTY_GOVERNMENT)
    an_organ("office", kind=OrganKind.OFFICE, county=county)
    first, second = an_organ("first", county=county), an_organ("second", county=county)
    replied(first, date(2025, 12, 1))
    registered(first, date(2025, 12, 15))
    replied(first, date(2026, 1, 5), Ground.NOT_HELD, kind=RequesterKind.COMMERCIAL_ENTERPRISE)
    replied(second, date(2026, 2, 3), channel=IntakeChannel.POST_SIGNED)
    withdrawn(second, date(2026, 2, 4))
    processing(county, date(2026, 3, 2), channel=IntakeChannel.IN_PERSON)
    return county


def shown(client, url):
    """Return how many cases the list behind a figure holds."""
    parts = urlsplit(url)
    response = client.get(
        parts.path, {key: value[0] for key, value in parse_qs(parts.query).items()}
    )
    return response.context["items"].paginator.count


@pytest.mark.parametrize("scope", ["", "own", "unit"])
def test_every_number_opens_its_cases(client, county, scope):
    client.force_login(an_official(county, Role.OGI_OFFICE))
    asked = {"unit": str(InfoRequest.objects.filter(organ__code="second")[0].organ_id)}
    url = reverse("inforequests:statistics")
    told = client.get(url, {"scope": asked.get(scope, scope), "year": "2026"}).context["told"]
    for name, figure in told.sums:
        assert shown(client, figure.url) == figure.value, name
    for part in told.breakdowns:
        assert sum(line.figure.value for line in part.lines) == part.total
        for line in part.lines:
            assert shown(client, line.figure.url) == line.figure.value, line.bar.label
    assert bool(told.units) is (scope == "")
    for unit in told.units:
        for figure in (unit.received, unit.concluded, unit.pending, unit.on_time, unit.answered):
            assert shown(client, figure.url) == figure.value, unit.name


def test_the_sums_of_a_year_foot(client, county):
    client.force_login(an_official(county, Role.OGI_OFFICE))
    told = client.get(reverse("inforequests:statistics"), {"year": "2026"}).context["told"]
    sums = {name: figure.value for name, figure in told.sums}
    assert sums["新收"] + sums["上年结转"] == sums["办结"] + sums["期末未办结"]
    assert (sums["按期答复"], sums["有期限的答复"]) == (2, 2)
    assert (told.rate, told.median) == ("100.0%", "0")


def test_a_department_sees_its_own_figures_alone(client, county):
    second = InfoRequest.objects.filter(organ__code="second")[0].organ
    client.force_login(an_official(second, Role.DEPARTMENT_CLERK))
    response = client.get(reverse("inforequests:statistics"), {"scope": str(county.pk)})
    told = {name: figure.value for name, figure in response.context["told"].sums}
    assert (told["新收"], told["上年结转"]) == (2, 0)


def test_the_files_tell_the_same(client, county):
    client.force_login(an_official(county, Role.OGI_OFFICE))
    asked = {"year": "2026"}
    data = client.get(reverse("inforequests:statistics_csv"), asked).content
    assert data.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert ["合计", "新收", "4"] in rows
    book = client.get(reverse("inforequests:statistics_xlsx"), asked).content
    (sheet,) = read_tables(book)
    assert "新收" in str(sheet)


def test_no_cell_becomes_a_formula():
    assert [_harmless(cell) for cell in ("=1+1", "-3", "县政府", 5)] == [
        "'=1+1",
        "'-3",
        "县政府",
        5,
    ]


def test_the_accepting_office_is_set_and_kept_when_refused(client):
    organ = an_organ("bureau", phone="0795-4660000")
    client.force_login(an_official(organ))
    url = reverse("inforequests:office", args=[organ.pk])
    assert "0795-4660000" in client.get(url).content.decode()
    typed = {"name": "政务公开股", "alarm_emails": "a@example.com\n不是邮箱", "online": "on"}
    response = client.post(url, typed)
    assert response.status_code == 422
    assert "不是邮箱" in response.content.decode()
    client.post(url, typed | {"alarm_emails": "a@example.com\nb@example.com"})
    office = AcceptingOffice.objects.get()
    assert office.alarm_emails == ["a@example.com", "b@example.com"]
    assert "政务公开股" in client.get(reverse("inforequests:offices")).content.decode()


def test_a_withheld_item_is_looked_at_again(client):
    organ = an_organ()
    case = replied(organ, date(2026, 3, 2), Ground.THIRD_PARTY_RIGHTS)
    RequestItem.objects.filter(info_request=case).update(review_on=date(2026, 3, 9))
    client.force_login(an_official(organ))
    assert case.number in client.get(reverse("inforequests:withheld_due")).content.decode()
    url = reverse("inforequests:withheld", args=[case.pk, 1])
    assert client.post(url, {"on": "2026-03-10", "why": "仍涉及"}).status_code == 422
    typed = {"on": "2026-03-10", "still": "yes", "why": "仍涉及", "next_on": "2027-03-10"}
    client.post(url, typed)
    assert RequestItem.objects.get().review_on == date(2027, 3, 10)
    url = reverse("inforequests:withheld", args=[case.pk, 9])
    assert client.get(url).status_code == 404
