"""The verbs up to an answer: numbers, receipt, terms, what each result presupposes, the log.

Past 500 lines because the verbs share their few cases, and one file shows their order.
"""

from datetime import date, timedelta

import pytest
from django.db import transaction

from gongkai.audit.models import Event as LoggedEvent
from gongkai.calendars.models import HolidayNotice
from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.models import (
    DeadlineChange,
    InfoRequest,
    IntakeChannel,
    NumberSeries,
    ServiceWay,
    State,
)
from gongkai.inforequests.queries import differences, find_by_requester
from gongkai.inforequests.statistics import facts_by_organ
from gongkai.inforequests.tests.factories import (
    HEAD,
    ME,
    RECEIVED,
    REVIEWER,
    an_organ,
    awaiting_payment,
    awaiting_supplement,
    closed,
    consulting,
    do,
    extended,
    issued,
    moment,
    processing,
    registered,
    replied,
    reviewed,
    submitted,
    under_review,
)
from gongkai.orgs.models import Organ
from gongkai.statute.fees import Tariff
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.facts import Period, requests_measure

pytestmark = pytest.mark.django_db


# -- intake ----------------------------------------------------------------------------------


def test_numbers_run_without_gaps_in_an_organ_and_a_year():
    one, other = an_organ("a"), an_organ("b")
    numbers = [submitted(organ, on).number for organ, on in (
        (one, date(2025, 12, 31)), (one, RECEIVED), (other, RECEIVED), (one, RECEIVED)
    )]  # fmt: skip
    assert numbers == [
        "360925001-2025-0001",
        "360925001-2026-0001",
        "360925002-2026-0001",
        "360925001-2026-0002",
    ]


def test_a_number_whose_verb_fails_is_given_again():
    organ = an_organ()
    with transaction.atomic():
        submitted(organ)
        transaction.set_rollback(True)
    assert not NumberSeries.objects.exists()
    assert submitted(organ).number.endswith("-0001")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"description": " "}, "description"),
        ({"description": "图\x00"}, "description"),
        ({"description": "图" * 10_001}, "description"),
        ({"items": ("一", "")}, "items"),
        ({"name": ""}, "name"),
        ({"name": "名" * 201}, "name"),
        ({"email": "没有域名"}, "email"),
        ({"late": True}, "submitted_at"),
        ({"abolished": True}, "organ"),
    ],
)
def test_a_request_told_wrongly_is_refused_and_takes_no_number(told, field):
    organ = an_organ(valid_to=RECEIVED if told.get("abolished") else None)
    new = actions.NewRequest(
        IntakeChannel.ONLINE,
        RequesterKind.NATURAL_PERSON,
        told.get("description", "规划图"),
        items=told.get("items", ()),
    )
    who = actions.RequesterDetails(told.get("name", "万里"), email=told.get("email", ""))
    arrived = moment(RECEIVED, 18 if told.get("late") else 9)
    with pytest.raises(BadAct) as caught:
        actions.submit(
            organ, told=new, requester=who, submitted_at=arrived, by=ME, at=moment(RECEIVED)
        )
    assert caught.value.field == field
    assert not InfoRequest.objects.exists()
    assert not NumberSeries.objects.exists()


@pytest.mark.parametrize("channel", IntakeChannel)
def test_the_day_of_receipt_follows_the_channel(channel):
    info_request = submitted(an_organ(), RECEIVED, channel=channel)
    later = RECEIVED + timedelta(days=2)
    if channel.needs_confirmation:
        with pytest.raises(BadAct, match="确认"):
            actions.register(info_request, by=ME, at=moment(later))
        done = actions.register(info_request, confirmed_on=later, by=ME, at=moment(later))
        assert done.received_on == later
    else:
        with pytest.raises(BadAct, match="不能另填日期"):
            actions.register(info_request, confirmed_on=later, by=ME, at=moment(later))
        done = actions.register(info_request, by=ME, at=moment(later))
        assert done.received_on == RECEIVED
    assert done.state == State.REGISTERED


