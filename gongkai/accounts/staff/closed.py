"""Wagtail's own screens of users and groups are closed: they would write past the verbs."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from gongkai.accounts.models import User


class ClosedPolicy(BasePermissionPolicy):
    """Nobody may do anything to this model in Wagtail's screens, the superuser included."""

    def users_with_any_permission(self, actions: Any) -> QuerySet[User]:
        """Return no user."""
        return User.objects.none()

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        """Return False."""
        return False

    def user_has_any_permission(self, user: User | AnonymousUser, actions: Any) -> bool:
        """Return False."""
        return False

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Return False."""
        return False

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        """Return False."""
        return False
