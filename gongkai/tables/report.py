"""An annual report as a plain value, ready to be rendered in any format.

Six parts in the order of Art. 50 and of both notices on the form
(国办公开办函〔2019〕60号, 〔2021〕30号): prose in parts one, five and six, one table
each in parts two, three and four. Whoever makes the report fills these values;
the renderers in `adapters` add nothing to them and leave nothing out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.tables.sheet import Sheet, Table

SECTION_HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
TABLE_HEADINGS = {
    Table.PROACTIVE: SECTION_HEADINGS[1],
    Table.REQUESTS: SECTION_HEADINGS[2],
    Table.REMEDIES: SECTION_HEADINGS[3],
}
LONGEST_TITLE_LINE = 20
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report: numbered heading, then paragraphs, its table, its own parts."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    parts: tuple["Section", ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class ReportContent:
    """One organ's annual report for a year, in one version.

    `preamble` are the paragraphs before part one. `notice` is a line shown under
    the title, such as the mark of demonstration data. `revision` says of a
    corrected report (version 2 and later) what was corrected and why.
    `published_on` is None for a draft.
    """

    organ: str
    year: int
    edition: str
    title: str
    preamble: tuple[str, ...]
    sections: tuple[Section, ...]
    sheet: Sheet
    published_on: date | None = None
    version: int = 1
    notice: str = ""
    revision: str = ""

    @property
    def date_line(self) -> str:
        """The day of publication as an official document writes it; "" for a draft."""
        day = self.published_on
        return f"{day.year}年{day.month}月{day.day}日" if day else ""


def title_lines(content: ReportContent) -> tuple[str, ...]:
    """Return the title, a long one broken where its words end: organ and year, then the rest.

    An official document never breaks a title inside a word (GB/T 9704); A4 holds
    twenty characters of title type in a line.
    """
    head = f"{content.organ}{content.year}年"
    if len(content.title) > LONGEST_TITLE_LINE and content.title.startswith(head):
        return (head, content.title.removeprefix(head))
    return (content.title,)


def printable(text: str) -> str:
    """Return `text` without the control characters that no document format can hold."""
    return _UNPRINTABLE.sub("", text)


def report_title(organ: str, year: int) -> str:
    """Return the usual title of `organ`'s report for `year` (law.md 3.1)."""
    return f"{organ}{year}年政府信息公开工作年度报告"


def six_sections(
    *,
    overview: Sequence[str] = (),
    overview_parts: Sequence[Section] = (),
    problems: Sequence[str] = (),
    others: Sequence[str] = (),
) -> tuple[Section, ...]:
    """Return the six parts with their official headings, the tables in parts two to four.

    `overview`, `problems` and `others` are the paragraphs of parts one, five and
    six; `overview_parts` are （一）主动公开 to （五）监督保障.
    """
    one, two, three, four, five, six = SECTION_HEADINGS
    return (
        Section(one, tuple(overview), tuple(overview_parts)),
        Section(two, table=Table.PROACTIVE),
        Section(three, table=Table.REQUESTS),
        Section(four, table=Table.REMEDIES),
        Section(five, tuple(problems)),
        Section(six, tuple(others)),
    )
