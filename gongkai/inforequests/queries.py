"""Reading requests: the acts of a case, what they come to, and the lists of the desk."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from gongkai.accounts.models import User
from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests import deadlines, rules
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.states import CONCLUDED
from gongkai.inforequests.models import (
    DeadlineChange,
    InfoRequest,
    IntakeChannel,
    Requester,
    State,
)
from gongkai.inforequests.models.requesters import blind_indexes, key_mark
from gongkai.inforequests.rules.requesters import RequesterDetails
from gongkai.orgs.models import Organ, Role
from gongkai.orgs.queries import organs_seen_by
from gongkai.statute.days import written
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.statute.workdays import WorkdayCalendar

# Who handles requests, who also takes them in, who also sees them.
HANDLERS = frozenset(
    {Role.OGI_OFFICE, Role.REQUEST_HANDLER, Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK}
)
TAKERS = HANDLERS | {Role.WINDOW_CLERK}
VIEWERS = TAKERS | {Role.LEADER, Role.REVIEWER}
SOON = 5  # working days
PROJECTED = (
    "state",
    "received_on",
    "due_on",
    "provisional",
    "requester_due_on",
    "concluded_on",
    "ground",
    "counted",
)


@dataclass(frozen=True, slots=True)
class Projection:
    """What the acts of a case come to, field by field as `InfoRequest` stores it."""

    state: State
    received_on: date | None
    due_on: date | None
    provisional: bool
    requester_due_on: date | None
    concluded_on: date | None
    ground: str
    counted: bool
    item_grounds: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored projection that is not what the acts come to."""

    id: str
    number: str
    field: str
    stored: str
    replayed: str


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A request as the desk lists it: who asks is masked, the deadline told in words.

    `soon` means due within `SOON` working days, today included.
    """

    id: str
    number: str
    organ: str
    requester: str
    kind: str
    channel: str
    description: str
    state: State
    received_on: date | None
    due_on: date | None
    provisional: bool
    standing: str
    late: bool
    soon: bool


def acts_of(info_request: InfoRequest) -> tuple[CaseAct, ...]:
    """Return the acts of a case in their order, as plain values."""
    return tuple(act.value for act in info_request.acts.order_by("sequence"))


def open_consultations(info_request: InfoRequest) -> tuple[rules.OpenConsultation, ...]:
    """Return the consultations of a case that still wait for their opinion."""
    return rules.replay(acts_of(info_request)).consultations


def project(
    acts: Sequence[CaseAct], channel: IntakeChannel, calendar: WorkdayCalendar
) -> Projection:
    """Return what `acts` come to under `calendar`.

    A concluded case keeps the deadline that its reply was given under; a case that
    lapsed or was withdrawn has none.
    """
    case = rules.replay(acts)
    due_on, provisional, requester_due_on = None, False, None
    if case.state.is_concluded:
        due_on, provisional = _deadline_at_reply(acts)
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
        item_grounds=tuple(
            (place, ground.value) for place, ground in sorted(case.item_grounds.items())
        ),
    )


_REQUESTERS_TURN = (State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT)


def _deadline_at_reply(acts: Sequence[CaseAct]) -> tuple[date | None, bool]:
    for act in acts:
        if "due_on" in act.data and "grounds" in act.data:
            return act.day("due_on"), bool(act.data.get("provisional"))
    return None, False


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
    grounds = dict(replayed.item_grounds)
    for item in info_request.items.all():
        if item.ground != grounds.get(item.place, ""):
            right = grounds.get(item.place, "")
            yield Difference(*ids, f"items.{item.place}.ground", item.ground, right)


def organs_viewed_by(user: User, today: date) -> QuerySet[Organ]:
    """Return the organs whose requests `user` may see on `today`."""
    return organs_seen_by(user, today, VIEWERS)


def open_requests(organ_ids: Collection[int]) -> QuerySet[InfoRequest]:
    """Return the requests of some organs that have no result yet, worst first.

    A request not confirmed yet stands above all (Art. 31: it must not wait unseen), then
    the nearest deadline, then those whose clock stands.
    """
    unconfirmed_first = Case(
        When(state=State.SUBMITTED, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return (
        InfoRequest.objects.filter(organ_id__in=organ_ids, concluded_on__isnull=True)
        .select_related("organ", "requester")
        .order_by(unconfirmed_first, F("due_on").asc(nulls_last=True), "number")
    )


def concluded_requests(organ_ids: Collection[int]) -> QuerySet[InfoRequest]:
    """Return the requests of some organs that have their result, newest first."""
    return (
        InfoRequest.objects.filter(organ_id__in=organ_ids, concluded_on__isnull=False)
        .select_related("organ", "requester")
        .order_by("-concluded_on", "-number")
    )


def desk_rows(
    info_requests: Iterable[InfoRequest], today: date, calendar: WorkdayCalendar | None = None
) -> list[DeskRow]:
    """Return requests as the desk lists them on `today`."""
    calendar = calendar or workday_calendar()
    soon_on = calendar.add(today, SOON)
    return [_desk_row(info_request, today, soon_on, calendar) for info_request in info_requests]


def _desk_row(
    info_request: InfoRequest, today: date, soon_on: date, calendar: WorkdayCalendar
) -> DeskRow:
    state, kind = State(info_request.state), RequesterKind(info_request.requester_kind)
    running = state not in CONCLUDED and info_request.due_on is not None
    return DeskRow(
        id=str(info_request.pk),
        number=info_request.number,
        organ=info_request.organ.short_name,
        requester=masked_requester(info_request),
        kind=kind.label,
        channel=IntakeChannel(info_request.channel).label,
        description=info_request.description,
        state=state,
        received_on=info_request.received_on,
        due_on=info_request.due_on,
        provisional=info_request.provisional,
        standing=_standing(info_request, state, today, calendar),
        late=running and info_request.due_on < today,
        soon=running and today <= info_request.due_on <= soon_on,
    )


def _standing(
    info_request: InfoRequest, state: State, today: date, calendar: WorkdayCalendar
) -> str:
    if info_request.ground:
        return Ground(info_request.ground).label
    if state in CONCLUDED:
        return state.label
    if state is State.SUBMITTED:
        return "尚未确认收到，请立即与申请人联系"
    if info_request.due_on is None and info_request.requester_due_on:
        return f"等待申请人，期限{written(info_request.requester_due_on)}"
    words = deadlines.in_words(info_request.due_on, today, calendar)
    return f"{words}（推算）" if info_request.provisional else words


def masked_requester(info_request: InfoRequest) -> str:
    """Return who asks as lists show it: of a person, the family name alone."""
    requester = getattr(info_request, "requester", None)
    return requester.masked_name if requester else ""


def requester_for_letters(info_request: InfoRequest) -> RequesterDetails:
    """Return who asks, in full, for the address of a letter inside a verb; not for screens."""
    return Requester.objects.get(info_request=info_request).details


def find_by_requester(text: str, organ_ids: Collection[int]) -> QuerySet[InfoRequest]:
    """Return the requests of some organs whose number, or whose requester, is just `text`.

    Name, identity number, telephone and e-mail are compared by blind index: whole and
    exact, but for width, case, white space and hyphens.
    """
    person = blind_indexes(RequesterDetails(text, identity_number=text, phone=text, email=text))
    wanted = Q(number=text.strip())
    for column, index in person.items():
        if index:
            wanted |= Q(**{f"requester__{column}": index})
    return (
        InfoRequest.objects.filter(wanted, organ_id__in=organ_ids)
        .select_related("organ", "requester")
        .order_by("-submitted_at", "number")
    )


def requesters_to_reseal() -> int:
    """Return how many requesters are not sealed with the key and cipher of now."""
    return Requester.objects.filter(erased=False).exclude(key_id=key_mark()).count()


def deadline_changes(organ_ids: Collection[int]) -> QuerySet[DeadlineChange]:
    """Return the deadlines that holiday notices have moved, newest first."""
    return DeadlineChange.objects.filter(info_request__organ_id__in=organ_ids).select_related(
        "info_request__organ"
    )
