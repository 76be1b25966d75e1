"""Hangs the change of password in the staff site and closes Wagtail's screens of users."""

from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from gongkai.accounts.models import User
from gongkai.accounts.staff.closed import ClosedPolicy
from gongkai.accounts.staff.passwords import ChangePasswordView

for model in (User, Group):
    register_permission_policy(model, ClosedPolicy(model))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the form."""
    patterns = [path("password/", ChangePasswordView.as_view(), name="change_password")]
    return [path("accounts/", include((patterns, "accounts")))]


@hooks.register("construct_help_menu")
def keep_help_inside(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out Wagtail's news and guide: they lead to foreign sites, in English."""
    items[:] = [item for item in items if not item.url.startswith("http")]


@hooks.register("register_settings_menu_item")
def register_menu_item() -> MenuItem:
    """Add the form to the menu."""
    return MenuItem(
        "修改密码", reverse("accounts:change_password"), icon_name="password", order=900
    )
