"""Verify what `gongkai auditexport` wrote: python3 verify_audit.py FOLDER PUBLIC_KEY ...

Take the keys from the office's paper, not from the folder. Needs only the package cryptography.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def digest(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def signed(keys, text, signature):
    for key in keys:
        try:
            public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
            return public.verify(base64.b64decode(signature), text.encode()) is None
        except (InvalidSignature, ValueError):
            continue
    return False


def faults(events, anchors, manifest, signature, keys):
    heads, rows, before, begun = {}, {}, "", False
    for row in events:
        chain, number = row["event"]["chain"], row["event"]["sequence"]
        length, head = heads.get(chain, [0, ""])
        fits = digest({"event": row["event"], "previous": head}) == row["digest"]
        if not fits or [number, row["previous"]] != [length + 1, head]:
            yield f"链 {chain} 第 {length + 1} 条缺失、被改动，或者次序不对"
        heads[chain], rows[chain, number] = [number, row["digest"]], row["digest"]
    for one in anchors:
        content = {name: one[name] for name in ("day", "heads", "previous")}
        if [one["previous"], one["digest"]] != [before, digest(content)]:
            yield f"{one['day']} 的锚定被改动，或者与前一锚定不衔接"
        before, begun = one["digest"], begun or bool(one["signature"])
        if begun and not signed(keys, f"gongkai:anchor:{before}", one["signature"]):
            yield f"{one['day']} 的锚定没有有效签名"
        for chain, (length, head) in one["heads"].items():
            if length and rows.get((chain, length)) != head:
                yield f"链 {chain} 第 {length} 条与 {one['day']} 的锚定不符"
    if [manifest["heads"], manifest["last_anchor"]] != [heads, before]:
        yield "记录或者锚定与清单不符，末尾有缺失或者多出"
    if not signed(keys, f"gongkai:export:{digest(manifest)}", signature):
        yield "清单没有有效签名"


if __name__ == "__main__":
    names = ("events.jsonl", "anchors.jsonl", "manifest.jsonl")
    read = [map(json.loads, Path(sys.argv[1], name).open("rb")) for name in names]  # noqa: SIM115
    found = [*faults(read[0], read[1], *read[2], sys.argv[2:])]
    sys.exit("\n".join(found) or print("记录、锚定和签名全部相符。"))  # noqa: T201
