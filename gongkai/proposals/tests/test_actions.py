"""Verbs: the whole road of a proposal, what each refuses, tables, figures, publication."""

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.audit.models import Event
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry
from gongkai.disclosure.models.entries import DisclosureMode, WithdrawalReason
from gongkai.disclosure.queries import told_of
from gongkai.disclosure.tests import factories as entries
from gongkai.orgs.models import Organ
from gongkai.proposals import actions, queries, statistics
from gongkai.proposals.actions import (
    Contact,
    ContactWay,
    Openness,
    ProposalKind,
    Refused,
    Result,
    RowsWrong,
    Satisfaction,
    ToldWrongly,
)
from gongkai.proposals.lifecycle import ProposalState
from gongkai.proposals.models import Proposal, ProposerContact
from gongkai.proposals.queries.importing import import_rows
from gongkai.proposals.rules.worksheet import Line
from gongkai.proposals.tests import factories as made
from gongkai.proposals.tests.factories import (
    ASSIGNED,
    KEPT,
    LIVES,
    NOW,
    PHONE,
    READ,
    TODAY,
    moment,
)
from gongkai.statute.workdays import national

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Organ:
    return made.county()


@pytest.fixture
def water(home: Organ) -> Organ:
    return made.department(home)


@pytest.fixture
def forest(home: Organ) -> Organ:
    return made.department(home, "forest", "靖安县林业局")


def body_of(entry: Entry | None) -> str:
    assert entry is not None
    hand = told_of(entry)
    assert hand is not None
    return hand.told.body


def test_a_proposal_goes_its_way_to_a_public_reply(
    home: Organ, water: Organ, forest: Organ
) -> None:
    row = made.handled(home, water, forest)
    assert (row.assigned_on, row.due_on) == (ASSIGNED, date(2026, 6, 9))
    row = actions.give_opinion(row, organ=forest, opinion="同意", **NOW)
    way, on = ContactWay.MEETING, date(2026, 4, 1)
    row = actions.record_contact(row, way=way, on=on, words="听取意见", **NOW)
    row = actions.reply(row, answer=made.answer(), decision=made.decision(), **NOW)
    assert row.state == ProposalState.REPLIED
    actions.confirm_openness(row, **READ)
    row = actions.draft_publication(row, **NOW)
    body = body_of(row.entry)
    assert "堤防已经修缮" in body
    assert PHONE not in body
    assert LIVES not in body
    entries.forward(row.entry, EntryState.PUBLISHED, moment(TODAY, 10))
    row = actions.rate(row, satisfaction=Satisfaction.BASICALLY, on=TODAY, **KEPT)
    row.refresh_from_db()
    assert (row.state, row.published_on, row.published_round) == ("SETTLED", TODAY, 1)
    told = [step.get_event_display() for step in queries.steps_of(row)]
    assert told == [
        *("登记", "交办", "签收", "提出会办意见", "登记沟通情况", "登记答复", "登记反馈意见")
    ]
    verbs = Event.objects.filter(verb__startswith="proposals.")
    assert verbs.filter(chain=home.code).count() == 8
    assert verbs.get(chain=water.code).verb == "proposals.draft_publication"


def test_the_contact_is_sealed_logged_as_a_digest_and_shown_by_a_verb(home: Organ) -> None:
    row = made.registered(home)
    stored = bytes(ProposerContact.objects.get(proposal=row).contact_sealed)
    assert PHONE.encode() not in stored
    assert PHONE not in str(list(Event.objects.values_list("after", flat=True)))
    assert actions.show_contact(row, **KEPT) == Contact(PHONE, LIVES)
    assert Event.objects.filter(verb="proposals.show_contact").count() == 1
    actions.amend(row, told=made.told(), **KEPT)
    assert queries.has_contact(row)
    actions.amend(row, told=made.told(), contact=Contact(), **KEPT)
    with pytest.raises(Refused, match="没有登记联系方式"):
        actions.show_contact(row, **KEPT)


