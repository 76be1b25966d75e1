"""Letters of a case: made in the transaction of their verb, struck with it (Art. 36, 40).

What a letter refuses is told as this chapter's own BadAct, so that a form shows it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongkai.audit import Actor
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries.answer_letters import answer_letter, letter_of_draft
from gongkai.inforequests.queries.requesters import masked_requester
from gongkai.inforequests.queries.step_letters import step_letter
from gongkai.letters import actions as letters
from gongkai.letters.models import Letter
from gongkai.letters.queries import LetterError, LetterKind, LetterState


def issue_letter(
    info_request: InfoRequest,
    *,
    kind: str,
    act: int | None = None,
    extra: Mapping[str, str] | None = None,
    on: date,
    by: Actor,
    at: datetime,
) -> Letter:
    """Issue the letter of a step (L01 to L10, A17, S1), dated `on`; the log has the letter's event.

    `act` is the sequence of the act it tells of, the newest fitting one when None. `extra`
    tells or replaces single words of it, by the names of `LetterValues`.

    Raises:
        BadAct: there is no such act, something is missing, or the organ has no letter profile.
    """
    try:
        told = LetterKind(kind)
    except ValueError:
        raise BadAct(f"没有“{kind}”这种公文，请重新选择", "kind") from None
    with transaction.atomic(), as_bad_act():
        return letters.issue(
            info_request.organ,
            kind=told,
            about=info_request.typed_id,
            values=step_letter(info_request, told, act, extra or {}),
            on=on,
            by=by,
            at=at,
        )


def issue_answer(
    info_request: InfoRequest,
    acts: tuple[CaseAct, ...],
    draft: CaseAct,
    *,
    on: date,
    by: Actor,
    at: datetime,
) -> Letter:
    """Issue the letter of an answer from its draft, inside the verb's transaction."""
    with as_bad_act():
        kind, values = letter_of_draft(info_request, acts, draft)
        return letters.issue(
            info_request.organ,
            kind=kind,
            about=info_request.typed_id,
            values=values,
            on=on,
            by=by,
            at=at,
        )


def preview_reply(info_request: InfoRequest, *, on: date) -> bytes:
    """Return the PDF that the newest draft would become: no number, the requester masked.

    Raises:
        BadAct: there is no draft, or its letter could not be made.
    """
    with as_bad_act():
        try:
            kind, values = answer_letter(info_request)
        except LookupError:
            raise BadAct("还没有答复稿，请先拟写答复") from None
        shown = replace(values, recipient=masked_requester(info_request))
        return letters.preview(info_request.organ, kind=kind, values=shown, on=on).pdf


def check_draft(info_request: InfoRequest, acts: tuple[CaseAct, ...], draft: CaseAct) -> None:
    """Refuse a draft whose letter could not be written; raises BadAct."""
    with as_bad_act():
        letter_of_draft(info_request, acts, draft)


def strike(issued: CaseAct, *, reason: str, by: Actor, at: datetime) -> None:
    """Cancel the letters of an issuing act; their numbers stay in the register.

    One that was cancelled in the register before is left as it is.
    """
    standing = Letter.objects.filter(pk__in=issued.data["letter_ids"], state=LetterState.ISSUED)
    with as_bad_act():
        for letter in standing.order_by("pk"):
            letters.cancel(letter, reason=reason, by=by, at=at)


def notice_letter(info_request: InfoRequest, kind: str, letter: str) -> str:
    """Return the number of the case's letter with an id, "" for a letter made elsewhere.

    Raises:
        BadAct: the case has no such letter, or it was cancelled in the register.
    """
    if not letter:
        return ""
    try:
        found = Letter.objects.filter(about=info_request.typed_id, kind=kind, pk=UUID(letter))
    except ValueError:
        found = Letter.objects.none()
    row = found.select_for_update().first()
    if row is None:
        raise BadAct("本件没有这份文书，请重新选择", "letter")
    if row.state != LetterState.ISSUED:
        raise BadAct("这份文书已在文号登记簿中作废，请选择重新制发的文书", "letter")
    return row.number


def refuse_cancelled(issued: CaseAct) -> None:
    """Refuse to serve a letter that was cancelled in the register meanwhile; locks the letter.

    Raises:
        Refused: it is void (Art. 36).
    """
    told = Letter.objects.select_for_update().filter(pk__in=issued.data["letter_ids"])
    if any(letter.state != LetterState.ISSUED for letter in told):
        raise Refused(
            "不能登记送达（第三十六条）：答复书已在文号登记簿中作废，"
            "请先办理“作废答复书”，重新制发后再送达。"
        )


@contextmanager
def as_bad_act() -> Iterator[None]:
    """Tell what letters refuse as a BadAct with the same words and field."""
    try:
        yield
    except LetterError as error:
        raise BadAct(str(error), error.field) from None
