"""Queued work of disclosure: releases due, texts whose term is over, clocks still open."""

from datetime import datetime

from gongkai.disclosure.actions.recounting import recount_due
from gongkai.disclosure.actions.releasing import RELEASE, release_due, release_one
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
