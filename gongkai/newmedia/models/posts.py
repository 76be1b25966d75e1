"""What accounts posted: counts per account and month are made of these rows, typed nowhere."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.newmedia.models.accounts import Account, choices
from gongkai.newmedia.rules.platforms import PostKind, PostSource
from gongkai.orgs.models import Organ


class PostImport(models.Model):
    """One table of posts or accounts, taken in whole; the file is known by name and SHA-256."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    source_name = models.CharField("文件名", max_length=200)
    source_sha256 = models.CharField("文件校验值", max_length=64)
    rows = models.PositiveIntegerField("条数")
    known = models.PositiveIntegerField("已有条数", default=0)
    imported_by = models.CharField("导入人", max_length=100)
    imported_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = "发布记录导入"
        verbose_name_plural = "发布记录导入"
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source_name}（{self.rows}条）"


class PostQuerySet(models.QuerySet["Post"]):
    """Posts that count, and when."""

    def counting(self) -> "PostQuerySet":
        """Keep the posts that were not struck off."""
        return self.filter(struck_at__isnull=True)

    def between(self, start: datetime, end: datetime) -> "PostQuerySet":
        """Keep the posts from a moment (included) to another (excluded)."""
        return self.filter(posted_at__gte=start, posted_at__lt=end)


class Post(models.Model):
    """One thing an account posted; the link or a stored file proves it."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    title = models.CharField("标题", max_length=200)
    link = models.CharField("链接", max_length=500, blank=True)
    posted_at = models.DateTimeField("发布时间")
    kind = models.CharField("类型", max_length=10, choices=choices(PostKind))
    source = models.CharField("来源", max_length=10, choices=choices(PostSource))
    imported_in = models.ForeignKey(
        PostImport, models.PROTECT, null=True, related_name="posts", verbose_name="导入"
    )
    entered_by = models.CharField("登记人", max_length=100)
    entered_at = models.DateTimeField("登记时间")
    struck_at = models.DateTimeField("撤销时间", null=True)
    struck_by = models.CharField("撤销人", max_length=100, blank=True)
    strike_reason = models.CharField("撤销理由", max_length=500, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "发布记录"
        verbose_name_plural = "发布记录"
        ordering = ["-posted_at", "-pk"]
        indexes = [
            models.Index(fields=["account", "-posted_at"], name="newmedia_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "title", "posted_at"],
                condition=Q(struck_at__isnull=True),
                name="newmedia_one_post",
            ),
            models.UniqueConstraint(
                fields=["account", "link"],
                condition=Q(struck_at__isnull=True) & ~Q(link=""),
                name="newmedia_one_post_a_link",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | ~Q(strike_reason=""),
                name="newmedia_struck_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def typed_id(self) -> str:
        """Return the id under which the log speaks of this post."""
        return f"newmedia.post:{self.pk}"

    @property
    def posted_on(self) -> date:
        """Return the day of the post in the county."""
        return timezone.localdate(self.posted_at)
