"""The public pages in a browser: readable by all, at a desk and on a phone, by keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESK, PHONE, looks_at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
REPORT = "/zwgk/xxgknb/2020/jingan.html"
CORRECTED = "/zwgk/xxgknb/2023/jingan.html"
PAGES = ("/", "/zwgk/", "/zwgk/xxgknb/", REPORT, CORRECTED, "/not-there/")
MODES = ({}, {"gk_size": "large", "gk_contrast": "high"})


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_nothing_and_nothing_overflows(open_page, site, width):
    for size, mode in zip(("standard", "large"), MODES, strict=True):
        page = open_page("/", width, **mode)
        for address in PAGES:
            if (width, size) not in looks_at(address):
                continue
            page.goto(site + address)
            results = Axe().run(page)
            assert results.violations_count == 0, f"{address}: {results.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_wide_table_scrolls_inside_its_own_region_by_keyboard(open_page):
    page = open_page(REPORT, PHONE)
    region = page.get_by_role("region", name="三、收到和处理政府信息公开申请情况")
    region.focus()
    assert region.evaluate("it => it.scrollWidth > it.clientWidth")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("it => it.scrollLeft > 0", arg=region.element_handle())
    assert page.evaluate("window.scrollX") == 0


def test_a_reader_goes_from_the_home_to_a_file_by_keyboard(open_page, site):
    page = open_page("/", DESK)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for door in ("政府信息公开指南", "政府信息公开工作年度报告"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent").strip().startswith(door)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/zwgk/xxgknb/")
    page.get_by_role("link", name="2020年度").press("Enter")
    page.get_by_role("link", name="靖安县人民政府2020年政府信息公开工作年度报告").press("Enter")
    page.wait_for_url(site + REPORT)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word 文档").press("Enter")
    name = "靖安县人民政府2020年政府信息公开工作年度报告.docx"
    assert download.value.suggested_filename == name


def test_the_display_switch_comes_back_to_the_page(open_page, site):
    page = open_page(REPORT, PHONE)
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.get_by_role("link", name="大字").click()
    page.wait_for_url(site + REPORT)
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > size * 1.25
    page.get_by_role("link", name="高对比度").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"


def test_no_other_host_is_asked(open_page, site):
    page = open_page("/", DESK)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for address in PAGES:
        page.goto(site + address)
    assert asked
    assert [url for url in asked if not url.startswith(site)] == []


def test_print_shows_the_whole_table(open_page):
    page = open_page(REPORT, DESK)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    assert page.locator(".menu").is_hidden()
