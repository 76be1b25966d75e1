"""What waits of proposals on the home: each their own, the office what is to be assigned."""

from typing import Any

import pytest

from gongkai.desk.counting import counts
from gongkai.desk.proposals_today import proposals_today, proposals_waiting
from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.orgs.models import Role
from gongkai.proposals.tests import factories as made
from gongkai.proposals.tests.factories import TODAY

pytestmark = pytest.mark.django_db


def told(user: Any) -> dict[str, int]:
    found = counts(proposals_waiting(user, TODAY))
    return {tile.words: tile.figure for tile in proposals_today(found)}


def test_the_home_counts_what_waits_for_whom() -> None:
    home = made.county()
    water = made.department(home)
    forest = made.department(home, "forest", "靖安县林业局")
    made.registered(home, number="1")
    made.assigned(home, water, forest, number="2")
    made.replied(home, water, number="3")
    clerk = person("clerk1", (water, Role.DEPARTMENT_CLERK))
    assert told(clerk) == {"件答复已超期": 1, "件待签收": 1}
    assert told(person("clerk2", (forest, Role.DEPARTMENT_CLERK))) == {"件待提会办意见": 1}
    assert told(person("reader1", (water, Role.REVIEWER))) == {"件公开属性待审核": 1}
    office = person("office1", (home, Role.OGI_OFFICE))
    assert told(office)["件待交办"] == 1
    assert told(person("nobody")) == {}
    page = client_of(office).get("/staff/proposals/?state=OPINION").content.decode()
    assert "共1件" in page
