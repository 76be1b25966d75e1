"""Sending mail: a Letter in, a Message-ID out, or a clear word whether to try again.

A letter that the other side will never take is `Refused`; everything else that stands in the
way (no connection, a full queue, wrong settings of our own) is `TryLater`, so that the outbox
keeps the job and a slip in the settings loses no letter. Twins: `FolderMailer` writes .eml
files, `NoMailer` does nothing. Served by RFC 5322, 2047, 2231 (form) and 5321 (exchange).
"""

import hashlib
import logging
import os
import re
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Protocol

from gongkai.adapters.eml import Attachment
from gongkai.adapters.eml_words import decode
from gongkai.adapters.mail_letter import (
    Letter,
    MailError,
    Refused,
    SettingsError,
    TryLater,
    checked_address,
    written,
)

__all__ = [
    "Attachment",
    "FolderMailer",
    "Letter",
    "MailError",
    "Mailer",
    "NoMailer",
    "Refused",
    "SettingsError",
    "SmtpMailer",
    "TryLater",
    "made",
    "mailer",
    "put_into_folder",
]

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_TOO_LARGE = 552
_log = logging.getLogger(__name__)


class Mailer(Protocol):
    """Whoever sends letters."""

    def send(self, letter: Letter) -> str:
        """Send a letter and return its Message-ID; raises Refused, TryLater."""
        ...


@dataclass(frozen=True, slots=True)
class NoMailer:
    """Sends nothing; a letter that could not be sent is refused here as well."""

    sender: str = "gongkai@localhost"

    def send(self, letter: Letter) -> str:
        """Return the Message-ID the letter would have had."""
        return str(written(letter, self.sender)["Message-ID"])


@dataclass(frozen=True, slots=True)
class FolderMailer:
    """Writes each letter as an .eml file, for the demo and for looking at; modes 0700 and 0600."""

    folder: Path
    sender: str = "gongkai@localhost"
    sender_name: str = ""

    def send(self, letter: Letter) -> str:
        """Write the letter; the same Message-ID again replaces it.

        Raises:
            Refused: the letter cannot be written as a mail.
            TryLater: the folder cannot be written.
        """
        message = written(letter, self.sender, self.sender_name)
        identity = str(message["Message-ID"])
        name = hashlib.sha256(identity.encode()).hexdigest()[:32] + ".eml"
        put_into_folder(self.folder, name, message.as_bytes())
        return identity


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Sends through a mail server, one connection a letter.

    `security` is "tls" (from the first byte, port 465), "starttls" (587) or "none", which is
    for a relay on this machine. Certificates are verified, against `ca_file` where given.
    """

    host: str
    port: int
    sender: str
    sender_name: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = "tls"
    ca_file: str = ""
    seconds: float = 20.0

    def send(self, letter: Letter) -> str:
        """Send the letter and return its Message-ID.

        Raises:
            Refused: the server takes neither this letter nor this address, ever.
            TryLater: no connection, a temporary refusal, or settings the server objects to.
        """
        message = written(letter, self.sender, self.sender_name)
        to = checked_address(letter.to)
        server: smtplib.SMTP | None = None
        try:
            server = self._connected()
            server.send_message(message, checked_address(self.sender), [to])
        except smtplib.SMTPException as error:
            raise _judged(error) from error
        except OSError as error:  # refused, unreachable, timed out, certificate not trusted
            raise TryLater(f"邮件服务器 {self.host} 连接不上（{error}），稍后再发。") from error
        finally:
            _leave(server)
        return str(message["Message-ID"])

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context(cafile=self.ca_file or None)
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.seconds, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.seconds)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


def _leave(server: smtplib.SMTP | None) -> None:
    """Say goodbye; what goes wrong here no longer touches the letter, which is judged already."""
    if server is None:
        return
    try:
        server.quit()
    except (smtplib.SMTPException, OSError) as error:
        _log.info("mail: goodbye to the server failed: %s", error)
        server.close()


def _judged(error: smtplib.SMTPException) -> MailError:
    """Return what an answer of the server means for the letter."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answer: tuple[int, bytes | str] = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        answer = (error.smtp_code, error.smtp_error)
    else:  # disconnected, or something we need is not offered
        return TryLater(f"邮件服务器中断或不支持所需功能（{error}），稍后再发。")
    code, said = answer
    told = said if isinstance(said, str) else decode(said)
    told = " ".join(_CONTROLS.sub(" ", told).split())[:300]
    ours = isinstance(
        error,
        smtplib.SMTPAuthenticationError
        | smtplib.SMTPSenderRefused
        | smtplib.SMTPConnectError
        | smtplib.SMTPHeloError,
    )
    if ours and code != _TOO_LARGE:
        return TryLater(f"邮件服务器不接受本系统（{code} {told}），请核对发信账号和密码。")
    if code >= 500:
        return Refused(f"邮件服务器拒收（{code} {told}），请核对收件地址。")
    return TryLater(f"邮件服务器暂时不收（{code} {told}），稍后再发。")


def put_into_folder(folder: Path, name: str, data: bytes) -> None:
    """Write a file whole or not at all, for its owner's eyes only.

    Raises:
        TryLater: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, draft = mkstemp(prefix=".", dir=folder)  # mode 0600
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(draft).replace(folder / name)
    except OSError as error:
        raise TryLater(
            f"文件夹 {folder} 写不进去（{error.strerror}），请核对权限和空间。"
        ) from error


def mailer(config: Mapping[str, Any]) -> Mailer:
    """Return the mailer that a setting GONGKAI_MAILER describes: `kind` and its fields.

    Kinds: "none", "folder" (folder, sender, sender_name), "smtp" (the fields of SmtpMailer).

    Raises:
        SettingsError: the kind or a field is missing or unknown.
    """
    chosen: NoMailer | FolderMailer | SmtpMailer = made(
        "GONGKAI_MAILER", config, {"none": NoMailer, "folder": FolderMailer, "smtp": SmtpMailer}
    )
    if isinstance(chosen, SmtpMailer) and chosen.security not in ("tls", "starttls", "none"):
        raise SettingsError("GONGKAI_MAILER 的 security 只能是 tls、starttls 或 none。")
    try:
        checked_address(chosen.sender)
    except Refused as error:
        raise SettingsError(f"GONGKAI_MAILER 的 sender：{error}") from error
    return chosen


def made(setting: str, config: Mapping[str, Any], kinds: Mapping[str, Any]) -> Any:
    """Return the adapter that `config["kind"]` names, made of the other fields.

    Raises:
        SettingsError: the kind or a field is missing or unknown.
    """
    fields = {name: value for name, value in config.items() if name != "kind"}
    kind = kinds.get(config.get("kind", ""))
    if kind is None:
        raise SettingsError(f"{setting} 的 kind 只能是：{'、'.join(kinds)}。")
    try:
        return kind(**fields)
    except TypeError as error:
        raise SettingsError(f"{setting} 的内容有缺少或不认识的项目（{error}）。") from error
