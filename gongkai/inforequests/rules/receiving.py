"""When a way in is to be tested again, and how our own test mail is known."""

import re
from datetime import date, timedelta

_SUBJECT = "受理邮箱自测"
_TOKEN = re.compile(rf"{_SUBJECT} ([0-9a-f]{{32}})(?![0-9a-f])")
MAIL_WAITS = timedelta(days=1)  # a test mail that has not come back by then has failed


def next_test_on(tested_on: date | None, passed: bool, every_days: int) -> date | None:
    """Return the day by which to test again; None for at once: never tested, or failed."""
    return tested_on + timedelta(days=every_days) if tested_on and passed else None


def subject_of_test(token: str) -> str:
    """Return the subject of a test mail."""
    return f"{_SUBJECT} {token}"


def token_in(subject: str) -> str:
    """Return the token of a test mail from its subject, "" for any other mail."""
    found = _TOKEN.search(subject)
    return found[1] if found else ""
