"""Table four, the same in both editions: one row of reconsiderations and suits by result."""

from gongkai.tables.facts import Measure
from gongkai.tables.forms import Block, Column, Row
from gongkai.tables.sheet import Table

_RESULTS = (
    ("UPHELD", "结果维持"),
    ("CORRECTED", "结果纠正"),
    ("OTHER", "其他结果"),
    (
        "PENDING",
        "尚未审结",
    ),
)
_GROUPS = (
    ("r", "RECONSIDERATION", ("行政复议",)),
    ("d", "DIRECT", ("行政诉讼", "未经复议直接起诉")),
    ("a", "AFTER_RECONSIDERATION", ("行政诉讼", "复议后起诉")),
)


def _columns() -> tuple[Column, ...]:
    columns: list[Column] = []
    for letter, _, groups in _GROUPS:
        parts = tuple(f"{letter}{place}" for place in range(1, 5))
        columns += [
            Column(code, label, groups) for code, (_, label) in zip(parts, _RESULTS, strict=True)
        ]
        columns.append(Column(f"{letter}5", "总计", groups, parts=parts))
    return tuple(columns)


_SHOWS = {
    f"{letter}{place}": (Measure(f"remedies.{subject}", aspect),)
    for letter, subject, _ in _GROUPS
    for place, (aspect, _) in enumerate(_RESULTS, 1)
}

REMEDIES_TABLE = Block(
    Table.REMEDIES,
    "政府信息公开行政复议、行政诉讼情况",
    "",
    _columns(),
    (Row("", "", shows=_SHOWS),),
)
