"""A bar, its measurement and the table that is printed."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

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


def table(found: Iterable[Measured]) -> str:
    """Return the measurements as a Markdown table."""
    lines = ["| what | where | measured | bar | holds |", "|---|---|--:|--:|---|"]
    for each in found:
        sign = "≤" if each.at_most else "≥"
        figure = f"{each.value:,.0f}" if each.value >= 100 else f"{each.value:.3g}"
        lines.append(
            f"| {each.what} | {each.where} | {figure} {each.unit} "
            f"| {sign} {each.bar:g} {each.unit} | {'yes' if each.holds else 'NO'} |"
        )
    return "\n".join(lines)
