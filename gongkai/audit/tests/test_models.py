"""The log only grows: the models refuse, and so does the database below them."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from gongkai.audit.models import AppendOnly, Chain, Event
from gongkai.audit.queries import verify
from gongkai.audit.tests.factories import record_events, run


@pytest.mark.django_db
def test_the_models_refuse_every_change() -> None:
    (event,) = record_events("czj", 1)
    event.reason = "另一个理由"
    for change in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(reason=""),
        lambda: Event.objects.bulk_update([event], ["reason"]),
    ):
        with pytest.raises(AppendOnly):
            change()
    assert Event.objects.get().reason == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET reason = 'x'",
        "DELETE FROM audit_event",
        "UPDATE audit_chain SET length = 0",
        "UPDATE audit_chain SET length = length + 2",
        "DELETE FROM audit_chain",
    ],
)
def test_the_database_refuses_every_change(sql: str) -> None:
    record_events("czj", 2)
    with pytest.raises(DatabaseError), transaction.atomic():
        run(sql)
    assert Event.objects.count() == 2
    assert not verify().faults


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_log_and_leaves_it_guarded() -> None:
    record_events("czj", 2)
    call_command("flush", interactive=False, verbosity=0)
    assert not Chain.objects.exists()
    record_events("czj", 1)
    with pytest.raises(DatabaseError):
        run("DELETE FROM audit_event")
    assert not verify().faults
