"""What waits of the hotline on the home: the organ that handles, the one that took it in."""

import pytest

from gongkai.desk.counting import counts
from gongkai.desk.hotline_today import hotline_today, orders_waiting
from gongkai.hotline.tests.factories import (
    RECEIVED_ON,
    a_person,
    an_organ,
    answered,
    assigned,
    received,
)
from gongkai.orgs.models import OrganKind, Role

pytestmark = pytest.mark.django_db


def told(user, today=RECEIVED_ON):
    return {tile.words: tile.figure for tile in hotline_today(counts(orders_waiting(user, today)))}


def test_the_home_counts_what_waits_for_whom():
    home = an_organ("home", kind=OrganKind.COUNTY_GOVERNMENT)
    office = an_organ("office", kind=OrganKind.OFFICE, county=home)
    bureau = an_organ("bureau", county=home)
    received(office)
    assigned(office, handler=bureau)
    answered(office, handler=bureau)
    clerk = a_person(bureau)
    whole = a_person(office, Role.OGI_OFFICE, "office")
    assert told(clerk) == {"件待签收": 1}
    assert told(whole) == {"件待派单": 1, "件待签收": 1, "件答复待审": 1}
    assert told(clerk, RECEIVED_ON.replace(day=9)) == {"件工单今天到期": 1, "件待签收": 1}
    assert told(clerk, RECEIVED_ON.replace(day=10)) == {"件工单已超期": 1, "件待签收": 1}
    assert told(a_person(bureau, Role.DEPARTMENT_CLERK, "other")) == {}
