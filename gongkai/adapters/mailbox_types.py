"""What reading a mailbox means, whatever mailbox it is.

A mail is read once it carries our own mark, never because someone has looked at it: a request
that a clerk opened in a mail program before gongkai came by would otherwise never be
registered, and the term runs from its receipt all the same (最高法指导案例26号).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self


class MailboxError(Exception):
    """The mailbox cannot be read now; the message, in Chinese, says why. Try again later."""


class MailGone(MailboxError):
    """The mail with this id is no longer where it was."""


@dataclass(frozen=True, slots=True)
class RawMail:
    """A mail as it lies in a box: `id` is the box's own, `data` its bytes (RFC 5322)."""

    id: str
    data: bytes = field(repr=False)


class Mailbox(Protocol):
    """A box of mails to be taken one by one.

    Use it as a context manager. For each mail of `unread` call `done` or `set_aside`, before
    the next one is asked for; a mail with neither is handed out again by the next `unread`.
    The consumer knows a mail again by `eml.parse(...).key`: a box may hand out a mail twice
    if the process dies between registering it and `done`.
    """

    def unread(self) -> Iterator[RawMail]:
        """Yield the mails not yet taken, the oldest first; raises MailboxError."""
        ...

    def done(self, mail_id: str) -> None:
        """Mark a mail as taken; raises MailGone, MailboxError."""
        ...

    def set_aside(self, mail_id: str, reason: str) -> None:
        """Move a mail that could not be taken to where people look; raises as `done`."""
        ...

    def close(self) -> None:
        """Let go of whatever is held; the box can be used again."""
        ...

    def __enter__(self) -> Self:
        """Return the box."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the box."""
        ...


class Closing:
    """The context manager that every box is: it closes at the end."""

    def close(self) -> None:
        """Let go of whatever is held; nothing here."""

    def __enter__(self) -> Self:
        """Return the box."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the box."""
        self.close()
