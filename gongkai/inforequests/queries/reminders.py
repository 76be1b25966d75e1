"""Which cases call for reminders, whom they reach; what became of those that were written."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests import deadlines, rules
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models import (
    Act,
    IncomingMail,
    InfoRequest,
    MailState,
    Reminder,
    ReminderState,
    RequestItem,
)
from gongkai.inforequests.queries.contacts import EMAIL, SMS, Contacts, Ways
from gongkai.inforequests.rules.reminders import SOON, Due, Facts, reminders_due
from gongkai.inforequests.rules.working_hours import WorkingHours
from gongkai.statute.clock import ClockError, terms
from gongkai.statute.limits import LimitUnknown
from gongkai.statute.workdays import CalendarError, WorkdayCalendar

_NEWS = timedelta(days=14)  # longer than any holiday: news lasts one working day
_RETURNS_KNOWN = timedelta(days=180)
_WITH_TERMS = (
    State.SUBMITTED,
    State.CONSULTING,
    State.AWAITING_SUPPLEMENT,
    State.AWAITING_PAYMENT,
    State.UNDER_REVIEW,
    State.REVIEWED,
)
_FURTHER = frozenset(
    {
        Event.ASK_SUPPLEMENT,
        Event.SEARCH,
        Event.CONSULT_THIRD_PARTY,
        Event.CONSULT_ORGAN,
        Event.PROPOSE_EXTENSION,
        Event.CHARGE_FEE,
        Event.DRAFT_REPLY,
    }
)

Key = tuple[UUID, str, date, str, str]


@dataclass(frozen=True, slots=True)
class Planned:
    """One reminder as it ought to be written: its case, what is due, to whom by which way."""

    info_request: InfoRequest
    due: Due
    account: str
    person: str
    way: str
    address: str

    @property
    def key(self) -> Key:
        """Return what tells a reminder from every other (its unique constraint)."""
        return (self.info_request.pk, self.due.occasion, self.due.on, self.way, self.address)


@dataclass(frozen=True)
class Moment:
    """A moment with what the day's rules need: calendar, working hours, who holds which post."""

    now: datetime
    calendar: WorkdayCalendar
    hours: WorkingHours

    @classmethod
    def at(cls, at: datetime) -> "Moment":
        """Return a moment in the county's time zone."""
        hours = WorkingHours.of(settings.GONGKAI_WORKING_HOURS)
        return cls(timezone.localtime(at), workday_calendar(), hours)

    @property
    def today(self) -> date:
        """Return the day in the county."""
        return self.now.date()

    @property
    def is_open(self) -> bool:
        """Say whether offices are at work."""
        return self.hours.open_at(self.now, self.calendar)

    @cached_property
    def ways(self) -> Ways:
        """Return by which ways the settings let anything be sent."""
        told = ((EMAIL, settings.GONGKAI_MAILER), (SMS, settings.GONGKAI_TEXTER))
        return frozenset(way for way, config in told if config["kind"] != "none")

    @cached_property
    def _lefts(self) -> dict[date, int]:
        return {}

    def left(self, on: date | None) -> int | None:
        """Return the working days left to a day; many cases share one, so each is counted once."""
        if on is None:
            return None
        if on not in self._lefts:
            self._lefts[on] = deadlines.remaining_workdays(on, self.today, self.calendar)
        return self._lefts[on]

    @cached_property
    def contacts(self) -> Contacts:
        """Return who can be reached today."""
        return Contacts(self.today)


def cases_to_look_at(moment: Moment) -> QuerySet[InfoRequest]:
    """Return the cases on which a reminder may be due: a wide net over indexed fields."""
    today, soon_on = moment.today, moment.calendar.add(moment.today, SOON)
    assigned = Act.objects.filter(
        info_request=OuterRef("pk"), kind=Event.ASSIGN, on__gte=today - _NEWS
    )
    open_ones = Q(pending=True) & (
        Q(state__in=_WITH_TERMS)
        | Q(due_on__lte=soon_on)
        | Q(inner_due_on__lte=today)
        | Q(received_on__gte=today - _NEWS)
        | Exists(assigned)
    )
    returned = Act.objects.filter(info_request=OuterRef("pk"), kind=Event.RETURN_MAIL)
    sent_back = Q(state=State.REPLIED, concluded_on__gte=today - _RETURNS_KNOWN)
    mails = IncomingMail.objects.filter(
        state=MailState.ATTACHED, read_at__gte=moment.now - _NEWS, info_request__isnull=False
    )
    withheld = RequestItem.objects.filter(review_on__lte=today)
    return InfoRequest.objects.filter(
        open_ones
        | (sent_back & Exists(returned))
        | Q(pk__in=mails.values("info_request_id"))
        | Q(pk__in=withheld.values("info_request_id"))
    )


def planned(
    cases: QuerySet[InfoRequest], moment: Moment
) -> Iterator[tuple[InfoRequest, Due, list[Planned]]]:
    """Yield what is due on each of `cases` and the reminders of it; none when nobody is reached."""
    rows = (
        cases.order_by("pk")
        .select_related("organ")
        .prefetch_related(
            Prefetch("acts", Act.objects.order_by("sequence")),
            Prefetch("items", RequestItem.objects.filter(review_on__isnull=False)),
            Prefetch("mails", IncomingMail.objects.filter(state=MailState.ATTACHED)),
        )
    )
    for info_request in rows.iterator(chunk_size=500):
        facts = facts_of(info_request, moment)
        for due in reminders_due(facts, moment.now, moment.calendar, moment.hours):
            yield info_request, due, list(_to_each(info_request, due, moment))


