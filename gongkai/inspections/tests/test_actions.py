"""Verbs on findings: what runs leave, who rules, what re-checks, what is remembered."""

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.audit import word
from gongkai.audit.models import Event
from gongkai.inspections import actions
from gongkai.inspections.actions import Answer, Proof, Refused, ToldWrongly
from gongkai.inspections.lifecycle import FindingEvent, FindingState
from gongkai.inspections.lifecycle.findings import TRANSITIONS
from gongkai.inspections.models import Finding, Site
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import CLERK, MONDAY, OFFICE, moment

pytestmark = pytest.mark.django_db
NEXT = MONDAY + timedelta(days=7)
AT = moment(NEXT)


@pytest.fixture
def home() -> Any:
    return made.county()


@pytest.fixture
def where(home: Any) -> Site:
    return made.site(home)


DO = {
    FindingEvent.MARK_FALSE: lambda f: actions.mark_false(f, why="误报", by=OFFICE, at=AT),
    FindingEvent.TAKE_BACK: lambda f: actions.take_back(f, why="确有", by=OFFICE, at=AT),
    FindingEvent.SEND: lambda f: actions.send(f, by=OFFICE, at=AT),
    FindingEvent.OBJECT: lambda f: actions.object_to(f, reason="正常", by=CLERK, at=AT),
    FindingEvent.UPHOLD: lambda f: actions.rule_on_objection(
        f, upheld=True, reason="属实", by=OFFICE, at=AT
    ),
    FindingEvent.DISMISS: lambda f: actions.rule_on_objection(
        f, upheld=False, reason="不属实", by=OFFICE, at=AT
    ),
    FindingEvent.ORDER: lambda f: actions.order(f, by=OFFICE, at=AT),
    FindingEvent.ANSWER: lambda f: actions.answer(f, told=Answer("已改"), by=CLERK, at=AT),
    FindingEvent.PASS: lambda f: actions.recheck(f, passed=True, by=OFFICE, at=AT),
    FindingEvent.FAIL: lambda f: actions.recheck(
        f, passed=False, words="仍打不开", by=OFFICE, at=AT
    ),
    FindingEvent.CLOSE: lambda f: actions.close(f, by=OFFICE, at=AT),
}


@pytest.mark.parametrize("state", FindingState)
def test_every_verb_follows_its_arrow_or_changes_nothing(state: FindingState, where: Site) -> None:
    finding = made.FINDING_IN[state](where)
    assert finding.state == state
    for event, act in DO.items():
        if (state, event) in TRANSITIONS:
            continue
        events = Event.objects.count()
        with pytest.raises(Refused):
            act(finding)
        finding.refresh_from_db()
        assert (finding.state, Event.objects.count()) == (state, events)


@pytest.mark.parametrize(("state", "event"), [pair for pair in TRANSITIONS if pair[1] in DO])
def test_every_arrow_is_one_event(state: FindingState, event: FindingEvent, where: Site) -> None:
    finding = made.FINDING_IN[state](where)
    events = Event.objects.count()
    DO[event](finding)
    finding.refresh_from_db()
    assert finding.state == TRANSITIONS[state, event].target
    assert Event.objects.count() == events + 1
    assert finding.steps.last().event == event


def test_a_column_lays_a_fault_at_the_door_of_its_organ(home: Any, where: Site) -> None:
    water = made.department(home)
    prefix = f"{made.ADDRESS}slj/"
    actions.name_column(where, name="水利", prefix=prefix, organ=water, by=OFFICE, at=AT)
    made.ran(where, made.fault("slj/1.html"), made.fault("sljx/1.html", target="x"))
    assert {each.address: each.organ_id for each in Finding.objects.all()} == {
        f"{made.ADDRESS}slj/1.html": water.pk,
        f"{made.ADDRESS}sljx/1.html": home.pk,
    }


def test_the_same_fault_on_the_next_run_is_the_same_finding(where: Site) -> None:
    made.ran(where, made.fault(), made.fault())
    run = made.ran(where, made.fault(), day=NEXT)
    [finding] = Finding.objects.all()
    assert (finding.times_seen, finding.number, run.new, run.again) == (2, "WT2026-00001", 0, 1)


@pytest.mark.parametrize("state", [FindingState.FALSE_ALARM, FindingState.UPHELD])
def test_a_verdict_survives_every_later_run(state: FindingState, where: Site) -> None:
    made.FINDING_IN[state](where)
    run = made.ran(where, made.fault(), day=NEXT)
    assert (run.new, run.silenced, Finding.objects.count()) == (0, 1, 1)


def test_a_verdict_taken_back_lets_runs_tell_again(where: Site) -> None:
    finding = made.FINDING_IN[FindingState.FALSE_ALARM](where)
    actions.take_back(finding, why="确实打不开", by=OFFICE, at=AT)
    run = made.ran(where, made.fault(), day=NEXT, hour=10)
    assert (run.silenced, run.again) == (0, 1)
    actions.mark_false(finding, why="又是误报", by=OFFICE, at=AT)


def test_a_closed_fault_that_shows_again_is_repeated(where: Site) -> None:
    closed = made.FINDING_IN[FindingState.CLOSED](where)
    made.ran(where, made.fault(), day=NEXT)
    again = Finding.objects.latest("pk")
    assert (again.pk != closed.pk, again.repeated) == (True, True)
    assert again.state == FindingState.FOUND


