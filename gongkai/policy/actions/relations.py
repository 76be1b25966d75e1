"""Verbs on validity and between documents: amend, repeal, relate, lapse, cancel an error."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.policy import queries, rules
from gongkai.policy.actions import steps
from gongkai.policy.lifecycle import DocumentEvent, DocumentState
from gongkai.policy.models import PolicyDocument, Relation
from gongkai.policy.rules import RelationKind


@transaction.atomic
def amend(
    document: PolicyDocument,
    *,
    effective_on: date,
    source: PolicyDocument | None = None,
    basis: str = "",
    by: Actor,
    at: datetime,
) -> Relation:
    """Record that a document is amended from a day on, by `source` or by what `basis` names.

    Raises:
        DocumentRefused: no source and no basis, or the day does not fit.
        NotAllowedNow: it is repealed or lapsed by that day, or its registration was withdrawn.
    """
    held = steps.hold(document)
    steps.next_state(held, DocumentEvent.AMEND)
    return _relate(RelationKind.AMENDS, held, effective_on, source, basis, by, at)


@transaction.atomic
def repeal(
    document: PolicyDocument,
    *,
    effective_on: date,
    source: PolicyDocument | None = None,
    basis: str = "",
    by: Actor,
    at: datetime,
) -> Relation:
    """Record that a document is repealed from a day on; it stays public, stamped 废止.

    Raises: as `amend`.
    """
    held = steps.hold(document)
    steps.next_state(held, DocumentEvent.REPEAL)
    amendments = queries.standing_acts_on(held).filter(kind=RelationKind.AMENDS)
    last = amendments.filter(effective_on__gt=effective_on).last()
    if last is not None:
        raise steps.refused(
            "effective_on",
            f"该文件已登记自{last.effective_on:%Y-%m-%d}起修改，废止日期不得早于这一天",
        )
    return _relate(RelationKind.REPEALS, held, effective_on, source, basis, by, at)


@transaction.atomic
def relate(
    document: PolicyDocument,
    *,
    kind: RelationKind,
    source: PolicyDocument,
    effective_on: date,
    by: Actor,
    at: datetime,
) -> Relation:
    """Record that `source` interprets or implements a document; validity is untouched.

    Raises:
        DocumentRefused: a kind that has a verb of its own, the same twice, or the day does not fit.
        NotAllowedNow: its registration was withdrawn.
    """
    if kind.changes_validity:
        raise steps.refused("kind", "修改、废止请用“登记修改”“登记废止”")
    held = steps.hold(document)
    steps.next_state(held, DocumentEvent.RELATE)
    standing = queries.standing_acts_on(held).filter(kind=kind, source=source)
    if standing.exists():
        raise steps.refused("source", "这一关系已经登记")
    return _relate(kind, held, effective_on, source, "", by, at)


@transaction.atomic
def lapse(
    document: PolicyDocument, *, last_on: date, reason: str, by: Actor, at: datetime
) -> PolicyDocument:
    """Declare that a document lapses (宣布失效): `last_on` is its last valid day.

    Raises:
        ReasonMissing: `reason` is blank or too long.
        DocumentRefused: the day lies before the document's own first day.
        NotAllowedNow: it is repealed or lapsed by then.
    """
    reason = steps.read_reason(reason)
    held = steps.hold(document)
    steps.next_state(held, DocumentEvent.LAPSE)
    life = queries.life_of(held)
    if last_on < (life.begins_on or held.formed_on):
        raise steps.refused("last_on", "失效日期不得早于施行日期")
    now = rules.validity_on(life, last_on)
    if not now.in_force:
        raise rules.NotAllowedNow(f"文件到{last_on:%Y-%m-%d}已经{now.label}，不能再宣布失效")
    before = {"ends_on": held.ends_on.isoformat() if held.ends_on else None}
    held.ends_on = last_on
    held.save(update_fields=["ends_on"])
    after = {"ends_on": last_on.isoformat()}
    steps.record("lapse", held, by, at, before=before, after=after, reason=reason)
    return held


@transaction.atomic
def cancel_relation(relation: Relation, *, reason: str, by: Actor, at: datetime) -> Relation:
    """Cancel an amendment or repeal that was recorded in error.

    Raises:
        ReasonMissing: `reason` is blank or too long.
        NotAllowedNow: it was cancelled before.
    """
    reason = steps.read_reason(reason)
    held = steps.hold(relation.target)
    steps.next_state(held, DocumentEvent.CANCEL_RELATION)
    found = Relation.objects.select_for_update().get(pk=relation.pk)
    if found.cancelled_at is not None:
        raise rules.NotAllowedNow("这一登记已经撤销，不能再次撤销")
    found.cancelled_by, found.cancelled_at, found.cancel_reason = by.name, at, reason
    found.save(update_fields=["cancelled_by", "cancelled_at", "cancel_reason"])
    steps.record(
        "cancel_relation",
        held,
        by,
        at,
        before=_logged_relation(found),
        after={"cancelled": True},
        reason=reason,
    )
    return found


def _relate(
    kind: RelationKind,
    document: PolicyDocument,
    effective_on: date,
    source: PolicyDocument | None,
    basis: str,
    by: Actor,
    at: datetime,
) -> Relation:
    basis = basis.strip()
    if source is not None and source.pk == document.pk:
        raise steps.refused("source", f"文件不能{kind.label}自身")
    if source is not None and source.state == DocumentState.WITHDRAWN:
        raise steps.refused("source", "所选文件的登记已经撤回，请另选")
    rules.check_relation(
        kind,
        queries.life_of(document),
        effective_on=effective_on,
        source_formed_on=source.formed_on if source else None,
        basis=basis,
    )
    relation = Relation.objects.create(
        kind=kind,
        target=document,
        source=source,
        basis=basis,
        effective_on=effective_on,
        recorded_by=by.name,
        recorded_at=at,
    )
    verb = _VERBS[kind]
    steps.record(verb, document, by, at, after=_logged_relation(relation))
    return relation


_VERBS = {
    RelationKind.REPEALS: "repeal",
    RelationKind.AMENDS: "amend",
    RelationKind.INTERPRETS: "relate",
    RelationKind.IMPLEMENTS: "relate",
}


def _logged_relation(relation: Relation) -> dict[str, Any]:
    return {
        "kind": str(relation.kind),
        "source": relation.source.record_id if relation.source else "",
        "basis": relation.basis,
        "effective_on": relation.effective_on.isoformat(),
    }
