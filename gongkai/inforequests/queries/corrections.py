"""Reading corrections of own records (Art. 41): lists, deadlines, who asks masked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests import deadlines
from gongkai.inforequests.lifecycle.corrections import DECIDED, OVER, CorrectionState
from gongkai.inforequests.models import CorrectionRequest, CorrectionRequester
from gongkai.inforequests.models.requesters import key_mark
from gongkai.statute.workdays import WorkdayCalendar


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction as lists show it: who asks is masked, the deadline told in words.

    The law fixes no term; the 20 working days by analogy with Art. 33 are the office's own.
    """

    id: str
    number: str
    organ: str
    record: str
    requester: str
    state: CorrectionState
    received_on: date | None
    due_on: date | None
    provisional: bool
    standing: str
    late: bool


def corrections(organ_ids: Collection[int], *, over: bool = False) -> QuerySet[CorrectionRequest]:
    """Return corrections of some organs: those open, the oldest first, or those over."""
    done = Q(state__in=OVER)
    first = Case(
        When(state=CorrectionState.SUBMITTED, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    found = CorrectionRequest.objects.filter(done if over else ~done, organ_id__in=organ_ids)
    found = found.select_related("organ", "requester")
    return found.order_by("-submitted_at") if over else found.order_by(first, "received_on")


def correction_row(
    correction: CorrectionRequest, today: date, calendar: WorkdayCalendar | None = None
) -> CorrectionRow:
    """Return one correction as lists show it on `today`."""
    calendar = calendar or workday_calendar()
    state = CorrectionState(correction.state)
    due_on, provisional = correction_due(correction, calendar)
    running = due_on is not None and state not in OVER and state not in DECIDED
    words = deadlines.in_words(due_on, today, calendar) if running else state.label
    return CorrectionRow(
        id=str(correction.pk),
        number=correction.number,
        organ=correction.organ.short_name,
        record=correction.record,
        requester=correction.requester.masked_name,
        state=state,
        received_on=correction.received_on,
        due_on=due_on,
        provisional=provisional,
        standing=f"{words}（推算）" if running and provisional else words,
        late=bool(running and due_on and due_on < today),
    )


def correction_due(
    correction: CorrectionRequest, calendar: WorkdayCalendar
) -> tuple[date | None, bool]:
    """Return until when a correction is to be decided, and whether that is provisional."""
    if correction.received_on is None:
        return None, False
    due_on = calendar.add(correction.received_on, settings.GONGKAI_CORRECTION_WORKDAYS)
    return due_on, calendar.is_provisional(due_on)


def corrections_to_erase(today: date) -> QuerySet[CorrectionRequest]:
    """Return the closed corrections whose time of keeping is over."""
    return CorrectionRequest.objects.filter(
        state=CorrectionState.CLOSED, erase_on__lte=today, erased_at__isnull=True
    ).order_by("erase_on", "pk")


def corrections_to_reseal() -> int:
    """Return how many corrections and their requesters are not sealed with the key of now."""
    mark = key_mark()
    requesters = CorrectionRequester.objects.filter(erased=False).exclude(key_id=mark)
    return requesters.count() + CorrectionRequest.objects.exclude(key_id__in=[mark, ""]).count()
