"""Screens of points of work: the list, one with its tasks, drafting, importing, the table."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.oversight import actions, queries
from gongkai.oversight.lifecycle import OversightError, PlanState, RowFault, TaskState
from gongkai.oversight.models import WorkPlan, WorkTask
from gongkai.oversight.rules.worksheet import NEEDED_OF_TASKS, TASK_HEADS
from gongkai.oversight.staff.access import (
    XLSX,
    FormView,
    OfficeForm,
    OversightView,
    or_404,
    refuse_unless,
    sent,
)
from gongkai.oversight.staff.importing import ImportView, Upload
from gongkai.oversight.staff.plan_forms import (
    IssueForm,
    PlanForm,
    SureForm,
    TaskForm,
    TasksFileForm,
)
from gongkai.oversight.staff.shown import (
    DAY,
    LONG,
    MOST,
    NUMBER,
    SHORT,
    Cell,
    Link,
    Table,
    day,
    heads,
)

_COLUMNS = (
    ("序号", 6),
    ("重点领域", 20),
    ("任务内容", 50),
    ("牵头单位", 14),
    ("配合单位", 24),
    ("完成时限", 12),
    ("进展", 10),
    ("完成日期", 12),
    ("最近报送", 50),
)


def url(name: str, *args: Any) -> str:
    """Return an address of the chapter."""
    return reverse(f"oversight:{name}", args=args)


class PlansView(OversightView):
    """The points of work this person sees, with how far each has come."""

    page_title = "工作要点"
    tab, at_home = "plans", True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        rows = []
        for plan in self.person.plans.select_related("county")[:50]:
            told = queries.completion(plan.tasks.all(), self.person.today)
            rows.append(
                (
                    Cell(plan.title, url("plan", plan.pk), plan.number),
                    Cell(plan.year),
                    Cell(plan.get_state_display()),
                    Cell(told.counted),
                    Cell(told.done),
                    Cell(told.late, tone="desk-bad" if told.late else ""),
                    Cell(told.rate),
                )
            )
        head = heads(("名称", MOST), ("年度", NUMBER), ("状态", SHORT), ("任务", NUMBER),
                     ("已完成", NUMBER), ("已超期", NUMBER), ("完成率", NUMBER))  # fmt: skip
        table = Table(
            "", head, rows, "还没有工作要点。政务公开办起草、印发后，各单位在这里报送进展。"
        )
        links = [Link("起草工作要点", url("draft_plan"), main=True)] if self.person.counties else []
        return self.show(tables=[table], links=links)


class PlanScreen(OversightView):
    """A screen of one paper of points."""

    def plan(self) -> WorkPlan:
        """Return the points if this person sees them; else 404."""
        rows = self.person.plans.select_related("county")
        return or_404(rows.filter(pk=self.kwargs["pk"]).first())

    def trail(self) -> list[tuple[str, str]]:
        """Return the points."""
        return [(url("plan", self.kwargs["pk"]), "工作要点")]


class PlanView(PlanScreen):
    """One paper of points: its tasks, each with who leads, by when, how far it has come."""

    def trail(self) -> list[tuple[str, str]]:
        """Return nothing: this is below the list."""
        return []

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it; `show` narrows the tasks."""
        plan = self.plan()
        self.page_title = plan.title
        keeps = self.person.keeps(plan.county_id)
        asked = request.GET.get("show", "" if keeps else "own")
        tasks = queries.tasks_of(plan)
        told = queries.completion(tasks, self.person.today)
        if asked == "own":
            tasks = queries.of_organs(tasks, self.person.organ_ids)
        shown = list(tasks)
        if asked == "late":
            shown = [each for each in shown if each.is_late(self.person.today)]
        if asked == "claimed":
            shown = [each for each in shown if each.state == TaskState.CLAIMED]
        drafted = plan.state == PlanState.DRAFT
        said = (
            f"任务{told.counted}项，已完成{told.done}项，待核实{told.claimed}项，"
            f"已超期{told.late}项，完成率{told.rate}。"
        )
        return self.show(
            state=plan.get_state_display(),
            said=said,
            bad=bool(told.late),
            lines=[f"{day(plan.issued_on)}印发 {plan.number}"] if plan.issued_on else [],
            links=self.links(plan, keeps),
            filters=[] if drafted else [_filter(asked)],
            tables=[self.table(shown, keeps and drafted)],
        )

    def table(self, tasks: list[WorkTask], drafted: bool) -> Table:
        """Return the tasks as they are shown."""
        today = self.person.today
        rows = [
            (
                Cell(task.content, url("task", task.pk), task.heading),
                Cell(task.lead.short_name),
                Cell("、".join(each.short_name for each in task.joint.all()) or "—"),
                Cell(day(task.due_on), tone="desk-bad" if task.is_late(today) else ""),
                Cell("已超期" if task.is_late(today) else task.get_state_display(),
                     tone="desk-bad" if task.is_late(today) else ""),
                *([Cell("修改", url("change_task", task.pk))] if drafted else []),
            )
            for task in tasks
        ]  # fmt: skip
        head = heads(("任务内容", MOST), ("牵头单位", SHORT), ("配合单位", LONG), ("完成时限", DAY),
                     ("进展", SHORT), *([("办理", SHORT)] if drafted else []))  # fmt: skip
        return Table("任务", head, rows, "没有任务。")

    def links(self, plan: WorkPlan, keeps: bool) -> list[Link]:
        """Return what may be done now."""
        found = [Link("下载任务完成情况表", url("plan_xlsx", plan.pk))]
        if keeps and plan.state == PlanState.DRAFT:
            found = [
                Link("导入任务分工表", url("import_tasks", plan.pk), main=True),
                Link("添加任务", url("add_task", plan.pk)),
                Link("印发", url("issue_plan", plan.pk)),
                *found,
            ]
        elif keeps and plan.state == PlanState.ISSUED:
            found.append(Link("办结", url("close_plan", plan.pk)))
        return found


