"""Pages, pictures, burnt boxes and findings of one file, in a process of its own.

Run as `python -m gongkai.adapters.redactionworker SECONDS`: on standard input four bytes of
length, a JSON command of that length, the file; on standard output the same, an answer and the
bytes that were made. A file that makes its parser loop or swell ends this process and nothing else.
"""

import json
import resource
import struct
import sys
from typing import Any

from gongkai.adapters.redaction_pages import Pages, TooMuch, WrongPage, burn, picture_of, text_of

_MEMORY = 2_000 * 1024 * 1024


def main() -> None:
    """Read standard input, write the answer."""
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    (length,) = struct.unpack("!I", sys.stdin.buffer.read(4))
    told = json.loads(sys.stdin.buffer.read(length))
    done, made = answer(told, sys.stdin.buffer.read())
    head = json.dumps(done, ensure_ascii=False).encode("utf-8", "replace")
    sys.stdout.buffer.write(struct.pack("!I", len(head)) + head + made)


def answer(told: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what a command makes of a file, or the kind of error that stands against it."""
    try:
        if told["command"] == "check":
            return {"findings": _findings(data, told)}, b""
        with Pages(data, told["picture"], told["pages"]) as pages:
            if told["command"] == "pages":
                return {"pages": [pages.size(number) for number in range(len(pages))]}, b""
            if told["command"] == "text":
                return {}, text_of(pages, told["most"]).encode("utf-8", "replace")
            if told["command"] == "page":
                return {}, picture_of(pages, told["page"] - 1, told["dpi"])
            return {}, burn(pages, told["boxes"], told["dpi"])
    except (MemoryError, TooMuch):
        return {"error": "large"}, b""
    except WrongPage:
        return {"error": "page"}, b""
    except Exception as error:  # whatever a broken file makes the parsers raise
        locked = "password" in str(error).lower()
        return {"error": "locked" if locked else "damaged"}, b""


def _findings(data: bytes, told: dict[str, Any]) -> list[tuple[str, int, str]]:
    if told["picture"]:
        from gongkai.adapters.redaction_marks import marks_of_picture

        return marks_of_picture(data)
    from gongkai.adapters.redaction_marks import marks_of_pdf
    from gongkai.adapters.redaction_sight import unseen

    with Pages(data, False, told["pages"]) as pages:
        return [*unseen(data, pages), *marks_of_pdf(data)]


if __name__ == "__main__":
    main()
