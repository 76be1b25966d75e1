"""Every write to staff accounts: one verb, one transaction, one event in the system's chain.

AccountError            its `field` names the input at fault, its text the remedy
├── BadAccountName      the sign-in name is malformed or taken
├── BadPassword         the password is too weak, or the old one is wrong
└── BadState            the account is closed or open already, or it is one's own

Accounts are never deleted: who did what must stay told apart (等保, law.md 9.3).
"""

import re
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.accounts.models import User
from gongkai.accounts.rules import NEEDED, kinds_in
from gongkai.audit import SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record

_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{2,49}")


class AccountError(ValueError):
    """An act on an account that is refused; `field` names the input at fault."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class BadAccountName(AccountError):
    """The sign-in name is malformed or taken."""


class BadPassword(AccountError):
    """The password is too weak, or the old one is wrong."""


class BadState(AccountError):
    """The account is closed or open already, or it is one's own."""


def create_user(
    username: str, *, name: str, password: str, by: Actor, at: datetime, phone: str = ""
) -> User:
    """Open an account; its holder must choose a new password at the first sign-in.

    Raises:
        BadAccountName, BadPassword: the field at fault and the remedy, in Chinese.
    """
    username, name = username.strip(), name.strip()
    if not _USERNAME.fullmatch(username):
        raise BadAccountName(
            "账号由 3 至 50 个字母、数字、点、下划线或连字符组成，以字母开头", field="username"
        )
    if not name:
        raise BadAccountName("请填写姓名", field="name")
    user = User(
        username=username, name=name, phone=phone, must_change_password=True, date_joined=at
    )
    _check_password(password, user)
    user.set_password(password)
    with transaction.atomic():
        if User.objects.filter(username__iexact=username).exists():
            raise BadAccountName(f"账号“{username}”已存在，请另取账号", field="username")
        user.save(force_insert=True)
        _record("accounts.create_user", user, by=by, at=at, after={"name": name, "phone": phone})
    return user


def change_password(user: User, *, old: str, new: str, by: Actor, at: datetime) -> User:
    """Let `user` choose a new password, knowing the old one.

    Raises:
        BadPassword: the old one is wrong, or the new one is weak or the same.
    """
    if not user.check_password(old):
        raise BadPassword("原密码不正确，请重新输入", field="old")
    if old == new:
        raise BadPassword("新密码不能与原密码相同", field="new")
    return _set_password(user, new, "accounts.change_password", must_change=False, by=by, at=at)


def reset_password(user: User, *, password: str, by: Actor, at: datetime) -> User:
    """Give `user` a password that must be changed at the next sign-in.

    Raises:
        BadPassword: it is weak. BadState: one's own, which is changed with the old one.
    """
    if by.account == user.username:
        raise BadState("修改本人密码请用“修改密码”，并填写原密码", field="password")
    return _set_password(user, password, "accounts.reset_password", must_change=True, by=by, at=at)


def deactivate(user: User, *, by: Actor, at: datetime, reason: str = "") -> User:
    """Close an account: its holder cannot sign in, its posts count no longer, its acts stay.

    Raises:
        BadState: closed already, or one's own.
    """
    if by.account == user.username:
        raise BadState("不能停用本人的账号，请由他人办理", field="user")
    return _switch(user, active=False, by=by, at=at, reason=reason)


def reactivate(user: User, *, by: Actor, at: datetime, reason: str = "") -> User:
    """Open a closed account again.

    Raises:
        BadState: open already.
    """
    return _switch(user, active=True, by=by, at=at, reason=reason)


def _switch(user: User, *, active: bool, by: Actor, at: datetime, reason: str) -> User:
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        if user.is_active == active:
            raise BadState("该账号已启用" if active else "该账号已停用", field="user")
        user.is_active = active
        user.save(update_fields=["is_active"])
        _record(
            "accounts.reactivate" if active else "accounts.deactivate",
            user,
            by=by,
            at=at,
            before={"is_active": not active},
            after={"is_active": active},
            reason=reason,
        )
    return user


def _set_password(
    user: User, password: str, verb: str, *, must_change: bool, by: Actor, at: datetime
) -> User:
    _check_password(password, user)
    with transaction.atomic():
        user.set_password(password)
        user.must_change_password = must_change
        user.save(update_fields=["password", "must_change_password"])
        _record(verb, user, by=by, at=at, after={"must_change_password": must_change})
    return user


def _check_password(password: str, user: User) -> None:
    if kinds_in(password) < NEEDED:
        raise BadPassword("密码须含大写字母、小写字母、数字、符号四类中的至少三类", field="new")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadPassword("".join(error.messages), field="new") from error


def _record(
    verb: str,
    user: User,
    *,
    by: Actor,
    at: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    reason: str = "",
) -> None:
    record(
        verb,
        f"accounts:{user.pk}",
        chain=SYSTEM_CHAIN,
        by=by,
        at=at,
        label=f"{user.name}（{user.username}）",
        before=before,
        after=after,
        reason=reason,
    )
