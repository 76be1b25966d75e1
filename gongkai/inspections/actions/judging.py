"""Verbs on whether a finding is a fault, and whose: false alarms, objections, another organ."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.inspections import queries
from gongkai.inspections.actions import steps
from gongkai.inspections.lifecycle import FindingEvent, Refused, ToldWrongly
from gongkai.inspections.models import Finding, Objection, Verdict
from gongkai.inspections.rules.texts import used
from gongkai.orgs.models import Organ


@transaction.atomic
def mark_false(
    findings: Finding | Iterable[Finding], *, why: str, by: Actor, at: datetime
) -> list[Finding]:
    """Say that findings of one organ are no faults; no run tells of them again.

    Raises:
        Refused: one is past that.
        ToldWrongly: no reason.
    """
    why = used(why, "why")
    held = steps.hold(findings)
    for each in held:
        steps.follow(each, FindingEvent.MARK_FALSE)
        each.due_on, each.due_provisional = None, False
    Finding.objects.bulk_update(held, ["state", "due_on", "due_provisional"])
    _remember(held, why, by, at)
    steps.tell(held, FindingEvent.MARK_FALSE, by, at, why)
    steps.log("mark_false", held, by, at, reason=why)
    return held


@transaction.atomic
def take_back(finding: Finding, *, why: str, by: Actor, at: datetime) -> Finding:
    """Take a false alarm back: the finding stands again, and runs tell of it.

    Raises:
        Refused: it is no false alarm, or the same fault has been found anew.
        ToldWrongly: no reason.
    """
    why = used(why, "why")
    [held] = steps.hold(finding)
    steps.follow(held, FindingEvent.TAKE_BACK)
    held.save(update_fields=["state"])
    Verdict.objects.filter(
        county=held.county, fingerprint=held.fingerprint, taken_back_at__isnull=True
    ).update(taken_back_at=at)
    steps.tell([held], FindingEvent.TAKE_BACK, by, at, why)
    steps.log("take_back", [held], by, at, reason=why)
    return held


@transaction.atomic
def pass_on(finding: Finding, *, to: Organ, why: str, by: Actor, at: datetime) -> Finding:
    """Lay a finding at another organ's door; an objection against it is settled by that.

    Raises:
        Refused: it is past that.
        ToldWrongly: no reason, or no other organ of the county.
    """
    why = used(why, "why")
    [held] = steps.hold(finding)
    day = steps.local_day(at)
    before, chain = {"organ": held.organ.short_name, "state": held.state}, held.organ.code
    steps.follow(held, FindingEvent.PASS_ON)
    known = queries.organs_to_lay_to(held.county, day).exclude(pk=held.organ_id)
    if not known.filter(pk=to.pk).exists():
        raise ToldWrongly("请选择本县的其他机关", "to")
    if waiting := queries.open_objection(held):
        _settle(waiting, upheld=True, words=f"改派{to.short_name}：{why}", by=by, at=at)
    held.organ, held.due_on, held.due_provisional = to, None, False
    held.save(update_fields=["organ", "state", "due_on", "due_provisional"])
    steps.tell([held], FindingEvent.PASS_ON, by, at, f"改派{to.short_name}：{why}")
    after = {"organ": to.short_name, "state": str(held.state)}
    steps.log("pass_on", [held], by, at, chain=chain, before=before, after=after, reason=why)
    return held


@transaction.atomic
def object_to(finding: Finding, *, reason: str, by: Actor, at: datetime) -> Objection:
    """Object to a finding in its organ's name; its date runs on until the office has ruled.

    Raises:
        Refused: it was not sent, or is past that.
        ToldWrongly: no reason.
    """
    reason = used(reason, "reason")
    [held] = steps.hold(finding)
    steps.follow(held, FindingEvent.OBJECT)
    held.save(update_fields=["state"])
    made = Objection.objects.create(finding=held, reason=reason, made_at=at, made_by=by.name)
    steps.tell([held], FindingEvent.OBJECT, by, at, reason)
    steps.log("object", [held], by, at, reason=reason)
    return made


@transaction.atomic
def rule_on_objection(
    finding: Finding, *, upheld: bool, reason: str, by: Actor, at: datetime
) -> Finding:
    """Rule on what an organ says against a finding; upheld, no run tells of the fault again.

    Raises:
        Refused: nothing waits for a ruling.
        ToldWrongly: no reason.
    """
    reason = used(reason, "reason")
    [held] = steps.hold(finding)
    event = FindingEvent.UPHOLD if upheld else FindingEvent.DISMISS
    steps.follow(held, event)
    waiting = queries.open_objection(held)
    if waiting is None:
        raise Refused("没有待裁定的异议。")
    if waiting.made_by == by.name:
        raise Refused("提出异议的人不能自己裁定，请由政务公开办其他人员办理。")
    _settle(waiting, upheld=upheld, words=reason, by=by, at=at)
    if upheld:
        held.due_on, held.due_provisional = None, False
        _remember([held], reason, by, at)
    held.save(update_fields=["state", "due_on", "due_provisional"])
    steps.tell([held], event, by, at, reason)
    steps.log("rule", [held], by, at, after={"upheld": upheld}, reason=reason)
    return held


def _settle(waiting: Objection, *, upheld: bool, words: str, by: Actor, at: datetime) -> None:
    waiting.upheld, waiting.ruling = upheld, words[:1000]
    waiting.ruled_at, waiting.ruled_by = at, by.name
    waiting.save(update_fields=["upheld", "ruling", "ruled_at", "ruled_by"])


def _remember(held: Sequence[Finding], why: str, by: Actor, at: datetime) -> None:
    Verdict.objects.bulk_create(
        [
            Verdict(
                county=each.county,
                fingerprint=each.fingerprint,
                finding=each,
                reason=why,
                given_at=at,
                given_by=by.name,
            )
            for each in held
        ]
    )
