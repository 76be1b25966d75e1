"""What makes a package whole: its manifest names every piece with its digest, and itself by one.

The manifest is worked out from the records alone, so that a package made again of unchanged
records is the same package: the digest of the manifest is what a list of handed-over cases bears.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

MANIFEST = "清单.json"


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a package: where it lies, what it is, its size and digest."""

    path: str
    title: str
    kind: str
    sha256: str
    made_on: str = ""
    missing: str = ""


def manifest_of(told: Mapping[str, Any], pieces: Iterable[Piece]) -> bytes:
    """Return the manifest as bytes that are the same whenever the records are."""
    value = {**told, "文件": [asdict(piece) for piece in pieces]}
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def rows_digest(rows: list[list[str]]) -> str:
    """Return the digest of a list's rows, the same on every database."""
    return digest_of(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def is_whole(manifest: bytes, contents: Mapping[str, str]) -> list[str]:
    """Return what is wrong with a package, in Chinese; nothing when it is whole.

    `contents` are the digests of what lies in it, by path, the manifest left out.
    """
    try:
        told = json.loads(manifest)
        pieces = [Piece(**piece) for piece in told["文件"]]
    except (ValueError, TypeError, KeyError):
        return [f"{MANIFEST} 不可读，或者不是本系统的清单"]
    wanted = {piece.path: piece.sha256 for piece in pieces if not piece.missing}
    wrong = [f"缺少 {path}" for path in sorted(wanted.keys() - contents.keys())]
    wrong += [f"多出 {path}" for path in sorted(contents.keys() - wanted.keys())]
    wrong += [
        f"{path} 的内容与清单不符"
        for path in sorted(wanted.keys() & contents.keys())
        if contents[path] != wanted[path]
    ]
    return wrong
