"""The desk's lists: in their order, and read from indexes alone however many cases there are."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.inforequests.queries import (
    concluded_requests,
    desk_counts,
    open_requests,
    read_whole,
)
from gongkai.inforequests.tests.factories import (
    RECEIVED,
    an_organ,
    awaiting_supplement,
    processing,
    replied,
    submitted,
)

pytestmark = pytest.mark.django_db


def test_a_page_is_read_whole_in_the_order_of_the_list():
    organ, other = an_organ(), an_organ("other")
    waits = submitted(organ)
    late, later = processing(other, RECEIVED - timedelta(days=14)), processing(organ)
    stands = awaiting_supplement(organ)
    done = [replied(organ, RECEIVED - timedelta(days=1)), replied(other)]
    ids = [organ.pk, other.pk]
    assert list(read_whole(open_requests(ids)[:50])) == [waits, late, later, stands]
    assert list(read_whole(open_requests(ids)[1:3])) == [late, later]
    page = read_whole(concluded_requests(ids)[:50])
    assert list(page) == list(reversed(done))
    with CaptureQueriesContext(connection) as asked:
        assert [case.organ.code for case in page.all()] == ["other", organ.code]
        assert all(case.requester.masked_name for case in page.all())
    assert len(asked) == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by its statistics")
def test_lists_and_counts_touch_no_row_but_those_shown():
    organs = [an_organ(f"o{number}").pk for number in range(3)]
    for found, index in (
        (open_requests(organs), "inforequests_pending"),
        (concluded_requests(organs), "inforequests_not_pending"),
    ):
        plan = found.values("pk")[:50].explain()
        assert f"COVERING INDEX {index} " in plan
    with CaptureQueriesContext(connection) as asked:
        desk_counts(organs, date(2026, 3, 2))
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked[-1]["sql"].replace("%", "%%"))
        assert "COVERING INDEX inforequests_pending " in str(cursor.fetchall())
