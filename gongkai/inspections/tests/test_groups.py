"""The ledger by kinds: one line for like findings, opened, acted on at once, nothing by the way."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event
from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.inspections import queries
from gongkai.inspections.lifecycle import FindingState
from gongkai.inspections.models import Finding, Site
from gongkai.inspections.queries import GroupRow, LedgerRow, groups
from gongkai.inspections.rules.alike import LISTED, alike
from gongkai.inspections.staff.choosing import keys_of, kind_of
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import MONDAY, moment
from gongkai.orgs.models import Role


def test_alike_is_a_rule_on_a_site_but_not_what_people_wrote() -> None:
    assert alike("link-dead", 1, "a") == alike("link-dead", 1, "b")
    assert len({alike("link-dead", 1, ""), alike("link-dead", 2, ""), alike("x", 1, "")}) == 3
    assert alike(LISTED, None, "a") != alike(LISTED, None, "b")
    assert -(2**63) <= alike("link-dead", None, "") < 2**63


NO_KIND = ("", ".", "1", "1.", ".1", "a.1", "1.x", "1.-", "-1.1", f"1.{2**63}", "1.１")


@pytest.mark.parametrize("text", NO_KIND)
def test_what_names_no_kind_is_none(text: str) -> None:
    assert kind_of(text) is None


def test_kinds_and_keys_are_read_as_forms_write_them() -> None:
    assert kind_of("12.-345") == (12, -345)
    assert keys_of(["1,2", "3", "x", "", "9" * 30], 10) == {1, 2, 3}
    assert len(keys_of([",".join(map(str, range(5000)))], 1000)) == 1000


@pytest.fixture
def where(db: Any, monkeypatch: Any) -> Site:
    monkeypatch.setattr(timezone, "now", lambda: moment(MONDAY, 17))
    home = made.county()
    where = made.site(home, made.department(home))
    dead = [made.fault(f"slj/{place}.html") for place in range(5)]
    made.ran(where, *dead, made.fault("slj/9.html", rule="image-dead", why="图片打不开"))
    return where


@pytest.fixture
def office(where: Site) -> Client:
    return client_of(person("office1", (where.county, Role.OGI_OFFICE)))


@pytest.fixture
def clerk(where: Site) -> Client:
    return client_of(person("clerk1", (where.organ, Role.DEPARTMENT_CLERK)))


def group(where: Site) -> GroupRow:
    """Return the line of the dead links."""
    found = Finding.objects.filter(county=where.county)
    rows = queries.group_rows(found, list(queries.kinds(found)), MONDAY)
    [one] = [row for row in rows if isinstance(row, GroupRow)]
    assert [row for row in rows if isinstance(row, LedgerRow)]
    assert queries.counted_kinds(found)[1:] == (2, found.count())
    return one


def test_many_kinds_are_counted_apart(where: Site, monkeypatch: Any) -> None:
    monkeypatch.setattr(groups, "MOST_AT_ONCE", 1)
    found = Finding.objects.filter(county=where.county)
    rows, *numbers = queries.counted_kinds(found)
    assert numbers == [2, 6]
    assert len(list(rows[:50])) == 2


def text(answer: Any) -> str:
    return str(answer.content.decode())


def ledger(browser: Client, **asked: str) -> str:
    return text(browser.get(reverse("inspections:ledger"), asked))


def act(browser: Client, slug: str, key: str, within: str = "", **told: str) -> Any:
    """Tick a kind in the list, open the form of an act, send it as the page has it."""
    url = reverse("inspections:act", args=[slug])
    form = browser.get(url, {"g": key, "within": within})
    if form.status_code != 200:
        return form
    keys = text(form).split('name="f" value="')[1].split('"')[0]
    return browser.post(url, {"f": keys, **told})


def test_like_findings_are_one_line_that_opens(where: Site, office: Client, clerk: Client) -> None:
    row = group(where)
    assert (row.label, row.count, row.organ) == ("链接打不开", 5, "水利局")
    page = ledger(office)
    assert "链接打不开 5条" in page
    assert "共6个问题" in " ".join(page.split())
    opened = ledger(office, like=row.key)
    assert all(each.number in opened for each in Finding.objects.filter(rule="link-dead"))
    assert "图片打不开" not in opened
    assert ledger(office, view="each").count('name="f"') == 6
    assert "链接打不开" not in ledger(clerk)


def test_a_kind_is_ordered_at_once_and_what_is_ordered_keeps_its_date(
    where: Site, office: Client, clerk: Client
) -> None:
    key = group(where).key
    events = Event.objects.count()
    assert act(clerk, "order", key, workdays="5").status_code == 302
    assert Event.objects.count() == events
    assert act(office, "order", key, workdays="5").status_code == 302
    dead = Finding.objects.filter(rule="link-dead")
    assert set(dead.values_list("state", flat=True)) == {FindingState.RECTIFYING}
    assert Event.objects.count() == events + 1
    [due_on] = set(dead.values_list("due_on", flat=True))
    made.ran(where, made.fault("slj/7.html"), day=MONDAY, hour=10)
    row = group(where)
    assert row.told == [("待交办", 1), ("整改中", 5)]
    assert act(office, "order", key, workdays="20").status_code == 302
    assert list(dead.order_by("-pk").values_list("due_on", flat=True))[1:] == [due_on] * 5
    assert "待交办" not in [told for told, _ in group(where).told]
    moved = act(office, "order", key, within="state=RECTIFYING", workdays="20")
    assert moved.status_code == 302
    assert due_on not in set(dead.values_list("due_on", flat=True))
    nothing = act(office, "close", key)
    assert nothing.status_code == 302
    assert not dead.filter(state=FindingState.CLOSED).exists()


def test_a_kind_told_to_be_none_is_remembered_one_by_one(where: Site, office: Client) -> None:
    assert act(office, "false", group(where).key, why="链接正常").status_code == 302
    again = made.ran(where, *[made.fault(f"slj/{place}.html") for place in range(5)], hour=12)
    assert (again.new, again.silenced) == (0, 5)