class PlanXlsxView(PlanScreen):
    """The completion table as a workbook."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send it."""
        plan = self.plan()
        tasks = queries.tasks_of(plan).prefetch_related("reports")
        rows = tuple(
            (
                task.place,
                task.heading,
                task.content,
                task.lead.short_name,
                "、".join(each.short_name for each in task.joint.all()),
                day(task.due_on),
                "已超期" if task.is_late(self.person.today) else task.get_state_display(),
                day(task.done_on),
                max(task.reports.all(), key=lambda each: each.pk).words
                if task.reports.all()
                else "",
            )
            for task in tasks
        )
        columns = tuple(Column(name, width) for name, width in _COLUMNS)
        data = write_tables([SheetOut("任务完成情况", columns, rows)])
        return sent(data, XLSX, f"{plan.title}任务完成情况表.xlsx")


class DraftPlanView(OfficeForm):
    """Begin points of work."""

    page_title = button = "起草工作要点"
    done = "已建立，请导入任务分工表，或者逐项添加任务。"

    def form(self, *args: Any) -> PlanForm:
        """Return the form."""
        return PlanForm(*args, initial={"year": timezone.localdate(self.person.now).year})

    def take(self, form: PlanForm) -> str:
        """Begin them."""
        made = actions.draft_plan(self.county, **form.cleaned_data, **self.who)
        return url("plan", made.pk)


class KeptPlanForm(FormView, PlanScreen):
    """A form of points that their keeper fills in."""

    def open(self) -> None:
        """Find the points."""
        self.held = self.plan()
        refuse_unless(self.person.keeps(self.held.county_id))

    def back(self) -> str:
        """Return the points."""
        return url("plan", self.held.pk)

    def extra(self) -> dict[str, Any]:
        """Return the name of the points."""
        return {"about": self.held.title}


class AddTaskView(KeptPlanForm):
    """Add a task."""

    page_title = button = "添加任务"

    def form(self, *args: Any) -> TaskForm:
        """Return the form."""
        return TaskForm(*args, person=self.person, county=self.held.county)

    def take(self, form: TaskForm) -> str:
        """Add it."""
        actions.add_task(self.held, told=form.told(), **self.who)
        return self.back()


