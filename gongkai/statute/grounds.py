"""The closed list of answers to a request, and where table three counts them.

Each ground names its articles, the outcome it belongs to, its letters (law.md 1.5), the
remedy that the letter must tell of on a given day, and its row in both editions of the
form. `result_row` gives the one row of table three in which a counted request lands
(notices 国办公开办函〔2019〕60号 and 〔2021〕30号; part disclosure wins over all others).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.statute import articles as art
from gongkai.statute.articles import Article
from gongkai.statute.limits import RECONSIDERATION_REVISED_ON

EDITIONS = ("2019", "2021")


class GroundError(ValueError):
    """A question about grounds that has no answer; the message says what to mend."""


class Outcome(StrEnum):
    """The groups （一） to （六） of table three."""

    GRANTED = "GRANTED"
    PARTIAL = "PARTIAL"
    WITHHELD = "WITHHELD"
    UNAVAILABLE = "UNAVAILABLE"
    DECLINED = "DECLINED"
    OTHERWISE = "OTHERWISE"

    @property
    def label(self) -> str:
        """Return the Chinese name of the group in table three."""
        return _OUTCOME_LABELS[self]


_OUTCOME_LABELS = {
    Outcome.GRANTED: "予以公开",
    Outcome.PARTIAL: "部分公开",
    Outcome.WITHHELD: "不予公开",
    Outcome.UNAVAILABLE: "无法提供",
    Outcome.DECLINED: "不予处理",
    Outcome.OTHERWISE: "其他处理",
}


class RemedyClass(StrEnum):
    """What the closing paragraph of a letter must tell the requester (law.md 1.8).

    RECONSIDERATION_FIRST: reconsideration within 60 days, a suit only after it (复议前置).
    FREE_CHOICE: reconsideration within 60 days or a suit within 6 months.
    NONE: procedural notices that do not touch rights.
    """

    RECONSIDERATION_FIRST = "RECONSIDERATION_FIRST"
    FREE_CHOICE = "FREE_CHOICE"
    NONE = "NONE"


class Ground(StrEnum):
    """A result row of table three, in the order of the form."""

    GRANTED = "GRANTED"
    PARTIAL = "PARTIAL"
    STATE_SECRET = "STATE_SECRET"  # noqa: S105  a ground of Art. 14, not a password
    PROHIBITED_BY_LAW = "PROHIBITED_BY_LAW"
    SECURITY_AND_STABILITY = "SECURITY_AND_STABILITY"
    THIRD_PARTY_RIGHTS = "THIRD_PARTY_RIGHTS"
    INTERNAL_AFFAIRS = "INTERNAL_AFFAIRS"
    DELIBERATIVE = "DELIBERATIVE"
    ENFORCEMENT_FILE = "ENFORCEMENT_FILE"
    ADMINISTRATIVE_ENQUIRY = "ADMINISTRATIVE_ENQUIRY"
    NOT_HELD = "NOT_HELD"
    NEEDS_CREATION = "NEEDS_CREATION"
    STILL_UNCLEAR = "STILL_UNCLEAR"
    PETITION = "PETITION"
    REPEAT = "REPEAT"
    PUBLICATION = "PUBLICATION"
    EXCESSIVE = "EXCESSIVE"
    RECONFIRMATION = "RECONFIRMATION"
    NOT_SUPPLEMENTED = "NOT_SUPPLEMENTED"
    FEE_UNPAID = "FEE_UNPAID"
    OTHER = "OTHER"

    @property
    def outcome(self) -> Outcome:
        """Return the group of table three to which this ground belongs."""
        return _ENTRIES[self].outcome

    @property
    def label(self) -> str:
        """Return the Chinese label of the row, without its number."""
        return _ENTRIES[self].label

    @property
    def articles(self) -> tuple[Article, ...]:
        """Return the articles that the answer rests on, the chief one first."""
        return _ENTRIES[self].articles

    @property
    def article(self) -> Article:
        """Return the chief article that the answer rests on."""
        return _ENTRIES[self].articles[0]

    @property
    def letters(self) -> tuple[str, ...]:
        """Return the codes of the letters that tell it (law.md 2.2)."""
        return _ENTRIES[self].letters

    def row(self, edition: str) -> str:
        """Return the row code of table three in edition "2019" or "2021"; raises GroundError."""
        _known(edition)
        row = _ENTRIES[self].row
        return _SOLE_OTHERWISE_ROW if edition == "2019" and _is_otherwise(self) else row

    def remedy(self, answered_on: date) -> RemedyClass:
        """Return the remedy class of an answer given on `answered_on`.

        Since 2024-01-01 withholding under Art. 14 to 16 goes to reconsideration first
        (行政复议法 23); an administrative enquiry (Art. 36(7)) does not, though the form
        counts it among the withheld. Part disclosure follows its withheld part: with the
        grounds of the items at hand ask `remedies_of`.
        """
        if answered_on >= RECONSIDERATION_REVISED_ON and self in _RECONSIDERATION_FIRST:
            return RemedyClass.RECONSIDERATION_FIRST
        return RemedyClass.FREE_CHOICE


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is known of one ground."""

    outcome: Outcome
    label: str
    row: str
    letters: tuple[str, ...]
    articles: tuple[Article, ...]


