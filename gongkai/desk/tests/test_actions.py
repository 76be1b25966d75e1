"""Turning over between hotline and requests: both sides or neither, linked both ways, logged."""

from datetime import date

import pytest

from gongkai.audit.models import Event as LoggedEvent
from gongkai.audit.queries import verify
from gongkai.desk import actions
from gongkai.hotline import actions as hotline
from gongkai.hotline.models import OrderSeries, OrderStep, WorkOrder
from gongkai.hotline.queries import orders_linked_to
from gongkai.hotline.tests.factories import CALLER, CONTENT, answered, assigned, received
from gongkai.inforequests import actions as inforequests
from gongkai.inforequests.models import (
    Act,
    InfoRequest,
    IntakeChannel,
    NumberSeries,
    Requester,
    State,
)
from gongkai.inforequests.queries import acts_of, requester_for_letters
from gongkai.inforequests.tests.factories import ME, an_organ, moment, processing, replied
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
ORAL = inforequests.NewRequest(
    IntakeChannel.ORAL, RequesterKind.NATURAL_PERSON, "香田乡白鹭村2025年征地补偿安置方案"
)
NOBODY = inforequests.RequesterDetails("")
TABLES = (InfoRequest, Act, Requester, NumberSeries, WorkOrder, OrderStep, OrderSeries, LoggedEvent)


def counts():
    return [table.objects.count() for table in TABLES]


def to_request(order, told=ORAL, requester=NOBODY):
    return actions.order_to_request(
        order,
        told=told,
        requester=requester,
        reason="要求公开政府信息",
        by=ME,
        at=moment(DAY),
    )


def to_order(info_request, kind=hotline.OrderKind.COMPLAINT):
    return actions.request_to_order(
        info_request, kind=kind, reason="实为投诉", by=ME, at=moment(DAY)
    )


def complaint(organ):
    return replied(organ, ground=Ground.PETITION)


def boom(*_, **__):
    raise RuntimeError("killed in the middle")


def test_an_order_becomes_a_request_and_either_knows_the_other():
    organ = an_organ()
    order = assigned(organ)
    events = LoggedEvent.objects.count()
    info_request = to_request(order)
    order.refresh_from_db()
    assert (order.state, order.linked) == ("TURNED_OVER", info_request.typed_id)
    assert (info_request.state, info_request.organ) == (State.SUBMITTED, organ)
    assert info_request.query_code
    assert orders_linked_to(info_request.typed_id, [organ.pk]) == [order]
    who = requester_for_letters(info_request)
    assert (who.name, who.phone) == (CALLER.name, CALLER.phone)
    verbs = LoggedEvent.objects.order_by("pk").values_list("verb", "chain")[events:]
    assert list(verbs) == [
        ("inforequests.submit", organ.code),
        ("hotline.turn_over", organ.code),
    ]
    assert not list(verify().faults)


@pytest.mark.parametrize(
    ("channel", "submitted_at"),
    [
        (IntakeChannel.ORAL, moment(DAY)),
        (IntakeChannel.ONLINE, moment(date(2026, 3, 2), 9)),
        (IntakeChannel.EMAIL, moment(date(2026, 3, 2), 9)),
    ],
)
def test_what_was_spoken_is_submitted_when_written_down(channel, submitted_at):
    told = inforequests.NewRequest(channel, RequesterKind.NATURAL_PERSON, "征地补偿安置方案")
    assert to_request(received(an_organ()), told).submitted_at == submitted_at


def test_what_the_clerk_types_goes_before_what_the_order_knows():
    typed = inforequests.RequesterDetails("万里红", phone="0795-4662100")
    who = requester_for_letters(to_request(received(an_organ()), requester=typed))
    assert (who.name, who.phone) == ("万里红", "0795-4662100")


@pytest.mark.parametrize("broken", ["turn_over", "submit"])
def test_killed_in_the_middle_an_order_and_its_request_are_as_before(monkeypatch, broken):
    order = assigned(an_organ())
    before = counts()
    where = hotline if broken == "turn_over" else inforequests
    monkeypatch.setattr(where, broken, boom)
    with pytest.raises(RuntimeError):
        to_request(order)
    order.refresh_from_db()
    assert (order.state, order.linked) == ("ASSIGNED", "")
    assert counts() == before


