"""What a single decision must be (双公示): licences, penalties, coercion, one by one.

A natural person's name is never kept whole: the surname and 某 (law.md 9.2; 个人信息保护法 34);
their numbers, telephones and addresses are refused wherever they stand. Plain Python.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongkai.registers.rules.entries import (
    LARGEST_AMOUNT,
    ZERO,
    EntryRefused,
    Fault,
    RegisterError,
    RegisterKind,
)
from gongkai.statute.days import written
from gongkai.statute.identity import IdentityError, credit_code
from gongkai.text import privacy
from gongkai.text.levels import Level

DOUBLE = frozenset({RegisterKind.LICENCE, RegisterKind.PENALTY})  # 双公示
DECIDED = (RegisterKind.LICENCE, RegisterKind.PENALTY, RegisterKind.COERCION)
LONGEST = {
    "number": 100,
    "party": 100,
    "matter": 300,
    "basis": 500,
    "outcome": 1000,
    "address": 300,
    "source_name": 200,
}
TEXT_LABELS = {
    "number": "决定文书号",
    "party": "行政相对人",
    "matter": "事项（案由）",
    "basis": "依据",
    "outcome": "决定内容",
    "address": "公开网址",
    "source_name": "数据来源",
}
_NEEDED = ("number", "party", "matter", "outcome")
_COMPOUND = re.compile(
    "欧阳|司马|上官|诸葛|东方|夏侯|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|司空|端木|百里|呼延|"
    "东郭|南宫|独孤|拓跋|赫连|轩辕|钟离|濮阳|淳于|申屠|闻人|西门"
)
_CUT = re.compile(f"(?:{_COMPOUND.pattern}|[^某])某{{1,2}}")
_ADDRESS = re.compile(r"https?://[^\s]+")


class DecisionRefused(EntryRefused):
    """What was told of a decision is wrong; `faults` name each field and the remedy."""


class NumberTaken(RegisterError):
    """The organ has a decision of this number already."""


class DecisionNotNow(RegisterError):
    """The decision is not in a state in which this can be done, or its days do not fit."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class PartyKind(StrEnum):
    """Whom a decision is about."""

    LEGAL = "LEGAL"
    SOLE_TRADER = "SOLE_TRADER"
    NATURAL = "NATURAL"

    @property
    def label(self) -> str:
        """Return the Chinese name of the kind."""
        return {
            "LEGAL": "法人和非法人组织",
            "SOLE_TRADER": "个体工商户",
            "NATURAL": "自然人",
        }[self.value]


class CancelReason(StrEnum):
    """Why a decision no longer stands as it was (行政处罚法 48(2))."""

    CHANGED = "CHANGED"
    REVOKED = "REVOKED"
    UNLAWFUL = "UNLAWFUL"
    VOID = "VOID"

    @property
    def label(self) -> str:
        """Return the Chinese name of the reason."""
        return {
            "CHANGED": "依法变更",
            "REVOKED": "依法撤销",
            "UNLAWFUL": "确认违法",
            "VOID": "确认无效",
        }[self.value]


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """One decision as told; `amount` in 元 is what was fined or confiscated (penalties alone)."""

    kind: RegisterKind
    number: str
    party_kind: PartyKind
    party: str
    matter: str
    outcome: str
    decided_on: date
    credit_code: str = ""
    basis: str = ""
    amount: Decimal = ZERO
    valid_to: date | None = None
    published_on: date | None = None
    address: str = ""
    source_name: str = ""

    def text(self, name: str) -> str:
        """Return one of the texts by its field name."""
        return str(getattr(self, name)).strip()


def kept_party(kind: PartyKind, name: str) -> str:
    """Return the name that is kept: of a natural person the surname and 某, of others the whole."""
    name = re.sub(r"\s", "", name)
    if kind is not PartyKind.NATURAL or _CUT.fullmatch(name) or not name:
        return name
    found = _COMPOUND.match(name)
    surname = found[0] if found and len(name) > len(found[0]) else name[0]
    return surname + "某" * min(max(len(name) - len(surname), 1), 2)


def faults_of_decision(
    facts: DecisionFacts, *, today: date, exists_from: date | None = None
) -> tuple[Fault, ...]:
    """Return everything wrong with what was told of a decision."""
    faults = [*_text_faults(facts), *_party_faults(facts), *_day_faults(facts, today)]
    if exists_from is not None and facts.decided_on < exists_from:
        faults.append(
            Fault("decided_on", f"该机构于{exists_from:%Y-%m-%d}设立，决定日期不得早于设立")
        )
    if facts.amount and facts.kind is not RegisterKind.PENALTY:
        faults.append(Fault("amount", "只有行政处罚填写罚没金额，请留空"))
    elif not 0 <= facts.amount <= LARGEST_AMOUNT:
        faults.append(Fault("amount", f"罚没金额应当在0至{LARGEST_AMOUNT}元之间"))
    elif facts.amount.quantize(Decimal("0.01")) != facts.amount:
        faults.append(Fault("amount", "罚没金额以元为单位，最多保留两位小数（到分）"))
    return tuple(faults)


def _text_faults(facts: DecisionFacts) -> Iterator[Fault]:
    if facts.kind not in DECIDED:
        labels = "、".join(kind.label for kind in DECIDED)
        yield Fault("kind", f"“{facts.kind.label}”不逐件登记，请填：{labels}")
    for name, most in LONGEST.items():
        text = facts.text(name)
        if not text and name in _NEEDED:
            yield Fault(name, f"请填写“{TEXT_LABELS[name]}”")
        elif len(text) > most:
            yield Fault(name, f"“{TEXT_LABELS[name]}”不得超过{most}个字，请删减")
    if facts.text("address") and not _ADDRESS.fullmatch(facts.text("address")):
        yield Fault("address", "公开网址应当以 http:// 或者 https:// 开头，请核对")
    for name in ("party", "matter", "basis", "outcome"):
        found = next(
            (one for one in privacy.find(facts.text(name)) if one.level is Level.BLOCKING), None
        )
        if found:
            what = f"{found.rule.label}（{found.found}）"
            yield Fault(name, f"“{TEXT_LABELS[name]}”含有{what}，不得登记和公开，请删去")


def _party_faults(facts: DecisionFacts) -> Iterator[Fault]:
    code = facts.credit_code.strip()
    if facts.party_kind is PartyKind.NATURAL:
        if code:
            yield Fault(
                "credit_code", "行政相对人是自然人的，不填统一社会信用代码和证件号码，请删去"
            )
        return
    if not code:
        if facts.party_kind is PartyKind.LEGAL:
            yield Fault("credit_code", "请填写行政相对人的统一社会信用代码")
        return
    try:
        credit_code(code)
    except IdentityError as error:
        yield Fault("credit_code", str(error))


def _day_faults(facts: DecisionFacts, today: date) -> Iterator[Fault]:
    if facts.decided_on > today:
        yield Fault("decided_on", f"“决定日期”晚于今天（{written(today)}），请核对")
    if facts.valid_to is not None and facts.valid_to < facts.decided_on:
        yield Fault("valid_to", "“有效期至”早于决定日期，请核对")
    if facts.published_on is None:
        return
    if facts.published_on < facts.decided_on:
        yield Fault("published_on", "“公开日期”早于决定日期，请核对")
    elif facts.published_on > today:
        yield Fault(
            "published_on", f"“公开日期”晚于今天（{written(today)}），请核对；尚未公开的留空"
        )
