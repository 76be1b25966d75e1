"""The tables of both lifecycles, what an account is found wanting in, and reading tables."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.newmedia.lifecycle import (
    AccountEvent,
    AccountState,
    CampaignEvent,
    CampaignState,
    Refused,
    ToldWrongly,
    accounts,
    campaigns,
)
from gongkai.newmedia.rules.cells import read_moment
from gongkai.newmedia.rules.faults import Judged, Month, faults_of
from gongkai.newmedia.rules.platforms import Platform, PostKind, platform_named
from gongkai.newmedia.rules.texts import web_address
from gongkai.newmedia.rules.worksheet import (
    ACCOUNT_HEADS,
    NEEDED_OF_ACCOUNTS,
    NEEDED_OF_POSTS,
    POST_HEADS,
    Line,
    read_account,
    read_post,
    table_of,
)
from gongkai.tables.grid import Grid, GridCell

TODAY = date(2026, 9, 21)


def test_every_arrow_is_followed_and_every_other_refused() -> None:
    for state in AccountState:
        for event in AccountEvent:
            arrow = accounts.TRANSITIONS.get((state, event))
            if arrow is not None:
                assert accounts.next_state(state, event) is arrow.target
            else:
                with pytest.raises(Refused, match=f"不能{event.label}：账号现在是“{state.label}”"):
                    accounts.next_state(state, event)
    for event in CampaignEvent:
        assert (CampaignState.RUNNING, event) in campaigns.CAMPAIGN_TRANSITIONS
        with pytest.raises(Refused, match="不再变动"):
            campaigns.next_campaign_state(CampaignState.FINISHED, event)


def judged(**values: Any) -> Judged:
    told = {
        "name": "靖安水利",
        "platform": Platform.WECHAT,
        "state": AccountState.OPEN,
        "sponsor": "靖安县水利局",
        "certified_as": "靖安县水利局",
        "opened_on": date(2020, 1, 1),
        "last_post_on": TODAY,
        "functions": (True, True, False),
        "link": "https://example.com/",
        "filed_number": "36",
    }
    return Judged(**(told | values))


def rules(**values: Any) -> list[str]:
    return [fault.rule for fault in faults_of(judged(**values), TODAY)]


def test_a_sound_account_is_found_wanting_in_nothing() -> None:
    assert rules() == []


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"last_post_on": TODAY - timedelta(days=15)}, "M2"),
        ({"last_post_on": None}, "M2"),
        ({"functions": (True, False, False)}, "M3"),
        ({"certified_as": "靖安县文化传媒公司"}, "account-sponsor-differs"),
        ({"certified_as": ""}, "account-unverified"),
        ({"filed_number": ""}, "account-unfiled"),
        ({"link": ""}, "account-no-link"),
        ({"links_home": False}, "account-no-home"),
        ({"beside": 1}, "account-doubled"),
        ({"contract_ends_on": TODAY - timedelta(days=1)}, "account-contract-over"),
        ({"months": (Month(date(2026, 8, 1), 3, 2),)}, "account-comments"),
    ],
)
def test_each_fault_alone(values: dict[str, Any], rule: str) -> None:
    [fault] = faults_of(judged(**values), TODAY)
    assert fault.rule == rule
    assert fault.label
    assert "靖安水利" in fault.why


@pytest.mark.parametrize(
    "values",
    [
        {"last_post_on": TODAY - timedelta(days=14)},
        {"last_post_on": None, "opened_on": TODAY - timedelta(days=3)},
        {"functions": (False, False, False)},
        {"links_home": True},
        {"contract_ends_on": TODAY},
        {"months": (Month(date(2026, 9, 1), 3, 0), Month(date(2026, 8, 1), 2, 2))},
        {"state": AccountState.CLOSED, "link": "", "last_post_on": None},
        {"state": AccountState.APPLIED, "filed_number": "", "certified_as": ""},
        {"state": AccountState.SUSPENDED, "last_post_on": date(2025, 1, 1)},
        {"platform": Platform.QQ_GROUP, "link": "", "certified_as": "", "last_post_on": None},
    ],
)
def test_look_alikes_of_faults_are_none(values: dict[str, Any]) -> None:
    assert rules(**values) == []


def test_platforms_are_known_by_their_usual_names() -> None:
    assert platform_named(" 微信 ") is Platform.WECHAT
    assert platform_named("qq群") is Platform.QQ_GROUP
    assert platform_named("人人网") is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-03-05 10:30", "2020-03-05 10:30:00"),
        ("2020/3/5 9:05:07", "2020-03-05 09:05:07"),
        ("2020年3月5日", "2020-03-05 12:00:00"),
        ("２０２０年３月５日 １０：３０", "2020-03-05 10:30:00"),
        ("43895", "2020-03-05 12:00:00"),
        ("43895.4375", "2020-03-05 10:30:00"),
        ("2020-03-05T10:30:00", "2020-03-05 10:30:00"),
    ],
)
def test_a_moment_is_read_however_it_is_written(text: str, moment: str) -> None:
    assert str(read_moment(text)) == moment


@settings(max_examples=40)
@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert read_moment(text).year


def test_a_moment_that_is_none_is_refused_with_its_remedy() -> None:
    for text in ("昨天", "2020-02-30", "2020-01-01 25:00", ""):
        with pytest.raises(ValueError, match="请"):
            read_moment(text)


def test_web_addresses_alone_are_taken() -> None:
    assert web_address(" https://weibo.com/jingan ", "link") == "https://weibo.com/jingan"
    for text in ("javascript:alert(1)", "weibo.com", "https://", "http://a b", "https://[::1", ""):
        with pytest.raises(ToldWrongly):
            web_address(text, "link")


def grid(*lines: tuple[str, ...]) -> Grid:
    return Grid(tuple(tuple(GridCell(text) for text in line) for line in lines))


def test_a_table_of_posts_is_read_below_its_head() -> None:
    told = grid(
        ("靖安政府微博发布清单", "", ""),
        ("微博内容", "发布时间", "链接"),
        ("防汛\n提示", "2026-09-20 08:00", "https://weibo.com/1"),
        ("", "", ""),
        ("明天的", "2026-09-22", "weibo"),
    )
    table = table_of([told], POST_HEADS, NEEDED_OF_POSTS)
    assert [line.row for line in table.lines] == [3, 5]
    post = read_post(table.lines[0], today=TODAY)
    assert not isinstance(post, list)
    assert (post.title, post.kind) == ("防汛 提示", PostKind.ORIGINAL)
    wrong = read_post(table.lines[1], today=TODAY)
    assert isinstance(wrong, list)
    assert [(fault.row, fault.column) for fault in wrong] == [(5, "发布时间"), (5, "链接")]


def test_a_table_without_its_head_or_rows_says_so() -> None:
    [fault] = table_of([grid(("标题",), ("x",))], POST_HEADS, NEEDED_OF_POSTS).faults
    assert "发布时间" in fault.message
    [fault] = table_of([grid(("标题", "发布时间"))], POST_HEADS, NEEDED_OF_POSTS).faults
    assert "没有数据行" in fault.message


def test_a_row_of_an_account_is_read_whole() -> None:
    cells = dict.fromkeys(ACCOUNT_HEADS, "")
    cells |= {
        "organ": "县水利局",
        "platform": "微信",
        "name": "靖安水利",
        "functions": "信息发布、互动",
        "responsible": "张三",
        "opened_on": "2019年5月6日",
        "links_home": "否",
        "main": "是",
    }
    account = read_account(Line(2, cells), today=TODAY)
    assert not isinstance(account, list)
    assert (account.platform, account.main, account.upkeep.links_home) == (
        Platform.WECHAT,
        True,
        False,
    )
    assert (account.terms.publishes, account.terms.talks, account.terms.serves) == (
        True,
        True,
        False,
    )
    assert account.opened_on == date(2019, 5, 6)
    broken = cells | {"functions": "聊天", "platform": "人人网", "opened_on": "2030-1-1"}
    faults = read_account(Line(3, broken), today=TODAY)
    assert isinstance(faults, list)
    assert {fault.column for fault in faults} == {"功能类型", "平台类型", "开设日期"}
    assert set(NEEDED_OF_ACCOUNTS) <= set(ACCOUNT_HEADS)
