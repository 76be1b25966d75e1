"""Passwords: chosen by their holder, or given anew by an administrator and changed at once."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.accounts.actions.errors import BadPassword, BadState
from gongkai.accounts.actions.recording import recorded
from gongkai.accounts.models import EarlierPassword, User
from gongkai.accounts.rules import NEEDED, is_common, kinds_in
from gongkai.audit import Actor


def change_password(user: User, *, old: str, new: str, by: Actor, at: datetime) -> User:
    """Let `user` choose a new password, knowing the old one.

    Raises:
        BadPassword: the old one is wrong; the new one is weak, the same or one of the last.
    """
    if not user.check_password(old):
        raise BadPassword("原密码不正确，请重新输入", field="old")
    if old == new:
        raise BadPassword("新密码不能与原密码相同", field="new")
    _check_earlier(new, user)
    return _set_password(user, new, "accounts.change_password", must_change=False, by=by, at=at)


def reset_password(user: User, *, password: str, by: Actor, at: datetime) -> User:
    """Give `user` a password that must be changed at the next sign-in.

    Raises:
        BadPassword: it is weak. BadState: one's own, which is changed with the old one.
    """
    if by.account == user.username:
        raise BadState("修改本人密码请用“修改密码”，并填写原密码", field="password")
    return _set_password(user, password, "accounts.reset_password", must_change=True, by=by, at=at)


def check_strength(password: str, user: User) -> None:
    """Refuse what is too short, too plain, or a word that everybody thinks of.

    Raises:
        BadPassword: why, and the remedy.
    """
    if kinds_in(password) < NEEDED:
        raise BadPassword("密码须含大写字母、小写字母、数字、符号四类中的至少三类", field="new")
    if is_common(password, settings.GONGKAI_COMMON_WORDS):
        raise BadPassword(
            "密码由常用词、年份或连续按键拼成，容易被猜中，请加入只有本人知道的内容", field="new"
        )
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadPassword("".join(error.messages), field="new") from error


def _check_earlier(password: str, user: User) -> None:
    """Refuse one of the last passwords; each costs a hash, so there are few."""
    kept = settings.GONGKAI_PASSWORDS_KEPT
    earlier = EarlierPassword.objects.filter(user=user).values_list("password", flat=True)[:kept]
    if any(check_password(password, each) for each in earlier):
        raise BadPassword(f"新密码不能与最近 {kept} 次用过的密码相同", field="new")


def _set_password(
    user: User, password: str, verb: str, *, must_change: bool, by: Actor, at: datetime
) -> User:
    check_strength(password, user)
    with transaction.atomic():
        if not user.must_change_password:  # a first password was never its holder's own
            EarlierPassword.objects.create(user=user, password=user.password, until=at)
        kept = EarlierPassword.objects.filter(user=user).values("pk")
        old = [row["pk"] for row in kept[settings.GONGKAI_PASSWORDS_KEPT :]]
        EarlierPassword.objects.filter(pk__in=old).delete()
        user.set_password(password)
        user.must_change_password, user.password_changed_at = must_change, at
        user.save(update_fields=["password", "must_change_password", "password_changed_at"])
        recorded(verb, user, by=by, at=at, after={"must_change_password": must_change})
    return user
