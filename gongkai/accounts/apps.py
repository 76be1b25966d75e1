"""Wires accounts into Django."""

from django.apps import AppConfig

from gongkai import audit


class AccountsConfig(AppConfig):
    """The app accounts."""

    name = "gongkai.accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        """Tell the log how to say the verbs and fields."""
        audit.words.update(
            {
                "accounts.create_user": "新增人员",
                "accounts.change_password": "修改密码",
                "accounts.reset_password": "重置密码",
                "accounts.deactivate": "停用账号",
                "accounts.reactivate": "恢复账号",
                "name": "姓名",
                "phone": "电话",
                "account": "账号",
                "is_active": "启用",
                "must_change_password": "须修改密码",
            }
        )
