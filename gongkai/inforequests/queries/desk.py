"""The lists and counts of the desk: what is owed, worst first (issue 3 section 4)."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests import deadlines
from gongkai.inforequests.lifecycle.states import CONCLUDED, WAITING_FOR_OTHERS
from gongkai.inforequests.models import DeadlineChange, InfoRequest, IntakeChannel, State
from gongkai.inforequests.queries.requesters import masked_requester
from gongkai.statute.days import written
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.statute.workdays import WorkdayCalendar

SOONER, SOON = 3, 5  # working days
_TO_REVIEW, _TO_SIGN = Q(state=State.UNDER_REVIEW), Q(state=State.REVIEWED)
_TO_SEND = Q(state__in=[State.SIGNED, State.ISSUED])


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A request as the desk lists it: who asks is masked, the deadline told in words.

    `soon` means due within `SOON` working days, today included; `waiting` that others must
    act first; `unconfirmed` that the day of receipt is not fixed yet; `workdays_left` is 0 on
    the last day and negative when late, None while the clock stands or nothing is owed.
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
    handler: str
    unit: str
    inner_due_on: date | None
    waiting: bool
    unconfirmed: bool
    workdays_left: int | None


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How many requests wait, by urgency; each is in one of the first seven.

    `in_three` and `in_five` are due after today within 3, and within 4 to 5 working days;
    `standing` those without a day to count to (the requester or another organ must act).
    The rest cut across: `waiting` for others at all, past their `inner_late` date, to be
    reviewed, signed, issued or served.
    """

    unconfirmed: int
    late: int
    today: int
    in_three: int
    in_five: int
    later: int
    standing: int
    waiting: int
    inner_late: int
    to_review: int
    to_sign: int
    to_send: int
    all: int


def open_requests(organ_ids: Collection[int]) -> QuerySet[InfoRequest]:
    """Return the requests of some organs on which something is owed, worst first.

    A request not confirmed yet stands above all (Art. 31: it must not wait unseen), then
    the nearest deadline, then those whose clock stands.
    """
    unconfirmed_first = Case(
        When(state=State.SUBMITTED, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    # SQLite without statistics takes a plain column here for a reason to read all requests of
    # the organs by some other index than the small one of what is pending.
    by_deadline = Coalesce("due_on", Value(date.max))
    return (
        InfoRequest.objects.filter(organ_id__in=organ_ids, pending=True)
        .select_related("organ", "requester")
        .order_by(unconfirmed_first, by_deadline, "number")
    )


def concluded_requests(organ_ids: Collection[int]) -> QuerySet[InfoRequest]:
    """Return the requests of some organs on which nothing is owed, newest first."""
    return (
        InfoRequest.objects.filter(organ_id__in=organ_ids, pending=False)
        .select_related("organ", "requester")
        .order_by("-concluded_on", "-number")
    )


def read_whole(page: QuerySet[InfoRequest]) -> QuerySet[InfoRequest]:
    """Return a slice of requests in its order, with organ and requester.

    It is sorted by keys alone, which an index holds, and only what it shows is read.
    """
    return (
        InfoRequest.objects.filter(pk__in=page.values("pk"))
        .select_related("organ", "requester")
        .order_by(*page.query.order_by)
    )


def desk_counts(
    organ_ids: Collection[int],
    today: date,
    *,
    handler: str | None = None,
    calendar: WorkdayCalendar | None = None,
) -> DeskCounts:
    """Count what is owed by some organs, in one query; of one `handler`'s account if told."""
    calendar = calendar or workday_calendar()
    three, five = calendar.add(today, SOONER), calendar.add(today, SOON)
    confirmed = ~Q(state=State.SUBMITTED)
    conditions = {
        "unconfirmed": ~confirmed,
        "late": confirmed & Q(due_on__lt=today),
        "today": confirmed & Q(due_on=today),
        "in_three": confirmed & Q(due_on__gt=today, due_on__lte=three),
        "in_five": confirmed & Q(due_on__gt=three, due_on__lte=five),
        "later": confirmed & Q(due_on__gt=five),
        "standing": confirmed & Q(due_on__isnull=True),
        "waiting": Q(state__in=WAITING_FOR_OTHERS),
        "inner_late": Q(inner_due_on__lt=today),
        "to_review": _TO_REVIEW,
        "to_sign": _TO_SIGN,
        "to_send": _TO_SEND,
    }
    found = InfoRequest.objects.filter(organ_id__in=organ_ids, pending=True).order_by()
    if handler is not None:
        found = found.filter(handler=handler)
    counted = {name: Count("pk", filter=each) for name, each in conditions.items()}
    return DeskCounts(**found.aggregate(**counted, all=Count("pk")))


def desk_rows(
    info_requests: Iterable[InfoRequest], today: date, calendar: WorkdayCalendar | None = None
) -> list[DeskRow]:
    """Return requests as the desk lists them on `today`."""
    calendar = calendar or workday_calendar()
    soon_on = calendar.add(today, SOON)

    @cache  # many requests of a page share their day
    def left_on(due_on: date) -> int:
        return deadlines.remaining_workdays(due_on, today, calendar)

    return [_desk_row(info_request, today, soon_on, left_on) for info_request in info_requests]


def _desk_row(
    info_request: InfoRequest, today: date, soon_on: date, left_on: Callable[[date], int]
) -> DeskRow:
    state, due_on = State(info_request.state), info_request.due_on
    running = state not in CONCLUDED and due_on is not None
    left = left_on(due_on) if running else None
    return DeskRow(
        id=str(info_request.pk),
        number=info_request.number,
        organ=info_request.organ.short_name,
        requester=masked_requester(info_request),
        kind=RequesterKind(info_request.requester_kind).label,
        channel=IntakeChannel(info_request.channel).label,
        description=info_request.description,
        state=state,
        received_on=info_request.received_on,
        due_on=due_on,
        provisional=info_request.provisional,
        standing=_standing(info_request, state, today, left),
        late=running and due_on < today,
        soon=running and today <= due_on <= soon_on,
        handler=info_request.handler,
        unit=info_request.unit,
        inner_due_on=info_request.inner_due_on,
        waiting=state in WAITING_FOR_OTHERS,
        unconfirmed=state is State.SUBMITTED,
        workdays_left=left,
    )


def _standing(info_request: InfoRequest, state: State, today: date, left: int | None) -> str:
    if state in CONCLUDED:
        return Ground(info_request.ground).label if info_request.ground else state.label
    if state is State.SUBMITTED:
        return "尚未确认收到，请立即与申请人联系"
    if info_request.due_on is None and info_request.requester_due_on:
        return f"等待申请人，期限{written(info_request.requester_due_on)}"
    words = deadlines.told_in_words(info_request.due_on, today, left)
    return f"{words}（推算）" if info_request.provisional else words


def deadline_changes(organ_ids: Collection[int]) -> QuerySet[DeadlineChange]:
    """Return the deadlines that holiday notices have moved, newest first."""
    return DeadlineChange.objects.filter(info_request__organ_id__in=organ_ids).select_related(
        "info_request__organ"
    )
