"""Kinds of events, grounds and measures of accountability, lengths of periods."""

from enum import StrEnum


class EventKind(StrEnum):
    """What was held."""

    TRAINING = "TRAINING"
    MEETING = "MEETING"
    ACTIVITY = "ACTIVITY"

    @property
    def label(self) -> str:
        """Return the kind in Chinese."""
        return {"TRAINING": "业务培训", "MEETING": "工作会议", "ACTIVITY": "体验、开放活动"}[
            self.value
        ]


class Fault(StrEnum):
    """For what an organ or a person is held to account (Art. 47, 52, 53)."""

    NO_SYSTEM = "NO_SYSTEM"
    NOT_DONE = "NOT_DONE"
    NOT_UPDATED = "NOT_UPDATED"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        """Return the ground in Chinese, with its article."""
        return {
            "NO_SYSTEM": "没有建立健全政府信息公开有关制度、机制（第五十二条）",
            "NOT_DONE": "不依法履行政府信息公开职能（第五十三条第一项）",
            "NOT_UPDATED": "不及时更新公开内容、指南和目录（第五十三条第二项）",
            "OTHER": "违反条例规定的其他情形（第五十三条第三项）",
        }[self.value]


class Sanction(StrEnum):
    """What followed."""

    ORDERED = "ORDERED"
    TALKED_TO = "TALKED_TO"
    CRITICISED = "CRITICISED"
    DISCIPLINED = "DISCIPLINED"
    TRANSFERRED = "TRANSFERRED"

    @property
    def label(self) -> str:
        """Return the measure in Chinese."""
        return {
            "ORDERED": "责令改正",
            "TALKED_TO": "约谈",
            "CRITICISED": "通报批评",
            "DISCIPLINED": "依法给予处分",
            "TRANSFERRED": "移送有关机关处理",
        }[self.value]


class Span(StrEnum):
    """How long the period of a sheet is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def label(self) -> str:
        """Return the length in Chinese."""
        return {"month": "月", "quarter": "季度", "half": "半年", "year": "年"}[self.value]

    @property
    def months(self) -> int:
        """Return how many months it has."""
        return {"month": 1, "quarter": 3, "half": 6, "year": 12}[self.value]
