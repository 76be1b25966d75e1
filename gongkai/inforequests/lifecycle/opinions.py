"""How a consultation ended: the opinion given, or none (Art. 32, 34)."""

from enum import StrEnum


class Opinion(StrEnum):
    """What a consulted party said. SILENT: the 15 working days ran out unanswered."""

    AGREES = "AGREES"
    PARTLY = "PARTLY"
    REFUSES = "REFUSES"
    SILENT = "SILENT"
    CANCELLED = "CANCELLED"

    @property
    def label(self) -> str:
        """Return the opinion in Chinese."""
        return {
            "AGREES": "同意公开",
            "PARTLY": "部分同意",
            "REFUSES": "不同意公开",
            "SILENT": "逾期未提出意见",
            "CANCELLED": "撤回征求",
        }[self.value]
