"""Filing and following a request in a browser: on a phone, by keyboard, without scripts."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from wagtail.models import Locale, Page

from gongkai.inforequests import actions
from gongkai.inforequests.models import InfoRequest, PublicAttempt
from gongkai.inforequests.tests import factories
from gongkai.portal.tests.requests_made import BASE, CARD, FOLLOW, FORM, PIXEL, open_requests_county
from tests.browser.conftest import DESK, LANDING, LOOKS, PHONE, looks_at
from tests.browser.test_portal import MODES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
PAGES = (
    "",
    "zn/jingan-czj/",
    "lct/",
    "sqb/",
    "zxsq/?ci=专项资金",
    "zxsq/jingan-czj/",
    "cx/",
    "tj/",
)


@pytest.fixture
def site(browser, transactional_db, live_server) -> str:
    """The address of 靖安县's site, which takes requests in."""
    if Page.get_first_root_node() is None:
        Locale.objects.get_or_create(language_code="zh-hans")
        Page.add_root(instance=Page(title="Root", slug="root"))
    place = open_requests_county()
    today = timezone.localdate()
    factories.replied(place.finance, today - timedelta(days=40))
    return live_server.url


@pytest.fixture
def papers(tmp_path) -> list[str]:
    """Two pictures of an identity card."""
    made = []
    for name, content in (("zheng.png", PIXEL), ("fan.png", PIXEL + b"\n")):
        path = tmp_path / name
        path.write_bytes(content)
        made.append(str(path))
    return made


def sound(page, width, about):
    """Check that axe finds nothing, of any impact, and that nothing hangs over the edge."""
    results = Axe().run(page)
    assert results.violations_count == 0, f"{about}: {results.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, about


def fill(page, papers, title="2024年双溪镇土地征收公告"):
    """Fill the form in as a citizen."""
    page.get_by_label("姓名").fill("万里")
    page.get_by_label("证件号码").fill(CARD)
    page.locator("#id_proof_front").set_input_files(papers[0])
    page.locator("#id_proof_back").set_input_files(papers[1])
    page.get_by_label("联系电话").fill("13800000000")
    page.locator("#id_title").fill(title)
    page.get_by_label("我承诺").check()


def file_request(page, papers):
    """File a request and return its number and code."""
    fill(page, papers)
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/huizhi/")
    return [text.strip() for text in page.locator(".figure").all_inner_texts()]


