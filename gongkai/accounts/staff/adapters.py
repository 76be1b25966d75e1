"""How allauth does what it does here: in the staff site, in Chinese, by numbers, never by e-mail.

What it writes to the log is in `events`. Nobody signs up: an account is opened by the system
administrator, and works once it has a post.
"""

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.accounts import actions
from gongkai.accounts.models import User
from gongkai.accounts.queries import needs_second_factor
from gongkai.accounts.staff.addresses import address_text


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up, nothing is mailed, the address is told by our own proxies."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_password": "密码不正确，请重新输入",
        "incorrect_code": "验证码不正确，请核对后重新输入",
        "too_many_login_attempts": "输错次数过多，请稍后再试，或者请安全管理员解锁",
        "rate_limited": "操作过于频繁，请稍后再试",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address by which tries are counted."""
        return address_text(request)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Say that the account is closed, and who opens it."""
        return render(request, "accounts/closed.html", status=403)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our own screens tell what has happened."""

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Name the ways in which one shows anew who one is."""
        words = {
            "reauthenticate": "用密码确认",
            "mfa_reauthenticate": "用验证码确认",
            "mfa_reauthenticate:webauthn": "用安全密钥确认",
        }
        methods = super().get_reauthentication_methods(user)
        return [{**each, "description": words.get(each["id"], "确认身份")} for each in methods]


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Who comes from a single sign-on is who an administrator has entered under that number."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Return False."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Turn away numbers nobody has entered; keep nothing of what the platform tells."""
        account = sociallogin.account
        if account.pk is None:
            self._refuse(request, sociallogin, "没有登记的统一认证号")
        if account.extra_data:
            account.extra_data = {}
            account.save(update_fields=["extra_data"])

    def on_authentication_error(self, request: HttpRequest, provider: Any, **told: Any) -> NoReturn:
        """Log that the platform sent nobody; say so, and lead back to the door."""
        actions.refuse_sign_in(
            "", address=address_text(request), reason="统一认证没有完成", at=timezone.now()
        )
        page = render(request, "accounts/sign_on_failed.html", {"provider": provider}, status=401)
        raise ImmediateHttpResponse(page)

    def _refuse(self, request: HttpRequest, sociallogin: SocialLogin, why: str) -> NoReturn:
        number = sociallogin.account.uid
        actions.refuse_sign_in(
            f"{sociallogin.account.provider}:{number}",
            address=address_text(request),
            reason=why,
            at=timezone.now(),
        )
        page = render(request, "accounts/no_sign_on.html", {"number": number}, status=403)
        raise ImmediateHttpResponse(page)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are sealed at rest; who must have a second factor does not take away the last."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "验证码不正确，请核对手机时间后重新输入",
        "cannot_delete_authenticator": "您的岗位须使用两步验证，不能停用最后一种方式；"
        "请先添加另一种",
        "cannot_generate_recovery_codes": "请先设置验证器或者安全密钥，再生成备用码",
    }

    def encrypt(self, text: str) -> str:
        """Return the text sealed, as base64."""
        return actions.seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was sealed."""
        return actions.open_secret(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        """Return the name under which an app lists the account."""
        return user.username

    def get_totp_issuer(self) -> str:
        """Return the name of the platform."""
        return settings.WAGTAIL_SITE_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the host, with the name of the platform."""
        entity = super().get_public_key_credential_rp_entity()
        return {**entity, "name": settings.WAGTAIL_SITE_NAME}

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """Return a name for a new key."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"安全密钥{count + 1}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether another way is left, or none is needed."""
        if not needs_second_factor(authenticator.user, timezone.now()):
            return True
        ways = Authenticator.objects.filter(user_id=authenticator.user_id)
        left = ways.exclude(pk=authenticator.pk)
        return left.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