def test_receipt_cannot_be_confirmed_before_arrival_or_in_the_future():
    info_request = submitted(an_organ())
    with pytest.raises(BadAct, match="早于"):
        actions.register(
            info_request, confirmed_on=RECEIVED - timedelta(days=1), by=ME, at=moment(RECEIVED)
        )
    with pytest.raises(BadAct, match="晚于登记当日"):
        actions.register(
            info_request, confirmed_on=RECEIVED + timedelta(days=1), by=ME, at=moment(RECEIVED)
        )


def test_a_request_of_before_the_revision_keeps_its_fifteen_days():
    info_request = registered(an_organ(), date(2019, 5, 14), channel=IntakeChannel.IN_PERSON)
    assert info_request.due_on == date(2019, 6, 4)
    assert registered(an_organ("b"), date(2019, 5, 15)).due_on == date(2019, 6, 13)


def test_what_is_split_counts_split_and_keeps_its_day_of_receipt():
    organ = an_organ()
    whole = registered(organ, items=("征收公告", "补偿方案"))
    parts = do(actions.split, whole, RECEIVED, descriptions=["征收公告", "补偿方案"])
    whole.refresh_from_db()
    assert (whole.state, whole.counted) == (State.SPLIT, False)
    assert [part.received_on for part in parts] == [RECEIVED, RECEIVED]
    assert [part.split_from for part in parts] == [whole, whole]
    assert find_by_requester("万里", [organ.pk]).count() == 3
    facts = facts_by_organ(Period.of_year(2026), [organ.pk])[organ.pk]
    assert facts[requests_measure("received", RequesterKind.NATURAL_PERSON)] == 2
    assert list(differences()) == []


def test_one_part_is_no_split():
    whole = registered(an_organ())
    with pytest.raises(BadAct, match="至少拆为两件"):
        do(actions.split, whole, RECEIVED, descriptions=["征收公告"])
    assert InfoRequest.objects.count() == 1


# -- terms -----------------------------------------------------------------------------------


def test_the_vectors_of_the_contract_hold_in_a_case():
    info_request = processing(an_organ(), RECEIVED)
    info_request = do(
        actions.ask_supplement,
        info_request,
        date(2026, 3, 9),
        what="位置",
        due_on=date(2026, 3, 30),
    )
    assert (info_request.due_on, info_request.requester_due_on) == (None, date(2026, 3, 30))
    info_request = do(actions.receive_supplement, info_request, date(2026, 3, 16), what="河边")
    first = do(actions.consult_third_party, info_request, date(2026, 3, 18), whom="甲公司")
    one = first.acts.latest("sequence").sequence
    do(actions.serve_consultation, first, date(2026, 3, 19), consultation=one)
    second = do(actions.consult_third_party, first, date(2026, 3, 20), whom="乙公司")
    two = second.acts.latest("sequence").sequence
    do(actions.serve_consultation, second, date(2026, 3, 23), consultation=two)
    still = do(
        actions.record_opinion,
        second,
        date(2026, 3, 25),
        consultation=one,
        opinion=Opinion.REFUSES,
    )
    assert still.state == State.CONSULTING
    ended = do(
        actions.record_opinion,
        still,
        date(2026, 3, 31),
        consultation=two,
        opinion=Opinion.AGREES,
    )
    assert ended.state == State.PROCESSING
    assert extended(ended, date(2026, 4, 1), 10).due_on == date(2026, 5, 13)
    assert list(differences()) == []


def test_a_supplement_is_asked_once_and_within_seven_working_days():
    info_request = processing(an_organ())
    told = {"what": "位置", "due_on": date(2026, 4, 30)}
    with pytest.raises(Refused, match=r"第三十条.*7个工作日"):
        do(actions.ask_supplement, info_request, date(2026, 3, 12), **told)
    info_request = do(actions.ask_supplement, info_request, date(2026, 3, 11), **told)
    info_request = do(actions.receive_supplement, info_request, date(2026, 3, 12), what="河边")
    with pytest.raises(Refused, match="一次性告知"):
        do(actions.ask_supplement, info_request, date(2026, 3, 12), **told)


