"""The reducer: what the acts of a case come to, without any calendar.

Guards are not asked again: an act once recorded stays, even when a later holiday notice
puts it past its term. Only the table of states must allow each act, in its order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.states import CONCLUDING, Event, State, next_state
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
    """What a case has come to after some acts; `last_on` is the day of the last of them."""

    state: State
    last_on: date
    received_on: date | None = None
    concluded_on: date | None = None
    ground: Ground | None = None
    counted: bool = True
    happened: frozenset[Event] = frozenset()
    consultations: tuple[OpenConsultation, ...] = ()
    item_grounds: Mapping[int, Ground] = field(default_factory=dict)

    def open_consultation(self, number: int) -> OpenConsultation | None:
        """Return the open consultation begun by act `number`, or None."""
        return next((each for each in self.consultations if each.number == number), None)


_CONSULTING = frozenset({Event.CONSULT_THIRD_PARTY, Event.CONSULT_ORGAN})
_OPINIONS = frozenset({Event.RECORD_OPINION, Event.RECORD_LAST_OPINION})
_LAPSES = {
    Event.LAPSE_SUPPLEMENT: Ground.NOT_SUPPLEMENTED,
    Event.LAPSE_FEE: Ground.FEE_UNPAID,
    Event.WITHDRAW: Ground.OTHER,
}


def resolve(case: Case, event: Event) -> Event:
    """Return the event itself, or RECORD_LAST_OPINION when no other opinion is awaited."""
    if event is Event.RECORD_OPINION and len(case.consultations) == 1:
        return Event.RECORD_LAST_OPINION
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
            case = Case(State.SUBMITTED, act.on, happened=frozenset({Event.SUBMIT}))
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
        consultations=_consultations(case, act),
    )
    if act.kind is Event.REGISTER:
        return replace(moved, received_on=act.on)
    if act.kind is Event.REPLY:
        moved = replace(moved, item_grounds=_item_grounds(act))
    if act.kind in CONCLUDING:
        return _concluded(moved, act, ground_of(act))
    if act.kind is Event.SPLIT:
        return replace(moved, concluded_on=act.on, counted=False)
    return moved


def _concluded(case: Case, act: CaseAct, ground: Ground) -> Case:
    """Return the case with its result; what was never received is not counted."""
    counted = case.received_on is not None
    return replace(case, concluded_on=act.on, ground=ground, counted=counted, consultations=())


def ground_of(act: CaseAct) -> Ground:
    """Return the one ground under which the result that `act` gives is counted.

    A lapse or withdrawal has its own; a reply the office's choice, or the rule's.
    Raises KeyError for an act that gives no result.
    """
    if act.kind is not Event.REPLY:
        return _LAPSES[act.kind]
    if act.data.get("chosen"):
        return Ground(act.data["chosen"])
    grounds = _item_grounds(act)
    return counted_ground([grounds[place] for place in sorted(grounds)])


def _item_grounds(act: CaseAct) -> dict[int, Ground]:
    return {int(place): Ground(value) for place, value in act.data["grounds"].items()}


def _consultations(case: Case, act: CaseAct) -> tuple[OpenConsultation, ...]:
    if act.kind in _CONSULTING:
        begun = OpenConsultation(act.sequence, act.consultation_kind, act.data["whom"], act.on)
        return (*case.consultations, begun)
    if act.kind is Event.SERVE_CONSULTATION:
        number = act.data["consultation"]
        return tuple(
            replace(each, served_on=act.on) if each.number == number else each
            for each in case.consultations
        )
    if act.kind in _OPINIONS:
        number = act.data["consultation"]
        return tuple(each for each in case.consultations if each.number != number)
    return case.consultations
