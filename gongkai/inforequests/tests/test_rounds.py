"""Rounds: what a reopening starts anew, what it refuses, what stays counted (Art. 51)."""

from datetime import date

import pytest

from gongkai.inforequests import actions, deadlines
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.models import IntakeChannel, Retention, ServiceWay, State
from gongkai.inforequests.queries import acts_of, answer_letter, differences, open_requests
from gongkai.inforequests.statistics import facts_by_organ, outcomes_by_acts
from gongkai.inforequests.tests.factories import (
    DECISION,
    HEAD,
    RECEIVED,
    an_organ,
    archived,
    do,
    drafted,
    extended,
    lapsed,
    letter_made,
    processing,
    registered,
    reopened,
    replied,
    served,
    submitted,
    withdrawn,
)
from gongkai.statute.fees import Tariff
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.statute.workdays import national
from gongkai.tables.facts import Period, requests_measure

pytestmark = pytest.mark.django_db
DECIDED = date(2026, 6, 1)  # a Monday


def deadline_of(info_request):
    channel = IntakeChannel(info_request.channel)
    return deadlines.reply_deadline(acts_of(info_request), channel, national())


def test_a_reopened_case_is_owed_again_within_twenty_working_days():
    info_request = replied(an_organ(), RECEIVED, Ground.INTERNAL_AFFAIRS)
    again = do(actions.reopen, info_request, DECIDED, **DECISION)
    assert (again.state, again.pending) == (State.PROCESSING, True)
    assert (again.received_on, again.concluded_on, again.ground) == (
        RECEIVED,
        RECEIVED,
        Ground.INTERNAL_AFFAIRS,
    )
    assert (again.due_on, again.answer_due_on) == (date(2026, 6, 30), date(2026, 3, 30))
    assert list(open_requests([again.organ_id])) == [again]
    first, *counted = deadline_of(again).steps
    assert str(first.article) == "条例第五十一条"
    assert "靖安县人民政府行政复议决定（靖府复〔2026〕3号）要求重新答复" in first.why
    assert sum(step.workdays for step in counted) == 20
    acts, channel = acts_of(again), IntakeChannel(again.channel)
    days = deadlines.trace(acts, channel, national())
    assert (days[0].on, days[0].note[:4], days[-1].number) == (DECIDED, "重新办理", 20)
    assert list(differences()) == []


def test_the_day_that_a_judgment_sets_is_the_deadline_and_nobody_moves_it():
    due_on = date(2026, 6, 15)
    told = DECISION | {"authority": "靖安县人民法院", "decision": "（2026）赣0925行初3号"}
    again = do(actions.reopen, replied(an_organ()), DECIDED, due_on=due_on, **told)
    assert (again.due_on, again.provisional) == (due_on, False)
    (step,) = deadline_of(again).steps
    assert (step.end_on, step.workdays) == (due_on, 10)
    assert "靖安县人民法院判决（（2026）赣0925行初3号）要求重新答复" in step.why
    consulted = do(actions.consult_third_party, again, DECIDED, whom="甲公司")
    assert consulted.due_on == due_on
    for verb, more in (
        (actions.propose_extension, {"workdays": 5, "reason": "量大"}),
        (actions.extend, {}),
    ):
        with pytest.raises(Refused, match="本机关不能自行延长"):
            do(verb, consulted, DECIDED, by=HEAD, **more)
    days = deadlines.trace(acts_of(again), IntakeChannel.ONLINE, national())
    assert (days[-1].on, days[-1].number) == (due_on, 10)


def test_the_deadline_of_a_decision_comes_after_its_receipt():
    with pytest.raises(BadAct, match="应当晚于重新办理之日") as caught:
        do(actions.reopen, replied(an_organ()), DECIDED, due_on=DECIDED, **DECISION)
    assert caught.value.field == "due_on"
    with pytest.raises(Refused, match="日历中没有"):
        do(actions.reopen, replied(an_organ("b")), DECIDED, due_on=date(2099, 1, 1), **DECISION)


def test_what_a_later_round_leaves_no_room_for():
    again = do(actions.reopen, replied(an_organ()), DECIDED, **DECISION)
    for verb, told, words in (
        (actions.ask_supplement, {"what": "位置", "due_on": date(2026, 7, 1)}, "第三十条"),
        (actions.charge_fee, {"tariff": Tariff.BY_PAGE, "count": 35}, "第四十二条"),
        (actions.withdraw, {"reason": "不要了"}, "第五十一条"),
    ):
        with pytest.raises(Refused, match=words):
            do(verb, again, DECIDED, **told)
    with pytest.raises(Refused, match="重新答复"):
        do(actions.reply, again, DECIDED, grounds={1: Ground.GRANTED})
    drafted(again, DECIDED)
    with pytest.raises(Refused, match="不能登记撤回"):
        do(actions.withdraw, again, DECIDED, reason="不要了")


def test_what_happens_once_may_happen_once_in_each_round():
    first = extended(processing(an_organ()), RECEIVED)
    do(actions.reply, first, RECEIVED, grounds={1: Ground.GRANTED})
    again = do(actions.reopen, first, DECIDED, **DECISION)
    with pytest.raises(Refused, match="请先提请延期"):
        do(actions.extend, again, DECIDED, by=HEAD)
    longer = extended(again, DECIDED, 5)
    assert longer.due_on == date(2026, 7, 7)
    with pytest.raises(Refused, match="只能延长一次"):
        do(actions.propose_extension, longer, DECIDED, workdays=5, reason="量大")


