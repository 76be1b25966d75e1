"""Who enters these screens: system administrators their county, auditors their county's log.

The superuser sets the system up and may administer; business and the log are not theirs.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.audit import Actor
from gongkai.orgs.models import Organ, Post, Role
from gongkai.orgs.queries import holds_any, organs_seen_by, posts_of


def administered(request: HttpRequest) -> QuerySet[Organ]:
    """Return the organs that the user administers."""
    if request.user.is_active and request.user.is_superuser:
        return Organ.objects.all()
    return organs_seen_by(request.user, timezone.localdate(), {Role.SYSTEM_ADMIN})


def audited(request: HttpRequest) -> QuerySet[Organ]:
    """Return the organs whose log the user reads."""
    return organs_seen_by(request.user, timezone.localdate(), {Role.AUDITOR})


def holds(request: HttpRequest, role: Role) -> bool:
    """Return whether the user holds `role` anywhere today."""
    return holds_any(request.user, timezone.localdate(), (role,))


def may_administer(request: HttpRequest) -> bool:
    """Return whether the menu shows the administrator's screens."""
    return request.user.is_superuser or holds(request, Role.SYSTEM_ADMIN)


def may_audit(request: HttpRequest) -> bool:
    """Return whether the menu shows the log."""
    return holds(request, Role.AUDITOR)


def people_administered(request: HttpRequest) -> QuerySet[User]:
    """Return the people of the organs administered, and those who hold no post at all."""
    organs = administered(request)
    posts = Post.objects.filter(organ__in=organs)
    people = User.objects.filter(Q(pk__in=posts.values("user_id")) | Q(posts__isnull=True))
    if not request.user.is_superuser:
        elsewhere = Post.objects.exclude(organ__in=organs)
        people = people.filter(is_superuser=False).exclude(pk__in=elsewhere.values("user_id"))
    return people.distinct().order_by("-is_active", "username")


def acting(request: HttpRequest) -> Actor:
    """Return who acts, in the post of an administrator."""
    posts = posts_of(request.user, timezone.localdate()).filter(role=Role.SYSTEM_ADMIN)
    if post := posts.first():
        return request.user.actor(f"{post.organ.name}{Role.SYSTEM_ADMIN.label}")
    if request.user.is_superuser:
        return request.user.actor("平台超级管理员")
    raise PermissionDenied