def test_a_requester_is_not_given_up_while_the_term_runs():
    info_request = awaiting_supplement(an_organ())
    last = info_request.requester_due_on
    with pytest.raises(Refused, match="补正期限到"):
        do(actions.lapse_supplement, info_request, last)
    gone = do(actions.lapse_supplement, info_request, last + timedelta(days=1))
    assert (gone.state, gone.ground) == (State.LAPSED, Ground.NOT_SUPPLEMENTED)
    assert gone.due_on is None


def test_an_unpaid_fee_lapses_after_twenty_working_days():
    info_request = awaiting_payment(an_organ())
    assert info_request.requester_due_on == date(2026, 3, 30)
    with pytest.raises(Refused, match="缴费期限到"):
        do(actions.lapse_fee, info_request, date(2026, 3, 30))
    gone = do(actions.lapse_fee, info_request, date(2026, 3, 31))
    assert gone.ground == Ground.FEE_UNPAID


def test_payment_starts_the_term_anew_and_a_second_notice_is_refused():
    paid = do(actions.record_payment, awaiting_payment(an_organ()), date(2026, 3, 16), receipt="1")
    assert paid.due_on == date(2026, 4, 14)
    with pytest.raises(Refused, match="只能通知缴费一次"):
        do(actions.charge_fee, paid, date(2026, 3, 17), tariff=Tariff.BY_PAGE, count=31)


def test_a_fee_is_unknown_to_the_law_of_2020():
    info_request = processing(an_organ(), date(2020, 6, 1))
    with pytest.raises(Refused, match="不适用信息处理费"):
        do(actions.charge_fee, info_request, date(2020, 6, 2), tariff=Tariff.BY_PAGE, count=31)


@pytest.mark.parametrize(
    ("on", "workdays", "words"),
    [
        (date(2026, 3, 31), 10, "已过答复期限"),
        (date(2026, 3, 3), 21, "1至20"),
        (date(2026, 3, 3), 0, "大于零"),
    ],
)
def test_an_extension_out_of_bounds_is_refused_when_it_is_proposed(on, workdays, words):
    info_request = processing(an_organ())
    with pytest.raises((Refused, BadAct), match=words):
        do(actions.propose_extension, info_request, on, workdays=workdays, reason="量大")


def test_an_extension_needs_a_proposal_and_other_eyes_and_is_given_once():
    info_request = processing(an_organ())
    with pytest.raises(Refused, match="请先提请延期"):
        do(actions.extend, info_request, RECEIVED, by=HEAD)
    told = {"workdays": 5, "reason": "量大"}
    do(actions.propose_extension, info_request, RECEIVED, **told)
    with pytest.raises(Refused, match="提请人不得自行同意延期（第三十三条第二款）"):
        do(actions.extend, info_request, RECEIVED, by=ME)
    done = do(actions.extend, info_request, RECEIVED, by=HEAD)
    act = done.acts.latest("sequence")
    assert act.data == {**told, "approved_by": HEAD.name}
    assert done.due_on == date(2026, 4, 7)
    for verb, more in ((actions.propose_extension, told), (actions.extend, {})):
        with pytest.raises(Refused, match="只能延长一次"):
            do(verb, info_request, RECEIVED, by=HEAD, **more)


def test_an_extension_granted_too_late_is_refused_though_it_was_proposed_in_time():
    info_request = processing(an_organ())
    told = {"workdays": 5, "reason": "量大"}
    do(actions.propose_extension, info_request, date(2026, 3, 30), **told)
    with pytest.raises(Refused, match="已过答复期限"):
        do(actions.extend, info_request, date(2026, 3, 31), by=HEAD)


def test_silence_is_recorded_only_after_the_term():
    info_request = consulting(an_organ())
    told = {"consultation": 4, "opinion": Opinion.SILENT}
    with pytest.raises(Refused, match="征求意见的期限到2026年3月23日为止"):
        do(actions.record_opinion, info_request, date(2026, 3, 23), **told)
    done = do(actions.record_opinion, info_request, date(2026, 3, 24), **told)
    assert (done.state, done.due_on) == (State.PROCESSING, date(2026, 4, 21))


