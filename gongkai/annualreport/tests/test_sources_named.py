"""Figures of section one come from the chapters' records, and every one opens them."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from gongkai.annualreport.rules.figures import label
from gongkai.annualreport.rules.named_figures import NAMED
from gongkai.annualreport.rules.prose_template import render
from gongkai.annualreport.sources.county import county as consolidated
from gongkai.annualreport.sources.named import RECORDS, named_figures, records_behind_name
from gongkai.annualreport.tests import factories
from gongkai.disclosure.tests import factories as entries
from gongkai.hotline.tests import factories as orders
from gongkai.orgs.models import Role
from gongkai.tables.facts import Period

YEAR = Period.of_year(2020)
NOON = datetime(2020, 6, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_every_name_has_its_chapter_and_a_name_of_its_own() -> None:
    assert set(RECORDS) == set(NAMED)
    assert len({label(name) for name in NAMED}) == len(NAMED)


@pytest.fixture
def worked(county):
    """Two texts of the portal, one of the township; three orders, one answered and rated."""
    where = entries.section(county.government)
    for organ in (county.government, county.office, county.township):
        entries.published(organ, where, at=NOON, formed_on=NOON.date())
    for day in (1, 2):
        orders.received(county.office, date(2020, 6, day))
    orders.closed(county.office, date(2020, 6, 3))
    return county


def test_figures_are_counted_by_organ_and_add_up_by_layer(worked, year) -> None:
    figures = consolidated(year).figures
    told = {name: figures[name].value for name in figures if name.startswith("disclosure.")}
    assert told == {
        "disclosure.published": 3,
        "disclosure.published@own_level": 2,
        "disclosure.published@departments": 0,
        "disclosure.published@townships": 1,
    }
    assert figures["hotline.received"].value == 3
    on_time = figures["hotline.on_time_rate"]
    assert (on_time.numerator, on_time.denominator) == (1, 3)
    assert on_time.value == Decimal("33.33")
    said = render("信息{{ 网站公开信息 }}，其中乡镇{{ 网站公开信息（乡镇） }}。", figures)
    assert said == "信息3条，其中乡镇1条。"


def test_a_rate_of_nothing_is_not_told(county) -> None:
    told = named_figures(YEAR, [county.office.pk])[county.office.pk]
    assert "hotline.on_time_rate" not in told
    assert told["hotline.received"].value == 0
    assert told["hall.fulfilled_amount"].unit == "万元"


@pytest.mark.parametrize("name", NAMED)
def test_records_add_up_to_the_figure(worked, name) -> None:
    ids = [worked.government.pk, worked.office.pk, worked.township.pk]
    told = named_figures(YEAR, ids)
    value = sum(
        figure.value if figure.numerator is None else figure.numerator
        for figure in (told[pk].get(name) for pk in ids)
        if figure
    )
    assert sum(record.adds for record in records_behind_name(name, YEAR, ids)) == value


def official(name, organ, role):
    person = factories.user(name, organ, role)
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


def test_the_page_of_a_figure_lists_its_records(client, worked, year) -> None:
    client.force_login(official("wang", worked.office, Role.OGI_OFFICE))
    url = reverse("annualreport:figure", args=[year.pk, "OWN", "disclosure.published"])
    shown = client.get(url)
    assert shown.status_code == 200, shown
    page = shown.content.decode()
    assert "网站公开信息" in page
    assert "2 条" in page
    rate = reverse("annualreport:figure", args=[year.pk, "COUNTY", "hotline.on_time_rate"])
    assert "热线按期办结率（分子）" in client.get(rate).content.decode()
    none = reverse("annualreport:figure", args=[year.pk, "COUNTY", "no.such"])
    assert client.get(none).status_code == 404


def test_a_clerk_of_a_department_sees_no_county_figure(client, worked, year) -> None:
    client.force_login(official("li", worked.finance, Role.DEPARTMENT_CLERK))
    url = reverse("annualreport:figure", args=[year.pk, "COUNTY", "disclosure.published"])
    assert client.get(url).status_code in (302, 403)
