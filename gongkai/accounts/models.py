"""Staff users, their earlier passwords, where they are signed in, and from where they may be.

What a user may do hangs on their posts in organs (`orgs.Post`), not on this row. Second factors
and numbers of the province's single sign-on are rows of allauth (`mfa.Authenticator`,
`socialaccount.SocialAccount`), failures rows of axes.
"""

from django.contrib.auth.models import AbstractUser
from django.db import models

from gongkai.audit import Actor


class User(AbstractUser):
    """An official or an operator who signs in."""

    name = models.CharField("姓名", max_length=100)
    phone = models.CharField("办公电话", max_length=30, blank=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "工作人员"
        verbose_name_plural = "工作人员"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    def actor(self, post: str = "") -> Actor:
        """Return this user by value, for the audit log."""
        return Actor(account=self.username, name=self.name or self.username, post=post)


class EarlierPassword(models.Model):
    """The hash of a password once used, so that it is not taken again at once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    password = models.CharField("密码散列", max_length=128)
    until = models.DateTimeField("停用时间")

    class Meta:
        verbose_name = "曾用密码"
        verbose_name_plural = "曾用密码"
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.until:%Y-%m-%d}"


class Session(models.Model):
    """One browser in which somebody has signed in; the row goes when they leave it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField("会话", max_length=40, unique=True)
    address = models.CharField("IP 地址", max_length=45)
    browser = models.CharField("浏览器", max_length=200, blank=True)
    begun_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近操作时间")

    class Meta:
        verbose_name = "登录会话"
        verbose_name_plural = "登录会话"
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} {self.address} {self.begun_at:%Y-%m-%d %H:%M}"


class StaffNetwork(models.Model):
    """A network from which the staff side may be entered; with no row, and none set: from any."""

    network = models.CharField("网段", max_length=43, unique=True)
    note = models.CharField("说明", max_length=100)
    added_by = models.CharField("登记人", max_length=100)
    added_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "允许登录的网段"
        verbose_name_plural = "允许登录的网段"
        ordering = ["network"]

    def __str__(self) -> str:
        return self.network
