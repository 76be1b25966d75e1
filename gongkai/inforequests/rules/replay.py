"""The reducer: what the acts of a case come to, without any calendar.

Guards are not asked again: an act once recorded stays, even when a later holiday notice
puts it past its term. Only the table of states must allow each act, in its order.

A REOPEN begins a new round: what happens "once" may happen again, the result that the
first round was counted under stays (no case is counted twice).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.notices import Notice, after
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import CONCLUDED, CONCLUDING, Event, State
from gongkai.inforequests.lifecycle.transitions import next_state
from gongkai.statute.clock import ConsultationKind
from gongkai.statute.grounds import Ground, counted_ground


@dataclass(frozen=True, slots=True)
class OpenConsultation:
    """A consultation that waits for its opinion; `number` is the sequence of its act."""

    number: int
    kind: ConsultationKind
    whom: str
    sent_on: date
    served_on: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What a case has come to after some acts; `last_on` is the day of the last of them.

    `happened` are the events of this round, `ever` those of all. `concluded_on`, `ground`
    and `counted` are of the first conclusion. `opinions` are the consultations that ended,
    with what was said. `draft` is the answer on its way, `issued` its letter, `answer` the
    newest one given, `served` how it went out last, `answer_due_on` the deadline under which
    the first was given, `searched_in_vain` that the last search of this round found nothing,
    `notices` the other letters of this round.
    """

    state: State
    last_on: date
    received_on: date | None = None
    concluded_on: date | None = None
    ground: Ground | None = None
    counted: bool = True
    answer_due_on: date | None = None
    happened: frozenset[Event] = frozenset()
    ever: frozenset[Event] = frozenset()
    consultations: tuple[OpenConsultation, ...] = ()
    opinions: tuple[tuple[OpenConsultation, Opinion], ...] = ()
    told_parties: frozenset[int] = frozenset()
    notices: tuple[Notice, ...] = ()
    searched_in_vain: bool = False
    reasonable: bool | None = None
    item_grounds: Mapping[int, Ground] = field(default_factory=dict)
    item_letters: Mapping[int, str] = field(default_factory=dict)
    unit: str = ""
    handler: str = ""
    inner_due_on: date | None = None
    proposal: CaseAct | None = None
    draft: CaseAct | None = None
    issued: CaseAct | None = None
    answer: CaseAct | None = None
    served: CaseAct | None = None
    mail_returned: bool = False
    reopened: CaseAct | None = None
    round: int = 1

    @property
    def pending(self) -> bool:
        """Return whether anything is still owed to the requester."""
        return self.state not in CONCLUDED

    def notice(self, code: str, number: int) -> Notice | None:
        """Return the letter of a kind that tells of act `number` of this round, or None."""
        found = (each for each in self.notices if (each.code, each.number) == (code, number))
        return next(found, None)

    def open_consultation(self, number: int) -> OpenConsultation | None:
        """Return the open consultation begun by act `number`, or None."""
        return next((each for each in self.consultations if each.number == number), None)

    @property
    def objections(self) -> tuple[tuple[OpenConsultation, Opinion], ...]:
        """Return the third parties that did not agree, or only in part (Art. 32)."""
        return tuple(
            (asked, opinion)
            for asked, opinion in self.opinions
            if asked.kind is ConsultationKind.THIRD_PARTY
            and opinion in (Opinion.REFUSES, Opinion.PARTLY)
        )


_LAPSES = {
    Event.LAPSE_SUPPLEMENT: Ground.NOT_SUPPLEMENTED,
    Event.LAPSE_FEE: Ground.FEE_UNPAID,
    Event.WITHDRAW: Ground.OTHER,
}


def resolve(case: Case, event: Event) -> Event:
    """Return the event as the table names it: the last opinion, a reply of a later round."""
    if event is Event.RECORD_OPINION and len(case.consultations) == 1:
        return Event.RECORD_LAST_OPINION
    if event is Event.REPLY and case.round > 1:
        return Event.REPLY_ANEW
    return event


def replay(acts: Iterable[CaseAct]) -> Case:
    """Return what `acts`, in their order, come to.

    Raises Refused when the table of states does not allow an act, ValueError for no acts.
    """
    case: Case | None = None
    for act in acts:
        if case is None:
            if act.kind is not Event.SUBMIT:
                raise ValueError("a case begins with SUBMIT")
            begun = frozenset({Event.SUBMIT})
            case = Case(State.SUBMITTED, act.on, happened=begun, ever=begun)
        else:
            case = _after(case, act)
    if case is None:
        raise ValueError("a case has at least one act")
    return case


def _after(case: Case, act: CaseAct) -> Case:
    moved = replace(
        case,
        state=next_state(case.state, act.kind),
        last_on=max(case.last_on, act.on),
        happened=case.happened | {act.kind},
        ever=case.ever | {act.kind},
        notices=after(case.notices, act),
    )
    step = _STEPS.get(act.kind)
    moved = step(moved, act) if step else moved
    return _concluded(moved, act) if act.kind in CONCLUDING else moved


