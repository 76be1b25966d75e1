"""Letting a finding pass: asked with a reason by one person, granted or refused by a second."""

from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.disclosure.actions import checking, steps
from gongkai.disclosure.models import Draft, Entry, Override
from gongkai.disclosure.rules import EntryRefused, Fault, NotAllowedNow, NotThisPerson

_LONGEST = 300


def ask_override(
    entry: Entry, *, fingerprint: str, reason: str, by: Actor, at: datetime
) -> Override:
    """Ask that a blocking finding be let pass; it counts once another person grants it.

    Raises:
        ReasonMissing: no reason.
        EntryRefused: there is no such blocking finding in the text as it stands.
        NotAllowedNow: it was asked for already.
    """
    reason = steps.read_reason(reason, "放行理由")[:_LONGEST]
    found = next(
        (
            one
            for one in checking.check(entry, on=steps.local_day(at))
            if one.fingerprint == fingerprint
        ),
        None,
    )
    if found is None or not found.blocking:
        raise EntryRefused(Fault("fingerprint", "稿件中已没有这一问题，请刷新检查结果"))
    with transaction.atomic():
        held = steps.hold(entry, at)
        if held.overrides.filter(fingerprint=fingerprint, refused=False).exists():
            raise NotAllowedNow("这一问题已经申请放行，请等待其他人确认")
        override = Override.objects.create(
            entry=held,
            fingerprint=fingerprint,
            message=f"{found.place}：{found.message}"[:_LONGEST],
            reason=reason,
            asked_by=by.name,
            asked_by_account=by.account,
            asked_at=at,
        )
        steps.log("ask_override", held, by, at, after=_logged(override), reason=reason)
    return override


def grant_override(override: Override, *, by: Actor, at: datetime) -> Override:
    """Let the finding pass; neither who asked nor an author of the text may.

    Raises:
        NotThisPerson: the person asked for it or wrote the text.
        NotAllowedNow: it was decided already.
    """
    return _decide(override, refused=False, by=by, at=at)


def refuse_override(override: Override, *, by: Actor, at: datetime) -> Override:
    """Refuse to let the finding pass; it may be asked for again. Raises: as `grant_override`."""
    return _decide(override, refused=True, by=by, at=at)


@transaction.atomic
def _decide(override: Override, *, refused: bool, by: Actor, at: datetime) -> Override:
    held = steps.hold(Entry(pk=override.entry_id), at)
    now = Override.objects.select_for_update().get(pk=override.pk)
    if now.granted_by_account or now.refused:
        raise NotAllowedNow("这一申请已经处理")
    if by.account == now.asked_by_account:
        raise NotThisPerson("放行须由第二人确认，您是申请人，请由其他人确认")
    draft = Draft.objects.filter(entry=held).first()
    if by.account in (draft.authors if draft else ()):
        raise NotThisPerson("您写过本稿，不能确认放行，请由其他人确认")
    now.refused, now.granted_by, now.granted_by_account = refused, by.name, by.account
    now.granted_at = at
    now.save(update_fields=["refused", "granted_by", "granted_by_account", "granted_at"])
    verb = "refuse_override" if refused else "grant_override"
    steps.log(verb, held, by, at, after=_logged(now))
    return now


def _logged(override: Override) -> dict[str, object]:
    return {"finding": override.message, "fingerprint": override.fingerprint}