def test_an_opinion_needs_a_served_letter_unless_it_is_called_off():
    info_request = do(
        actions.consult_organ, processing(an_organ()), RECEIVED, whom="县住建局", joint=True
    )
    with pytest.raises(Refused, match="尚未登记送达"):
        do(actions.record_opinion, info_request, RECEIVED, consultation=4, opinion=Opinion.AGREES)
    with pytest.raises(BadAct, match="重新选择"):
        do(actions.record_opinion, info_request, RECEIVED, consultation=9, opinion=Opinion.AGREES)
    done = do(
        actions.record_opinion,
        info_request,
        date(2026, 3, 4),
        consultation=4,
        opinion=Opinion.CANCELLED,
    )
    assert done.state == State.PROCESSING
    assert done.due_on == date(2026, 4, 1)


def test_service_is_recorded_once_and_not_before_sending():
    info_request = do(
        actions.consult_third_party, processing(an_organ()), date(2026, 3, 4), whom="甲公司"
    )
    with pytest.raises(BadAct, match="早于发出日期"):
        do(actions.serve_consultation, info_request, date(2026, 3, 3), consultation=4)
    with pytest.raises(BadAct, match="重新选择"):
        do(actions.serve_consultation, info_request, date(2026, 3, 4), consultation=3)
    served = do(actions.serve_consultation, info_request, date(2026, 3, 5), consultation=4)
    with pytest.raises(Refused, match="不能重复登记"):
        do(actions.serve_consultation, served, date(2026, 3, 5), consultation=4)


def test_a_delay_needs_reasons_asked_and_moves_the_deadline():
    info_request = processing(an_organ())
    told = {"until_on": date(2026, 6, 30), "reason": "两千份档案"}
    with pytest.raises(Refused, match="尚未要求申请人说明理由"):
        do(actions.set_delay, info_request, RECEIVED, **told)
    info_request = do(actions.ask_reasons, info_request, RECEIVED, what="数量")
    with pytest.raises(Refused, match="尚未说明理由"):
        do(actions.set_delay, info_request, RECEIVED, **told)
    reasons = {"what": "写论文"}
    do(actions.receive_reasons, info_request, RECEIVED, reasonable=False, **reasons)
    with pytest.raises(Refused, match="告知不予处理"):
        do(actions.set_delay, info_request, RECEIVED, **told)
    do(actions.receive_reasons, info_request, RECEIVED, reasonable=True, **reasons)
    info_request = do(actions.set_delay, info_request, RECEIVED, **told)
    assert info_request.due_on == date(2026, 6, 30)
    with pytest.raises(Refused, match="理由合理"):
        do(actions.reply, info_request, RECEIVED, grounds={1: Ground.EXCESSIVE})


def test_days_run_forward_and_never_past_today():
    info_request = processing(an_organ(), date(2026, 3, 4))
    with pytest.raises(BadAct, match="早于上一项办理记录"):
        do(actions.ask_reasons, info_request, date(2026, 3, 3), what="理由")
    with pytest.raises(BadAct, match="晚于登记当日"):
        actions.ask_reasons(
            info_request, what="理由", on=date(2026, 3, 6), by=ME, at=moment(date(2026, 3, 5))
        )


# -- results ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grounds", "row"),
    [
        ([Ground.GRANTED, Ground.GRANTED], Ground.GRANTED),
        ([Ground.GRANTED, Ground.NOT_HELD], Ground.PARTIAL),
        ([Ground.PETITION, Ground.NOT_HELD], Ground.NOT_HELD),
        ([Ground.NOT_HELD, Ground.DELIBERATIVE], Ground.DELIBERATIVE),
        ([Ground.REPEAT, Ground.PETITION], Ground.REPEAT),
    ],
)
def test_items_answered_differently_make_one_row(grounds, row):
    info_request = processing(an_organ(), items=("甲", "乙"))
    done = do(actions.reply, info_request, RECEIVED, grounds=dict(enumerate(grounds, 1)))
    assert done.ground == row
    assert [item.ground for item in done.items.order_by("place")] == grounds