def follow(page, site, number, code):
    """Ask for the result."""
    page.goto(site + FOLLOW)
    page.get_by_label("申请编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()
    page.wait_for_url("**/jieguo/")


@pytest.mark.parametrize(("width", "size"), LOOKS)
def test_axe_finds_nothing_on_any_page_to_read(open_page, site, width, size):
    page = open_page(BASE, width, **MODES[size == "large"])
    for address in PAGES:
        if (width, size) not in looks_at(address):
            continue
        page.goto(site + BASE + address)
        sound(page, width, address)


@pytest.mark.parametrize("mode", MODES[1:] if LANDING else MODES)
def test_a_request_is_filed_and_followed_on_a_phone(open_page, site, papers, mode):
    page = open_page(f"{BASE}zxsq/", PHONE, **mode)
    page.get_by_role("link", name="靖安县财政局").click()
    page.wait_for_url(f"**{FORM}")
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_selector(".summary")
    assert page.evaluate("document.activeElement.className") == "summary"
    sound(page, PHONE, "form with errors")
    page.get_by_role("link", name="请填写“姓名”").click()
    assert page.evaluate("document.activeElement.id") == "id_person_name"
    page.get_by_label("法人或者其他组织").check()
    assert page.locator(".person").is_hidden()
    sound(page, PHONE, "form of an organisation")
    page.get_by_label("公民").check()
    number, code = file_request(page, papers)
    assert number == InfoRequest.objects.latest("submitted_at").number
    sound(page, PHONE, "receipt")
    assert PublicAttempt.objects.filter(door="submit").count() == 1  # work was proved
    page.reload()
    assert code not in page.content()
    sound(page, PHONE, "receipt gone")
    follow(page, site, number, code)
    sound(page, PHONE, "result")
    ask_for_supplement(InfoRequest.objects.get(number=number))
    page.reload()
    sound(page, PHONE, "result that asks for a supplement")
    page.get_by_label("补正内容").fill("双溪镇河北村三组")
    page.get_by_role("button", name="提交补正").click()
    page.get_by_role("heading", name="已提交补正").wait_for()
    sound(page, PHONE, "supplement handed in")
    page.get_by_role("link", name="返回办理情况").click()
    page.get_by_role("button", name="退出查询").click()
    page.get_by_role("heading", name="已退出查询").wait_for()
    sound(page, PHONE, "left")
    page.goto(f"{site}{FOLLOW}jieguo/")
    sound(page, PHONE, "result gone")


def ask_for_supplement(case: InfoRequest) -> None:
    """Let the office register the case and ask for a supplement."""
    today, now = timezone.localdate(), timezone.now()
    actions.register(case, confirmed_on=today, by=factories.ME, at=now)
    who = {"on": today, "by": factories.ME, "at": now}
    actions.assign(case, unit="政务公开股", **who)
    term = today + timedelta(days=21)
    actions.ask_supplement(case, what="请写明村、组", due_on=term, **who)


def test_wrong_codes_and_the_closed_door_can_be_read_by_all(open_page, site):
    page = open_page(FOLLOW, PHONE)
    for _ in range(6):
        page.get_by_label("申请编号").fill("360925001-2026-0001")
        page.get_by_label("查询码").fill("AAAAAAAAAA")
        page.get_by_role("button", name="查询").click()
        page.wait_for_selector(".summary")
        sound(page, PHONE, "refused")
    assert "次数过多" in page.locator(".summary").inner_text()


def test_filing_by_keyboard_alone(open_page, papers):
    page = open_page(FORM, DESK)
    page.locator("#content").focus()

    def tab_to(name):
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id || document.activeElement.type") == name:
                return
        raise AssertionError(f"{name} cannot be reached by Tab")

    tab_to("id_applicant_0")
    tab_to("id_person_name")
    page.keyboard.type("万里")
    tab_to("id_identity_number")
    page.keyboard.type(CARD)
    # A file is chosen in the system's own window; only that the field is reached is ours.
    for name, paper in zip(("id_proof_front", "id_proof_back"), papers, strict=True):
        tab_to(name)
        page.locator(f"#{name}").set_input_files(paper)
    tab_to("id_phone")
    page.keyboard.type("13800000000")
    tab_to("id_title")
    page.keyboard.type("2024年财政决算")
    tab_to("id_declared")
    page.keyboard.press("Space")
    tab_to("submit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/huizhi/")
    assert InfoRequest.objects.latest("submitted_at").description == "《2024年财政决算》"


def test_what_was_typed_comes_back_after_a_failed_sending(open_page, site, papers):
    page = open_page(FORM, PHONE)
    page.wait_for_load_state("networkidle")
    fill(page, papers, "断网时填写的申请")
    page.get_by_label("当面领取").check()
    page.wait_for_function("() => document.querySelector('[data-proof]').value !== ''")
    page.route("**/*", lambda route: route.abort() if route.request.method == "POST" else None)
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_timeout(300)
    page.unroute("**/*")
    page.goto(site + FORM)
    assert page.locator("#id_title").input_value() == "断网时填写的申请"
    assert page.get_by_label("当面领取").is_checked()
    assert page.locator("#id_identity_number").input_value() == ""
    sound(page, PHONE, "draft restored")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert CARD not in kept
    number, _ = file_request(page, papers)
    assert InfoRequest.objects.filter(number=number).count() == 1
    assert page.evaluate("localStorage.length") == 0


def test_a_draft_can_be_thrown_away_and_a_kiosk_keeps_none(open_page, site, papers):
    for address, kept in ((f"{FORM}?kiosk", 0), (FORM, 1)):
        page = open_page(address, DESK)
        page.get_by_label("姓名").fill("万里")
        page.wait_for_function("() => document.querySelector('[data-proof]').value !== ''")
        page.route("**/*", lambda route: route.abort() if route.request.method == "POST" else None)
        page.get_by_role("button", name="提交申请").click()
        page.wait_for_timeout(300)
        page.unroute("**/*")
        page.goto(site + address)
        assert page.evaluate("localStorage.length") == kept
    page.get_by_role("button", name="清除本机保存的内容").click()
    page.wait_for_function("() => localStorage.length === 0")
    assert page.locator("#id_person_name").input_value() == ""


def test_two_clicks_send_once(open_page, papers):
    page = open_page(FORM, DESK)
    fill(page, papers)
    page.get_by_role("button", name="提交申请").dblclick()
    page.wait_for_url("**/huizhi/")
    assert InfoRequest.objects.filter(description__startswith="《").count() == 1
    assert len(page.locator(".figure").all_inner_texts()) == 2


def test_all_of_it_without_scripts(browser, site, papers):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": PHONE, "height": 800}, locale="zh-CN"
    )
    page = context.new_page()
    page.goto(site + FORM)
    assert page.locator(".organisation").is_hidden()
    number, code = file_request(page, papers)
    assert page.locator("[data-print]").is_hidden()
    follow(page, site, number, code)
    assert number in page.locator("h1").inner_text()
    context.close()


def test_no_other_host_is_asked_and_the_policy_is_kept(open_page, site, papers):
    page = open_page(FORM, DESK)
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.reload()
    file_request(page, papers)
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert complaints == []


def test_the_receipt_prints_on_paper_without_buttons(open_page, papers):
    page = open_page(FORM, DESK)
    page.add_init_script("window.print = () => { document.title = 'printed'; }")
    page.reload()
    file_request(page, papers)
    page.get_by_role("button", name="打印回执").click()
    assert page.title() == "printed"
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    for hidden in (".menu", ".no-print", ".trail"):
        assert page.locator(hidden).is_hidden()
    assert page.locator(".qr").is_visible()
    assert page.locator(".figure").first.is_visible()
