"""Visits of sites: each turn once, W2 and W3 once their window is full, a dead worker's job."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.inspections import tasks
from gongkai.inspections.actions import visiting
from gongkai.inspections.lifecycle import FindingState
from gongkai.inspections.models import Finding, Probe, Run, Site, Watched
from gongkai.inspections.queries.visits import availability
from gongkai.inspections.rules.columns import Column
from gongkai.inspections.rules.visits import (
    HomeWatched,
    Visit,
    home_unchanged,
    minute_of,
    told_before,
    unreachable,
    without_our_own_outages,
)
from gongkai.inspections.sources.outside_book import Listed
from gongkai.inspections.sources.outside_visits import Shown, Visited, visit_home
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import CLERK, MONDAY, OFFICE, moment
from gongkai.orgs.models import Role
from gongkai.outbox import Lane
from gongkai.outbox.actions import claim, put, recover_stuck, run_due, run_next
from gongkai.outbox.models import Job, JobState
from gongkai.outbox.rules import STUCK_AFTER

HOUR = timedelta(hours=1)
NOW = moment(MONDAY, 12)


def visits(*failed: int, site: int = 1, hours: int = 168) -> list[Visit]:
    """Return hourly visits of the week before NOW, those numbered failing."""
    return [Visit(site, NOW - HOUR * (each + 1), each not in failed) for each in range(hours)]


class TestRules:
    def test_a_week_must_be_full_before_a_site_counts_as_not_reachable(self) -> None:
        week = NOW - timedelta(days=7)
        assert "比例5.4%" in (unreachable(visits(*range(9)), week, NOW) or "")
        assert unreachable(visits(*range(8)), week, NOW) == ""
        assert unreachable(visits(*range(40)), NOW - timedelta(days=6), NOW) is None
        assert unreachable(visits(*range(40), hours=139), week, NOW) is None

    def test_hours_in_which_all_sites_failed_are_our_own_line(self) -> None:
        ours = visits(*range(20)) + visits(*range(20), site=2)
        assert len(without_our_own_outages(ours)) == 2 * 148
        theirs = visits(*range(20)) + visits(site=2)
        assert len(without_our_own_outages(theirs)) == 2 * 168
        assert len(without_our_own_outages(visits(*range(20)))) == 168  # one site tells nothing

    def test_a_home_page_is_watched_two_weeks_before_it_counts_as_not_updated(self) -> None:
        old, begun = MONDAY - timedelta(days=20), NOW - timedelta(days=15)
        home = HomeWatched(old, begun, begun, NOW)
        assert "内容没有变化" in (home_unchanged(home, NOW, MONDAY) or "")
        moved = HomeWatched(old, begun, NOW - HOUR, NOW)
        assert "没有新的发布时间" in (home_unchanged(moved, NOW, MONDAY) or "")
        assert "没有发布时间" in (
            home_unchanged(HomeWatched(None, begun, begun, NOW), NOW, MONDAY) or ""
        )
        assert home_unchanged(HomeWatched(MONDAY, begun, begun, NOW), NOW, MONDAY) == ""
        early = HomeWatched(old, NOW - timedelta(days=13), begun, NOW)
        assert home_unchanged(early, NOW, MONDAY) is None
        unseen = HomeWatched(old, begun, begun, NOW - timedelta(days=3))
        assert home_unchanged(unseen, NOW, MONDAY) is None

    def test_the_minutes_of_sites_are_spread_over_the_hour(self) -> None:
        minutes = [minute_of(site, 9) for site in range(200)]
        assert set(minutes) <= set(range(60))
        assert len(set(minutes)) > 40

    def test_what_a_column_once_showed_counts_on_a_bad_night(self) -> None:
        before: dict[str, date | None] = {"a": MONDAY}
        assert told_before(date(2020, 1, 1), before, "a") == MONDAY
        assert told_before(None, before, "b") is None
        assert Column(address="a", name="要闻", newest=MONDAY).newest == MONDAY


def seen(*, opened: bool = True, newest: date | None = MONDAY, digest: str = "a" * 64) -> Visited:
    shown = Shown(newest, digest, is_entry=False) if opened else None
    trouble = "" if opened else "timeout"
    return Visited(made.ADDRESS, opened, 200 if opened else None, 0.4, trouble, shown)


@pytest.fixture
def where(db: Any) -> Site:
    return made.site(made.county())


def watched(where: Site, *failed: int, days: int = 8) -> None:
    """Keep hourly visits of some days before NOW; those numbered, from the last, failed."""
    made_at = [(each, NOW - HOUR * each) for each in range(days * 24)]
    Probe.objects.bulk_create(
        Probe(
            site=where, due_at=at, at=at, opened=each not in failed, seconds=0.4,
            trouble="timeout" if each in failed else "",
        )
        for each, at in made_at
    )  # fmt: skip


class TestVerbs:
    def test_a_turn_is_kept_once(self, where: Site) -> None:
        visiting.record_visit(where, seen(), due_at=NOW, at=NOW)
        visiting.record_visit(where, seen(opened=False), due_at=NOW, at=NOW + HOUR)
        (probe,) = Probe.objects.all()
        assert (probe.opened, probe.at) == (True, NOW)
        assert Watched.objects.get().visits == 1

    def test_the_newest_day_never_goes_back(self, where: Site) -> None:
        old = MONDAY - timedelta(days=60)
        for number, newest in enumerate((MONDAY, old, None)):
            at = NOW + HOUR * number
            told = seen(newest=newest, digest=str(number) * 64)
            visiting.record_visit(where, told, due_at=at, at=at)
        home = Watched.objects.get(is_home=True)
        assert (home.newest_on, home.changed_at, home.visits) == (MONDAY, NOW + HOUR * 2, 3)
        columns = (Listed(f"{made.ADDRESS}xw/", "要闻", MONDAY),)
        visiting.remember_columns(where, columns, at=NOW)
        visiting.remember_columns(where, (Listed(columns[0].address, "要闻", old),), at=NOW + HOUR)
        assert Watched.objects.get(is_home=False).newest_on == MONDAY

    def test_a_bad_week_is_w2_and_a_good_one_its_recheck(self, where: Site) -> None:
        watched(where, *range(10))
        run = visiting.judge_visits(where, at=NOW)
        assert run is not None
        finding = Finding.objects.get()
        assert (finding.rule, finding.state) == ("W2", FindingState.FOUND)
        assert "168次，10次打不开" in finding.why
        assert "在规定时间内没有打开" in finding.evidence
        where.refresh_from_db()
        assert where.last_run is None  # a week of visits is no inspection of the whole site
        made.actions.order(finding, requirement="请修复", by=OFFICE, at=NOW)
        told = made.Answer("已修复", "更换服务器", "张三")
        made.actions.answer(finding, told=told, by=CLERK, at=NOW)
        later = NOW + timedelta(days=8)
        for each in range(168):
            at = later - HOUR * each
            Probe.objects.create(site=where, due_at=at, at=at, opened=True, seconds=0.4)
        visiting.judge_visits(where, at=later)
        finding.refresh_from_db()
        assert finding.state == FindingState.RECHECKED

    def test_nothing_is_recorded_where_nothing_is_to_tell(self, where: Site) -> None:
        watched(where, 3)
        assert visiting.judge_visits(where, at=NOW) is None
        assert not Run.objects.exists()
        assert visiting.prune_visits(at=NOW + timedelta(days=500)) == 192

    def test_a_day_without_a_visit_is_told_apart_from_a_bad_one(self, where: Site) -> None:
        watched(where, *range(13), days=2)
        told = availability(where, MONDAY, 7)
        assert [each.share for each in told.days[:4]] == [None] * 4
        assert told.days[-1].share == 0.0
        assert (told.whole.visits, told.whole.opened) == (48, 35)


class TestQueue:
    def test_each_site_has_its_turn_and_one_that_fails_holds_up_no_other(
        self, where: Site, monkeypatch: Any
    ) -> None:
        made.site(where.county, address="https://slow.example.cn/")
        stopped = made.site(where.county, address="https://old.example.cn/")
        Site.objects.filter(pk=stopped.pk).update(stopped_on=MONDAY)

        def visit(address: str, *_: object) -> Visited:
            if "slow" in address:
                raise OSError("文件描述符用尽")
            return seen()

        monkeypatch.setattr(tasks, "visit_home", visit)
        tasks.visit_each_hour(moment(MONDAY, 9))
        jobs = Job.objects.filter(kind=tasks.VISIT)
        assert jobs.count() == 2
        assert all(each.next_try_at < moment(MONDAY, 10) for each in jobs)
        run_due(at=moment(MONDAY, 10))
        assert [each.site for each in Probe.objects.all()] == [where]
        assert {each.state for each in jobs.all()} == {JobState.DONE, JobState.WAITING}

    def test_the_job_of_a_worker_that_died_is_taken_up_again(
        self, where: Site, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(tasks, "visit_home", lambda *_: seen())
        job = put(tasks.VISIT, {"site": where.pk, "due": NOW.isoformat()}, at=NOW)
        assert claim(at=NOW, lane=Lane.SLOW) == job  # here the worker is killed
        back = NOW + STUCK_AFTER + timedelta(minutes=1)
        assert run_next(at=back) is None
        assert recover_stuck(at=back) == 1
        attempt = run_next(at=back + timedelta(minutes=5), lane=Lane.SLOW)
        assert attempt is not None
        assert attempt.state == JobState.DONE
        assert Probe.objects.get().due_at == NOW

    def test_a_turn_that_is_long_over_is_not_made_up_for(
        self, where: Site, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr(tasks, "visit_home", lambda *_: pytest.fail("visited"))
        late = {"site": where.pk, "due": (NOW - 2 * HOUR).isoformat()}
        assert tasks.visit_one(late, NOW) == []


def test_a_site_that_is_not_there_is_what_a_visit_finds_out() -> None:
    told = visit_home("http://127.0.0.1:9/index.html", {}, MONDAY, patience=1)
    assert (told.address, told.opened, told.trouble) == ("http://127.0.0.1:9/", False, "refused")


def test_the_page_of_a_site_is_the_offices_alone(where: Site, monkeypatch: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    watched(where, *range(3), days=2)
    address = reverse("inspections:availability", args=[where.pk])
    office = client_of(person("office1", (where.county, Role.OGI_OFFICE)))
    page = office.get(address).content.decode()
    assert "打开45次" in page
    assert "<rect" in page
    assert "在规定时间内没有打开" in page
    assert "9月21日" in page
    clerk = client_of(person("clerk1", (made.department(where.county), Role.DEPARTMENT_CLERK)))
    assert clerk.get(address).status_code == 302
    other = made.county(code="other", name="邻县人民政府", region_code="360921", credit_code="")
    stranger = client_of(person("office2", (other, Role.OGI_OFFICE)))
    assert stranger.get(address).status_code == 404
