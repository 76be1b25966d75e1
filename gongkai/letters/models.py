"""Numbered official letters: what an organ prints on them, its templates, series and letters.

A letter's row holds no personal data: who it went to stands only in its files, which lie
encrypted under GONGKAI_LETTER_DIR. Rows are frozen by the database (migration 0002): nothing
but cancelling ever changes one, and none is deleted.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from gongkai.audit.models import AppendOnly
from gongkai.letters.lifecycle import LetterState
from gongkai.letters.rules.kinds import LetterKind

_KINDS = [(kind.value, f"{kind.value} {kind.label}") for kind in LetterKind]


class LetterProfile(models.Model):
    """What one organ prints on its letters; blank fields fall back on the organ's own record."""

    organ = models.OneToOneField(
        "orgs.Organ", models.PROTECT, related_name="+", verbose_name="机构", primary_key=True
    )
    number_prefix = models.CharField("机关代字", max_length=16)
    full_title = models.CharField("公文用全称", max_length=60, blank=True)
    reconsideration_body = models.CharField("行政复议机关", max_length=60, blank=True)
    reconsideration_online = models.CharField("网上申请复议的途径", max_length=200, blank=True)
    court = models.CharField("管辖法院", max_length=60, blank=True)
    contact_office = models.CharField("联系机构", max_length=60, blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    contact_address = models.CharField("联系地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    seal_name = models.CharField("印章名称", max_length=60, blank=True)

    class Meta:
        verbose_name = "公文信息"
        verbose_name_plural = "公文信息"

    def __str__(self) -> str:
        return f"{self.organ}的公文信息"


class LetterTemplate(models.Model):
    """An office's own template of a kind, in force from a day to a day (`valid_to` exclusive).

    A county government's template serves every organ of the county that has none of its own;
    where nobody has one, the shipped template serves.
    """

    organ = models.ForeignKey("orgs.Organ", models.PROTECT, related_name="+", verbose_name="机构")
    kind = models.CharField("公文种类", max_length=8, choices=_KINDS)
    valid_from = models.DateField("启用日期")
    valid_to = models.DateField("停用日期", null=True, blank=True)
    docx = models.BinaryField("Word 文件")
    sha256 = models.CharField("校验值", max_length=64)
    name = models.CharField("文件名", max_length=200)
    uploaded_by = models.CharField("上传人", max_length=100)
    uploaded_by_account = models.CharField("上传人账号", max_length=150)
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "公文模板"
        verbose_name_plural = "公文模板"
        ordering = ["organ", "kind", "-valid_from", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "kind"],
                condition=Q(valid_to__isnull=True),
                name="letters_one_open_template",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="letters_template_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ}：{self.get_kind_display()}"


class LetterSeries(models.Model):
    """The last number given in one series; the row that writers lock to take the next."""

    organ = models.ForeignKey("orgs.Organ", models.PROTECT, related_name="+")
    word = models.CharField("文种代字", max_length=8)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("最后序号", default=0)

    class Meta:
        verbose_name = "文号序列"
        verbose_name_plural = "文号序列"
        constraints = [
            models.UniqueConstraint(fields=["organ", "word", "year"], name="letters_one_series")
        ]

    def __str__(self) -> str:
        return f"{self.organ}{self.word}〔{self.year}〕"


class Letter(models.Model):
    """A letter as it was issued: its number, what it is about, the hashes of its files."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(
        "orgs.Organ", models.PROTECT, related_name="+", verbose_name="发文机关"
    )
    kind = models.CharField("公文种类", max_length=8, choices=_KINDS)
    number = models.CharField("文号", max_length=60, blank=True)
    word = models.CharField("文种代字", max_length=8, blank=True)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号", null=True, blank=True)
    about = models.CharField("所属事项", max_length=100, db_index=True)
    issued_on = models.DateField("成文日期")
    issued_by = models.CharField("签发经办人", max_length=100)
    issued_by_account = models.CharField("签发经办人账号", max_length=150)
    issued_at = models.DateTimeField("签发时间")
    sealed = models.BooleanField("加盖电子印章")
    docx_sha256 = models.CharField("Word 文件校验值", max_length=64)
    pdf_sha256 = models.CharField("PDF 文件校验值", max_length=64)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=[(state.value, state.label) for state in LetterState],
        default=LetterState.ISSUED,
    )
    cancelled_by = models.CharField("作废人", max_length=100, blank=True)
    cancelled_by_account = models.CharField("作废人账号", max_length=150, blank=True)
    cancelled_at = models.DateTimeField("作废时间", null=True, blank=True)
    cancel_reason = models.CharField("作废理由", max_length=500, blank=True)

    class Meta:
        verbose_name = "公文"
        verbose_name_plural = "公文"
        ordering = ["-year", "word", "-serial", "-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "word", "year", "serial"],
                condition=Q(serial__isnull=False),
                name="letters_number_used_once",
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.ISSUED) | ~Q(cancel_reason=""),
                name="letters_cancelled_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(number="", word="", serial__isnull=True)
                | (~Q(number="") & ~Q(word="") & Q(serial__gte=1)),
                name="letters_numbered_whole_or_not",
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "word", "year", "serial"], name="letters_register"),
        ]

    def __str__(self) -> str:
        return f"{LetterKind(self.kind).label} {self.number}".strip()

    @property
    def record_id(self) -> str:
        """The typed id by which the log and other chapters name this letter."""
        return f"letters:{self.pk}"

    @property
    def letter_kind(self) -> LetterKind:
        """What kind of letter it is."""
        return LetterKind(self.kind)

    def file_name(self, form: str) -> str:
        """Return the name under which its docx or pdf is kept."""
        return f"{self.pk.hex}.{form}"

    def delete(self, *args: object, **kwargs: object) -> None:
        """Refuse: the number would be lost."""
        raise AppendOnly("Letter：公文不得删除，有误的请作废")
