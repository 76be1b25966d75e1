"""Policy documents, who issued them together, and what they do to one another.

Serves Art. 20 (1): rules and normative documents, counted in table two. The text,
its metadata, review and interpretation belong to later chapters of the document's
life; this row is what is counted and what validity follows from.
"""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest

from gongkai.policy.lifecycle import DocumentState
from gongkai.policy.rules import DocumentKind, RelationKind


class PolicyDocumentQuerySet(models.QuerySet["PolicyDocument"]):
    """Documents that count, by organ and by validity on a day."""

    def counting(self) -> "PolicyDocumentQuerySet":
        """Leave out the documents registered in error and those that are only being drafted."""
        return self.exclude(state__in=[DocumentState.WITHDRAWN, DocumentState.DRAFTING])

    def of(self, organ_ids: Collection[int] | models.QuerySet) -> "PolicyDocumentQuerySet":
        """Keep the documents whose lead organ is one of these ids, or of a query for them."""
        return self.filter(organ_id__in=organ_ids)

    def with_begin(self) -> "PolicyDocumentQuerySet":
        """Add `begins_on`, the first day in force (`rules.Life.begins_on`)."""
        # Greatest is null beside a null on SQLite only, so published_on is asked for apart.
        binding = Greatest(Coalesce("effective_on", "published_on"), "published_on")
        own = Coalesce("effective_on", "published_on", "formed_on")
        return self.annotate(
            begins_on=models.Case(
                models.When(kind=DocumentKind.OTHER, then=own),
                models.When(published_on__isnull=False, then=binding),
                default=None,
                output_field=models.DateField(),
            )
        )

    def in_force_on(self, day: date) -> "PolicyDocumentQuerySet":
        """Keep the documents that bind on `day`: 有效 or 已修改 (`rules.validity_on`)."""
        return self.with_begin().filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            ~Exists(repeals_of(OuterRef("pk")).filter(effective_on__lte=day)),
            begins_on__lte=day,
        )

    def repealed_between(self, start: date, end: date) -> "PolicyDocumentQuerySet":
        """Keep the documents whose repeal took effect in these days."""
        repeals = repeals_of(OuterRef("pk"))
        return self.filter(Exists(repeals.filter(effective_on__gte=start, effective_on__lte=end)))


class PolicyDocument(models.Model):
    """One policy document under its lead organ; validity follows from its days."""

    county = models.ForeignKey(
        "orgs.Organ", models.PROTECT, related_name="+", verbose_name="县", db_index=False
    )
    organ = models.ForeignKey(
        "orgs.Organ", models.PROTECT, related_name="+", verbose_name="发文机关"
    )
    entry = models.OneToOneField(
        "disclosure.Entry",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="公开的正文",
    )
    kind = models.CharField(
        "类别", max_length=10, choices=[(kind.value, kind.label) for kind in DocumentKind]
    )
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    subject = models.CharField("主题分类", max_length=12, blank=True)
    genre = models.CharField("体裁", max_length=20, blank=True)
    formed_on = models.DateField("成文日期")
    published_on = models.DateField("公开日期", null=True, blank=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    ends_on = models.DateField("有效期至", null=True, blank=True)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=[(state.value, state.label) for state in DocumentState],
        default=DocumentState.MADE,
    )
    exempt_reason = models.CharField("免予解读的理由", max_length=500, blank=True)
    exempted_by = models.CharField("免予解读确定人", max_length=100, blank=True)
    exempted_at = models.DateTimeField("免予解读确定时间", null=True, blank=True)
    filed_on = models.DateField("备案日期", null=True, blank=True)
    filing_number = models.CharField("备案号", max_length=60, blank=True)
    registered_by = models.CharField("登记人", max_length=100)
    registered_by_account = models.CharField("登记人账号", max_length=150)
    registered_at = models.DateTimeField("登记时间")

    objects = PolicyDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "政策文件"
        verbose_name_plural = "政策文件"
        ordering = ["-formed_on", "-id"]
        indexes = [
            models.Index(fields=["organ", "kind", "formed_on"], name="policy_document_made"),
            models.Index(
                fields=["organ", "kind", "published_on"], name="policy_document_published"
            ),
            models.Index(fields=["document_number"], name="policy_document_number"),
            models.Index(fields=["county", "state", "-published_on", "-id"], name="policy_library"),
            models.Index(
                fields=["county", "state", "subject", "-published_on", "-id"],
                name="policy_library_subject",
            ),
            models.Index(
                fields=["organ", "state", "-published_on", "-id"], name="policy_library_organ"
            ),
            models.Index(fields=["county", "formed_on"], name="policy_library_years"),
            models.Index(fields=["organ", "state", "ends_on"], name="policy_expiring"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "document_number"],
                condition=~Q(document_number="") & ~Q(state=DocumentState.WITHDRAWN),
                name="policy_one_document_a_number",
                violation_error_message="该机关已有同一发文字号的文件",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(published_on__gte=F("formed_on")),
                name="policy_published_after_formed",
                violation_error_message="公开日期不得早于成文日期",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.PUBLISHED) | Q(published_on__isnull=False),
                name="policy_published_has_a_day",
                violation_error_message="已公开的文件须有公开日期",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.document_number}）" if self.document_number else self.title

    @property
    def record_id(self) -> str:
        """The typed id by which other parts point to this document."""
        return f"policy:{self.pk}"


