"""Verbs: the whole road of an account, what each refuses, posts, tables, campaigns."""

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.audit.models import Event
from gongkai.files.tests.factories import pdf
from gongkai.newmedia import actions, queries
from gongkai.newmedia.actions import (
    Archive,
    Month,
    Platform,
    Refused,
    RowsWrong,
    ToldWrongly,
)
from gongkai.newmedia.findings import account_findings, accounts_in
from gongkai.newmedia.lifecycle import AccountState, Decision
from gongkai.newmedia.lifecycle.accounts import open_events
from gongkai.newmedia.models import Account, Post
from gongkai.newmedia.queries.importing import PostRow, account_rows_of, post_rows
from gongkai.newmedia.rules.platforms import PostKind
from gongkai.newmedia.rules.worksheet import Line
from gongkai.newmedia.staff.acts import ACTS
from gongkai.newmedia.statistics import posts_behind, posts_by_account
from gongkai.newmedia.tests import factories as made
from gongkai.newmedia.tests.factories import KEPT, MONDAY, NOW, moment
from gongkai.orgs.models import Organ

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Organ:
    return made.county()


@pytest.fixture
def water(home: Organ) -> Organ:
    return made.department(home)


def test_an_account_from_application_to_its_archive(water: Organ) -> None:
    account = made.closed(water)
    told = [step.get_event_display() for step in queries.steps_of(account)]
    assert told == ["申请开设", "同意开设", "登记开通", "申请注销", "同意注销", "登记注销"]
    assert queries.has_archive(account)
    verbs = Event.objects.filter(verb__startswith="newmedia.", chain=water.code)
    assert verbs.count() == 6
    # The name is free again.
    assert made.applied(water).name == account.name


def test_a_change_is_made_when_it_is_approved_and_not_before(water: Organ) -> None:
    account = made.changing(water)
    assert account.name == "靖安水利"
    assert account.wanted == {"name": "靖安县水利"}
    account = actions.change(account, approval_number="靖府办字〔2026〕13号", **KEPT)
    assert (account.name, account.state) == ("靖安县水利", AccountState.OPEN)
    assert "“靖安水利”改为“靖安县水利”" in queries.steps_of(account)[-1].words
    account = actions.ask_change(account, terms=made.terms(name="靖安水务"), why="改名", **NOW)
    account = actions.refuse_change(account, why="名称不规范", **KEPT)
    assert (account.name, account.wanted) == ("靖安县水利", {})
    same = {name: getattr(account, name) for name in ("platform_id", "link", "certified_as")}
    unchanged = made.terms(name=account.name, **same)
    with pytest.raises(ToldWrongly, match="没有要变更"):
        actions.ask_change(account, terms=unchanged, why="x", **NOW)


@pytest.mark.parametrize("state", AccountState)
def test_in_no_state_does_a_verb_go_off_the_table(water: Organ, state: AccountState) -> None:
    account = made.ACCOUNT_IN[state](water)
    told: dict[str, dict[str, Any]] = {
        "approve": {"approval_number": "1", "approved_on": MONDAY},
        "change": {"approval_number": "1"},
        "let_close": {"approval_number": "1"},
        "ask_closing": {"why": "x", "replacement": "x"},
    }
    for act in ACTS.values():
        verb = act.slug.replace("-", "_")
        if act.event in open_events(state) or verb in ("open", "close", "ask_change"):
            continue
        with pytest.raises(Refused, match="不能"):
            getattr(actions, verb)(account, **told.get(verb, {"why": "x"}), **NOW)
    account.refresh_from_db()
    assert account.state == state


def test_what_is_missing_or_taken_is_refused_and_nothing_changes(water: Organ) -> None:
    account = made.approved(water)
    early = made.opened(opened_on=MONDAY - timedelta(days=1))
    late = made.opened(opened_on=MONDAY + timedelta(days=1))
    for told, words in (
        (made.opened(filed_number=""), "备案编号"),
        (made.opened(certified_as=""), "认证主体"),
        (made.opened(link="weibo"), "http"),
        (early, "先批准"),
        (late, "不能晚于今天"),
    ):
        with pytest.raises(ToldWrongly, match=words):
            actions.open_account(account, told=told, **NOW)
    account.refresh_from_db()
    assert account.state == AccountState.APPROVED
    with pytest.raises(ToldWrongly, match="已由水利局登记") as twin:
        made.applied(water)
    assert twin.value.field == "name"
    with pytest.raises(ToldWrongly, match="至少一项"):
        made.applied(water, name="别名", publishes=False, talks=False)
    forest = made.department(water.county, "lyj", "靖安县林业局")
    leaving = made.leaving(forest, name="靖安林业")
    done = {"notice_link": "https://a.cn/1", "closed_on": MONDAY, **NOW}
    with pytest.raises(ToldWrongly, match="请上传归档文件"):
        actions.close(leaving, **done)
    program = [Archive("a.exe", b"MZ\x90\x00")]
    with pytest.raises(ToldWrongly, match="归档文件“a"):
        actions.close(leaving, archives=program, **done)


