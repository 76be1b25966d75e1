"""Verbs on what a county lists: words that are no mistakes, words and links not to be published."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.disclosure.models import ListedTerm, ListKind
from gongkai.disclosure.rules import EntryRefused, Fault, NotAllowedNow, ReasonMissing
from gongkai.disclosure.rules.terms import LONGEST, TermTold, check_term
from gongkai.orgs.models import Organ
from gongkai.outbox.actions import put
from gongkai.text.levels import Level

WRITE_ALLOWED = "disclosure.write_allowed"


def allow_word(county: Organ, word: str, *, why: str, by: Actor, at: datetime) -> ListedTerm:
    """Say that a word is no mistake; no check tells of it again. Raises: as `list_term`."""
    told = TermTold(word, why, level=Level.ADVISORY.value)
    return list_term(county, ListKind.ALLOWED, told, by=by, at=at)


@transaction.atomic
def list_term(
    county: Organ, kind: ListKind, told: TermTold, *, by: Actor, at: datetime
) -> ListedTerm:
    """List a word or link.

    Raises:
        EntryRefused: it is listed, or something told is missing or wrong.
    """
    checked = _checked(kind, told, at)
    if ListedTerm.objects.filter(county=county, kind=kind, word=checked.word).standing().exists():
        raise EntryRefused(Fault("word", f"“{checked.word}”已经在名单上，要修改请先停用"))
    made = _made(county, kind, checked, by, at)
    made.save(force_insert=True)
    after = {"kind": kind.label, "word": made.word, "level": made.level}
    _log("list_term", county, made.typed_id, by, at, after=after, reason=made.reason)
    _tell(county, kind, at)
    return made


@transaction.atomic
def list_terms(
    county: Organ, kind: ListKind, told: Sequence[TermTold], *, by: Actor, at: datetime
) -> int:
    """List many at once, all or none; what is listed already stays as it is. Return how many.

    Raises:
        EntryRefused: something told is missing or wrong.
    """
    checked = {one.word: one for one in (_checked(kind, each, at) for each in told)}
    known = ListedTerm.objects.filter(county=county, kind=kind).standing()
    words = set(known.values_list("word", flat=True))
    new = [_made(county, kind, one, by, at) for word, one in checked.items() if word not in words]
    if not new:
        return 0
    ListedTerm.objects.bulk_create(new)
    after = {"kind": kind.label, "words": len(new), "first": [each.word for each in new[:20]]}
    _log("list_terms", county, f"orgs:{county.pk}", by, at, after=after)
    _tell(county, kind, at)
    return len(new)


@transaction.atomic
def unlist_term(term: ListedTerm, *, why: str, by: Actor, at: datetime) -> ListedTerm:
    """Stop an entry: it stays to be read, and checks heed it no more.

    Raises:
        ReasonMissing: no reason.
        NotAllowedNow: it is stopped.
    """
    why = " ".join(why.split())
    if not why:
        raise ReasonMissing("请填写停用理由")
    most = LONGEST["reason"][1]
    if len(why) > most:
        raise ReasonMissing(f"停用理由不得超过{most}个字，请缩短")
    held = ListedTerm.objects.select_for_update(of=("self",)).select_related("county")
    held = held.get(pk=term.pk)
    if held.stopped_at is not None:
        raise NotAllowedNow(f"“{held.word}”已经停用")
    held.stopped_at, held.stopped_by, held.stop_reason = at, by.name, why
    held.save(update_fields=["stopped_at", "stopped_by", "stop_reason"])
    before = {"kind": held.get_kind_display(), "word": held.word}
    _log("unlist_term", held.county, held.typed_id, by, at, before=before, reason=why)
    _tell(held.county, ListKind(held.kind), at)
    return held


def _checked(kind: ListKind, told: TermTold, at: datetime) -> TermTold:
    return check_term(told, is_link=kind == ListKind.LINK, today=timezone.localdate(at))


def _made(
    county: Organ, kind: ListKind, told: TermTold, by: Actor, at: datetime
) -> ListedTerm:  # fmt: skip
    return ListedTerm(
        county=county, kind=kind, word=told.word, level=told.level, reason=told.reason,
        basis=told.basis, from_on=told.from_on, until_on=told.until_on, added_at=at,
        added_by=by.name,
    )  # fmt: skip


def _tell(county: Organ, kind: ListKind, at: datetime) -> None:
    """Let the file that commands without a database read be written anew after the commit."""
    if kind == ListKind.ALLOWED:
        put(WRITE_ALLOWED, {"county": county.pk}, at=at)


def _log(verb: str, county: Organ, target: str, by: Actor, at: datetime, **values: Any) -> None:
    audit.record(
        f"disclosure.{verb}", target, chain=county.code, by=by, at=at, label=county.short_name,
        **values,
    )  # fmt: skip
