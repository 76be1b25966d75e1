"""Where live entries stand, what was released when, and the counters behind both.

A list is read from `Placement` alone. Each placement bears a serial in its section and one among
its organ's in the section, given in the order of release and never again: page n of a list holds
the serials from (n-1)*size to n*size, whatever comes later, and nothing is ever counted.
"""

from django.db import models
from django.db.models import Q

from gongkai.disclosure.models.entries import Entry, Version
from gongkai.disclosure.models.sections import Section
from gongkai.orgs.models import Organ


class PlacementKind(models.TextChoices):
    """Why an entry stands in a section."""

    OWN = "OWN", "所属栏目"
    EXTRA = "EXTRA", "同时列入"
    ABOVE = "ABOVE", "上级栏目"


class Placement(models.Model):
    """A live entry in one section: its own, others, and every section above these.

    Rows exist only while the entry is live, so a list needs no further condition.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="placements")
    section = models.ForeignKey(Section, models.PROTECT, related_name="+", db_index=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField("种类", max_length=8, choices=PlacementKind)
    published_at = models.DateTimeField("发布时间")
    serial = models.PositiveBigIntegerField("栏目内序号")
    organ_serial = models.PositiveBigIntegerField("本机关在栏目内的序号")

    class Meta:
        verbose_name = "所在栏目"
        verbose_name_plural = "所在栏目"
        indexes = [
            models.Index(fields=["section", "-serial"], name="disclosure_list"),
            models.Index(
                fields=["section", "organ", "-organ_serial"], name="disclosure_list_of_organ"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["entry", "section"], name="disclosure_placed_once")
        ]

    def __str__(self) -> str:
        return f"{self.section}：{self.entry}"


class SectionCount(models.Model):
    """The serials given in a section, whole (`organ` null) or by organ: by year and over all.

    `year` 0 is the row over all years and the lock under which serials are given; the others
    say which serials a year has: those after `before` up to `last`. `live` is what stands now.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="+")
    organ = models.ForeignKey(Organ, models.CASCADE, null=True, related_name="+")
    year = models.PositiveSmallIntegerField("年份", default=0)
    before = models.PositiveBigIntegerField("以前各年末号", default=0)
    last = models.PositiveBigIntegerField("末号", default=0)
    live = models.PositiveBigIntegerField("现有条数", default=0)

    class Meta:
        verbose_name = "栏目条数"
        verbose_name_plural = "栏目条数"
        constraints = [
            models.UniqueConstraint(
                fields=["section", "year"],
                condition=Q(organ__isnull=True),
                name="disclosure_one_count_a_section",
            ),
            models.UniqueConstraint(
                fields=["section", "organ", "year"], name="disclosure_one_count_an_organ"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.year or ''}：{self.last}"


class Release(models.Model):
    """One release of an entry to the public: what Art. 26 asks is read from here.

    `first` is the release that made it public; later ones fulfil the duty anew when the
    information had changed (`due_on` is then of the change), and have no `due_on` otherwise.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="releases")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", db_index=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)
    released_at = models.DateTimeField("发布时间")
    released_on = models.DateField("发布日期")
    due_on = models.DateField("应公开日期", null=True)
    first = models.BooleanField("首次发布", default=True)

    class Meta:
        verbose_name = "发布"
        verbose_name_plural = "发布"
        ordering = ["released_at", "pk"]
        indexes = [models.Index(fields=["organ", "released_on"], name="disclosure_released")]

    def __str__(self) -> str:
        return f"{self.entry}：{self.released_on}"


class IndexRule(models.Model):
    """How a county writes index numbers (索引号) from a day on; see `rules.index_numbers`."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    pattern = models.CharField("格式", max_length=80)
    valid_from = models.DateField("起用日期")

    class Meta:
        verbose_name = "索引号规则"
        verbose_name_plural = "索引号规则"
        ordering = ["county", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "valid_from"], name="disclosure_one_index_rule_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.pattern


class IndexSeries(models.Model):
    """The last serial given in a series of index numbers; a serial is never given twice."""

    key = models.CharField("系列", max_length=120, primary_key=True)
    last = models.PositiveBigIntegerField("末号", default=0)

    class Meta:
        verbose_name = "索引号系列"
        verbose_name_plural = "索引号系列"

    def __str__(self) -> str:
        return f"{self.key}：{self.last}"
