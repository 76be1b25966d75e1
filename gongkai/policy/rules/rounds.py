"""What a clean-up decides of a document and how its results are published. Plain Python.

国办发〔2018〕37号: documents are cleaned up at intervals; the lists of those that stay in force,
are repealed and have lapsed are published (law.md 6.1).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from html import escape

from gongkai.statute.days import written


class Decision(StrEnum):
    """What becomes of a document."""

    KEEP = "KEEP"
    AMEND = "AMEND"
    REPEAL = "REPEAL"
    LAPSE = "LAPSE"

    @property
    def label(self) -> str:
        """Return the Chinese name."""
        return {"KEEP": "继续有效", "AMEND": "修改", "REPEAL": "废止", "LAPSE": "失效"}[self.value]

    @property
    def stays(self) -> bool:
        """Say whether the document stays in force: one to be amended does until it is."""
        return self in (Decision.KEEP, Decision.AMEND)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as a list of results prints it."""

    title: str
    document_number: str
    organ: str
    formed_on: date


_HEADINGS: Mapping[Decision, str] = {
    Decision.KEEP: "继续有效的文件目录",
    Decision.AMEND: "拟修改的文件目录",
    Decision.REPEAL: "废止的文件目录",
    Decision.LAPSE: "失效的文件目录",
}
_COLUMNS = ("序号", "文件名称", "发文字号", "发文机关", "成文日期")


def results_html(
    lists: Mapping[Decision, Sequence[Listed]], *, decree: str, effective_on: date
) -> str:
    """Return the body of the published results: a sentence, then a table for each list."""
    told = "，".join(
        f"{decision.label}{len(lists.get(decision, ()))}件"
        for decision in Decision
        if lists.get(decision) or decision is not Decision.AMEND
    )
    parts = [
        f"<p>根据{escape(decree)}，现将文件清理结果公布如下：{told}。"
        f"列入废止、失效目录的文件，自{written(effective_on)}起不再作为行政管理的依据；"
        "列入继续有效和拟修改目录的文件，继续施行。</p>"
    ]
    for decision in Decision:
        rows = lists.get(decision, ())
        if not rows and decision is Decision.AMEND:
            continue
        parts.append(f"<h2>{_HEADINGS[decision]}</h2>")
        parts.append(_table(rows, _HEADINGS[decision]) if rows else "<p>无。</p>")
    return "".join(parts)


def _table(rows: Iterable[Listed], caption: str) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    body = "".join(
        "<tr>"
        + "".join(
            f"<td>{escape(value)}</td>"
            for value in (
                str(place),
                row.title,
                row.document_number or "—",
                row.organ,
                row.formed_on.isoformat(),
            )
        )
        + "</tr>"
        for place, row in enumerate(rows, start=1)
    )
    return (
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )
