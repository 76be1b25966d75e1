"""Staff users. What a user may do hangs on their posts in organs (`orgs.Post`), not on this row."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from gongkai.audit import Actor


class User(AbstractUser):
    """An official or an operator who signs in."""

    name = models.CharField("姓名", max_length=100)
    phone = models.CharField("办公电话", max_length=30, blank=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)

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
