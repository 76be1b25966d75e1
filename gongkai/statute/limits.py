"""Every limit of the law as a dated row, looked up by the day of the fact.

A row says how much, in which unit, by which article and from when to when it was
the law. A case keeps the rules of the day on which it was received, so callers look
limits up by that day, never by today. Local practice (a requester's usual term for
supplementing, earlier report dates set by a province) is a setting, not a row here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.statute import articles as art
from gongkai.statute.articles import Article
from gongkai.statute.days import written


class LimitUnknown(ValueError):
    """No row of the table was the law on the day asked for."""


class Unit(StrEnum):
    """How a limit counts: in working days, in days of the calendar, in months."""

    WORKDAYS = "WORKDAYS"
    CALENDAR_DAYS = "CALENDAR_DAYS"
    MONTHS = "MONTHS"

    @property
    def label(self) -> str:
        """Return the Chinese word after the number (20个工作日, 60日, 6个月)."""
        return _UNIT_LABELS[self]


_UNIT_LABELS = {Unit.WORKDAYS: "个工作日", Unit.CALENDAR_DAYS: "日", Unit.MONTHS: "个月"}


class Rule(StrEnum):
    """What is limited; each name has one or more dated rows."""

    REPLY = "REPLY"
    EXTENSION = "EXTENSION"
    SUPPLEMENT_NOTICE = "SUPPLEMENT_NOTICE"
    THIRD_PARTY_OPINION = "THIRD_PARTY_OPINION"
    JOINT_ORGAN_OPINION = "JOINT_ORGAN_OPINION"
    OTHER_ORGAN_OPINION = "OTHER_ORGAN_OPINION"
    FEE_PAYMENT = "FEE_PAYMENT"
    PUBLICATION = "PUBLICATION"
    RECONSIDERATION_APPLICATION = "RECONSIDERATION_APPLICATION"
    RECONSIDERATION_LONGEST = "RECONSIDERATION_LONGEST"
    RECONSIDERATION_DECISION = "RECONSIDERATION_DECISION"
    RECONSIDERATION_EXTENSION = "RECONSIDERATION_EXTENSION"
    RECONSIDERATION_SIMPLE_DECISION = "RECONSIDERATION_SIMPLE_DECISION"
    RECONSIDERATION_REPLY = "RECONSIDERATION_REPLY"
    RECONSIDERATION_SIMPLE_REPLY = "RECONSIDERATION_SIMPLE_REPLY"
    SUIT_DIRECT = "SUIT_DIRECT"
    SUIT_DIRECT_LONGEST = "SUIT_DIRECT_LONGEST"
    SUIT_AFTER_RECONSIDERATION = "SUIT_AFTER_RECONSIDERATION"
    SUIT_DEFENCE = "SUIT_DEFENCE"
    SUIT_JUDGMENT = "SUIT_JUDGMENT"
    SUIT_SIMPLE_JUDGMENT = "SUIT_SIMPLE_JUDGMENT"
    APPEAL_OF_JUDGMENT = "APPEAL_OF_JUDGMENT"
    APPEAL_OF_RULING = "APPEAL_OF_RULING"
    APPEAL_JUDGMENT = "APPEAL_JUDGMENT"
    RECONSIDERATION_REVIEW = "RECONSIDERATION_REVIEW"
    RECONSIDERATION_OPINION = "RECONSIDERATION_OPINION"
    DECISION_PUBLICATION = "DECISION_PUBLICATION"
    ENFORCEMENT_PUBLICATION = "ENFORCEMENT_PUBLICATION"
    PENALTY_WITHDRAWAL = "PENALTY_WITHDRAWAL"
    COMPLAINT_ACCEPTANCE = "COMPLAINT_ACCEPTANCE"
    COMPLAINT_HANDLING = "COMPLAINT_HANDLING"
    COMPLAINT_EXTENSION = "COMPLAINT_EXTENSION"


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of units by an article; also what an item's own time limit is given as."""

    value: int
    unit: Unit
    article: Article

    @property
    def label(self) -> str:
        """Return the limit in Chinese, such as 20个工作日."""
        return f"{self.value}{self.unit.label}"


@dataclass(frozen=True, slots=True)
class DatedLimit:
    """One row: the limit of a rule while `valid_from` <= day <= `valid_to`."""

    rule: Rule
    limit: Limit
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether this row was the law on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class YearDate:
    """A fixed day of every year, such as 31 January (Art. 49); a date, not a term."""

    month: int
    day: int
    article: Article
    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether this row was the law on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


_OLD_FROM, _OLD_TO = date(2008, 5, 1), date(2019, 5, 14)
REVISED_ON = date(2019, 5, 15)
_FEES_FROM = date(2021, 1, 1)
RECONSIDERATION_REVISED_ON = date(2024, 1, 1)
_OLD_RECON_FROM, _OLD_RECON_TO = date(1999, 10, 1), date(2023, 12, 31)
_OLD_SUIT_FROM, _OLD_SUIT_TO = date(1990, 10, 1), date(2015, 4, 30)
_SUIT_FROM = date(2015, 5, 1)
_PENALTY_FROM, _ENFORCEMENT_FROM = date(2021, 7, 15), date(2018, 12, 5)
_OLD_PETITIONS_FROM, _OLD_PETITIONS_TO = date(2005, 5, 1), date(2022, 4, 30)
_PETITIONS_FROM = date(2022, 5, 1)
_SUIT_READING_FROM = date(2018, 2, 8)


