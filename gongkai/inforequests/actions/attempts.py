"""Tries of the public doors: each leaves a row, and too many in an hour are refused (Art. 45).

The address of a visitor is kept as a keyed digest only. A row is written before the limit is
looked at, so that tries made at the same moment in several processes all see one another.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gongkai.inforequests.models import PublicAttempt

WINDOW = timedelta(hours=1)
_LONGEST_ABOUT = PublicAttempt._meta.get_field("about").max_length or 0


@dataclass(frozen=True, slots=True)
class Tally:
    """One try and what stands beside it: tries of the last hour, this one included."""

    attempt_id: int
    by_client: int
    by_client_and_object: int


def try_door(door: str, client: str, *, about: str = "", at: datetime) -> Tally:
    """Note a try of `door` and count the failed or open ones of the hour before `at`.

    `client` is a digest of at most 64 characters, `about` what was tried (a request number).
    A try that `succeed` has marked good is not counted any more. Two queries; no audit event:
    these rows are themselves the trace.
    """
    about = about[:_LONGEST_ABOUT]
    attempt = PublicAttempt.objects.create(door=door, client=client, about=about, at=at)
    tries = PublicAttempt.objects.filter(
        door=door, client=client, at__gt=at - WINDOW, at__lte=at, ok=False
    )
    objects = list(tries.values_list("about", flat=True))
    return Tally(attempt.pk, len(objects), objects.count(about))


def pass_door(tally: Tally) -> None:
    """Mark a try as good: it does not count against its client."""
    PublicAttempt.objects.filter(pk=tally.attempt_id).update(ok=True)


def use_once(token: str, *, holder: str, at: datetime) -> bool:
    """Note that `holder` uses `token` and say whether nobody else has used it before.

    `token` is a digest of at most 64 characters. The same holder may use it again: a form
    sent twice is one form. Rows stay in the database, so that it holds for every process.
    """
    holder = holder[:_LONGEST_ABOUT]
    PublicAttempt.objects.create(door="challenge", client=token, about=holder, at=at, ok=True)
    others = PublicAttempt.objects.filter(door="challenge", client=token).exclude(about=holder)
    return not others.exists()


def count_use(door: str, client: str, *, at: datetime) -> int:
    """Note one use of `door` and return how many the client made in the last hour."""
    PublicAttempt.objects.create(door=door, client=client, at=at, ok=True)
    return PublicAttempt.objects.filter(
        door=door, client=client, at__gt=at - WINDOW, at__lte=at
    ).count()


def forget_attempts(*, before: datetime) -> int:
    """Destroy the traces of tries made before a moment; return how many there were."""
    gone, _ = PublicAttempt.objects.filter(at__lt=before).delete()
    return gone