def test_one_number_a_session(home: Organ) -> None:
    made.registered(home)
    with pytest.raises(ToldWrongly, match="已经登记") as wrong:
        made.registered(home, number="第12号")
    assert wrong.value.field == "number"
    assert made.registered(home, kind=ProposalKind.PROPOSAL).pk


def test_assignment_takes_the_county_s_own_organs_of_the_day(
    home: Organ, water: Organ, forest: Organ
) -> None:
    row = made.registered(home)
    other = entries.county("other")
    for values, field in (
        ({"lead": other}, "lead"),
        ({"lead": water, "joint": [water]}, "joint"),
        ({"lead": water, "assigned_on": TODAY + timedelta(days=1)}, "assigned_on"),
        ({"lead": water, "assigned_on": date(2026, 3, 1)}, "assigned_on"),
        ({"lead": water, "assigned_on": None}, "assigned_on"),
    ):
        told: dict[str, Any] = {"assigned_on": ASSIGNED} | values
        with pytest.raises(ToldWrongly) as wrong:
            actions.assign(row, **told, **KEPT)
        assert wrong.value.field == field
    row = actions.assign(row, lead=water, assigned_on=ASSIGNED, **KEPT)
    row = actions.send_back(row, why="不属本单位职责", **NOW)
    assert row.lead is None
    with pytest.raises(ToldWrongly, match="理由"):
        actions.assign(row, lead=forest, assigned_on=TODAY, **KEPT)
    row = actions.assign(row, lead=forest, assigned_on=TODAY, why="职责", **KEPT)
    # The term runs from the first assignment.
    assert (row.assigned_on, row.due_on) == (ASSIGNED, date(2026, 6, 9))


def test_a_term_is_extended_to_six_months_and_no_more(home: Organ, water: Organ) -> None:
    row = made.handled(home, water)
    consent = {"why": "涉及面广", "consent": "县人大常委会代工委"}
    for day, said in ((date(2026, 6, 9), "晚于"), (date(2026, 9, 10), "最迟")):
        with pytest.raises(ToldWrongly, match=said):
            actions.extend(row, due_on=day, **consent, **KEPT)
    row = actions.extend(row, due_on=date(2026, 9, 9), **consent, **KEPT)
    assert queries.late_replies(queries.of_county(home), TODAY).get() == row


def test_a_dissatisfied_proposer_is_answered_again(home: Organ, water: Organ) -> None:
    row = made.published(home, water)
    with pytest.raises(ToldWrongly, match="重新办理"):
        actions.rate(row, satisfaction=Satisfaction.DISSATISFIED, on=TODAY, **KEPT)
    with pytest.raises(ToldWrongly, match="第一次"):
        actions.close(row, why="无法解决", dissatisfied=True, **KEPT)
    soon = TODAY + timedelta(days=30)
    row = actions.redo(row, on=TODAY, remark="没有时间表", due_on=soon, **KEPT)
    assert (row.state, row.round, row.due_on) == ("HANDLING", 2, soon)
    with pytest.raises(Refused, match="不能延长"):
        actions.extend(row, due_on=soon, why="难", consent="代工委", **KEPT)
    with pytest.raises(Refused, match="不能撤回"):
        actions.withdraw(row, why="撤回", **KEPT)
    again = made.answer(number="靖水复〔2026〕30号", replied_on=TODAY, body="年底完成。")
    row = actions.reply(row, answer=again, decision=made.decision(), **NOW)
    # What is public still shows the first reply.
    facts = dict(queries.beside(row.typed_id).facts)  # type: ignore[union-attr]
    assert facts["复文编号"] == "靖水复〔2026〕12号"
    assert facts["反馈意见"] == "不满意"
    actions.confirm_openness(row, **READ)
    row = actions.draft_publication(row, **NOW)
    assert "年底完成" in body_of(row.entry)
    entries.forward(row.entry, EntryState.PUBLISHED, moment(TODAY, 11))
    facts = dict(queries.beside(row.typed_id).facts)  # type: ignore[union-attr]
    assert facts["复文编号"] == "靖水复〔2026〕30号"
    row = actions.close(row, why="已作说明", dissatisfied=True, **KEPT)
    assert row.state == ProposalState.SETTLED