def _row(
    rule: Rule, value: int, unit: Unit, article: Article, start: date, end: date | None = None
) -> DatedLimit:
    return DatedLimit(rule, Limit(value, unit, article), start, end)


_WD, _D, _M = Unit.WORKDAYS, Unit.CALENDAR_DAYS, Unit.MONTHS
ROWS: tuple[DatedLimit, ...] = (
    _row(Rule.REPLY, 15, _WD, art.OLD_ART_24, _OLD_FROM, _OLD_TO),
    _row(Rule.REPLY, 20, _WD, art.ART_33_2, REVISED_ON),
    _row(Rule.EXTENSION, 15, _WD, art.OLD_ART_24, _OLD_FROM, _OLD_TO),
    _row(Rule.EXTENSION, 20, _WD, art.ART_33_2, REVISED_ON),
    _row(Rule.SUPPLEMENT_NOTICE, 7, _WD, art.ART_30, REVISED_ON),
    _row(Rule.THIRD_PARTY_OPINION, 15, _WD, art.ART_32, REVISED_ON),
    _row(Rule.JOINT_ORGAN_OPINION, 15, _WD, art.ART_34, REVISED_ON),
    # Art. 33(3) sets no term for organs that did not make the record jointly; practice lets
    # the 15 working days of Art. 34 serve, without its deemed consent.
    _row(Rule.OTHER_ORGAN_OPINION, 15, _WD, art.ART_33_3, REVISED_ON),
    _row(Rule.FEE_PAYMENT, 20, _WD, art.FEE_ART_6, _FEES_FROM),
    _row(Rule.PUBLICATION, 20, _WD, art.OLD_ART_18, _OLD_FROM, _OLD_TO),
    _row(Rule.PUBLICATION, 20, _WD, art.ART_26, REVISED_ON),
    _row(
        Rule.RECONSIDERATION_APPLICATION,
        60,
        _D,
        art.OLD_RECON_ART_9,
        _OLD_RECON_FROM,
        _OLD_RECON_TO,
    ),
    _row(Rule.RECONSIDERATION_APPLICATION, 60, _D, art.RECON_ART_20_1, RECONSIDERATION_REVISED_ON),
    _row(Rule.RECONSIDERATION_LONGEST, 12, _M, art.RECON_ART_20_3, RECONSIDERATION_REVISED_ON),
    _row(
        Rule.RECONSIDERATION_DECISION, 60, _D, art.OLD_RECON_ART_31, _OLD_RECON_FROM, _OLD_RECON_TO
    ),
    _row(Rule.RECONSIDERATION_DECISION, 60, _D, art.RECON_ART_62_1, RECONSIDERATION_REVISED_ON),
    _row(
        Rule.RECONSIDERATION_EXTENSION,
        30,
        _D,
        art.OLD_RECON_ART_31,
        _OLD_RECON_FROM,
        _OLD_RECON_TO,
    ),
    _row(Rule.RECONSIDERATION_EXTENSION, 30, _D, art.RECON_ART_62_1, RECONSIDERATION_REVISED_ON),
    _row(
        Rule.RECONSIDERATION_SIMPLE_DECISION,
        30,
        _D,
        art.RECON_ART_62_2,
        RECONSIDERATION_REVISED_ON,
    ),
    # The 1999 law read only 五日 and 七日 as working days (its Art. 40): ten days were days.
    _row(Rule.RECONSIDERATION_REPLY, 10, _D, art.OLD_RECON_ART_23, _OLD_RECON_FROM, _OLD_RECON_TO),
    _row(Rule.RECONSIDERATION_REPLY, 10, _WD, art.RECON_ART_48, RECONSIDERATION_REVISED_ON),
    _row(Rule.RECONSIDERATION_SIMPLE_REPLY, 5, _WD, art.RECON_ART_54, RECONSIDERATION_REVISED_ON),
    _row(Rule.SUIT_DIRECT, 3, _M, art.OLD_LIT_ART_39, _OLD_SUIT_FROM, _OLD_SUIT_TO),
    _row(Rule.SUIT_DIRECT, 6, _M, art.LIT_ART_46, _SUIT_FROM),
    _row(Rule.SUIT_DIRECT_LONGEST, 12, _M, art.LIT_READING_ART_64, _SUIT_READING_FROM),
    _row(Rule.SUIT_AFTER_RECONSIDERATION, 15, _D, art.OLD_LIT_ART_38, _OLD_SUIT_FROM, _OLD_SUIT_TO),
    _row(Rule.SUIT_AFTER_RECONSIDERATION, 15, _D, art.LIT_ART_45, _SUIT_FROM),
    _row(Rule.SUIT_DEFENCE, 10, _D, art.OLD_LIT_ART_43, _OLD_SUIT_FROM, _OLD_SUIT_TO),
    _row(Rule.SUIT_DEFENCE, 15, _D, art.LIT_ART_67, _SUIT_FROM),
    _row(Rule.SUIT_JUDGMENT, 3, _M, art.OLD_LIT_ART_57, _OLD_SUIT_FROM, _OLD_SUIT_TO),
    _row(Rule.SUIT_JUDGMENT, 6, _M, art.LIT_ART_81, _SUIT_FROM),
    _row(Rule.SUIT_SIMPLE_JUDGMENT, 45, _D, art.LIT_ART_83, _SUIT_FROM),
    _row(Rule.APPEAL_OF_JUDGMENT, 15, _D, art.OLD_LIT_ART_58, _OLD_SUIT_FROM, _OLD_SUIT_TO),
    _row(Rule.APPEAL_OF_JUDGMENT, 15, _D, art.LIT_ART_85_1, _SUIT_FROM),
    _row(Rule.APPEAL_OF_RULING, 10, _D, art.OLD_LIT_ART_58, _OLD_SUIT_FROM, _OLD_SUIT_TO),
    _row(Rule.APPEAL_OF_RULING, 10, _D, art.LIT_ART_85_2, _SUIT_FROM),
    _row(Rule.APPEAL_JUDGMENT, 2, _M, art.OLD_LIT_ART_60, _OLD_SUIT_FROM, _OLD_SUIT_TO),
    _row(Rule.APPEAL_JUDGMENT, 3, _M, art.LIT_ART_88, _SUIT_FROM),
    # Five days are working days in both laws (Art. 40 of 1999, Art. 88 of 2023).
    _row(Rule.RECONSIDERATION_REVIEW, 5, _WD, art.OLD_RECON_ART_17, _OLD_RECON_FROM, _OLD_RECON_TO),
    _row(Rule.RECONSIDERATION_REVIEW, 5, _WD, art.RECON_ART_30, RECONSIDERATION_REVISED_ON),
    _row(Rule.RECONSIDERATION_OPINION, 60, _D, art.RECON_ART_76, RECONSIDERATION_REVISED_ON),
    _row(Rule.DECISION_PUBLICATION, 7, _WD, art.DOUBLE_PUBLICITY, _ENFORCEMENT_FROM),
    _row(Rule.ENFORCEMENT_PUBLICATION, 20, _WD, art.ENFORCEMENT_RESULT, _ENFORCEMENT_FROM),
    _row(Rule.PENALTY_WITHDRAWAL, 3, _WD, art.PENALTY_ART_48_2, _PENALTY_FROM),
    # Art. 47 and 51 set no term for complaints; the terms of petitions serve by analogy.
    _row(
        Rule.COMPLAINT_ACCEPTANCE,
        15,
        _D,
        art.OLD_PETITION_ART_22,
        _OLD_PETITIONS_FROM,
        _OLD_PETITIONS_TO,
    ),
    _row(Rule.COMPLAINT_ACCEPTANCE, 15, _D, art.PETITION_ART_23, _PETITIONS_FROM),
    _row(
        Rule.COMPLAINT_HANDLING,
        60,
        _D,
        art.OLD_PETITION_ART_33,
        _OLD_PETITIONS_FROM,
        _OLD_PETITIONS_TO,
    ),
    _row(Rule.COMPLAINT_HANDLING, 60, _D, art.PETITION_ART_34, _PETITIONS_FROM),
    _row(
        Rule.COMPLAINT_EXTENSION,
        30,
        _D,
        art.OLD_PETITION_ART_33,
        _OLD_PETITIONS_FROM,
        _OLD_PETITIONS_TO,
    ),
    _row(Rule.COMPLAINT_EXTENSION, 30, _D, art.PETITION_ART_34, _PETITIONS_FROM),
)
ORGAN_REPORT_DATES: tuple[YearDate, ...] = (
    YearDate(3, 31, art.OLD_ART_31, _OLD_FROM, _OLD_TO),
    YearDate(1, 31, art.ART_49_1, REVISED_ON),
)
GOVERNMENT_REPORT_DATES: tuple[YearDate, ...] = (
    YearDate(3, 31, art.OLD_ART_31, _OLD_FROM, _OLD_TO),
    YearDate(3, 31, art.ART_49_2, REVISED_ON),
)


def find_limit(rule: Rule, day: date) -> Limit | None:
    """Return the limit that was the law for `rule` on `day`, or None when there was none."""
    return next((row.limit for row in ROWS if row.rule is rule and row.holds_on(day)), None)


def limit_on(rule: Rule, day: date) -> Limit:
    """Return the limit that was the law for `rule` on `day`.

    Raises LimitUnknown when the law set none on that day.
    """
    limit = find_limit(rule, day)
    if limit is None:
        raise LimitUnknown(f"{written(day)}的法律没有规定这一期限（{rule}），请核对日期")
    return limit


def year_date_on(rows: Iterable[YearDate], day: date) -> YearDate:
    """Return the row of `rows` that was the law on `day`; raises LimitUnknown if none was."""
    for row in rows:
        if row.holds_on(day):
            return row
    raise LimitUnknown(f"{written(day)}的法律没有规定年度报告的公布日期，请核对年份")
