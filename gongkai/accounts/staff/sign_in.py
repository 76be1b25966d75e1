"""Signing in: Wagtail's form in Chinese, allauth's second step, and whose a session is."""

from typing import Any

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import CharField, Q, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.admin.views.account import LoginView
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.permission_policies.collections import CollectionPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from gongkai.accounts import actions
from gongkai.accounts.models import User

LOCKED = (
    "连续输错次数过多，该账号在本地址已暂停登录{minutes}分钟。"
    "请稍后再试；确需马上登录的，请安全管理员在“登录安全”中解锁"
)
_OF_PAGES = (
    (GroupPagePermission, PagePermissionPolicy),
    (GroupCollectionPermission, CollectionPermissionPolicy),
)


class Backend(ModelBackend):
    """Django's own rules; account and profile in one query, all rights in another."""

    def get_user(self, user_id: int) -> User | None:
        """Return the account of a session with Wagtail's profile of it, or None."""
        user = User.objects.select_related("wagtail_userprofile").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: User, obj: Any = None) -> set[str]:
        """Return the rights of the account and of its groups together."""
        if user_obj.is_superuser or not user_obj.is_active or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = _rights_of(user_obj)
        return user_obj._perm_cache


def _rights_of(user: User) -> set[str]:
    """Return the rights of an account in one query, which also tells if it edits any pages.

    Most officials edit none: Wagtail, told so, need not ask for their pages and collections.
    """
    held = Permission.objects.filter(Q(user=user) | Q(group__user=user)).order_by()
    rows = held.values_list("content_type__app_label", "codename")
    for model, policy in _OF_PAGES:
        found = model.objects.filter(group__user=user).order_by()
        name = Value(policy.permission_cache_name, CharField())
        rows = rows.union(found.values_list(name, Value("", CharField())))
    rights = set(rows)
    for _, policy in _OF_PAGES:
        if (policy.permission_cache_name, "") not in rights:
            setattr(user, policy.permission_cache_name, [])
    return {f"{app}.{codename}" for app, codename in rights if codename}


class LoginForm(WagtailLoginForm):
    """Account and password, in Chinese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("username", "账号"), ("password", "密码")):
            self.fields[name].label = label
            self.fields[name].widget.attrs["placeholder"] = f"请输入{label}"


class SignInView(LoginView):
    """Account and password, or the province's single sign-on; then the second step, if any."""

    def form_valid(self, form: LoginForm) -> HttpResponse:
        """Go on to allauth's steps; the session ends when the browser is closed."""
        self.request.session.set_expiry(0)
        return perform_login(
            self.request,
            form.get_user(),
            email_verification="none",
            redirect_url=self.get_success_url(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the single sign-ons."""
        return super().get_context_data(sign_ons=actions.sign_on_providers(), **kwargs)


def locked_out(
    request: HttpRequest, answer: HttpResponse | None, told: dict[str, Any] | None
) -> HttpResponse:
    """Say that tries have run out, and the remedy; nothing of whether the account exists."""
    said = LOCKED.format(minutes=settings.GONGKAI_LOCKOUT_MINUTES)
    return render(request, "accounts/locked.html", {"said": said}, status=429)
