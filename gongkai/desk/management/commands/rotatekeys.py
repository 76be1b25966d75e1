"""`gongkai rotatekeys`: seal everything with the key of now; exit 0 done, 1 something is left.

Each batch is a transaction: killed at any moment, everything opens, and the next run goes on.
The old key may be taken out of GONGKAI_FIELD_KEYS when `--check` finds nothing left (ADR 0014).
"""

import argparse
import sys
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from gongkai.adapters.cipher import BadKeys, CannotOpen
from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import refuse
from gongkai.adapters.rotation import SealedKind, sealed_kinds

_BIGGEST = 5000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one kind fared: sealed anew, still under another key, and what stopped it."""

    name: str
    label: str
    done: int
    left: int
    error: str = ""


class Command(BaseCommand):
    """Rotate the keys of what is sealed."""

    help = "用当前密钥重新加密申请人信息、附件和文书；可随时中断，再次运行即继续"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the check alone and the size of a batch."""
        self.add_format(parser)
        parser.add_argument(
            "--check", action="store_true", help="只统计仍用旧密钥或者旧算法加密的数量，不改动"
        )
        parser.add_argument(
            "--batch", type=int, default=200, metavar="个数", help="每批的数量（默认 200）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the kinds, print, leave."""
        batch = options["batch"]
        if not 1 <= batch <= _BIGGEST:
            raise refuse(f"参数 --batch：须为 1 至 {_BIGGEST} 的整数")
        try:
            found = [
                _counted(name, kind) if options["check"] else _rotated(name, kind, batch)
                for name, kind in sorted(sealed_kinds.items())
            ]
        except DatabaseError as error:
            raise refuse(f"无法读取数据库：{error}。请先运行 gongkai migrate") from error
        except BadKeys as error:
            raise refuse(str(error)) from error
        value = {
            "ok": not any(each.left for each in found),
            "kinds": [
                {
                    "kind": each.name,
                    "label": each.label,
                    "done": each.done,
                    "left": each.left,
                    "error": each.error,
                }
                for each in found
            ],
        }
        self.finish(options, value, _text(found), code=0 if value["ok"] else 1)


def _counted(name: str, kind: SealedKind) -> Outcome:
    return Outcome(name, kind.label, 0, kind.left())


def _rotated(name: str, kind: SealedKind, batch: int) -> Outcome:
    """Seal one kind anew; one that does not open stops its kind, not the others."""
    done, whole = 0, kind.left()
    try:
        while count := kind.reseal(batch, at=timezone.now()):
            done += count
            sys.stderr.write(f"{kind.label}：{done}/{whole}\n")
            sys.stderr.flush()
    except CannotOpen as error:
        return Outcome(name, kind.label, done, kind.left(), str(error))
    return Outcome(name, kind.label, done, kind.left())


def _text(found: list[Outcome]) -> str:
    lines = []
    for each in found:
        lines.append(
            f"{each.label}：本次重新加密 {each.done} 项，仍用旧密钥或者旧算法的 {each.left} 项。"
        )
        if each.error:
            lines.append(f"  已停止：{each.error}")
    return "\n".join(lines) or "没有需要加密的数据。"
