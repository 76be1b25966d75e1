"""Signing in: Wagtail's form in Chinese, and whose a session is in few queries."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import CharField, Q, Value
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.permission_policies.collections import CollectionPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from gongkai.accounts.models import User

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
