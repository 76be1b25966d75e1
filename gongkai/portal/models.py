"""The public site: its home, its columns, and what its header and footer must say.

Pages hold only the tree of columns; records have addresses of their own
(`portal.urls`). The facts of a site are those that 国办发〔2017〕47号 asks on every
page: sponsor, contact, identity code, ICP and police numbers, the error report.
"""

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, Site

from gongkai.disclosure.models import Entry
from gongkai.orgs.models import Organ


class ColumnType(models.TextChoices):
    """What kind of column it is; the label goes into the page's ColumnType tag."""

    OVERVIEW = "OVERVIEW", "概况信息"
    ORGANS = "ORGANS", "机构职能"
    LEADERS = "LEADERS", "负责人信息"
    NEWS = "NEWS", "政务动态"
    POLICY = "POLICY", "政策文件"
    INTERPRETATION = "INTERPRETATION", "解读"
    SERVICE = "SERVICE", "办事服务"
    INTERACTION = "INTERACTION", "互动交流"
    NOTICE = "NOTICE", "通知公告"
    OTHER = "OTHER", "其他"


class SiteProfile(models.Model):
    """What a county's site says of itself on every page; only what is filled in is shown.

    `demonstration` marks the whole site, and what is missing in the footer, as 演示.
    """

    site = models.OneToOneField(Site, models.CASCADE, related_name="+", verbose_name="站点")
    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县级人民政府")
    name = models.CharField("网站名称", max_length=100, help_text="与机关名称一致")
    domain = models.CharField("网站域名", max_length=100)
    sponsor = models.CharField("主办单位", max_length=100)
    undertaker = models.CharField("承办单位", max_length=100, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    identity_code = models.CharField(
        "网站标识码", max_length=10, blank=True, help_text="由全国政府网站信息报送系统分配"
    )
    icp_number = models.CharField("ICP 备案编号", max_length=50, blank=True)
    police_number = models.CharField("公安机关备案编号", max_length=50, blank=True)
    badge_url = models.URLField("党政机关网站标识链接", blank=True)
    errors_url = models.URLField("“我为政府网站找错”链接", blank=True)
    demonstration = models.BooleanField("演示站点", default=False)

    class Meta:
        verbose_name = "站点信息"
        verbose_name_plural = "站点信息"

    def __str__(self) -> str:
        return self.name


class HomePage(Page):
    """The home of a county's site; what it lists comes from columns and records."""

    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["portal.SectionPage"]
    template = "portal/home_page.html"

    class Meta:
        verbose_name = "网站首页"
        verbose_name_plural = "网站首页"


class SectionPage(Page):
    """A column (栏目) of the site: a description, a text, and the columns under it."""

    kind = models.CharField("栏目类别", max_length=20, choices=ColumnType, default=ColumnType.OTHER)
    description = models.CharField("栏目描述", max_length=200)
    keywords = models.CharField("栏目关键词", max_length=200, help_text="以“，”分隔")
    body = RichTextField("正文", blank=True, features=["h2", "h3", "bold", "ol", "ul", "link"])

    parent_page_types: ClassVar[list[str]] = ["portal.HomePage", "portal.SectionPage"]
    subpage_types: ClassVar[list[str]] = ["portal.SectionPage"]
    template = "portal/section_page.html"
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("description"),
        FieldPanel("keywords"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = "栏目"
        verbose_name_plural = "栏目"


class OldAddress(models.Model):
    """An address of the county's former site and what stands there now.

    `address` is as `old_addresses.normalised` writes it; `target` is where an attachment has
    gone, empty for the page of the entry itself.
    """

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县级人民政府")
    address = models.CharField("原网址", max_length=500)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+", verbose_name="公开信息")
    target = models.CharField("附件现网址", max_length=300, blank=True)

    class Meta:
        verbose_name = "原网址"
        verbose_name_plural = "原网址"
        constraints = [
            models.UniqueConstraint(fields=["county", "address"], name="portal_old_address_once")
        ]

    def __str__(self) -> str:
        return self.address


class SearchMiss(models.Model):
    """Words that a day's visitors sought in vain, and how often; nothing of who sought them.

    `words` are folded and have passed `searching.misses.keepable`: no number of a person and
    nothing beside one is ever written here.
    """

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县级人民政府")
    day = models.DateField("日期")
    words = models.CharField("词语", max_length=40)
    times = models.PositiveIntegerField("次数", default=1)

    class Meta:
        verbose_name = "查无结果的词"
        verbose_name_plural = "查无结果的词"
        indexes = [models.Index(fields=["day"], name="portal_miss_day")]
        constraints = [
            models.UniqueConstraint(fields=["county", "day", "words"], name="portal_one_miss_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.words}（{self.times}次）"
