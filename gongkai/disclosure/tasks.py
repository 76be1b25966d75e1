"""Queued work of disclosure: releases due, texts whose term is over, clocks still open."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongkai.adapters.charmodel import DISMISSED, write_words
from gongkai.disclosure.actions.recounting import recount_due
from gongkai.disclosure.actions.releasing import RELEASE, release_due, release_one
from gongkai.disclosure.actions.terms import WRITE_ALLOWED
from gongkai.disclosure.queries import allowed_words
from gongkai.orgs.models import Organ
from gongkai.outbox import Notice, Payload, every, handles


@handles(RELEASE)
def release_scheduled(payload: Payload, at: datetime) -> list[Notice]:
    """Release one scheduled entry at its time."""
    wrong = release_one(payload["entry"], at)
    return [Notice(wrong, grave=True)] if wrong else []


@every("hour", "disclosure.release_due")
def release_and_expire(at: datetime) -> list[Notice]:
    """Release what a lost job left behind, take off what has expired."""
    return [Notice(text, grave=True) for text in release_due(at)]


@every("day", "disclosure.recount_due")
def recount_provisional(at: datetime) -> None:
    """Count the open clocks anew that waited for a year's notice of holidays."""
    recount_due(at=at)


@handles(WRITE_ALLOWED)
def write_allowed(payload: Payload, at: datetime) -> None:
    """Write down the words that are no mistakes, for `checkwording`; said again, the same."""
    county = Organ.objects.get(pk=payload["county"])
    path = Path(settings.GONGKAI_WORDING_DIR) / county.code / DISMISSED
    write_words(path, allowed_words(county.pk))
