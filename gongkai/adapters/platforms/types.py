"""What is sent to a platform and what comes of it: plain values, one interface, two refusals.

PlatformError
├── Busy      nothing is decided: try again after `after` (limits, slow servers, lost answers)
└── Refused   the platform or its settings rule it out; the message names the remedy
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol


class PlatformError(Exception):
    """The root of what a platform answers otherwise than hoped; the message is Chinese."""


class Busy(PlatformError):
    """Not now: the same again later may go well."""

    def __init__(self, message: str, after: timedelta = timedelta(minutes=5)) -> None:
        super().__init__(message)
        self.after = after


class Refused(PlatformError):
    """Never so: somebody has to change something first."""


class Stage(StrEnum):
    """How far one article has come on a platform."""

    NEW = "NEW"
    DRAFTED = "DRAFTED"
    SUBMITTING = "SUBMITTING"  # asked to publish, and the answer is not known
    SUBMITTED = "SUBMITTED"
    PUBLISHED = "PUBLISHED"
    GONE = "GONE"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its address in the article's body, and its bytes."""

    address: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What is published: `link` is our own page and marks the article as this one.

    `text` is a short message for platforms that take no article.
    """

    title: str
    link: str
    author: str = ""
    digest: str = ""
    html: str = field(default="", repr=False)
    text: str = ""
    cover: bytes = field(default=b"", repr=False)
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """How far it has come: the stage, the platform's own ids by name, the public link."""

    stage: Stage = Stage.NEW
    ids: Mapping[str, str] = field(default_factory=dict)
    link: str = ""


Keep = Callable[[Sent], None]


class Publisher(Protocol):
    """Whoever publishes on one account of a platform."""

    def send(self, article: Article, known: Sent, keep: Keep) -> Sent:
        """Bring an article as far as it goes now, from where it stands.

        `keep` is told of each step before the next, so that a repetition after a crash neither
        uploads nor publishes twice. Raises Busy, Refused.
        """
        ...

    def look(self, article: Article, known: Sent) -> Sent:
        """Return how far a submitted article has come; raises Busy, Refused."""
        ...

    def is_there(self, known: Sent) -> bool:
        """Say whether a published article can still be read; raises Busy, Refused."""
        ...

    def take_down(self, known: Sent) -> Sent:
        """Take a published article down, or leave it when it is gone; raises Busy, Refused."""
        ...
