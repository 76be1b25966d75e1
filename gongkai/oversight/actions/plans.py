"""Verbs on points of work: drafted or imported whole, issued, reported on, ruled, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.oversight.actions.steps import local_day, log, past_day
from gongkai.oversight.lifecycle import (
    PlanEvent,
    PlanState,
    Refused,
    TaskState,
    ToldWrongly,
    next_plan_state,
)
from gongkai.oversight.models import WorkPlan, WorkTask
from gongkai.oversight.queries import TaskRow
from gongkai.oversight.rules.texts import used

FIRST_YEAR = 2008  # the Regulations came into force


@dataclass(frozen=True, slots=True)
class TaskTold:
    """A task as it is told: what, who leads, who joins in, by when."""

    content: str
    lead: Organ | None
    due_on: date | None
    heading: str = ""
    joint: tuple[Organ, ...] = ()


@transaction.atomic
def draft_plan(
    county: Organ, *, year: int, title: str, number: str = "", by: Actor, at: datetime
) -> WorkPlan:
    """Begin the points of work of a year.

    Raises:
        ToldWrongly: no title, a year that cannot be, or the county has a paper of that title.
    """
    title, number = used(title, "title"), used(number, "number", required=False)
    if not FIRST_YEAR <= year <= local_day(at).year + 1:
        raise ToldWrongly("请核对“年度”", "year")
    try:
        with transaction.atomic():
            made = WorkPlan.objects.create(
                county=county,
                year=year,
                title=title,
                number=number,
                state=PlanState.DRAFT,
                made_by=by.name,
                made_at=at,
            )
    except IntegrityError:
        raise ToldWrongly("这个年度已有同名的工作要点，请核对“名称”", "title") from None
    log("draft_plan", made, county, by, at, after={"year": year, "number": number})
    return made


@transaction.atomic
def add_task(plan: WorkPlan, *, told: TaskTold, by: Actor, at: datetime) -> WorkTask:
    """Add a task to points that are drafted; raises Refused or ToldWrongly."""
    held = hold_plan(plan)
    next_plan_state(PlanState(held.state), PlanEvent.CHANGE)
    place = (held.tasks.aggregate(last=Max("place"))["last"] or 0) + 1
    made = _add(held, place, told)
    after = {"content": made.content, "lead": str(made.lead), "due_on": made.due_on}
    log("add_task", held, held.county, by, at, after=after)
    return made


@transaction.atomic
def change_task(task: WorkTask, *, told: TaskTold, by: Actor, at: datetime) -> WorkTask:
    """Change a task of points that are drafted; raises Refused or ToldWrongly."""
    held = hold_plan(task.plan)
    next_plan_state(PlanState(held.state), PlanEvent.CHANGE)
    row = WorkTask.objects.select_related("lead").get(pk=task.pk)
    before = {"content": row.content, "lead": str(row.lead), "due_on": row.due_on}
    row.heading, row.content, row.lead, row.due_on = _checked(held, told)
    row.save()
    row.joint.set(_others(told))
    after = {"content": row.content, "lead": str(row.lead), "due_on": row.due_on}
    log("change_task", held, held.county, by, at, before=before, after=after)
    return row


@transaction.atomic
def remove_task(task: WorkTask, *, by: Actor, at: datetime) -> None:
    """Take a task out of points that are drafted; raises Refused."""
    held = hold_plan(task.plan)
    next_plan_state(PlanState(held.state), PlanEvent.CHANGE)
    before = {"content": task.content, "place": task.place}
    task.joint.clear()
    WorkTask.objects.filter(pk=task.pk).delete()
    log("remove_task", held, held.county, by, at, before=before)


@transaction.atomic
def import_tasks(
    plan: WorkPlan,
    rows: Sequence[TaskRow],
    *,
    source_name: str,
    source_sha256: str,
    by: Actor,
    at: datetime,
) -> int:
    """Take in the tasks of a table, in its order, instead of those drafted before; return how many.

    Raises:
        Refused: the points are issued, or the table is empty.
    """
    held = hold_plan(plan)
    next_plan_state(PlanState(held.state), PlanEvent.CHANGE)
    if not rows:
        raise Refused("表中没有任务，没有导入任何内容。")
    WorkTask.joint.through.objects.filter(worktask__plan=held).delete()
    removed, _ = held.tasks.all().delete()
    for place, row in enumerate(rows, start=1):
        told = row.written
        _add(held, place, TaskTold(told.content, row.lead, told.due_on, told.heading, row.joint))
    after = {"tasks": len(rows), "source_name": source_name[:200], "sha256": source_sha256}
    log("import_tasks", held, held.county, by, at, before={"tasks": removed}, after=after)
    return len(rows)


@transaction.atomic
def issue_plan(
    plan: WorkPlan, *, issued_on: date | None, number: str = "", by: Actor, at: datetime
) -> WorkPlan:
    """Issue the points: from now on organs see their tasks and report; raises as its parts do."""
    held = hold_plan(plan)
    held.state = next_plan_state(PlanState(held.state), PlanEvent.ISSUE)
    if not held.tasks.exists():
        raise Refused("还没有任务，请先添加或者导入任务，再印发。")
    held.issued_on = past_day(issued_on, "issued_on", "印发日期", local_day(at))
    held.number = used(number, "number", required=False) or held.number
    held.save()
    after = {"issued_on": held.issued_on, "number": held.number, "tasks": held.tasks.count()}
    log("issue_plan", held, held.county, by, at, after=after)
    return held


@transaction.atomic
def close_plan(plan: WorkPlan, *, by: Actor, at: datetime) -> WorkPlan:
    """Close points of which every task is done or dropped; raises Refused."""
    held = hold_plan(plan)
    held.state = next_plan_state(PlanState(held.state), PlanEvent.CLOSE)
    left = held.tasks.filter(state__in=(TaskState.OPEN, TaskState.CLAIMED)).count()
    if left:
        raise Refused(f"还有{left}项任务没有完成，请先核实完成或者取消，再办结。")
    held.closed_on = local_day(at)
    held.save()
    log("close_plan", held, held.county, by, at, after={"closed_on": held.closed_on})
    return held


def hold_plan(plan: WorkPlan) -> WorkPlan:
    """Return points as they now stand, locked until the end of the transaction."""
    rows = WorkPlan.objects.select_for_update(of=("self",)).select_related("county")
    return rows.get(pk=plan.pk)


def _add(plan: WorkPlan, place: int, told: TaskTold) -> WorkTask:
    heading, content, lead, due_on = _checked(plan, told)
    made = WorkTask.objects.create(
        plan=plan,
        place=place,
        heading=heading,
        content=content,
        lead=lead,
        due_on=due_on,
        state=TaskState.OPEN,
    )
    made.joint.set(_others(told))
    return made


def _checked(plan: WorkPlan, told: TaskTold) -> tuple[str, str, Organ, date]:
    heading = used(told.heading, "heading", required=False)
    content = used(told.content, "content")
    if told.lead is None:
        raise ToldWrongly("请选择“牵头单位”", "lead")
    if any((each.county_id or each.pk) != plan.county_id for each in (told.lead, *told.joint)):
        raise ToldWrongly("只能把任务交给本县的单位", "lead")
    if told.due_on is None:
        raise ToldWrongly("请填写“完成时限”", "due_on")
    if not plan.year <= told.due_on.year <= plan.year + 1:
        raise ToldWrongly(f"“完成时限”应当在{plan.year}年或者下一年，请核对", "due_on")
    return heading, content, told.lead, told.due_on


def _others(told: TaskTold) -> list[Organ]:
    return [each for each in told.joint if told.lead is None or each.pk != told.lead.pk]
