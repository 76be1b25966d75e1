"""What a change of the calendar does to what is owed, and the figures told by name."""

from datetime import date
from types import SimpleNamespace

import pytest

from gongkai.audit.models import Event
from gongkai.registers import actions, queries
from gongkai.registers.actions import upkeep
from gongkai.registers.models import Decision
from gongkai.registers.statistics import publicity_counts, publicity_records
from gongkai.registers.tests.decisions import NOW, cancelled, entered, published, struck
from gongkai.registers.tests.factories import organ
from gongkai.tables.facts import Period

pytestmark = pytest.mark.django_db


def test_a_new_calendar_moves_what_is_owed_once(monkeypatch):
    owner = organ()
    owed, down = entered(owner), cancelled(owner, number="2")
    published(owner, number="3")
    moved_to = SimpleNamespace(due_on=date(2026, 5, 29))
    assert actions.recompute_deadlines(notice="2026年放假通知", at=NOW) == 0
    monkeypatch.setattr(upkeep.deadlines, "publication_due", lambda *_, **__: moved_to)
    monkeypatch.setattr(upkeep.deadlines, "take_down_due", lambda *_, **__: moved_to)
    assert actions.recompute_deadlines(notice="2026年放假通知", at=NOW) == 2
    assert actions.recompute_deadlines(notice="2026年放假通知", at=NOW) == 0
    owed.refresh_from_db()
    first = down.publish_by
    down.refresh_from_db()
    assert (owed.publish_by, owed.due_on) == (moved_to.due_on, moved_to.due_on)
    assert (down.publish_by, down.due_on) == (first, moved_to.due_on)
    event = Event.objects.get(verb="registers.recompute_deadlines")
    assert event.reason == "2026年放假通知"
    assert set(event.after) == {owed.typed_id, down.typed_id}


def test_publicity_is_counted_by_decisions_and_opens_them():
    owner = organ()
    published(owner)
    cancelled(owner, number="2")
    entered(owner, number="3")
    struck(owner, number="4")
    late = actions.publish_decision(
        entered(owner, number="5"),
        address="https://www.jingan.gov.cn/5",
        on=date(2026, 5, 14),
        by=upkeep.SYSTEM,
        at=NOW,
    )
    assert queries.is_late(late, date(2026, 5, 14))
    period = Period.of_year(2026)
    assert publicity_counts(period, [owner.pk]) == {owner.pk: (2, 4)}
    assert len(publicity_records(period, [owner.pk])) == 2
    assert Decision.objects.counting().count() == 4
