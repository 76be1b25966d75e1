"""The verbs of the hotline: every state, every refused arrow, terms, numbers, seals, the log."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from gongkai.adapters.cipher import CannotOpen
from gongkai.audit.models import Event as LoggedEvent
from gongkai.hotline import actions
from gongkai.hotline.lifecycle import (
    TRANSITIONS,
    BadOrder,
    Event,
    OrderKind,
    Refused,
    SourceChannel,
    State,
    open_events,
)
from gongkai.hotline.models import OrderSeries, OrderStep, WorkOrder
from gongkai.hotline.queries import (
    find_order,
    matching,
    order_rows,
    orders_linked_to,
    orders_of,
    steps_of,
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
    closed,
    do,
    moment,
    received,
    returned,
    turned_over,
)

pytestmark = pytest.mark.django_db
TELLS = {
    Event.ASSIGN: (actions.assign, {"unit": "供水股"}),
    Event.ANSWER: (actions.answer, {"text": "已经修好"}),
    Event.CLOSE: (actions.close, {}),
    Event.TURN_OVER: (actions.turn_over, {"to": "县信访局", "reason": "属信访事项"}),
    Event.SEND_BACK: (actions.send_back, {"reason": "不属本县管辖"}),
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
@pytest.mark.parametrize("event", TELLS)
def test_every_arrow_of_the_table_is_taken_and_every_other_refused(state, event):
    order = IN_STATE[state](an_organ())
    counts = LoggedEvent.objects.count(), OrderStep.objects.count()
    verb, told = TELLS[event]
    if event in open_events(state):
        moved = do(verb, order, RECEIVED_ON, **told)
        assert moved.state == TRANSITIONS[state, event].target
        assert LoggedEvent.objects.latest("pk").verb == f"hotline.{event.value.lower()}"
        assert LoggedEvent.objects.count() == counts[0] + 1
    else:
        with pytest.raises(Refused, match=r"不能“.+”（国办发〔2020〕53号）：.+。"):
            do(verb, order, RECEIVED_ON, **told)
        order.refresh_from_db()
        assert order.state == state
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
    order = do(actions.close, answered(organ), RECEIVED_ON)
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
    assert [step.words for step in steps_of(order)] == ["", "", "万里家门口的路灯已经修好。", ""]


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
