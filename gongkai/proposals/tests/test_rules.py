"""Deadlines, figures, wording and tables, without a database."""

from datetime import date
from decimal import Decimal

import pytest

from gongkai.proposals.deadlines import longest_due, months_after, publish_due, reply_due
from gongkai.proposals.lifecycle import Openness, OpennessEvent, OpennessState, Refused
from gongkai.proposals.lifecycle.kinds import ProposalKind, Result
from gongkai.proposals.lifecycle.openness import OPENNESS_TRANSITIONS, next_openness
from gongkai.proposals.lifecycle.proposals import (
    PROPOSAL_TRANSITIONS,
    ProposalEvent,
    ProposalState,
    next_state,
)
from gongkai.proposals.rules.figures import Figure
from gongkai.proposals.rules.told import (
    Answer,
    Contact,
    Decision,
    ToldWrongly,
    checked_answer,
    checked_decision,
    plain_number,
)
from gongkai.proposals.rules.wording import masked, names_contact, reply_body, reply_title
from gongkai.proposals.rules.worksheet import Line, Written, read_day, read_line, table_of
from gongkai.statute.workdays import national
from gongkai.tables.grid import Grid, GridCell

TODAY = date(2026, 9, 21)


def test_terms_are_months_of_the_calendar() -> None:
    assert reply_due(ProposalKind.SUGGESTION, date(2026, 3, 9)) == date(2026, 6, 9)
    assert longest_due(ProposalKind.PROPOSAL, date(2026, 3, 9)) == date(2026, 9, 9)
    assert months_after(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert months_after(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert publish_due(date(2026, 5, 20), national()) == date(2026, 6, 17)
    with pytest.raises(Refused, match="没有已知"):
        reply_due(ProposalKind.PROPOSAL, date(2010, 1, 1))


@pytest.mark.parametrize("state", ProposalState)
@pytest.mark.parametrize("event", ProposalEvent)
def test_a_pair_without_an_arrow_is_refused_with_a_way_on(
    state: ProposalState, event: ProposalEvent
) -> None:
    if (state, event) in PROPOSAL_TRANSITIONS:
        assert next_state(state, event) is PROPOSAL_TRANSITIONS[state, event].target
        return
    with pytest.raises(Refused, match=f"不能{event.label}：") as refused:
        next_state(state, event)
    assert len(str(refused.value)) > len(event.label) + 6


def test_openness_is_decided_by_the_table() -> None:
    for state in OpennessState:
        for event in OpennessEvent:
            if (state, event) not in OPENNESS_TRANSITIONS:
                with pytest.raises(Refused):
                    next_openness(state, event)
    assert [each for each in Openness if each.public] == [Openness.FULL, Openness.ABRIDGED]


def test_a_share_keeps_numerator_and_denominator() -> None:
    figure = Figure("satisfied", "满意率", 1, 3)
    assert figure.percent == Decimal("33.33")
    assert figure.shown == "33.33%（1/3）"
    assert Figure("satisfied", "满意率", 0, 0).shown == "—"
    assert Figure("total", "总件数", 138).shown == "138件"


@pytest.mark.parametrize(
    "written", ["13800138000", "138-0013-8000", "138 0013 8000", "138—0013—8000"]
)
def test_a_registered_telephone_is_masked_however_it_is_written(written: str) -> None:
    contact = Contact("13800138000、0795-4662000", "靖安县双溪镇学前路8号")
    text = f"电话{written}，住靖安县双溪镇学前路8号"
    assert masked(text, contact) == "电话（略），住（略）"
    assert names_contact(text, contact)
    # A longer number that holds it is another number.
    assert not names_contact("编号9138001380001", contact)
    assert not names_contact(text, Contact())


def test_a_body_is_escaped_and_masked() -> None:
    body = reply_body("修<路>", "一\n\n<script>二</script> 13800138000", Contact("13800138000"))
    assert body == (
        "<p>案由：修&lt;路&gt;</p><p>一</p><p>&lt;script&gt;二&lt;/script&gt; （略）</p>"
    )
    long = reply_title("县十七届人大六次会议第12号建议", "案" * 200, Openness.ABRIDGED)
    assert len(long) <= 300
    assert "答复摘要" in long


def test_what_is_told_of_a_reply_must_hold() -> None:
    def told(**values: object) -> Answer:
        given = {"number": "1号", "replied_on": date(2026, 5, 20), "result": Result.B, "body": "好"}
        return Answer(**(given | values))  # type: ignore[arg-type]

    since = date(2026, 3, 9)
    for values, field in (
        ({}, "promised_on"),
        ({"promised_on": date(2026, 5, 1)}, "promised_on"),
        ({"replied_on": date(2026, 9, 22)}, "replied_on"),
        ({"replied_on": date(2026, 3, 8)}, "replied_on"),
        ({"result": Result.A, "body": " "}, "body"),
        ({"result": Result.A, "number": "号\u202e"}, "reply_number"),
    ):
        with pytest.raises(ToldWrongly) as wrong:
            checked_answer(told(**values), since, TODAY)
        assert wrong.value.field == field
    kept = checked_answer(told(result=Result.A, promised_on=date(2027, 1, 1)), since, TODAY)
    assert kept.promised_on is None


def test_what_is_not_public_in_full_needs_its_reason() -> None:
    for openness in (Openness.WITHHELD, Openness.ON_REQUEST, Openness.ABRIDGED):
        with pytest.raises(ToldWrongly, match="理由"):
            checked_decision(Decision(openness=openness))
    with pytest.raises(ToldWrongly, match="答复摘要"):
        checked_decision(Decision(openness=Openness.ABRIDGED, why="规划未定"))
    full = checked_decision(Decision(openness=Openness.FULL, abridged="多余"))
    assert full.abridged == ""


@pytest.mark.parametrize(
    ("text", "number"), [("第012号", "012"), ("12", "12"), ("１２", "12"), (" 第 7 号", "7")]
)
def test_numbers_are_kept_plain(text: str, number: str) -> None:
    assert plain_number(text) == number


def grid(*rows: tuple[str, ...]) -> Grid:
    return Grid(tuple(tuple(GridCell(text) for text in row) for row in rows))


def test_a_table_is_found_by_its_heads_and_read_with_certainty() -> None:
    heads = ("类型", "届次", "建议号", "标题", "领衔代表", "主办", "交办日期")
    row = ("建议", "县十七届人大六次会议", "第3号", "修路", "陈代表", "水利局", "46090")
    table = table_of([grid(("建议提案一览表",), heads, row, ("", "", ""))])
    assert not table.faults
    [told] = table.lines
    assert told.row == 3
    written = read_line(told, today=TODAY)
    assert isinstance(written, Written)
    assert written.assigned_on == date(2026, 3, 9)
    assert (written.told.number, written.told.year) == ("3", 2026)
    for field, text, said in (
        ("kind", "议案", "类型"),
        ("number", "三号", "数字和字母"),
        ("assigned_on", "三月", "不是日期"),
        ("assigned_on", "", "交办日期"),
        ("cosigners", "几人", "整数"),
        ("subject", "", "案由"),
    ):
        faults = read_line(Line(4, {**told.cells, field: text}), today=TODAY)
        assert isinstance(faults, list)
        assert any(said in fault.message for fault in faults), (field, faults)


def test_a_day_is_read_or_refused() -> None:
    assert read_day("2026年3月9日") == date(2026, 3, 9)
    with pytest.raises(ValueError, match="日历上"):
        read_day("2026-2-30")


def test_a_table_without_its_heads_says_which() -> None:
    table = table_of([])
    assert "届次会议" in table.faults[0].message
