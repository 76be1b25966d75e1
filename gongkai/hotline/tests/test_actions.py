"""The verbs of the hotline: every state, every refused arrow, terms, numbers, seals, the log."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from gongkai.adapters.cipher import CannotOpen
from gongkai.audit.models import Event as LoggedEvent
from gongkai.hotline import actions
from gongkai.hotline.lifecycle import (
    BadOrder,
    Event,
    OrderKind,
    Refused,
    Satisfaction,
    Solved,
    SourceChannel,
    State,
    Supervision,
    Urgency,
    open_events,
)
from gongkai.hotline.lifecycle.orders import TRANSITIONS
from gongkai.hotline.models import OrderSeries, OrderStep, WorkOrder
from gongkai.hotline.queries import (
    find_order,
    is_late,
    matching,
    order_rows,
    orders_linked_to,
    orders_of,
    own_order,
    steps_of,
    suggested,
    to_reseal,
)
from gongkai.hotline.tests.factories import (
    CALLER,
    CONTENT,
    IN_STATE,
    ME,
    RECEIVED_ON,
    an_organ,
    answered,
    assigned,
    called_back,
    checked,
    closed,
    do,
    handling,
    moment,
    received,
    returned,
    turned_over,
)
from gongkai.orgs.models import OrganKind

pytestmark = pytest.mark.django_db
WHY = {"reason": "不属本单位职责"}
TELLS = {
    Event.ASSIGN: (actions.assign, {"unit": "供水股"}),
    Event.SIGN_FOR: (actions.sign_for, {}),
    Event.ASK_RETURN: (actions.ask_return, WHY),
    Event.LET_RETURN: (actions.let_return, {}),
    Event.REFUSE_RETURN: (actions.refuse_return, WHY),
    Event.ASK_EXTENSION: (actions.ask_extension, {"workdays": 2, **WHY}),
    Event.LET_EXTEND: (actions.let_extend, {}),
    Event.REFUSE_EXTENSION: (actions.refuse_extension, WHY),
    Event.ANSWER: (actions.answer, {"text": "已经修好"}),
    Event.PASS_ANSWER: (actions.pass_answer, {}),
    Event.REJECT_ANSWER: (actions.reject_answer, WHY),
    Event.CALL_BACK: (actions.call_back, {"reached": True}),
    Event.CLOSE: (actions.close, {}),
    Event.REDO: (actions.redo, WHY),
    Event.URGE: (actions.urge, {}),
    Event.SUPERVISE: (actions.supervise, {"level": Supervision.OFFICE, **WHY}),
    Event.SUSPEND: (actions.suspend, WHY),
    Event.RESUME: (actions.resume, {}),
    Event.TURN_OVER: (actions.turn_over, {"to": "县信访局", "reason": "属信访事项"}),
    Event.SEND_BACK: (actions.send_back, WHY),
    Event.VOID: (actions.void, WHY),
}
# Taken from orders that fulfil what the arrow asks for beside the state.
READY = {
    (State.ANSWERED, Event.CLOSE): lambda organ: do(
        actions.answer, received(organ), RECEIVED_ON, text="当即答复"
    ),
    (State.CHECKED, Event.CLOSE): called_back,
    (State.HANDLING, Event.ASK_RETURN): handling,
}
ORIGIN = "inforequests:0f8fad5b-d9cb-469f-a165-70867728950e"


def passed_on(organ, **told):
    values = {
        "origin": ORIGIN,
        "kind": OrderKind.COMPLAINT,
        "subject": "反映邻居违建",
        "content": "邻居占道建房",
        "caller": CALLER,
    }
    at = moment(RECEIVED_ON)
    return actions.receive_turned_over(organ, **(values | told), by=ME, at=at)


@pytest.mark.parametrize("state", State)
def test_every_arrow_of_the_table_is_taken_and_every_other_refused(state):
    organ = an_organ()
    refused = IN_STATE[state](organ)
    for event, (verb, told) in TELLS.items():
        if event in open_events(state):
            order = READY.get((state, event), IN_STATE[state])(organ)
            before = LoggedEvent.objects.count()
            moved = do(verb, order, RECEIVED_ON, **told)
            assert moved.state == TRANSITIONS[state, event].target
            assert LoggedEvent.objects.latest("pk").verb == f"hotline.{event.value.lower()}"
            assert LoggedEvent.objects.count() == before + 1
            continue
        counts = LoggedEvent.objects.count(), OrderStep.objects.count()
        with pytest.raises(Refused, match=r"不能“.+”（国办发〔2020〕53号）：.+。"):
            do(verb, refused, RECEIVED_ON, **told)
        refused.refresh_from_db()
        assert refused.state == state
        assert (LoggedEvent.objects.count(), OrderStep.objects.count()) == counts


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (OrderKind.ENQUIRY, date(2026, 3, 5)),
        (OrderKind.HELP, date(2026, 3, 9)),
        (OrderKind.SUGGESTION, date(2026, 3, 9)),
        (OrderKind.COMPLAINT, date(2026, 3, 16)),
        (OrderKind.REPORT, date(2026, 3, 16)),
    ],
)
def test_the_term_counts_working_days_after_receipt(kind, due):
    order = received(an_organ(), kind=kind)
    assert (order.due_on, order.provisional) == (due, False)


def test_a_term_into_a_year_without_a_notice_is_provisional():
    assert received(an_organ(), date(2026, 12, 30), kind=OrderKind.ENQUIRY).provisional


def test_a_year_of_which_nothing_is_known_is_refused():
    with pytest.raises(Refused, match="无法推算办理期限"):
        received(an_organ(), date(2190, 3, 1))
    assert not WorkOrder.objects.exists()


def test_own_orders_are_numbered_and_the_centres_keep_theirs():
    organ, other = an_organ("a"), an_organ("b")
    assert received(organ).number == "RX2026-0001"
    assert received(organ, number="YC20260302001").number == "YC20260302001"
    received(organ, number="RX2026-0002")
    assert received(organ).number == "RX2026-0003"
    assert received(other, number="YC20260302001").number == "YC20260302001"
    with pytest.raises(BadOrder, match="已经登记过") as caught:
        received(organ, number=" YC20260302001 ")
    assert caught.value.field == "number"
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkOrder.objects.filter(organ=organ, number="RX2026-0001").update(number="RX2026-0002")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"subject": "长" * 101}, "subject"),
        ({"content": ""}, "content"),
        ({"content": "坏\x00字"}, "content"),
        ({"content": "长" * 10_001}, "content"),
        ({"number": "9" * 41}, "number"),
        ({"caller": actions.Caller("长" * 101)}, "name"),
        ({"caller": actions.Caller("万里", "1" * 41)}, "phone"),
        ({"source": SourceChannel.TURNED_OVER}, "source"),
    ],
)
def test_an_order_told_wrongly_is_refused_and_leaves_nothing(told, field):
    with pytest.raises(BadOrder) as caught:
        received(an_organ(), **told)
    assert caught.value.field == field
    assert not WorkOrder.objects.exists()
    assert not OrderSeries.objects.exists()
    assert not LoggedEvent.objects.exists()


def test_an_order_neither_comes_tomorrow_nor_to_an_organ_that_is_gone():
    organ = an_organ(valid_to=date(2026, 1, 1))
    with pytest.raises(BadOrder, match="不是行政机关"):
        received(organ)
    with pytest.raises(BadOrder, match="晚于登记时间"):
        actions.register_order(
            an_organ("b"),
            told=actions.NewOrder(SourceChannel.PHONE, OrderKind.HELP, "路灯", "路灯坏了"),
            caller=CALLER,
            received_at=moment(RECEIVED_ON, 11),
            by=ME,
            at=moment(RECEIVED_ON, 10),
        )


def test_days_run_forward_and_never_past_today():
    order = assigned(an_organ(), RECEIVED_ON)
    with pytest.raises(BadOrder, match="早于上一步") as caught:
        do(actions.answer, order, RECEIVED_ON - timedelta(days=1), text="修好了")
    assert caught.value.field == "on"
    with pytest.raises(BadOrder, match="晚于登记当日"):
        actions.answer(
            order, text="修好了", on=date(2026, 3, 4), by=ME, at=moment(date(2026, 3, 3))
        )


@pytest.mark.parametrize(
    ("verb", "told", "field"),
    [
        (actions.assign, {"unit": " "}, "unit"),
        (actions.answer, {"text": ""}, "text"),
        (actions.turn_over, {"to": "", "reason": "属信访事项"}, "to"),
        (actions.turn_over, {"to": "县信访局", "reason": " "}, "reason"),
        (actions.send_back, {"reason": ""}, "reason"),
    ],
)
def test_a_step_must_tell_what_it_is_about(verb, told, field):
    order = received(an_organ())
    with pytest.raises(BadOrder) as caught:
        do(verb, order, RECEIVED_ON, **told)
    assert caught.value.field == field
    assert order.steps.count() == 1


def test_what_names_a_person_is_sealed_and_logged_as_digests_only():
    organ = an_organ()
    order = closed(organ, place="香田乡白鹭村三组")
    columns = WorkOrder.objects.filter(pk=order.pk).values_list()[0]
    words = OrderStep.objects.values_list()
    logged = LoggedEvent.objects.values_list("before", "after", "reason", "target_label")
    for stored in (repr(columns), repr(list(words)), repr(list(logged))):
        for secret in ("万里", "13800001234", "138-0000-1234", "白鹭村"):
            assert secret not in stored
            assert repr(secret.encode())[2:-1] not in stored
    order.refresh_from_db()
    assert (order.content, order.caller) == (CONTENT, CALLER)
    assert (order.caller_masked, order.phone_masked) == ("万*", "138******1234")
    assert order.place == "香田乡白鹭村三组"
    assert [step.words for step in steps_of(order) if step.words] == ["万里家门口的路灯已经修好。"]


def test_a_token_opens_in_its_own_row_and_column_only():
    organ = an_organ()
    one, other = received(organ), received(organ)
    one.content_sealed = other.content_sealed
    with pytest.raises(CannotOpen):
        _ = one.content
    other.content_sealed = other.caller_sealed
    with pytest.raises(CannotOpen):
        _ = other.content


def test_a_new_key_seals_everything_anew_and_loses_nothing():
    with override_settings(GONGKAI_FIELD_KEY="old"):
        order = answered(an_organ())
    at = moment(RECEIVED_ON, 20)
    assert to_reseal() == 4
    assert [actions.reseal(3, at=at) for _ in range(3)] == [3, 1, 0]
    assert to_reseal() == 0
    order.refresh_from_db()
    assert (order.content, order.caller) == (CONTENT, CALLER)
    assert set(OrderStep.objects.values_list("key_id", flat=True)) == {order.key_id}
    assert steps_of(order)[2].words == "万里家门口的路灯已经修好。"


def test_each_showing_of_a_caller_is_logged():
    order = received(an_organ())
    assert actions.show_caller(order, by=ME, at=moment(RECEIVED_ON, 12)) == CALLER
    event = LoggedEvent.objects.latest("pk")
    assert (event.verb, event.target, event.account) == (
        "hotline.show_caller",
        order.typed_id,
        "clerk",
    )


def test_a_matter_turned_over_keeps_where_it_went():
    organ = an_organ()
    order = do(actions.turn_over, received(organ), RECEIVED_ON, to=ORIGIN, reason="要求公开信息")
    assert order.linked == ORIGIN
    assert turned_over(organ).linked == ""
    assert orders_linked_to(ORIGIN, [organ.pk]) == [order]
    assert orders_linked_to(ORIGIN, []) == []


def test_an_order_out_of_a_request_knows_its_origin_and_cannot_be_sent_back():
    organ = an_organ()
    order = passed_on(organ)
    assert (order.linked, order.source, order.state) == (ORIGIN, "TURNED_OVER", "RECEIVED")
    assert order.due_on == date(2026, 3, 16)
    with pytest.raises(Refused, match="没有上级热线可退"):
        do(actions.send_back, order, RECEIVED_ON, reason="不属本机关")
    with pytest.raises(BadOrder):
        passed_on(organ, origin="某件申请")


def test_the_list_shows_what_is_owed_first_and_finds_by_number_subject_and_telephone():
    organ = an_organ()
    done = answered(organ, kind=OrderKind.ENQUIRY)
    slow = received(organ, kind=OrderKind.COMPLAINT, caller=actions.Caller())
    late = assigned(organ, number="YC1", subject="自来水浑浊")
    for make in (closed, returned, turned_over):
        make(organ)
    opened = orders_of([organ.pk])
    rows = order_rows(opened, date(2026, 3, 10))
    assert [row.id for row in rows] == [str(each.pk) for each in (late, slow, done)]
    assert [row.late for row in rows] == [True, False, False]
    assert rows[1].caller == "（匿名）"
    assert orders_of([organ.pk], ended=True).count() == 3
    assert list(matching(opened, "yc1")) == [late]
    assert list(matching(opened, "浑浊")) == [late]
    assert set(matching(opened, "13800001234")) == {done, late}
    assert not matching(opened, "1380000").exists()
    assert find_order(late.pk, [organ.pk]) == late
    assert find_order(late.pk, []) is None


def a_county():
    home = an_organ("home", kind=OrganKind.COUNTY_GOVERNMENT)
    office = an_organ("office", kind=OrganKind.OFFICE, county=home)
    return office, an_organ("bureau", county=home)


def test_signing_late_sending_back_and_dispatching_anew():
    office, bureau = a_county()
    other = an_organ("other")
    with pytest.raises(BadOrder) as caught:
        do(actions.assign, received(office), RECEIVED_ON, handler=other)
    assert caught.value.field == "handler"
    order = assigned(office, handler=bureau)  # on Monday at 17:00
    assert order.sign_due_at == moment(RECEIVED_ON + timedelta(days=1), 12)
    late = RECEIVED_ON + timedelta(days=2)
    with pytest.raises(Refused, match="已过时限"):
        do(actions.ask_return, order, late, reason="不属本局职责")
    tuesday = RECEIVED_ON + timedelta(days=1)
    do(actions.ask_return, order, tuesday, reason="不属本局职责")
    order = do(actions.refuse_return, order, tuesday, reason="三定方案属你局")
    assert (order.state, order.returns_asked) == (State.HANDLING, 1)
    with pytest.raises(Refused, match="已经申请过退单"):
        do(actions.ask_return, order, tuesday, reason="真的不属本局职责")
    order = do(actions.assign, order, tuesday, unit="督查室")
    assert (order.handler, order.signed_at, order.state) == (None, None, State.ASSIGNED)


def test_an_extension_is_asked_before_the_end_and_at_most_twice():
    order = handling(an_organ())
    assert order.due_on == date(2026, 3, 9)
    for wrong in (0, 6):
        with pytest.raises(BadOrder) as caught:
            do(actions.ask_extension, order, RECEIVED_ON, workdays=wrong, reason="勘查")
        assert caught.value.field == "workdays"
    for due in (date(2026, 3, 16), date(2026, 3, 23)):
        do(actions.ask_extension, order, RECEIVED_ON, workdays=5, reason="勘查")
        order = do(actions.let_extend, order, RECEIVED_ON)
        assert (order.due_on, order.due_at) == (due, moment(due + timedelta(days=1), 0))
    with pytest.raises(Refused, match="已经延期2次"):
        do(actions.ask_extension, order, RECEIVED_ON, workdays=1, reason="勘查")
    over = handling(an_organ("b"))
    with pytest.raises(Refused, match="办理期限已过"):
        do(actions.ask_extension, over, date(2026, 3, 10), workdays=1, reason="勘查")


def test_a_suspended_order_is_given_back_the_days_it_rested():
    order = handling(an_organ())
    do(actions.suspend, order, RECEIVED_ON + timedelta(days=1), reason="汛期")
    order = do(actions.resume, order, date(2026, 3, 16))
    assert (order.suspended_on, order.due_on) == (None, date(2026, 3, 20))


def test_nothing_is_closed_before_the_caller_was_called_back():
    organ = an_organ()
    order = checked(organ)
    with pytest.raises(Refused, match="还没有回访"):
        do(actions.close, order, RECEIVED_ON)
    with pytest.raises(Refused, match="请先审核答复"):
        do(actions.close, answered(organ), RECEIVED_ON)
    with pytest.raises(BadOrder) as caught:
        do(
            actions.call_back,
            order,
            RECEIVED_ON,
            reached=False,
            satisfaction=Satisfaction.SATISFIED,
        )
    assert caught.value.field == "satisfaction"
    for _ in range(3):
        with pytest.raises(Refused, match="回访"):
            do(actions.close, order, RECEIVED_ON)
        order = do(actions.call_back, order, RECEIVED_ON, reached=False)
    order = do(actions.close, order, RECEIVED_ON)
    assert (order.state, order.satisfaction) == (State.CLOSED, Satisfaction.UNRATED)
    silent = checked(organ, caller=actions.Caller())
    assert do(actions.close, silent, RECEIVED_ON).state == State.CLOSED


def test_a_matter_done_again_has_a_new_term_and_keeps_that_it_was_late():
    organ = an_organ()
    late = date(2026, 3, 12)
    order = do(actions.answer, handling(organ), late, text="修好了", solved=Solved.SOLVED)
    assert is_late(order, late)
    do(actions.pass_answer, order, late)
    do(actions.call_back, order, late, reached=True, satisfaction=Satisfaction.DISSATISFIED)
    order = do(actions.redo, order, late, reason="还是不亮")
    assert (order.was_late, order.redos, order.due_on) == (True, 1, date(2026, 3, 19))
    assert (order.answered_at, order.solved, order.satisfaction) == (None, "", "")


def test_merging_counts_the_repetition_and_looks_at_whose_orders_they_are():
    organ, other = an_organ("a"), an_organ("b")
    into, again = received(organ), received(organ)
    for wrong in (again, received(other)):
        with pytest.raises(BadOrder):
            do(actions.merge, again, RECEIVED_ON, into=wrong)
    with pytest.raises(Refused, match="请另选"):
        do(actions.merge, again, RECEIVED_ON, into=closed(organ))
    again = do(actions.merge, again, RECEIVED_ON, into=into)
    into.refresh_from_db()
    assert (again.merged_into, into.repeats) == (into, 1)


def test_an_order_is_published_with_consent_and_taken_off_again():
    organ = an_organ()
    told = actions.PublicText("村道路灯损坏", "某村路灯坏了半个月。", "已经修好。")
    now = {"by": ME, "at": moment(RECEIVED_ON, 18)}
    for order in (
        closed(organ),
        closed(organ, may_publish=True, confidential=True),
        received(organ, may_publish=True),
    ):
        with pytest.raises(Refused, match="不能公开"):
            actions.publish(order, told=told, **now)
    order = closed(organ, may_publish=True)
    with pytest.raises(BadOrder):
        actions.publish(order, told=actions.PublicText("万里的路灯", "坏了", "修好"), **now)
    assert actions.publish(order, told=told, **now).published_at
    order = actions.unpublish(order, reason="诉求人撤回同意", **now)
    assert (order.published_at, order.public_text) == (None, "")
    with pytest.raises(Refused):
        actions.unpublish(order, reason="再撤一次", **now)


def test_the_narrowest_rule_names_who_handles_a_matter():
    office, bureau = a_county()
    home = office.county
    town = an_organ("town", county=home, kind=OrganKind.TOWNSHIP)
    now = {"by": ME, "at": moment(RECEIVED_ON)}
    for category, township, handler in (
        ("", None, office),
        ("01", None, bureau),
        ("01", town, town),
        ("0102", None, bureau),
    ):
        actions.set_rule(home, category=category, township=township, handler=handler, **now)
    actions.set_rule(home, category="01", township=None, handler=office, **now)  # replaced
    assert suggested(received(office)).handler == office
    assert suggested(received(office, category="0103")).handler == office
    assert suggested(received(office, category="0102")).handler == bureau
    for wrong in ({"category": "99"}, {"handler": an_organ("away")}, {"township": bureau}):
        told = {"category": "", "township": None, "handler": office}
        with pytest.raises(BadOrder):
            actions.set_rule(home, **(told | wrong), **now)


def test_a_form_sent_twice_is_one_order_and_its_code_opens_it_alone():
    office, _ = a_county()
    told = actions.NewOrder(SourceChannel.WEBSITE, OrderKind.HELP, "路灯", "路灯坏了")
    sent = {"caller": CALLER, "submission_key": "key", "by": ME, "at": moment(RECEIVED_ON)}
    order = actions.submit_order(office, told=told, **sent)
    again = actions.submit_order(office, told=told, **sent)
    assert (again.pk, again.query_code) == (order.pk, order.query_code)
    other = actions.NewOrder(SourceChannel.WEBSITE, OrderKind.HELP, "路灯", "另一盏路灯坏了")
    assert actions.submit_order(office, told=other, **sent).pk != order.pk
    home = office.county
    assert own_order(home, order.number, order.query_code.lower()).content == "路灯坏了"
    assert own_order(home, order.number, "WRONGCODE1") is None
    assert own_order(home, received(office).number, "") is None
    with pytest.raises(BadOrder) as caught:
        actions.submit_order(office, told=told, **(sent | {"caller": actions.Caller("万里")}))
    assert caught.value.field == "phone"


def test_urgent_orders_and_the_countys_own_limits():
    office, _ = a_county()
    now = {"by": ME, "at": moment(RECEIVED_ON)}
    urgent = received(office, urgency=Urgency.URGENT)
    assert urgent.due_at == moment(RECEIVED_ON + timedelta(days=1))
    limit = {"kind": OrderKind.HELP, "valid_from": RECEIVED_ON, "document": "宜府办字〔2026〕3号"}
    actions.set_limit(office.county, workdays=3, **limit, **now)
    assert received(office).due_on == date(2026, 3, 5)
    for wrong in ({"workdays": 0}, {"workdays": 3}, {"workdays": 3, "document": " "}):
        with pytest.raises(BadOrder):
            actions.set_limit(office.county, **({"workdays": 3} | limit | wrong), **now)
