"""The acts of a case, what they come to, and the proof that what is stored is that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.adapters.statements import RowsBy
from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests import deadlines, rules
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.models import Act, InfoRequest, IntakeChannel, State
from gongkai.statute.workdays import WorkdayCalendar

PROJECTED = (
    "state",
    "received_on",
    "due_on",
    "provisional",
    "requester_due_on",
    "concluded_on",
    "ground",
    "counted",
    "pending",
    "answer_due_on",
    "unit",
    "handler",
    "inner_due_on",
)


@dataclass(frozen=True, slots=True)
class Projection:
    """What the acts of a case come to, field by field as `InfoRequest` stores it.

    `items` are number, ground and letter of each item of the newest answer.
    """

    state: State
    received_on: date | None
    due_on: date | None
    provisional: bool
    requester_due_on: date | None
    concluded_on: date | None
    ground: str
    counted: bool
    pending: bool
    answer_due_on: date | None
    unit: str
    handler: str
    inner_due_on: date | None
    items: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored projection that is not what the acts come to."""

    id: str
    number: str
    field: str
    stored: str
    replayed: str


def acts_of(info_request: InfoRequest) -> tuple[CaseAct, ...]:
    """Return the acts of a case in their order, as plain values."""
    return tuple(row.value for row in _acts_by_case(info_request.pk))


# Every verb reads the acts of its case: the query is written once (see `adapters.statements`).
_acts_by_case = RowsBy(Act.objects.order_by("sequence"), "info_request")


def open_consultations(info_request: InfoRequest) -> tuple[rules.OpenConsultation, ...]:
    """Return the consultations of a case that still wait for their opinion."""
    return rules.replay(acts_of(info_request)).consultations


def project(
    acts: Sequence[CaseAct], channel: IntakeChannel, calendar: WorkdayCalendar
) -> Projection:
    """Return what `acts` come to under `calendar`.

    An answered case keeps the deadline that its newest answer was given under; a case that
    lapsed, was withdrawn or passed on has none. The first result stays through a REOPEN.
    """
    case = rules.replay(acts)
    due_on, provisional, requester_due_on = None, False, None
    if not case.pending:
        due_on, provisional = _deadline_at_answer(case.answer)
    elif (deadline := deadlines.reply_deadline(acts, channel, calendar)) is not None:
        due_on, provisional = deadline.due_on, deadline.provisional
        if case.state in _REQUESTERS_TURN and deadline.waiting:
            requester_due_on = deadline.waiting.until_on
    return Projection(
        state=case.state,
        received_on=case.received_on,
        due_on=due_on,
        provisional=provisional,
        requester_due_on=requester_due_on,
        concluded_on=case.concluded_on,
        ground=case.ground.value if case.ground else "",
        counted=case.counted,
        pending=case.pending,
        answer_due_on=case.answer_due_on,
        unit=case.unit,
        handler=case.handler,
        inner_due_on=case.inner_due_on,
        items=tuple(
            (place, ground.value, case.item_letters.get(place, ""))
            for place, ground in sorted(case.item_grounds.items())
        ),
    )


_REQUESTERS_TURN = (State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT)


def _deadline_at_answer(answer: CaseAct | None) -> tuple[date | None, bool]:
    if answer is None:
        return None, False
    return answer.day("due_on"), bool(answer.data.get("provisional"))


def differences(calendar: WorkdayCalendar | None = None) -> Iterator[Difference]:
    """Yield every stored projection that a replay of the acts does not give."""
    calendar = calendar or workday_calendar()
    cases = InfoRequest.objects.order_by("number").prefetch_related("acts", "items")
    for info_request in cases.iterator(chunk_size=500):
        yield from _differences_of(info_request, calendar)


def _differences_of(info_request: InfoRequest, calendar: WorkdayCalendar) -> Iterator[Difference]:
    ids = (str(info_request.pk), info_request.number)
    acts = [act.value for act in info_request.acts.all()]
    if not acts:
        yield Difference(*ids, "acts", "没有办理记录", "至少一条")
        return
    acts.sort(key=lambda act: act.sequence)
    replayed = project(acts, IntakeChannel(info_request.channel), calendar)
    for name in PROJECTED:
        stored, right = getattr(info_request, name), getattr(replayed, name)
        if stored != right:
            yield Difference(*ids, name, str(stored), str(right))
    told = {place: (ground, letter) for place, ground, letter in replayed.items}
    for item in info_request.items.all():
        for name, right in zip(("ground", "letter"), told.get(item.place, ("", "")), strict=True):
            stored = getattr(item, name)
            if stored != right:
                yield Difference(*ids, f"items.{item.place}.{name}", stored, right)
