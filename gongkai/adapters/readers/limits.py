"""What a published file may cost us, and the errors a reader raises.

Files come from anywhere: each reader is bounded in bytes read, bytes unpacked,
pages, cells and time, and says in Chinese what is wrong and what to do.

ReadError
├── TooLarge        over a cap
├── Damaged         not the format it claims, or cut off
├── Locked          encrypted
├── NoText          only pictures
└── NotSupported    a format nobody reads here, or its program is not installed
"""

from dataclasses import dataclass


class ReadError(ValueError):
    """The file cannot be read; the message is for the user."""


class TooLarge(ReadError):
    """The file, or what it unpacks to, is over a cap."""


class Damaged(ReadError):
    """The content is not what the name says, or is cut off."""


class Locked(ReadError):
    """The file is encrypted."""


class NoText(ReadError):
    """The file holds pictures only."""


class NotSupported(ReadError):
    """The format is not known, or the program that reads it is not installed."""


@dataclass(frozen=True)
class Limits:
    """Caps for one file."""

    file_bytes: int = 20 * 1024 * 1024
    unpacked_bytes: int = 30 * 1024 * 1024
    unpacked_ratio: int = 200
    members: int = 5_000
    pages: int = 200
    sheets: int = 20
    cells: int = 30_000
    paragraphs: int = 60_000
    characters: int = 3_000_000
    seconds: float = 30.0


LIMITS = Limits()
