"""Accounts are opened, closed and opened again, never deleted.

Who did what must stay told apart (等保, law.md 9.3).
"""

import re
from datetime import datetime

from django.db import transaction

from gongkai.accounts.actions.errors import BadAccountName, BadState
from gongkai.accounts.actions.passwords import check_strength
from gongkai.accounts.actions.recording import recorded
from gongkai.accounts.models import User
from gongkai.audit import Actor

_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{2,49}")


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
        username=username,
        name=name,
        phone=phone,
        must_change_password=True,
        password_changed_at=at,
        date_joined=at,
    )
    check_strength(password, user)
    user.set_password(password)
    with transaction.atomic():
        if User.objects.filter(username__iexact=username).exists():
            raise BadAccountName(f"账号“{username}”已存在，请另取账号", field="username")
        user.save(force_insert=True)
        recorded("accounts.create_user", user, by=by, at=at, after={"name": name, "phone": phone})
    return user


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
        recorded(
            "accounts.reactivate" if active else "accounts.deactivate",
            user,
            by=by,
            at=at,
            before={"is_active": not active},
            after={"is_active": active},
            reason=reason,
        )
    return user
