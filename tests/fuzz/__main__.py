"""`python -m tests.fuzz`: tries readers with hostile input, prints a table, ends 1 on any fault.

Inputs that make a reader fail are kept in var/fuzz, each with what it raised in <reader>.log.
"""

import argparse
import os
import sys
from time import monotonic

import django


def main() -> int:
    """Run what the command line asks for."""
    options = _options()
    os.nice(options.nice)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings.test")
    django.setup()
    from tests.fuzz import running
    from tests.fuzz.intake import INTAKE
    from tests.fuzz.readers import READERS

    known = {**READERS, **INTAKE}
    readers = [known[name] for name in (options.reader or known)]
    if options.only is not None:
        return _once(readers[0], options.only)
    for old in running.FOLDER.glob("*"):
        if (
            not options.reader
            or old.stem in options.reader
            or old.stem.rpartition("-")[0] in options.reader
        ):
            old.unlink()
    _say(running.HEAD)
    faults: list[str] = []
    for reader in readers:
        until = monotonic() + options.minutes * 60
        outcome = running.run(reader, options.first, options.inputs, options.jobs, until)
        _say(outcome.line)
        faults += outcome.faults
        for fault in outcome.faults[:3]:
            _say(fault)
    _say(f"fuzz: {len(faults)} faults" + (", the inputs are in var/fuzz" if faults else ""))
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000, help="a reader")
    parser.add_argument("--reader", action="append", help="its name; may be said again")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--minutes", type=float, default=600.0, help="at most, a reader")
    parser.add_argument("--nice", type=int, default=19, help="how far behind others it stands")
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--only", type=int, help="the number of the one input to be read, here")
    return parser.parse_args()


def _once(reader: object, number: int) -> int:
    from tests.fuzz.running import made

    sample, data = made(reader, reader.samples(), number)
    reader.prepare()
    _say(f"{reader.name} {number}: {sample.name}, {len(data)} bytes")
    _say("read" if reader.read(sample, data) else "refused")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
