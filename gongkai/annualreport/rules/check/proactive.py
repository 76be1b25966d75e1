"""What figures of table two count when told in prose: documents, licences, penalties, fees."""

import re

from gongkai.annualreport.rules.check.readings import (
    COUNTED,
    REGISTERS,
    Reading,
    Subject,
    first,
)
from gongkai.tables.forms import FormEdition
from gongkai.tables.sheet import CellPath, Table
from gongkai.text.quantities import Quantity


def documents(quantity: Quantity, words: str, edition: FormEdition) -> Subject | None:
    """Return what a figure of normative documents counts."""
    if quantity.unit not in ("件", "份", "个", "部"):
        return None
    old = edition.id == "2019"
    if re.search("废止|失效", words):
        return None if old else _document("repealed", "c2", edition, True)
    if re.search("有效|总数|累计", words):
        return _document(
            "public_total" if old else "in_force", "c3", edition, "有效" in words or old
        )
    if re.search("公开|发布", words):
        return _document("published" if old else "made", "c2 c1 c3" if old else "c1 c3", edition)
    if re.search("制发|制定|出台|印发|制作", words):
        return _document("made", "c1", edition, True)
    return None


def _document(aspect: str, columns: str, edition: FormEdition, sure: bool = False) -> Subject:
    block = edition.tables[Table.PROACTIVE][0]
    readings = tuple(
        Reading(
            f"规范性文件，{block.column_of[column].label}",
            (CellPath(Table.PROACTIVE, "T2.1.2", column),),
        )
        for column in columns.split()
    )
    return Subject(f"documents.NORMATIVE.{aspect}", readings, sure)


def register(
    quantity: Quantity, words: str, passed: str, edition: FormEdition, acted: bool
) -> Subject | None:
    """Return what a figure of licences, penalties, fees or purchases counts.

    `acted` says that the sentence has told of decisions: what is listed on are decisions too.
    """
    named = first(REGISTERS, words) or first(REGISTERS, passed)
    if named is None or not any(row.code in named.codes for row in edition.rows(Table.PROACTIVE)):
        return None
    (row,) = named.codes
    old = edition.id == "2019"
    if quantity.unit in ("万元", "亿元", "元"):
        column = {"FEE": "" if old else "c1", "PROCUREMENT": "c2"}.get(named.name, "")
        aspect, columns = "amount", [column] if column else []
    elif named.name == "PROCUREMENT":
        aspect, columns = "projects", ["c1"]
    elif quantity.unit in ("项", "个"):
        aspect, columns = "opening_items", ["c1"] if old else []
    elif quantity.unit in COUNTED and named.name != "FEE":
        aspect, columns = "decisions", ["c3" if old else "c1"]
    else:
        return None
    if not columns:
        return None
    readings = tuple(
        Reading(named.label, (CellPath(Table.PROACTIVE, row, column),)) for column in columns
    )
    made = re.search("作出|办理|实施|处理|审批|核发", words) is not None or acted
    other = re.search("公开|公示|发布|受理|归集|事项", words) is not None
    sure = aspect in ("amount", "projects") or (aspect == "decisions" and made and not other)
    return Subject(f"register.{named.name}.{aspect}", readings, sure)