class JointIssuer(models.Model):
    """An organ that issued a document together with the lead organ, in printed order.

    Party offices and organs of other counties have no row of their own, so the name
    is kept as printed and the organ only where there is one.
    """

    document = models.ForeignKey(PolicyDocument, models.CASCADE, related_name="joint_issuers")
    name = models.CharField("联合发文机关", max_length=100)
    organ = models.ForeignKey("orgs.Organ", models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField("顺序")

    class Meta:
        verbose_name = "联合发文机关"
        verbose_name_plural = "联合发文机关"
        ordering = ["document", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "name"], name="policy_one_joint_issuer_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Relation(models.Model):
    """What a document does to another from a day on; `basis` when the actor has no row here."""

    kind = models.CharField(
        "关系", max_length=10, choices=[(kind.value, kind.label) for kind in RelationKind]
    )
    target = models.ForeignKey(
        PolicyDocument,
        models.PROTECT,
        related_name="acted_on_by",
        verbose_name="所指的文件",
    )
    source = models.ForeignKey(
        PolicyDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acts_on",
        verbose_name="作出的文件",
    )
    basis = models.CharField("依据", max_length=300, blank=True)
    effective_on = models.DateField("生效日期")
    recorded_by = models.CharField("登记人", max_length=100)
    recorded_at = models.DateTimeField("登记时间")
    cancelled_by = models.CharField("撤销人", max_length=100, blank=True)
    cancelled_at = models.DateTimeField("撤销时间", null=True, blank=True)
    cancel_reason = models.CharField("撤销理由", max_length=500, blank=True)

    class Meta:
        verbose_name = "文件关系"
        verbose_name_plural = "文件关系"
        ordering = ["target", "effective_on", "id"]
        indexes = [
            models.Index(fields=["target", "kind", "effective_on"], name="policy_relation_target")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["target"],
                condition=Q(kind=RelationKind.REPEALS, cancelled_at__isnull=True),
                name="policy_repealed_once",
                violation_error_message="该文件已经废止",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | ~Q(basis=""),
                name="policy_relation_has_a_basis",
                violation_error_message="请选择文件或写明依据",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=True) | ~Q(source=F("target")),
                name="policy_relation_between_two",
                violation_error_message="文件不能与自身建立关系",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target}（{self.effective_on:%Y-%m-%d}起）"


def standing_relations(kind: RelationKind) -> "models.QuerySet[Relation]":
    """Return the relations of a kind that were not cancelled."""
    return Relation.objects.filter(kind=kind, cancelled_at__isnull=True)


def repeals_of(document: OuterRef | int) -> "models.QuerySet[Relation]":
    """Return the standing repeals of a document, for use inside a query."""
    return standing_relations(RelationKind.REPEALS).filter(target=document)
