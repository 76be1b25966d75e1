"""Every kind of public page in a browser: readable by all, by keyboard, at a terminal."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import DESK, PHONE, looks_at
from tests.browser.public_site import Maker, Shown

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
CONTRAST = {"standard": "standard", "large": "high"}
_TURN = """([size, contrast]) => {
    document.documentElement.dataset.size = size;
    document.documentElement.dataset.contrast = contrast;
}"""

_RUN = """axe.run(document, { resultTypes: ["violations"] }).then((found) => found.violations.map(
    (each) => `${each.id}, ${each.help}: ${each.nodes.map((node) => node.target)}`))"""


@pytest.fixture
def shown(browser, transactional_db, live_server) -> Shown:
    """A site with a page of every kind."""
    return Maker().make()


@pytest.fixture
def site(live_server) -> str:
    """The address at which it is served."""
    return live_server.url


def faults(page, about: str) -> list[str]:
    """Return what is wrong with the page at both widths, in both modes; it is loaded once."""
    found = []
    page.evaluate(AXE_SCRIPT)
    for width, size in looks_at(about):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(_TURN, [size, CONTRAST[size]])
        found += [f"{about} at {width}, {size}: {each}" for each in page.evaluate(_RUN)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{about} at {width}, {size}: hangs over the edge")
    return found


def test_axe_finds_nothing_on_any_kind_of_page(open_page, site, shown):
    page = open_page("/", DESK)
    page.context.clear_cookies()
    wrong = []
    for kind, address in shown.pages.items():
        answer = page.goto(site + address)
        expected = {"404": 404, "withdrawn": 410}.get(kind, 200)
        assert answer.status == expected, (kind, answer.status)
        wrong += faults(page, kind)
        page.context.clear_cookies()  # the terminal's mark
    page.goto(f"{site}/jiucuo/")
    page.get_by_label("错别字").check()
    page.locator("[name=text]").fill("“按排”应为“安排”")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/huizhi/")
    number, code = (text.strip() for text in page.locator("dd.figure").all_inner_texts())
    wrong += faults(page, "error receipt")
    page.goto(f"{site}/jiucuo/chaxun/")
    page.get_by_label("编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_role("heading", name=number).wait_for()
    wrong += faults(page, "error answer")
    assert not wrong, "\n".join(wrong)


def focused(page) -> str:
    """Return the words of what has the focus."""
    return page.evaluate(
        "document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText || ''"
    ).strip()


def tab_to(page, words: str) -> None:
    """Press Tab until something with these words has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if words in focused(page):
            return
    raise AssertionError(f"{words} cannot be reached by Tab")


def test_from_the_skip_link_to_a_printed_document_by_keyboard(open_page, site, shown):
    for width in (DESK, PHONE):
        page = open_page("/zwdt/tzgg/", width)
        page.add_init_script("window.print = () => { document.title = 'printed'; }")
        page.keyboard.press("Tab")
        assert focused(page) == "跳到正文"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
        page.reload()
        tab_to(page, "政策文件库")
        box = page.locator(":focus").bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width  # the row follows the focus
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site}/zwgk/zcwjk/")
        tab_to(page, "标题或者文号中的词")
        page.keyboard.type("新补贴")
        page.keyboard.press("Enter")
        page.wait_for_url("**/zcwjk/?*")
        tab_to(page, "新补贴办法")
        page.keyboard.press("Enter")
        page.wait_for_url(site + shown.document.address)
        tab_to(page, "打印本页")
        page.keyboard.press("Enter")
        assert page.title() == "printed"


def test_a_terminal_is_cleared_and_a_phone_has_one_row_of_menu(browser, site, shown):
    context = browser.new_context(viewport={"width": DESK, "height": 800}, locale="zh-CN")
    page = context.new_page()
    page.clock.install()
    page.goto(f"{site}/tiyanqu/")
    assert {"gk_kiosk", "gk_size"} <= {each["name"] for each in context.cookies()}
    page.get_by_role("link", name="查政策文件").click()
    page.get_by_label("标题或者文号中的词").fill("张三的申请")
    page.evaluate("localStorage.setItem('draft', '张三')")
    page.clock.fast_forward(59_000)
    page.keyboard.press("Shift")  # somebody is still there: the minute begins anew
    page.clock.fast_forward(59_000)
    assert page.url == f"{site}/zwgk/zcwjk/"
    page.clock.fast_forward(2_000)
    page.wait_for_url(f"{site}/tiyanqu/")
    assert page.evaluate("localStorage.length") == 0
    page.go_back()
    page.wait_for_url(f"{site}/tiyanqu/", wait_until="commit")
    assert "张三" not in page.content()
    page.goto(f"{site}/jiucuo/")
    page.locator("[name=contact]").fill("13800001234")
    page.get_by_role("link", name="用完了，清除我的内容").click()  # at once
    page.wait_for_url(f"{site}/tiyanqu/")
    for target in page.locator(".kiosk-doors a").all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 96  # a finger, not a mouse
    page.goto(f"{site}/jiucuo/")
    assert page.locator("[name=contact]").input_value() == ""
    context.close()

    without = browser.new_context(
        java_script_enabled=False, viewport={"width": PHONE, "height": 800}, locale="zh-CN"
    )
    page = without.new_page()
    page.goto(f"{site}/")
    columns = page.locator(".menu .wrap > ul > li").all()
    assert len({round(each.bounding_box()["y"]) for each in columns}) == 1  # one row on a phone
    assert page.locator(".menu").bounding_box()["height"] < 64
    without.close()