class IssueView(KeptPlanForm):
    """Issue the points."""

    page_title = button = "印发"
    hint = "印发后，各牵头单位、配合单位可以看到任务、报送进展，任务不再增减。"
    done = "已印发，各单位可以报送进展。"

    def form(self, *args: Any) -> IssueForm:
        """Return the form."""
        initial = {"issued_on": self.person.today, "number": self.held.number}
        return IssueForm(*args, initial=initial)

    def take(self, form: IssueForm) -> str:
        """Issue them."""
        actions.issue_plan(self.held, **form.cleaned_data, **self.who)
        return self.back()


class CloseView(KeptPlanForm):
    """Close the points."""

    page_title = button = "办结"
    hint = "每项任务都已完成或者取消后，才能办结；办结后不再变动。"
    done = "已办结。"

    def form(self, *args: Any) -> SureForm:
        """Return the form."""
        return SureForm(*args)

    def take(self, form: SureForm) -> str:
        """Close them."""
        actions.close_plan(self.held, **self.who)
        return self.back()


class DraftedTask(OversightView):
    """A task of points that are still drafted, for their keeper."""

    def drafted(self) -> WorkTask:
        """Return it, or refuse."""
        rows = self.person.tasks.select_related("plan__county", "lead")
        found = or_404(rows.filter(pk=self.kwargs["pk"]).first())
        refuse_unless(self.person.keeps(found.plan.county_id))
        return found


class ChangeTaskView(FormView, DraftedTask):
    """Change a task before the points are issued."""

    page_title, button = "修改任务", "保存"

    def open(self) -> None:
        """Find the task."""
        self.task = self.drafted()

    def form(self, *args: Any) -> TaskForm:
        """Return the form with what is told."""
        task = self.task
        initial = {
            "heading": task.heading,
            "content": task.content,
            "lead": task.lead_id,
            "joint": [each.pk for each in task.joint.all()],
            "due_on": task.due_on,
        }
        return TaskForm(*args, person=self.person, county=task.plan.county, initial=initial)

    def take(self, form: TaskForm) -> str:
        """Change it."""
        actions.change_task(self.task, told=form.told(), **self.who)
        return self.back()

    def back(self) -> str:
        """Return the points."""
        return url("plan", self.task.plan_id)


class RemoveTaskView(DraftedTask):
    """Take a task out before the points are issued."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove it."""
        task = self.drafted()
        try:
            actions.remove_task(task, **self.who)
        except OversightError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已删除。")
        return redirect(url("plan", task.plan_id))


class ImportTasksView(ImportView, PlanScreen):
    """Take in the table that divides the points into tasks."""

    page_title = "导入任务分工表"
    heads, needed = TASK_HEADS, NEEDED_OF_TASKS
    shown_heads = ("行", "重点领域", "任务内容", "牵头单位", "配合单位", "完成时限")
    unit = "项任务"
    note = "导入后，原来起草的任务全部由表中的任务代替。"
    form_class = TasksFileForm

    def open(self) -> None:
        """Find the points."""
        self.held = self.plan()
        if not self.person.keeps(self.held.county_id):
            raise PermissionDenied

    def read(self, upload: Upload) -> tuple[list[Any], list[RowFault]]:
        """Return the tasks with their organs."""
        held = self.held
        return queries.task_rows(upload.lines, held.county, held.year, self.person.today)

    def line(self, row: queries.TaskRow) -> tuple[object, ...]:
        """Return a task as the preview shows it."""
        told, joint = row.written, "、".join(each.short_name for each in row.joint)
        return (
            told.row,
            told.heading or "—",
            told.content,
            row.lead.short_name,
            joint or "—",
            day(told.due_on),
        )

    def take(self, rows: list[Any], upload: Upload) -> str:
        """Take them in."""
        told = {"source_name": upload.name, "source_sha256": upload.sha256}
        actions.import_tasks(self.held, rows, **told, **self.who)
        return self.back()

    def back(self) -> str:
        """Return the points."""
        return url("plan", self.held.pk)


def _filter(asked: str) -> dict[str, Any]:
    choices = [
        ("", "全部任务"),
        ("own", "本单位的任务"),
        ("late", "已超期的任务"),
        ("claimed", "待核实的任务"),
    ]
    return {"name": "show", "label": "范围", "choices": choices, "value": asked}
