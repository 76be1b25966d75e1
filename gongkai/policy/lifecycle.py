"""The life of a policy document's record, and the states of its validity.

Two things are kept apart. The state says how far the record has come: its text drafted
here, made, published, or withdrawn because it was registered in error. Validity (立改废) is no
state but follows from dates, see `rules.validity_on`: an invalid document stays
published, stamped, and is never taken off (国办发〔2018〕37号).
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.statute.lifecycles import Arrow


class DocumentState(StrEnum):
    """How far the record of a document has come."""

    DRAFTING = "DRAFTING"
    MADE = "MADE"
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def label(self) -> str:
        """Return the Chinese name of the state."""
        return {
            "DRAFTING": "起草审签中",
            "MADE": "已制发未公开",
            "PUBLISHED": "已公开",
            "WITHDRAWN": "登记已撤回",
        }[self.value]


class DocumentEvent(StrEnum):
    """What can happen to a document."""

    EDIT = "EDIT"
    CORRECT = "CORRECT"
    PUBLISH = "PUBLISH"
    TAKE_OFF = "TAKE_OFF"
    AMEND = "AMEND"
    REPEAL = "REPEAL"
    RELATE = "RELATE"
    LAPSE = "LAPSE"
    FILE = "FILE"
    CANCEL_RELATION = "CANCEL_RELATION"
    WITHDRAW = "WITHDRAW"

    @property
    def label(self) -> str:
        """Return the Chinese name of the event."""
        return {
            "EDIT": "修改起草事项",
            "CORRECT": "更正登记",
            "PUBLISH": "公开",
            "TAKE_OFF": "撤下正文",
            "AMEND": "修改",
            "REPEAL": "废止",
            "RELATE": "登记关联文件",
            "LAPSE": "宣布失效",
            "FILE": "登记备案",
            "CANCEL_RELATION": "撤销误登的关系",
            "WITHDRAW": "撤回登记",
        }[self.value]


_DRAFTING, _MADE = DocumentState.DRAFTING, DocumentState.MADE
_PUBLISHED = DocumentState.PUBLISHED
_NOT_REPEALED = "尚未废止，也未期满失效"

TRANSITIONS: Mapping[tuple[DocumentState, DocumentEvent], Arrow[DocumentState]] = {
    (_DRAFTING, DocumentEvent.EDIT): Arrow(_DRAFTING),
    (_DRAFTING, DocumentEvent.PUBLISH): Arrow(
        _PUBLISHED,
        article="条例第二十条第一项、第二十六条",
        guard="正文经审核签发，解读一并签发或者已确定免予解读",
    ),
    (_DRAFTING, DocumentEvent.WITHDRAW): Arrow(
        DocumentState.WITHDRAWN, guard="正文从未公开，写明理由"
    ),
    (_MADE, DocumentEvent.CORRECT): Arrow(_MADE, guard="写明理由"),
    (_MADE, DocumentEvent.PUBLISH): Arrow(
        _PUBLISHED, article="条例第二十条第一项、第二十六条", guard="公开日期不早于成文日期"
    ),
    (_MADE, DocumentEvent.AMEND): Arrow(_MADE, article="国办发〔2018〕37号", guard=_NOT_REPEALED),
    (_MADE, DocumentEvent.REPEAL): Arrow(_MADE, article="国办发〔2018〕37号", guard=_NOT_REPEALED),
    (_MADE, DocumentEvent.RELATE): Arrow(_MADE),
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
    (_PUBLISHED, DocumentEvent.LAPSE): Arrow(
        _PUBLISHED, article="国办发〔2018〕37号", guard=_NOT_REPEALED
    ),
    (_PUBLISHED, DocumentEvent.RELATE): Arrow(_PUBLISHED),
    (_PUBLISHED, DocumentEvent.FILE): Arrow(
        _PUBLISHED, article="江西省规范性文件备案办法第三条", guard="规章、行政规范性文件"
    ),
    (_PUBLISHED, DocumentEvent.TAKE_OFF): Arrow(_MADE, guard="公开的正文已撤下，写明原因"),
    (_PUBLISHED, DocumentEvent.CANCEL_RELATION): Arrow(_PUBLISHED, guard="写明理由"),
}
