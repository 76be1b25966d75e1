"""The W3C's checker of HTML (vnu) in a Java process of its own, or nothing where it is not here.

GONGKAI_VNU_JAR names vnu.jar; else it is sought where packages put it.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

_JARS = ("/usr/share/java/vnu.jar", "/usr/local/share/java/vnu.jar", "/opt/vnu/vnu.jar")
_START_SECONDS, _PAGE_SECONDS = 60, 5
_MOST_BYTES = 6_000_000


@dataclass(frozen=True, slots=True)
class Remark:
    """One error of one page, by line and column from 1, in the checker's own words."""

    address: str
    line: int
    column: int
    message: str


class CheckFailed(RuntimeError):
    """The checker did not come to an end."""


class HtmlChecker(Protocol):
    """Checks pages; `lacking` says what is not installed, "" where it can check."""

    lacking: str

    def check(self, pages: Mapping[str, bytes]) -> list[Remark]:
        """Return the errors of pages, given as bytes by address; raises CheckFailed."""
        ...


class NoChecker:
    """Checks nothing."""

    def __init__(self, lacking: str) -> None:
        """Take what is not installed."""
        self.lacking = lacking

    def check(self, pages: Mapping[str, bytes]) -> list[Remark]:
        """Return nothing."""
        return []


class Vnu:
    """One Java process for each batch of pages."""

    lacking = ""

    def __init__(self, java: str, jar: str) -> None:
        """Take where both are."""
        self._java, self._jar = java, jar

    def check(self, pages: Mapping[str, bytes]) -> list[Remark]:
        """Return the errors of pages.

        Raises:
            CheckFailed: it took too long, or ended without an answer.
        """
        with tempfile.TemporaryDirectory(prefix="gongkai-vnu-") as folder:
            names = {}
            for number, (address, body) in enumerate(pages.items()):
                path = Path(folder) / f"{number}.html"
                path.write_bytes(body[:_MOST_BYTES])
                names[path.name] = address
            told = self._run(folder, len(pages)) if names else {"messages": []}
        return [
            Remark(
                names[Path(each["url"]).name],
                int(each.get("lastLine") or 0),
                int(each.get("firstColumn") or each.get("lastColumn") or 0),
                str(each["message"]),
            )
            for each in told["messages"]
            if each.get("type") == "error" and Path(each.get("url", "")).name in names
        ]

    def _run(self, folder: str, pages: int) -> dict[str, Any]:
        line = [
            self._java, "-Xss1m", "-Xmx512m", "-jar", self._jar, "--format", "json", "--stdout",
            "--exit-zero-always", "--skip-non-html", folder,
        ]  # fmt: skip
        try:
            done = subprocess.run(  # noqa: S603 - a file of this machine, no shell
                line, capture_output=True, check=False,
                timeout=_START_SECONDS + _PAGE_SECONDS * pages,
            )  # fmt: skip
            return dict(json.loads(done.stdout))
        except (subprocess.TimeoutExpired, OSError, ValueError) as why:
            raise CheckFailed(f"HTML 检查没有完成：{type(why).__name__}") from None


def html_checker() -> HtmlChecker:
    """Return the checker of this machine, or one that checks nothing and says what is lacking."""
    java = shutil.which("java")
    named = os.environ.get("GONGKAI_VNU_JAR", "")
    jar = next((each for each in (named, *_JARS) if each and Path(each).is_file()), "")
    if java and jar:
        return Vnu(java, jar)
    lacking = [name for name, there in (("java", java), ("vnu.jar", jar)) if not there]
    return NoChecker("、".join(lacking))
