"""The closed list of letters of the request procedure (law.md 2.2), one row each.

A kind says its title, the word in its document number (靖水 + 公复 + 〔2026〕1号), whose remedies
it tells, whether it goes between offices (信函格式, red head), what it cannot do without, and
since when the law knows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.statute.grounds import Ground, counted_ground
from gongkai.statute.limits import REVISED_ON

FEE_MEASURES_ON = date(2021, 1, 1)


class Telling(StrEnum):
    """Which remedies a kind of letter tells of (law.md 1.8).

    NONE: a step that does not touch rights. FREE_CHOICE: always reconsideration or suit.
    BY_GROUND: as the grounds of its items say on the day.
    """

    NONE = "NONE"
    FREE_CHOICE = "FREE_CHOICE"
    BY_GROUND = "BY_GROUND"


class LetterKind(StrEnum):
    """A kind of letter; the value is its code in law.md 2.2."""

    RECEIPT = "L01"
    SUPPLEMENT = "L02"
    REASONS = "L03"
    EXTENSION = "L04"
    LATER_DATE = "L04b"
    THIRD_PARTY = "L05"
    CONSULTING = "L06"
    OTHER_ORGAN = "L07"
    TELL_THIRD_PARTY = "L08"
    FEE = "L09"
    LAPSE = "L10"
    ALREADY_PUBLIC = "A1"
    GRANTED = "A2"
    PARTIAL = "A3"
    STATE_SECRET = "A4.1"  # noqa: S105  a ground of Art. 14, not a password
    PROHIBITED_BY_LAW = "A4.2"
    SECURITY_AND_STABILITY = "A4.3"
    THIRD_PARTY_RIGHTS = "A4.4"
    INTERNAL_AFFAIRS = "A4.5"
    DELIBERATIVE = "A4.6"
    ENFORCEMENT_FILE = "A4.7"
    NOT_HELD = "A5"
    OTHER_RESPONSIBLE = "A6"
    REPEAT = "A7"
    ADMINISTRATIVE_ENQUIRY = "A8"
    NEEDS_CREATION = "A9"
    PETITION = "A10"
    PUBLICATION = "A11"
    EXCESSIVE = "A12"
    RECONFIRMATION = "A13"
    STILL_UNCLEAR = "A14"
    WITHDRAWN = "A17"
    NOT_INFORMATION = "A18"
    CORRECTED = "C1.1"
    NOT_CORRECTED = "C1.2"
    PASSED_ON = "C1.3"
    PROOF_OF_SERVICE = "S1"

    @property
    def label(self) -> str:
        """Return the Chinese name by which offices choose it."""
        return _ENTRIES[self].label

    @property
    def title(self) -> str:
        """Return what stands after the organ's name in the title."""
        return _ENTRIES[self].title

    @property
    def noun(self) -> str:
        """Return how the letter speaks of itself: 答复书, 告知书, 函."""
        return _ENTRIES[self].noun

    @property
    def number_word(self) -> str:
        """Return the word in its document number; empty for a letter without number."""
        return _ENTRIES[self].word

    @property
    def numbered(self) -> bool:
        """Say whether it takes a document number."""
        return bool(_ENTRIES[self].word)

    @property
    def telling(self) -> Telling:
        """Return which remedies it tells of."""
        return _ENTRIES[self].telling

    @property
    def red_head(self) -> bool:
        """Say whether the shipped template has the red head of a letter between offices."""
        return _ENTRIES[self].red_head

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the fields of LetterValues without which it cannot be issued."""
        return _ENTRIES[self].needs

    @property
    def valid_from(self) -> date:
        """Return since when the law knows it in this wording."""
        return _ENTRIES[self].valid_from

    @property
    def is_answer(self) -> bool:
        """Say whether it ends a request with an answer."""
        return self.value.startswith("A")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is known of one kind."""

    label: str
    title: str
    word: str
    needs: tuple[str, ...]
    telling: Telling = Telling.NONE
    noun: str = "告知书"
    red_head: bool = False
    valid_from: date = REVISED_ON


_ASKED = ("recipient", "request_number", "received_words", "asked")
_ANSWER = (*_ASKED, "paragraphs", "outcomes")
_REPLY, _NOTICE = "政府信息公开申请答复书", "政府信息公开申请告知书"


def _answer(label: str, title: str = _NOTICE) -> _Entry:
    noun = "答复书" if title == _REPLY else "告知书"
    return _Entry(label, title, "公复", _ANSWER, Telling.BY_GROUND, noun)


def _correction(label: str, title: str) -> _Entry:
    needs = (*_ASKED, "paragraphs")
    return _Entry(label, title, "公更", needs, Telling.FREE_CHOICE)


