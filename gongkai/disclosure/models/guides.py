"""What an organ says of itself beyond its row in orgs: guide, duties, officers, hours.

Serves Art. 12 (guide and catalogue) and Art. 20 (2): the generated part comes from orgs, this is
the organ's own text.
"""

from django.db import models

from gongkai.orgs.models import Organ


class OrganPage(models.Model):
    """An organ's public page: its slug never changes; texts are clean HTML."""

    organ = models.OneToOneField(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    slug = models.SlugField("地址名", max_length=40)
    duties = models.TextField("机构职能", blank=True)
    internal_bodies = models.TextField("内设机构", blank=True)
    head = models.CharField("负责人", max_length=60, blank=True)
    hours = models.CharField("办公时间", max_length=100, blank=True)
    ogi_body = models.CharField("公开工作机构", max_length=100, blank=True)
    ogi_address = models.CharField("公开工作机构地址", max_length=200, blank=True)
    ogi_phone = models.CharField("公开工作机构电话", max_length=40, blank=True)
    ogi_fax = models.CharField("传真", max_length=40, blank=True)
    ogi_email = models.EmailField("电子邮箱", blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    guide_text = models.TextField("公开指南补充内容", blank=True)
    system_text = models.TextField("公开制度", blank=True)
    reviewed_on = models.DateField("指南核对日期", null=True, blank=True)
    changed_at = models.DateTimeField("修改时间")

    class Meta:
        verbose_name = "机关页面"
        verbose_name_plural = "机关页面"
        constraints = [models.UniqueConstraint(fields=["slug"], name="disclosure_organ_slug_once")]

    def __str__(self) -> str:
        return str(self.organ)
