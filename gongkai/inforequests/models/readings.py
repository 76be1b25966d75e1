"""Who has opened a case, and how often a query code was tried; the law of small traces.

Opening a case page leaves one row a person and day (issue 3: who has read it); showing the
requester in full is a logged verb besides (`actions.show_requester`).
"""

from django.db import models

from gongkai.inforequests.models.cases import InfoRequest


class Reading(models.Model):
    """One person opened one case on one day."""

    info_request = models.ForeignKey(InfoRequest, models.CASCADE, related_name="readings")
    account = models.CharField("账号", max_length=150)
    name = models.CharField("姓名", max_length=100)
    post = models.CharField("岗位", max_length=200, blank=True)
    day = models.DateField("日期")
    first_at = models.DateTimeField("首次查看时间")

    class Meta:
        verbose_name = "查看记录"
        verbose_name_plural = "查看记录"
        ordering = ["-first_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["info_request", "account", "day"], name="inforequests_one_reading_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class PublicAttempt(models.Model):
    """One try of a public door from one address (kept as a keyed digest): limits and traces."""

    door = models.CharField("入口", max_length=20)
    client = models.CharField("来源摘要", max_length=64)
    at = models.DateTimeField("时间")
    ok = models.BooleanField("成功", default=False)
    about = models.CharField("对象", max_length=60, blank=True)

    class Meta:
        verbose_name = "公众端尝试"
        verbose_name_plural = "公众端尝试"
        indexes = [models.Index(fields=["door", "client", "at"], name="inforequests_attempts")]

    def __str__(self) -> str:
        return f"{self.door} {self.at:%Y-%m-%d %H:%M}"
