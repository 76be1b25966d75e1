"""Questions that are often asked, with their answers: each is an entry of disclosure."""

from django.db import models

from gongkai.disclosure.models import Entry
from gongkai.engagement.models.messages import Message
from gongkai.orgs.models import Organ


class Faq(models.Model):
    """One question and answer; the text and its release are the entry's, the care is here."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="答问机关")
    question = models.CharField("问题", max_length=100)
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, related_name="+", verbose_name="问答稿件"
    )
    message = models.ForeignKey(
        Message, models.PROTECT, null=True, related_name="+", verbose_name="来自留言"
    )
    checked_on = models.DateField("最近核对日期")
    checked_by = models.CharField("核对人", max_length=100)
    drafted_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "常见问题"
        verbose_name_plural = "常见问题"
        ordering = ["checked_on", "pk"]
        indexes = [models.Index(fields=["organ", "checked_on"], name="engagement_faq_checked")]

    def __str__(self) -> str:
        return self.question

    @property
    def typed_id(self) -> str:
        """Return the id of the record, which its entry carries."""
        return f"engagement.faq:{self.pk}"
