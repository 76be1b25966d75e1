"""Pages of the hall, the hotline, proposals, accounts and the exchange in a browser: axe, journeys.

They are made by the real verbs on one Monday, which is the day that the site believes in.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Locale, Page

from gongkai.engagement import actions as exchange
from gongkai.engagement.models import Message
from gongkai.engagement.tests import made
from gongkai.engagement.tests.factories import ME, MONDAY, moment, publish
from gongkai.hotline import actions as hotline
from gongkai.hotline.tests import factories as orders
from gongkai.newmedia.tests import factories as accounts
from gongkai.portal.tests.factories import open_county
from gongkai.proposals.tests import factories as proposals
from gongkai.servicehall import actions as hall
from gongkai.servicehall.tests import factories as services
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_public_pages import faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
NOW = moment(MONDAY, 17)


def services_of(place: Any) -> dict[str, str]:
    """Make a guide with its hall and a policy that pays; return their pages."""
    item = services.published(place.finance, "代理记账许可", themes=("f26",))
    where = services.hall(place.finance)
    hall.move_in(item, hall=where, joined_on=MONDAY, **services.NOW)
    services.paid(services.policy(place.finance))
    items = "/zwgk/zwfwsx/"
    return {
        "services": items,
        "services found": f"{items}?gjc=记账",
        "services of an organ": f"{items}bm/{place.finance.code}/",
        "guide": f"{items}{item.pk}.html",
        "halls": f"{items}dating/",
        "policies that pay": "/zwgk/hqzcdx/",
    }


def exchange_of(place: Any) -> dict[str, str]:
    """Make messages, a survey, an interview and a notice of emergency; return their pages."""
    box = {"name": "县长信箱", "holder": "王某", "post": "县长"}
    exchange.open_mailbox(place.county, organ=place.county, **box, by=ME, at=moment(MONDAY))
    message = made.public(place.county)
    survey = made.survey(place.finance)
    interview = made.interview(place.finance)
    publish(interview.entry, moment(MONDAY, 11))
    interview.entry.refresh_from_db()
    exchange.raise_banner(
        place.county, text="河水上涨，请勿靠近", until=NOW + timedelta(hours=3), by=ME, at=NOW
    )
    return {
        "messages": "/hdjl/liuyan/",
        "message": message.address,
        "message followed": "/hdjl/liuyan/chaxun/",
        "mailboxes": "/hdjl/xinxiang/",
        "own data": "/hdjl/wodexinxi/",
        "surveys": "/hdjl/wsdc/",
        "survey": survey.address,
        "ballot": f"{survey.address}da/",
        "interview": interview.entry.address,
        "question": f"/hdjl/zxft/{interview.pk}/tiwen/",
        "emergencies": "/jinji/",
        "home with an emergency": "/",
    }


def orders_of(place: Any) -> dict[str, str]:
    """Make a work order that is public; return the pages of the hotline."""
    order = orders.closed(place.county, may_publish=True)
    words = hotline.PublicText("村道路灯", "某村路灯坏了", "已经修好")
    hotline.publish(order, told=words, by=orders.ME, at=NOW)
    column = "/hdjl/rexian/"
    return {
        "hotline": column,
        "work order": f"{column}{order.pk}.html",
        "matter": f"{column}tijiao/",
        "matter followed": f"{column}chaxun/",
    }


@pytest.fixture
def pages(browser: Any, transactional_db: None, live_server: Any, monkeypatch: Any) -> dict:
    """A county's site with these chapters; the addresses of its pages by their kind."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cache.clear()
    if Page.get_first_root_node() is None:
        Locale.objects.get_or_create(language_code="zh-hans")
        Page.add_root(instance=Page(title="Root", slug="root"))
    place = open_county()
    reply = proposals.published(place.county, place.finance)
    accounts.registered(place.finance, name="靖安发布")
    return {
        **services_of(place),
        **exchange_of(place),
        **orders_of(place),
        "proposals": "/zwgk/jytabl/",
        "proposal": reply.entry.address,
        "accounts": "/zwgk/zwxmt/",
    }


@pytest.fixture
def site(live_server: Any) -> str:
    """The address at which it is served."""
    return live_server.url


def test_axe_finds_nothing_on_the_pages_of_these_chapters(open_page, site, pages) -> None:
    page = open_page("/", DESK)
    wrong = []
    for kind, address in pages.items():
        answer = page.goto(site + address)
        assert answer.status == 200, (kind, answer.status)
        wrong += faults(page, kind)
    assert not wrong, "\n".join(wrong)


def test_somebody_writes_from_a_phone_and_asks_after_it(open_page, site, pages) -> None:
    page = open_page("/hdjl/liuyan/", PHONE)
    page.get_by_role("link", name="我要写信").first.click()
    page.get_by_role("button", name="提交").click()
    page.get_by_text("请填写“内容”").first.wait_for()  # nothing typed, nothing sent
    wrong = faults(page, "message refused")
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.locator("[name=to]").select_option(index=1)
    page.locator("[name=kind]").first.check()
    page.locator("[name=message_title]").fill("公交改线")
    page.locator("[name=message_text]").fill("3路公交何时恢复？")
    page.locator("[name=asker]").fill("张小明")
    page.locator("[name=contact]").fill("13800001234")
    page.locator("[name=consent]").first.check()
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/huizhi/")
    number, code = (text.strip() for text in page.locator("dd.figure").all_inner_texts())
    wrong += faults(page, "message receipt")
    assert Message.objects.filter(number=number).exists()
    page.goto(f"{site}/hdjl/liuyan/chaxun/")
    page.get_by_label("编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_text("待办理").first.wait_for()
    wrong += faults(page, "message's answer")
    assert not wrong, "\n".join(wrong)
