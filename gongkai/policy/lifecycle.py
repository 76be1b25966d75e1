"""The life of a policy document's record, and the states of its validity.

Two things are kept apart. The state says how far the record has come: made,
published, or withdrawn because it was registered in error. Validity (立改废) is no
state but follows from dates, see `rules.validity_on`: an invalid document stays
published, stamped, and is never taken off (国办发〔2018〕37号).
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.statute.lifecycles import Arrow


class DocumentState(StrEnum):
    """How far the record of a document has come."""

    MADE = "MADE"
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def label(self) -> str:
        """Return the Chinese name of the state."""
        return {"MADE": "已制发未公开", "PUBLISHED": "已公开", "WITHDRAWN": "登记已撤回"}[
            self.value
        ]


class DocumentEvent(StrEnum):
    """What can happen to a document."""

    CORRECT = "CORRECT"
    PUBLISH = "PUBLISH"
    AMEND = "AMEND"
    REPEAL = "REPEAL"
    CANCEL_RELATION = "CANCEL_RELATION"
    WITHDRAW = "WITHDRAW"

    @property
    def label(self) -> str:
        """Return the Chinese name of the event."""
        return {
            "CORRECT": "更正登记",
            "PUBLISH": "公开",
            "AMEND": "修改",
            "REPEAL": "废止",
            "CANCEL_RELATION": "撤销误登的修改或废止",
            "WITHDRAW": "撤回登记",
        }[self.value]


_MADE, _PUBLISHED = DocumentState.MADE, DocumentState.PUBLISHED
_NOT_REPEALED = "尚未废止，也未期满失效"

TRANSITIONS: Mapping[tuple[DocumentState, DocumentEvent], Arrow[DocumentState]] = {
    (_MADE, DocumentEvent.CORRECT): Arrow(_MADE, guard="写明理由"),
    (_MADE, DocumentEvent.PUBLISH): Arrow(
        _PUBLISHED, article="条例第二十条第一项、第二十六条", guard="公开日期不早于成文日期"
    ),
    (_MADE, DocumentEvent.AMEND): Arrow(_MADE, article="国办发〔2018〕37号", guard=_NOT_REPEALED),
    (_MADE, DocumentEvent.REPEAL): Arrow(_MADE, article="国办发〔2018〕37号", guard=_NOT_REPEALED),
    (_MADE, DocumentEvent.CANCEL_RELATION): Arrow(_MADE, guard="写明理由"),
    (_MADE, DocumentEvent.WITHDRAW): Arrow(
        DocumentState.WITHDRAWN, guard="写明理由，没有修改或废止其他文件"
    ),
    (_PUBLISHED, DocumentEvent.CORRECT): Arrow(_PUBLISHED, guard="写明理由"),
    (_PUBLISHED, DocumentEvent.AMEND): Arrow(
        _PUBLISHED, article="国办发〔2018〕37号", guard=_NOT_REPEALED
    ),
    (_PUBLISHED, DocumentEvent.REPEAL): Arrow(
        _PUBLISHED, article="国办发〔2018〕37号", guard=_NOT_REPEALED
    ),
    (_PUBLISHED, DocumentEvent.CANCEL_RELATION): Arrow(_PUBLISHED, guard="写明理由"),
}
