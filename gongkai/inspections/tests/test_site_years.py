"""Websites' yearly reports: sums that must hold, figures frozen with their records, every door."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters import letter_docx
from gongkai.audit import Actor
from gongkai.audit.models import Event
from gongkai.disclosure.models import SectionKind
from gongkai.disclosure.tests import factories as entries
from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.engagement.tests import factories as readers
from gongkai.inspections import actions, queries
from gongkai.inspections.actions import reminding_years
from gongkai.inspections.lifecycle import Refused, SiteYearEvent, SiteYearState, ToldWrongly
from gongkai.inspections.lifecycle.site_years import (
    SITE_YEAR_TRANSITIONS,
    next_site_year_state,
)
from gongkai.inspections.models import Site, SiteYear
from gongkai.inspections.rules import site_year as rules
from gongkai.inspections.rules.site_year_form import (
    EDITION_2018,
    Kind,
    due_on,
    edition_of,
)
from gongkai.inspections.sources.site_years import figures_of
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import OFFICE, moment
from gongkai.inspections.tests.test_staff import sent_home, text, url
from gongkai.newmedia.rules.platforms import Platform
from gongkai.newmedia.tests import factories as media
from gongkai.orgs.models import Role
from gongkai.outbox.models import Job

HEAD = Actor("head", "孙主任", "公开工作机构负责人")
THEN = moment(date(2026, 9, 24))
AFTER = moment(date(2027, 1, 12))
SOURCED = {
    group.code: "网站统计系统，2027年1月5日导出"
    for group in EDITION_2018.groups
    if group.asks_source(from_records=False)
}


def whole(**values: Any) -> dict[str, str]:
    """Return a form filled in without a fault, all figures nought."""
    told: dict[str, str] = {}
    for field in EDITION_2018.fields():
        if field.optional:
            continue
        told[field.code] = {Kind.COUNT: "0", Kind.YES_NO: "否"}.get(field.kind, "演示")
    return told | {"kind": "政府门户网站"} | values


def judged(**values: Any) -> list[rules.Remark]:
    """Return what stands against the filled-in form with some values changed."""
    told = {
        field.code: rules.taken(field, whole(**values).get(field.code, ""))
        for field in EDITION_2018.fields()
    }
    return rules.remarks(EDITION_2018, told, SOURCED, from_records=False)


def test_the_form_is_that_of_the_notice_and_is_due_on_31_january() -> None:
    assert edition_of(2017) is None
    assert edition_of(2020) is edition_of(2026) is EDITION_2018
    assert due_on(2020) == date(2021, 1, 31)
    codes = [field.code for field in EDITION_2018.fields()]
    assert len(codes) == len(set(codes)) >= 60
    assert judged() == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"handled": "5", "handled_people": "3", "handled_firms": "1"}, "应当等于"),
        ({"published": "5", "published_news": "6"}, "不能少于"),
        ({"explained": "2", "explained_text": "1"}, "应当等于"),
        ({"visitors": "9", "visits": "8"}, "不能多于"),
        ({"received": "1", "settled": "2", "days": "1"}, "不能多于"),
        ({"settled": "1", "received": "1"}, "平均办理时间"),
        ({"answered_publicly": "1"}, "不能多于"),
        ({"faults": "1", "mended": "2", "tests": "1"}, "不能多于"),
        ({"faults": "1"}, "没有开展安全检测评估"),
        ({"services_online": "1"}, "不能多于"),
        ({"has_media": "是"}, "至少一个账号"),
        ({"wechat_name": "靖安发布"}, "没有移动新媒体"),
        ({"weibo_fans": "3"}, "账号名称"),
        ({"visits": ""}, "没有的填0"),
        ({"site_code": ""}, "政府网站标识码"),
    ],
)
def test_what_does_not_add_up_is_told(values: dict[str, str], words: str) -> None:
    assert any(words in remark.text for remark in judged(**values) if remark.grave)


def test_what_may_be_true_is_asked_about_and_stops_nothing() -> None:
    [remark] = judged(fed_back="1")
    assert not remark.grave
    far = rules.remarks(
        EDITION_2018,
        {"visits": 5000} | {field.code: 0 for field in EDITION_2018.fields() if field.unit},
        SOURCED,
        from_records=False,
        before={"visits": 5},
    )
    assert not [remark for remark in far if "10倍" in remark.text and remark.grave]
    sourceless = rules.remarks(EDITION_2018, {}, {}, from_records=True)
    assert any(remark.field == "source_visits" for remark in sourceless)
    assert not any(remark.field == "source_publishing" for remark in sourceless)
    added = rules.remarks(EDITION_2018, {}, {}, from_records=True, added={"publishing"})
    assert any(remark.field == "source_publishing" for remark in added)


@given(st.integers(0, 10**12 - 1))
def test_a_figure_is_taken_with_or_without_commas(number: int) -> None:
    field = EDITION_2018.field("visits")
    assert rules.taken(field, f" {number:,} ") == number == rules.taken(field, str(number))


@pytest.mark.parametrize(
    ("code", "hostile"),
    [
        ("visits", "-1"),
        ("visits", "一百"),
        ("visits", "1.5"),
        ("visits", "９９"),
        ("visits", "9" * 5000),
        ("days", "2.55"),
        ("days", "NaN"),
        ("has_media", "也许"),
        ("kind", "<script>"),
        ("name", "网站\u202e"),
        ("name", "长" * 201),
    ],
)
def test_what_is_no_value_is_refused_at_its_field(code: str, hostile: str) -> None:
    with pytest.raises(ToldWrongly) as refused:
        rules.taken(EDITION_2018.field(code), hostile)
    assert refused.value.field == code


def test_every_arrow_that_is_not_drawn_is_refused() -> None:
    for state in SiteYearState:
        for event in SiteYearEvent:
            if (state, event) not in SITE_YEAR_TRANSITIONS:
                with pytest.raises(Refused):
                    next_site_year_state(state, event)


@pytest.fixture
def home(db: Any) -> Any:
    return made.county()


@pytest.fixture
def where(home: Any) -> Site:
    return made.site(home)


def filled(where: Site, *, from_records: bool = False, **values: str) -> SiteYear:
    """Return a report of 2026 with nothing against it."""
    report = actions.open_site_year(where, 2026, from_records=from_records, by=OFFICE, at=THEN)
    told = whole(**values)
    if from_records:
        told = {c: v for c, v in told.items() if not EDITION_2018.field(c).derived}
        told["has_media"] = "否"
    return actions.fill_site_year(report, told=told, sources=SOURCED, by=OFFICE, at=THEN)


def published(where: Site, **values: str) -> SiteYear:
    report = actions.review_site_year(filled(where, **values), by=HEAD, at=AFTER)
    return actions.publish_site_year(report, by=OFFICE, at=AFTER)


def test_records_tell_what_they_know_and_stay_as_they_were_reviewed(home: Any, where: Site) -> None:
    water = made.department(home)
    news = entries.section(home, "zwdt/zwyw", kind=SectionKind.NEWS)
    topic = entries.section(home, "ztzl/fxkz", kind=SectionKind.TOPIC)
    entries.published(water, news)
    entries.published(water, topic)
    readers.answered(home, date(2026, 9, 21))
    readers.reported(home, date(2026, 9, 22), key="another")
    figures = figures_of(filled(where, from_records=True, received="3", settled="0"))
    told = figures.values
    assert [told[code] for code in ("published", "published_news", "topics_kept")] == [2, 1, 1]
    assert (told["topics_new"], told["explained"], told["settled"]) == (1, 0, 1)
    assert (told["received"], float(told["days"])) == (2, pytest.approx(0, abs=5))
    assert {each.adds for each in figures.behind["published"]} == {1}
    assert figures.remarks == []

    report = actions.review_site_year(SiteYear.objects.get(), by=HEAD, at=AFTER)
    entries.published(water, news)
    frozen = figures_of(report)
    assert frozen.values == told
    assert len(frozen.behind["published"]) == 2
    assert "演示" in str(queries.lines_of_form(report))


def test_the_registry_tells_of_the_sponsors_accounts(home: Any, where: Site) -> None:
    report = filled(where, from_records=True)
    media.registered(made.department(home))
    assert "has_media" not in figures_of(report).counted
    account = media.registered(home, Platform.WECHAT, name="靖安发布")
    media.posted(account, day=date(2026, 9, 21))
    media.registered(home, Platform.DOUYIN, name="靖安县政府抖音")
    told = figures_of(report).counted
    assert (told["has_media"], told["wechat_name"], told["wechat_posts"]) == ("是", "靖安发布", 1)
    assert told["media_other"] == "抖音“靖安县政府抖音”"
    assert not {"wechat_fans", "weibo_name"} & set(told)


def test_what_went_through_other_systems_is_added_with_its_source(home: Any, where: Site) -> None:
    report = filled(where, from_records=True)
    more = {"received": "30", "settled": "20", "answered_publicly": "20"}
    report = actions.fill_site_year(report, told=more, sources={"messages": ""}, by=OFFICE, at=THEN)
    figures = figures_of(report)
    assert (figures.values["received"], figures.counted["received"]) == (30, 0)
    assert {remark.field for remark in figures.remarks} == {"source_messages", "days"}


def test_a_report_goes_from_filling_to_a_corrected_version(where: Site) -> None:
    report = filled(where, visits="900", visitors="90")
    with pytest.raises(Refused, match="还没有结束"):
        actions.review_site_year(report, by=HEAD, at=THEN)
    with pytest.raises(Refused, match="填报人不能审核"):
        actions.review_site_year(report, by=OFFICE, at=AFTER)
    report = actions.review_site_year(report, by=HEAD, at=AFTER)
    with pytest.raises(Refused, match="请先退回"):
        actions.fill_site_year(report, told={}, sources={}, by=OFFICE, at=AFTER)
    report = actions.send_back_site_year(report, why="访问量有误", by=HEAD, at=AFTER)
    assert (report.content, report.digest) == ({}, "")
    report = actions.fill_site_year(report, told={"visits": "999"}, sources={}, by=OFFICE, at=AFTER)
    report = actions.review_site_year(report, by=HEAD, at=AFTER)
    report = actions.publish_site_year(report, by=OFFICE, at=AFTER)
    assert report.content["values"]["visits"] == 999
    assert queries.published_site_years(where.county) == [report]

    with pytest.raises(ToldWrongly):
        actions.correct_site_year(report, why=" ", by=OFFICE, at=AFTER)
    second = actions.correct_site_year(report, why="漏计一个栏目", by=OFFICE, at=AFTER)
    with pytest.raises(Refused, match="第2版正在更正"):
        actions.correct_site_year(report, why="再更正", by=OFFICE, at=AFTER)
    assert queries.published_site_years(where.county) == [report]
    second = actions.fill_site_year(
        second, told={"visits": "1000"}, sources={}, by=OFFICE, at=AFTER
    )
    second = actions.review_site_year(second, by=HEAD, at=AFTER)
    second = actions.publish_site_year(second, by=OFFICE, at=AFTER)
    report.refresh_from_db()
    assert report.state == SiteYearState.SUPERSEDED
    assert queries.published_site_years(where.county) == [second]
    verbs = Event.objects.filter(verb__contains="site_year").values_list("verb", flat=True)
    assert len(set(verbs)) == 6


def test_what_was_changed_outside_the_platform_is_not_published(where: Site) -> None:
    report = actions.review_site_year(filled(where), by=HEAD, at=AFTER)
    SiteYear.objects.update(content=report.content | {"values": {"visits": 10**9}})
    with pytest.raises(Refused, match="与审核时不一致"):
        actions.publish_site_year(report, by=OFFICE, at=AFTER)


def test_a_year_has_one_report_and_takes_over_the_words_of_the_last(where: Site) -> None:
    published(where, icp="赣ICP备00000000号")
    with pytest.raises(ToldWrongly, match="已经有了"):
        actions.open_site_year(where, 2026, by=OFFICE, at=AFTER)
    for year in (2017, 2028):
        with pytest.raises(ToldWrongly, match="年度"):
            actions.open_site_year(where, year, by=OFFICE, at=AFTER)
    following = actions.open_site_year(where, 2027, by=OFFICE, at=AFTER)
    assert following.stated["icp"] == "赣ICP备00000000号"
    assert "visits" not in following.stated
    with pytest.raises(ToldWrongly) as refused:
        actions.fill_site_year(following, told={"visits": "x"}, sources={}, by=OFFICE, at=AFTER)
    assert refused.value.field == "visits"
    for hostile in ({"nothing": "1"}, {"__class__": "1"}):
        with pytest.raises(ToldWrongly):
            actions.fill_site_year(following, told=hostile, sources={}, by=OFFICE, at=AFTER)


def test_the_word_file_has_every_line_of_the_form(where: Site) -> None:
    report = published(where, visits="12345")
    words = letter_docx.read(queries.site_year_docx(report)).all_text()
    assert all(field.label in words for field in EDITION_2018.fields())
    assert "12345" in words
    assert "孙主任" in words


def test_the_office_hears_of_what_is_not_published_near_the_day(where: Site) -> None:
    assert reminding_years.put_year_reminders(at=moment(date(2027, 1, 12), 7)) == 0
    last = moment(date(2027, 1, 29), 7)
    assert reminding_years.put_year_reminders(at=last) == 1
    job = Job.objects.get(kind=reminding_years.REMIND_YEAR)
    told = reminding_years.remind_of_year(job.payload["county"], 2026, at=last)
    assert "没有公布" in told[0].text
    published(where)
    assert reminding_years.remind_of_year(where.county_id, 2026, at=last) == []
    assert reminding_years.put_year_reminders(at=moment(date(2027, 2, 1), 7)) == 0


@pytest.fixture
def now(monkeypatch: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AFTER)


def test_two_desks_bring_a_report_to_the_public(home: Any, where: Site, now: None) -> None:
    office = client_of(person("office1", (home, Role.OGI_OFFICE)))
    head = client_of(person("head1", (home, Role.OGI_HEAD)))
    assert where.name in text(office.get(url("site_years")))
    told = {"site": where.pk, "year": "2026", "from_records": "yes"}
    assert office.post(url("site_years"), told).status_code == 302
    assert office.post(url("site_years"), told).status_code == 422
    report = SiteYear.objects.get()
    page = text(office.get(url("site_year", report.pk)))
    assert "改好以后才能审核定稿" in page
    values = whole() | {f"source_{code}": words for code, words in SOURCED.items()}
    values = {code: text for code, text in values.items() if code != "explained"}
    wrong = office.post(
        url("site_year_fill", report.pk), values | {"visits": "很多", "phone": "甲"}
    )
    assert wrong.status_code == 422
    assert "应当填整数" in text(wrong)
    assert 'value="甲"' in text(wrong)
    assert office.post(url("site_year_fill", report.pk), values).status_code == 302
    assert "请由其他人审核" in text(office.get(url("site_year", report.pk)))
    office.post(url("site_year_act", report.pk, "review"))
    report.refresh_from_db()
    assert report.state == SiteYearState.DRAFT
    head.post(url("site_year_act", report.pk, "review"))
    assert "退回修改" in text(head.get(url("site_year", report.pk)))
    assert office.get(url("site_year_fill", report.pk)).status_code == 302
    assert head.post(url("site_year_act", report.pk, "correct"), {"why": "早"}).status_code == 422
    office.post(url("site_year_act", report.pk, "publish"))
    report.refresh_from_db()
    assert report.state == SiteYearState.PUBLISHED
    assert office.get(url("site_year_file", report.pk)).content[:2] == b"PK"
    assert office.get(url("site_year_behind", report.pk, "visits")).status_code == 404
    assert office.get(url("site_year_behind", report.pk, "received")).status_code == 200
    assert head.post(url("site_year_act", report.pk, "none")).status_code == 404


def test_only_the_office_opens_a_report_that_is_not_published(
    home: Any, where: Site, now: None
) -> None:
    report = filled(where)
    water = made.department(home)
    clerk = client_of(person("clerk1", (water, Role.DEPARTMENT_CLERK)))
    other = made.county(code="fengxin", name="奉新县人民政府")
    stranger = client_of(person("other1", (other, Role.OGI_OFFICE)))
    for browser in (clerk, stranger):
        assert browser.get(url("site_year", report.pk)).status_code == 404
        assert browser.get(url("site_year_fill", report.pk)).status_code == 404
    assert sent_home(clerk.post(url("site_years"), {"site": where.pk, "year": "2025"}))
    answer = stranger.post(
        url("site_years"), {"site": where.pk, "year": "2025", "from_records": "no"}
    )
    assert answer.status_code == 422
    report = actions.review_site_year(report, by=HEAD, at=AFTER)
    report = actions.publish_site_year(report, by=OFFICE, at=AFTER)
    assert clerk.get(url("site_year", report.pk)).status_code == 200
    assert sent_home(clerk.get(url("site_year_fill", report.pk)))
    assert sent_home(clerk.get(url("site_year_behind", report.pk, "received")))
    assert sent_home(clerk.post(url("site_year_act", report.pk, "correct"), {"why": "改"}))
    assert stranger.get(url("site_year", report.pk)).status_code == 404
    assert Client().get(url("site_year", report.pk)).status_code == 302
