"""Who asks: identity and contact, apart from the case (Art. 29(2)1).

Nothing here is ever written to the log but as keyed digests, lists show names
masked, and each showing in full is itself an event.
"""

from django.db import models

from gongkai.inforequests.models.cases import InfoRequest


class Requester(models.Model):
    """The person or organisation behind one request, and how to reach them."""

    info_request = models.OneToOneField(
        InfoRequest, models.PROTECT, related_name="requester", primary_key=True
    )
    name = models.CharField("姓名或者名称", max_length=200)
    identity_kind = models.CharField("证件名称", max_length=50, blank=True)
    identity_number = models.CharField("证件号码或者统一社会信用代码", max_length=50, blank=True)
    contact_person = models.CharField("联系人", max_length=100, blank=True)
    phone = models.CharField("联系电话", max_length=50, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    address = models.CharField("通信地址", max_length=300, blank=True)
    postcode = models.CharField("邮政编码", max_length=10, blank=True)

    class Meta:
        verbose_name = "申请人"
        verbose_name_plural = "申请人"

    def __str__(self) -> str:
        return f"申请人（{self.info_request_id}）"
