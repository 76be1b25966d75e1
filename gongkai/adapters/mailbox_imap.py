"""A mailbox on a server (IMAP4rev1, RFC 3501), by UIDs and without ever deleting a mail.

Taken mails get \\Seen and the keyword GongkaiTaken and, where `done_folder` is set, are moved
there: servers that keep no keywords (some of the large public ones) need that folder. Set
aside ones are moved to `problem_folder`. Mails are fetched by PEEK, so looking changes nothing.
IMAP knows no lock: two readers may both be handed a mail, and the consumer's key decides.
"""

import base64
import imaplib
import logging
import re
import ssl
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

from gongkai.adapters.mailbox_types import Closing, MailboxError, MailGone, RawMail

KEYWORD = "GongkaiTaken"
MOST_BYTES = 30 * 1024 * 1024 + 1
_DOWN = (OSError, imaplib.IMAP4.error, ValueError, EOFError)
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class ImapBox(Closing):
    """A folder of an IMAP account; connects when first used, and anew after a failure."""

    def __init__(
        self,
        host: str,
        user: str,
        password: str,
        *,
        port: int = 993,
        use_tls: bool = True,
        folder: str = "INBOX",
        done_folder: str = "",
        problem_folder: str = "gongkai-problem",
        ca_file: str = "",
        seconds: float = 30.0,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """Take the account's settings; no connection is made yet."""
        self._host, self._port, self._use_tls = host, port, use_tls
        self._user, self._password = user, password
        self._folder, self._done_folder = folder, done_folder
        self._problem_folder = problem_folder
        self._ca_file, self._seconds, self._most = ca_file, seconds, most_bytes
        self._connection: imaplib.IMAP4 | None = None
        self._validity = ""
        self._abilities: frozenset[str] = frozenset()

    def unread(self) -> Iterator[RawMail]:
        """Yield the folder's mails without our keyword, the oldest first.

        Raises:
            MailboxError: no connection, no answer in time, or the server refuses.
        """
        for uid in self._asked(self._search):
            data = self._asked(partial(self._fetch, uid))
            if data is not None:  # None: another reader moved it meanwhile
                yield RawMail(f"{self._validity}.{uid}", data)

    def done(self, mail_id: str) -> None:
        """Mark the mail \\Seen and taken, and move it if a folder is set for that.

        Raises:
            MailGone: the folder was made anew, and the id means nothing any more.
            MailboxError: as `unread`.
        """
        uid = self._asked(lambda server: self._uid(server, mail_id))

        def mark(server: imaplib.IMAP4) -> None:
            _said(server.uid("STORE", uid, "+FLAGS.SILENT", "(\\Seen)"))
            kept, _ = server.uid("STORE", uid, "+FLAGS.SILENT", f"({KEYWORD})")
            if self._done_folder:
                self._move(server, uid, self._done_folder)
            elif kept != "OK":
                raise MailboxError("邮件服务器不能保存标记，请在设置中写明 done_folder。")

        self._asked(mark)

    def set_aside(self, mail_id: str, reason: str) -> None:
        """Move the mail to `problem_folder`; the reason goes to the log, IMAP has no place for it.

        Raises:
            MailGone, MailboxError: as `done`.
        """
        uid = self._asked(lambda server: self._uid(server, mail_id))
        self._asked(lambda server: self._move(server, uid, self._problem_folder))
        _log.warning("mailbox: mail %s set aside: %s", mail_id, reason)

    def close(self) -> None:
        """Log out; a connection that is gone already is let go."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.logout()
            except _DOWN as error:
                _log.info("mailbox: logout from %s failed: %s", self._host, error)
                _shut(connection)

    def _asked(self, question: Callable[[imaplib.IMAP4], _T]) -> _T:
        """Return the server's answer; after a failure the next question connects anew.

        Raises:
            MailboxError: in Chinese, whatever went wrong.
        """
        try:
            if self._connection is None:
                self._connection = self._opened()
            return question(self._connection)
        except MailboxError:
            raise
        except _DOWN as error:
            if self._connection is not None:
                _shut(self._connection)
            self._connection = None
            why = str(error)[:200] or type(error).__name__
            raise MailboxError(f"邮箱 {self._user}（{self._host}）读不了：{why}") from error

    def _opened(self) -> imaplib.IMAP4:
        if self._use_tls:
            context = ssl.create_default_context(cafile=self._ca_file or None)
            server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                self._host, self._port, ssl_context=context, timeout=self._seconds
            )
        else:
            server = imaplib.IMAP4(self._host, self._port, timeout=self._seconds)
        try:
            server.login(self._user, self._password)
            # Many servers tell what they can only after the login; imaplib asks before it.
            self._abilities = frozenset(_joined(_said(server.capability())).upper().split())
            if "ID" in self._abilities:
                # Without it the servers of NetEase take the login for an unsafe one.
                server.xatom("ID", '("name" "gongkai")')
            _said(server.select(_quoted(self._folder)))
            self._validity = _joined(server.untagged_responses.get("UIDVALIDITY", []))
            self._check_marks(_joined(server.untagged_responses.get("PERMANENTFLAGS", [])))
        except BaseException:
            _shut(server)
            raise
        return server

    def _check_marks(self, kept: str) -> None:
        """Refuse a server that would forget our mark, unless taken mails are moved away."""
        if kept and "\\*" not in kept and KEYWORD not in kept and not self._done_folder:
            raise MailboxError("邮件服务器不能保存已读取的标记，请在设置中写明 done_folder。")

    def _search(self, server: imaplib.IMAP4) -> list[str]:
        lines = _said(server.uid("SEARCH", "UNDELETED", "UNKEYWORD", KEYWORD))
        uids = {int(uid) for line in lines if isinstance(line, bytes) for uid in line.split()}
        return [str(uid) for uid in sorted(uids)]

    def _fetch(self, uid: str, server: imaplib.IMAP4) -> bytes | None:
        lines = _said(server.uid("FETCH", uid, f"(UID BODY.PEEK[]<0.{self._most}>)"))
        for line in lines:
            if isinstance(line, tuple) and len(line) > 1:
                return bytes(line[1])
        return None

    def _uid(self, server: imaplib.IMAP4, mail_id: str) -> str:
        validity, dot, uid = mail_id.partition(".")
        if not dot or not re.fullmatch(r"[0-9]{1,10}", uid, re.ASCII) or validity != self._validity:
            raise MailGone(f"编号为“{mail_id[:100]}”的邮件已不在邮箱中。")
        return uid

    def _move(self, server: imaplib.IMAP4, uid: str, folder: str) -> None:
        """Move a mail; where the server knows no MOVE, copy it and mark the first \\Deleted."""
        name = _quoted(folder)
        server.create(name)  # refused where it is there already
        if "MOVE" in self._abilities:
            _said(server.uid("MOVE", uid, name))
            return
        _said(server.uid("COPY", uid, name))
        _said(server.uid("STORE", uid, "+FLAGS.SILENT", "(\\Deleted)"))
        if "UIDPLUS" in self._abilities:  # else EXPUNGE would hit what others have marked
            _said(server.uid("EXPUNGE", uid))


def _shut(server: imaplib.IMAP4) -> None:
    try:
        server.shutdown()
    except OSError as error:
        _log.info("mailbox: connection was gone already: %s", error)


def _said(answer: tuple[str, list[Any]]) -> list[Any]:
    """Return the lines of an answer OK.

    Raises:
        MailboxError: the server said no.
    """
    status, lines = answer
    if status != "OK":
        raise MailboxError(f"邮件服务器不答应：{_joined(lines)[:200]}")
    return lines


def _joined(lines: Iterable[Any]) -> str:
    return b" ".join(line for line in lines if isinstance(line, bytes)).decode("utf-8", "replace")


def _quoted(folder: str) -> str:
    """Return a folder's name in the UTF-7 of IMAP (RFC 3501, 5.1.3), quoted."""

    def shifted(run: re.Match[str]) -> str:
        coded = base64.b64encode(run[0].encode("utf-16-be")).rstrip(b"=")
        return "&" + coded.decode("ascii").replace("/", ",") + "-"

    name = re.sub(r"[^\x20-\x7e]+", shifted, folder.replace("&", "&-"))
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
