"""Queued work on files: text after an upload, bytes after a removal, a daily sweep."""

from datetime import datetime

from gongkai.files.actions import drop_blob, keep_text, sweep
from gongkai.files.actions.opening import DROP
from gongkai.files.actions.storing import EXTRACT
from gongkai.outbox import Payload, every, handles


@handles(EXTRACT)
def take_text(payload: Payload, at: datetime) -> None:
    """Take the text out of a file that was stored."""
    keep_text(payload["file"])


@handles(DROP)
def drop(payload: Payload, at: datetime) -> None:
    """Delete the bytes of a file that was destroyed or sealed anew."""
    drop_blob(payload["blob"], payload["released"])


@every("day", "files.sweep")
def sweep_leftovers(at: datetime) -> None:
    """Delete sealed bytes that no row has named for a day."""
    sweep(at=at)
