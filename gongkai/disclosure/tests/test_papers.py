"""Who opens the files of an entry, and who not."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch, reverse

from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.tests import factories as make
from gongkai.files import access_to
from gongkai.orgs.models import Organ, Post, Role

pytestmark = pytest.mark.django_db


def user(account: str, organ: Organ, role: Role):
    """Return a user with one post."""
    found = get_user_model().objects.create(username=account, name=account)
    Post.objects.create(user=found, organ=organ, role=role, valid_from=date(2020, 1, 1))
    return found


def test_files_are_open_to_those_who_see_the_entry_alone() -> None:
    try:
        reverse("disclosure:entry", args=[1])
    except NoReverseMatch:
        pytest.skip("the entry has no screen yet")
    home = make.county()
    bureau, other = make.department(home), make.department(home, "mzj")
    entry = make.draft(bureau, make.section(home))
    clerk = user("clerk", bureau, Role.DEPARTMENT_CLERK)
    reviewer = user("reviewer", bureau, Role.REVIEWER)
    stranger = user("stranger", other, Role.DEPARTMENT_CLERK)
    window = user("window", bureau, Role.WINDOW_CLERK)
    assert access_to(entry.record_id, clerk, make.NOON).may_add
    assert not access_to(entry.record_id, reviewer, make.NOON).may_add
    for person in (stranger, window):
        assert access_to(entry.record_id, person, make.NOON) is None
    for wrong in ("disclosure:", "disclosure:x", "disclosure:" + "9" * 30, "disclosure:99"):
        assert access_to(wrong, clerk, make.NOON) is None
    make.forward(entry, EntryState.FIRST_REVIEW)
    assert not access_to(entry.record_id, clerk, make.NOON).may_add