def test_a_search_of_the_first_round_does_not_stand_for_the_second():
    first = processing(an_organ())
    told = {"places": "档案室", "keywords": "征收", "officer": "张三", "found": False}
    do(actions.search, first, RECEIVED, searched_on=RECEIVED, **told)
    served(first, RECEIVED, Ground.NOT_HELD, "A5")
    again = do(actions.reopen, first, DECIDED, **DECISION)
    with pytest.raises(Refused, match="应当经检索没有"):
        letter_made(again, DECIDED, Ground.NOT_HELD, "A5")


def test_a_consultation_pauses_the_second_round_too():
    again = do(actions.reopen, replied(an_organ()), DECIDED, **DECISION)
    do(actions.consult_third_party, again, DECIDED, whom="甲公司")
    number = again.acts.latest("sequence").sequence
    do(actions.serve_consultation, again, DECIDED, consultation=number)
    told = {"consultation": number, "opinion": Opinion.REFUSES}
    done = do(actions.record_opinion, again, date(2026, 6, 8), **told)
    assert done.due_on == date(2026, 7, 7)  # five working days taken out


def test_the_answer_of_a_later_round_is_counted_nowhere_and_told_everywhere():
    organ = an_organ()
    again = do(actions.reopen, replied(organ, RECEIVED, Ground.NOT_HELD), DECIDED, **DECISION)
    drafted(again, DECIDED)
    _, values = answer_letter(again)
    assert values.paragraphs[0].startswith(
        "根据靖安县人民政府行政复议决定（靖府复〔2026〕3号）的要求"
    )
    do(actions.return_draft, again, DECIDED, why="再核", by=HEAD)
    done = served(again, date(2027, 1, 4))
    act = done.acts.latest("sequence")
    assert (act.kind, act.data["how"]) == ("REPLY_ANEW", "IN_HAND")
    assert (done.ground, done.concluded_on, done.items.get().ground) == (
        Ground.NOT_HELD,
        RECEIVED,
        Ground.GRANTED,
    )
    assert (done.due_on, done.pending) == (date(2026, 6, 30), False)
    measure = requests_measure("outcome.NOT_HELD", RequesterKind.NATURAL_PERSON)
    for year, number in ((2026, 1), (2027, 0)):
        period = Period.of_year(year)
        facts = facts_by_organ(period, [organ.pk])[organ.pk]
        assert (facts[measure], sum(facts.values())) == (number, number * 2)
        assert sum(outcomes_by_acts(period, [organ.pk])[organ.pk].values()) == number
    assert list(differences()) == []


def test_a_round_may_follow_a_round():
    case = replied(an_organ())
    for month in (6, 9):
        on = date(2026, month, 1)
        case = do(actions.reopen, case, on, **DECISION)
        assert case.due_on > on
        case = served(case, on)
        case = do(actions.close, case, on)
    assert [act.kind for act in case.acts.filter(kind__contains="REPLY").order_by("sequence")] == [
        *("REPLY", "DRAFT_REPLY", "REPLY_ANEW", "DRAFT_REPLY", "REPLY_ANEW")
    ]
    assert list(differences()) == []


def test_an_archived_case_comes_back_and_is_not_erased_meanwhile():
    case = archived(an_organ())
    assert (case.retention, case.erase_on) == (Retention.TEN_YEARS, date(2036, 3, 2))
    again = do(actions.reopen, case, DECIDED, **DECISION)
    assert (again.retention, again.erase_on, again.pending) == ("", None, True)


def test_a_lapse_may_be_set_aside_and_answered_but_not_what_was_never_received():
    organ = an_organ()
    gone = do(actions.close, lapsed(organ), DECIDED)
    again = served(do(actions.reopen, gone, DECIDED, **DECISION), DECIDED)
    assert (again.state, again.ground) == (State.REPLIED, Ground.NOT_SUPPLEMENTED)
    unseen = do(actions.withdraw, submitted(organ), RECEIVED, reason="误提交")
    do(actions.close, unseen, RECEIVED)
    with pytest.raises(Refused, match="没有答复可以复议"):
        do(actions.reopen, unseen, DECIDED, **DECISION)
    received = do(actions.close, withdrawn(organ), DECIDED)
    assert do(actions.reopen, received, DECIDED, **DECISION).state == State.PROCESSING


# -- the law of the day of receipt -------------------------------------------------------------


def test_an_old_case_keeps_its_fifteen_days_and_its_fifteen_of_extension():
    old = {"channel": IntakeChannel.IN_PERSON}
    case = processing(an_organ(), date(2019, 5, 14), **old)
    on = date(2019, 5, 20)
    with pytest.raises(Refused, match="1至15个工作日"):
        do(actions.propose_extension, case, on, workdays=16, reason="量大")
    assert extended(case, on, 15).due_on == date(2019, 6, 26)
    with pytest.raises(Refused, match="旧条例"):
        do(actions.consult_organ, case, on, whom="县住建局", joint=True)


def test_an_old_case_reopened_now_is_answered_by_the_law_of_now():
    case = replied(an_organ(), date(2019, 5, 14), channel=IntakeChannel.IN_PERSON)
    assert case.answer_due_on == date(2019, 6, 4)
    again = do(actions.reopen, case, date(2019, 9, 2), **DECISION)
    assert again.due_on == date(2019, 9, 30)


def test_nothing_before_the_regulations():
    with pytest.raises(Refused, match="2008年5月1日"):
        registered(an_organ(), date(2008, 4, 30), channel=IntakeChannel.IN_PERSON)


def test_a_reopened_case_answers_by_post_too():
    case = reopened(an_organ())
    done = served(case, RECEIVED, how=ServiceWay.POST)
    assert do(actions.return_mail, done, RECEIVED, why="拒收").state == State.REPLIED
