"""Who holds which post on a day, and whom they let stand in for them (委托)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, QuerySet, Value, When

from gongkai.accounts.models import User
from gongkai.accounts.queries import asked_once
from gongkai.orgs.models import Delegation, Organ, Post, Role


def in_force(today: date) -> Q:
    """Return the condition of posts, or delegations, in force on `today`."""
    return Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gt=today))


def delegations_in_force(today: date) -> QuerySet[Delegation]:
    """Return the delegations in force on `today`: their posts and both accounts are, too."""
    return Delegation.objects.filter(
        in_force(today),
        post__in=Post.objects.filter(in_force(today), user__is_active=True),
        to__is_active=True,
    )


def posts_of(user: User, today: date) -> QuerySet[Post]:
    """Return the posts that `user` holds on `today`, lent ones included; none when closed.

    A lent post says so when it is written out, so that the log names both persons.
    """
    if not user.is_active:
        return Post.objects.none()
    lent = delegations_in_force(today).filter(to_id=user.pk).order_by()
    return (
        Post.objects.filter(in_force(today))
        .filter(Q(user_id=user.pk) | Q(pk__in=lent.values("post_id")))
        .annotate(lent=Case(When(user_id=user.pk, then=Value(False)), default=Value(True)))
        .select_related("organ", "user")
    )


def held_by(user: User, today: date) -> tuple[Post, ...]:
    """Return the posts that `user` holds on `today`; within a web request asked once."""
    return asked_once(("posts", user.pk, today), lambda: tuple(posts_of(user, today)))


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post as people read it."""

    id: int
    account: str
    name: str
    role: Role
    valid_from: date
    valid_to: date | None


def posts_in(organ: Organ) -> list[PostHeld]:
    """Return every post ever held in `organ`, those in force first, by role and name."""
    posts = Post.objects.filter(organ=organ).select_related("user")
    held = [
        PostHeld(
            post.pk,
            post.user.username,
            post.user.name,
            Role(post.role),
            post.valid_from,
            post.valid_to,
        )
        for post in posts
    ]
    order = list(Role)
    return sorted(
        held, key=lambda post: (post.valid_to is not None, order.index(post.role), post.name)
    )
