"""What a checker looks at, and what it says."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from gongkai.disclosure.models import Entry
from gongkai.disclosure.rules import Content
from gongkai.disclosure.rules.body import Body
from gongkai.text.levels import Level
from gongkai.text.listed import Lists


@dataclass(frozen=True, slots=True)
class Subject:
    """A text before its release: content, body as read, and what is known beside it.

    `allowed` are the numbers its organ has made public, `no_mistakes` the words that its county
    has said are right, `lists` what the county lists on the day.
    """

    entry: Entry
    content: Content
    body: Body
    allowed: tuple[str, ...] = ()
    no_mistakes: tuple[str, ...] = ()
    lists: Lists = field(default_factory=Lists)

    @property
    def day(self) -> date:
        """The day of the text, by whose words it is judged."""
        return self.content.told.formed_on or self.entry.formed_on


@dataclass(frozen=True, slots=True)
class Raw:
    """A finding before it has its mark; `what` is what was found, unmasked, and goes nowhere."""

    rule: str
    level: Level
    place: str
    message: str
    what: str = field(repr=False, default="")
    found: str = ""
    suggestion: str = ""


class Checker(Protocol):
    """Looks at a subject, changes nothing."""

    def __call__(self, subject: Subject) -> Iterable[Raw]:
        """Yield what it finds."""
        ...
