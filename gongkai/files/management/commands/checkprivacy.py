"""`gongkai checkprivacy FILE...`: personal data in files, hidden parts and pictures included."""

import argparse
from collections.abc import Iterator
from typing import Any

from gongkai.adapters.contents import Part
from gongkai.files.management.checking import CheckCommand, Hit
from gongkai.text.privacy import CellFinding, find, find_in_rows


class Command(CheckCommand):
    """Find personal data; what is shown of it is masked."""

    help = "检查文件里的个人信息：身份证号、电话、银行账号、住址等，隐藏内容和图片也检查"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the organ's own numbers too."""
        super().add_arguments(parser)
        parser.add_argument(
            "--allow",
            action="append",
            default=[],
            metavar="NUMBER",
            help="本机关公布的电话、邮箱，不作为个人信息；可以写多次",
        )

    def hits(self, part: Part, options: dict[str, Any]) -> Iterator[Hit]:
        """Yield the personal data in a part: by columns and cells where it is a table."""
        if part.rows is not None:
            starts = _row_starts(part)
            for cell in find_in_rows(part.rows, allowed=options["allow"]):
                start = _place(part, starts, cell)
                yield _hit(cell.finding, start, f"{part.where} {cell.cell}")
            return
        for one in find(part.text, allowed=options["allow"]):
            yield _hit(one, 0, part.where)


def _hit(one: Any, start: int, where: str) -> Hit:
    return Hit(
        start + one.start, start + one.end, one.found, one.suggestion,
        one.rule.value, one.level.value, f"{one.rule.label}。{one.suggestion}", where,
    )  # fmt: skip


def _row_starts(part: Part) -> list[int]:
    """Return where each row begins in the part's text, which has its rows by tabs and lines.

    The text of a csv is the file's own; there a row is sought after the row before.
    """
    starts: list[int] = []
    at = 0
    for row in part.rows or ():
        joined = "\t".join(row)
        starts.append(at)
        following = at + len(joined)
        if part.text[at:following] != joined:
            following = part.text.find("\n", at)
        at = following + 1 if following >= 0 else len(part.text)
    return starts


def _place(part: Part, starts: list[int], cell: CellFinding) -> int:
    """Return where a cell begins in the part's text."""
    row = (part.rows or ())[cell.row - 1]
    start = starts[cell.row - 1]
    if part.text.startswith("\t".join(row), start):
        return start + sum(len(each) + 1 for each in row[: cell.column - 1])
    return max(start, part.text.find(row[cell.column - 1], start))