def test_an_order_that_is_done_with_makes_no_request():
    order = answered(an_organ())
    before = counts()
    with pytest.raises(hotline.Refused, match="只能办结"):
        to_request(order)
    assert counts() == before


def test_an_order_is_turned_over_once():
    order = assigned(an_organ())
    to_request(order)
    before = counts()
    with pytest.raises((hotline.Refused, inforequests.RequestError)):
        to_request(
            order,
            told=inforequests.NewRequest(
                IntakeChannel.ORAL, RequesterKind.NATURAL_PERSON, "另一件信息"
            ),
        )
    assert counts() == before


def test_a_request_without_words_or_a_name_leaves_the_order_alone():
    order = received(an_organ(), caller=hotline.Caller())
    before = counts()
    with pytest.raises(inforequests.RequestError) as caught:
        to_request(order)
    assert caught.value.field == "name"
    told = inforequests.NewRequest(IntakeChannel.ORAL, RequesterKind.NATURAL_PERSON, " ")
    with pytest.raises(inforequests.RequestError):
        to_request(order, told, inforequests.RequesterDetails("万里"))
    assert counts() == before


def test_a_complaint_filed_as_a_request_becomes_an_order():
    organ = an_organ()
    info_request = complaint(organ)
    stood = (info_request.ground, info_request.concluded_on, info_request.state)
    order = to_order(info_request)
    assert (order.state, order.source, order.linked) == (
        "RECEIVED",
        "TURNED_OVER",
        info_request.typed_id,
    )
    assert order.content == info_request.description
    assert order.caller == hotline.Caller("万里", "13800000000")
    assert info_request.description not in order.subject
    info_request.refresh_from_db()
    assert (info_request.ground, info_request.concluded_on, info_request.state) == stood
    act = acts_of(info_request)[-1]
    assert (act.kind, act.data["to"]) == ("REFER", "HOTLINE")
    assert order.number in act.data["where"]
    assert set(LoggedEvent.objects.values_list("chain", flat=True)) == {organ.code}


def test_a_request_is_passed_to_the_hotline_once():
    info_request = complaint(an_organ())
    order = to_order(info_request)
    before = counts()
    with pytest.raises(hotline.Refused, match=order.number):
        to_order(info_request)
    assert counts() == before


@pytest.mark.parametrize("broken", ["receive_turned_over", "refer"])
def test_killed_in_the_middle_a_request_and_its_order_are_as_before(monkeypatch, broken):
    info_request = complaint(an_organ())
    before = counts()
    where = hotline if broken == "receive_turned_over" else inforequests
    monkeypatch.setattr(where, broken, boom)
    with pytest.raises(RuntimeError):
        to_order(info_request)
    assert counts() == before


@pytest.mark.parametrize("make", [processing, replied])
def test_only_an_answered_petition_is_passed_on(make):
    info_request = make(an_organ())
    before = counts()
    with pytest.raises((hotline.Refused, inforequests.RequestError), match="第三十九条"):
        to_order(info_request)
    with pytest.raises((hotline.Refused, inforequests.RequestError), match="第三十九条"):
        actions.refer_to_petition(info_request, where="县信访局", on=DAY, by=ME, at=moment(DAY))
    assert counts() == before


def test_a_petition_is_pointed_to_its_office():
    info_request = complaint(an_organ())
    actions.refer_to_petition(
        info_request, where="县信访局", note="电话告知", on=DAY, by=ME, at=moment(DAY)
    )
    act = acts_of(info_request)[-1]
    assert (act.data["to"], act.data["where"]) == ("PETITION_OFFICE", "县信访局")


def test_the_words_of_an_order_stay_sealed_on_both_sides():
    to_request(assigned(an_organ()))
    stored = repr(list(WorkOrder.objects.values_list())) + repr(list(Requester.objects.values()))
    logged = repr(list(LoggedEvent.objects.values_list("before", "after")))
    for secret in (CONTENT[:8], CALLER.phone, CALLER.name):
        assert secret not in stored + logged