def test_a_work_group_is_closed_without_notice_or_archive(water: Organ) -> None:
    group = made.approved(water, name="水利工作群", platform=Platform.QQ_GROUP)
    bare = {"platform_id": "", "link": "", "certified_as": "", "filed_number": ""}
    group = actions.open_account(group, told=made.opened(**bare), **NOW)
    group = actions.ask_closing(group, why="清理", replacement="县政务钉钉", **NOW)
    group = actions.let_close(group, approval_number="1", **KEPT)
    assert actions.close(group, notice_link="", closed_on=MONDAY, **NOW).state == "CLOSED"


def test_upkeep_and_months_are_kept_without_approval(water: Organ) -> None:
    account = made.running(water)
    actions.keep_up(account, upkeep=made.upkeep(responsible="李四", links_home=False), **NOW)
    account.refresh_from_db()
    assert (account.responsible, account.links_home) == ("李四", False)
    with pytest.raises(ToldWrongly, match="合同到期日"):
        actions.keep_up(account, upkeep=made.upkeep(contractor="某公司"), **NOW)
    august = Month(starts_on=date(2026, 8, 9), followers=1200, received=5, answered=3)
    row = actions.enter_month(account, month=august, **NOW)
    assert row.starts_on == date(2026, 8, 1)
    more = Month(starts_on=date(2026, 8, 1), followers=1300, received=5, answered=5)
    assert actions.enter_month(account, month=more, **NOW).pk == row.pk
    for wrong in (
        Month(starts_on=date(2026, 10, 1)),
        Month(starts_on=MONDAY, received=1, answered=2),
        Month(starts_on=MONDAY, updated_on=date(2026, 8, 31)),
    ):
        with pytest.raises(ToldWrongly):
            actions.enter_month(account, month=wrong, **NOW)


def test_posts_are_counted_by_month_and_those_struck_off_are_not(water: Organ) -> None:
    account = made.registered(water)
    made.posted(account, "一", date(2026, 8, 31), link="https://weibo.com/1")
    wrong = made.posted(account, "二", date(2026, 9, 1))
    made.posted(account, "三", date(2026, 9, 2))
    actions.strike_post(wrong, why="不是本账号发布", **NOW)
    counted = [(line.starts_on.month, line.posts) for line in queries.month_lines(account)]
    assert counted == [(9, 1), (8, 1)]
    year = queries.post_counts([account.pk], date(2026, 1, 1), date(2026, 12, 31))
    assert year == {account.pk: 2}
    [told] = posts_by_account([water.pk], date(2026, 1, 1), date(2026, 12, 31))
    behind = posts_behind(told.account_id, date(2026, 1, 1), date(2026, 12, 31))
    assert (told.name, told.posts) == ("靖安水利", len(behind))
    assert [each.title for each in behind] == ["一", "三"]
    with pytest.raises(Refused, match="已经撤销"):
        actions.strike_post(wrong, why="再撤", **NOW)
    with pytest.raises(ToldWrongly, match="已经登记"):
        made.posted(account, "别的标题", MONDAY, link="https://weibo.com/1")
    with pytest.raises(ToldWrongly, match="不能晚于现在"):
        made.posted(account, "明天", MONDAY + timedelta(days=1))
    with pytest.raises(Refused, match="还没有开通"):
        made.posted(made.applied(water))
    assert made.posted(account, "二", date(2026, 9, 1)).pk != wrong.pk


def rows_of(accounts: Any, *lines: tuple[str, str, str, str]) -> tuple[list[PostRow], list[Any]]:
    names = ("account", "title", "posted_at", "link")
    told = [Line(row, dict(zip(names, line, strict=True))) for row, line in enumerate(lines, 2)]
    return post_rows(told, accounts, MONDAY)


def test_a_table_of_posts_comes_in_whole_and_again_without_doubling(
    home: Organ, water: Organ
) -> None:
    weibo = made.registered(water)
    mine = Account.objects.filter(organ=water)
    lines = [
        ("靖安水利", f"第{n}条", f"2026-09-{n:02d} 08:00", f"https://weibo.com/{n}")
        for n in range(1, 13)
    ]
    rows, faults = rows_of(mine, *lines)
    assert not faults
    told = {"source_name": "微博.xlsx", "source_sha256": "0" * 64, **NOW}
    run = actions.import_posts(home, rows[:10], **told)
    assert (run.rows, run.known) == (10, 0)
    again = actions.import_posts(home, rows, **told)
    assert (again.rows, again.known) == (2, 10)
    assert queries.post_counts([weibo.pk], date(2026, 9, 1), MONDAY) == {weibo.pk: 12}
    doubled = [*rows, PostRow(99, weibo, "另一条", moment(), lines[0][3], PostKind.ORIGINAL)]
    with pytest.raises(RowsWrong) as wrong:
        actions.import_posts(home, doubled, **told)
    assert [fault.row for fault in wrong.value.faults] == [99]
    _, faults = rows_of(mine, ("别人的账号", "标题", "2026-09-01", ""), ("", "x", "2026-09-01", ""))
    assert ["不是您可以登记" in faults[0].message, "没有写" in faults[1].message] == [True, True]
    assert Post.objects.count() == 12


