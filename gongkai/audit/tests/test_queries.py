"""Verification: a whole log has no fault, any single tampering is found and named."""

import json
import tracemalloc
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.audit import SYSTEM_CHAIN
from gongkai.audit.actions import anchor
from gongkai.audit.models import Chain, Event
from gongkai.audit.queries import Fault, FaultKind, hashed_fields, verify
from gongkai.audit.rules import event_digest
from gongkai.audit.tests.factories import lift_guards, record_events, run

FIELDS = ("account", "actor_name", "actor_post", "verb", "target", "target_label", "reason")


def build(lengths: dict[str, int], anchored: bool = True) -> None:
    """Make chains over two days, anchored each."""
    for key, length in lengths.items():
        record_events(key, length)
    if anchored:
        anchor(date(2026, 3, 2), at=datetime(2026, 3, 2, 17, tzinfo=UTC))
        for key, length in lengths.items():
            record_events(key, length, start=datetime(2026, 3, 3, 1, tzinfo=UTC))
        anchor(date(2026, 3, 3), at=datetime(2026, 3, 3, 17, tzinfo=UTC))


def faults() -> list[Fault]:
    """Verify, leaving out the triggers that the test itself took away."""
    return [fault for fault in verify().faults if fault.kind != FaultKind.UNGUARDED]


def forge_head(chain: str) -> None:
    """Make the head agree with the last row, as a careful forger would."""
    last = Event.objects.filter(chain=chain).order_by("-sequence").first()
    run(
        "UPDATE audit_chain SET length = %s, head = %s WHERE key = %s",
        last.sequence if last else 0,
        last.digest if last else "",
        chain,
    )


lengths = st.dictionaries(st.sampled_from(["czj", "slj", "gzz"]), st.integers(1, 4), min_size=1)


class AnySingleTamperIsFound(TestCase):
    """Whatever one row suffers, verification names its chain and place."""

    @given(lengths=lengths, anchored=st.booleans())
    @settings(max_examples=20, deadline=None)
    def test_a_whole_log_has_no_fault(self, lengths: dict[str, int], anchored: bool) -> None:
        build(lengths, anchored)
        result = verify()
        assert result.faults == []
        assert result.events == Event.objects.count()

    @given(lengths=lengths, data=st.data())
    @settings(max_examples=40, deadline=None)
    def test_a_changed_field(self, lengths: dict[str, int], data: st.DataObject) -> None:
        build(lengths)
        lift_guards()
        event = data.draw(st.sampled_from(list(Event.objects.all())))
        name = data.draw(st.sampled_from([*FIELDS, "after", "before", "at"]))
        value = {
            "after": json.dumps({"number": 99}),
            "before": json.dumps({"number": 99}),
            "at": event.at + timedelta(microseconds=1),
        }.get(name, "改")
        sql = f"UPDATE audit_event SET {name} = %s WHERE id = %s"  # noqa: S608 -- names of FIELDS
        run(sql, value, event.pk)
        found = faults()
        assert (
            Fault(
                FaultKind.CHANGED,
                event.chain,
                event.sequence,
                f"第 {event.sequence} 条的内容与其摘要不符，已被改动",
            )
            in found
        )

    @given(lengths=lengths, data=st.data())
    @settings(max_examples=40, deadline=None)
    def test_a_changed_row_with_a_digest_made_to_fit(
        self, lengths: dict[str, int], data: st.DataObject
    ) -> None:
        build(lengths)
        lift_guards()
        event = data.draw(st.sampled_from(list(Event.objects.all())))
        event.reason = "改"
        digest = event_digest(hashed_fields(event), event.previous)
        run("UPDATE audit_event SET reason = '改', digest = %s WHERE id = %s", digest, event.pk)
        forge_head(event.chain)
        last_of_system = event.chain == SYSTEM_CHAIN and event.sequence == 2
        if last_of_system:  # lies after the last anchor: only the keyed anchors protect the rest
            return
        places = {(fault.chain, fault.sequence) for fault in faults()}
        assert places & {(event.chain, event.sequence), (event.chain, event.sequence + 1)}

    @given(lengths=lengths, data=st.data(), careful=st.booleans())
    @settings(max_examples=40, deadline=None)
    def test_a_missing_row(
        self, lengths: dict[str, int], data: st.DataObject, careful: bool
    ) -> None:
        build(lengths)
        lift_guards()
        event = data.draw(st.sampled_from(list(Event.objects.exclude(chain=SYSTEM_CHAIN))))
        run("DELETE FROM audit_event WHERE id = %s", event.pk)
        if careful:
            forge_head(event.chain)
        found = [fault for fault in faults() if fault.chain == event.chain]
        assert event.sequence in {fault.sequence for fault in found}

    @given(lengths=lengths, data=st.data())
    @settings(max_examples=40, deadline=None)
    def test_two_rows_that_changed_places(
        self, lengths: dict[str, int], data: st.DataObject
    ) -> None:
        build(lengths)
        lift_guards()
        chain = data.draw(st.sampled_from(sorted(lengths)))
        rows = list(Event.objects.filter(chain=chain))
        first, second = data.draw(st.permutations(rows).map(lambda order: order[:2]))
        run("UPDATE audit_event SET sequence = 9999 WHERE id = %s", first.pk)
        run("UPDATE audit_event SET sequence = %s WHERE id = %s", first.sequence, second.pk)
        run("UPDATE audit_event SET sequence = %s WHERE id = %s", second.sequence, first.pk)
        found = {fault.sequence for fault in faults() if fault.chain == chain}
        assert {first.sequence, second.sequence} <= found

    @given(lengths=lengths, data=st.data())
    @settings(max_examples=20, deadline=None)
    def test_a_tail_cut_off_together_with_its_head(
        self, lengths: dict[str, int], data: st.DataObject
    ) -> None:
        build(lengths)
        lift_guards()
        chain = data.draw(st.sampled_from(sorted(lengths)))
        kept = data.draw(st.integers(0, 2 * lengths[chain] - 1))
        run("DELETE FROM audit_event WHERE chain = %s AND sequence > %s", chain, kept)
        if kept:
            forge_head(chain)
        else:
            run("DELETE FROM audit_chain WHERE key = %s", chain)
        assert FaultKind.ANCHOR in {fault.kind for fault in faults() if fault.chain == chain}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM audit_anchor WHERE day = '2026-03-02'",
        "DELETE FROM audit_anchor WHERE day = '2026-03-03'",
        "UPDATE audit_anchor SET heads = '{}' WHERE day = '2026-03-03'",
        "UPDATE audit_anchor SET seal = 'x' WHERE day = '2026-03-02'",
        "UPDATE audit_anchor SET day = '2026-03-01' WHERE day = '2026-03-02'",
    ],
)
def test_a_tampered_anchor_is_found(sql: str) -> None:
    build({"czj": 2})
    lift_guards()
    run(sql)
    assert {fault.kind for fault in faults()} == {FaultKind.ANCHOR}


