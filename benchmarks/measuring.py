"""A bar, its measurement and the table that is printed."""

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

RUNS = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table: what, where, the figure and the bar it must keep."""

    what: str
    where: str
    value: float
    bar: float
    unit: str
    at_most: bool = True

    @property
    def holds(self) -> bool:
        """Return whether the bar is kept."""
        return self.value <= self.bar if self.at_most else self.value >= self.bar


def cpu_seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median CPU seconds of `work` in this process, after one run to warm it."""
    work()
    return statistics.median(_once(work, time.process_time) for _ in range(runs))


def wall_seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median wall seconds of `work`: for whole commands and a database's own work."""
    work()
    return statistics.median(_once(work, time.perf_counter) for _ in range(runs))


def _once(work: Callable[[], object], clock: Callable[[], float]) -> float:
    start = clock()
    work()
    return clock() - start


def hand_over(found: Iterable[Measured]) -> None:
    """Print measurements as JSON lines, for the process that draws the table."""
    for each in found:
        sys.stdout.write(json.dumps(asdict(each), ensure_ascii=False) + "\n")
        sys.stdout.flush()


def row(each: Measured) -> str:
    """Return one measurement as a row of a Markdown table."""
    sign = "≤" if each.at_most else "≥"
    figure = f"{each.value:,.0f}" if each.value >= 100 else f"{each.value:.3g}"
    return (
        f"| {each.what} | {each.where} | {figure} {each.unit} "
        f"| {sign} {each.bar:g} {each.unit} | {'yes' if each.holds else 'NO'} |"
    )


def table(found: Iterable[Measured]) -> str:
    """Return the measurements as a Markdown table."""
    head = ["| what | where | measured | bar | holds |", "|---|---|--:|--:|---|"]
    return "\n".join([*head, *map(row, found)])


def machine() -> str:
    """Return what the measurements were made on, in a line."""
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        told = ""
    models = [line.partition(":")[2].strip() for line in told.splitlines() if "model name" in line]
    model = models[0] if models else platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores of {model}, {memory:.0f} GiB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}"
    )
