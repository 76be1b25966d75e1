"""Recognising the labels of the form however they are wrapped, numbered, cut or misspelt."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from gongkai.tables.editions import EDITIONS, MIXED
from gongkai.tables.sheet import Table

_ENUMERATOR = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}[)、.,:]|\(?\d{1,2}[.、)．,:]|\d{1,2}(?=[^\d]))+"
)
_SHORTEST_CUT = 4
_LIKE_ENOUGH = 0.8


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """Return a label without number, punctuation and spaces: what two prints share."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    plain = _ENUMERATOR.sub("", plain)
    return "".join(char for char in plain if char.isalnum())


@dataclass(frozen=True, slots=True)
class Match:
    """A label found; `exact` unless it was cut or differs from the form's wording."""

    code: str
    exact: bool = True


class Vocabulary:
    """Labels by what they mean; the same wording may be met cut short or slightly changed."""

    def __init__(self, labels: Mapping[str, str], aliases: Mapping[str, str] | None = None) -> None:
        """Take {label: code} and {other wording: code}, as printed."""
        self._codes = {canonical(label): code for label, code in labels.items()}
        self._aliases = {canonical(label): code for label, code in (aliases or {}).items()}
        self._known: dict[str, Match | None] = {}

    def match(self, text: str) -> Match | None:
        """Return what the label means, or None when that is not certain."""
        bare = canonical(text)
        if bare not in self._known:
            self._known[bare] = self._look(bare)
        return self._known[bare]

    def continues(self, text: str, more: str) -> bool:
        """Say whether two pieces of text are one label torn in two."""
        bare = canonical(text)
        rest = "".join(c for c in unicodedata.normalize("NFKC", more) if c.isalnum())
        return bool(bare and rest) and bare + rest in self._codes and bare not in self._codes

    def is_piece(self, text: str) -> bool:
        """Say whether the text is the middle or end of a label."""
        bare = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())
        return len(bare) > 1 and any(bare in known for known in self._codes)

    def _look(self, bare: str) -> Match | None:
        if not bare:
            return None
        if bare in self._codes:
            return Match(self._codes[bare])
        if bare in self._aliases:
            return Match(self._aliases[bare], exact=False)
        if len(bare) < _SHORTEST_CUT or bare.isdigit():
            return None
        begun = {code for label, code in self._codes.items() if label.startswith(bare)}
        if len(begun) == 1:
            return Match(begun.pop(), exact=False)
        return self._alike(bare)

    def _alike(self, bare: str) -> Match | None:
        ranked = sorted(
            (
                (SequenceMatcher(None, bare, label).ratio(), code)
                for label, code in self._codes.items()
                if len(label) >= _SHORTEST_CUT and 2 * len(bare) < 3 * len(label) < 5 * len(bare)
            ),
            reverse=True,
        )
        if not ranked:
            return None
        best, code = ranked[0]
        rival = next((score for score, other in ranked[1:] if other != code), 0.0)
        if best >= _LIKE_ENOUGH and best - rival >= 0.1:
            return Match(code, exact=False)
        return None


def _rows(table: Table) -> dict[str, str]:
    found: dict[str, str] = {}
    for form in (*EDITIONS.values(), *MIXED.values()):
        found |= {row.label: row.code for row in form.rows(table) if row.label}
    return found


@cache
def request_rows() -> Vocabulary:
    """Row labels of table three in both editions; "其他" and "总计" are left to the context."""
    labels = _rows(Table.REQUESTS)
    for contextual in ("3.其他", "（七）总计"):
        del labels[contextual]
    return Vocabulary(
        labels,
        {
            "本年新收申请数量": "1",
            "上年结转申请数量": "2",
            "部分公开": "3.2",
            "其他法律、法规禁止公开": "3.3.2",
            "保护第三方合法利益": "3.3.4",
            "信访投诉举报类申请": "3.5.1",
            "结转下年度": "4",
            "申请人无正当理由逾期不补正": "3.6.1",
            "申请人逾期未按收费通知要求缴纳费用": "3.6.2",
        },
    )


@cache
def request_columns() -> Vocabulary:
    """Column labels of table three."""
    (block,) = EDITIONS["2021"].tables[Table.REQUESTS]
    return Vocabulary(
        {column.label: column.code for column in block.columns},
        {"企业": "o1", "商业企业单位": "o1", "法律服务组织": "o4", "合计": "t", "其它": "o5"},
    )


@cache
def proactive_rows() -> Vocabulary:
    """Row labels of table two in both editions."""
    return Vocabulary(
        _rows(Table.PROACTIVE),
        {"规范性文件": "T2.1.2", "集中采购": "T2.9.1", "事业性收费": "T2.8.1"},
    )


@cache
def proactive_columns() -> Vocabulary:
    """Column labels of table two; the code is "edition code", e.g. "2019 c1"."""
    labels: dict[str, str] = {}
    for form in EDITIONS.values():
        for block in form.tables[Table.PROACTIVE]:
            labels |= {column.label: f"{form.id} {column.code}" for column in block.columns}
    return Vocabulary(
        labels,
        {
            "本年收费金额": "2021 c1",
            "本年收费金额（万元）": "2021 c1",
            "本年增减": "2019 c2",
            "本年度处理决定数量": "2021 c1",
            "本年制发数量": "2021 c1",
            "本年废止数量": "2021 c2",
            "现行有效数量": "2021 c3",
        },
    )


REMEDY_LEAVES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@cache
def remedy_columns() -> Vocabulary:
    """The five column labels that table four repeats three times; the code is 1 to 5."""
    return Vocabulary({label: str(place) for place, label in enumerate(REMEDY_LEAVES, 1)})
