"""Verbs on putting right: send, order with a date, answer with proof, re-check, close."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.audit import SYSTEM, Actor
from gongkai.audit.actions import record
from gongkai.calendars.queries import workday_calendar
from gongkai.files.actions import FileRefused, store
from gongkai.files.models import Purpose
from gongkai.inspections.actions import steps
from gongkai.inspections.actions.runs import settle_round
from gongkai.inspections.deadlines import USUAL_WORKDAYS, rectify_due
from gongkai.inspections.lifecycle import FindingEvent, FindingState, Refused, ToldWrongly
from gongkai.inspections.lifecycle.findings import STANDING
from gongkai.inspections.models import Finding, Rectification
from gongkai.inspections.rules.texts import used
from gongkai.orgs.models import Organ

MOST_PROOFS = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What an organ did: result, measures, the person responsible."""

    result: str
    measures: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that shows it."""

    name: str
    content: bytes


@transaction.atomic
def send(findings: Finding | Iterable[Finding], *, by: Actor, at: datetime) -> list[Finding]:
    """Tell an organ of its findings without a date yet.

    Raises:
        Refused: one was sent before.
    """
    held = steps.hold(findings)
    for each in held:
        steps.follow(each, FindingEvent.SEND)
    Finding.objects.bulk_update(held, ["state"])
    steps.tell(held, FindingEvent.SEND, by, at)
    steps.log("send", held, by, at)
    return held


@transaction.atomic
def order(
    findings: Finding | Iterable[Finding],
    *,
    requirement: str = "",
    workdays: int = USUAL_WORKDAYS,
    by: Actor,
    at: datetime,
) -> list[Finding]:
    """Order findings of one organ put right within so many working days, or set a new date.

    Raises:
        Refused: one is past that, or its objection waits; the calendar knows nothing of the year.
        ToldWrongly: a term out of range.
    """
    requirement, day = used(requirement, "requirement", required=False), steps.local_day(at)
    due = rectify_due(day, workdays, workday_calendar())
    held = steps.hold(findings)
    for each in held:
        steps.follow(each, FindingEvent.ORDER)
        each.due_on, each.due_provisional = due.due_on, due.provisional
        told = steps.round_of(each)
        told.ordered_on, told.workdays, told.due_on = day, workdays, due.due_on
        told.requirement, told.ordered_by = requirement, by.name
        told.save()
    Finding.objects.bulk_update(held, ["state", "due_on", "due_provisional"])
    steps.tell(held, FindingEvent.ORDER, by, at, f"期限{due.due_on}。{requirement}")
    after = {"due_on": due.due_on.isoformat(), "workdays": workdays, "requirement": requirement}
    steps.log("order", held, by, at, after=after)
    return held


@transaction.atomic
def answer(
    finding: Finding, *, told: Answer, proofs: Sequence[Proof] = (), by: Actor, at: datetime
) -> Finding:
    """Answer for the organ what was done; the files are kept with the finding.

    Raises:
        Refused: nothing is to be answered.
        ToldWrongly: no result, or a file that is refused.
    """
    result, person = used(told.result, "result"), used(told.person, "person", required=False)
    measures = used(told.measures, "measures", required=False)
    if len(proofs) > MOST_PROOFS:
        raise ToldWrongly(f"一次最多上传{MOST_PROOFS}个佐证材料", "proofs")
    [held] = steps.hold(finding)
    steps.follow(held, FindingEvent.ANSWER)
    for proof in proofs:
        _keep(held, proof, by, at)
    this = steps.round_of(held)
    this.result, this.measures, this.answered_by = result, measures, by.name
    this.answered_on = steps.local_day(at)
    this.save(update_fields=["result", "measures", "answered_by", "answered_on"])
    held.answered_at, held.person = at, person or held.person
    held.save(update_fields=["state", "answered_at", "person"])
    steps.tell([held], FindingEvent.ANSWER, by, at, result)
    steps.log("answer", [held], by, at, after={"result": result, "measures": measures})
    return held


@transaction.atomic
def recheck(
    findings: Finding | Iterable[Finding], *, passed: bool, words: str = "", by: Actor, at: datetime
) -> list[Finding]:
    """Put down what a re-check by a person showed; not passed, the organ owes an answer again.

    Raises:
        Refused: nothing waits for a re-check, or the person answered it themself.
        ToldWrongly: not passed and no words why.
    """
    words = used(words, "words", required=not passed)
    event = FindingEvent.PASS if passed else FindingEvent.FAIL
    held = steps.hold(findings)
    for each in held:
        steps.follow(each, event)
        this = each.rounds.order_by("-number").first()
        if passed and this is not None and this.answered_by == by.name:
            raise Refused(f"{each.number}的整改结果是您反馈的，请由其他人员复核。")
        settle_round(each, passed=passed, by=by, at=at, words=words)
        if not passed:
            steps.new_round(each, due_on=each.due_on)
    Finding.objects.bulk_update(held, ["state"])
    steps.tell(held, event, by, at, words)
    steps.log("recheck", held, by, at, after={"passed": passed}, reason=words)
    return held


@transaction.atomic
def close(findings: Finding | Iterable[Finding], *, by: Actor, at: datetime) -> list[Finding]:
    """Close findings that passed their re-check.

    Raises:
        Refused: one did not pass a re-check.
    """
    held = steps.hold(findings)
    for each in held:
        steps.follow(each, FindingEvent.CLOSE)
        each.closed_at = at
    Finding.objects.bulk_update(held, ["state", "closed_at"])
    steps.tell(held, FindingEvent.CLOSE, by, at)
    steps.log("close", held, by, at)
    return held


def recompute_deadlines(*, notice: str, by: Actor = SYSTEM, at: datetime) -> int:
    """Work out the dates of standing orders again after a holiday notice; return how many moved.

    One transaction and one event for each organ; safe to repeat.
    """
    rows = Finding.objects.filter(state__in=_OPEN, due_on__isnull=False).order_by()
    organs = Organ.objects.filter(pk__in=set(rows.values_list("organ_id", flat=True)))
    return sum(_recompute_for(organ, notice, by=by, at=at) for organ in organs)


_OPEN = [state.value for state in STANDING if state not in (FindingState.RECHECKED,)]


@transaction.atomic
def _recompute_for(organ: Organ, notice: str, *, by: Actor, at: datetime) -> int:
    calendar = workday_calendar()
    rows = Finding.objects.select_for_update(of=("self",)).filter(
        organ=organ, state__in=_OPEN, due_on__isnull=False
    )
    before, after = {}, {}
    for each in rows.order_by("pk"):
        this = each.rounds.filter(ordered_on__isnull=False).order_by("-number").first()
        if this is None:
            continue
        due = rectify_due(this.ordered_on, this.workdays, calendar)
        if (due.due_on, due.provisional) == (each.due_on, each.due_provisional):
            continue
        before[each.number], after[each.number] = str(each.due_on), str(due.due_on)
        each.due_on, each.due_provisional = due.due_on, due.provisional
        each.save(update_fields=["due_on", "due_provisional"])
        Rectification.objects.filter(finding=each, number__gte=this.number).update(
            due_on=due.due_on
        )
    if after:
        target = f"orgs:{organ.pk}"
        values = {"before": before, "after": after, "reason": notice}
        verb = "inspections.recompute_deadlines"
        record(verb, target, chain=organ.code, by=by, at=at, label=organ.name, **values)
    return len(after)


def _keep(finding: Finding, proof: Proof, by: Actor, at: datetime) -> None:
    try:
        store(
            organ=finding.organ,
            about=finding.typed_id,
            purpose=Purpose.OTHER,
            name=proof.name,
            content=proof.content,
            by=by,
            at=at,
        )
    except FileRefused as refused:
        raise ToldWrongly(f"佐证材料“{proof.name[:60]}”：{refused}", "proofs") from None
