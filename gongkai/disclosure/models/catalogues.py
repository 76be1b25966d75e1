"""Standard catalogues (标准目录): fields, items, which organ owes which, what fulfils it.

Serves 国办发〔2019〕54号: at least name, content, basis, time limit, organ, means, channel and
audience of each item (law.md 7). Fields and items are data with the days they hold.
"""

from django.db import models
from django.db.models import Q

from gongkai.disclosure.models.entries import Entry
from gongkai.disclosure.models.sections import Section
from gongkai.orgs.models import Organ


class CatalogueLevel(models.TextChoices):
    """Whose catalogue it is."""

    COUNTY = "COUNTY", "县级"
    TOWNSHIP = "TOWNSHIP", "乡级"


class StandardCatalogue(models.Model):
    """A county's catalogue of one level: 法定主动公开内容 or 标准目录, from a day to a day."""

    county = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="县")
    title = models.CharField("名称", max_length=120)
    level = models.CharField("层级", max_length=10, choices=CatalogueLevel)
    basis = models.CharField("编制依据", max_length=200, blank=True)
    valid_from = models.DateField("启用日期")
    valid_to = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "标准目录"
        verbose_name_plural = "标准目录"
        ordering = ["county", "level", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "level", "title", "valid_from"],
                name="disclosure_one_catalogue_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.title


class CatalogueField(models.Model):
    """One field (领域) of a catalogue: one of the 26, or one a higher notice added."""

    catalogue = models.ForeignKey(StandardCatalogue, models.CASCADE, related_name="fields")
    code = models.CharField("代码", max_length=20)
    slug = models.SlugField("地址名", max_length=40)
    name = models.CharField("领域", max_length=60)
    order = models.PositiveIntegerField("排序", default=0)
    added_by = models.CharField("增设依据", max_length=200, blank=True)
    valid_from = models.DateField("启用日期")
    valid_to = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "领域"
        verbose_name_plural = "领域"
        ordering = ["catalogue", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["catalogue", "code", "valid_from"], name="disclosure_one_field_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CatalogueItem(models.Model):
    """One row of a catalogue, with every column of law.md 7.3; marks are kept as printed."""

    field = models.ForeignKey(CatalogueField, models.CASCADE, related_name="items")
    number = models.CharField("序号", max_length=20)
    order = models.PositiveIntegerField("排序", default=0)
    first_level = models.CharField("一级事项", max_length=200)
    second_level = models.CharField("二级事项", max_length=200, blank=True)
    content = models.TextField("公开内容（要素）")
    basis = models.TextField("公开依据")
    time_limit = models.CharField("公开时限", max_length=300)
    limit_value = models.PositiveIntegerField("时限数", null=True, blank=True)
    limit_unit = models.CharField("时限单位", max_length=16, blank=True)
    update_days = models.PositiveIntegerField("更新间隔（日）", null=True, blank=True)
    organ_words = models.CharField("公开主体", max_length=300)
    channels = models.JSONField("公开渠道和载体", default=list)
    other_channel = models.CharField("其他渠道", max_length=200, blank=True)
    to_all = models.BooleanField("全社会", default=True)
    to_group = models.CharField("特定群体", max_length=200, blank=True)
    proactive = models.BooleanField("主动", default=True)
    on_request = models.BooleanField("依申请", default=False)
    at_county = models.BooleanField("县级", default=True)
    at_township = models.BooleanField("乡级", default=False)
    village_words = models.CharField("乡、村级", max_length=60, blank=True)
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对应栏目"
    )
    valid_from = models.DateField("启用日期")
    valid_to = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "公开事项"
        verbose_name_plural = "公开事项"
        ordering = ["field", "order"]

    def __str__(self) -> str:
        return self.second_level or self.first_level


class ItemOrgan(models.Model):
    """An organ that owes an item (公开主体)."""

    item = models.ForeignKey(CatalogueItem, models.CASCADE, related_name="organs")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "公开主体"
        verbose_name_plural = "公开主体"
        constraints = [
            models.UniqueConstraint(fields=["item", "organ"], name="disclosure_owes_once")
        ]

    def __str__(self) -> str:
        return f"{self.organ}：{self.item}"


class ItemEntry(models.Model):
    """An entry that fulfils an item for its organ."""

    item = models.ForeignKey(CatalogueItem, models.CASCADE, related_name="entries")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="items")

    class Meta:
        verbose_name = "事项内容"
        verbose_name_plural = "事项内容"
        constraints = [
            models.UniqueConstraint(fields=["item", "entry"], name="disclosure_fulfils_once")
        ]

    def __str__(self) -> str:
        return f"{self.item}：{self.entry}"


STANDING = Q(valid_to__isnull=True)
