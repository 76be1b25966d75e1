"""What inspections found on the staff home: the office's and the organ's, each opens its list."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.inspections.tests import factories as made
from gongkai.orgs.models import Role

pytestmark = pytest.mark.django_db


def test_each_sees_what_waits_for_them_and_the_tile_opens_the_list(monkeypatch) -> None:
    home = made.county()
    water = made.department(home)
    where = made.site(home, water)
    late = made.ordered(where)
    made.answered(where, place="2.html")
    made.found(where, place="3.html")
    made.objected(where, place="4.html")
    day = late.due_on + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: made.moment(day))
    office = client_of(person("office1", (home, Role.OGI_OFFICE)))
    page = office.get(reverse("wagtailadmin_home")).content.decode()
    for words in ("个问题整改超期", "条异议待裁定", "个问题待复核", "个新问题待交办"):
        assert words in page
    clerk = client_of(person("clerk1", (water, Role.DEPARTMENT_CLERK)))
    page = clerk.get(reverse("wagtailadmin_home")).content.decode()
    assert "个问题整改超期" in page
    assert "待复核" not in page
    assert "待交办" not in page
    listed = clerk.get(f"{reverse('inspections:ledger')}?overdue=1").content.decode()
    assert late.number in listed
