"""Issuing a letter, previewing one, cancelling one, opening one.

Issuing takes the next number under a row lock, renders, writes both files to the disk and
then inserts the row, all in the caller's transaction: when anything fails the number is free
again and at most an orphan file is left. A number once issued is never used again.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.adapters import letter_files
from gongkai.adapters.seal import NoSeal
from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.letters import queries, why_kept
from gongkai.letters.actions import rendering
from gongkai.letters.actions.rendering import Draft, Rendered
from gongkai.letters.lifecycle import TRANSITIONS, LetterEvent, LetterState
from gongkai.letters.models import Letter, LetterSeries
from gongkai.letters.rules.errors import LetterRefused
from gongkai.letters.rules.kinds import LetterKind
from gongkai.letters.rules.numbers import awaited, compose, proper_prefix
from gongkai.letters.rules.values import LetterValues
from gongkai.orgs.models import Organ
from gongkai.tables.report import printable

__all__ = ["Rendered", "cancel", "issue", "open_letter", "preview"]
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class _Number:
    """A number taken from a series; all blank for a letter without one."""

    text: str = ""
    word: str = ""
    serial: int | None = None


@transaction.atomic
def issue(
    organ: Organ,
    *,
    kind: LetterKind,
    about: str,
    values: LetterValues,
    on: date,
    by: Actor,
    at: datetime,
    sealed: bool = True,
) -> Letter:
    """Issue one letter of `organ` about a record ("inforequests:<uuid>"), dated `on`.

    The remedies follow from `values.outcomes`, the day and the organ's profile. `sealed`
    asks for the seal that the settings name.

    Raises:
        LetterIncomplete, ProfileMissing, LetterRefused, TemplateRefused: see rules.errors;
            nothing is changed and no number is used.
    """
    draft = rendering.drafted(organ, kind, values, on)
    number = _take_number(draft)
    files = rendering.render(draft, number.text, sealed=sealed)
    letter = Letter(
        id=uuid.uuid4(),
        organ=organ,
        kind=kind.value,
        number=number.text,
        word=number.word,
        year=on.year,
        serial=number.serial,
        about=about,
        issued_on=on,
        issued_by=by.name,
        issued_by_account=by.account,
        issued_at=at,
        sealed=sealed,
        docx_sha256=hashlib.sha256(files.docx).hexdigest(),
        pdf_sha256=hashlib.sha256(files.pdf).hexdigest(),
    )
    folder = queries.letter_folder()
    letter_files.keep(folder, letter.file_name("docx"), files.docx)
    letter_files.keep(folder, letter.file_name("pdf"), files.pdf)
    letter.save(force_insert=True)
    record(
        "letters.issue",
        letter.record_id,
        chain=organ.code,
        by=by,
        at=at,
        label=str(letter),
        after={
            "letter_kind": kind.value,
            "letter_number": letter.number,
            "letter_about": about,
            "letter_recipient": printable(values.recipient),
            "issued_on": on,
            "docx_sha256": letter.docx_sha256,
            "pdf_sha256": letter.pdf_sha256,
            "template_sha256": files.template_sha256,
        },
        protected=("letter_recipient",),
    )
    return letter


def preview(organ: Organ, *, kind: LetterKind, values: LetterValues, on: date) -> Rendered:
    """Return what a letter would look like, marked as a draft; takes no number, writes nothing.

    Raises as `issue` does.
    """
    draft = rendering.drafted(organ, kind, values, on)
    number = ""
    if kind.numbered:
        number = awaited(proper_prefix(draft.profile.number_prefix), kind, on.year)
    return rendering.render(draft, number, sealed=False, as_draft=True)


@transaction.atomic
def cancel(letter: Letter, *, reason: str, by: Actor, at: datetime) -> Letter:
    """Cancel an issued letter; its number stays in the register as 作废.

    Raises:
        LetterRefused: without a reason, it is cancelled already, or what it is about says
            that it has been served.
    """
    held = Letter.objects.select_for_update().select_related("organ").get(pk=letter.pk)
    reason = reason.strip()
    if not reason:
        raise LetterRefused("请填写作废理由", field="reason")
    if len(reason) > LONGEST_REASON:
        raise LetterRefused(f"作废理由不得超过{LONGEST_REASON}个字", field="reason")
    arrow = TRANSITIONS.get((LetterState(held.state), LetterEvent.CANCEL))
    if arrow is None:
        raise LetterRefused(f"“{held}”已经作废，不能再次作废")
    if why := why_kept(held):
        raise LetterRefused(why)
    held.state = arrow.target
    held.cancelled_by, held.cancelled_by_account = by.name, by.account
    held.cancelled_at, held.cancel_reason = at, reason
    held.save(
        update_fields=[
            "state",
            "cancelled_by",
            "cancelled_by_account",
            "cancelled_at",
            "cancel_reason",
        ]
    )
    record(
        "letters.cancel",
        held.record_id,
        chain=held.organ.code,
        by=by,
        at=at,
        label=str(held),
        before={"state": LetterState.ISSUED},
        after={"state": held.state},
        reason=reason,
    )
    return held


def open_letter(letter: Letter, form: str, *, by: Actor, at: datetime) -> bytes:
    """Return a letter's frozen file for a person to read, and record that they opened it.

    `form` is "pdf" or "docx". Raises LetterAltered when the file is not what was issued.
    """
    data = queries.content(letter, form)
    with transaction.atomic():
        record(
            "letters.open",
            letter.record_id,
            chain=letter.organ.code,
            by=by,
            at=at,
            label=str(letter),
            after={"letter_form": form},
        )
    return data


def _take_number(draft: Draft) -> _Number:
    """Take the next number of the series, which stays locked until the transaction ends."""
    if not draft.kind.numbered:
        return _Number()
    prefix = proper_prefix(draft.profile.number_prefix)
    series, _ = LetterSeries.objects.select_for_update().get_or_create(
        organ=draft.organ, word=draft.kind.number_word, year=draft.on.year
    )
    series.last += 1
    series.save(update_fields=["last"])
    text = compose(prefix, draft.kind, draft.on.year, series.last)
    return _Number(text, draft.kind.number_word, series.last)


def try_out(template: bytes, draft: Draft) -> None:
    """Fill and set a template once with made-up values; raises TemplateRefused."""
    docx = rendering.filled(template, draft, "样例", as_draft=True)
    rendering.typeset(docx, draft, "样例", stamper=NoSeal(), as_draft=True)