def test_openness_is_confirmed_by_other_eyes_before_anything_is_public(
    home: Organ, water: Organ
) -> None:
    row = made.replied(home, water, Openness.WITHHELD)
    with pytest.raises(Refused, match="还没有审核通过"):
        actions.draft_publication(row, **NOW)
    with pytest.raises(Refused, match="提出人以外"):
        actions.confirm_openness(row, **NOW)
    actions.return_openness(row, why="应当公开摘要", **READ)
    actions.propose_openness(row, decision=made.decision(Openness.ON_REQUEST), **NOW)
    actions.confirm_openness(row, **READ)
    with pytest.raises(Refused, match="依申请公开"):
        actions.draft_publication(row, **NOW)
    actions.propose_openness(row, decision=made.decision(Openness.ABRIDGED), **NOW)
    actions.confirm_openness(row, **READ)
    row = actions.draft_publication(row, **NOW)
    assert row.entry is not None
    assert row.entry.mode == DisclosureMode.SEVERED
    assert "摘要" in row.entry.title
    # A change of mind after the draft stands against its release.
    actions.propose_openness(row, decision=made.decision(Openness.WITHHELD), **NOW)
    with pytest.raises(disclosure.DisclosureError, match="还没有审核通过"):
        disclosure.submit(row.entry, **NOW)


def test_a_text_with_the_contact_is_not_released(home: Organ, water: Organ) -> None:
    row = actions.draft_publication(made.confirmed(home, water), **NOW)
    assert row.entry is not None
    hand = told_of(row.entry)
    assert hand is not None
    told = disclosure.Told.read(hand.told.metadata(), f"<p>请回电138-0013-8000，{LIVES}。</p>")
    entry = disclosure.edit(row.entry, told=told, revision=hand.revision, **NOW)
    with pytest.raises(disclosure.DisclosureError, match="联系电话或者住址"):
        disclosure.submit(entry, **NOW)


def test_a_withdrawn_text_is_owed_again(home: Organ, water: Organ) -> None:
    row = made.published(home, water)
    assert row.entry is not None
    with pytest.raises(Refused, match="先在公开信息中撤下"):
        actions.propose_openness(row, decision=made.decision(Openness.WITHHELD), **NOW)
    late = queries.late_to_publish
    assert late(queries.of_county(home), TODAY, national()) == []
    why = {"reason": WithdrawalReason.IN_ERROR, "note": "误发布"}
    disclosure.withdraw(row.entry, **why, **KEPT)
    row.refresh_from_db()
    assert row.published_on is None
    assert late(queries.of_county(home), TODAY, national()) == [row]
    assert not queries.has_public(home.pk)


def test_a_promise_is_followed_up(home: Organ, water: Organ) -> None:
    row = made.handled(home, water)
    promised = made.answer(result=Result.B, promised_on=date(2026, 8, 1))
    row = actions.reply(row, answer=promised, decision=made.decision(), **NOW)
    row = actions.rate(row, satisfaction=Satisfaction.SATISFIED, on=TODAY, **KEPT)
    own = queries.of_county(home)
    assert [reply.proposal for reply in queries.overdue_promises(own, TODAY)] == [row]
    row = actions.follow_up(row, on=TODAY, progress="已完工", done=True, **NOW)
    assert not queries.overdue_promises(own, TODAY)
    with pytest.raises(Refused, match="B类"):
        actions.follow_up(row, on=TODAY, progress="再次", done=True, **NOW)


def lines(*rows: dict[str, str]) -> list[Line]:
    usual = {
        "kind": "政协提案",
        "session": "县政协十届五次会议",
        "subject": "关于停车的提案",
        "proposer": "李委员",
        "received_on": "2026-03-02",
        "lead": "水利局",
        "joint": "林业局",
        "assigned_on": "2026-03-09",
    }
    return [Line(place, usual | row) for place, row in enumerate(rows, 2)]


