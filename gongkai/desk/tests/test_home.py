"""The staff home: what waits today, worst first, each person their own, nothing foreign."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongkai.annualreport import actions as annualreport
from gongkai.annualreport.tests.factories import small_county, user
from gongkai.desk.requests_today import requests_today
from gongkai.desk.today import returns_today, sent_back_today
from gongkai.inforequests import actions
from gongkai.inforequests.models import (
    ChannelTest,
    IncomingMail,
    IntakeChannel,
    MailState,
    Reminder,
    RequestItem,
)
from gongkai.inforequests.tests.factories import (
    an_official,
    awaiting_supplement,
    do,
    moment,
    processing,
    registered,
    replied,
    reviewed,
    submitted,
    under_review,
)
from gongkai.orgs.models import Role
from gongkai.remedies.models import Reconsideration

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch):
    now = datetime(2026, 3, 31, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def county():
    return small_county()


def figures(tiles) -> dict[str, int]:
    return {tile.words: tile.figure for tile in tiles}


def test_requests_are_counted_by_urgency_and_the_worst_stand_first(county) -> None:
    organ = county.finance
    clerk = user("clerk", organ, Role.DEPARTMENT_CLERK)
    late = registered(organ, date(2026, 3, 2))  # due 2026-03-30
    today = registered(organ, date(2026, 3, 3))
    three = registered(organ, date(2026, 3, 5))
    five = registered(organ, date(2026, 3, 9))
    registered(organ, date(2026, 3, 24))
    replied(organ, date(2026, 3, 2))
    unconfirmed = submitted(organ, date(2026, 3, 30), channel=IntakeChannel.ONLINE)
    waiting = requests_today(clerk, TODAY)
    assert figures(waiting.urgent) == {
        "件未确认收到": 1,
        "件已超期": 1,
        "件今天到期": 1,
        "件 3 个工作日内到期": 1,
        "件 5 个工作日内到期": 1,
    }
    assert waiting.words == "有 3 件今天必须处理。"
    assert figures(waiting.others)["件正在办理"] == 6
    numbers = [row.number for row in waiting.rows]
    wanted = [each.number for each in (unconfirmed, late, today, three, five)]
    assert numbers[:5] == wanted


def test_every_tile_opens_just_the_requests_it_counts(county, client) -> None:
    organ = county.finance
    registered(organ, date(2026, 3, 2))
    registered(organ, date(2026, 3, 3))
    registered(organ, date(2026, 3, 5))
    registered(organ, date(2026, 3, 9))
    submitted(organ, date(2026, 3, 30))
    under_review(organ, date(2026, 3, 24))
    reviewed(organ, date(2026, 3, 24))
    awaiting_supplement(organ, date(2026, 3, 24))
    late = processing(organ, date(2026, 3, 20))
    do(actions.assign, late, date(2026, 3, 20), unit="股", inner_due_on=date(2026, 3, 25))
    clerk = an_official(organ, Role.DEPARTMENT_CLERK)
    client.force_login(clerk)
    waiting = requests_today(clerk, TODAY)
    for tile in (*waiting.urgent, *waiting.others):
        page = client.get(tile.url)
        assert page.context["items"].paginator.count == tile.figure, tile.words
        assert tile.figure or tile.words == "件待制发、送达", tile.words


def test_the_scopes_are_mine_my_organs_and_the_countys(county) -> None:
    office = user("office", county.government, Role.OGI_OFFICE)
    theirs = registered(county.finance, date(2026, 3, 2))
    mine = registered(county.government, date(2026, 3, 3))
    do(actions.assign, mine, date(2026, 3, 3), unit="股", handler="office", handler_name="王")
    assert [scope.label for scope in requests_today(office, TODAY).scopes] == [
        "我的",
        "本机关",
        "全县",
    ]

    def numbers(scope):
        return {row.number for row in requests_today(office, TODAY, scope).rows}

    assert numbers("") == numbers("?") == {theirs.number, mine.number}
    assert numbers("own") == numbers("mine") == {mine.number}
    clerk = user("clerk", county.finance, Role.DEPARTMENT_CLERK)
    assert [scope.label for scope in requests_today(clerk, TODAY).scopes] == ["我的", "本机关"]


def test_what_comes_back_stands_on_the_desk(county) -> None:
    organ = county.finance
    clerk = user("clerk", organ, Role.DEPARTMENT_CLERK)
    case = replied(organ, date(2026, 3, 2))
    waits = registered(organ, date(2026, 3, 24))
    RequestItem.objects.filter(info_request=case).update(review_on=TODAY)
    IncomingMail.objects.create(
        organ=organ,
        key="mail",
        received_at=timezone.now(),
        read_at=timezone.now(),
        state=MailState.ASIDE,
    )
    for about, state in ((case, "FAILED"), (waits, "FAILED"), (waits, "SENT")):
        Reminder.objects.create(
            info_request=about,
            occasion=f"DUE-{state}",
            person="某",
            way="EMAIL",
            address="gone@example.gov.cn",
            state=state,
            created_at=timezone.now(),
        )
    tested = {"FAX": (TODAY, True), "EMAIL": (TODAY, False), "PHONE": (date(2026, 3, 1), True)}
    for channel, (day, passed) in tested.items():
        ChannelTest.objects.create(organ=organ, channel=channel, tested_on=day, passed=passed)
    told = figures(requests_today(clerk, TODAY).others)
    assert told["条提醒没有送达"] == 1  # of the case that is still open
    assert told["个受理渠道自测不通或者到期"] == 2
    assert told["项不公开信息该再次评估"] == told["封来信待人工处理"] == 1
    reviewer = user("reviewer", organ, Role.REVIEWER)
    others = figures(requests_today(reviewer, TODAY).others)
    assert not {"封来信待人工处理", "个受理渠道自测不通或者到期"} & set(others)


def test_reviewers_and_heads_see_what_waits_for_them_in_colour(county) -> None:
    organ = county.finance
    under_review(organ, date(2026, 3, 24))
    reviewed(organ, date(2026, 3, 24))

    def tones(role):
        tiles = requests_today(user(f"u-{role}", organ, role), TODAY).others
        return {tile.words: tile.tone for tile in tiles}

    reviewer = tones(Role.REVIEWER)
    assert (reviewer["件待审核"], reviewer["件待签发"]) == ("warn", "")
    assert tones(Role.OGI_HEAD)["件待签发"] == "warn"
    assert tones(Role.DEPARTMENT_CLERK)["件待审核"] == ""


def test_the_list_is_short_and_says_how_many_more(county) -> None:
    organ = county.finance
    for day in range(12):
        registered(organ, date(2026, 3, 9) + timedelta(days=day))
    waiting = requests_today(user("clerk", organ, Role.DEPARTMENT_CLERK), TODAY)
    assert (len(waiting.rows), waiting.more) == (10, 2)


def test_the_desk_costs_the_same_however_much_waits(county) -> None:
    office = user("office", county.government, Role.OGI_OFFICE)
    for day in range(12):
        registered(county.finance, date(2026, 3, 9) + timedelta(days=day))
    for scope in ("", "own", "mine"):
        with CaptureQueriesContext(connection) as queries:
            requests_today(office, TODAY, scope)
        assert len(queries) <= MOST_QUERIES, [each["sql"] for each in queries]


def test_nobody_sees_what_waits_in_another_organ(county) -> None:
    mine, other = county.finance, county.housing
    registered(other, date(2026, 3, 2))
    clerk = user("clerk", mine, Role.DEPARTMENT_CLERK)
    assert figures(requests_today(clerk, TODAY).others)["件正在办理"] == 0
    evaluator = user("evaluator", county.government, Role.EVALUATOR)
    assert requests_today(evaluator, TODAY) is None


def test_a_case_shows_the_remedies_against_it(county, client) -> None:
    organ = county.finance
    case = replied(organ, date(2026, 3, 2))
    Reconsideration.objects.create(
        organ=organ,
        case_number="靖府复〔2026〕3号",
        subject="不服答复",
        info_request=case.typed_id,
        filed_on=date(2026, 3, 20),
        state="FILED",
        authority="靖安县人民政府",
    )
    client.force_login(an_official(organ, Role.DEPARTMENT_CLERK))
    record = reverse("inforequests:record", args=[case.pk])
    assert "靖府复〔2026〕3号" in client.get(record).content.decode()
    remedy = reverse("remedies:record", args=[Reconsideration.objects.get().pk])
    for role, opens in ((Role.OGI_HEAD, True), (Role.WINDOW_CLERK, False)):
        client.force_login(an_official(organ, role, role.value))
        page = client.get(record).content.decode()
        assert "靖府复〔2026〕3号" in page
        assert (remedy in page) is opens
        assert (client.get(remedy).status_code == 200) is opens


def test_the_year_tells_a_unit_its_own_and_the_office_all(county) -> None:
    office = user("office", county.government, Role.OGI_OFFICE)
    clerk = user("clerk", county.finance, Role.DEPARTMENT_CLERK)
    assert returns_today(office, TODAY) == []
    year = annualreport.open_year(
        county.government, 2025, by=office.actor(), at=moment(date(2026, 1, 5))
    )
    (told,) = returns_today(office, TODAY)
    assert figures(told.tiles)["个单位填报中"] == year.returns.count()
    assert told.tiles[0].tone == "bad"
    assert "报送期限 2026-01-31 已过" in told.words
    (own,) = returns_today(clerk, TODAY)
    assert figures(own.tiles)["个单位填报中"] == 1
    assert "公布期限 2026-03-31" in returns_today(office, date(2026, 1, 20))[0].words


def test_a_return_that_was_sent_back_shows_its_reason(county, client) -> None:
    office = user("office", county.government, Role.OGI_OFFICE)
    clerk = an_official(county.finance, Role.DEPARTMENT_CLERK)
    year = annualreport.open_year(
        county.government, 2025, by=office.actor(), at=moment(date(2026, 1, 5))
    )
    unit = year.returns.get(organ=county.finance)
    unit.sent_back_reason = "收费金额与台账不符"
    unit.save()
    assert sent_back_today(clerk, TODAY) == [unit]
    client.force_login(clerk)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "收费金额与台账不符" in page
    assert reverse("annualreport:return", args=[unit.pk]) in page


def test_the_home_is_the_countys_and_leads_nowhere_outside(county, client) -> None:
    organ = county.finance
    case = registered(organ, date(2026, 3, 2))
    client.force_login(an_official(organ, Role.DEPARTMENT_CLERK))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "政务公开平台" in page
    assert case.number in page
    assert "今天是2026年3月31日" in page
    assert "wagtail.org" not in page.lower()
    mine = client.get(reverse("wagtailadmin_home"), {"scope": "mine"}).content.decode()
    assert "没有由您经办的申请" in mine


def test_who_has_no_post_is_told_what_to_do(client, django_user_model) -> None:
    stranger = django_user_model.objects.create(
        username="root", name="管理员", is_superuser=True, is_staff=True
    )
    client.force_login(stranger)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "您还没有岗位" in page


def test_who_audits_is_not_told_to_get_a_post(county, client) -> None:
    client.force_login(an_official(county.office, Role.AUDITOR))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "您还没有岗位" not in page
    assert "审计管理员" in page
