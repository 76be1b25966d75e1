"""How mail and short messages go out and in, from the environment; nothing named is the twin.

The values are what `adapters.mail.mailer`, `adapters.mailbox.mailbox_of` and
`adapters.sms.texter` take.
"""

from collections.abc import Mapping
from typing import Any


def mailer_from(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return GONGKAI_MAILER: the mail server of GONGKAI_SMTP_HOST, or none."""
    if not environment.get("GONGKAI_SMTP_HOST"):
        return {"kind": "none"}
    return {
        "kind": "smtp",
        "host": environment["GONGKAI_SMTP_HOST"],
        "port": int(environment.get("GONGKAI_SMTP_PORT") or 465),
        "security": environment.get("GONGKAI_SMTP_SECURITY") or "tls",
        "user": environment.get("GONGKAI_SMTP_USER", ""),
        "password": environment.get("GONGKAI_SMTP_PASSWORD", ""),
        "sender": environment.get("GONGKAI_MAIL_SENDER", ""),
        "sender_name": environment.get("GONGKAI_MAIL_SENDER_NAME", ""),
        "ca_file": environment.get("GONGKAI_CA_FILE", ""),
    }


def mailbox_from(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return GONGKAI_MAILBOX: the folder of GONGKAI_MAILDIR, the account of GONGKAI_IMAP_HOST."""
    if environment.get("GONGKAI_MAILDIR"):
        return {"kind": "maildir", "path": environment["GONGKAI_MAILDIR"]}
    if not environment.get("GONGKAI_IMAP_HOST"):
        return {"kind": "none"}
    return {
        "kind": "imap",
        "host": environment["GONGKAI_IMAP_HOST"],
        "port": int(environment.get("GONGKAI_IMAP_PORT") or 993),
        "user": environment.get("GONGKAI_IMAP_USER", ""),
        "password": environment.get("GONGKAI_IMAP_PASSWORD", ""),
        "folder": environment.get("GONGKAI_IMAP_FOLDER") or "INBOX",
        "done_folder": environment.get("GONGKAI_IMAP_DONE_FOLDER", ""),
        "ca_file": environment.get("GONGKAI_CA_FILE", ""),
    }


def texter_from(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return GONGKAI_TEXTER: the gateway at GONGKAI_SMS_URL, or none."""
    if not environment.get("GONGKAI_SMS_URL"):
        return {"kind": "none"}
    return {
        "kind": "http",
        "url": environment["GONGKAI_SMS_URL"],
        "key": environment.get("GONGKAI_SMS_KEY", ""),
        "secret": environment.get("GONGKAI_SMS_SECRET", ""),
        "ca_file": environment.get("GONGKAI_CA_FILE", ""),
    }