@pytest.mark.django_db
def test_without_the_key_nobody_can_seal_an_anchor(settings) -> None:
    build({"czj": 2})
    settings.GONGKAI_AUDIT_KEY = "another"
    assert [fault.kind for fault in faults()] == [FaultKind.ANCHOR] * 2


@pytest.mark.django_db
def test_a_rewritten_chain_that_fits_in_itself_is_found_by_the_anchor() -> None:
    build({"czj": 3})
    lift_guards()
    previous = ""
    for event in Event.objects.filter(chain="czj").order_by("sequence"):
        event.actor_name = "乙"
        digest = event_digest(hashed_fields(event), previous)
        run(
            "UPDATE audit_event SET actor_name = '乙', previous = %s, digest = %s WHERE id = %s",
            previous,
            digest,
            event.pk,
        )
        previous = digest
    forge_head("czj")
    assert [(fault.kind, fault.chain, fault.sequence) for fault in faults()] == [
        (FaultKind.ANCHOR, "czj", 3),
        (FaultKind.ANCHOR, "czj", 6),
    ]


@pytest.mark.django_db
def test_lost_triggers_are_told() -> None:
    lift_guards()
    assert {fault.kind for fault in verify().faults} == {FaultKind.UNGUARDED}
    assert len(verify().faults) == 8


@pytest.mark.django_db
def test_memory_does_not_grow_with_the_length_of_the_log() -> None:
    def peak() -> int:
        tracemalloc.start()
        verify(["czj"])
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    record_events("czj", 1200)
    verify(["czj"])
    short = peak()
    record_events("czj", 2400)
    assert peak() < 1.5 * short


@pytest.mark.django_db
def test_the_command_says_that_all_is_well(capsys) -> None:
    build({"czj": 2})
    call_command("auditverify", format="json")
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "ok": True,
        "chains": 2,
        "events": 6,
        "anchors": 2,
        "fault_count": 0,
        "faults": [],
    }


@pytest.mark.django_db
def test_the_command_names_chain_and_place_and_exits_with_1(capsys) -> None:
    build({"czj": 2})
    lift_guards()
    run("UPDATE audit_event SET reason = '改' WHERE chain = 'czj' AND sequence = 2")
    with pytest.raises(SystemExit) as left:
        call_command("auditverify")
    assert left.value.code == 1
    assert "链 czj：第 2 条的内容与其摘要不符，已被改动" in capsys.readouterr().out


@pytest.mark.django_db
def test_an_unknown_chain_cannot_be_verified() -> None:
    with pytest.raises(CommandError, match="没有名为“nobody”的日志链") as refused:
        call_command("auditverify", chain=["nobody"])
    assert refused.value.returncode == 2
    assert not Chain.objects.exists()
