"""The road of a text in the demo: who acts, when, from the draft to its release."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gongkai.audit import Actor
from gongkai.demo import county as where
from gongkai.disclosure import actions
from gongkai.disclosure.models import Entry, Section
from gongkai.disclosure.queries import EntryState
from gongkai.orgs.models import Organ
from gongkai.statute.subjects import subject_named

CHINA = ZoneInfo("Asia/Shanghai")
MARK = "（演示数据）"
CLEAR = actions.SecrecyForm(
    answers=dict.fromkeys(actions.SecrecyQuestion, False),
    conclusion=actions.SecrecyConclusion.PUBLIC,
    basis="《中华人民共和国政府信息公开条例》第十九条",
)


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of a day in China."""
    return datetime.combine(day, time(hour, minute), CHINA)


def days(count: int) -> timedelta:
    """Return so many days."""
    return timedelta(days=count)


def subject(words: str) -> str:
    """Return the code of a subject."""
    found = subject_named(words)
    if found is None:
        raise AssertionError(f"no subject {words}")
    return found.code


@dataclass
class Road:
    """The people, organs and sections of the demo as of `today`."""

    today: date
    people: dict[str, Actor] = field(default_factory=dict)
    organs: dict[str, Organ] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)

    def day(self, ago: int) -> date:
        """Return the day so many days ago."""
        return self.today - timedelta(days=ago)

    def clerk(self, code: str) -> Actor:
        """Return who writes for an organ."""
        if code in (where.COUNTY_CODE, where.OFFICE_CODE):
            return self.people["office"]
        name = self.organs[code].short_name
        return self.people.get(code) or Actor(f"{code}-clerk", "信息员（演示）", f"{name}信息员")

    def forward(self, entry: Entry, until: EntryState, on: date) -> Entry:
        """Lead a text through its reviews to `until`, to be released on `on`."""
        while entry.state != until:
            match EntryState(entry.state):
                case EntryState.FIRST_REVIEW:
                    by, at = self.people["reviewer"], moment(on - days(2), 10)
                    entry = actions.approve_first(entry, by=by, at=at)
                case EntryState.SECOND_REVIEW:
                    by, at = self.people["head"], moment(on - days(2), 15)
                    entry = actions.approve_second(entry, by=by, at=at)
                case EntryState.SECRECY_REVIEW:
                    by, at = self.people["secrecy"], moment(on - days(1), 10)
                    entry = actions.clear_secrecy(entry, form=CLEAR, by=by, at=at)
                case EntryState.SIGNING:
                    by, at = self.people["leader"], moment(on - days(1), 16)
                    entry = actions.sign(entry, by=by, at=at)
                case EntryState.SIGNED:
                    by, at = self.people["publisher"], moment(on, 9, 30)
                    entry = actions.publish(entry, by=by, at=at)
                case state:
                    raise AssertionError(f"no way on from {state}")
        return entry