def test_a_later_run_rechecks_what_was_answered(where: Site) -> None:
    passed, failed = made.answered(where), made.answered(where, place="slj/2.html")
    made.ran(where, made.fault("slj/2.html"), day=MONDAY, hour=14)  # began before the answers
    passed.refresh_from_db(), failed.refresh_from_db()
    assert (passed.state, failed.state) == (FindingState.ANSWERED, FindingState.ANSWERED)
    made.ran(where, made.fault("slj/2.html"), day=NEXT)
    passed.refresh_from_db(), failed.refresh_from_db()
    assert (passed.state, failed.state) == (FindingState.RECHECKED, FindingState.RECTIFYING)
    assert passed.gone_at is not None
    assert [each.passed for each in failed.rounds.order_by("number")] == [False, None]
    assert failed.due_on == date(2026, 10, 12)


def test_absence_counts_only_where_the_rule_was_looked_for(where: Site) -> None:
    finding = made.answered(where)
    made.ran(where, day=NEXT, rules=("image-dead",))
    finding.refresh_from_db()
    assert (finding.state, finding.gone_at) == (FindingState.ANSWERED, None)


def test_what_is_gone_unanswered_is_noted_and_stays_open(where: Site) -> None:
    finding = made.ordered(where)
    run = made.ran(where, day=NEXT)
    finding.refresh_from_db()
    assert (finding.state, run.gone) == (FindingState.RECTIFYING, 1)
    assert finding.gone_at is not None


def test_an_order_counts_working_days_over_the_national_day(where: Site) -> None:
    assert made.ordered(where).due_on == date(2026, 10, 12)
    finding = Finding.objects.get()
    for wrong in (0, 121):
        with pytest.raises(ToldWrongly):
            actions.order(finding, workdays=wrong, by=OFFICE, at=AT)


def test_nobody_rechecks_or_rules_on_their_own_word(where: Site) -> None:
    finding = made.answered(where)
    with pytest.raises(Refused, match="其他人员复核"):
        actions.recheck(finding, passed=True, by=CLERK, at=AT)
    objected = made.objected(where, place="slj/3.html")
    with pytest.raises(Refused, match="不能自己裁定"):
        actions.rule_on_objection(objected, upheld=True, reason="对", by=CLERK, at=AT)


def test_a_finding_passed_on_settles_its_objection(home: Any, where: Site) -> None:
    water, finding = made.department(home), made.objected(where)
    actions.pass_on(finding, to=water, why="栏目由水利局维护", by=OFFICE, at=AT)
    finding.refresh_from_db()
    assert (finding.organ, finding.state) == (water, FindingState.SENT)
    assert finding.objections.get().upheld
    elsewhere = made.county(code="360999", name="外县人民政府")
    for wrong in (water, elsewhere):
        with pytest.raises(ToldWrongly, match="其他机关"):
            actions.pass_on(finding, to=wrong, why="不是", by=OFFICE, at=AT)


def test_proof_is_kept_with_the_finding_and_a_bad_file_changes_nothing(
    where: Site, settings: Any, tmp_path: Any
) -> None:
    finding = made.ordered(where)
    bad = Proof("截图.exe", b"MZ\x00")
    with pytest.raises(ToldWrongly) as refused:
        actions.answer(finding, told=Answer("已改"), proofs=[bad], by=CLERK, at=AT)
    assert refused.value.field == "proofs"
    finding.refresh_from_db()
    assert finding.state == FindingState.RECTIFYING
    good = Proof("说明.txt", "已更换".encode())
    with pytest.raises(ToldWrongly):
        actions.answer(finding, told=Answer(" "), proofs=[good], by=CLERK, at=AT)


def test_organs_are_never_mixed_in_one_verb(home: Any, where: Site) -> None:
    water, one, other = (
        made.department(home),
        made.sent(where),
        made.sent(where, place="slj/4.html"),
    )
    actions.pass_on(other, to=water, why="栏目由水利局维护", by=OFFICE, at=AT)
    with pytest.raises(ValueError, match="several organs"):
        actions.order([one, other], by=OFFICE, at=AT)


@pytest.mark.parametrize("address", ["", "ftp://a.cn", "www.a.cn", "http://[", "http://a b.cn/"])
def test_a_site_needs_a_web_address(home: Any, address: str) -> None:
    with pytest.raises(ToldWrongly) as refused:
        made.site(home, address=address)
    assert refused.value.field == "address"


def test_sites_are_registered_once_stopped_and_resumed(home: Any, where: Site) -> None:
    with pytest.raises(ToldWrongly, match="已经登记"):
        made.site(home)
    stopped = actions.stop_site(where, why="已并入", by=OFFICE, at=AT)
    with pytest.raises(Refused):
        actions.stop_site(stopped, why="再停", by=OFFICE, at=AT)
    actions.resume_site(stopped, by=OFFICE, at=AT)
    with pytest.raises(Refused):
        actions.resume_site(stopped, by=OFFICE, at=AT)
    prefix = "https://elsewhere.cn/slj/"
    with pytest.raises(ToldWrongly) as refused:
        actions.name_column(where, name="水利", prefix=prefix, organ=home, by=OFFICE, at=AT)
    assert refused.value.field == "prefix"


def test_a_notice_moves_the_dates_of_standing_orders(where: Site) -> None:
    finding = made.ordered(where)
    Finding.objects.filter(pk=finding.pk).update(due_on=date(2026, 10, 9))
    assert actions.recompute_deadlines(notice="通知", at=AT) == 1
    assert actions.recompute_deadlines(notice="通知", at=AT) == 0
    finding.refresh_from_db()
    assert finding.due_on == date(2026, 10, 12)


def test_the_log_tells_who_and_what_in_chinese(where: Site) -> None:
    made.FINDING_IN[FindingState.CLOSED](where)
    events = Event.objects.filter(verb__startswith="inspections.")
    verbs = set(events.values_list("verb", flat=True))
    assert len(verbs) >= 6
    assert [verb for verb in verbs if word(verb) == verb] == []
