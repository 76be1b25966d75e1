"""A mailbox in a folder (Maildir), as Postfix and Dovecot deliver on the same machine.

Taken mails lie in cur/ with the flag S and our own letter g; set aside ones in the subfolder
.problem, the reasons beside them. While a mail is handed out its file is locked (flock), so two
readers take each mail once, and the lock of a reader that dies falls by itself.
Links, devices and whatever else is no plain file are never opened.
"""

import fcntl
import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from gongkai.adapters.mailbox_types import Closing, MailboxError, MailGone, RawMail

MOST_BYTES = 30 * 1024 * 1024 + 1  # one more than a mail may have, so that the reader can tell
_TAKEN = "g"
_log = logging.getLogger(__name__)


class MaildirBox(Closing):
    """A Maildir; `path` holds new/, cur/ and tmp/."""

    def __init__(self, path: str | Path, *, most_bytes: int = MOST_BYTES) -> None:
        """Take the folder's path; nothing is opened yet."""
        self._path = Path(path)
        self._most = most_bytes
        self._held: dict[str, int] = {}

    def unread(self) -> Iterator[RawMail]:
        """Yield the mails in new/ and cur/ without our mark, the oldest first.

        Each is locked until the next is asked for; one that another reader holds is passed over.

        Raises:
            MailboxError: the folder is not there or cannot be read.
        """
        for file in self._files():
            mail_id = _base(file.name)
            descriptor = self._lock(file)
            if descriptor is None:
                continue
            self._held[mail_id] = descriptor
            try:
                yield RawMail(mail_id, self._read(descriptor, file))
            finally:
                self._release(mail_id)

    def done(self, mail_id: str) -> None:
        """Move the mail to cur/ with the flags S and g.

        Raises:
            MailGone: it is neither in new/ nor in cur/.
            MailboxError: it cannot be moved.
        """
        file = self._find(mail_id)
        flags = "".join(sorted({*_flags(file.name), "S", _TAKEN}))
        self._move(file, self._path / "cur" / f"{mail_id}:2,{flags}")

    def set_aside(self, mail_id: str, reason: str) -> None:
        """Move the mail into .problem, which mail programs show as a subfolder; keep the reason.

        Raises:
            MailGone, MailboxError: as `done`.
        """
        file = self._find(mail_id)
        problem = self._path / ".problem"
        try:
            for name in ("", "new", "cur", "tmp", "reasons"):
                (problem / name).mkdir(exist_ok=True, mode=0o700)
                _refuse_link(problem / name)
            (problem / "maildirfolder").touch(mode=0o600)
            note = problem / "reasons" / f"{mail_id}.txt"
            made = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(made, "w", encoding="utf-8", errors="replace") as opened:
                opened.write(reason + "\n")
        except OSError as error:
            raise MailboxError(f"邮件夹 {problem} 写不进去（{error.strerror}）。") from error
        self._move(file, problem / "cur" / f"{mail_id}:2,{_flags(file.name)}")

    def close(self) -> None:
        """Let go of the mail in hand."""
        for mail_id in list(self._held):
            self._release(mail_id)

    def _files(self) -> list[Path]:
        found: list[tuple[int, str, Path]] = []
        for name in ("new", "cur"):
            folder = self._path / name
            _refuse_link(folder)
            try:
                with os.scandir(folder) as entries:
                    found += filter(None, map(_dated, entries))
            except FileNotFoundError as error:
                raise MailboxError(f"没有邮件夹 {folder}，请核对设置。") from error
            except OSError as error:
                raise MailboxError(f"邮件夹 {folder} 读不了（{error.strerror}）。") from error
        return [path for *_, path in sorted(found)]

    def _lock(self, file: Path) -> int | None:
        """Return a locked descriptor of a plain file, None where it is not ours to take."""
        try:
            descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:  # another reader was faster
            return None
        except OSError as error:
            _log.warning("mailbox: %s passed over: %s", file, error.strerror)
            return None
        kept = False
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                _log.warning("mailbox: %s passed over: not a plain file", file)
                return None
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Another reader may have taken and moved it between our listing and our lock.
            kept = os.path.samestat(os.fstat(descriptor), os.lstat(file))
        except (BlockingIOError, FileNotFoundError):
            return None
        finally:
            if not kept:
                os.close(descriptor)
        return descriptor if kept else None

    def _read(self, descriptor: int, file: Path) -> bytes:
        try:
            with os.fdopen(os.dup(descriptor), "rb") as opened:
                return opened.read(self._most)
        except OSError as error:
            raise MailboxError(f"邮件 {file} 读不了（{error.strerror}）。") from error

    def _release(self, mail_id: str) -> None:
        descriptor = self._held.pop(mail_id, None)
        if descriptor is not None:
            os.close(descriptor)

    def _find(self, mail_id: str) -> Path:
        if not mail_id or _base(mail_id) != mail_id or mail_id.startswith("."):
            raise MailGone(f"没有编号为“{mail_id[:100]}”的邮件。")
        for name in ("new", "cur"):
            try:
                for entry in os.listdir(self._path / name):
                    if _base(entry) == mail_id:
                        return self._path / name / entry
            except OSError as error:
                raise MailboxError(f"邮件夹 {self._path} 读不了（{error.strerror}）。") from error
        raise MailGone(f"邮件“{mail_id[:100]}”已不在邮件夹中。")

    def _move(self, file: Path, target: Path) -> None:
        try:
            _refuse_link(target.parent)
            file.rename(target)
        except FileNotFoundError as error:
            raise MailGone(f"邮件“{file.name[:100]}”已不在邮件夹中。") from error
        except OSError as error:
            raise MailboxError(f"邮件移不到 {target.parent}（{error.strerror}）。") from error


def _dated(entry: os.DirEntry[str]) -> tuple[int, str, Path] | None:
    """Return a waiting mail with its age; None for what is taken, hidden or gone meanwhile."""
    if entry.name.startswith(".") or _TAKEN in _flags(entry.name):
        return None
    try:
        written = entry.stat(follow_symlinks=False).st_mtime_ns
    except FileNotFoundError:  # another reader was faster
        return None
    return written, entry.name, Path(entry.path)


def _refuse_link(folder: Path) -> None:
    if folder.is_symlink():
        raise MailboxError(f"{folder} 是符号链接，不予读写，请改为真正的文件夹。")


def _base(name: str) -> str:
    """Return the unique part of a file's name, before the flags and without any path."""
    return name.rpartition("/")[2].partition(":")[0]


def _flags(name: str) -> str:
    return name.partition(":2,")[2]
