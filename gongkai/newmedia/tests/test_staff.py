"""The screens: an organ's journey with the office, tables, and the wrong person on every door."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.files.tests.factories import pdf
from gongkai.newmedia.lifecycle import AccountState
from gongkai.newmedia.models import Account, Campaign, Post
from gongkai.newmedia.staff.acts import ACTS
from gongkai.newmedia.tests import factories as made
from gongkai.newmedia.tests.factories import MONDAY, moment
from gongkai.orgs.models import Organ, Role

pytestmark = pytest.mark.django_db
TERMS = {"name": "靖安水利", "functions": ["publishes", "talks"], "responsible": "张三"}


@pytest.fixture(autouse=True)
def clock(monkeypatch: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment(MONDAY, 17))


@pytest.fixture
def home() -> Organ:
    return made.county()


@pytest.fixture
def water(home: Organ) -> Organ:
    return made.department(home)


@pytest.fixture
def office(home: Organ) -> Client:
    return client_of(person("office1", (home, Role.OGI_OFFICE)))


@pytest.fixture
def clerk(water: Organ) -> Client:
    return client_of(person("clerk1", (water, Role.DEPARTMENT_CLERK)))


@pytest.fixture
def stranger(home: Organ) -> Client:
    other = made.department(home, "forest", "靖安县林业局")
    return client_of(person("clerk2", (other, Role.DEPARTMENT_CLERK)))


def url(name: str, *args: Any) -> str:
    return reverse(f"newmedia:{name}", args=args)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def turned_away(answer: Any) -> bool:
    return bool(answer.status_code == 302 and answer.url == reverse("wagtailadmin_home"))


def test_an_account_goes_its_way_between_organ_and_office(
    clerk: Client, office: Client, water: Organ
) -> None:
    told = {**TERMS, "organ": water.pk, "platform": "WECHAT", "why": "发布预警"}
    kept = clerk.post(url("apply"), {**told, "functions": [], "why": ""})
    assert kept.status_code == 422
    assert "靖安水利" in text(kept)
    assert "请选择“功能类型”" in text(kept)
    assert clerk.post(url("apply"), told).status_code == 302
    account = Account.objects.get()

    def act(browser: Client, slug: str, **told: Any) -> Account:
        assert browser.get(url("act", account.pk, slug)).status_code == 200
        answer = browser.post(url("act", account.pk, slug), told)
        assert answer.status_code == 302, text(answer)
        account.refresh_from_db()
        return account

    assert "1个账号等待批准" in text(office.get(url("accounts")))
    day = {"approved_on": "2026-09-21", "approval_number": "靖府办字〔2026〕12号"}
    assert act(office, "approve", **day).state == AccountState.APPROVED
    opened = {
        "platform_id": "jasl",
        "link": made.LINK,
        "certified_as": "靖安县水利局",
        "filed_number": "36",
        "opened_on": "2026-09-21",
    }
    assert act(clerk, "open", **opened).state == AccountState.OPEN
    wanted = {**TERMS, **opened, "name": "靖安县水利", "why": "规范名称"}
    assert act(clerk, "ask-change", **wanted).state == AccountState.CHANGING
    assert "“靖安水利”改为“靖安县水利”" in text(office.get(url("act", account.pk, "change")))
    assert act(office, "change", approval_number="13").name == "靖安县水利"
    assert act(office, "suspend", why="转载无关内容").state == AccountState.SUSPENDED
    assert act(office, "resume", why="已删除").state == AccountState.OPEN
    assert act(clerk, "ask-closing", why="整合", replacement="县政府网").state == "CLOSING"
    assert act(office, "let-close", approval_number="14").state == AccountState.LEAVING
    refused = clerk.post(
        url("act", account.pk, "close"),
        {"notice_link": "https://a.cn/1", "closed_on": "2026-09-21"},
    )
    assert "请上传归档文件" in text(refused)
    file = SimpleUploadedFile("导出.pdf", pdf(), "application/pdf")
    done = {"notice_link": "https://a.cn/1", "closed_on": "2026-09-21", "archives": [file]}
    assert act(clerk, "close", **done).state == AccountState.CLOSED
    page = text(clerk.get(url("account", account.pk)))
    assert "登记注销" in page
    assert "导出.pdf" in page
    assert "靖安县水利" not in text(office.get(url("accounts")))
    assert "靖安县水利" in text(office.get(url("accounts") + "?state=CLOSED"))


def test_the_wrong_person_is_turned_away_at_every_door(
    home: Organ, water: Organ, office: Client, clerk: Client, stranger: Client
) -> None:
    account = made.registered(water)
    post = made.posted(account)
    about = [("account", account.pk), ("posts", account.pk), ("month", account.pk)]
    about += [("keep_up", account.pk), ("record_post", account.pk), ("strike_post", post.pk)]
    about += [("act", account.pk, slug) for slug in ACTS]
    for name, *args in about:
        assert stranger.get(url(name, *args)).status_code == 404, name
    assert "靖安水利" not in text(stranger.get(url("accounts")))
    for slug, act in ACTS.items():
        if act.office:
            assert turned_away(clerk.post(url("act", account.pk, slug), {"why": "x"})), slug
    for name in ("register", "import_accounts", "begin_campaign"):
        assert turned_away(clerk.get(url(name))), name
        assert office.get(url(name)).status_code == 200, name
    assert turned_away(clerk.post(url("main", account.pk), {"main": "1"}))
    looker = client_of(person("leader", (water, Role.LEADER)))
    assert looker.get(url("account", account.pk)).status_code == 200
    assert "登记一条" not in text(looker.get(url("account", account.pk)))
    for name in ("month", "keep_up", "record_post"):
        assert turned_away(looker.get(url(name, account.pk))), name
    nobody = client_of(person("nobody"))
    assert "靖安水利" not in text(nobody.get(url("accounts")))
    assert turned_away(nobody.get(url("apply")))
    late = office.post(url("act", account.pk, "approve"), {"approval_number": "1"})
    assert late.url == url("account", account.pk)
    assert office.get(url("act", account.pk, "nothing")).status_code == 404
    account.refresh_from_db()
    assert account.state == AccountState.OPEN


def book(*rows: tuple[str, ...], heads: tuple[str, ...]) -> SimpleUploadedFile:
    data = write_tables([SheetOut("表", tuple(Column(head) for head in heads), rows)])
    return SimpleUploadedFile("发布清单.xlsx", data)


def token_of(answer: Any) -> str:
    return str(answer.context["token"])


def test_a_table_of_posts_is_seen_before_it_comes_in(
    clerk: Client, water: Organ, stranger: Client
) -> None:
    account = made.registered(water)
    made.posted(account, "防汛提示", date(2026, 9, 20))
    heads = ("微博内容", "发布时间")
    rows = (("防汛提示", "2026-09-20 08:00"), ("节水宣传", "2026-09-21 09:30"))
    told = {"account": account.pk, "file": book(*rows, heads=heads)}
    shown = clerk.post(url("import_posts"), told)
    assert "将导入1条，另有1条已经登记过" in text(shown)
    assert Post.objects.count() == 1
    assert stranger.post(url("import_posts"), {"token": token_of(shown)}).status_code == 302
    assert Post.objects.count() == 1
    assert clerk.post(url("import_posts"), {"token": token_of(shown)}).status_code == 302
    assert Post.objects.count() == 2
    again = clerk.post(url("import_posts"), {"token": token_of(shown)})
    assert "已登记" in text(again) or again.status_code == 302
    assert Post.objects.count() == 2
    wrong = clerk.post(
        url("import_posts"),
        {"account": account.pk, "file": book(("x", "昨天"), heads=heads)},
    )
    assert wrong.status_code == 422
    assert "第2行" in text(wrong)
    bad = clerk.post(url("import_posts"), {"file": SimpleUploadedFile("a.xlsx", b"no")})
    assert bad.status_code == 422
    page = text(clerk.get(url("posts", account.pk)))
    assert "节水宣传" in page
    post = Post.objects.get(title="节水宣传")
    assert clerk.post(url("strike_post", post.pk), {"why": "重复"}).status_code == 302
    assert "已撤销" in text(clerk.get(url("posts", account.pk)))
    assert clerk.get(url("posts_template")).status_code == 200


def test_the_office_registers_from_a_table_and_cleans_up(office: Client, water: Organ) -> None:
    heads = ("主办单位", "平台类型", "账号名称", "功能类型", "责任人")
    table = book(("水利局", "微博", "靖安水利", "信息发布、互动", "张三"), heads=heads)
    shown = office.post(url("import_accounts"), {"file": table})
    assert office.post(url("import_accounts"), {"token": token_of(shown)}).status_code == 302
    account = Account.objects.get()
    assert office.post(url("main", account.pk), {"main": "1"}).status_code == 302
    month = {"month": "2026-08", "received": "3", "answered": "1", "followers": "900"}
    assert office.post(url("month", account.pk), month).status_code == 302
    page = text(office.get(url("account", account.pk)))
    assert "收到留言3条，还有2条没有答复" in page
    kept = office.post(url("keep_up", account.pk), {"responsible": ""})
    assert kept.status_code == 422
    days = {"name": "2026年清理", "starts_on": "2026-09-21", "ends_on": "2026-10-21"}
    assert office.post(url("begin_campaign"), days).status_code == 302
    campaign = Campaign.objects.get()
    item = campaign.items.get()
    told = {"decision": "CLOSE", "reason": ""}
    assert office.post(url("decide", campaign.pk, item.pk), told).status_code == 422
    told["reason"] = "长期不更新"
    assert office.post(url("decide", campaign.pk, item.pk), told).status_code == 302
    assert "待注销" in text(office.get(url("campaign", campaign.pk)))
    early = office.post(url("finish_campaign", campaign.pk), {"outcome": "完成"})
    assert "还有1个应当整合、关停" in text(early)
    assert "2026年清理" in text(office.get(url("campaigns")))
