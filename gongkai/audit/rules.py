"""How an event is hashed: plain Python, so that an outsider can check a chain with it.

The digest is SHA-256 over the canonical JSON (sorted keys, no spaces, UTF-8) of
the event's fields and the digest of the event before it in the same chain.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any


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
