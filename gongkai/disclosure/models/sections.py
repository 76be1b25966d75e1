"""Sections (栏目): the tree of columns in which entries are published, as plain rows.

A section belongs to a county's site and serves every organ of it: the page of one organ shows
the same sections with that organ's entries alone. Pages with text (Wagtail) may point to a
section; oversight judges sections without seeing pages (国办秘函〔2019〕19号, law.md 4.5).
"""

from django.db import models
from django.db.models import Q

from gongkai.orgs.models import Organ


class SectionKind(models.TextChoices):
    """What kind of section it is: decides its limit of age; the label is its ColumnType tag."""

    OVERVIEW = "OVERVIEW", "概况信息"
    ORGANS = "ORGANS", "机构职能"
    LEADERS = "LEADERS", "负责人信息"
    NEWS = "NEWS", "政务动态"
    NOTICE = "NOTICE", "通知公告"
    POLICY = "POLICY", "政策文件"
    INTERPRETATION = "INTERPRETATION", "解读"
    SERVICE = "SERVICE", "办事服务"
    INTERACTION = "INTERACTION", "互动交流"
    STATUTORY = "STATUTORY", "法定主动公开内容"
    TOPIC = "TOPIC", "专题专栏"
    OTHER = "OTHER", "其他"


class SectionContent(models.TextChoices):
    """What fills a section: entries, the sections under it, or records that portal lays out."""

    ENTRIES = "ENTRIES", "信息列表"
    GROUP = "GROUP", "下级栏目"
    RECORDS = "RECORDS", "专门页面"


class SectionQuerySet(models.QuerySet["Section"]):
    """Sections of a county, in the order of the tree."""

    def open(self) -> "SectionQuerySet":
        """Keep the sections that are not closed."""
        return self.filter(closed_on__isnull=True)

    def of(self, county: Organ) -> "SectionQuerySet":
        """Keep the sections of a county's site."""
        return self.filter(county=county)


class Section(models.Model):
    """One section; `path` is its address without slashes at the ends: "zwgk/fdzdgknr/zcwj"."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="所属站点")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    slug = models.SlugField("地址名", max_length=40)
    path = models.CharField("地址", max_length=200, editable=False)
    title = models.CharField("栏目名称", max_length=60)
    kind = models.CharField("栏目类别", max_length=20, choices=SectionKind)
    content = models.CharField(
        "内容", max_length=10, choices=SectionContent, default=SectionContent.ENTRIES
    )
    description = models.CharField("栏目描述", max_length=200)
    keywords = models.CharField("栏目关键词", max_length=200)
    legal_item = models.CharField(
        "法定主动公开事项", max_length=8, blank=True, help_text="条例第二十、二十一条的事项代码"
    )
    stage = models.CharField("五公开", max_length=12, blank=True)
    max_age_days = models.PositiveIntegerField("更新期限（日）", null=True, blank=True)
    in_menu = models.BooleanField("列入导航", default=False)
    on_organ_pages = models.BooleanField("列入部门、乡镇页面", default=False)
    restricted_to = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="只限机关"
    )
    order = models.PositiveIntegerField("排序", default=0)
    closed_on = models.DateField("停用日期", null=True, blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = "栏目"
        verbose_name_plural = "栏目"
        ordering = ["county", "order", "path"]
        constraints = [
            models.UniqueConstraint(fields=["county", "path"], name="disclosure_one_path_a_site"),
            models.CheckConstraint(
                condition=~Q(parent=models.F("pk")), name="disclosure_section_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        """Return the public address."""
        return f"/{self.path}/"
