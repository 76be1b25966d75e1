"""What a list is narrowed to: read from the address, so that every figure can open its cases.

Who asks is never in an address (it would stand in the server's log): `desk.FindView` takes it
by POST and compares blind indexes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import MINYEAR, date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests.lifecycle.states import WAITING_FOR_OTHERS
from gongkai.inforequests.models import (
    Act,
    Event,
    InfoRequest,
    IntakeChannel,
    RequestItem,
    State,
)
from gongkai.inforequests.queries import SOON, SOONER, concluded_requests, open_requests
from gongkai.statute.grounds import Ground, Outcome
from gongkai.statute.requesters import RequesterKind

FIGURES = ("received", "carried_in", "concluded", "pending", "answered", "on_time")
MINE, OWN = "mine", "own"
UNREVIEWED = "unreviewed"
# An answer made outside the system was recorded afterwards, with no draft to review.
_ANSWERED_OUTSIDE = Act.objects.filter(kind__in=[Event.REPLY, Event.REPLY_ANEW], data__outside=True)


@dataclass(frozen=True, slots=True)
class Urgency:
    """One kind of urgency: its Chinese words, whether it is bad, what it asks of a case."""

    words: str
    tone: str


URGENCIES: Mapping[str, Urgency] = {
    "unconfirmed": Urgency("未确认收到", "bad"),
    "late": Urgency("已超期", "bad"),
    "today": Urgency("今天到期", "bad"),
    "in_three": Urgency(f"{SOONER}个工作日内到期", "warn"),
    "in_five": Urgency(f"{SOON}个工作日内到期", "warn"),
    "later": Urgency(f"{SOON}个工作日以后到期", ""),
    "inner_late": Urgency("内部期限已过", "warn"),
    "to_review": Urgency("待审核", "warn"),
    "to_sign": Urgency("待签发", "warn"),
    "to_send": Urgency("待制发、送达", "warn"),
    "waiting": Urgency("等待他人", ""),
    "standing": Urgency("期限停止计算", ""),
}


def urgent(name: str, today: date) -> Q:
    """Return the condition of the owed requests of one kind of urgency (see `desk_counts`)."""
    calendar = workday_calendar()
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
        "to_review": Q(state=State.UNDER_REVIEW),
        "to_sign": Q(state=State.REVIEWED),
        "to_send": Q(state__in=[State.SIGNED, State.ISSUED]),
    }
    return conditions[name]


@dataclass(frozen=True)
class Filter:
    """The narrowing that an address asks for; what it does not know it leaves out."""

    seen: frozenset[int]
    own: frozenset[int]
    account: str
    today: date
    told: Mapping[str, str]

    def value(self, name: str) -> str:
        """Return what the address says under a name."""
        return self.told.get(name, "").replace("\x00", "").strip()

    @property
    def done(self) -> bool:
        """Say whether concluded requests are asked for."""
        return self.value("done") == "1" or self.unreviewed

    @property
    def unreviewed(self) -> bool:
        """Say whether those are asked for whose answer no other eyes have seen (Art. 17, 45)."""
        return self.value("done") == UNREVIEWED

    @property
    def scope(self) -> str:
        """Return whose requests: "mine", "own" organs', or "" for all that are seen."""
        return self.value("scope") if self.value("scope") in (MINE, OWN) else ""

    @property
    def urgency(self) -> str:
        """Return the kind of urgency asked for, "" for none."""
        return self.value("urgency") if self.value("urgency") in URGENCIES else ""

    @property
    def organ(self) -> int | None:
        """Return the organ asked for, if the person sees it."""
        text = self.value("organ")
        known = text.isdecimal() and len(text) <= 18 and int(text) in self.seen
        return int(text) if known else None

    @property
    def organ_ids(self) -> Collection[int]:
        """Return the organs whose requests are listed."""
        if self.organ is not None:
            return [self.organ]
        several = self.value("organs").split("-") if self.value("organs") else []
        chosen = {int(each) for each in several if each.isdecimal() and len(each) <= 18}
        if chosen:
            return sorted(chosen & self.seen)
        return sorted(self.own if self.scope == OWN else self.seen)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is asked for."""
        return not any(value.strip() for value in self.told.values())

    def requests(self) -> QuerySet[InfoRequest]:
        """Return the requests asked for: open ones worst first, others newest first."""
        if self.figures:
            found = InfoRequest.objects.filter(organ_id__in=self.organ_ids)
            found = found.select_related("organ", "requester").order_by("-received_on", "-number")
            return found.filter(self._figure(), *self._plain())
        found = (concluded_requests if self.done else open_requests)(self.organ_ids)
        if self.unreviewed:
            found = found.filter(Exists(_ANSWERED_OUTSIDE.filter(info_request=OuterRef("pk"))))
        if self.scope == MINE:
            found = found.filter(handler=self.account)
        if self.urgency and not self.done:
            found = found.filter(urgent(self.urgency, self.today))
        return found.filter(*self._plain())

    @property
    def figures(self) -> bool:
        """Say whether the list stands behind a figure of the statistics."""
        return self.value("by") in FIGURES

    def _plain(self) -> list[Q]:
        """Return the conditions on the case itself."""
        conditions: list[Q] = []
        for name, column, values in (
            ("state", "state", State),
            ("channel", "channel", IntakeChannel),
            ("kind", "requester_kind", RequesterKind),
            ("ground", "ground", Ground),
        ):
            value = self.value(name)
            if value in {each.value for each in values}:
                conditions.append(Q(**{column: value}))
        if told_as := self.value("told_as"):
            channels = [each for each in IntakeChannel if each.told_as == told_as]
            conditions.append(Q(channel__in=channels))
        if self.value("outcome") in {each.value for each in Outcome}:
            grounds = [each for each in Ground if each.outcome == self.value("outcome")]
            conditions.append(Q(ground__in=grounds))
        if handler := self.value("handler"):
            conditions.append(Q(handler=handler))
        year = self.value("year")
        if year.isdecimal() and len(year) == 4 and int(year) >= MINYEAR:
            conditions.append(Q(submitted_at__year=int(year)))
        if text := self.value("q"):
            items = RequestItem.objects.filter(text__icontains=text).values("info_request")
            conditions.append(
                Q(number__icontains=text) | Q(description__icontains=text) | Q(pk__in=items)
            )
        return conditions

    def _figure(self) -> Q:
        """Return the condition of the requests that a figure counts, over its days."""
        start, end = _day(self.value("from")), _day(self.value("to"))
        days = (start or date.min, end or date.max)
        by = self.value("by")
        if by == "received":
            return Q(received_on__range=days, counted=True)
        if by == "carried_in":
            open_then = Q(concluded_on__isnull=True) | Q(concluded_on__gte=days[0])
            return Q(received_on__lt=days[0], counted=True) & open_then
        if by == "pending":
            open_then = Q(concluded_on__isnull=True) | Q(concluded_on__gt=days[1])
            return Q(received_on__lte=days[1], counted=True) & open_then
        concluded = Q(concluded_on__range=days, received_on__isnull=False, counted=True)
        if by == "concluded":
            return concluded
        answered = concluded & Q(answer_due_on__isnull=False)
        return answered & Q(concluded_on__lte=F("answer_due_on")) if by == "on_time" else answered


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
