"""Training, meetings and activities of zones for open government, with those who were present."""

from django.db import models
from django.db.models import Q

from gongkai.orgs.models import Organ
from gongkai.oversight.models.plans import choices
from gongkai.oversight.rules.kinds import EventKind
from gongkai.servicehall.models import OpenZone


class WorkEvent(models.Model):
    """One training, meeting or activity; `heads` counts those present where no list was kept."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="组织单位")
    kind = models.CharField("类型", max_length=10, choices=choices(EventKind))
    title = models.CharField("名称", max_length=200)
    held_on = models.DateField("日期")
    hours = models.DecimalField("学时", max_digits=4, decimal_places=1, null=True)
    place = models.CharField("地点", max_length=200, blank=True)
    topic = models.CharField("主要内容", max_length=1000, blank=True)
    zone = models.ForeignKey(
        OpenZone, models.PROTECT, null=True, related_name="+", verbose_name="政务公开专区"
    )
    heads = models.PositiveIntegerField("参加人数", default=0)
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_at = models.DateTimeField("登记时间")
    struck_why = models.CharField("撤销理由", max_length=500, blank=True)
    struck_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        verbose_name = "培训、会议、活动"
        verbose_name_plural = "培训、会议、活动"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "kind", "title", "held_on"],
                condition=Q(struck_at__isnull=True),
                name="oversight_one_event_a_day",
            )
        ]
        indexes = [models.Index(fields=["organ", "kind", "held_on"], name="oversight_event_held")]

    def __str__(self) -> str:
        return self.title

    @property
    def typed_id(self) -> str:
        """Return the id under which the log and the files speak of this event."""
        return f"oversight.event:{self.pk}"


class Attendee(models.Model):
    """Somebody who signed in; `organ` is set where the written unit is one of the county's."""

    event = models.ForeignKey(WorkEvent, models.PROTECT, related_name="attendees")
    place = models.PositiveSmallIntegerField("序号")
    person = models.CharField("姓名", max_length=40)
    unit = models.CharField("单位", max_length=100)
    post = models.CharField("职务", max_length=60, blank=True)
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="机构"
    )

    class Meta:
        verbose_name = "签到人员"
        verbose_name_plural = "签到人员"
        ordering = ["event", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "place"], name="oversight_one_attendee_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.person}"
