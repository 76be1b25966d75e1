"""Reading the public text that belongs to a record: in hand, else in review, else public."""

import re
from html import unescape

from gongkai.disclosure import queries as disclosure
from gongkai.disclosure.models import Entry
from gongkai.disclosure.models.entries import EntryState

_TAG = re.compile(r"<[^>]*>")


def body_in_hand(entry: Entry) -> str:
    """Return the plain text of an entry without blanks."""
    hand = disclosure.told_of(entry) if entry.state == EntryState.DRAFT else None
    if hand is not None:
        return _plain(hand.told.body)
    version = entry.in_review or entry.published
    return _plain(version.body) if version is not None else ""


def _plain(body: str) -> str:
    return "".join(unescape(_TAG.sub("", body)).split())