def _concluded(case: Case, act: CaseAct) -> Case:
    """Return the case with its result; what was never received is not counted."""
    return replace(
        case,
        concluded_on=act.on,
        ground=ground_of(act),
        counted=case.received_on is not None,
        answer_due_on=act.day("due_on") if act.kind is Event.REPLY else None,
        consultations=(),
    )


def ground_of(act: CaseAct) -> Ground:
    """Return the one ground under which the result that `act` gives is counted.

    A lapse or withdrawal has its own; a reply the office's choice, or the rule's.
    Raises KeyError for an act that gives no result.
    """
    if act.kind is not Event.REPLY:
        return _LAPSES[act.kind]
    if act.data.get("chosen"):
        return Ground(act.data["chosen"])
    grounds = grounds_told(act)
    return counted_ground([grounds[place] for place in sorted(grounds)])


def grounds_told(act: CaseAct) -> dict[int, Ground]:
    """Return the ground of each item that a draft or a reply tells, by its number."""
    return {int(place): Ground(value) for place, value in act.data["grounds"].items()}


def _register(case: Case, act: CaseAct) -> Case:
    return replace(case, received_on=act.on)


def _assign(case: Case, act: CaseAct) -> Case:
    return replace(
        case,
        unit=act.data.get("unit", ""),
        handler=act.data.get("handler", ""),
        inner_due_on=act.day("inner_due_on"),
    )


def _search(case: Case, act: CaseAct) -> Case:
    return replace(case, searched_in_vain=not act.data["found"])


def _consult(case: Case, act: CaseAct) -> Case:
    begun = OpenConsultation(act.sequence, act.consultation_kind, act.data["whom"], act.on)
    return replace(case, consultations=(*case.consultations, begun))


def _serve_consultation(case: Case, act: CaseAct) -> Case:
    number = act.data["consultation"]
    served = tuple(
        replace(each, served_on=act.on) if each.number == number else each
        for each in case.consultations
    )
    return replace(case, consultations=served)


def _opinion(case: Case, act: CaseAct) -> Case:
    number, opinion = act.data["consultation"], Opinion(act.data["opinion"])
    ended = tuple((each, opinion) for each in case.consultations if each.number == number)
    left = tuple(each for each in case.consultations if each.number != number)
    return replace(case, consultations=left, opinions=(*case.opinions, *ended))


def _tell(case: Case, act: CaseAct) -> Case:
    return replace(case, told_parties=case.told_parties | {act.data["consultation"]})


def _reasons(case: Case, act: CaseAct) -> Case:
    return replace(case, reasonable=act.data["reasonable"])


def _reply(case: Case, act: CaseAct) -> Case:
    letters = {int(place): code for place, code in act.data.get("letters", {}).items()}
    return replace(
        case,
        item_grounds=grounds_told(act),
        item_letters=letters,
        answer=act,
        served=act,
        mail_returned=False,
    )


def _not_counted(case: Case, act: CaseAct) -> Case:
    """Passed on, split or merged: other cases carry it, this one is in no row."""
    return replace(case, concluded_on=act.on, counted=False)


def _reopen(case: Case, act: CaseAct) -> Case:
    return replace(
        case,
        happened=frozenset({act.kind}),
        notices=(),
        searched_in_vain=False,
        reasonable=None,
        inner_due_on=None,
        proposal=None,
        draft=None,
        issued=None,
        mail_returned=False,
        reopened=act,
        round=case.round + 1,
    )


_STEPS: Mapping[Event, Callable[[Case, CaseAct], Case]] = {
    Event.REGISTER: _register,
    Event.TRANSFER: _not_counted,
    Event.SPLIT: _not_counted,
    Event.MERGE: _not_counted,
    Event.ASSIGN: _assign,
    Event.SEARCH: _search,
    Event.CONSULT_THIRD_PARTY: _consult,
    Event.CONSULT_ORGAN: _consult,
    Event.SERVE_CONSULTATION: _serve_consultation,
    Event.RECORD_OPINION: _opinion,
    Event.RECORD_LAST_OPINION: _opinion,
    Event.TELL_THIRD_PARTY: _tell,
    Event.PROPOSE_EXTENSION: lambda case, act: replace(case, proposal=act),
    Event.RECEIVE_REASONS: _reasons,
    Event.DRAFT_REPLY: lambda case, act: replace(case, draft=act),
    Event.RETURN_DRAFT: lambda case, act: replace(case, draft=None),
    Event.ISSUE: lambda case, act: replace(case, issued=act),
    Event.CANCEL_ISSUE: lambda case, act: replace(case, issued=None, draft=None),
    Event.REPLY: _reply,
    Event.REPLY_ANEW: _reply,
    Event.RETURN_MAIL: lambda case, act: replace(case, mail_returned=True),
    Event.SERVE_AGAIN: lambda case, act: replace(case, served=act, mail_returned=False),
    Event.REOPEN: _reopen,
}
