"""The letter of a decision on a correction, issued in the decision's own transaction (Art. 41)."""

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.audit import Actor
from gongkai.inforequests.lifecycle.corrections import CorrectionEvent
from gongkai.inforequests.lifecycle.errors import BadAct
from gongkai.inforequests.models import CorrectionRequest
from gongkai.letters.actions import LetterError, issue
from gongkai.letters.queries import LetterKind, LetterValues
from gongkai.statute.days import written
from gongkai.statute.requesters import RequesterKind


@dataclass(frozen=True, slots=True)
class Decision:
    """What the organ found; `to` names the organ with the power where this one has none."""

    event: CorrectionEvent
    finding: str
    to: str = ""


LETTERS = {
    CorrectionEvent.CORRECT: LetterKind.CORRECTED,
    CorrectionEvent.REFUSE: LetterKind.NOT_CORRECTED,
    CorrectionEvent.PASS_ON: LetterKind.PASSED_ON,
    CorrectionEvent.TELL_WHERE: LetterKind.PASSED_ON,
}


def issue_letter(
    held: CorrectionRequest, decision: Decision, to: str, on: date, *, by: Actor, at: datetime
) -> str:
    """Issue the letter of a decision and return its document number."""
    person = RequesterKind(held.requester_kind) is RequesterKind.NATURAL_PERSON
    values = LetterValues(
        recipient=held.requester.details.name,
        organisation=not person,
        request_number=held.number,
        received_words=written(held.received_on or on),
        asked=f"更正“{held.record}”",
        paragraphs=_paragraphs(held, decision, to, "你" if person else "你单位"),
    )
    kind = LETTERS[decision.event]
    try:
        letter = issue(
            held.organ, kind=kind, about=held.typed_id, values=values, on=on, by=by, at=at
        )
    except LetterError as error:
        raise BadAct(str(error), error.field) from error
    return letter.number


_BY_ART_41 = "根据《中华人民共和国政府信息公开条例》第四十一条的规定，"


def _paragraphs(held: CorrectionRequest, decision: Decision, to: str, you: str) -> tuple[str, ...]:
    """Return what was found and what follows from it, one paragraph each."""
    finding = decision.finding.strip().rstrip("。") + "。"
    name, elsewhere = f"“{held.record}”", "不属于本机关职能范围。"
    result = {
        CorrectionEvent.CORRECT: f"{_BY_ART_41}本机关已对{name}予以更正。",
        CorrectionEvent.REFUSE: f"{_BY_ART_41}本机关对{name}不予更正。",
        CorrectionEvent.PASS_ON: f"{name}{elsewhere}{_BY_ART_41}本机关已将{you}的更正申请"
        f"转送{to}处理。",
        CorrectionEvent.TELL_WHERE: f"{name}{elsewhere}{_BY_ART_41}请{you}向{to}提出更正申请。",
    }[decision.event]
    return (finding, result)