def test_the_office_may_choose_among_refusals_with_a_reason():
    info_request = processing(an_organ(), items=("甲", "乙"))
    grounds = {1: Ground.NOT_HELD, 2: Ground.PETITION}
    with pytest.raises(BadAct, match="理由"):
        do(actions.reply, info_request, RECEIVED, grounds=grounds, chosen=Ground.PETITION)
    told = {"grounds": grounds, "reason": "主要诉求是信访"}
    with pytest.raises(BadAct, match="各项办理结果之一"):
        do(actions.reply, info_request, RECEIVED, chosen=Ground.REPEAT, **told)
    done = do(actions.reply, info_request, RECEIVED, chosen=Ground.PETITION, **told)
    assert done.ground == Ground.PETITION


def test_part_disclosure_leaves_no_choice():
    info_request = processing(an_organ(), items=("甲", "乙"))
    with pytest.raises(Refused, match="只计这一情形"):
        do(
            actions.reply,
            info_request,
            RECEIVED,
            grounds={1: Ground.GRANTED, 2: Ground.NOT_HELD},
            chosen=Ground.NOT_HELD,
            reason="想少报",
        )


@pytest.mark.parametrize(
    ("ground", "article"),
    [
        (Ground.STILL_UNCLEAR, "第三十条"),
        (Ground.EXCESSIVE, "第三十五条"),
        (Ground.NOT_SUPPLEMENTED, "第三十条"),
        (Ground.FEE_UNPAID, "第四十二条"),
    ],
)
def test_a_result_without_what_it_presupposes_is_refused(ground, article):
    info_request = processing(an_organ())
    with pytest.raises(Refused, match=article):
        do(actions.reply, info_request, RECEIVED, grounds={1: ground})


@pytest.mark.parametrize(
    "grounds", [{}, {1: Ground.GRANTED}, {1: Ground.GRANTED, 2: Ground.GRANTED, 3: Ground.OTHER}]
)
def test_every_item_and_no_other_is_answered(grounds):
    info_request = processing(an_organ(), items=("甲", "乙"))
    with pytest.raises(BadAct):
        do(actions.reply, info_request, RECEIVED, grounds=grounds)


def test_a_late_reply_is_taken_and_stays_late():
    late = do(actions.reply, processing(an_organ()), date(2026, 4, 1), grounds={1: Ground.GRANTED})
    assert (late.due_on, late.concluded_on) == (date(2026, 3, 30), date(2026, 4, 1))


def test_a_request_taken_back_before_receipt_counts_nowhere():
    organ = an_organ()
    gone = do(actions.withdraw, submitted(organ), RECEIVED, reason="误提交")
    assert (gone.state, gone.counted) == (State.WITHDRAWN, False)
    assert sum(facts_by_organ(Period.of_year(2026), [organ.pk])[organ.pk].values()) == 0
    assert list(differences()) == []


# -- log, rebuild, holiday notices -----------------------------------------------------------


def test_each_verb_logs_one_event_on_the_organs_chain_without_the_requester():
    organ = an_organ()
    closed(organ)
    logged = LoggedEvent.objects.filter(chain=organ.code).order_by("sequence")
    assert [event.verb for event in logged] == [
        f"inforequests.{verb}" for verb in ("submit", "register", "assign", "reply", "close")
    ]
    text = str([(event.before, event.after, event.target_label) for event in logged])
    for secret in ("万里", "360925199001010010", "13800000000", "w@example.com", "征收公告"):
        assert secret not in text
    assert logged[0].after["requester.name"].startswith("hmac:")
    assert logged[3].after["state"] == State.REPLIED
    assert logged[3].before["state"] == State.PROCESSING


def test_showing_the_requester_is_an_event():
    info_request = registered(an_organ())
    shown = actions.show_requester(info_request, by=ME, at=moment(RECEIVED, 15))
    assert shown.name == "万里"
    last = LoggedEvent.objects.latest("pk")
    assert (last.verb, last.account) == ("inforequests.show_requester", ME.account)
    assert last.target == info_request.typed_id


def _extension_proposed(organ: Organ) -> InfoRequest:
    case = processing(organ)
    return do(actions.propose_extension, case, RECEIVED, workdays=5, reason="涉及面广")


