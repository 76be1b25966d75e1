"""The clock of the answer: vectors, properties, a slow oracle, steps and traces."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.clock import (
    Acts,
    Consultation,
    ConsultationKind,
    Delay,
    Extension,
    FeeNotice,
    IntakeChannel,
    Supplement,
    TooLate,
    WaitingFor,
    replay,
    reply,
    trace,
)
from gongkai.statute.tests.elsewhere import counts_elsewhere
from gongkai.statute.tests.spoken import acts, on
from gongkai.statute.workdays import UnknownYear, YearNotice, national

CALENDAR = national()
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("received", "told", "due"),
    [
        # contracts.md, `gongkai clock reply`
        ("2022-09-30", "none", "2022-11-02"),
        ("2026-03-02", "consult 2026-03-05:2026-03-06:2026-03-12", "2026-04-07"),
        ("2026-03-02", "consult 2026-03-05:2026-03-06:-", "2026-04-22"),
        (
            "2026-03-02",
            "supplement 2026-03-09:2026-03-16; consult 2026-03-18:2026-03-19:2026-03-25;"
            " consult 2026-03-20:2026-03-23:2026-03-31; extend 10",
            "2026-05-13",
        ),
        # law.md 10.3: twenty working days from a Saturday that is a working day
        ("2026-02-14", "none", "2026-03-20"),
        # received on a Sunday: day 1 is the Monday
        ("2026-03-08", "none", "2026-04-03"),
        # a payment starts the term anew
        ("2026-03-02", "fee 2026-03-10:2026-03-20", "2026-04-20"),
        # an answer after the 15 working days takes away no more than silence does
        ("2026-03-02", "consult 2026-03-05:2026-03-06:2026-06-30", "2026-04-22"),
        # an organ's opinion, and a pause that begins after the term is over
        ("2026-03-02", "organ-consult 2026-03-05:2026-03-06:2026-03-12", "2026-04-07"),
        ("2026-03-02", "other-consult 2026-03-05:2026-03-06:-", "2026-04-22"),
        ("2026-03-02", "consult 2026-04-01:2026-04-02:2026-04-03", "2026-03-30"),
        # Art. 35: the later date; one on a day off moves to the next working day
        ("2026-03-02", "delay 2026-06-30", "2026-06-30"),
        ("2026-03-02", "delay 2026-06-19", "2026-06-22"),
        # received before 2019-05-15: fifteen working days, and fifteen more
        ("2019-05-14", "none", "2019-06-04"),
        ("2019-05-15", "none", "2019-06-13"),
        ("2019-05-14", "extend 15", "2019-06-26"),
        ("2019-05-06", "supplement 2019-05-30:2019-06-03", "2019-06-25"),
        ("2019-05-06", "consult 2019-05-07:2019-05-08:2019-08-01", "2019-08-21"),
    ],
)
def test_due_days(received: str, told: str, due: str) -> None:
    assert reply(acts(received, told), CALENDAR).due_on == on(due)


# -- properties ------------------------------------------------------------------------------

RECEIVED = st.dates(date(2021, 1, 1), date(2026, 2, 28))
SHORT, LONG = st.integers(0, 12), st.integers(0, 45)


@st.composite
def consultations(draw: st.DrawFn, start: date) -> Consultation:
    sent = start + timedelta(days=draw(LONG))
    served = sent + timedelta(days=draw(SHORT))
    answered = draw(st.none() | LONG)
    return Consultation(
        sent,
        served,
        None if answered is None else served + timedelta(days=answered),
        draw(st.sampled_from(ConsultationKind)),
    )


@st.composite
def cases(draw: st.DrawFn) -> Acts:
    """Acts in a lawful order, ending well before the last announced year is over."""
    found = Acts(draw(RECEIVED))
    start = found.received_on
    if draw(st.booleans()):
        asked = CALENDAR.add(start, draw(st.integers(0, 7)))
        start = asked + timedelta(days=draw(SHORT))
        found = replace(found, supplement=Supplement(asked, start))
    if draw(st.booleans()):
        found = replace(found, extension=Extension(draw(st.integers(1, 20))))
    if draw(st.booleans()):
        notified = CALENDAR.add(start, draw(st.integers(0, 20)))
        start = notified + timedelta(days=draw(SHORT))
        found = replace(found, fee=FeeNotice(notified, start))
    asked_of = draw(st.lists(consultations(found.received_on), max_size=4))
    return replace(found, consultations=tuple(asked_of))


def slow_due_on(found: Acts) -> date:
    """Return the due day by writing out every day, on another package's calendar."""
    start = found.received_on
    if found.supplement and found.supplement.received_on:
        start = found.supplement.received_on
    if found.fee and found.fee.paid_on:
        start = found.fee.paid_on
    paused = set()
    for each in found.consultations:
        assert each.served_on
        end, left = each.served_on, 15
        while left and end != each.answered_on:
            end += ONE_DAY
            left -= counts_elsewhere(end)
        paused |= {each.sent_on + ONE_DAY * n for n in range(1, (end - each.sent_on).days + 1)}
    term = 20 + (found.extension.workdays if found.extension else 0)
    days = (start + ONE_DAY * n for n in range(1, 400))
    counted = (day for day in days if counts_elsewhere(day) and day not in paused)
    return next(islice(counted, term - 1, None))


