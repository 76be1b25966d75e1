"""Screens of one task: what was reported, reporting, ruling, another date, dropping."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from gongkai.files.queries import panel
from gongkai.orgs.models import Organ
from gongkai.oversight import actions, queries
from gongkai.oversight.lifecycle import PlanState, TaskState
from gongkai.oversight.models import TaskReport, WorkTask
from gongkai.oversight.staff.access import FormView, OversightView, or_404, refuse_unless
from gongkai.oversight.staff.plan_forms import (
    AcceptForm,
    MoveForm,
    ReportForm,
    SendBackForm,
    WhyForm,
)
from gongkai.oversight.staff.plans import url
from gongkai.oversight.staff.shown import DAY, MOST, SHORT, Cell, Facts, Link, Table, day, heads


class TaskScreen(OversightView):
    """A screen of one task."""

    def task(self) -> WorkTask:
        """Return the task if this person sees it; else 404."""
        rows = self.person.tasks.select_related("plan__county", "lead")
        return or_404(rows.filter(pk=self.kwargs["pk"]).first())

    def reporters(self, task: WorkTask) -> Any:
        """Return the organs of the task for which this person reports, who leads first."""
        ids = {task.lead_id, *task.joint.values_list("pk", flat=True)} & self.person.reports_for
        lead_first = sorted(ids, key=lambda pk: pk != task.lead_id)
        return Organ.objects.filter(pk__in=lead_first).order_by("order", "code")

    def trail(self) -> list[tuple[str, str]]:
        """Return the points."""
        plan = self.task().plan
        return [(url("plan", plan.pk), plan.title)]


class TaskView(TaskScreen):
    """One task: who has it, by when, what was reported with which proof, what may be done."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        task = self.task()
        self.page_title = f"任务{task.place}"
        late = task.is_late(self.person.today)
        facts = Facts(
            "",
            (
                ("重点领域", task.heading),
                ("任务内容", task.content),
                ("牵头单位", task.lead.name),
                ("配合单位", "、".join(each.short_name for each in task.joint.all())),
                ("完成时限", day(task.due_on)),
                ("完成日期", day(task.done_on) if task.done_on else ""),
                ("取消理由", task.dropped_why),
            ),
        )
        reports = [_line(each) for each in queries.reports_of(task)]
        head = heads(("报送日期", DAY), ("单位", SHORT), ("进展情况", MOST), ("佐证链接", ""),
                     ("核实", SHORT))  # fmt: skip
        return self.show(
            state="已超期" if late else task.get_state_display(),
            said=f"牵头单位：{task.lead.short_name}，完成时限：{day(task.due_on)}",
            bad=late,
            links=self.links(task),
            facts=[facts],
            tables=[Table("报送情况", head, reports, "还没有报送进展。")],
            papers=panel(task.typed_id, request.user, self.person.now),
        )

    def links(self, task: WorkTask) -> list[Link]:
        """Return what this person may do now."""
        keeps = self.person.keeps(task.plan.county_id)
        if task.plan.state == PlanState.DRAFT and keeps:
            return [
                Link("修改任务", url("change_task", task.pk), main=True),
                Link("删除任务", url("remove_task", task.pk), post=True),
            ]
        if task.plan.state != PlanState.ISSUED:
            return []
        found = []
        if task.state == TaskState.OPEN and self.reporters(task).exists():
            found.append(Link("报送进展", url("report_task", task.pk), main=not keeps))
        if keeps and task.state == TaskState.CLAIMED:
            found += [
                Link("确认完成", url("accept_task", task.pk), main=True),
                Link("退回", url("send_task_back", task.pk)),
            ]
        if keeps and task.state == TaskState.OPEN:
            found += [
                Link("调整时限", url("move_task", task.pk)),
                Link("取消任务", url("drop_task", task.pk)),
            ]
        return found


class ReportView(FormView, TaskScreen):
    """Report how far a task has come."""

    page_title = button = "报送进展"
    done = "已报送。"

    def open(self) -> None:
        """Find the task, for an organ that has it."""
        self.held = self.task()
        refuse_unless(self.reporters(self.held).exists())

    def form(self, *args: Any) -> ReportForm:
        """Return the form."""
        organs = self.reporters(self.held)
        lead = organs.filter(pk=self.held.lead_id).first() or organs.first()
        return ReportForm(*args, organs=organs, initial={"organ": lead})

    def take(self, form: ReportForm) -> str:
        """Report it."""
        told = dict(form.cleaned_data)
        actions.report_task(self.held, told.pop("organ"), **told, **self.who)
        return self.back()

    def back(self) -> str:
        """Return the task."""
        return url("task", self.held.pk)

    def extra(self) -> dict[str, Any]:
        """Return the task's words."""
        return {"about": self.held.content}


class KeptTaskForm(FormView, TaskScreen):
    """A form of a task that the office fills in."""

    form_class: Any = WhyForm
    verb: Any = None

    def open(self) -> None:
        """Find the task, for who keeps the points."""
        self.held = self.task()
        refuse_unless(self.person.keeps(self.held.plan.county_id))

    def form(self, *args: Any) -> Any:
        """Return the form."""
        return self.form_class(*args, initial=self.initial())

    def initial(self) -> dict[str, Any]:
        """Return what stands in the form at first."""
        return {}

    def take(self, form: Any) -> str:
        """Call the verb."""
        type(self).verb(self.held, **form.cleaned_data, **self.who)
        return self.back()

    def back(self) -> str:
        """Return the task."""
        return url("task", self.held.pk)

    def extra(self) -> dict[str, Any]:
        """Return the task's words."""
        return {"about": self.held.content}


class AcceptView(KeptTaskForm):
    """Accept that a task is done."""

    page_title = button = "确认完成"
    done = "已确认完成。"
    form_class, verb = AcceptForm, actions.accept_task

    def initial(self) -> dict[str, Any]:
        """Return the day on which it was reported done."""
        last = self.held.reports.filter(claims=True).order_by("-pk").first()
        return {"done_on": last.told_on if last else self.person.today}


class SendBackView(KeptTaskForm):
    """Send back what was said to be done."""

    page_title = button = "退回"
    done = "已退回，牵头单位需要继续推进。"
    form_class, verb = SendBackForm, actions.send_task_back


class MoveView(KeptTaskForm):
    """Give a task another date."""

    page_title = button = "调整时限"
    form_class, verb = MoveForm, actions.move_task

    def initial(self) -> dict[str, Any]:
        """Return the date of now."""
        return {"due_on": self.held.due_on}


class DropView(KeptTaskForm):
    """Drop a task."""

    page_title = button = "取消任务"
    done = "已取消，任务留在表中，不再计入完成率。"
    verb = actions.drop_task


def _line(report: TaskReport) -> tuple[Cell, ...]:
    ruled = {None: "", True: "已确认完成", False: "已退回"}[report.accepted]
    claim = "报送完成" if report.claims else ""
    return (
        Cell(day(report.told_on)),
        Cell(report.organ.short_name, more=report.told_by),
        Cell(report.words, more=claim),
        Cell("打开链接", report.link) if report.link else Cell("—"),
        Cell(ruled or "—", more=report.ruling),
    )