@pytest.mark.usefixtures("water", "forest")
def test_a_table_is_taken_whole_or_not_at_all(home: Organ) -> None:
    good = lines({"number": "1"}, {"number": "2", "lead": "", "joint": "", "assigned_on": ""})
    rows, faults = import_rows(good, home, TODAY)
    assert not faults
    made_rows = actions.import_proposals(home, rows, **KEPT)
    assert [row.state for row in made_rows] == ["ASSIGNED", "RECEIVED"]
    rows, faults = import_rows(good, home, TODAY)
    assert all(row.known for row in rows)
    assert actions.import_proposals(home, rows, **KEPT) == []
    bad = lines({"number": "3"}, {"number": "3"}, {"number": "4", "lead": "外县局"})
    rows, faults = import_rows(bad, home, TODAY)
    assert [fault.row for fault in faults] == [3, 4]
    rows, _ = import_rows(lines({"number": "5"}, {"number": "6", "joint": "水利局"}), home, TODAY)
    with pytest.raises(RowsWrong) as wrong:
        actions.import_proposals(home, rows, **KEPT)
    assert [fault.row for fault in wrong.value.faults] == [3]
    assert Proposal.objects.count() == 2


def test_every_figure_opens_to_its_list(home: Organ, water: Organ) -> None:
    made.published(home, water)
    made.settled(home, water, number="13", openness=Openness.WITHHELD)
    made.assigned(home, water, number="14")
    made.registered(home, number="15", kind=ProposalKind.PROPOSAL)
    actions.withdraw(made.registered(home, number="16"), why="撤回", **KEPT)
    found = statistics.of_year(queries.of_county(home), 2026)
    figures = {each.name: each for each in statistics.figures(found, TODAY)}
    told = {name: (each.part, each.whole) for name, each in figures.items()}
    assert told["total"] == (4, None)
    assert (told["suggestions"], told["proposals"]) == ((3, None), (1, None))
    assert told["replied"] == (2, 4)
    assert told["on_time"] == (2, 3)  # one is past its term without a reply
    assert told["satisfied"] == (1, 1)
    assert told["result_a"] == (2, None)
    assert told["published"] == (1, None)
    assert told["published_share"] == (1, 1)
    for name, (part, whole) in told.items():
        for side, count in (("part", part), ("whole", whole)):
            behind = statistics.behind(found, name, side, TODAY)
            assert (None if behind is None else behind.count()) == count, name
    assert statistics.behind(found, "nothing", "part", TODAY) is None
    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert statistics.published_between(home, *year).count() == 1


def test_a_summary_must_tell_the_figures_as_recorded(home: Organ, water: Organ) -> None:
    with pytest.raises(Refused, match="没有登记"):
        actions.draft_summary(home, 2026, **KEPT)
    made.settled(home, water)
    summary = actions.draft_summary(home, 2026, **KEPT)
    assert "满意率100.00%（1件/1件）" in body_of(summary.entry)
    made.registered(home, number="13")
    assert summary.entry is not None
    with pytest.raises(disclosure.DisclosureError, match="与登记的不一致"):
        disclosure.submit(summary.entry, **KEPT)
    summary = actions.draft_summary(home, 2026, **KEPT)
    entries.forward(disclosure.submit(summary.entry, **KEPT), EntryState.PUBLISHED, moment())
    summary.refresh_from_db()
    assert summary.published_on == TODAY


def test_contacts_are_sealed_anew_with_another_key(home: Organ) -> None:
    made.registered(home)
    ProposerContact.objects.update(key_id="old/SM4")
    assert queries.to_reseal() == 1
    assert actions.reseal(10, at=moment()) == 1
    assert (queries.to_reseal(), actions.reseal(10, at=moment())) == (0, 0)
