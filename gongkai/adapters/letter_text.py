"""What a letter says, as a plain value: its paragraphs by role, its tables.

The filled docx is read into this and Typst sets it, so that Word file and PDF say the
same (ADR 0013). A role is the name of a paragraph style in the template; an office that
edits a template in Word or WPS chooses among them.
"""

from dataclasses import dataclass
from enum import StrEnum


class PartRole(StrEnum):
    """What a paragraph is for; the value is the style's name in Word."""

    MARK = "发文机关标志"
    TITLE = "公文标题"
    NUMBER = "文号"
    RECIPIENT = "主送"
    BODY = "正文"
    HEADING = "小标题"
    ATTACHMENT = "附件"
    SIGNATURE = "落款"
    DATE = "日期"
    CONTACT = "联系"
    OVERLEAF = "另页标题"
    CELL = "表格"


@dataclass(frozen=True, slots=True)
class LetterParagraph:
    """One paragraph; a line break within it is a newline."""

    role: PartRole
    text: str


@dataclass(frozen=True, slots=True)
class LetterCell:
    """One cell of a table: its place, how many columns it spans, its text."""

    row: int
    column: int
    span: int
    text: str


@dataclass(frozen=True, slots=True)
class LetterTable:
    """A table: widths of its columns (any unit), least heights of its rows (mm, 0 for none)."""

    widths: tuple[int, ...]
    heights: tuple[float, ...]
    cells: tuple[LetterCell, ...]


@dataclass(frozen=True, slots=True)
class LetterText:
    """A whole letter in reading order."""

    parts: tuple[LetterParagraph | LetterTable, ...]

    def first(self, role: PartRole) -> str:
        """Return the first paragraph of a role; empty when there is none."""
        return next((part.text for part in self._paragraphs() if part.role is role), "")

    def all_text(self) -> str:
        """Return every word of the letter, one paragraph or cell a line."""
        lines: list[str] = []
        for part in self.parts:
            if isinstance(part, LetterTable):
                lines += [cell.text for cell in part.cells]
            else:
                lines.append(part.text)
        return "\n".join(lines)

    def _paragraphs(self) -> tuple[LetterParagraph, ...]:
        return tuple(part for part in self.parts if isinstance(part, LetterParagraph))
