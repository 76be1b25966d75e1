"""A Chromium for the browser tests, and a county's site served to it."""

import os
import shutil
from collections.abc import Iterator
from zlib import crc32

import pytest
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as BrowserPage
from wagtail.models import Locale, Page

from gongkai.portal.tests.factories import open_county, publish

SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PHONE, DESK = 375, 1280
LANDING = os.environ.get("GONGKAI_EXAMPLES") == "landing"
# Widths with modes. A landing takes the two that have least in common, each page in one of them.
LOOKS = ((DESK, "standard"), (PHONE, "large"), (PHONE, "standard"), (DESK, "large"))
if LANDING:
    LOOKS = LOOKS[:2]


def looks_at(page: str) -> tuple[tuple[int, str], ...]:
    """Return the ways in which a page is looked at, the same each time."""
    return (LOOKS[crc32(page.encode()) % len(LOOKS)],) if LANDING else LOOKS


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the system; a machine without it skips these tests and says so."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine: apt install chromium")
    # Playwright keeps a loop running in this thread; the rows below are written beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(SWITCHES))
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(browser, transactional_db, live_server) -> str:
    """The address of 靖安县's site with reports of three levels and two years, one corrected.

    A test of this sort empties the database; what Wagtail's migrations laid is put back.
    """
    if Page.get_first_root_node() is None:
        Locale.objects.get_or_create(language_code="zh-hans")
        Page.add_root(instance=Page(title="Root", slug="root"))
    place = open_county()
    for year in (2020, 2023):
        for organ in (place.county, place.finance, place.township):
            publish(place.county, organ, year)
    publish(place.county, place.county, 2023, version=2)
    return live_server.url


@pytest.fixture
def open_page(browser, site):
    """Return a function that opens an address at a width, in a fresh profile."""
    contexts = []

    def opened(address: str, width: int, **cookies: str) -> BrowserPage:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN")
        contexts.append(context)
        context.add_cookies(
            [{"name": name, "value": value, "url": site} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.goto(site + address)
        return page

    yield opened
    for context in contexts:
        context.close()
