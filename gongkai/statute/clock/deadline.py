"""What a clock answers: a day, how sure it is, and the steps of the sum."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.statute.articles import Article

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sum: by which article, from which day to which, what it adds.

    `workdays` are the working days that this step counts towards the term: 0 for the day
    of receipt, for a pause and for time made void by a restart. `left_out` are the working
    days that a pause kept from counting.
    """

    article: Article
    start_on: date
    end_on: date
    workdays: int
    why: str
    left_out: int = 0

    def as_json(self) -> Json:
        """Return the step in the shape of `gongkai clock --format json`."""
        return {
            "article": str(self.article),
            "from": self.start_on.isoformat(),
            "to": self.end_on.isoformat(),
            "workdays": self.workdays,
            "why": self.why,
        }


class WaitingFor(StrEnum):
    """Whose move it is while a clock stands."""

    SUPPLEMENT = "SUPPLEMENT"
    PAYMENT = "PAYMENT"
    OPINION = "OPINION"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An act of someone else that is still open: since when, and until when at most.

    `until_on` is None when the law sets no end (the letter is not served yet, the notice
    of supplementation names its own term, or the old Regulations set none).
    """

    what: WaitingFor
    article: Article
    since_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a term.

    `due_on` is the last day on which the duty is done in time. While an opinion is
    awaited it is the day that holds if nobody answers (the pause then ends by itself): an
    answer can only bring it nearer. It is None exactly while no day can be told: the
    supplement or the fee is outstanding, or a consultation has no end in law. `waiting`
    then says for what. `provisional` means that a holiday notice still to come may move
    the day; no letter prints such a date. `workdays` is the length of the term in working
    days (0 for a term in calendar days or months); the steps' `workdays` add up to it
    whenever `due_on` is a day.
    """

    due_on: date | None
    provisional: bool
    workdays: int
    steps: tuple[Step, ...]
    waiting: Waiting | None = None

    def as_json(self) -> Json:
        """Return the deadline in the shape of `gongkai clock --format json`."""
        return {
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "provisional": self.provisional,
            "workdays": self.workdays,
            "steps": [step.as_json() for step in self.steps],
        }

    def is_late(self, day: date) -> bool:
        """Return whether an act on `day` misses this deadline; a standing clock is never late."""
        return self.due_on is not None and day > self.due_on


@dataclass(frozen=True, slots=True)
class TraceDay:
    """One day of the calendar on the way to a deadline.

    `number` is its place in the term (1 for the first working day), None for a day that
    does not count; `note` says in Chinese why.
    """

    on: date
    number: int | None
    note: str

    def as_json(self) -> Json:
        """Return the day in the shape of `gongkai clock --trace --format json`."""
        return {"on": self.on.isoformat(), "number": self.number, "note": self.note}
