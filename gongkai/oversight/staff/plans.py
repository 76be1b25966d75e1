"""Screens of points of work: the list, one with its tasks, the table of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.oversight import queries
from gongkai.oversight.lifecycle import PlanState, TaskState
from gongkai.oversight.models import WorkPlan, WorkTask
from gongkai.oversight.staff.access import (
    XLSX,
    OversightView,
    or_404,
    sent,
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


def _filter(asked: str) -> dict[str, Any]:
    choices = [
        ("", "全部任务"),
        ("own", "本单位的任务"),
        ("late", "已超期的任务"),
        ("claimed", "待核实的任务"),
    ]
    return {"name": "show", "label": "范围", "choices": choices, "value": asked}
