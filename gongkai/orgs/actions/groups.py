"""The groups of sign-in rights follow the posts in force, lent ones included.

A group (Django's) carries the right to enter the staff site and little else. Groups are a
projection: `sync_groups` makes them true.
"""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from gongkai.accounts.models import User
from gongkai.orgs.models import Post, Role
from gongkai.orgs.queries import delegations_in_force
from gongkai.orgs.rules import RIGHTS

_ENTRY = "wagtailadmin.access_admin"


def sync_groups(user_ids: Iterable[int] | None = None, *, today: date) -> int:
    """Make the role groups of the users (all by default) those of their posts on `today`.

    Return how many memberships changed. Posts begin and end by date, so this
    also runs daily; for all users it also gives each group its rights anew.
    """
    posts = Post.objects.filter(valid_from__lte=today, user__is_active=True).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    )
    lent = delegations_in_force(today)
    membership = User.groups.through.objects.filter(group__name__in=Role.labels)
    if user_ids is not None:
        ids = list(user_ids)
        posts, membership = posts.filter(user_id__in=ids), membership.filter(user_id__in=ids)
        lent = lent.filter(to_id__in=ids)
    with transaction.atomic():
        wanted = {
            (user_id, Role(role).label)
            for user_id, role in (
                *posts.values_list("user", "role"),
                *lent.values_list("to", "post__role"),
            )
        }
        found = {
            (user_id, name): pk
            for pk, user_id, name in membership.values_list("pk", "user_id", "group__name")
        }
        missing = {name for _, name in wanted - found.keys()}
        # All at once also gives every group the rights that a newer release has added.
        roles = [role for role in Role if user_ids is None or role.label in missing]
        groups = {role.label: group_of(role) for role in roles}
        User.groups.through.objects.bulk_create(
            User.groups.through(user_id=user_id, group=groups[name])
            for user_id, name in sorted(wanted - found.keys())
        )
        gone = [pk for key, pk in found.items() if key not in wanted]
        membership.filter(pk__in=gone).delete()
    return len(wanted - found.keys()) + len(gone)


def group_of(role: Role) -> Group:
    """Return the group of a role, with the right of entry and what `rules.RIGHTS` adds."""
    group, _ = Group.objects.get_or_create(name=role.label)
    for right in (_ENTRY, *RIGHTS.get(role, ())):
        app, codename = right.split(".")
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return group