@given(cases())
@settings(max_examples=60)
def test_agrees_with_counting_by_hand(found: Acts) -> None:
    assert reply(found, CALENDAR).due_on == slow_due_on(found)


@given(cases())
@settings(max_examples=60)
def test_never_due_on_a_day_off_and_the_steps_add_up(found: Acts) -> None:
    deadline = reply(found, CALENDAR)
    assert deadline.due_on
    assert CALENDAR.is_workday(deadline.due_on)
    assert sum(step.workdays for step in deadline.steps) == deadline.workdays
    assert not deadline.is_late(deadline.due_on)
    assert deadline.is_late(deadline.due_on + ONE_DAY)
    counted = [step for step in deadline.steps if step.workdays]
    assert counted[-1].end_on == deadline.due_on
    assert all(CALENDAR.is_workday(step.end_on) for step in counted)


@given(st.data(), cases())
@settings(max_examples=60)
def test_more_pauses_never_make_it_earlier(data: st.DataObject, found: Acts) -> None:
    more = data.draw(consultations(found.received_on))
    longer = replace(found, consultations=(*found.consultations, more))
    first, second = reply(found, CALENDAR), reply(longer, CALENDAR)
    assert first.due_on
    assert second.due_on
    assert first.due_on <= second.due_on
    twice = replace(longer, consultations=(*longer.consultations, more))
    assert reply(twice, CALENDAR).due_on == second.due_on, "a day is left out only once"


@given(cases())
@settings(max_examples=40)
def test_the_trace_counts_the_same_days(found: Acts) -> None:
    deadline, days = reply(found, CALENDAR), trace(found, CALENDAR)
    assert days[0].on == found.received_on
    assert days[-1].on == deadline.due_on
    assert [each.on for each in days] == [days[0].on + ONE_DAY * n for n in range(len(days))], (
        "every day of the calendar stands in the trace"
    )
    numbers = [each.number for each in days if each.number]
    assert numbers == list(range(1, deadline.workdays + 1))
    left_out = sum(step.left_out for step in deadline.steps)
    assert sum("期间，不计入" in each.note for each in days) == left_out


# -- while the clock stands ------------------------------------------------------------------


def test_an_outstanding_supplement_stops_the_clock() -> None:
    asked = Supplement(on("2026-03-09"), None, on("2026-03-30"))
    deadline = reply(replace(acts("2026-03-02"), supplement=asked), CALENDAR)
    assert deadline.due_on is None
    assert not deadline.is_late(on("2030-01-01"))
    assert deadline.waiting
    assert deadline.waiting.what is WaitingFor.SUPPLEMENT
    assert deadline.waiting.until_on == on("2026-03-30")
    assert "尚未收到补正，期限停止计算" in deadline.steps[-1].why
    assert deadline.as_json()["due_on"] is None


