"""Many writers at once on a database that locks rows: no number twice, none lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections

from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.models import InfoRequest, IntakeChannel
from gongkai.inforequests.queries import differences
from gongkai.inforequests.tests.factories import (
    ME,
    RECEIVED,
    an_organ,
    do,
    moment,
    registered,
    submitted,
)
from gongkai.orgs.models import Organ
from gongkai.statute.requesters import RequesterKind

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="SQLite in memory has one connection, one writer"
    ),
]


def in_threads(work, inputs):
    def run(value):
        try:
            return work(value)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(run, inputs))


def test_numbers_stay_gapless_under_concurrent_submissions():
    organs = [an_organ(f"o{place}") for place in range(3)]

    def work(place: int) -> str:
        return submitted(Organ.objects.get(pk=organs[place % 3].pk), date(2026, 3, 2)).number

    numbers = in_threads(work, range(48))
    assert len(set(numbers)) == 48
    for serial in (1, 2, 3):
        own = sorted(each for each in numbers if each.startswith(f"36092500{serial}-"))
        assert [int(each[-4:]) for each in own] == list(range(1, 17))


def test_two_verbs_on_one_case_take_their_turn():
    info_request = registered(an_organ())

    def work(place: int) -> bool:
        fresh = InfoRequest.objects.get(pk=info_request.pk)
        try:
            do(actions.withdraw, fresh, RECEIVED, reason=f"第{place}次")
        except RequestError:
            return False
        return True

    assert sum(in_threads(work, range(8))) == 1
    assert info_request.acts.count() == 3
    assert list(differences()) == []
    assert connection.vendor == "postgresql"


def test_a_form_sent_many_times_at_once_makes_one_request():
    organ = an_organ()

    def work(place: int) -> tuple[str, str]:
        sent = actions.submit(
            Organ.objects.get(pk=organ.pk),
            told=actions.NewRequest(
                IntakeChannel.ONLINE, RequesterKind.NATURAL_PERSON, "规划图", again=True
            ),
            requester=actions.RequesterDetails("万里", phone="13800000000"),
            submitted_at=moment(RECEIVED, 9),
            submission_key="one form",
            by=ME,
            at=moment(RECEIVED, 9),
        )
        return sent.number, sent.query_code

    assert len(set(in_threads(work, range(16)))) == 1
    assert InfoRequest.objects.count() == 1
    assert LoggedEvent.objects.filter(verb="inforequests.submit").count() == 1
    assert submitted(organ).number.endswith("-0002")


def test_organs_that_pass_requests_to_each_other_do_not_wait_for_each_other():
    organs = [an_organ("a"), an_organ("b")]
    cases = [registered(organs[place % 2]) for place in range(16)]

    def work(place: int) -> str:
        to = Organ.objects.get(pk=organs[(place + 1) % 2].pk)
        case = InfoRequest.objects.get(pk=cases[place].pk)
        return do(actions.transfer, case, RECEIVED, to=to, reason="选错机关").number

    assert len(set(in_threads(work, range(16)))) == 16
    assert InfoRequest.objects.filter(counted=True).count() == 16
    assert list(differences()) == []


def test_two_requests_merged_into_each_other_at_once_leave_one_open():
    organ = an_organ()
    for _ in range(4):
        pair = [registered(organ), registered(organ)]

        def work(place: int, pair: list[InfoRequest] = pair) -> bool:
            one, other = (InfoRequest.objects.get(pk=each.pk) for each in pair[:: 1 - 2 * place])
            try:
                do(actions.merge, one, RECEIVED, into=other, reason="重复")
            except RequestError:
                return False
            return True

        assert sum(in_threads(work, range(2))) == 1
        assert InfoRequest.objects.filter(pk__in=[each.pk for each in pair], pending=True).count()
