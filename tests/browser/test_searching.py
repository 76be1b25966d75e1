"""The search in a browser: readable by all in every state, suggestions by keyboard alone."""

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache

from gongkai.adapters import searchindex
from gongkai.disclosure.models import Section
from gongkai.disclosure.tests import factories as made
from gongkai.orgs.models import Organ
from gongkai.portal.searching import feed
from tests.browser.conftest import DESK, PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
SEARCH = "/sousuo/"
FOUND, NOTHING = f"{SEARCH}?ci={quote('惠企')}", f"{SEARCH}?ci={quote('量子')}"


@pytest.fixture
def site(site, settings, tmp_path):
    """The site with a few entries in the index."""
    cache.clear()
    settings.GONGKAI_SEARCH = {"engine": "tantivy", "path": tmp_path}
    for number, code in enumerate(("jingan-czj", "jingan-lwx", "jingan-czj")):
        entry = made.published(
            Organ.objects.get(code=code),
            Section.objects.get(path="zwdt/tzgg" if number else "zwdt/zwyw"),
            title=f"惠企资金第{number}批目录",
            subject="0201",
        )
        feed.refresh([entry.pk])
    feed.refresh_standing()
    assert searchindex.public_index().suggest("惠企", scopes=(f"county:{entry.organ.county_id}",))
    return site


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing_in_any_state(open_page, site, width):
    for mode in ({}, {"gk_size": "large", "gk_contrast": "high"}):
        page = open_page(FOUND, width, **mode)
        for address in (FOUND, f"{FOUND}&lb=tzgg", NOTHING, SEARCH):
            page.goto(site + address)
            results = Axe().run(page)
            assert results.violations_count == 0, f"{address}: {results.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_on_a_phone_results_come_first_and_facets_unfold(open_page):
    page = open_page(FOUND, PHONE)
    facet = page.locator(".facets li a").first
    assert not facet.is_visible()
    assert page.locator(".hits li").first.bounding_box()["y"] < 700
    page.locator(".facets > summary").click()
    facet.click()
    page.wait_for_selector(".chips")


def test_at_a_desk_facets_stand_open(open_page):
    assert open_page(FOUND, DESK).locator(".facets li a").first.is_visible()


def test_suggestions_are_chosen_by_keyboard(open_page, site):
    page = open_page("/", DESK)
    box = page.get_by_role("combobox", name="搜索本站公开的信息")
    box.press_sequentially("惠企")
    page.wait_for_selector("[role=option]")
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert box.input_value() == chosen.text_content()
    assert Axe().run(page).violations_count == 0
    box.press("Escape")
    assert box.input_value() == "惠企"
    assert page.locator("[role=option]").first.is_hidden()
    box.press("Enter")
    page.wait_for_url(f"{site}{FOUND}")
    assert page.locator(".hits mark").first.text_content() == "惠企"
