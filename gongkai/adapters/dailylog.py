"""Logs of one file a day: many processes append, old days are packed, the oldest dropped.

A file is named by its day and never renamed while somebody may write to it, so no process has to
be told of a rotation. `NoLog` is the twin that keeps nothing.
"""

import gzip
import os
import shutil
import threading
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol

_OPEN_DAYS = 2  # a process asleep at midnight may still hold yesterday's file


class Log(Protocol):
    """What lines are written to."""

    def write(self, day: date, line: bytes) -> None:
        """Append a line to the log of a day."""


class NoLog:
    """Keeps nothing."""

    def write(self, day: date, line: bytes) -> None:
        """Drop the line."""


class DailyLog:
    """Appends lines to `<name>-<day>.log` in a folder that others cannot read."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._lock = threading.Lock()
        self._day: date | None = None
        self._file = -1

    def write(self, day: date, line: bytes) -> None:
        """Append one line; lines of several processes do not mix."""
        with self._lock:
            if day != self._day:
                self._turn(day)
            os.write(self._file, line.replace(b"\n", b" ") + b"\n")

    def _turn(self, day: date) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{self._name}-{day.isoformat()}.log"
        fresh = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        if self._file >= 0:
            os.close(self._file)
        self._file, self._day = fresh, day


def kept_days(folder: Path, name: str) -> list[date]:
    """Return the days of which a log is kept, oldest first."""
    found = (_day_of(path, name) for path in folder.glob(f"{name}-*.log*"))
    return sorted({day for day in found if day is not None})


def tidy(folder: Path, name: str, *, today: date, keep_days: int) -> tuple[int, int]:
    """Pack the days that nobody writes to any more, drop those kept long enough; count both."""
    packed = dropped = 0
    for path in sorted(folder.glob(f"{name}-*.log*")):
        day = _day_of(path, name)
        if day is None:
            continue
        if day < today - timedelta(days=keep_days):
            path.unlink()
            dropped += 1
        elif path.suffix == ".log" and day <= today - timedelta(days=_OPEN_DAYS):
            _pack(path)
            packed += 1
    return packed, dropped


def oldest_change(patterns: Iterable[str]) -> dict[str, date | None]:
    """Return for each pattern of paths the day its oldest file was last written; None: no file."""
    found: dict[str, date | None] = {}
    for pattern in patterns:
        place = Path(pattern)
        try:
            moments = [path.stat().st_mtime for path in place.parent.glob(place.name)]
        except OSError:
            moments = []
        found[pattern] = datetime.fromtimestamp(min(moments), UTC).date() if moments else None
    return found


def _pack(path: Path) -> None:
    fresh = path.with_name(f".{path.name}.gz")
    with path.open("rb") as plain, fresh.open("wb") as out:
        fresh.chmod(0o600)
        with gzip.GzipFile(path.name, "wb", fileobj=out, mtime=0) as packed:
            shutil.copyfileobj(plain, packed)
    fresh.rename(path.with_name(f"{path.name}.gz"))
    path.unlink()


def _day_of(path: Path, name: str) -> date | None:
    try:
        return date.fromisoformat(path.name.removeprefix(f"{name}-")[:10])
    except ValueError:
        return None
