"""Two at once: index numbers never twice, lists never broken, one release only.

On SQLite writers queue, so that the second simply finds what the first has done.
"""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import OperationalError, connection

from gongkai.disclosure import actions, queries
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry, Placement, Release
from gongkai.disclosure.rules import DisclosureError
from gongkai.disclosure.tests import factories as make

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="one connection holds a database in memory"
    ),
]


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do all at once, each on its own connection; return results or domain errors."""
    start, done = Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        start.wait()
        try:
            done[place] = work()
        except (DisclosureError, OperationalError) as why:
            done[place] = why
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def test_many_submit_and_publish_at_once() -> None:
    home = make.county()
    here, there = make.section(home, "zwgk/tjxx"), make.section(home, "zwgk/tzgg")
    pairs = [(here, there), (there, here)] * 3
    drafts = [make.draft(home, own, extra_sections=(extra.pk,)) for own, extra in pairs]
    done = at_once(
        *(lambda entry=entry: make.forward(entry, EntryState.PUBLISHED) for entry in drafts)
    )
    assert all(isinstance(one, Entry) and one.live for one in done), done
    assert len({one.index_number for one in done}) == len(done)
    for section in (here, there, here.parent):
        serials = Placement.objects.filter(section=section).values_list("serial", flat=True)
        assert sorted(serials) == [1, 2, 3, 4, 5, 6]
        assert len(queries.list_of(section.pk).rows) == 6


def test_one_release_of_two() -> None:
    home = make.county()
    entry = make.forward(make.draft(home, make.section(home)), EntryState.SIGNED)
    done = at_once(
        lambda: actions.publish(entry, by=make.PUBLISHER, at=make.NOON),
        lambda: actions.publish(entry, by=make.LEADER, at=make.NOON),
    )
    assert sorted(isinstance(one, Entry) for one in done) == [False, True]
    assert Release.objects.count() == 1
