"""What the chapter refuses; every message is Chinese and names the remedy.

EngagementError
├── Refused         the state of the matter or a rule stands against it
└── ToldWrongly     something is missing or wrong; `field` names the form field
"""


class EngagementError(Exception):
    """The root of everything that this chapter refuses; nothing has been changed."""

    field = ""


class Refused(EngagementError):
    """A step that the state of the matter or a rule does not allow."""


class ToldWrongly(EngagementError):
    """What was told cannot be used; `field` names the form field at fault."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field
