"""Walking chains and anchors: one changed, missing or reordered row is found and named.

Memory stays constant however long the log is: rows are streamed in order, and an
anchor's heads are compared with the rows only where they moved since the day before.
Verification reads a living log; rows appended while it walks are walked too.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection

from gongkai.audit import SYSTEM_CHAIN
from gongkai.audit.models import Anchor, Chain, Event
from gongkai.audit.queries.events import hashed_fields
from gongkai.audit.queries.faults import Fault, FaultKind
from gongkai.audit.queries.signatures import check_signatures
from gongkai.audit.rules import anchor_digest, anchor_seal, event_digest

ANCHOR_VERB = "audit.anchor"
FAULTS_KEPT = 1000
CHUNK = 500
GUARDS = frozenset(
    {
        "audit_event_no_update",
        "audit_event_no_delete",
        "audit_anchor_no_update",
        "audit_anchor_no_delete",
        "audit_chain_no_delete",
        "audit_chain_only_grows",
        "audit_anchorsignature_no_update",
        "audit_anchorsignature_no_delete",
    }
)


@dataclass(slots=True)
class Verification:
    """What a verification looked at and found; it keeps the first 1,000 faults and counts all."""

    chains: int = 0
    events: int = 0
    anchors: int = 0
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0

    def note(self, faults: Iterable[Fault]) -> None:
        """Count `faults` and keep them while there is room."""
        for fault in faults:
            self.fault_count += 1
            if len(self.faults) < FAULTS_KEPT:
                self.faults.append(fault)


def chain_keys() -> list[str]:
    """Return every chain that has a head or a row."""
    heads = Chain.objects.values_list("key", flat=True)
    rows = Event.objects.order_by("chain").values_list("chain", flat=True).distinct()
    return sorted({*heads, *rows})


def verify(chains: Collection[str] | None = None) -> Verification:
    """Walk the named chains (all by default, then with anchors) and return what is wrong."""
    result = Verification()
    result.note(_missing_guards())
    for key in chain_keys() if chains is None else chains:
        result.chains += 1
        result.note(_walk(key, result))
    if chains is None:
        result.note(_check_anchors(result))
        result.note(check_signatures(settings.GONGKAI_ANCHOR_DIR))
    return result


def _walk(key: str, result: Verification) -> Iterator[Fault]:
    last, digest = 0, ""
    while True:
        rows = Event.objects.filter(chain=key, sequence__gt=last).order_by("sequence")
        walked = last
        for event in rows.iterator(chunk_size=CHUNK):
            yield from _judge(event, last, digest)
            last, digest = event.sequence, event.digest
            result.events += 1
        head = Chain.objects.filter(pk=key).first()
        if head is None or head.length <= last or last == walked:
            break  # no row was appended while we walked
    yield from _judge_tail(key, head, last, digest)


def _judge(event: Event, last: int, digest: str) -> Iterator[Fault]:
    key, number = event.chain, event.sequence
    if number > last + 1:
        gap = f"第 {last + 1} 条" if number == last + 2 else f"第 {last + 1} 至 {number - 1} 条"
        yield Fault(FaultKind.MISSING, key, last + 1, f"{gap}缺失")
    elif event.previous != digest:
        text = f"第 {number} 条与前一条不衔接，其中一条被改动、替换或调换"
        yield Fault(FaultKind.UNLINKED, key, number, text)
    if event.digest != event_digest(hashed_fields(event), event.previous):
        yield Fault(FaultKind.CHANGED, key, number, f"第 {number} 条的内容与其摘要不符，已被改动")


def _judge_tail(key: str, head: Chain | None, last: int, digest: str) -> Iterator[Fault]:
    if head is None:
        yield Fault(FaultKind.TAIL, key, last, "链首登记缺失，无法确认末尾是否完整")
    elif head.length > last:
        text = f"末尾缺失：链首登记为 {head.length} 条，实有至第 {last} 条"
        yield Fault(FaultKind.TAIL, key, last + 1, text)
    elif head.length < last:
        text = f"末尾多出：链首登记为 {head.length} 条，实有至第 {last} 条"
        yield Fault(FaultKind.TAIL, key, head.length + 1, text)
    elif head.head != digest:
        yield Fault(FaultKind.TAIL, key, last, f"第 {last} 条的摘要与链首登记不符")


def _check_anchors(result: Verification) -> Iterator[Fault]:
    """Check each anchor in itself, against the one before, against its event and the rows."""
    told = Event.objects.filter(chain=SYSTEM_CHAIN, verb=ANCHOR_VERB).order_by("sequence")
    announced = ((event.sequence, event.after) for event in told.iterator(chunk_size=CHUNK))
    previous, heads = "", {}
    for anchor in Anchor.objects.order_by("day").iterator(chunk_size=100):
        result.anchors += 1
        announcement = next(announced, None)
        while announcement and str(announcement[1].get("day")) < anchor.day.isoformat():
            yield _vanished(*announcement)
            announcement = next(announced, None)
        yield from _judge_anchor(anchor, previous, announcement)
        yield from _compare_heads(anchor, heads)
        previous, heads = anchor.digest, anchor.heads
    for sequence, after in announced:
        # An anchor made while we walked is announced after our reading of the anchors.
        if not Anchor.objects.filter(day=after.get("day")).exists():
            yield _vanished(sequence, after)


def _judge_anchor(
    anchor: Anchor, previous: str, announcement: tuple[int, dict] | None
) -> Iterator[Fault]:
    digest = anchor_digest(anchor.day, anchor.heads, anchor.previous)
    seal = anchor_seal(settings.GONGKAI_AUDIT_KEY.encode(), anchor.digest)
    if anchor.digest != digest or anchor.seal != seal:
        text = f"{anchor.day} 的锚定内容与其摘要或密钥签章不符，已被改动（或密钥不是原来的）"
        yield Fault(FaultKind.ANCHOR, SYSTEM_CHAIN, None, text)
    if anchor.previous != previous:
        text = f"{anchor.day} 的锚定与前一锚定不衔接，其中一个被改动、替换或删除"
        yield Fault(FaultKind.ANCHOR, SYSTEM_CHAIN, None, text)
    if announcement is None or announcement[1].get("digest") != anchor.digest:
        sequence = announcement[0] if announcement else None
        text = f"{anchor.day} 的锚定与日志所记不符"
        yield Fault(FaultKind.ANCHOR, SYSTEM_CHAIN, sequence, text)


def _vanished(sequence: int, after: dict) -> Fault:
    text = f"日志第 {sequence} 条记有 {after.get('day')} 的锚定，该锚定已不存在"
    return Fault(FaultKind.ANCHOR, SYSTEM_CHAIN, sequence, text)


def _compare_heads(anchor: Anchor, before: dict[str, list]) -> Iterator[Fault]:
    moved = {key: head for key, head in anchor.heads.items() if before.get(key) != head}
    for key in sorted(before.keys() - anchor.heads.keys()):
        yield Fault(FaultKind.ANCHOR, key, None, f"{anchor.day} 的锚定中此链不再出现")
    for key, (length, head) in sorted(moved.items()):
        row = Event.objects.filter(chain=key, sequence=length).values_list("digest", flat=True)
        if length and list(row) != [head]:
            text = f"第 {length} 条与 {anchor.day} 的锚定不符，该条或其前的记录被改动或删除"
            yield Fault(FaultKind.ANCHOR, key, length, text)


def _missing_guards() -> Iterator[Fault]:
    """Name the triggers of migration 0003 that are gone from the database."""
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = {name for (name,) in cursor.fetchall()}
    for name in sorted(GUARDS - found):
        text = f"数据库触发器 {name} 缺失，日志不再受数据库保护；请检查近期的数据库操作"
        yield Fault(FaultKind.UNGUARDED, SYSTEM_CHAIN, None, text)
