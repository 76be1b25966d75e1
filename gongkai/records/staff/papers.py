"""A list as a workbook or as a paper to be signed by both sides."""

from django.utils import timezone

from gongkai.adapters.paper_docx import render
from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.records.models import TransferList
from gongkai.records.rules import TransferKind
from gongkai.tables.paper import Grid, Paper, Paragraph

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_WIDTHS = {"序号": 6, "标题": 40, "事由": 40, "网址": 40, "索引号": 26, "案卷包校验值": 66}
_USUAL = 16
_TOO_WIDE = frozenset({"网址", "案卷包校验值"})  # the workbook has them; paper has no room


def list_paper(made: TransferList, rows: list[list[str]], form: str) -> bytes:
    """Return a list as "xlsx" or "docx"."""
    return _workbook(made, rows) if form == "xlsx" else _paper(made, rows)


def _workbook(made: TransferList, rows: list[list[str]]) -> bytes:
    columns = tuple(Column(head, _WIDTHS.get(head, _USUAL)) for head in made.heads)
    return write_tables([SheetOut("移交清单", columns, tuple(tuple(row) for row in rows))])


def _paper(made: TransferList, rows: list[list[str]]) -> bytes:
    kind = TransferKind(made.kind)
    kept = [place for place, head in enumerate(made.heads) if head not in _TOO_WIDE]
    heads = tuple(made.heads[place] for place in kept)
    grid = Grid(
        kind.label,
        heads,
        tuple(tuple(row[place] for place in kept) for row in rows),
        tuple(min(_WIDTHS.get(head, _USUAL), 30) for head in heads),
    )
    received = (
        f"{made.received_by}，{made.received_on:%Y年%-m月%-d日}"
        if made.received_on
        else "　　　　　　　　年　　月　　日"
    )
    told = (
        f"清单编号：{made.number}。移交范围：{made.since:%Y年%-m月%-d日}至"
        f"{made.until:%Y年%-m月%-d日}，共{len(rows)}条。编制人：{made.made_by}。"
    )
    blocks = (
        Paragraph(told),
        grid,
        Paragraph(f"移交单位（盖章）：{made.county.name}"),
        Paragraph(f"{kind.receiver}接收人（签字）：{received}"),
        Paragraph(f"清单校验值：{made.sha256}"),
    )
    on = timezone.localdate(made.made_at)
    return render(Paper(kind.title, made.county.name, f"{on:%Y年%-m月%-d日}", blocks))
