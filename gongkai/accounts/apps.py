"""Wires accounts into Django."""

from django.apps import AppConfig

from gongkai import audit
from gongkai.adapters.rotation import SealedKind, sealed_kinds


class AccountsConfig(AppConfig):
    """The app accounts."""

    name = "gongkai.accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        """Listen to who comes and goes; tell the log how to say the verbs and fields."""
        # Wagtail's forms ask for the models, which are ready only now.
        from gongkai.accounts.actions import reseal_secrets, secrets_to_reseal
        from gongkai.accounts.staff.events import listen

        listen()
        sealed_kinds["mfa.Authenticator"] = SealedKind(
            "两步验证密钥", secrets_to_reseal, reseal_secrets
        )
        audit.words.update(
            {
                "accounts.create_user": "新增人员",
                "accounts.change_password": "修改密码",
                "accounts.reset_password": "重置密码",
                "accounts.deactivate": "停用账号",
                "accounts.reactivate": "恢复账号",
                "accounts.sign_in": "登录",
                "accounts.sign_out": "退出登录",
                "accounts.sign_out_elsewhere": "退出其他登录",
                "accounts.refuse_sign_in": "登录失败",
                "accounts.lock_out": "账号锁定",
                "accounts.unlock": "解锁账号",
                "accounts.add_second_factor": "设置两步验证",
                "accounts.remove_second_factor": "停用两步验证",
                "accounts.renew_second_factor": "重新生成备用码",
                "accounts.reset_second_factor": "重置两步验证",
                "accounts.link_sign_on": "登记统一认证号",
                "accounts.unlink_sign_on": "取消统一认证号",
                "accounts.allow_network": "登记允许登录的网段",
                "accounts.withdraw_network": "移除允许登录的网段",
                "ip_address": "IP 地址",
                "sign_in_way": "登录方式",
                "sessions_ended": "结束的会话数",
                "minutes": "分钟",
                "failures": "失败次数",
                "kinds": "两步验证方式",
                "totp": "验证器",
                "webauthn": "安全密钥",
                "recovery_codes": "备用码",
                "provider": "统一认证平台",
                "network": "网段",
                "name": "姓名",
                "phone": "电话",
                "account": "账号",
                "is_active": "启用",
                "must_change_password": "须修改密码",
            }
        )
