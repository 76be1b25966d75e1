"""Judging the signatures of anchors, and the files that are kept of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongkai.adapters.signing import is_signed
from gongkai.audit import SYSTEM_CHAIN
from gongkai.audit.models import Event
from gongkai.audit.queries.exporting import anchor_lines
from gongkai.audit.queries.faults import Fault, FaultKind
from gongkai.audit.rules import USE_KEY, anchor_message


def check_signatures(folder: str | Path) -> Iterator[Fault]:
    """Yield what is wrong with signatures and, where a folder is given, with its files."""
    lines = anchor_lines()
    yield from _check_signed(lines, keys_told())
    if folder and Path(folder).is_dir():
        yield from _check_files(lines, Path(folder))


def keys_told() -> list[str]:
    """Return the public keys that the log has named, oldest first."""
    events = Event.objects.filter(chain=SYSTEM_CHAIN, verb=USE_KEY).order_by("sequence")
    return [str(event.after.get("public", "")) for event in events]


def _check_signed(lines: list[dict[str, Any]], keys: list[str]) -> Iterator[Fault]:
    begun = False
    for line in lines:
        begun = begun or bool(line["signature"])
        message = anchor_message(line["digest"])
        if not begun:
            continue
        if not line["signature"]:
            yield _fault(f"{line['day']} 的锚定没有签名：签名被删，或者当日没有签名密钥")
        elif line["public"] not in keys:
            yield _fault(f"{line['day']} 的锚定由日志中没有登记的密钥签名")
        elif not is_signed(message, line["signature"], line["public"]):
            yield _fault(f"{line['day']} 的锚定签名不符，锚定或者签名已被改动")


def _check_files(lines: list[dict[str, Any]], folder: Path) -> Iterator[Fault]:
    rows = {line["day"]: line for line in lines}
    for path in sorted(folder.glob("*.json")):
        try:
            kept = json.loads(path.read_bytes())
        except ValueError:
            kept = None
        if kept is None or kept != rows.get(path.stem):
            yield _fault(f"{path.stem} 的锚定与锚定文件夹中的 {path.name} 不一致")


def _fault(text: str) -> Fault:
    return Fault(FaultKind.SIGNATURE, SYSTEM_CHAIN, None, text)
