"""Verbs on tasks: progress is reported with proof, what is said to be done is ruled on."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.files.actions import FileRefused, store
from gongkai.files.models import Purpose
from gongkai.orgs.models import Organ
from gongkai.oversight.actions.steps import local_day, log
from gongkai.oversight.lifecycle import (
    PlanState,
    Refused,
    TaskEvent,
    TaskState,
    ToldWrongly,
    next_task_state,
)
from gongkai.oversight.models import TaskReport, WorkTask
from gongkai.oversight.rules.texts import used, web_address

Proof = tuple[str, bytes]  # a file's name and content


@transaction.atomic
def report_task(
    task: WorkTask,
    organ: Organ,
    *,
    words: str,
    claims: bool = False,
    link: str = "",
    proofs: Sequence[Proof] = (),
    by: Actor,
    at: datetime,
) -> TaskReport:
    """Report how far a task has come, or (`claims`) that it is done, for an organ that has it.

    Raises:
        Refused: it is ruled on, done or dropped, or the organ may not.
        ToldWrongly: nothing is told; of what is said to be done, no proof.
    """
    held = _hold(task)
    event = TaskEvent.CLAIM if claims else TaskEvent.REPORT
    held.state = next_task_state(TaskState(held.state), event)
    _refuse_strangers(held, organ, claims)
    words, link = used(words, "words"), web_address(link, "link")
    if claims and not link and not proofs:
        raise ToldWrongly("报送完成的，请填写“佐证链接”或者上传佐证材料", "link")
    made = TaskReport.objects.create(
        task=held,
        organ=organ,
        words=words,
        link=link,
        claims=claims,
        told_on=local_day(at),
        told_by=by.name,
        told_by_account=by.account,
    )
    for name, content in proofs:
        _keep(held, organ, name, content, by=by, at=at)
    held.save(update_fields=["state"])
    after = {"words": words, "claims": claims, "link": link, "proofs": len(proofs)}
    log("report_task", held, organ, by, at, after=after)
    return made


@transaction.atomic
def accept_task(
    task: WorkTask, *, done_on: date | None = None, ruling: str = "", by: Actor, at: datetime
) -> WorkTask:
    """Accept that a task is done; who reported it may not.

    Raises:
        Refused: nobody said it was done, or the same person did.
    """
    held = _hold(task)
    held.state = next_task_state(TaskState(held.state), TaskEvent.ACCEPT)
    last = _claim(held)
    if last.told_by_account == by.account:
        raise Refused("报送完成的人不能自己核实，请由另一位工作人员核实。")
    held.done_on = last.told_on if done_on is None else done_on
    if not (held.plan.issued_on or date.min) <= held.done_on <= local_day(at):
        raise ToldWrongly("“完成日期”应当在印发之后、今天之前", "done_on")
    held.save(update_fields=["state", "done_on"])
    _rule(last, True, used(ruling, "ruling", required=False), by, at)
    log("accept_task", held, held.plan.county, by, at, after={"done_on": held.done_on})
    return held


@transaction.atomic
def send_task_back(task: WorkTask, *, ruling: str, by: Actor, at: datetime) -> WorkTask:
    """Send back what was said to be done, with what is still to do; raises as its parts do."""
    held = _hold(task)
    held.state = next_task_state(TaskState(held.state), TaskEvent.SEND_BACK)
    ruling = used(ruling, "ruling")
    held.save(update_fields=["state"])
    _rule(_claim(held), False, ruling, by, at)
    log("send_task_back", held, held.plan.county, by, at, reason=ruling)
    return held


@transaction.atomic
def move_task(
    task: WorkTask, *, due_on: date | None, reason: str, by: Actor, at: datetime
) -> WorkTask:
    """Give a running task another date, with a reason; raises Refused or ToldWrongly."""
    held = _hold(task)
    next_task_state(TaskState(held.state), TaskEvent.MOVE)
    reason = used(reason, "reason")
    if due_on is None or due_on < (held.plan.issued_on or date.min):
        raise ToldWrongly("请填写印发日期之后的“完成时限”", "due_on")
    if due_on.year > held.plan.year + 1:
        raise ToldWrongly(f"“完成时限”应当在{held.plan.year}年或者下一年，请核对", "due_on")
    before, held.due_on = held.due_on, due_on
    held.save(update_fields=["due_on"])
    log("move_task", held, held.plan.county, by, at, before={"due_on": before},
        after={"due_on": due_on}, reason=reason)  # fmt: skip
    return held


@transaction.atomic
def drop_task(task: WorkTask, *, reason: str, by: Actor, at: datetime) -> WorkTask:
    """Drop a running task, with a reason; it stays in the table and counts no more."""
    held = _hold(task)
    held.state = next_task_state(TaskState(held.state), TaskEvent.DROP)
    held.dropped_why = used(reason, "reason")
    held.save(update_fields=["state", "dropped_why"])
    log("drop_task", held, held.plan.county, by, at, reason=held.dropped_why)
    return held


def _hold(task: WorkTask) -> WorkTask:
    rows = WorkTask.objects.select_for_update(of=("self",)).select_related("plan__county", "lead")
    held = rows.get(pk=task.pk)
    if held.plan.state != PlanState.ISSUED:
        raise Refused(f"工作要点{held.plan.get_state_display()}，任务不能办理。")
    return held


def _refuse_strangers(task: WorkTask, organ: Organ, claims: bool) -> None:
    if organ.pk == task.lead_id:
        return
    if not task.joint.filter(pk=organ.pk).exists():
        raise Refused(f"{organ.short_name}不是这项任务的牵头单位或者配合单位，不能报送。")
    if claims:
        raise Refused("任务完成由牵头单位报送，配合单位只报送进展。")


def _claim(task: WorkTask) -> TaskReport:
    return task.reports.filter(claims=True).order_by("-pk")[0]


def _rule(report: TaskReport, accepted: bool, ruling: str, by: Actor, at: datetime) -> None:
    report.accepted, report.ruling = accepted, ruling
    report.ruled_on, report.ruled_by = local_day(at), by.name
    report.save(update_fields=["accepted", "ruling", "ruled_on", "ruled_by"])


def _keep(
    task: WorkTask, organ: Organ, name: str, content: bytes, *, by: Actor, at: datetime
) -> None:
    try:
        store(
            organ=organ,
            about=task.typed_id,
            purpose=Purpose.OTHER,
            name=name,
            content=content,
            by=by,
            at=at,
        )
    except FileRefused as why:
        raise ToldWrongly(str(why), "proofs") from None
