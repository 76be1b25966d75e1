"""Rules of the inspector on single pages: both sides of each limit, words that mislead."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters.crawler.pages import read_page
from gongkai.inspections.rules import columns, guides, homes, messages
from gongkai.inspections.rules.columns import Column, ColumnKind, months_before
from gongkai.inspections.rules.documents import days, is_late, secrets
from gongkai.inspections.rules.faults import MOST_EVIDENCE, Fault
from gongkai.inspections.rules.indicators import GROUP_POINTS, INDICATORS, RULES, in_force
from gongkai.inspections.rules.markup import markup
from gongkai.inspections.rules.missing import says_missing
from gongkai.inspections.rules.strange import are_strange_words, is_strange
from gongkai.inspections.rules.views import Kind, Site, View
from gongkai.text.sitepages import Answer

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ADDRESS = "http://www.qinghe.gov.cn/a.html"


def view(main: str, kind: Kind = Kind.ARTICLE, head: str = "") -> View:
    """Return a view of a page with such a main part."""
    text = (
        f"<!DOCTYPE html><html lang='zh-CN'><head><title>题</title>{head}</head>"
        f"<body><main>{main}</main></body></html>"
    )
    answer = Answer(ADDRESS, ADDRESS, 200, size=len(text), body=text.encode(), charset="utf-8")
    return View(read_page(answer, TODAY), kind, TODAY, AT, Site("http://www.qinghe.gov.cn/"))


class TestFaults:
    def test_a_fingerprint_is_the_same_on_the_next_scan(self) -> None:
        def fault(address: str, at: datetime, evidence: str) -> Fault:
            return Fault(
                rule="link-dead", address=address, why="x", evidence=evidence, found_at=at,
                target="t",
            )  # fmt: skip

        first = fault("http://a/%e7%a9%ba.html#x", AT, "one")
        later = fault("http://a/%E7%A9%BA.html", AT + timedelta(days=1), "other")
        assert first.fingerprint == later.fingerprint
        assert first.fingerprint != fault("http://a/b.html", AT, "one").fingerprint

    def test_evidence_is_held_to_its_length(self) -> None:
        told = Fault(rule="W1", address="http://a/", why="x", evidence="长" * 900, found_at=AT)
        assert len(told.evidence) == MOST_EVIDENCE


class TestIndicators:
    def test_every_rule_counts_under_one(self) -> None:
        assert {rule.indicator for rule in RULES.values()} <= set(INDICATORS)

    def test_what_is_not_known_is_not_guessed(self) -> None:
        assert GROUP_POINTS["办事服务"] == 25
        assert INDICATORS["S15"].points == 5
        assert INDICATORS["S46"].points is None

    def test_they_hold_from_their_day(self) -> None:
        assert in_force(TODAY)
        assert in_force(date(2018, 1, 1)) == []


class TestColumns:
    @pytest.mark.parametrize(
        ("name", "said", "kind"),
        [
            ("部门动态", "", ColumnKind.NEWS), ("公示公告", "政务动态", ColumnKind.NOTICE),
            ("政策解读", "政策文件", ColumnKind.READING), ("办事统计", "", ColumnKind.FIGURES),
            ("留言选登", "", ColumnKind.REPLIES), ("机构职能", "", ColumnKind.STANDING),
            ("2019年归档信息", "", ColumnKind.STANDING), ("人事信息", "", ColumnKind.OTHER),
            ("某某", "政策文件", ColumnKind.POLICY),
        ],
    )  # fmt: skip
    def test_a_kind_is_told_by_name_before_tag(
        self, name: str, said: str, kind: ColumnKind
    ) -> None:
        assert columns.kind_of_name(name, said) is kind

    @pytest.mark.parametrize(
        ("name", "level", "newest", "is_stale"),
        [
            ("部门动态", 2, TODAY - timedelta(days=14), False),
            ("部门动态", 2, TODAY - timedelta(days=15), True),
            ("通知公告", 1, date(2026, 5, 20), False), ("通知公告", 1, date(2026, 5, 19), True),
            ("通知公告", 2, date(2026, 5, 19), False), ("政策文件", 2, date(2025, 11, 19), True),
            ("办事统计", 1, date(2026, 8, 20), False), ("办事统计", 1, date(2026, 8, 19), True),
            ("机构职能", 1, date(2019, 1, 1), False),
        ],
    )  # fmt: skip
    def test_limits_bind_on_their_day(
        self, name: str, level: int, newest: date, is_stale: bool
    ) -> None:
        column = Column(address=ADDRESS, name=name, level=level, newest=newest)
        assert bool(columns.stale(column, TODAY)) is is_stale

    @given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 40))
    def test_months_before_is_never_after(self, day: date, months: int) -> None:
        assert months_before(day, months) <= day

    def test_the_last_of_a_month_stays_in_the_month(self) -> None:
        assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)

    @pytest.mark.parametrize("count", [4, 5])
    def test_w4_counts_empty_columns(self, count: int) -> None:
        made = [Column(address=ADDRESS, name="专题", is_empty=True)] * count
        assert bool(columns.veto(made, TODAY)) is (count == 5)

    @pytest.mark.parametrize(
        ("main", "is_empty"),
        [
            ("<h1>应急</h1><ul></ul>", True), ("<p>暂无内容</p>", True),
            ("<p>栏目建设中，敬请期待</p>", True),
            ("<p>共0条 第1页/共1页 首页 上一页 下一页 尾页</p>", True),
            ("<p>共2个文件：<a href=a.txt>申请表</a></p>", False),
            ("<p><img src=a.png alt='插秧机在田间作业'></p>", False),
            ("<table><tr><td>李大勇</td></tr></table>", False),
        ],
    )  # fmt: skip
    def test_a_column_is_empty_that_only_says_so(self, main: str, is_empty: bool) -> None:
        assert columns.is_empty(view(main, Kind.COLUMN)) is is_empty


class TestHomes:
    @pytest.mark.parametrize(
        ("failed", "visits", "is_away"),
        [
            (7, 140, True),
            (6, 140, False),
            (1, 1, True),
            (1, 20, False),
            (2, 20, True),
            (0, 0, False),
        ],
    )
    def test_w2_is_five_in_a_hundred(self, failed: int, visits: int, is_away: bool) -> None:
        assert bool(homes.unavailable(failed, visits)) is is_away

    def test_w3_binds_after_two_weeks(self) -> None:
        assert not homes.home_stale(date(2026, 11, 6), TODAY, is_entry=False)
        assert homes.home_stale(date(2026, 11, 5), TODAY, is_entry=False)
        assert homes.home_stale(None, TODAY, is_entry=False)


class TestDocuments:
    def test_twenty_working_days_leave_out_holidays(self) -> None:
        assert not is_late(date(2026, 9, 24), date(2026, 10, 28))
        assert is_late(date(2026, 8, 3), date(2026, 10, 30))

    def test_days_of_one_page_agree(self) -> None:
        tag = "<meta name='PubDate' content='2026-11-19 09:30'>"
        told = days(view("<p>发布时间：2026-11-18 09:30</p>", head=tag))
        assert [each.rule for each in told] == ["date-disagrees"]

    @pytest.mark.parametrize(
        ("main", "is_told"),
        [
            ("<p>机密★1年</p>", True), ("<p>秘密★长期</p>", True),
            ("<p>标有“机密★”字样的文件不得上网。</p>", False), ("<p>保守国家秘密</p>", False),
            ("<h1>Hacked by X</h1>", True), ("<p>警惕“Hacked by”字样</p>", False),
        ],
    )  # fmt: skip
    def test_marks_are_told_and_words_about_them_are_not(self, main: str, is_told: bool) -> None:
        assert bool(list(secrets(view(main)))) is is_told


class TestGuides:
    LINES = "".join(
        f"<p>{name}：某某</p>" for name in guides.ELEMENTS if name not in ("事项名称", "办理地点")
    )

    def test_a_promise_is_no_element(self) -> None:
        main = f"<h1>取水许可办事指南</h1>{self.LINES}<p>办理地点：待补充</p>"
        assert guides.missing(view(main)) == ["办理地点"]

    def test_none_needed_is_one(self) -> None:
        main = f"<h1>取水许可办事指南</h1>{self.LINES}<p>办理地点：无需到场，网上办理</p>"
        assert guides.missing(view(main)) == []

    @pytest.mark.parametrize(
        ("poor", "total", "is_useless"),
        [(5, 6, True), (4, 6, False), (3, 3, True), (1, 2, False), (0, 0, False)],
    )
    def test_w6_counts_on_both_sides(self, poor: int, total: int, is_useless: bool) -> None:
        assert bool(guides.useless(poor, total)) is is_useless


class TestMessages:
    def test_three_months_unanswered_in_a_column_for_questions(self) -> None:
        assert messages.is_overdue(date(2026, 8, 19), TODAY, "咨询建言")
        assert not messages.is_overdue(date(2026, 8, 20), TODAY, "咨询建言")
        assert not messages.is_overdue(date(2026, 7, 1), TODAY, "网上信访")
        assert not messages.is_overdue(date(2024, 7, 1), TODAY, "咨询建言")

    def test_an_answer_is_an_answer_however_late(self) -> None:
        main = "<p>留言时间：2026-05-01</p><p>状态：已受理</p>"
        assert messages.unanswered_since(view(main)) == date(2026, 5, 1)
        assert messages.unanswered_since(view(main + "<p>答复内容：请到窗口。</p>")) is None


class TestWords:
    def test_a_warning_is_no_gambling_site(self) -> None:
        assert is_strange("澳门新葡京真人娱乐 百家乐 注册送88")
        assert not is_strange("警方打击跨境赌博，查处百家乐网站，警惕裸聊诈骗")
        assert not is_strange("福利彩票开奖公告")
        assert are_strange_words("新葡京")
        assert not are_strange_words("打击百家乐赌博")

    def test_an_article_that_speaks_of_missing_pages_is_there(self) -> None:
        words = "<p>您访问的页面不存在或已被删除</p>"
        assert says_missing(view(words, Kind.OTHER))
        assert not says_missing(view(words, Kind.ARTICLE))


class TestMarkup:
    @given(st.text(alphabet="<>/abp =\"'!-\n字", max_size=200))
    def test_no_source_breaks_it(self, text: str) -> None:
        list(markup(view(text)))

    @pytest.mark.parametrize(
        "main", ["<p>甲<p>乙", "<ul><li>甲<li>乙</ul>", "<svg><path d='M0'/></svg>", "<br/>甲 & 乙"]
    )
    def test_what_may_be_left_out_is_no_fault(self, main: str) -> None:
        assert list(markup(view(main))) == []
