"""Accounts: opened with a first password, changed, closed; never a password in the log."""

from datetime import UTC, datetime

import pytest

from gongkai.accounts import actions
from gongkai.accounts.models import User
from gongkai.audit import SYSTEM, Actor
from gongkai.audit.models import Event

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FIRST, SECOND = "Chuci-2026-shezhi", "Xin-mima-2026"


def open_account(username: str = "zhangsan", **given) -> User:
    given = {"name": "张三", "password": FIRST, "by": SYSTEM, "at": AT, **given}
    return actions.create_user(username, **given)


def test_a_new_account_must_change_its_password() -> None:
    user = open_account(phone="0795-4662133")
    assert user.must_change_password
    assert user.check_password(FIRST)
    event = Event.objects.get()
    assert (event.verb, event.target) == ("accounts.create_user", f"accounts:{user.pk}")
    assert FIRST not in str(event.after)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"username": "张三"}, "username"),
        ({"username": "ab"}, "username"),
        ({"username": "ZhangSan"}, "username"),  # zhangsan is taken, whatever the case
        ({"name": " "}, "name"),
        ({"password": "Ab1!"}, "new"),
        ({"password": "abcdefghijkl"}, "new"),
        ({"password": "20260302202603"}, "new"),
        ({"password": "Lisiguang-1", "username": "lisiguang-1"}, "new"),
    ],
)
def test_an_account_that_cannot_be_is_refused(given: dict, field: str) -> None:
    open_account()
    with pytest.raises(actions.AccountError) as refused:
        open_account(**{"username": "lisi", **given})
    assert refused.value.field == field
    assert User.objects.count() == 1
    assert Event.objects.count() == 1


def test_the_holder_changes_the_password_and_is_free() -> None:
    user = open_account()
    actions.change_password(user, old=FIRST, new=SECOND, by=user.actor(), at=AT)
    user.refresh_from_db()
    assert user.check_password(SECOND)
    assert not user.must_change_password


@pytest.mark.parametrize(
    ("old", "new", "field"), [("wrong", SECOND, "old"), (FIRST, FIRST, "new"), (FIRST, "x", "new")]
)
def test_a_change_that_cannot_be_leaves_the_password(old: str, new: str, field: str) -> None:
    user = open_account()
    with pytest.raises(actions.BadPassword) as refused:
        actions.change_password(user, old=old, new=new, by=user.actor(), at=AT)
    assert refused.value.field == field
    assert User.objects.get().check_password(FIRST)


def test_a_reset_password_must_be_changed_again() -> None:
    user = open_account()
    actions.change_password(user, old=FIRST, new=SECOND, by=user.actor(), at=AT)
    actions.reset_password(user, password=FIRST, by=SYSTEM, at=AT)
    assert User.objects.get().must_change_password
    with pytest.raises(actions.BadState):
        actions.reset_password(user, password=SECOND, by=user.actor(), at=AT)


def test_an_account_is_closed_and_opened_by_others() -> None:
    user = open_account()
    admin = Actor(account="admin", name="管理员")
    with pytest.raises(actions.BadState, match="本人"):
        actions.deactivate(user, by=user.actor(), at=AT)
    actions.deactivate(user, by=admin, at=AT, reason="调离")
    with pytest.raises(actions.BadState, match="已停用"):
        actions.deactivate(user, by=admin, at=AT)
    assert not User.objects.get().is_active
    actions.reactivate(user, by=admin, at=AT)
    assert User.objects.get().is_active
    verbs = list(Event.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["accounts.create_user", "accounts.deactivate", "accounts.reactivate"]
