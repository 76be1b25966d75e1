"""Sealing the files of letters anew when keys change (ADR 0014); what was issued stays the same."""

from datetime import datetime

from django.db import transaction

from gongkai.adapters import letter_files
from gongkai.adapters.cipher import CannotOpen, keyring
from gongkai.audit import SYSTEM, SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.letters.models import Letter
from gongkai.letters.queries import FORMS, is_outdated, letter_folder


def reseal(batch: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Seal the files of up to `batch` letters with the key of now; return how many letters.

    Each file is replaced whole or not at all, whenever the process dies.

    Raises:
        CannotOpen: a file is lost or does not open; those before it stay sealed anew.
    """
    done = 0
    for letter in Letter.objects.order_by("issued_at", "pk").iterator():
        if done == batch:
            break
        if not is_outdated(letter):
            continue
        try:
            for form in FORMS:
                letter_files.reseal(letter_folder(), letter.file_name(form))
        except letter_files.LetterFileLost as error:
            raise CannotOpen(f"“{letter}”：{error}") from error
        done += 1
    if done:
        _log(done, by=by, at=at)
    return done


def _log(done: int, *, by: Actor, at: datetime) -> None:
    ring = keyring()
    with transaction.atomic():
        record(
            "letters.reseal",
            "letters.files",
            chain=SYSTEM_CHAIN,
            by=by,
            at=at,
            label=f"{done}件公文",
            after={"keys": {f"{ring.current}/{ring.algorithm.label}": done}},
        )
