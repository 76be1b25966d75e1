"""How an event is hashed: plain Python, so that an outsider can check a chain with it.

The digest of an event is SHA-256 over the canonical JSON (sorted keys, no spaces,
UTF-8) of its fields and the digest of the event before it in the same chain. Days are
anchored by the digest of all heads, which a keyed seal protects from whoever can write
the database but does not hold the key.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Set
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

USE_KEY = "audit.use_key"  # the event that names the public key of signatures from then on


class NotLoggable(TypeError):
    """A value that would not come back from the database as it went in."""


def plain(value: Any) -> Any:
    """Return `value` as JSON that every database gives back unchanged.

    Days, moments (in UTC), decimals and ids become strings, sets sorted lists.
    A float is refused, for PostgreSQL writes it anew and the digest would
    differ; so is the character NUL, which it cannot hold.

    Raises:
        NotLoggable: a float, a NUL or a type that has no plain form.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {str(plain(name)): plain(item) for name, item in value.items()}
    if isinstance(value, Set):
        return sorted(plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str) and "\x00" not in value:
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise NotLoggable(f"{type(value).__name__} {value!r}")


def canonical(value: Any) -> bytes:
    """Return `value` as JSON bytes that are the same on every machine."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def event_digest(fields: Mapping[str, Any], previous: str) -> str:
    """Return the hex digest of one event chained to `previous` ("" for the first)."""
    return hashlib.sha256(canonical({"event": dict(fields), "previous": previous})).hexdigest()


def keyed_digest(key: bytes, name: str, value: Any) -> str:
    """Return how a protected field is logged: comparable, never readable.

    The field's name goes into the digest, so equal values of different fields differ.
    """
    return "hmac:" + hmac.new(key, canonical([name, value]), hashlib.sha256).hexdigest()


def anchor_digest(day: date, heads: Mapping[str, Any], previous: str) -> str:
    """Return the hex digest of a day's anchor: all heads, chained to the anchor before."""
    content = {"day": day.isoformat(), "heads": dict(heads), "previous": previous}
    return hashlib.sha256(canonical(content)).hexdigest()


def anchor_seal(key: bytes, digest: str) -> str:
    """Return the keyed seal of an anchor: who can write the database alone cannot forge it."""
    return hmac.new(key, b"anchor:" + digest.encode(), hashlib.sha256).hexdigest()


def anchor_message(digest: str) -> bytes:
    """Return what is signed of an anchor: its digest, which covers all of it."""
    return f"gongkai:anchor:{digest}".encode()


def export_message(manifest: Mapping[str, Any]) -> bytes:
    """Return what is signed of an export: the digest of the heads of every chain and anchor."""
    return f"gongkai:export:{hashlib.sha256(canonical(manifest)).hexdigest()}".encode()
