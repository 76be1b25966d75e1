"""Keeps rendered letters on disk: encrypted, written whole or not at all, never overwritten.

A letter bears names and addresses, so its files are sealed with the keyring (ADR 0014) and
bound to their own name. The bytes are on the disk (fsync of file and folder) before anybody
may record that they exist: an orphan file is harmless, a row without its file is not.
"""

import os
from pathlib import Path

from gongkai.adapters.cipher import CannotOpen, keyring

_HEAD = 128  # bytes: more than the longest header of a token


class LetterFileLost(LookupError):
    """A kept file is missing or does not open; the message is for the user."""


def keep(folder: Path, name: str, data: bytes) -> None:
    """Write `data` sealed as `name` (a plain name) under `folder`; raises FileExistsError."""
    path = _place(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(keyring().seal(data, _bound_to(name)))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)  # fails when the name is taken, which a rename would not
    finally:
        fresh.unlink()
    _sync(path.parent)


def fetch(folder: Path, name: str) -> bytes:
    """Return what was kept as `name`; raises LetterFileLost."""
    try:
        token = _place(folder, name).read_bytes()
    except FileNotFoundError:
        raise LetterFileLost("公文文件不在存放目录中，请联系系统管理员从备份恢复") from None
    try:
        return keyring().open(token, _bound_to(name))
    except CannotOpen as error:
        raise LetterFileLost(f"公文文件不能打开。{error}") from None


def is_outdated(folder: Path, name: str) -> bool:
    """Say whether a kept file is sealed with another key or cipher than those of now.

    Raises LetterFileLost.
    """
    try:
        with _place(folder, name).open("rb") as file:
            return keyring().needs_rotation(file.read(_HEAD))
    except FileNotFoundError:
        raise LetterFileLost("公文文件不在存放目录中，请联系系统管理员从备份恢复") from None
    except CannotOpen as error:
        raise LetterFileLost(f"公文文件不能打开。{error}") from None


def reseal(folder: Path, name: str) -> bool:
    """Seal a kept file anew when its key is no longer the current one; say whether it was."""
    if not is_outdated(folder, name):
        return False
    path, data = _place(folder, name), fetch(folder, name)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    with fresh.open("wb") as file:
        file.write(keyring().seal(data, _bound_to(name)))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _sync(path.parent)
    return True


def _place(folder: Path, name: str) -> Path:
    return folder / name[:2] / f"{name}.sealed"


def _bound_to(name: str) -> str:
    return f"letters.Letter:{name}"


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
