"""Screens that draft points of work: begin them, add, change and import tasks, issue, close."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages

from gongkai.oversight import actions, queries
from gongkai.oversight.lifecycle import OversightError, RowFault
from gongkai.oversight.models import WorkTask
from gongkai.oversight.rules.worksheet import NEEDED_OF_TASKS, TASK_HEADS
from gongkai.oversight.staff.access import (
    FormView,
    OfficeForm,
    OversightView,
    or_404,
    refuse_unless,
)
from gongkai.oversight.staff.importing import ImportView, Upload
from gongkai.oversight.staff.plan_forms import (
    IssueForm,
    PlanForm,
    SureForm,
    TaskForm,
    TasksFileForm,
)
from gongkai.oversight.staff.plans import PlanScreen, url
from gongkai.oversight.staff.shown import day


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
