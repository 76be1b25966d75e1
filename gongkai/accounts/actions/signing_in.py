"""Signing in and out: each told in the system's chain with the address, never a password.

Whoever fails may have typed a password where the account belongs: a name that is no account is
logged as a keyed digest. One account is signed in at so many places at most; the oldest ends.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from gongkai.accounts.actions.errors import BadState
from gongkai.accounts.actions.recording import recorded
from gongkai.accounts.models import Session, User
from gongkai.audit import SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record

NOBODY = Actor(account="", name="未登录者")


def sign_in(
    user: User, *, key: str, address: str, browser: str, way: str, by: Actor, at: datetime
) -> Session:
    """Record that `user` has signed in with the session `key`; end the surplus oldest sessions.

    `way` says how, in Chinese: 密码, 密码和两步验证, 统一认证.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        Session.objects.filter(key=key).delete()
        session = Session.objects.create(
            user=user, key=key, address=address, browser=browser[:200], begun_at=at, seen_at=at
        )
        ended = _end_surplus(user, at)
        after = {"ip_address": address, "sign_in_way": way, "sessions_ended": ended}
        recorded("accounts.sign_in", user, by=by, at=at, after=after)
    return session


def sign_out(user: User, *, key: str, by: Actor, at: datetime, reason: str = "") -> bool:
    """Record that the session `key` of `user` ends; return whether there was one."""
    with transaction.atomic():
        session = Session.objects.filter(user=user, key=key).first()
        if session is None:
            return False
        session.delete()
        after = {"ip_address": session.address}
        recorded("accounts.sign_out", user, by=by, at=at, after=after, reason=reason)
    return True


def sign_out_elsewhere(user: User, *, key: str, by: Actor, at: datetime) -> int:
    """End all sessions of `user` but the one of `key`; return how many.

    Raises:
        BadState: there is no other.
    """
    with transaction.atomic():
        ended = _end(Session.objects.select_for_update().filter(user=user).exclude(key=key))
        if not ended:
            raise BadState("没有在其他地方登录", field="user")
        after = {"sessions_ended": ended}
        recorded("accounts.sign_out_elsewhere", user, by=by, at=at, after=after)
    return ended


def keep_session(old: str, new: str) -> None:
    """Let the row of a session follow its key, which a change of password renews."""
    Session.objects.filter(key=old).update(key=new)


def mark_seen(key: str, *, address: str, at: datetime) -> bool:
    """Note that a session was used just now; return False when it has been ended."""
    return bool(Session.objects.filter(key=key).update(seen_at=at, address=address))


def refuse_sign_in(account: str, *, address: str, reason: str, at: datetime) -> None:
    """Record a sign-in that failed; an account that does not exist only as a digest."""
    user = User.objects.filter(username=account).first()
    with transaction.atomic():
        if user is not None:
            after = {"ip_address": address}
            by = NOBODY
            recorded("accounts.refuse_sign_in", user, by=by, at=at, after=after, reason=reason)
            return
        record(
            "accounts.refuse_sign_in",
            "accounts:unknown",
            chain=SYSTEM_CHAIN,
            by=NOBODY,
            at=at,
            label="不存在的账号",
            after={"ip_address": address, "account": account},
            protected=("account",),
            reason=reason,
        )


def lock_out(account: str, *, address: str, at: datetime) -> None:
    """Record that an account has been locked for an address after too many failures."""
    user = User.objects.filter(username=account).first()
    with transaction.atomic():
        record(
            "accounts.lock_out",
            f"accounts:{user.pk if user else 'unknown'}",
            chain=SYSTEM_CHAIN,
            by=NOBODY,
            at=at,
            label=f"{user.name}（{user.username}）" if user else "不存在的账号",
            after={"ip_address": address, "minutes": settings.GONGKAI_LOCKOUT_MINUTES},
        )


def end_sessions(user: User) -> int:
    """End every session of `user`, inside the verb that takes their way in; return how many."""
    return _end(Session.objects.select_for_update().filter(user=user))


def _end_surplus(user: User, at: datetime) -> int:
    """End sessions beyond the limit, the longest unused first; drop those idle for long."""
    forgotten = at - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    Session.objects.filter(user=user, seen_at__lt=forgotten).delete()
    limit = settings.GONGKAI_SESSIONS_AN_ACCOUNT
    if not limit:
        return 0
    keys = Session.objects.filter(user=user).order_by("-begun_at", "-pk")
    surplus = list(keys.values_list("pk", flat=True)[limit:])
    return _end(Session.objects.filter(pk__in=surplus))


def _end(rows) -> int:
    sessions = list(rows)
    for session in sessions:
        store: SessionBase = SessionStore(session.key)
        store.delete()
        session.delete()
    return len(sessions)