_ENTRIES: Mapping[LetterKind, _Entry] = {
    LetterKind.RECEIPT: _Entry(
        "登记回执",
        "政府信息公开申请登记回执",
        "公回",
        (*_ASKED, "received_how", "query_way", "due"),
        noun="回执",
    ),
    LetterKind.SUPPLEMENT: _Entry(
        "补正告知书",
        "政府信息公开申请补正告知书",
        "公补",
        (*_ASKED, "items", "days"),
    ),
    LetterKind.REASONS: _Entry(
        "说明理由告知书",
        "政府信息公开申请说明理由告知书",
        "公询",
        (*_ASKED, "reason", "items", "days"),
    ),
    LetterKind.EXTENSION: _Entry(
        "延期答复告知书",
        "政府信息公开申请延期答复告知书",
        "公延",
        (*_ASKED, "reason", "days", "due"),
    ),
    LetterKind.LATER_DATE: _Entry(
        "延迟答复期限告知书",
        "政府信息公开申请延迟答复期限告知书",
        "公延",
        (*_ASKED, "reason", "due"),
    ),
    LetterKind.THIRD_PARTY: _Entry(
        "第三方意见征询书",
        "政府信息公开第三方意见征询书",
        "公征",
        ("recipient", "items", "days"),
        noun="征询书",
    ),
    LetterKind.CONSULTING: _Entry(
        "征求意见告知书（给申请人）",
        "政府信息公开申请征求意见告知书",
        "公告",
        (*_ASKED, "consulted"),
    ),
    LetterKind.OTHER_ORGAN: _Entry(
        "征求意见函（给共同制作机关、其他机关）",
        "关于征求政府信息公开意见的函",
        "公函",
        ("recipient", "items", "days"),
        noun="函",
        red_head=True,
    ),
    LetterKind.TELL_THIRD_PARTY: _Entry(
        "公开决定告知书（给第三方）",
        "政府信息公开决定告知书",
        "公知",
        ("recipient", "items", "reason", "refers_to"),
        telling=Telling.FREE_CHOICE,
    ),
    LetterKind.FEE: _Entry(
        "信息处理费收费通知书",
        "政府信息公开信息处理费收费通知书",
        "公收",
        (*_ASKED, "tariff_words", "amount_yuan", "payment", "days"),
        noun="通知书",
        valid_from=FEE_MEASURES_ON,
    ),
    LetterKind.LAPSE: _Entry(
        "逾期不补正、逾期不缴费终止处理告知书",
        "政府信息公开申请终止处理告知书",
        "公终",
        _ANSWER,
        telling=Telling.BY_GROUND,
    ),
    LetterKind.ALREADY_PUBLIC: _answer("答复书：已主动公开", _REPLY),
    LetterKind.GRANTED: _answer("答复书：予以公开", _REPLY),
    LetterKind.PARTIAL: _answer("答复书：部分公开", _REPLY),
    LetterKind.STATE_SECRET: _answer("答复书：不予公开（国家秘密）", _REPLY),
    LetterKind.PROHIBITED_BY_LAW: _answer("答复书：不予公开（法律、行政法规禁止公开）", _REPLY),
    LetterKind.SECURITY_AND_STABILITY: _answer("答复书：不予公开（三安全一稳定）", _REPLY),
    LetterKind.THIRD_PARTY_RIGHTS: _answer("答复书：不予公开（第三方合法权益）", _REPLY),
    LetterKind.INTERNAL_AFFAIRS: _answer("答复书：不予公开（内部事务信息）", _REPLY),
    LetterKind.DELIBERATIVE: _answer("答复书：不予公开（过程性信息）", _REPLY),
    LetterKind.ENFORCEMENT_FILE: _answer("答复书：不予公开（行政执法案卷）", _REPLY),
    LetterKind.NOT_HELD: _answer("告知书：信息不存在"),
    LetterKind.OTHER_RESPONSIBLE: _answer("告知书：不属于本机关负责公开"),
    LetterKind.REPEAT: _answer("告知书：重复申请"),
    LetterKind.ADMINISTRATIVE_ENQUIRY: _answer("告知书：行政查询事项"),
    LetterKind.NEEDS_CREATION: _answer("告知书：需要加工、分析"),
    LetterKind.PETITION: _answer("告知书：信访、投诉、举报等"),
    LetterKind.PUBLICATION: _answer("告知书：公开出版物"),
    LetterKind.EXCESSIVE: _answer("告知书：无正当理由大量反复申请"),
    LetterKind.RECONFIRMATION: _answer("告知书：要求确认或者重新出具已获取信息"),
    LetterKind.STILL_UNCLEAR: _answer("告知书：补正后仍不明确"),
    LetterKind.WITHDRAWN: _answer("告知书：申请人撤回申请"),
    LetterKind.NOT_INFORMATION: _answer("告知书：不属于政府信息"),
    LetterKind.CORRECTED: _correction("更正告知书", "政府信息更正告知书"),
    LetterKind.NOT_CORRECTED: _correction("不予更正告知书", "政府信息不予更正告知书"),
    LetterKind.PASSED_ON: _correction("更正申请转送告知书", "政府信息更正申请转送告知书"),
    LetterKind.PROOF_OF_SERVICE: _Entry(
        "送达回证", "送达回证", "", ("recipient", "refers_to", "method"), noun="送达回证"
    ),
}
_SUITABLE: Mapping[Ground, LetterKind] = {
    ground: LetterKind(ground.letters[0]) for ground in Ground
}


def answer_kind(grounds: Sequence[Ground]) -> LetterKind:
    """Return the letter in which items answered on these grounds, in order, are told together.

    Given and not given together go into the answer of part disclosure; else the letter of
    the ground under which the request is counted. Raises GroundError for no items.
    """
    return _SUITABLE[counted_ground(grounds)]
