"""Two officials who issue in the same moment take two numbers; a killed one leaves no gap."""

import threading

import pytest
from django.db import connection, transaction

from gongkai.letters import queries
from gongkai.letters.models import Letter
from gongkai.letters.tests.factories import make_letter, make_profile
from gongkai.orgs.tests.factories import make_county

needs_server = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite in memory has one connection"
)


@needs_server
@pytest.mark.django_db(transaction=True)
def test_many_at_once_take_numbers_without_gap():
    organ = make_county().water
    make_profile(organ)
    start, failures = threading.Barrier(4), []

    def work(place):
        try:
            start.wait(10)
            for turn in range(3):
                with transaction.atomic():
                    make_letter(organ)
                    if (place + turn) % 3 == 0:
                        transaction.set_rollback(True)  # as if killed after the letter
        except Exception as error:  # a thread's failure must reach the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    serials = sorted(Letter.objects.values_list("serial", flat=True))
    assert serials == list(range(1, 9))
    assert queries.gaps() == []
    for letter in Letter.objects.all():
        assert queries.content(letter, "pdf")
