"""Compare the computed report with the one the county published, cell by cell.

The published text is read by the same reader that checks anyone's report. A cell that the
county left blank (the five of 行政复议) has nothing to compare with and is counted apart.
"""

from dataclasses import dataclass
from pathlib import Path

from gongkai.adapters.readers import read_file
from gongkai.tables.reading import read_tables
from gongkai.tables.sheet import Blank, CellPath, Sheet, Table

REFERENCE = Path(__file__).with_name("reference") / "jingan-2020-annual-report.txt"
NAMES = {
    Table.PROACTIVE: "表二 主动公开政府信息情况",
    Table.REQUESTS: "表三 收到和处理政府信息公开申请情况",
    Table.REMEDIES: "表四 政府信息公开行政复议、行政诉讼情况",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One table: cells compared, equal, published blank, and those that differ."""

    table: Table
    compared: int
    equal: int
    published_blank: int
    different: tuple[CellPath, ...]

    @property
    def line(self) -> str:
        """Return the line that the demo prints."""
        blank = f"（另有原报告空白 {self.published_blank} 格）" if self.published_blank else ""
        return f"{NAMES[self.table]}：比对 {self.compared} 格，一致 {self.equal} 格{blank}"


def published_sheet(year: int = 2020) -> Sheet:
    """Return the tables of the report as the county published it."""
    return read_tables(read_file(REFERENCE), year).sheet


def compare(ours: Sheet, published: Sheet) -> list[Compared]:
    """Return the comparison of every cell that either report has, a table at a time."""
    result = []
    for table in Table:
        paths = sorted({p for sheet in (ours, published) for p in sheet if p.table is table})
        blank = [path for path in paths if isinstance(published[path], Blank)]
        told = [path for path in paths if not isinstance(published[path], Blank)]
        different = tuple(path for path in told if ours[path] != published[path])
        result.append(Compared(table, len(told), len(told) - len(different), len(blank), different))
    return result