def test_a_table_of_accounts_is_registered_whole_or_not_at_all(home: Organ, water: Organ) -> None:
    cells = {"organ": "水利局", "platform": "微博", "functions": "信息发布", "responsible": "张三"}
    lines = [Line(2, {**cells, "name": "靖安水利"}), Line(3, {**cells, "name": "靖安河湖"})]
    organs = Organ.objects.filter(county=home)
    rows, faults = account_rows_of([*lines, Line(4, {**cells, "organ": "外县局"})], organs, MONDAY)
    assert [(fault.row, fault.column) for fault in faults] == [(4, "账号名称")]
    assert len(actions.import_accounts(rows, **KEPT)) == 2
    fresh = Line(5, {**cells, "name": "靖安节水"})
    rows, _ = account_rows_of([fresh, lines[0]], organs, MONDAY)
    with pytest.raises(RowsWrong) as wrong:
        actions.import_accounts(rows, **KEPT)
    assert [fault.row for fault in wrong.value.faults] == [2]
    assert Account.objects.count() == 2


def test_a_campaign_is_finished_when_what_was_decided_is_done(home: Organ, water: Organ) -> None:
    days = {"starts_on": MONDAY, "ends_on": MONDAY + timedelta(days=30)}
    with pytest.raises(Refused, match="还没有登记账号"):
        actions.begin_campaign(home, name="清理", **days, **KEPT)
    main = made.registered(made.department(home, "zfb", "靖安县政务办"), name="靖安政府")
    kept = made.running(water)
    campaign = actions.begin_campaign(home, name="清理", **days, **KEPT)
    with pytest.raises(Refused, match="还没有完成"):
        actions.begin_campaign(home, name="再清理", **days, **KEPT)
    items = {item.account_id: item for item in queries.items_of(campaign)}
    with pytest.raises(ToldWrongly, match="并入账号"):
        actions.decide(items[kept.pk], decision=Decision.MERGE, reason="重复", **KEPT)
    with pytest.raises(ToldWrongly, match="理由"):
        actions.decide(items[kept.pk], decision=Decision.CLOSE, **KEPT)
    actions.decide(items[kept.pk], decision=Decision.MERGE, into=main, reason="重复", **KEPT)
    other = made.registered(made.department(home, "qt", "靖安县其他局"), name="靖安其他")
    told = {"decision": Decision.MERGE, "into": other, "reason": "重复"}
    with pytest.raises(ToldWrongly, match="已有账号并入"):
        actions.decide(items[main.pk], **told, **KEPT)
    with pytest.raises(Refused, match="还有1个账号没有处理意见"):
        actions.finish_campaign(campaign, outcome="完成", **KEPT)
    actions.decide(items[main.pk], decision=Decision.KEEP, **KEPT)
    with pytest.raises(Refused, match="还有1个应当整合、关停"):
        actions.finish_campaign(campaign, outcome="完成", **KEPT)
    account = actions.ask_closing(kept, why="整合", replacement="靖安政府", **NOW)
    account = actions.let_close(account, approval_number="1", **KEPT)
    file = [Archive("导出.pdf", pdf())]
    told = {"notice_link": "https://a.cn/1", "closed_on": MONDAY, "archives": file}
    actions.close(account, **told, **NOW)
    done = actions.finish_campaign(campaign, outcome="保留1个，整合1个", **KEPT)
    progress = queries.progress_of(done)
    assert (progress.keep, progress.merge, progress.done, progress.owed) == (1, 1, 2, 0)
    with pytest.raises(Refused, match="不再变动"):
        actions.decide(items[main.pk], decision=Decision.KEEP, **KEPT)


def test_what_an_inspector_is_told_of(
    home: Organ, water: Organ, django_assert_num_queries: Any
) -> None:
    silent = made.registered(water)
    made.posted(silent, day=date(2026, 9, 1))
    fresh = made.running(made.department(home, "lyj", "靖安县林业局"), name="靖安林业")
    made.applied(water, name="未开")
    with django_assert_num_queries(3):
        told = {(each.account, each.fault.rule) for each in account_findings(home, MONDAY)}
    assert told == {
        (silent.typed_id, "M2"),
        (fresh.typed_id, "account-sponsor-differs"),
    }
    rows = accounts_in(home, date(2026, 9, 1), date(2026, 9, 30), MONDAY)
    assert {(row.name, row.posts, row.silent) for row in rows} == {
        ("靖安水利", 1, True),
        ("靖安林业", 0, False),
    }
    assert queries.has_matrix(home.pk)
    assert [name for name, _ in queries.matrix_of(home)] == ["林业局", "水利局"]
    assert queries.silent_ids(Account.objects.all(), MONDAY) == [silent.pk]