def _to_each(info_request: InfoRequest, due: Due, moment: Moment) -> Iterator[Planned]:
    ways = moment.ways if due.occasion.texted else moment.ways - {SMS}
    for contact in moment.contacts.whom(info_request, due, ways):
        for way, address in contact.addresses(ways):
            yield Planned(info_request, due, contact.account, contact.name, way, address)


def facts_of(info_request: InfoRequest, moment: Moment) -> Facts:
    """Return what the rules need to know of a case, from its projections and acts."""
    calendar, left = moment.calendar, moment.left
    acts = tuple(act.value for act in info_request.acts.all())
    this_round = deadlines.of_this_round(acts)
    pending, state = info_request.pending, State(info_request.state)

    due_on = info_request.due_on if pending else None
    supplement_by = _supplement_by(info_request, this_round, calendar)
    reviews = [each.review_on for each in info_request.items.all() if each.review_on]
    mails = [timezone.localdate(each.read_at) for each in info_request.mails.all()]
    return Facts(
        state=state,
        arrived_at=timezone.localtime(info_request.submitted_at),
        due_on=due_on,
        left=left(due_on),
        provisional=info_request.provisional,
        inner_due_on=info_request.inner_due_on,
        inner_left=left(info_request.inner_due_on),
        requester_due_on=info_request.requester_due_on,
        supplement_by=supplement_by,
        supplement_left=left(supplement_by),
        assigned_on=_assigned_on(info_request, this_round) if pending else None,
        drafted_on=_last(this_round, Event.DRAFT_REPLY),
        passed_on=_last(this_round, Event.PASS_DRAFT),
        opinion_ended_on=_opinion_ends(info_request, acts, calendar),
        mail_returned_on=_returned_on(state, this_round),
        mail_attached_on=max(mails) if mails and pending else None,
        review_on=min(reviews) if reviews else None,
    )


def _last(acts: Iterable[CaseAct], kind: Event) -> date | None:
    return max((act.on for act in acts if act.kind is kind), default=None)


def _assigned_on(info_request: InfoRequest, acts: Sequence[CaseAct]) -> date | None:
    """Return the day of the last assignment, unless one took the case oneself."""
    given = [act for act in acts if act.kind is Event.ASSIGN]
    if not given or not info_request.handler or given[-1].account == info_request.handler:
        return None
    return given[-1].on


def _supplement_by(
    info_request: InfoRequest, acts: Sequence[CaseAct], calendar: WorkdayCalendar
) -> date | None:
    """Return the last day to ask for a supplement (Art. 30), None once the case went further."""
    happened = {act.kind for act in acts}
    if info_request.received_on is None or happened & (_FURTHER | {Event.REOPEN}):
        return None
    try:
        return terms.supplement_notice(info_request.received_on, calendar).due_on
    except (LimitUnknown, CalendarError):  # the law of that day knew no such term
        return None


def _opinion_ends(
    info_request: InfoRequest, acts: Sequence[CaseAct], calendar: WorkdayCalendar
) -> date | None:
    """Return the first last day of an opinion still awaited, None when none is."""
    if info_request.state != State.CONSULTING or info_request.received_on is None:
        return None
    ends = []
    for asked in rules.replay(acts).consultations:
        if asked.served_on is None:
            continue
        try:
            term = terms.opinion(asked.kind, asked.served_on, info_request.received_on, calendar)
        except (ClockError, LimitUnknown, CalendarError):
            continue
        ends += [term.due_on] if term.due_on else []
    return min(ends, default=None)


def _returned_on(state: State, acts: Sequence[CaseAct]) -> date | None:
    """Return the day on which the answer came back by post, None when it was sent again."""
    if state is not State.REPLIED:
        return None
    returned, again = _last(acts, Event.RETURN_MAIL), _last(acts, Event.SERVE_AGAIN)
    return returned if returned and (again is None or again < returned) else None


# -- what became of them ---------------------------------------------------------------------


def reminders_of(info_request: InfoRequest) -> QuerySet[Reminder]:
    """Return the reminders about a case, newest first."""
    return Reminder.objects.filter(info_request=info_request)


def failed_reminders(organ_ids: Collection[int], since: datetime) -> QuerySet[Reminder]:
    """Return the reminders of some organs that never arrived: new ones, and those of open cases."""
    worth_knowing = Q(created_at__gte=since) | Q(info_request__pending=True)
    failed = Reminder.objects.filter(
        worth_knowing, info_request__organ_id__in=organ_ids, state=ReminderState.FAILED
    )
    return failed.select_related("info_request__organ")


def untold(organ_ids: Collection[int]) -> QuerySet[Reminder]:
    """Return the reminders about open cases of some organs that never arrived."""
    return Reminder.objects.filter(
        info_request__organ_id__in=organ_ids,
        info_request__pending=True,
        state=ReminderState.FAILED,
    )


# -- mails ------------------------------------------------------------------------------------


def mails_aside(organ_ids: Collection[int]) -> QuerySet[IncomingMail]:
    """Return the mails of some organs that wait for a person, newest first."""
    return IncomingMail.objects.filter(
        organ_id__in=organ_ids, state=MailState.ASIDE
    ).select_related("organ", "info_request")
