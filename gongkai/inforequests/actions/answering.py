"""Answering: draft, review, sign, issue; going out is in `serving` (Art. 17, 36-38, 45).

Each verb raises Refused or BadAct without changing anything (see `lifecycle.errors`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gongkai.audit import Actor
from gongkai.files.models import Purpose, StoredFile
from gongkai.inforequests.actions import letters
from gongkai.inforequests.actions.recording import (
    append,
    check,
    local_day,
    lock,
    perform,
)
from gongkai.inforequests.lifecycle.errors import BadAct
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import InfoRequest
from gongkai.statute.grounds import Ground


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item of a draft.

    `letter` is a code of `ground.letters`, the usual one when empty; `details` the facts of
    its standard sentence by name (`letters.queries.facts_of`), `facts` words that follow it or
    stand in its place; `released` the ids of released files of this case.
    """

    place: int
    ground: Ground
    letter: str = ""
    facts: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    released: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Return the letter's code; what is no government information is the usual OTHER."""
        usual = self.ground.letters[-1 if self.ground is Ground.OTHER else 0]
        return self.letter or usual


def draft_reply(
    info_request: InfoRequest,
    *,
    answers: Sequence[Answer],
    chosen: Ground | None = None,
    reason: str = "",
    note: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Hand in a draft that answers every item; somebody else reviews it (Art. 17).

    `chosen` with a `reason` overrides the row of table three, see `reply`. Files given out
    must be released files of this case.
    """
    data: dict[str, Any] = {
        "grounds": {str(each.place): each.ground.value for each in answers},
        "letters": {str(each.place): each.code for each in answers},
        "facts": {str(each.place): each.facts for each in answers if each.facts.strip()},
        "details": {
            str(each.place): {name: text for name, text in each.details.items() if text}
            for each in answers
            if any(each.details.values())
        },
        "released": {str(each.place): list(each.released) for each in answers if each.released},
        "chosen": chosen.value if chosen else None,
        "reason": reason,
        "note": note,
    }
    with transaction.atomic():
        case = lock(info_request)
        done = append(case, Event.DRAFT_REPLY, verb="draft_reply", on=on, data=data, by=by, at=at)
        _check_released(done, answers)
        acts = (*case.acts, done.acts.latest("sequence").value)
        letters.check_draft(done, acts, acts[-1])
    return done


def pass_draft(
    info_request: InfoRequest, *, note: str = "", on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Pass a draft on to be signed; not by whoever drafted it (Art. 17)."""
    data = {"note": note}
    return perform(
        info_request, Event.PASS_DRAFT, verb="pass_draft", on=on, data=data, by=by, at=at
    )


def return_draft(
    info_request: InfoRequest, *, why: str, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Send a draft back to be changed, or to go on with the case."""
    data = {"why": why}
    return perform(
        info_request, Event.RETURN_DRAFT, verb="return_draft", on=on, data=data, by=by, at=at
    )


def sign(info_request: InfoRequest, *, on: date, by: Actor, at: datetime) -> InfoRequest:
    """Sign a reviewed draft; not by whoever drafted it (Art. 45)."""
    return perform(info_request, Event.SIGN, verb="sign", on=on, data={}, by=by, at=at)


def issue_reply(info_request: InfoRequest, *, on: date, by: Actor, at: datetime) -> InfoRequest:
    """Make the letter of the signed draft: numbered, sealed, frozen; dated `on` (Art. 36).

    The letter and the act are one transaction: both are there or neither.
    """
    with transaction.atomic():
        case = lock(info_request)
        told = {"letter_ids": [""], "numbers": [""], "kind": "-"}
        check(case, Event.ISSUE, on=on, data=told, by=by, today=local_day(at))
        draft = case.come_to.draft
        if draft is None:  # a signed case has its draft
            raise AssertionError(info_request.number)
        letter = letters.issue_answer(case.info_request, case.acts, draft, on=on, by=by, at=at)
        data = {
            "letter_ids": [str(letter.pk)],
            "numbers": [letter.number],
            "kind": letter.kind,
        }
        return append(case, Event.ISSUE, verb="issue", on=on, data=data, by=by, at=at)


def cancel_issue(
    info_request: InfoRequest, *, reason: str, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Strike a letter that was not served; its number stays on record, the case goes on."""
    with transaction.atomic():
        case = lock(info_request)
        issued = case.come_to.issued
        data = {"reason": reason, "numbers": issued.data["numbers"] if issued else []}
        done = append(case, Event.CANCEL_ISSUE, verb="cancel_issue", on=on, data=data, by=by, at=at)
        if issued:
            letters.strike(issued, reason=reason, by=by, at=at)
    return done


def _check_released(info_request: InfoRequest, answers: Sequence[Answer]) -> None:
    """Refuse files that are not released files of this case."""
    wanted = {each for answer in answers for each in answer.released}
    if not wanted:
        return
    try:
        ids = {UUID(each) for each in wanted}
    except ValueError:
        raise BadAct("“随答复提供的文件”不存在，请重新选择", "released") from None
    found = StoredFile.objects.filter(
        about=info_request.typed_id, purpose=Purpose.RELEASED, removed_at=None, pk__in=ids
    )
    if found.count() != len(ids):
        raise BadAct(
            "“随答复提供的文件”须是本申请已经生成的公开件，请先生成公开件再选择", "released"
        )
