"""体裁: the fifteen kinds of official document and what a platform publishes beside them.

The kinds are those of 党政机关公文处理工作条例 (中办发〔2012〕14号) 第八条; the platform's own
values follow. The value is stored, the label is shown and printed.
"""

from enum import StrEnum


class Genre(StrEnum):
    """One kind of document or of other public information."""

    RESOLUTION = "RESOLUTION"
    DECISION = "DECISION"
    ORDER = "ORDER"
    COMMUNIQUE = "COMMUNIQUE"
    ANNOUNCEMENT = "ANNOUNCEMENT"
    PUBLIC_NOTICE = "PUBLIC_NOTICE"
    OPINION = "OPINION"
    NOTICE = "NOTICE"
    CIRCULAR = "CIRCULAR"
    REPORT = "REPORT"
    REQUEST = "REQUEST"
    REPLY = "REPLY"
    BILL = "BILL"
    LETTER = "LETTER"
    MINUTES = "MINUTES"
    RULES = "RULES"
    INTERPRETATION = "INTERPRETATION"
    CHART = "CHART"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        """Return the Chinese name."""
        return _LABELS[self]

    @property
    def official(self) -> bool:
        """Say whether it is one of the fifteen kinds of official document."""
        return self not in _PLATFORM


_LABELS = {
    Genre.RESOLUTION: "决议",
    Genre.DECISION: "决定",
    Genre.ORDER: "命令（令）",
    Genre.COMMUNIQUE: "公报",
    Genre.ANNOUNCEMENT: "公告",
    Genre.PUBLIC_NOTICE: "通告",
    Genre.OPINION: "意见",
    Genre.NOTICE: "通知",
    Genre.CIRCULAR: "通报",
    Genre.REPORT: "报告",
    Genre.REQUEST: "请示",
    Genre.REPLY: "批复",
    Genre.BILL: "议案",
    Genre.LETTER: "函",
    Genre.MINUTES: "纪要",
    Genre.RULES: "规章",
    Genre.INTERPRETATION: "政策解读",
    Genre.CHART: "图表",
    Genre.OTHER: "其他",
}
_PLATFORM = frozenset({Genre.RULES, Genre.INTERPRETATION, Genre.CHART, Genre.OTHER})
_NAMED = {genre.label: genre for genre in Genre} | {
    "命令": Genre.ORDER,
    "令": Genre.ORDER,
    "命令(令)": Genre.ORDER,
    "解读": Genre.INTERPRETATION,
}


def genre_named(words: str) -> Genre | None:
    """Return the genre that another site calls `words`; None when it is none of ours."""
    return _NAMED.get(words.strip())
