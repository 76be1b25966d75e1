"""What may be done with a case today, and what stands against the rest.

Each verb is tried on paper: its guard and its term are asked as if it were done today, with
data that cannot be at fault themselves. So the screens never offer what the law refuses.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests import deadlines, rules
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.channels import IntakeChannel, ServiceWay
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.staff.access import Person
from gongkai.inforequests.staff.verbs import VERBS, Verb, why_not
from gongkai.statute.workdays import WorkdayCalendar

_LATER = timedelta(days=3650)
_Data = Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """A case on a day, for the person behind an account ("" for anybody)."""

    acts: tuple[CaseAct, ...]
    channel: IntakeChannel
    calendar: WorkdayCalendar
    today: date
    account: str = ""

    @cached_property
    def case(self) -> rules.Case:
        """Return what the acts come to."""
        return rules.replay(self.acts)

    def offered(self) -> list[Verb]:
        """Return the verbs that may be done now, the likeliest first."""
        found = [verb for verb in VERBS if not self.hindrance(verb)]
        return sorted(found, key=self._place)

    def refused(self) -> list[tuple[Verb, str, bool]]:
        """Return the verbs that may not be done now, why, and whether an earlier day would do."""
        found = ((verb, self.hindrance(verb)) for verb in VERBS)
        return [(verb, why, self._earlier_would_do(verb)) for verb, why in found if why]

    def hindrance(self, verb: Verb) -> str:
        """Return in Chinese what stands against a verb today, "" when nothing does."""
        if not verb.fits(self.case.state):
            return why_not(verb, self.case.state)
        if verb.event in _OF_WHAT and not _told(verb.event, self.case, self.today):
            return f"不能“{verb.label}”：{_OF_WHAT[verb.event]}。"
        return self._tried(verb.event, max(self.today, self.case.last_on))

    def _earlier_would_do(self, verb: Verb) -> bool:
        """Say whether it may still be entered as done on the day of the last act."""
        earlier = self.case.last_on
        if earlier >= self.today or not verb.fits(self.case.state) or verb.event in _OF_WHAT:
            return False
        return not self._tried(verb.event, earlier)

    def _tried(self, event: Event, on: date) -> str:
        if event not in _DATA:
            return ""
        data = _told(event, self.case, on)
        kind = rules.resolve(self.case, event)
        act = CaseAct(self.acts[-1].sequence + 1, kind, on, data, self.account)
        try:
            rules.guard(self.case, act, today=on, places=())
            deadlines.admit((*self.acts, act), self.channel, self.calendar)
        except RequestError as why:
            return str(why)
        return ""

    def _place(self, verb: Verb) -> int:
        """Return how far back a verb stands: what usually comes next is in front.

        A head's consent to a proposed extension comes before all, a letter that has not gone
        out before what waits for it, a search before the draft; what has been done and may be
        done again stands at the end.
        """
        waits = self.case.state in (State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT)
        unserved = any(each.latest is None and each.code in _URGENT for each in self.case.notices)
        fresh = self.case.state is State.PROCESSING and Event.SEARCH not in self.case.happened
        places = {
            Event.EXTEND: 0,
            Event.SERVE_LETTER: 0 if waits and unserved else 3,
            Event.RECORD_ARRIVAL: 0 if waits else 3,
            Event.SERVE_CONSULTATION: 1,
            Event.SEARCH: 1 if fresh else 3,
            Event.ASSIGN: 3 if Event.ASSIGN in self.case.happened else 2,
        }
        return places.get(verb.event, 2)


def standing_of(info_request: InfoRequest, person: Person, acts: Sequence[CaseAct]) -> Standing:
    """Return how a case stands today for a person."""
    channel = IntakeChannel(info_request.channel)
    account = person.user.username
    return Standing(tuple(acts), channel, workday_calendar(), person.today, account)


_URGENT = ("L02", "L09")
# What an act is about, and what is said when there is nothing it could be about.
_OF_WHAT: Mapping[Event, str] = {
    Event.SERVE_CONSULTATION: "没有等待送达的征求意见书（第三十二条）",
    Event.TELL_THIRD_PARTY: "没有不同意公开、尚待告知的第三方（第三十二条）",
    Event.SERVE_LETTER: "没有等待登记送达的文书（第四十条）",
    Event.RECORD_ARRIVAL: "没有已经邮寄、等待签收的文书（第四十条）",
}


def _told(event: Event, case: rules.Case, on: date) -> _Data:
    """Return data for trying an event: well formed, and not to be blamed themselves."""
    return _DATA[event](case, on)


def _unserved(case: rules.Case, _on: date) -> _Data:
    waiting = (each.number for each in case.consultations if each.served_on is None)
    return {"consultation": number} if (number := next(waiting, None)) else {}


def _untold(case: rules.Case, _on: date) -> _Data:
    waiting = (each.number for each, _ in case.objections if each.number not in case.told_parties)
    return {"consultation": number} if (number := next(waiting, None)) else {}


def _to_serve(case: rules.Case, _on: date) -> _Data:
    for each in case.notices:
        if each.latest is None or each.under_way:
            return {"kind": each.code, "act": each.number, "how": ServiceWay.IN_HAND}
    return {}


def _to_arrive(case: rules.Case, _on: date) -> _Data:
    for each in case.notices:
        if each.under_way:
            return {"kind": each.code, "act": each.number}
    return {}


def _nothing(_case: rules.Case, _on: date) -> _Data:
    return {}


def _longer(_case: rules.Case, _on: date) -> _Data:
    return {"workdays": 1, "reason": ""}


_DATA: Mapping[Event, Callable[[rules.Case, date], _Data]] = {
    Event.ASK_SUPPLEMENT: lambda _, on: {"due_on": (on + _LATER).isoformat()},
    Event.LAPSE_SUPPLEMENT: _nothing,
    Event.SERVE_CONSULTATION: _unserved,
    Event.TELL_THIRD_PARTY: _untold,
    Event.PROPOSE_EXTENSION: _longer,
    Event.EXTEND: _longer,
    Event.RECEIVE_REASONS: _nothing,
    Event.SET_DELAY: lambda _, on: {"until_on": (on + _LATER).isoformat()},
    Event.CHARGE_FEE: _nothing,
    Event.LAPSE_FEE: _nothing,
    Event.SERVE_LETTER: _to_serve,
    Event.RECORD_ARRIVAL: _to_arrive,
    Event.PASS_DRAFT: _nothing,
    Event.SIGN: _nothing,
    Event.ISSUE: _nothing,
    Event.RETURN_MAIL: _nothing,
    Event.SERVE_AGAIN: lambda *_: {"how": ServiceWay.IN_HAND},
    Event.WITHDRAW: _nothing,
}
