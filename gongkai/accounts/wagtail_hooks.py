"""Hangs one's own sign-in and the security administrator's screens in the staff site.

Wagtail's screens of users are closed.
"""

from django.conf import settings
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from gongkai.accounts.models import User
from gongkai.accounts.queries import keeps_security
from gongkai.accounts.staff import security
from gongkai.accounts.staff.closed import ClosedPolicy
from gongkai.accounts.staff.own import OwnView
from gongkai.accounts.staff.passwords import ChangePasswordView
from gongkai.accounts.staff.watching import stay

_PERSON = "security/people/<int:pk>/"
_PATTERNS = [
    path("password/", ChangePasswordView.as_view(), name="change_password"),
    path("own/", OwnView.as_view(), name="own"),
    path("stay/", stay, name="stay"),
    path("security/", security.SecurityView.as_view(), name="security"),
    path("security/unlock/", security.UnlockView.as_view(), name="unlock"),
    path("security/networks/add/", security.AllowNetworkView.as_view(), name="allow_network"),
    path(
        "security/networks/<int:pk>/remove/",
        security.WithdrawNetworkView.as_view(),
        name="withdraw_network",
    ),
    path(f"{_PERSON}second-factor/", security.ResetFactorView.as_view(), name="reset_factor"),
    path(f"{_PERSON}sign-on/", security.NumberView.as_view(), name="link_sign_on"),
    path(
        f"{_PERSON}sign-on/<str:provider>/remove/",
        security.NoNumberView.as_view(),
        name="unlink_sign_on",
    ),
]

for model in (User, Group):
    register_permission_policy(model, ClosedPolicy(model))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens."""
    return [path("accounts/", include((_PATTERNS, "accounts")))]


@hooks.register("construct_help_menu")
def keep_help_inside(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out Wagtail's news and guide: they lead to foreign sites, in English."""
    items[:] = [item for item in items if not item.url.startswith("http")]


class SecurityItem(MenuItem):
    """Shown to security administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user looks after sign-in."""
        return keeps_security(request.user, timezone.now())


@hooks.register("insert_global_admin_css")
def style() -> str:
    """Add the style of the door and of the warning."""
    return format_html('<link rel="stylesheet" href="{}">', static("accounts/sign-in.css"))


@hooks.register("insert_global_admin_js")
def watch_idleness() -> str:
    """Warn before nothing has been done for too long, and keep what was typed."""
    if not (settings.GONGKAI_SESSIONS_WATCHED and settings.GONGKAI_IDLE_MINUTES):
        return ""
    return format_html(
        '<script src="{}" defer data-minutes="{}" data-stay="{}" data-home="{}"></script>',
        static("accounts/idle.js"),
        settings.GONGKAI_IDLE_MINUTES,
        reverse("accounts:stay"),
        reverse("wagtailadmin_home"),
    )


@hooks.register("register_settings_menu_item")
def register_own() -> MenuItem:
    """Add one's own sign-in to the menu."""
    return MenuItem("我的登录", reverse("accounts:own"), icon_name="user", order=890)


@hooks.register("register_settings_menu_item")
def register_security() -> MenuItem:
    """Add the security administrator's overview to the menu."""
    return SecurityItem("登录安全", reverse("accounts:security"), icon_name="lock", order=115)


@hooks.register("register_settings_menu_item")
def register_menu_item() -> MenuItem:
    """Add the form to the menu."""
    return MenuItem(
        "修改密码", reverse("accounts:change_password"), icon_name="password", order=900
    )
