"""The trial form of 2019 (国办公开办函〔2019〕60号), for the reports of 2019 and 2020."""

from gongkai.tables.editions.remedies_table import REMEDIES_TABLE
from gongkai.tables.editions.requests_table import OTHERWISE_2019, requests_table
from gongkai.tables.facts import Measure
from gongkai.tables.forms import Block, Column, FormEdition, Row
from gongkai.tables.sheet import Table

_CORNER = "信息内容"
_STOCK = (
    Column("c1", "上一年项目数量"),
    Column("c2", "本年增/减", signed=True),
)
_STOCK_AND_DECISIONS = (*_STOCK, Column("c3", "处理决定数量"))


def _documents(code: str, label: str, subject: str) -> Row:
    aspects = {"c1": "made", "c2": "published", "c3": "public_total"}
    return _row(code, label, f"documents.{subject}", aspects)


def _items(code: str, label: str, subject: str, *, decisions: bool = True) -> Row:
    aspects = {"c1": "opening_items", "c2": "item_change"}
    if decisions:
        aspects["c3"] = "decisions"
    return _row(code, label, f"register.{subject}", aspects)


def _row(code: str, label: str, subject: str, aspects: dict[str, str]) -> Row:
    shows = {column: (Measure(subject, aspect),) for column, aspect in aspects.items()}
    return Row(code, label, shows=shows)


_PROACTIVE = (
    Block(
        Table.PROACTIVE,
        "第二十条第（一）项",
        _CORNER,
        (
            Column("c1", "本年新制作数量"),
            Column("c2", "本年新公开数量"),
            Column("c3", "对外公开总数量"),
        ),
        (_documents("T2.1.1", "规章", "RULES"), _documents("T2.1.2", "规范性文件", "NORMATIVE")),
    ),
    Block(
        Table.PROACTIVE,
        "第二十条第（五）项",
        _CORNER,
        _STOCK_AND_DECISIONS,
        (
            _items("T2.5.1", "行政许可", "LICENCE"),
            _items("T2.5.2", "其他对外管理服务事项", "OUTWARD_SERVICE"),
        ),
    ),
    Block(
        Table.PROACTIVE,
        "第二十条第（六）项",
        _CORNER,
        _STOCK_AND_DECISIONS,
        (_items("T2.6.1", "行政处罚", "PENALTY"), _items("T2.6.2", "行政强制", "COERCION")),
    ),
    Block(
        Table.PROACTIVE,
        "第二十条第（八）项",
        _CORNER,
        _STOCK,
        (_items("T2.8.1", "行政事业性收费", "FEE", decisions=False),),
    ),
    Block(
        Table.PROACTIVE,
        "第二十条第（九）项",
        _CORNER,
        (Column("c1", "采购项目数量"), Column("c2", "采购总金额", unit="万元")),
        (
            _row(
                "T2.9.1",
                "政府集中采购",
                "register.PROCUREMENT",
                {"c1": "projects", "c2": "amount"},
            ),
        ),
    ),
)

FORM_2019 = FormEdition(
    id="2019",
    name="政府信息公开工作年度报告格式（试行）",
    notice="国办公开办函〔2019〕60号",
    first_year=2019,
    last_year=2020,
    blocks=(*_PROACTIVE, requests_table(OTHERWISE_2019), REMEDIES_TABLE),
)
