"""Reading a mailbox: the box that the settings name, or the twin that is always empty.

See `mailbox_types` for what a box promises, `mailbox_maildir` and `mailbox_imap` for the two.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.adapters.mail import made
from gongkai.adapters.mailbox_imap import ImapBox
from gongkai.adapters.mailbox_maildir import MaildirBox
from gongkai.adapters.mailbox_types import Closing, Mailbox, MailboxError, MailGone, RawMail

__all__ = [
    "ImapBox",
    "MailGone",
    "Mailbox",
    "MailboxError",
    "MaildirBox",
    "NoMailbox",
    "RawMail",
    "mailbox_of",
]


class NoMailbox(Closing):
    """A box that is always empty."""

    def unread(self) -> Iterator[RawMail]:
        """Yield nothing."""
        return iter(())

    def done(self, mail_id: str) -> None:
        """Raise MailGone: no mail was ever here."""
        raise MailGone(f"没有编号为“{mail_id[:100]}”的邮件。")

    def set_aside(self, mail_id: str, reason: str) -> None:
        """Raise MailGone: no mail was ever here."""
        self.done(mail_id)


def mailbox_of(config: Mapping[str, Any]) -> Mailbox:
    """Return the box that a setting GONGKAI_MAILBOX describes: `kind` and its fields.

    Kinds: "none", "maildir" (path), "imap" (host, user, password and what ImapBox takes).

    Raises:
        SettingsError: the kind or a field is missing or unknown.
    """
    box: Mailbox = made(
        "GONGKAI_MAILBOX", config, {"none": NoMailbox, "maildir": MaildirBox, "imap": ImapBox}
    )
    return box
