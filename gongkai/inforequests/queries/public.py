"""What a requester may see of a request with its number and query code (issue 3 section 1).

No identity, no names of staff or of third parties, no inner steps.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gongkai.adapters.cipher import keyring
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries.cases import acts_of
from gongkai.statute.grounds import Ground
from gongkai.text import query_codes as codes

CODE_PURPOSE = "inforequests.query_code"
_NOBODY = "0" * 64
_STATE_WORDS = {
    State.SUBMITTED: "已提交，待确认收到",
    State.REGISTERED: "已收到，办理中",
    State.AWAITING_SUPPLEMENT: "请补正申请",
    State.CONSULTING: "正在征求第三方或者其他机关意见",
    State.AWAITING_PAYMENT: "请缴纳信息处理费",
    State.REPLIED: "已答复",
    State.LAPSED: "已终止办理（视为放弃申请）",
    State.WITHDRAWN: "已撤回",
    State.SPLIT: "已拆分为多件办理",
    State.MERGED: "已与另一件合并办理",
    State.TRANSFERRED: "已移送有关机关",
    State.CLOSED: "已办结",
    State.ARCHIVED: "已办结",
}
_STEP_WORDS = {
    Event.SUBMIT: "提交申请",
    Event.REGISTER: "确认收到申请，答复期限自次日起算",
    Event.TRANSFER: "移送有关机关办理",
    Event.SPLIT: "拆分为多件分别办理",
    Event.MERGE: "与另一件申请合并办理",
    Event.ASK_SUPPLEMENT: "告知补正",
    Event.RECEIVE_SUPPLEMENT: "收到补正，答复期限重新计算",
    Event.LAPSE_SUPPLEMENT: "逾期未补正，视为放弃申请",
    Event.CONSULT_THIRD_PARTY: "征求第三方意见，所需时间不计入答复期限",
    Event.CONSULT_ORGAN: "征求其他机关意见，所需时间不计入答复期限",
    Event.RECORD_LAST_OPINION: "征求意见结束",
    Event.EXTEND: "延长答复期限",
    Event.ASK_REASONS: "请申请人说明理由",
    Event.RECEIVE_REASONS: "收到申请人说明的理由",
    Event.SET_DELAY: "确定延迟答复的合理期限",
    Event.CHARGE_FEE: "通知缴纳信息处理费",
    Event.RECORD_PAYMENT: "收到缴费，答复期限重新计算",
    Event.LAPSE_FEE: "逾期未缴费，视为放弃申请",
    Event.REPLY: "作出答复",
    Event.REPLY_ANEW: "重新作出答复",
    Event.RETURN_MAIL: "邮寄的答复被退回",
    Event.SERVE_AGAIN: "重新送达答复",
    Event.WITHDRAW: "撤回申请",
    Event.REOPEN: "按复议决定或者判决重新办理",
}
_ANSWERS = (Event.REPLY, Event.REPLY_ANEW)


@dataclass(frozen=True, slots=True)
class PublicStep:
    """One thing that happened, in words for the requester."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """How a request stands, for whoever knows its number and code.

    `due_on` is no certain day while `provisional`. `letters` and `files` are the ids of the
    letters served (`letters.Letter`) and of the files released (`files.StoredFile`), of all
    rounds, oldest first. `goes_on_as` are the numbers under which the matter is handled on
    (after a transfer, a split or a merger).
    """

    number: str
    organ: str
    description: str
    state: str
    submitted_on: date
    received_on: date | None
    due_on: date | None
    provisional: bool
    requester_due_on: date | None
    answered_on: date | None
    outcome: str
    steps: tuple[PublicStep, ...]
    letters: tuple[str, ...]
    files: tuple[str, ...]
    goes_on_as: tuple[str, ...]


def code_digest(code: str) -> str:
    """Return the keyed digest under which a query code is stored; "" for no code."""
    return keyring().blind_index(codes.typed(code), CODE_PURPOSE)


def case_by_code(number: str, code: str) -> InfoRequest | None:
    """Return the request of that number if the code is its own, else None.

    Takes as long for a wrong number as for a wrong code: the digest is always worked out and
    compared in constant time.
    """
    asked = number.replace("\x00", "").strip()
    found = InfoRequest.objects.select_related("organ").filter(number=asked).first()
    kept = (found.query_code_digest if found else "") or _NOBODY
    right = hmac.compare_digest(kept.encode(), code_digest(code).encode())
    return found if right else None


def public_status(info_request: InfoRequest) -> PublicStatus:
    """Return how a request stands, as its requester may see it."""
    acts, state = acts_of(info_request), State(info_request.state)
    letters, files = _given_out(acts)
    answers = [act.on for act in acts if act.kind in _ANSWERS]
    answered = not info_request.pending and answers
    ground = Ground(info_request.ground).label if answered and info_request.ground else ""
    return PublicStatus(
        number=info_request.number,
        organ=info_request.organ.name,
        description=info_request.description,
        state=_STATE_WORDS.get(state, "办理中"),
        submitted_on=timezone.localdate(info_request.submitted_at),
        received_on=info_request.received_on,
        due_on=info_request.due_on if info_request.pending else None,
        provisional=info_request.provisional,
        requester_due_on=info_request.requester_due_on,
        answered_on=answers[-1] if answered else None,
        outcome=ground,
        steps=tuple(
            PublicStep(act.on, _STEP_WORDS[act.kind]) for act in acts if act.kind in _STEP_WORDS
        ),
        letters=letters,
        files=files,
        goes_on_as=_goes_on_as(info_request, state),
    )


def _given_out(acts: Iterable[CaseAct]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the letters and files of the answers that were served."""
    letters: list[str] = []
    files: list[str] = []
    draft: CaseAct | None = None
    issued: CaseAct | None = None
    for act in acts:
        if act.kind is Event.DRAFT_REPLY:
            draft, issued = act, None
        elif act.kind is Event.ISSUE:
            issued = act
        elif act.kind is Event.CANCEL_ISSUE:
            issued = None
        elif act.kind in _ANSWERS and issued and draft:
            letters += issued.data["letter_ids"]
            for ids in draft.data.get("released", {}).values():
                files += ids
    return tuple(letters), tuple(dict.fromkeys(files))


def _goes_on_as(info_request: InfoRequest, state: State) -> tuple[str, ...]:
    if state is State.MERGED and info_request.merged_into:
        return (info_request.merged_into.number,)
    if state is State.SPLIT:
        return tuple(info_request.parts.order_by("number").values_list("number", flat=True))
    if state is State.TRANSFERRED:
        return tuple(info_request.passed_on.values_list("number", flat=True))
    return ()
