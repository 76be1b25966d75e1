"""The year's points of work, the tasks they are divided into, what organs reported of each."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.db import models

from gongkai.orgs.models import Organ
from gongkai.oversight.lifecycle import PlanState, TaskState


def choices(members: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Return an enum with Chinese labels as the choices of a column."""
    return [(each.value, each.label) for each in members]


class WorkPlan(models.Model):
    """One paper of points (政务公开工作要点) of a county for a year."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True)
    state = models.CharField("状态", max_length=8, choices=choices(PlanState))
    issued_on = models.DateField("印发日期", null=True)
    closed_on = models.DateField("办结日期", null=True)
    made_by = models.CharField("起草人", max_length=100)
    made_at = models.DateTimeField("起草时间")

    class Meta:
        verbose_name = "工作要点"
        verbose_name_plural = "工作要点"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "year", "title"], name="oversight_one_plan_a_title"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def typed_id(self) -> str:
        """Return the id under which the log and the files speak of these points."""
        return f"oversight.plan:{self.pk}"


class WorkTask(models.Model):
    """One task: who leads, who joins in, by when."""

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="tasks")
    place = models.PositiveSmallIntegerField("序号")
    heading = models.CharField("重点领域", max_length=200, blank=True)
    content = models.CharField("任务内容", max_length=1000)
    lead = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="牵头单位")
    joint = models.ManyToManyField(Organ, related_name="+", verbose_name="配合单位", blank=True)
    due_on = models.DateField("完成时限")
    state = models.CharField("状态", max_length=8, choices=choices(TaskState))
    done_on = models.DateField("完成日期", null=True)
    dropped_why = models.CharField("取消理由", max_length=500, blank=True)

    class Meta:
        verbose_name = "工作任务"
        verbose_name_plural = "工作任务"
        ordering = ["plan", "place"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "place"], name="oversight_one_task_a_place")
        ]
        indexes = [models.Index(fields=["lead", "state", "due_on"], name="oversight_task_due")]

    def __str__(self) -> str:
        return f"{self.place}. {self.content[:40]}"

    @property
    def typed_id(self) -> str:
        """Return the id under which the log and the files speak of this task."""
        return f"oversight.task:{self.pk}"

    def is_late(self, today: date) -> bool:
        """Say whether the task is still to be done and its day is over."""
        return self.state == TaskState.OPEN and self.due_on < today


class TaskReport(models.Model):
    """What an organ reported of a task, and how the office ruled where it said it was done."""

    task = models.ForeignKey(WorkTask, models.PROTECT, related_name="reports")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="报送单位")
    words = models.CharField("进展情况", max_length=1000)
    link = models.CharField("佐证链接", max_length=500, blank=True)
    claims = models.BooleanField("报送完成", default=False)
    told_on = models.DateField("报送日期")
    told_by = models.CharField("报送人", max_length=100)
    told_by_account = models.CharField("报送人账号", max_length=150)
    accepted = models.BooleanField("核实结果", null=True)
    ruling = models.CharField("核实意见", max_length=500, blank=True)
    ruled_on = models.DateField("核实日期", null=True)
    ruled_by = models.CharField("核实人", max_length=100, blank=True)

    class Meta:
        verbose_name = "任务进展"
        verbose_name_plural = "任务进展"
        ordering = ["task", "pk"]

    def __str__(self) -> str:
        return f"{self.organ} {self.told_on}"