GRANTED, WITHHELD = {1: Ground.GRANTED}, {1: Ground.INTERNAL_AFFAIRS}


@pytest.mark.parametrize(
    ("queries", "begin", "verb", "told"),
    [
        # The case, what is known of it, the act, the projections, three of the log.
        (7, registered, actions.assign, {"unit": "政务公开股"}),
        (7, processing, actions.ask_supplement, {"what": "地块", "due_on": date(2026, 3, 20)}),
        (7, _extension_proposed, actions.extend, {"by": HEAD}),
        (7, under_review, actions.pass_draft, {"by": REVIEWER}),
        (7, reviewed, actions.sign, {"by": HEAD}),
        (7, replied, actions.close, {}),
        (6, processing, actions.ask_reasons, {"what": "数量"}),  # no projection changes
        # The items besides.
        (8, processing, actions.reply, {"grounds": GRANTED}),
        (8, processing, actions.reply, {"grounds": WITHHELD}),
        # And the letter, which the register might cancel at the same moment.
        (9, issued, actions.serve, {"how": ServiceWay.IN_HAND}),
    ],
)
def test_a_state_change_costs_at_most_eight_queries(
    queries, begin, verb, told, django_assert_num_queries
):
    info_request = begin(an_organ())
    with django_assert_num_queries(queries + 2):  # the savepoint's two
        do(verb, info_request, RECEIVED, **told)


def test_rebuild_finds_and_mends_what_was_tampered_with():
    info_request = replied(an_organ())
    InfoRequest.objects.filter(pk=info_request.pk).update(
        ground=Ground.NOT_HELD, due_on=date(2030, 1, 1)
    )
    info_request.items.update(ground="")
    fields = {each.field for each in differences()}
    assert fields == {"ground", "due_on", "items.1.ground"}
    assert len(actions.rebuild(at=moment(RECEIVED, 18))) == 3
    assert list(differences()) == []


def a_notice(off: list[str]) -> HolidayNotice:
    return HolidayNotice.objects.create(
        year=2026,
        title="临时放假的通知",
        document_number="国办发明电〔2026〕9号",
        issued_on=date(2026, 3, 10),
        off_days=off,
        entered_at=moment(date(2026, 3, 10)),
        entered_by="calendar",
    )


def test_a_new_notice_moves_open_deadlines_and_tells_old_against_new():
    organ = an_organ()
    open_case, done = processing(organ), replied(organ)
    waiting = submitted(organ)
    a_notice(["2026-03-16", "2026-03-17"])
    changes = actions.recompute_deadlines(notice="临时放假", at=moment(date(2026, 3, 10)))
    assert [(c.info_request, c.old_due_on, c.new_due_on) for c in changes] == [
        (open_case, date(2026, 3, 30), date(2026, 4, 1))
    ]
    open_case.refresh_from_db()
    assert open_case.due_on == date(2026, 4, 1)
    assert DeadlineChange.objects.get().notice == "临时放假"
    last = LoggedEvent.objects.latest("pk")
    assert last.before == {open_case.number: "2026-03-30"}
    assert last.after == {open_case.number: "2026-04-01"}
    for case in (done, waiting):
        case.refresh_from_db()
    assert (done.due_on, waiting.due_on) == (date(2026, 3, 30), None)
    assert list(differences()) == []
    assert actions.recompute_deadlines(notice="再来", at=moment(date(2026, 3, 10))) == []


def test_an_act_admitted_before_a_notice_stays_and_the_case_goes_on():
    info_request = do(
        actions.ask_supplement,
        processing(an_organ()),
        date(2026, 3, 11),
        what="位置",
        due_on=date(2026, 4, 1),
    )
    HolidayNotice.objects.create(
        year=2026,
        title="调休上班的通知",
        document_number="国办发明电〔2026〕10号",
        issued_on=date(2026, 3, 12),
        off_days=[],
        shifted_workdays=["2026-03-07", "2026-03-08"],
        entered_at=moment(date(2026, 3, 12)),
        entered_by="calendar",
    )
    done = do(actions.receive_supplement, info_request, date(2026, 3, 16), what="河边")
    assert done.state == State.PROCESSING
