"""Recording: in the verb's transaction, chained, protected fields unreadable, anchored daily."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from gongkai.audit import SYSTEM_CHAIN, recorded
from gongkai.audit.actions import AnchorRefused, anchor, record
from gongkai.audit.models import Anchor, Chain, Event
from gongkai.audit.queries import history_of, log_page
from gongkai.audit.rules import NotLoggable
from gongkai.audit.tests.factories import CLERK, NOON, record_events

pytestmark = pytest.mark.django_db


def test_events_of_a_chain_follow_each_other() -> None:
    first, second = record_events("czj", 2)
    assert (first.sequence, first.previous) == (1, "")
    assert (second.sequence, second.previous) == (2, first.digest)
    assert Chain.objects.get(pk="czj").head == second.digest


def test_chains_of_two_organs_are_apart() -> None:
    record_events("czj", 2)
    (only,) = record_events("slj", 1)
    assert (only.sequence, only.previous) == (1, "")


@pytest.mark.django_db(transaction=True)
def test_a_verb_outside_its_transaction_is_refused() -> None:
    with pytest.raises(TransactionManagementError):
        record("x.y", "x:1", chain="czj", by=CLERK, at=NOON)
    assert not Event.objects.exists()


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        record("x.y", "x:1", chain="czj", by=CLERK, at=NOON.replace(tzinfo=None))


def test_protected_fields_are_logged_as_keyed_digests() -> None:
    secret = {"id_number": "11010519491231002X", "phone": "11010519491231002X", "city": "靖安"}
    with transaction.atomic():
        event = record(
            "x.y",
            "x:1",
            chain="czj",
            by=CLERK,
            at=NOON,
            after=secret,
            before=secret,
            protected={"id_number", "phone"},
        )
    assert event.after["city"] == "靖安"
    assert event.after["id_number"].startswith("hmac:")
    assert event.after["id_number"] == event.before["id_number"]
    assert event.after["id_number"] != event.after["phone"]
    assert "1101" not in str(event.after)


def test_the_key_of_the_log_is_not_the_session_key(settings) -> None:
    def digest() -> str:
        with transaction.atomic():
            event = record(
                "x.y", "x:1", chain="c", by=CLERK, at=NOON, after={"p": 1}, protected=["p"]
            )
        return event.after["p"]

    first = digest()
    settings.SECRET_KEY = "changed"
    assert digest() == first
    settings.GONGKAI_AUDIT_KEY = "changed"
    assert digest() != first


def test_days_and_amounts_come_back_as_they_were_hashed() -> None:
    with transaction.atomic():
        record(
            "x.y",
            "x:1",
            chain="czj",
            by=CLERK,
            at=NOON,
            after={"on": date(2021, 7, 9), "amount": Decimal("20063.4964"), "kinds": {"b", "a"}},
        )
    (line,) = history_of("x:1")
    assert line.after == {"on": "2021-07-09", "amount": "20063.4964", "kinds": ["a", "b"]}


@pytest.mark.parametrize("value", [1.5, "a\x00b", object()])
def test_what_a_database_would_alter_is_refused(value: object) -> None:
    with pytest.raises(NotLoggable), transaction.atomic():
        record("x.y", "x:1", chain="czj", by=CLERK, at=NOON, after={"value": value})


def test_a_long_label_is_cut_and_the_act_goes_through() -> None:
    with transaction.atomic():
        event = record("x.y", "x:1", chain="czj", by=CLERK, at=NOON, label="题" * 500)
    assert len(event.target_label) == 300


def test_the_bell_rings_after_the_commit(django_capture_on_commit_callbacks) -> None:
    heard: list[str] = []

    def listener(event, **_: object) -> None:
        heard.append(event.target)

    recorded.connect(listener)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            record_events("czj", 1)
            assert heard == []
        assert heard == ["letters:czj-1"]
    finally:
        recorded.disconnect(listener)


def test_the_log_is_read_newest_first_page_by_page() -> None:
    record_events("czj", 3)
    record_events("slj", 2)
    page = log_page(["czj"], limit=2)
    assert [line.sequence for line in page] == [3, 2]
    assert [line.sequence for line in log_page(["czj"], older_than=page[-1].id)] == [1]
    since = NOON + timedelta(minutes=2)
    assert [line.sequence for line in log_page(["czj"], since=since)] == [3, 2]
    assert log_page(["czj"], verb="letters.other") == []


def test_anchors_follow_each_other_and_are_made_once_a_day() -> None:
    record_events("czj", 2)
    first = anchor(date(2026, 3, 2), at=datetime(2026, 3, 2, 16, 1, tzinfo=UTC))
    again = anchor(date(2026, 3, 2), at=datetime(2026, 3, 2, 17, 0, tzinfo=UTC))
    second = anchor(date(2026, 3, 3), at=datetime(2026, 3, 3, 16, 1, tzinfo=UTC))
    assert again.pk == first.pk
    assert first.heads["czj"][0] == 2
    assert second.previous == first.digest
    assert second.heads[SYSTEM_CHAIN][0] == 1
    assert Anchor.objects.count() == 2


def test_a_day_that_is_not_over_is_not_anchored() -> None:
    # 15:59 UTC is still the same day in Shanghai.
    with pytest.raises(AnchorRefused, match="尚未结束"):
        anchor(date(2026, 3, 2), at=datetime(2026, 3, 2, 15, 59, tzinfo=UTC))


def test_a_past_day_cannot_be_anchored_after_a_later_one() -> None:
    anchor(date(2026, 3, 3), at=datetime(2026, 3, 4, 1, tzinfo=UTC))
    with pytest.raises(AnchorRefused, match="不能再补"):
        anchor(date(2026, 3, 1), at=datetime(2026, 3, 4, 1, tzinfo=UTC))