def test_an_unpaid_fee_stops_the_clock_until_the_payment_term_has_run_out() -> None:
    deadline = reply(acts("2026-03-02", "fee 2026-03-10:-"), CALENDAR)
    assert deadline.due_on is None
    assert deadline.waiting
    assert deadline.waiting.what is WaitingFor.PAYMENT
    assert deadline.waiting.until_on == CALENDAR.add(on("2026-03-10"), 20)
    days = trace(acts("2026-03-02", "fee 2026-03-10:-"), CALENDAR)
    assert days[-1].on == on("2026-03-10")
    assert days[-1].note.startswith("通知申请人缴费")


def test_a_fee_after_a_supplement_restarts_from_the_payment() -> None:
    told = "supplement 2026-03-03:2026-03-06; fee 2026-03-10:-"
    deadline = reply(acts("2026-03-02", told), CALENDAR)
    assert [step.start_on for step in deadline.steps] == list(
        map(on, ["2026-03-02", "2026-03-03", "2026-03-10"])
    )
    paid = reply(acts("2026-03-02", told.replace("10:-", "10:2026-03-20")), CALENDAR)
    assert paid.due_on == CALENDAR.add(on("2026-03-20"), 20)


def test_an_open_consultation_tells_the_day_that_silence_gives() -> None:
    deadline = reply(acts("2026-03-02", "consult 2026-03-05:2026-03-06:-"), CALENDAR)
    assert deadline.waiting
    assert deadline.waiting.what is WaitingFor.OPINION
    assert deadline.waiting.until_on == on("2026-03-27")
    assert deadline.due_on == on("2026-04-22")


def test_the_longest_open_consultation_is_the_one_waited_for() -> None:
    told = "consult 2026-03-05:2026-03-06:-; organ-consult 2026-03-06:2026-03-12:-"
    waiting = reply(acts("2026-03-02", told), CALENDAR).waiting
    assert waiting
    assert str(waiting.article) == "条例第三十四条"


@pytest.mark.parametrize("received", ["2026-03-02", "2018-03-01"])
def test_a_pause_without_an_end_leaves_no_due_day(received: str) -> None:
    # not served yet; under the Regulations of 2008 a served letter has no term either
    served = "-" if received > "2019" else received
    found = acts(received, f"consult {received}:{served}:-")
    deadline = reply(found, CALENDAR)
    assert deadline.due_on is None
    assert deadline.waiting
    assert deadline.waiting.until_on is None
    assert deadline.steps[-1].why.endswith("期限暂停")
    days = trace(found, CALENDAR)
    assert days[-1].number is None
    assert "征求第三方意见期间" in days[-1].note


def test_an_endless_pause_after_the_term_changes_nothing() -> None:
    deadline = reply(acts("2026-03-02", "consult 2026-05-06:-:-"), CALENDAR)
    assert deadline.due_on == on("2026-03-30")
    assert deadline.steps[-1].why.endswith("不影响期限")
    overlapping = "consult 2026-03-05:-:-; consult 2026-03-09:2026-03-10:2026-03-11"
    assert reply(acts("2026-03-02", overlapping), CALENDAR).due_on is None
    ended_by_none = "consult 2026-03-05:2026-03-06:2026-03-20; consult 2026-03-09:-:-"
    assert reply(acts("2026-03-02", ended_by_none), CALENDAR).due_on is None


# -- words -----------------------------------------------------------------------------------


