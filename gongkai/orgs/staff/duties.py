"""Tells sign-in (`accounts`) what posts say: who must have a second factor, who looks after it."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.accounts.queries import Duties
from gongkai.orgs.models import Post, Role
from gongkai.orgs.queries import holds_any, organs_seen_by, posts_of

# Who releases, signs or runs the system (law.md 9.3: two ways of showing who one is).
DECIDING = frozenset(
    {
        Role.LEADER,
        Role.OGI_HEAD,
        Role.REVIEWER,
        Role.SECRECY_REVIEWER,
        Role.PUBLISHER,
        Role.SYSTEM_ADMIN,
        Role.SECURITY_ADMIN,
        Role.AUDITOR,
    }
)


def decides(user: User, now: datetime) -> bool:
    """Return whether `user` holds a post that decides, or may do anything."""
    return user.is_superuser or holds_any(user, timezone.localdate(now), DECIDING)


def secures(user: User, now: datetime) -> bool:
    """Return whether `user` is a security administrator; the superuser sets the system up."""
    held = holds_any(user, timezone.localdate(now), (Role.SECURITY_ADMIN,))
    return held or (user.is_active and user.is_superuser)


def secured(user: User, now: datetime) -> QuerySet[User]:
    """Return the people of the organs looked after, and those who hold no post at all."""
    if user.is_active and user.is_superuser:
        return User.objects.order_by("username")
    organs = organs_seen_by(user, timezone.localdate(now), {Role.SECURITY_ADMIN})
    posts = Post.objects.filter(organ__in=organs).values("user_id")
    elsewhere = Post.objects.exclude(organ__in=organs).values("user_id")
    people = User.objects.filter(Q(pk__in=posts) | Q(posts__isnull=True), is_superuser=False)
    return people.exclude(pk__in=elsewhere).distinct().order_by("username")


def acting(user: User, now: datetime) -> str:
    """Return the post of a security administrator in words."""
    posts = posts_of(user, timezone.localdate(now)).filter(role=Role.SECURITY_ADMIN)
    if post := posts.first():
        return f"{post.organ.name}{Role.SECURITY_ADMIN.label}"
    return "平台超级管理员" if user.is_superuser else ""


DUTIES = Duties(decides=decides, secures=secures, secured=secured, acting=acting)
