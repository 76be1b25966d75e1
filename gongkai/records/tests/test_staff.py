"""Screens of records: the office makes a list and enters its receipt; others are refused."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.orgs.models import Role
from gongkai.records.models import TransferList
from gongkai.records.tests.factories import SINCE, UNTIL, a_county, an_official

pytestmark = pytest.mark.django_db


def test_the_office_hands_over_and_others_may_not(client: Any) -> None:
    made = a_county()
    office = an_official(made.office, Role.OGI_OFFICE, "office")
    auditor = an_official(made.office, Role.AUDITOR, "auditor")
    clerk = an_official(made.finance, Role.DEPARTMENT_CLERK, "clerk")
    leader = an_official(made.office, Role.LEADER, "leader")
    package = reverse("records:package", args=[made.case.pk])
    make, keeping = reverse("records:make"), reverse("records:keeping")

    assert client.get(make).status_code == 302
    client.force_login(office)
    wrong = client.post(make, {"kind": "CASES", "since": UNTIL, "until": SINCE})
    assert (wrong.status_code, "不能早于" in wrong.content.decode()) == (422, True)
    for kind in ("CASES", "TO_LIBRARY"):
        done = client.post(make, {"kind": kind, "since": SINCE, "until": UNTIL})
        assert done.status_code == 302
    cases, entries = TransferList.objects.order_by("number")
    page = client.get(reverse("records:list", args=[cases.pk])).content.decode()
    assert made.case.number in page
    assert package in page
    assert client.get(package).status_code == 405
    zipped = client.post(package)
    assert b"".join(zipped.streaming_content)[:2] == b"PK"
    for form in ("xlsx", "docx"):
        sent = client.post(reverse("records:file", args=[entries.pk, form]))
        assert (sent.status_code, sent.content[:2]) == (200, b"PK")
    here = reverse("records:list", args=[entries.pk])
    blank = client.post(here, {"received_on": "", "received_by": ""})
    assert blank.status_code == 422
    today = timezone.localdate(entries.made_at).isoformat()
    done = client.post(here, {"received_on": today, "received_by": "王五"})
    assert done.status_code == 302
    index = client.get(reverse("records:index")).content.decode()
    assert "王五" in index
    assert (
        "案卷包" in client.get(reverse("inforequests:record", args=[made.case.pk])).content.decode()
    )

    client.force_login(leader)
    assert client.get(here).status_code == 200
    assert client.get(make).status_code in (302, 403)
    assert client.post(here, {"received_on": today, "received_by": "王五"}).status_code in (
        302,
        403,
    )
    assert client.post(package).status_code == 404
    client.force_login(auditor)
    assert "保管期限" in client.get(keeping).content.decode()
    assert client.get(here).status_code in (302, 403)
    client.force_login(clerk)
    for address in (keeping, here, make):
        assert client.get(address).status_code in (302, 403)
    assert client.post(package).status_code in (302, 403)
