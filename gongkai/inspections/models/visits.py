"""What watching a site leaves: each visit of its home page, what a column showed last.

Serves W2 and W3 (law.md 4.2): a week of visits, two weeks of a home page, both over scheduled
visits. Rows are the machine's own notes, without an event of the log; the findings have one.
"""

from django.db import models

from gongkai.disclosure.models import Entry, Version
from gongkai.inspections.models.sites import Site


class Probe(models.Model):
    """One visit of a site's home page; `due_at` is the turn it was made for, each turn once."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="probes")
    due_at = models.DateTimeField("应访问时间")
    at = models.DateTimeField("访问时间")
    opened = models.BooleanField("打开")
    status = models.PositiveSmallIntegerField("响应状态", null=True)
    seconds = models.FloatField("秒数")
    trouble = models.CharField("打不开的原因", max_length=20, blank=True)

    class Meta:
        verbose_name = "可用性访问"
        verbose_name_plural = "可用性访问"
        ordering = ["site", "-at"]
        constraints = [
            models.UniqueConstraint(fields=["site", "due_at"], name="inspections_one_probe_a_turn")
        ]
        indexes = [models.Index(fields=["site", "-at"], name="inspections_probe_newest")]

    def __str__(self) -> str:
        return f"{self.site} {self.at:%Y-%m-%d %H:%M}"


class Watched(models.Model):
    """A home page or a column over all visits: the newest day it ever showed, what it showed last.

    `digest` is of the titles and days it lists; `changed_at` the visit that saw another one.
    """

    site = models.ForeignKey(Site, models.CASCADE, related_name="watched")
    address = models.CharField("网址", max_length=1000)
    is_home = models.BooleanField("首页", default=False)
    is_entry = models.BooleanField("只是导航页", default=False)
    name = models.CharField("名称", max_length=200, blank=True)
    newest_on = models.DateField("最近更新", null=True)
    digest = models.CharField("内容摘要", max_length=64, blank=True)
    first_seen_at = models.DateTimeField("首次查看")
    changed_at = models.DateTimeField("内容变化时间")
    seen_at = models.DateTimeField("最近查看")
    visits = models.PositiveIntegerField("查看次数", default=1)

    class Meta:
        verbose_name = "监测的页面"
        verbose_name_plural = "监测的页面"
        ordering = ["site", "address"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "address"], name="inspections_one_watched_an_address"
            ),
            models.UniqueConstraint(
                fields=["site"], condition=models.Q(is_home=True), name="inspections_one_home"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address


class Rescanned(models.Model):
    """When a public text was last looked through, in which version, and when it is due again."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="+", primary_key=True)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    seen_on = models.DateField("复查日期")
    next_on = models.DateField("下次复查日期", db_index=True)
    unread = models.CharField("没有读成的附件", max_length=500, blank=True)

    class Meta:
        verbose_name = "公开信息复查"
        verbose_name_plural = "公开信息复查"

    def __str__(self) -> str:
        return f"{self.entry} {self.seen_on}"
