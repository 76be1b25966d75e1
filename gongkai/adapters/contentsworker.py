"""One file taken apart into the parts it holds, in a process of its own.

Run as `python -m gongkai.adapters.contentsworker SECONDS`: on standard input four bytes of
length, a JSON command of that length, the file; on standard output {"parts": [[where, text, rows,
note]...]} or {"error": kind}. A file that makes its parser loop or swell ends this process and
nothing else.
"""

import json
import resource
import struct
import sys
from collections.abc import Iterator
from typing import Any

from gongkai.adapters.contents_found import Found, TooMuch
from gongkai.adapters.readers.limits import Locked, ReadError, TooLarge

_MEMORY = 4_000 * 1024 * 1024  # the models that read pictures map much of it and touch little
_CHARACTERS = 5_000_000
_CELLS = 3_000_000


def main() -> None:
    """Read standard input, write the answer."""
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    (length,) = struct.unpack("!I", sys.stdin.buffer.read(4))
    told = json.loads(sys.stdin.buffer.read(length))
    done = answer(told, sys.stdin.buffer.read())
    said = json.dumps(done, ensure_ascii=False).encode("utf-8", "replace")
    sys.stdout.buffer.write(said)


def answer(told: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Return what a command makes of a file, or the kind of error that stands against it."""
    try:
        return {"parts": list(_counted(_parts(told, data)))}
    except Locked:
        return {"error": "locked"}
    except TooLarge:
        return {"error": "bomb"}
    except (MemoryError, TooMuch, RecursionError):
        return {"error": "large"}
    except ReadError:
        return {"error": "damaged"}
    except Exception as error:  # whatever a broken file makes the parsers raise
        locked = "password" in str(error).lower()
        return {"error": "locked" if locked else "damaged"}


def _parts(told: dict[str, Any], data: bytes) -> Iterator[Found]:
    if told["kind"] in ("docx", "xlsx"):
        from gongkai.adapters.contents_office import parts_of_office

        return parts_of_office(data, told["kind"])
    if told["kind"] == "html":
        from gongkai.adapters.contents_html import parts_of_page

        return parts_of_page(data)
    from gongkai.adapters.contents_pages import parts_of_pages

    return parts_of_pages(data, told["picture"])


def _counted(parts: Iterator[Found]) -> Iterator[Found]:
    """Yield the parts that say anything, within the caps.

    Raises:
        TooMuch: more characters or cells than are checked in one file.
    """
    characters = cells = 0
    for where, text, rows, note in parts:
        characters += len(text)
        cells += sum(len(row) for row in rows or ())
        if characters > _CHARACTERS or cells > _CELLS:
            raise TooMuch
        if text.strip() or note:
            yield where, text, rows, note


if __name__ == "__main__":
    main()
