"""Organs with dated names and successors, and the posts that people hold in them.

An organ (行政机关) answers requests, publishes and reports in its own name
(Art. 2, 4, 10). Organs come and go: 罗湾乡 was abolished on 2021-07-09 and 官庄镇
set up; records stay with the organ of their day, successors are linked.
"""

from datetime import date

from django.conf import settings
from django.db import models


class OrganKind(models.TextChoices):
    """What an organ is in the county; decides the level at which it reports."""

    COUNTY_GOVERNMENT = "COUNTY_GOVERNMENT", "县级人民政府"
    OFFICE = "OFFICE", "政府办公室"
    DEPARTMENT = "DEPARTMENT", "政府部门"
    TOWNSHIP = "TOWNSHIP", "乡镇人民政府"
    DISPATCHED = "DISPATCHED", "派出机构"
    INTERNAL = "INTERNAL", "内设机构"


class Organ(models.Model):
    """One administrative organ; `name` shows its latest full name, kept by `orgs.actions`."""

    code = models.SlugField("机构代码", max_length=40, unique=True)
    kind = models.CharField("类别", max_length=20, choices=OrganKind)
    name = models.CharField("现用全称", max_length=100)
    short_name = models.CharField("现用简称", max_length=50)
    county = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所属县"
    )
    superior = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="上级机构",
        help_text="派出机构、内设机构填所属部门，其数据并入该部门的年度报告",
    )
    region_code = models.CharField("行政区划代码", max_length=12)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    document_prefix = models.CharField("机关代字", max_length=20, blank=True)
    address = models.CharField("办公地址", max_length=200, blank=True)
    phone = models.CharField("公开电话", max_length=40, blank=True)
    order = models.PositiveIntegerField("排序", default=0)
    valid_from = models.DateField("设立日期")
    valid_to = models.DateField("撤销日期", null=True, blank=True, help_text="撤销当日起不再是机关")

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构"
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="orgs_organ_ends_after_it_begins",
                violation_error_message="撤销日期须晚于设立日期",
            )
        ]

    def __str__(self) -> str:
        return self.short_name

    def existed_between(self, start: date, end: date) -> bool:
        """Return whether the organ was in being on some day from `start` to `end`, included."""
        return self.valid_from <= end and (self.valid_to is None or self.valid_to > start)


class OrganName(models.Model):
    """A name of an organ and the days on which it bore it (`valid_to` exclusive)."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="names")
    full_name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=50)
    valid_from = models.DateField("启用日期")
    valid_to = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "机构名称"
        verbose_name_plural = "机构名称"
        ordering = ["organ", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "valid_from"], name="orgs_one_name_a_day")
        ]

    def __str__(self) -> str:
        return self.full_name


class Succession(models.Model):
    """Who took over whose duties, from which day, by which document."""

    predecessor = models.ForeignKey(Organ, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    effective_on = models.DateField("生效日期")
    document_number = models.CharField("依据文号", max_length=100, blank=True)

    class Meta:
        verbose_name = "承接关系"
        verbose_name_plural = "承接关系"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="orgs_one_succession_a_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Role(models.TextChoices):
    """What a person does for an organ (the county's usual posts)."""

    OGI_OFFICE = "OGI_OFFICE", "政务公开办工作人员"
    LEADER = "LEADER", "分管领导"
    OGI_HEAD = "OGI_HEAD", "公开工作机构负责人"
    REVIEWER = "REVIEWER", "审核人"
    SECRECY_REVIEWER = "SECRECY_REVIEWER", "保密审查员"
    PUBLISHER = "PUBLISHER", "信息发布员"
    DEPARTMENT_CLERK = "DEPARTMENT_CLERK", "部门信息员"
    TOWNSHIP_CLERK = "TOWNSHIP_CLERK", "乡镇信息员"
    WINDOW_CLERK = "WINDOW_CLERK", "窗口工作人员"
    REQUEST_HANDLER = "REQUEST_HANDLER", "依申请公开经办人"
    HOTLINE_CLERK = "HOTLINE_CLERK", "热线工单经办人"
    EVALUATOR = "EVALUATOR", "第三方评估人员"
    SYSTEM_ADMIN = "SYSTEM_ADMIN", "系统管理员"
    SECURITY_ADMIN = "SECURITY_ADMIN", "安全管理员"
    AUDITOR = "AUDITOR", "审计管理员"


class Post(models.Model):
    """A person's role in an organ, from a day to a day (`valid_to` exclusive)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    role = models.CharField("岗位", max_length=20, choices=Role)
    valid_from = models.DateField("任职日期")
    valid_to = models.DateField("离任日期", null=True, blank=True)

    class Meta:
        verbose_name = "岗位"
        verbose_name_plural = "岗位"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organ", "role", "valid_from"], name="orgs_one_post_once"
            )
        ]

    def __str__(self) -> str:
        """Name the post; one lent to who is asking (`queries.posts_of`) with its holder's name."""
        told = f"{self.organ}{self.get_role_display()}"
        return f"{told}（受{self.user.name}委托）" if getattr(self, "lent", False) else told


class Delegation(models.Model):
    """A post lent to somebody else, from a day to a day (`valid_to` exclusive).

    Only whoever holds the post lends it, and what is lent cannot be lent on; the rights follow
    the day, and end with the post.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="岗位")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="受托人"
    )
    valid_from = models.DateField("委托起始日期")
    valid_to = models.DateField("委托终止日期")
    reason = models.CharField("事由", max_length=200)
    made_by = models.CharField("办理人", max_length=100)
    made_at = models.DateTimeField("办理时间")
    ended_by = models.CharField("终止人", max_length=100, blank=True)
    ended_at = models.DateTimeField("提前终止时间", null=True, blank=True)

    class Meta:
        verbose_name = "委托"
        verbose_name_plural = "委托"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            # One ended on its first day was in force on no day.
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")),
                name="orgs_delegation_ends_after_it_begins",
                violation_error_message="委托终止日期不得早于起始日期",
            )
        ]
        indexes = [models.Index(fields=["to", "valid_to"], name="orgs_delegation_by_person")]

    def __str__(self) -> str:
        return f"{self.post} → {self.to}"


class AccessReview(models.Model):
    """The quarterly confirmation of who may do what (权限复核), with what was put right."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="所属县")
    quarter_from = models.DateField("季度首日")
    confirmed_on = models.DateField("复核日期")
    findings = models.TextField("复核情况", max_length=2000)
    accounts = models.PositiveIntegerField("账号数")
    posts = models.PositiveIntegerField("岗位数")
    dormant = models.PositiveIntegerField("长期未登录账号数")
    digest = models.CharField("清单摘要", max_length=64)
    confirmed_by = models.CharField("复核人", max_length=100)
    confirmed_by_account = models.CharField("复核人账号", max_length=150)

    class Meta:
        verbose_name = "权限复核"
        verbose_name_plural = "权限复核"
        ordering = ["-quarter_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "quarter_from"],
                name="orgs_one_review_a_quarter",
                violation_error_message="该季度已复核",
            )
        ]

    def __str__(self) -> str:
        return f"{self.county}{self.quarter_from:%Y-%m}权限复核"
