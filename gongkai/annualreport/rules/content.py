"""What a frozen report is, byte by byte: canonical JSON and its hash.

The hash covers the organ, year, edition, tables, own level, figures and prose, and
nothing that another machine would write otherwise (times, row numbers). So the same
records give the same hash wherever and whenever they are entered.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(value: Any) -> bytes:
    """Return `value` as JSON bytes that are the same on every machine."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def content_hash(
    *,
    organ: str,
    year: int,
    edition: str,
    tables: Mapping[str, Any],
    own_level: Mapping[str, Any],
    figures: Mapping[str, Any],
    prose: Mapping[str, str],
) -> str:
    """Return the SHA-256 of a report's content as hex."""
    content = {
        "organ": organ,
        "year": year,
        "edition": edition,
        "tables": tables,
        "own_level": own_level,
        "figures": figures,
        "prose": prose,
    }
    return hashlib.sha256(canonical(content)).hexdigest()
