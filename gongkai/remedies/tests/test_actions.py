"""The verbs of remedies: every state, every refused arrow, the terms, the log."""

from datetime import date, timedelta

import pytest

from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests.tests.factories import ME, an_organ, moment, registered
from gongkai.remedies import actions
from gongkai.remedies.lifecycle import (
    BadCase,
    Event,
    Procedure,
    Refused,
    Result,
    Route,
    State,
    next_state,
    open_events,
)
from gongkai.remedies.lifecycle.cases import TRANSITIONS
from gongkai.remedies.models import Litigation, Reconsideration
from gongkai.remedies.queries import dates_of, desk_rows, find
from gongkai.remedies.tests.factories import (
    CONTEST,
    FILED_ON,
    IN_STATE,
    accepted,
    answered,
    decided,
    do,
    filed,
    sued,
)

pytestmark = pytest.mark.django_db
TELLS = {
    Event.ACCEPT: (actions.accept, {}),
    Event.ANSWER: (actions.answer, {}),
    Event.EXTEND: (actions.extend, {"days": 30}),
    Event.DECIDE: (actions.decide, {"result": Result.OTHER}),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", TELLS)
def test_every_arrow_of_the_table_is_taken_and_every_other_refused(state, event):
    remedy = IN_STATE[state](an_organ())
    events = LoggedEvent.objects.count()
    verb, told = TELLS[event]
    if event is Event.EXTEND and state is State.APPEALED:
        with pytest.raises(Refused, match="只有普通程序的行政复议"):
            do(verb, remedy, FILED_ON, **told)
    elif event in open_events(state):
        moved = do(verb, remedy, FILED_ON, **told)
        assert moved.state == TRANSITIONS[state, event].target
        assert LoggedEvent.objects.latest("pk").verb == f"remedies.{event.value.lower()}"
    else:
        with pytest.raises(Refused, match=r"不能“.+”（.*条.*）：.+。"):
            do(verb, remedy, FILED_ON, **told)
        remedy.refresh_from_db()
        assert (remedy.state, LoggedEvent.objects.count()) == (state, events)


def test_the_table_reaches_every_state_and_cites_its_articles():
    assert {arrow.target for arrow in TRANSITIONS.values()} == set(State) - {State.FILED}
    assert all("条" in arrow.article for arrow in TRANSITIONS.values())
    with pytest.raises(Refused):
        next_state(State.DECIDED, Event.DECIDE)


@pytest.mark.parametrize(
    ("procedure", "answer_due", "decision_due"),
    [
        (Procedure.ORDINARY, date(2026, 3, 16), date(2026, 5, 6)),
        (Procedure.SIMPLE, date(2026, 3, 9), date(2026, 4, 1)),
    ],
)
def test_the_organ_answers_in_ten_or_five_working_days(procedure, answer_due, decision_due):
    remedy = accepted(an_organ(), procedure=procedure)
    dates = dates_of(remedy)
    assert dates.answer.due_on == answer_due
    assert dates.decision.due_on == decision_due


def test_an_extension_is_at_most_thirty_days_once_and_ordinary():
    remedy = accepted(an_organ())
    for days, error in ((31, Refused), (0, BadCase)):
        with pytest.raises(error):
            do(actions.extend, remedy, FILED_ON, days=days)
    remedy = do(actions.extend, remedy, FILED_ON, days=30)
    assert dates_of(remedy).decision.due_on == date(2026, 6, 1)
    with pytest.raises(Refused, match="只能延长一次"):
        do(actions.extend, remedy, FILED_ON, days=1)
    simple = accepted(an_organ("b"), procedure=Procedure.SIMPLE)
    with pytest.raises(Refused, match="普通程序"):
        do(actions.extend, simple, FILED_ON, days=10)
    with pytest.raises(Refused, match="普通程序"):
        do(actions.extend, sued(an_organ("c")), FILED_ON, days=10)


def test_a_suit_runs_from_filing_to_its_result():
    suit = do(actions.accept, sued(an_organ()), FILED_ON, copy_received_on=FILED_ON)
    assert dates_of(suit).answer.due_on == date(2026, 3, 17)
    suit = do(actions.answer, suit, date(2026, 3, 10))
    suit = do(actions.decide, suit, date(2026, 6, 1), result=Result.CORRECTED)
    assert (suit.state, suit.result) == (State.DECIDED, Result.CORRECTED)
    assert find(suit.pk) == suit


def test_a_suit_after_reconsideration_follows_its_decision():
    organ = an_organ()
    open_case, done = filed(organ), decided(organ)
    later = FILED_ON + timedelta(days=9)
    with pytest.raises(Refused, match="尚未审结"):
        sued(organ, later, Route.AFTER_RECONSIDERATION, reconsideration=open_case)
    with pytest.raises(BadCase, match="不应填写"):
        sued(organ, later, Route.DIRECT, reconsideration=done)
    with pytest.raises(BadCase, match="早于"):
        sued(
            organ,
            FILED_ON - timedelta(days=1),
            Route.AFTER_RECONSIDERATION,
            reconsideration=done,
        )
    suit = sued(organ, later, Route.AFTER_RECONSIDERATION, reconsideration=done)
    assert suit.reconsideration == done


def test_a_case_refused_before_acceptance_ends_as_other():
    remedy = filed(an_organ())
    with pytest.raises(Refused, match="其他结果"):
        do(actions.decide, remedy, FILED_ON, result=Result.UPHELD)
    assert do(actions.decide, remedy, FILED_ON, result=Result.OTHER).result == Result.OTHER


def test_days_run_forward_and_never_past_today():
    remedy = accepted(an_organ())
    with pytest.raises(BadCase, match="早于上一步"):
        do(actions.answer, remedy, FILED_ON - timedelta(days=1))
    with pytest.raises(BadCase, match="晚于登记当日"):
        actions.answer(remedy, on=date(2026, 3, 4), by=ME, at=moment(date(2026, 3, 3)))
    fresh = filed(an_organ("b"))
    for copy in (FILED_ON - timedelta(days=1), FILED_ON + timedelta(days=1)):
        with pytest.raises(BadCase, match="收到副本之日"):
            do(actions.accept, fresh, FILED_ON, copy_received_on=copy)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"authority": " "}, "authority"),
        ({"contest": actions.Contest(" ")}, "subject"),
        ({"on": date(1999, 1, 1)}, "on"),
        (
            {"contest": actions.Contest("不服", info_request="inforequests:不是编号")},
            "info_request",
        ),
        ({"contest": actions.Contest("不服", info_request="hotline:3")}, "info_request"),
    ],
)
def test_a_case_told_wrongly_is_refused(told, field):
    values = {"contest": CONTEST, "authority": "县政府", "on": FILED_ON} | told
    with pytest.raises(BadCase) as caught:
        actions.file_reconsideration(an_organ(), by=ME, at=moment(FILED_ON), **values)
    assert caught.value.field == field
    assert not Reconsideration.objects.exists()


def test_the_request_behind_a_case_is_the_organs_own():
    one, other = an_organ("a"), an_organ("b")
    request_id = registered(one, FILED_ON).typed_id
    contest = actions.Contest("不服答复", info_request=request_id)
    told = {"contest": contest, "court": "县法院", "route": Route.DIRECT}
    with pytest.raises(BadCase, match="不是该机关的申请"):
        do(actions.file_suit, other, FILED_ON, **told)
    assert do(actions.file_suit, one, FILED_ON, **told).info_request == request_id
    assert Litigation.objects.count() == 1


def test_the_desk_lists_what_the_organ_owes_first():
    organ = an_organ()
    done, waiting = decided(organ, FILED_ON), answered(organ, FILED_ON)
    owed = accepted(organ, FILED_ON)
    rows = desk_rows([organ.pk], date(2026, 3, 17))
    assert [row.id for row in rows] == [str(owed.pk), str(waiting.pk), str(done.pk)]
    assert (rows[0].due_on, rows[0].late) == (date(2026, 3, 16), True)
    assert rows[2].result == "结果维持"
