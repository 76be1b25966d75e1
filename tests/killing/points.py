"""Kill this process at the nth point of its work: before a statement, before or after a commit.

A point is what a power cut could fall between. `count_points` runs the work unharmed and
tells how many points it has, so that a test can die at each of them.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


class Fuse:
    """Counts points; at the one it is set to it ends the process at once, without any clean-up."""

    def __init__(self, deadly: int | None = None) -> None:
        self.deadly = deadly
        self.passed = 0

    def burn(self) -> None:
        """Pass one point, or die at it."""
        self.passed += 1
        if self.passed == self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Stand before each statement, as Django's execute wrapper."""
        self.burn()
        return execute(sql, params, many, context)


@contextmanager
def burning(deadly: int | None = None) -> Iterator[Fuse]:
    """Lay a fuse along every statement and commit of this process's connection."""
    fuse = Fuse(deadly)
    commit = BaseDatabaseWrapper._commit

    def deadly_commit(self: BaseDatabaseWrapper) -> None:
        fuse.burn()
        commit(self)
        fuse.burn()

    BaseDatabaseWrapper._commit = deadly_commit  # type: ignore[method-assign]
    try:
        with connection.execute_wrapper(fuse.statement):
            yield fuse
    finally:
        BaseDatabaseWrapper._commit = commit  # type: ignore[method-assign]
