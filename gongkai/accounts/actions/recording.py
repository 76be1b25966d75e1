"""The one way in which verbs about accounts reach the system's chain."""

from collections.abc import Collection
from datetime import datetime

from gongkai.accounts.models import User
from gongkai.audit import SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record


def recorded(
    verb: str,
    user: User,
    *,
    by: Actor,
    at: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    protected: Collection[str] = (),
    reason: str = "",
) -> None:
    """Record `verb` about the account of `user`, inside its transaction."""
    record(
        verb,
        f"accounts:{user.pk}",
        chain=SYSTEM_CHAIN,
        by=by,
        at=at,
        label=f"{user.name}（{user.username}）",
        before=before,
        after=after,
        protected=protected,
        reason=reason,
    )
