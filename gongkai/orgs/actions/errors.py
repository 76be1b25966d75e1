"""What the verbs of orgs refuse; each names the field at fault and the remedy.

OrgError
├── BadName         a name is empty, too long or taken
├── BadCode         a code is malformed or taken
├── BadDay          a day lies outside the life of the organ or the order of events
├── BadPlace        an organ cannot stand there: superior, county, successor
├── BadAppointment  the person may not hold this post
├── BadReview       the rights cannot be confirmed like this
└── NotHeld         the post has ended already
"""


class OrgError(ValueError):
    """An act on organs or posts that is refused; `field` names the input at fault."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class BadName(OrgError):
    """A name is empty, too long or taken."""


class BadCode(OrgError):
    """A code is malformed or taken."""


class BadDay(OrgError):
    """A day lies outside the life of the organ or the order of events."""


class BadPlace(OrgError):
    """An organ cannot stand there."""


class BadAppointment(OrgError):
    """The person may not hold this post."""


class BadReview(OrgError):
    """The rights cannot be confirmed like this."""


class NotHeld(OrgError):
    """The post has ended already."""
