"""Runs a reader over many inputs in forked processes, each with bounded memory and CPU time.

An input is known by its number alone: `python -m tests.fuzz --reader word --only 4711` makes it
again. A process that dies is told with the input it died of, and another goes on behind it.
"""

import mmap
import os
import resource
import signal
import struct
import sys
import traceback
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic, process_time

from tests.fuzz.changes import Change, drawn
from tests.fuzz.readers import Reader
from tests.fuzz.shapes import Sample, mutated

FOLDER = Path("var/fuzz")
_MEGABYTE = 1024 * 1024
# input being read, done, read, refused, microseconds of the slowest, which, peak KB, fault count
_COUNTS = struct.Struct("<8q")
_MOST_FAULTS = 200
_SAFE_KILLS = {signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGPROF}


@dataclass(slots=True)
class Outcome:
    """What came of a run."""

    reader: str
    inputs: int = 0
    read: int = 0
    refused: int = 0
    ended: int = 0  # worker processes that a file ended, where that is what they are for
    slowest: float = 0.0
    slowest_input: int = 0
    peak_megabytes: int = 0
    base_megabytes: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        """One line of the table."""
        return (
            f"{self.reader:16} {self.inputs:>8} {self.read:>8} {self.refused:>8} {self.ended:>6}"
            f" {self.slowest * 1000:>9.0f} {self.slowest_input:>8} {self.base_megabytes:>5}"
            f" {self.peak_megabytes:>5} {self.seconds:>7.0f} {len(self.faults):>6}"
        )


HEAD = (
    f"{'reader':16} {'inputs':>8} {'read':>8} {'refused':>8} {'ended':>6} {'slowest ms':>9}"
    f" {'which':>7} {'base':>5} {'peak':>5} {'seconds':>7} {'faults':>6}"
)


def made(reader: Reader, samples: Sequence[Sample], number: int) -> tuple[Sample, bytes]:
    """Return the input of a number."""
    sample, changes = drawn_input(reader, samples, number)
    return sample, mutated(sample, changes, samples, reader.words)


def drawn_input(
    reader: Reader, samples: Sequence[Sample], number: int
) -> tuple[Sample, list[Change]]:
    """Return the sample and the changes of a number."""
    draw = Random(f"{reader.name}:{number}")
    sample = samples[draw.randrange(len(samples))]
    return sample, drawn(draw)


def run(reader: Reader, first: int, inputs: int, jobs: int, until: float) -> Outcome:
    """Read inputs from the number `first` on, at most until `until` (monotonic seconds)."""
    samples = reader.samples()
    start = monotonic()
    outcome = Outcome(reader.name)
    outcome.base_megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    boards = [mmap.mmap(-1, _COUNTS.size) for _ in range(jobs)]
    running: dict[int, int] = {}
    for job, board in enumerate(boards):
        board[:] = _COUNTS.pack(first + job, 0, 0, 0, 0, 0, 0, 0)
        running[_fork(reader, samples, board, (first + job, first + inputs, jobs, until))] = job
    while running:
        pid, status = os.wait()
        job = running.pop(pid)
        code = os.waitstatus_to_exitcode(status)
        if code:
            at = _died(reader, samples, boards[job], -code, outcome)
            # The dead one had not finished this input: it is counted, and the next is tried.
            span = (at + jobs, first + inputs, jobs, until)
            running[_fork(reader, samples, boards[job], span)] = job
    for board in boards:
        _add(outcome, _COUNTS.unpack(board[:]))
    outcome.seconds = monotonic() - start
    log = FOLDER / f"{reader.name}.log"
    if log.exists():
        outcome.faults += log.read_text().split("\f")[:-1]
    return outcome


def _add(outcome: Outcome, counts: tuple[int, ...]) -> None:
    _, done, read, refused, slowest, which, peak, _ = counts
    outcome.inputs += done
    outcome.read += read
    outcome.refused += refused
    if slowest / 1e6 > outcome.slowest:
        outcome.slowest, outcome.slowest_input = slowest / 1e6, which
    outcome.peak_megabytes = max(outcome.peak_megabytes, peak // 1024)


def _died(
    reader: Reader, samples: Sequence[Sample], board: mmap.mmap, sign: int, outcome: Outcome
) -> int:
    """Count an input that ended its process; return its number."""
    at, done, *rest = _COUNTS.unpack(board[:])
    board[:] = _COUNTS.pack(at, done + 1, *rest)
    if reader.apart and sign in _SAFE_KILLS:
        outcome.ended += 1
    else:
        name = signal.Signals(sign).name if sign > 0 else f"exit {-sign}"
        _keep(reader, *made(reader, samples, at), at, f"process ended by {name}")
    return at


def _keep(reader: Reader, sample: Sample, data: bytes, number: int, why: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{reader.name}-{number}{sample.suffix}").write_bytes(data)
    with (FOLDER / f"{reader.name}.log").open("a") as log:
        log.write(f"{reader.name} {number} ({len(data)} bytes): {why}\f")


def _fork(
    reader: Reader,
    samples: Sequence[Sample],
    board: mmap.mmap,
    span: tuple[int, int, int, float],
) -> int:
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _bound(reader)
        _work(reader, samples, board, span)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _bound(reader: Reader) -> None:
    """Bound what this process may take; CPU time is bounded input by input."""
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    most = mapped + reader.megabytes * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    warnings.simplefilter("ignore")
    reader.prepare()


def _work(
    reader: Reader,
    samples: Sequence[Sample],
    board: mmap.mmap,
    span: tuple[int, int, int, float],
) -> None:
    first, last, step, until = span
    _, done, read, refused, slowest, which, _, faults = _COUNTS.unpack(board[:])
    for number in range(first, last, step):
        if monotonic() > until or faults >= _MOST_FAULTS:
            break
        sample, data = made(reader, samples, number)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        board[:] = _COUNTS.pack(number, done, read, refused, slowest, which, peak, faults)
        signal.setitimer(signal.ITIMER_PROF, reader.seconds)
        before = process_time()
        try:
            if reader.read(sample, data):
                read += 1
            else:
                refused += 1
        except (Exception, RecursionError):
            faults += 1
            _keep(reader, sample, data, number, traceback.format_exc(limit=-8))
        took = int((process_time() - before) * 1e6)
        signal.setitimer(signal.ITIMER_PROF, 0)
        done += 1
        if took > slowest:
            slowest, which = took, number
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    board[:] = _COUNTS.pack(last, done, read, refused, slowest, which, peak, faults)
