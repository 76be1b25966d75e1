"""Websites' yearly reports in public: nothing before it is published, then page, list and file."""

from typing import Any

import pytest
from django.test import Client

from gongkai.inspections import actions
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import OFFICE
from gongkai.inspections.tests.test_site_years import AFTER, HEAD, published
from gongkai.portal.tests.factories import open_county

LIST = "/zwgk/wzndbb/"


@pytest.mark.django_db
def test_a_report_is_read_once_it_is_published(client: Client) -> None:
    home = open_county().county
    where = made.site(home)
    assert client.get(LIST).status_code == 404
    report = published(where, visits="12345", filler="<b>靖安县人民政府办公室</b>")
    page = f"{LIST}2026/{where.pk}.html"
    listed = client.get(LIST).content.decode()
    assert page in listed
    shown = client.get(page).content.decode()
    assert "<td>12345</td>" in shown
    assert "&lt;b&gt;" in shown
    assert client.get(page.replace("html", "docx")).content[:2] == b"PK"
    for wrong in (f"{LIST}2025/{where.pk}.html", f"{LIST}2026/{where.pk + 1}.html"):
        assert client.get(wrong).status_code == 404

    second: Any = actions.correct_site_year(report, why="漏计栏目", by=OFFICE, at=AFTER)
    assert "漏计栏目" not in client.get(page).content.decode()
    second = actions.review_site_year(second, by=HEAD, at=AFTER)
    actions.publish_site_year(second, by=OFFICE, at=AFTER)
    assert "第2版。更正理由：漏计栏目" in client.get(page).content.decode()
