"""Verbs of both chapters at once on a database that locks rows: no deadlock, no half turn-over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections

from gongkai.desk import actions
from gongkai.hotline import actions as hotline
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.tests.factories import assigned, do, received
from gongkai.inforequests import actions as inforequests
from gongkai.inforequests.models import InfoRequest, IntakeChannel
from gongkai.inforequests.tests.factories import ME, an_organ, moment, replied, submitted
from gongkai.orgs.models import Organ
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite in memory has one connection, one writer"
    ),
]
DAY = date(2026, 3, 3)


def in_threads(works):
    def run(work):
        try:
            return work()
        except (hotline.HotlineError, inforequests.RequestError) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        return [pending.result(60) for pending in [pool.submit(run, work) for work in works]]


def turn_over(order, place):
    told = inforequests.NewRequest(
        IntakeChannel.ORAL, RequesterKind.NATURAL_PERSON, f"第{place}村征地补偿安置方案"
    )
    who = inforequests.RequesterDetails("万里")
    return actions.order_to_request(
        WorkOrder.objects.get(pk=order.pk),
        told=told,
        requester=who,
        reason="要求公开",
        by=ME,
        at=moment(DAY),
    )


def pass_on(info_request):
    return actions.request_to_order(
        InfoRequest.objects.get(pk=info_request.pk),
        kind=hotline.OrderKind.COMPLAINT,
        reason="实为投诉",
        by=ME,
        at=moment(DAY),
    )


def test_turning_over_both_ways_among_other_verbs_of_one_organ_waits_for_nobody_for_ever():
    organ = an_organ()
    orders = [assigned(organ) for _ in range(6)]
    complaints = [replied(organ, ground=Ground.PETITION) for _ in range(6)]
    works = []
    for place, (order, complaint) in enumerate(zip(orders, complaints, strict=True)):
        works += [
            lambda order=order, place=place: turn_over(order, place),
            lambda order=order: do(
                hotline.assign, WorkOrder.objects.get(pk=order.pk), DAY, unit="供水股"
            ),
            lambda complaint=complaint: pass_on(complaint),
            lambda complaint=complaint: do(
                inforequests.close, InfoRequest.objects.get(pk=complaint.pk), DAY
            ),
            lambda: received(Organ.objects.get(pk=organ.pk), DAY),
            lambda: submitted(Organ.objects.get(pk=organ.pk), DAY),
        ]
    in_threads(works)
    turned = WorkOrder.objects.filter(state="TURNED_OVER")
    assert set(turned) == set(orders)
    made = {f"inforequests:{pk}" for pk in InfoRequest.objects.values_list("pk", flat=True)}
    assert set(turned.values_list("linked", flat=True)) <= made
    passed = WorkOrder.objects.filter(source="TURNED_OVER")
    for order in passed:
        assert InfoRequest.objects.get(pk=order.linked.partition(":")[2]).acts.filter(kind="REFER")


def test_one_order_turned_over_by_many_makes_one_request():
    order = assigned(an_organ())
    works = [lambda place=place: turn_over(order, place) for place in range(8)]
    done = [each for each in in_threads(works) if isinstance(each, InfoRequest)]
    assert len(done) == InfoRequest.objects.count() == 1
    order.refresh_from_db()
    assert order.linked == done[0].typed_id