def test_steps_tell_the_sum_in_chinese() -> None:
    told = (
        "supplement 2026-03-09:2026-03-16; consult 2026-03-18:2026-03-19:2026-03-25;"
        " consult 2026-03-20:2026-03-23:2026-03-31; extend 10"
    )
    found = replace(acts("2026-03-02", told), channel=IntakeChannel.ONLINE)
    steps = reply(found, CALENDAR).steps
    assert [(str(step.article), step.workdays, step.left_out) for step in steps] == [
        ("条例第三十一条第三项", 0, 0),
        ("条例第三十条", 0, 0),
        ("条例第三十三条第二款", 2, 0),
        ("条例第三十三条第三款", 0, 9),
        ("条例第三十三条第二款", 18, 0),
        ("条例第三十三条第二款", 10, 0),
    ]
    assert steps[0].why == "网络提交，双方确认之日为收到申请之日，不计入，自次日起算"
    assert steps[3].why == (
        "征求第三方意见（2026年3月18日发出，2026年3月19日送达，2026年3月25日答复）；"
        "征求第三方意见（2026年3月20日发出，2026年3月23日送达，2026年3月31日答复）；"
        "重叠的日子只扣除一次；9个工作日不计入答复期限"
    )
    assert steps[5].as_json() == {
        "article": "条例第三十三条第二款",
        "from": "2026-04-28",
        "to": "2026-05-13",
        "workdays": 10,
        "why": "延长的答复期限第21至第30个工作日",
    }


def test_a_single_day_and_a_late_answer_are_told() -> None:
    told = "consult 2026-03-03:2026-03-04:2026-06-30"
    steps = reply(acts("2026-03-02", told), CALENDAR).steps
    assert steps[1].why == "答复期限第1个工作日"
    assert "2026年6月30日答复，逾期答复，只扣除至2026年3月25日" in steps[2].why


def test_the_old_regulations_are_cited_for_old_cases() -> None:
    steps = reply(acts("2018-03-01", "consult 2018-03-05:2018-03-06:2018-03-09"), CALENDAR).steps
    assert {str(step.article) for step in steps} == {
        "旧条例第二十四条",
        "旧条例第二十四条第三款",
    }


def test_trace_of_a_delay_goes_on_to_the_later_date() -> None:
    found = acts("2026-03-02", "delay 2026-04-08")
    days = trace(found, CALENDAR)
    assert days[-1].on == on("2026-04-08")
    assert days[-1].note == "工作日，延迟答复期间"
    assert any(each.note == "放假，不计入" for each in days[-5:])
    assert [each.number for each in days if each.number][-1] == reply(found, CALENDAR).workdays
    assert days[0].as_json() == {
        "on": "2026-03-02",
        "number": None,
        "note": "收到申请之日，不计入，期限自次日起算",
    }


# -- sureness --------------------------------------------------------------------------------


def test_a_deadline_that_crosses_into_an_unannounced_year_is_provisional() -> None:
    assert not reply(acts("2026-12-01"), CALENDAR).provisional
    crossing = reply(acts("2026-12-10"), CALENDAR)
    assert (crossing.due_on, crossing.provisional) == (on("2027-01-08"), True)
    delayed = reply(acts("2026-11-20", "delay 2027-03-01"), CALENDAR)
    assert delayed.provisional


def test_a_year_without_any_table_is_refused() -> None:
    with pytest.raises(UnknownYear, match="没有2041年"):
        reply(acts("2040-12-20"), CALENDAR)
    with pytest.raises(UnknownYear, match="没有9999年"):
        reply(Acts(date(9999, 12, 31)), CALENDAR)


def test_a_later_notice_does_not_turn_a_recorded_act_into_an_error() -> None:
    recorded = acts("2026-03-02", "supplement 2026-03-11:2026-03-13")
    saturday = YearNotice(
        2026, "测发〔2026〕2号", on("2026-03-03"), frozenset(), frozenset({on("2026-03-07")})
    )
    changed = CALENDAR.with_notices([saturday])
    with pytest.raises(TooLate):
        reply(recorded, changed)
    assert replay(recorded, changed).due_on == reply(recorded, CALENDAR).due_on


def test_a_delay_told_while_a_pause_has_no_end_gives_no_day_yet() -> None:
    found = replace(acts("2026-03-02", "consult 2026-03-05:-:-"), delay=Delay(on("2026-09-01")))
    assert reply(found, CALENDAR).due_on is None
    assert trace(found, CALENDAR)[-1].number is None
