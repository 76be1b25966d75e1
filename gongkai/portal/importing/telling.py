"""The report of an import: what was refused and why, what was guessed; as xlsx or csv."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from gongkai.adapters.xlsx import Column, SheetOut, write_tables

NOT_TAKEN, FILE_NOT_TAKEN, SAME, NOTE = "未导入", "附件未导入", "与已导入的相同", "提示"
HEADS = ("结果", "原网址", "标题", "说明")
_WIDTHS = (14, 50, 50, 70)
_ROWS_A_SHEET = 500_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report."""

    result: str
    address: str
    title: str
    why: str

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The line as cells."""
        return (self.result, self.address, self.title, self.why)


@dataclass
class Outcome:
    """What came of an import so far."""

    read: int = 0
    made: int = 0
    known: int = 0
    files: int = 0
    documents: int = 0
    relinked: int = 0
    held: int = 0
    lines: list[Line] = field(default_factory=list)

    def tell(self, result: str, address: str, title: str, why: str) -> None:
        """Add a line."""
        self.lines.append(Line(result, address, title, why))

    @property
    def refused(self) -> int:
        """How many texts were not taken over."""
        return sum(line.result == NOT_TAKEN for line in self.lines)

    def as_json(self) -> dict[str, int]:
        """Return the figures."""
        return {
            "read": self.read,
            "imported": self.made,
            "known": self.known,
            "refused": self.refused,
            "attachments": self.files,
            "documents": self.documents,
            "relinked": self.relinked,
            "unsorted": self.held,
        }

    def summary(self, *, dry_run: bool) -> str:
        """Return what the command says at its end."""
        done = "可以导入" if dry_run else "导入"
        lines = [
            f"共读取 {self.read} 篇：{done} {self.made} 篇（附件 {self.files} 个），"
            f"已在系统中 {self.known} 篇，未导入 {self.refused} 篇。"
        ]
        if self.documents:
            lines.append(f"其中登记为政策文件 {self.documents} 件。")
        if self.held:
            lines.append(f"没有对应栏目、放入“导入待归类”的 {self.held} 篇，请用 --sections 指定。")
        if self.relinked:
            lines.append(f"正文中指向原网站的链接已改为现网址：{self.relinked} 篇。")
        reasons = Counter(line.why for line in self.lines if line.result == NOT_TAKEN)
        lines += [f"  未导入 {count} 篇：{why}" for why, count in reasons.most_common(10)]
        if dry_run:
            lines.append("这是试运行，没有写入任何数据。")
        return "\n".join(lines)


def write_report(path: Path, lines: Sequence[Line]) -> None:
    """Write the lines to `path`: csv when its name says so, xlsx otherwise."""
    if path.suffix.lower() == ".csv":
        out = StringIO()
        writer = csv.writer(out)
        writer.writerow(HEADS)
        writer.writerows([_unformula(cell) for cell in line.cells] for line in lines)
        path.write_bytes(out.getvalue().encode("utf-8-sig", "replace"))
        return
    columns = tuple(Column(head, width) for head, width in zip(HEADS, _WIDTHS, strict=True))
    parts = [lines[at : at + _ROWS_A_SHEET] for at in range(0, len(lines), _ROWS_A_SHEET)] or [()]
    sheets = [
        SheetOut(f"导入情况{number}", columns, tuple(line.cells for line in part))
        for number, part in enumerate(parts, start=1)
    ]
    path.write_bytes(write_tables(sheets))


def _unformula(cell: str) -> str:
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell
