"""The life of a letter: issued, and cancelled when it was wrong; its number is never used again."""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.statute.lifecycles import Arrow


class LetterState(StrEnum):
    """Whether a letter stands."""

    ISSUED = "ISSUED"
    CANCELLED = "CANCELLED"

    @property
    def label(self) -> str:
        """Return the Chinese name of the state."""
        return {"ISSUED": "已签发", "CANCELLED": "作废"}[self.value]


class LetterEvent(StrEnum):
    """What can happen to a letter."""

    CANCEL = "CANCEL"

    @property
    def label(self) -> str:
        """Return the Chinese name of the event."""
        return "作废"


TRANSITIONS: Mapping[tuple[LetterState, LetterEvent], Arrow[LetterState]] = {
    (LetterState.ISSUED, LetterEvent.CANCEL): Arrow(
        LetterState.CANCELLED,
        article="党政机关公文处理工作条例第九条",
        guard="写明理由，文号保留并注明作废",
    ),
}
