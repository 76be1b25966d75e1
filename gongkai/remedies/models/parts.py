"""What belongs to one case: its parties (sealed), its papers, the list of evidence."""

from django.db import models
from django.db.models import Q

from gongkai.files.models import StoredFile
from gongkai.remedies.models.cases import Litigation, Reconsideration
from gongkai.remedies.models.sealing import SealedRow


class PartyRole(models.TextChoices):
    """What a party is in a case; the organ itself is the respondent or defendant."""

    APPLICANT = "APPLICANT", "申请人（原告）"
    THIRD_PARTY = "THIRD_PARTY", "第三人"
    CO_RESPONDENT = "CO_RESPONDENT", "共同被申请人（被告）"
    AGENT = "AGENT", "申请人（原告）的代理人"


class PaperKind(models.TextChoices):
    """The papers of a case."""

    NOTICE = "NOTICE", "答复通知书（应诉通知书）"
    COPY = "COPY", "申请书（起诉状）副本"
    REPLY = "REPLY", "行政复议答复书（答辩状）"
    EVIDENCE_LIST = "EVIDENCE_LIST", "证据目录"
    EVIDENCE = "EVIDENCE", "证据、依据材料"
    EXTENSION = "EXTENSION", "延长审理期限通知书"
    DECISION = "DECISION", "复议决定书（裁判文书）"
    OPINION = "OPINION", "行政复议意见书（司法建议）"
    APPEAL = "APPEAL", "上诉状"
    PERFORMANCE = "PERFORMANCE", "履行情况、纠正情况报告"
    OTHER = "OTHER", "其他"


def _one_case(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(reconsideration__isnull=False, litigation__isnull=True)
        | Q(reconsideration__isnull=True, litigation__isnull=False),
        name=f"remedies_{name}_of_one_case",
    )


class OfCase(models.Model):
    """A row of one case, of either kind."""

    reconsideration = models.ForeignKey(
        Reconsideration, models.PROTECT, null=True, blank=True, related_name="+"
    )
    litigation = models.ForeignKey(
        Litigation, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def case(self) -> Reconsideration | Litigation | None:
        """The case that this belongs to."""
        return self.reconsideration or self.litigation


class Party(OfCase, SealedRow):
    """One party of a case: name and contact sealed, the masked name for lists."""

    SEALED = ("name", "contact")

    role = models.CharField("身份", max_length=16, choices=PartyRole)
    natural = models.BooleanField("自然人", default=True)
    masked = models.CharField("姓名（名称）", max_length=60)
    name_sealed = models.BinaryField("姓名（密封）", default=bytes)
    contact_sealed = models.BinaryField("联系方式（密封）", default=bytes)
    added_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "当事人"
        verbose_name_plural = "当事人"
        ordering = ["added_at", "id"]
        constraints = [_one_case("party")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.masked}"


class CasePaper(OfCase):
    """One paper of a case, with its number, its day and its file."""

    kind = models.CharField("文书", max_length=16, choices=PaperKind)
    number = models.CharField("文号", max_length=100, blank=True)
    on = models.DateField("日期")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件"
    )
    note = models.CharField("备注", max_length=300, blank=True)
    added_by = models.CharField("登记人", max_length=100)
    added_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "案件文书"
        verbose_name_plural = "案件文书"
        ordering = ["on", "id"]
        constraints = [_one_case("paper")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{f'（{self.number}）' if self.number else ''}"


class Evidence(OfCase):
    """One line of the list of evidence: what it is, what it proves, on which pages."""

    order = models.PositiveIntegerField("序号")
    name = models.CharField("证据（依据）名称", max_length=200)
    proves = models.CharField("证明内容", max_length=500)
    pages = models.CharField("页码", max_length=40, blank=True)

    class Meta:
        verbose_name = "证据"
        verbose_name_plural = "证据"
        ordering = ["order", "id"]
        constraints = [_one_case("evidence")]

    def __str__(self) -> str:
        return f"{self.order}. {self.name}"