_W, _U, _D, _O = Outcome.WITHHELD, Outcome.UNAVAILABLE, Outcome.DECLINED, Outcome.OTHERWISE
_ENTRIES: Mapping[Ground, _Entry] = {
    Ground.GRANTED: _Entry(
        Outcome.GRANTED, "予以公开", "3.1", ("A2", "A1"), (art.ART_36_2, art.ART_36_1)
    ),
    Ground.PARTIAL: _Entry(Outcome.PARTIAL, "部分公开", "3.2", ("A3",), (art.ART_37,)),
    Ground.STATE_SECRET: _Entry(_W, "属于国家秘密", "3.3.1", ("A4.1",), (art.ART_14, art.ART_36_3)),
    Ground.PROHIBITED_BY_LAW: _Entry(
        _W, "其他法律行政法规禁止公开", "3.3.2", ("A4.2",), (art.ART_14, art.ART_36_3)
    ),
    Ground.SECURITY_AND_STABILITY: _Entry(
        _W, "危及“三安全一稳定”", "3.3.3", ("A4.3",), (art.ART_14, art.ART_36_3)
    ),
    Ground.THIRD_PARTY_RIGHTS: _Entry(
        _W, "保护第三方合法权益", "3.3.4", ("A4.4",), (art.ART_15, art.ART_32, art.ART_36_3)
    ),
    Ground.INTERNAL_AFFAIRS: _Entry(
        _W, "属于三类内部事务信息", "3.3.5", ("A4.5",), (art.ART_16_1, art.ART_36_3)
    ),
    Ground.DELIBERATIVE: _Entry(
        _W, "属于四类过程性信息", "3.3.6", ("A4.6",), (art.ART_16_2, art.ART_36_3)
    ),
    Ground.ENFORCEMENT_FILE: _Entry(
        _W, "属于行政执法案卷", "3.3.7", ("A4.7",), (art.ART_16_2, art.ART_36_3)
    ),
    Ground.ADMINISTRATIVE_ENQUIRY: _Entry(
        _W, "属于行政查询事项", "3.3.8", ("A8",), (art.ART_36_7,)
    ),
    Ground.NOT_HELD: _Entry(
        _U, "本机关不掌握相关政府信息", "3.4.1", ("A5", "A6"), (art.ART_36_4, art.ART_36_5)
    ),
    Ground.NEEDS_CREATION: _Entry(_U, "没有现成信息需要另行制作", "3.4.2", ("A9",), (art.ART_38,)),
    Ground.STILL_UNCLEAR: _Entry(_U, "补正后申请内容仍不明确", "3.4.3", ("A14",), (art.ART_30,)),
    Ground.PETITION: _Entry(_D, "信访举报投诉类申请", "3.5.1", ("A10",), (art.ART_39_1,)),
    Ground.REPEAT: _Entry(_D, "重复申请", "3.5.2", ("A7",), (art.ART_36_6,)),
    Ground.PUBLICATION: _Entry(_D, "要求提供公开出版物", "3.5.3", ("A11",), (art.ART_39_2,)),
    Ground.EXCESSIVE: _Entry(_D, "无正当理由大量反复申请", "3.5.4", ("A12",), (art.ART_35,)),
    Ground.RECONFIRMATION: _Entry(
        _D,
        "要求行政机关确认或重新出具已获取信息",
        "3.5.5",
        ("A13",),
        (art.FORM_RECONFIRMATION,),
    ),
    Ground.NOT_SUPPLEMENTED: _Entry(
        _O,
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "3.6.1",
        ("L10",),
        (art.ART_30,),
    ),
    Ground.FEE_UNPAID: _Entry(
        _O,
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.6.2",
        ("L10",),
        (art.FEE_ART_6,),
    ),
    Ground.OTHER: _Entry(_O, "其他", "3.6.3", ("A17", "A18"), (art.FORM_OTHERWISE, art.ART_2)),
}
# The 2019 edition has one row （六）其他处理, without parts.
_SOLE_OTHERWISE_ROW = "3.6"
_RECONSIDERATION_FIRST = frozenset(
    ground
    for ground, entry in _ENTRIES.items()
    if entry.outcome is _W and ground is not Ground.ADMINISTRATIVE_ENQUIRY
) | {Ground.PARTIAL}
_WEIGHT = (_W, _U, _D, _O)


def counted_ground(items: Sequence[Ground]) -> Ground:
    """Return the one ground under which a request with these items, in order, is counted.

    Any part given and any part not is part disclosure; nothing given counts in the
    weightiest group, （三） before （四） before （五） before （六）, by its first item.
    Raises GroundError when there is no item.
    """
    if not items:
        raise GroundError("没有答复事项，不能确定办理结果，请先填写每一事项的答复")
    given = [ground for ground in items if ground in (Ground.GRANTED, Ground.PARTIAL)]
    if given:
        whole = all(ground is Ground.GRANTED for ground in items)
        return Ground.GRANTED if whole else Ground.PARTIAL
    return min(items, key=lambda ground: _WEIGHT.index(ground.outcome))


def result_row(items: Sequence[Ground], edition: str) -> str:
    """Return the row of table three in which a request with these items is counted.

    Raises GroundError for no items or an unknown edition.
    """
    return counted_ground(items).row(edition)


def grounds_of_row(row: str, edition: str) -> tuple[Ground, ...]:
    """Return the grounds counted in a row: one, or three in 3.6 of 2019; raises GroundError."""
    found = tuple(ground for ground in Ground if ground.row(edition) == row)
    if not found:
        raise GroundError(f"{edition}年版报告表三中没有办理结果行“{row}”，请核对行号")
    return found


def remedies_of(items: Iterable[Ground], answered_on: date) -> frozenset[RemedyClass]:
    """Return every remedy class that one letter answering these items must tell of.

    A letter that withholds one item and lacks another tells of both (law.md 1.8).
    """
    return frozenset(ground.remedy(answered_on) for ground in items)


def _is_otherwise(ground: Ground) -> bool:
    return ground.outcome is Outcome.OTHERWISE


def _known(edition: str) -> None:
    if edition not in EDITIONS:
        raise GroundError(f"没有“{edition}”版的报告格式，只有{'、'.join(EDITIONS)}年版")
