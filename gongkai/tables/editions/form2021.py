"""The form in force (国办公开办函〔2021〕30号), for reports of 2021 and later."""

from gongkai.tables.editions.remedies_table import REMEDIES_TABLE
from gongkai.tables.editions.requests_table import OTHERWISE_2021, requests_table
from gongkai.tables.facts import Measure
from gongkai.tables.forms import Block, Column, FormEdition, Row
from gongkai.tables.sheet import Table

_CORNER = "信息内容"
_DECISIONS = (Column("c1", "本年处理决定数量"),)


def _documents(code: str, label: str, subject: str) -> Row:
    aspects = {"c1": "made", "c2": "repealed", "c3": "in_force"}
    shows = {
        column: (Measure(f"documents.{subject}", aspect),) for column, aspect in aspects.items()
    }
    return Row(code, label, shows=shows)


def _only(code: str, label: str, subject: str, aspect: str) -> Row:
    return Row(code, label, shows={"c1": (Measure(f"register.{subject}", aspect),)})


_PROACTIVE = (
    Block(
        Table.PROACTIVE,
        "第二十条第（一）项",
        _CORNER,
        (
            Column("c1", "本年制发件数"),
            Column("c2", "本年废止件数"),
            Column("c3", "现行有效件数"),
        ),
        (
            _documents("T2.1.1", "规章", "RULES"),
            _documents("T2.1.2", "行政规范性文件", "NORMATIVE"),
        ),
    ),
    Block(
        Table.PROACTIVE,
        "第二十条第（五）项",
        _CORNER,
        _DECISIONS,
        (_only("T2.5.1", "行政许可", "LICENCE", "decisions"),),
    ),
    Block(
        Table.PROACTIVE,
        "第二十条第（六）项",
        _CORNER,
        _DECISIONS,
        (
            _only("T2.6.1", "行政处罚", "PENALTY", "decisions"),
            _only("T2.6.2", "行政强制", "COERCION", "decisions"),
        ),
    ),
    Block(
        Table.PROACTIVE,
        "第二十条第（八）项",
        _CORNER,
        (Column("c1", "本年收费金额（单位：万元）", unit="万元", unit_printed=True),),
        (_only("T2.8.1", "行政事业性收费", "FEE", "amount"),),
    ),
)

FORM_2021 = FormEdition(
    id="2021",
    name="中华人民共和国政府信息公开工作年度报告格式",
    notice="国办公开办函〔2021〕30号",
    first_year=2021,
    last_year=None,
    blocks=(*_PROACTIVE, requests_table(OTHERWISE_2021), REMEDIES_TABLE),
)
