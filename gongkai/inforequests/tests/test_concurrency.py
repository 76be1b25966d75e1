"""Many writers at once on a database that locks rows: no number twice, none lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections

from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import differences
from gongkai.inforequests.tests.factories import RECEIVED, an_organ, do, registered, submitted
from gongkai.orgs.models import Organ

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
