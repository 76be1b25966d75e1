"""Reading points of work: tasks with their reports, what is late, organs by their names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.queries import existing_between, organs_of
from gongkai.oversight.lifecycle import PlanState, RowFault, TaskState
from gongkai.oversight.models import TaskReport, WorkPlan, WorkTask
from gongkai.oversight.rules.worksheet import TASK_HEADS, Line, WrittenTask, read_task

_ALL_TOWNSHIPS = ("各乡镇", "各乡（镇）", "各乡镇人民政府", "各乡镇（街道）", "各镇")
_ALL_DEPARTMENTS = ("各部门", "县直各部门", "县政府各部门", "各有关部门", "各单位", "县直各单位")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task of a table with its organs found."""

    written: WrittenTask
    lead: Organ
    joint: tuple[Organ, ...]


@dataclass(frozen=True, slots=True)
class Completion:
    """How far some tasks have come."""

    tasks: int
    done: int
    claimed: int
    late: int
    dropped: int

    @property
    def counted(self) -> int:
        """How many count: what was dropped does not."""
        return self.tasks - self.dropped

    @property
    def rate(self) -> str:
        """Return the share that is done."""
        return f"{100 * self.done / self.counted:.1f}%" if self.counted else "—"


def tasks_of(plan: WorkPlan) -> QuerySet[WorkTask]:
    """Return the tasks of some points, in order, with organs."""
    rows = WorkTask.objects.filter(plan=plan).select_related("lead", "plan")
    return rows.prefetch_related("joint").order_by("place")


def completion(tasks: Iterable[WorkTask], today: date) -> Completion:
    """Return how far tasks have come."""
    told = list(tasks)
    by_state = {state: sum(each.state == state for each in told) for state in TaskState}
    return Completion(
        len(told),
        by_state[TaskState.DONE],
        by_state[TaskState.CLAIMED],
        sum(each.is_late(today) for each in told),
        by_state[TaskState.DROPPED],
    )


def of_organs(tasks: QuerySet[WorkTask], organ_ids: Iterable[int]) -> QuerySet[WorkTask]:
    """Return the tasks that some organs lead or join in."""
    ids = list(organ_ids)
    joins = WorkTask.joint.through.objects.filter(worktask_id=OuterRef("pk"), organ_id__in=ids)
    return tasks.filter(Q(lead_id__in=ids) | Exists(joins))


def reports_of(task: WorkTask) -> list[TaskReport]:
    """Return what was reported of a task, the newest first."""
    return list(task.reports.select_related("organ").order_by("-pk"))


def running_tasks() -> QuerySet[WorkTask]:
    """Return the tasks that are still to be done."""
    return WorkTask.objects.filter(state=TaskState.OPEN, plan__state=PlanState.ISSUED)


def waiting_tasks(
    leads: QuerySet[Organ], counties: QuerySet[Organ] | None, today: date, soon_on: date
) -> dict[str, QuerySet[WorkTask]]:
    """Return what waits: late and due soon for the organ that leads, to be ruled for the office."""
    own = running_tasks().filter(lead__in=leads.order_by())
    found = {
        "late": own.filter(due_on__lt=today),
        "soon": own.filter(due_on__range=(today, soon_on)),
    }
    if counties is not None:
        rows = WorkTask.objects.filter(state=TaskState.CLAIMED)
        found["claimed"] = rows.filter(plan__county__in=counties.order_by())
    return found


def task_rows(
    lines: Sequence[Line], county: Organ, year: int, today: date
) -> tuple[list[TaskRow], list[RowFault]]:
    """Return the tasks of a table with their organs, and everything wrong with it."""
    known = OrgansByName(county, today)
    rows: list[TaskRow] = []
    faults: list[RowFault] = []
    for line in lines:
        read = read_task(line, year)
        if isinstance(read, list):
            faults += read
            continue
        lead, joint = known.find(read.lead), known.all_of(read.joint)
        unknown = ([] if lead else [("lead", read.lead)]) + [
            ("joint", name) for name, found in joint.items() if not found
        ]
        for name, said in unknown:
            remedy = f"没有找到单位“{said}”，请写机构管理中登记的全称或者简称"
            faults.append(RowFault(line.row, TASK_HEADS[name][0], remedy))
        if lead is not None and not unknown:
            organs = {each.pk: each for found in joint.values() for each in found}
            organs.pop(lead.pk, None)
            rows.append(TaskRow(read, lead, tuple(organs.values())))
    return rows, faults


class OrgansByName:
    """The organs of a county on a day by full and short name, and the words for all of a kind."""

    def __init__(self, county: Organ, day: date) -> None:
        found = organs_of(county).filter(existing_between(day, day)).order_by("-order", "-code")
        self._organs = list(found)
        self._by_name = {
            said: each for each in self._organs for said in (each.short_name, each.name)
        }
        self._prefix = county.name.removesuffix("人民政府")

    def find(self, name: str) -> Organ | None:
        """Return the organ that a name means, with or without the county's name before it."""
        return self._by_name.get(name) or self._by_name.get(f"{self._prefix}{name}")

    def all_of(self, names: Iterable[str]) -> dict[str, list[Organ]]:
        """Return the organs that each name means: one, or all of a kind."""
        return {name: self._meant(name) for name in names}

    def _meant(self, name: str) -> list[Organ]:
        if name in _ALL_TOWNSHIPS:
            return [each for each in self._organs if each.kind == OrganKind.TOWNSHIP]
        if name in _ALL_DEPARTMENTS:
            return [each for each in self._organs if each.kind == OrganKind.DEPARTMENT]
        found = self.find(name)
        return [found] if found else []
