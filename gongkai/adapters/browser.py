"""Pages as a browser shows them: axe in the page, and pictures of it. Chromium, or nothing.

Chromium is spoken to over two pipes (its DevTools protocol, JSON with a NUL behind each message),
so nothing listens on a port and no library is needed. A page is a stranger's: its dialogs are
dismissed, its downloads refused, and no address of an inner network is asked on its behalf.
GONGKAI_CHROMIUM names the program.
"""

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from gongkai.adapters.axe import SOURCE
from gongkai.adapters.crawler.addresses import unasked

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_ARGUMENTS = (
    "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu", "--mute-audio",
    "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking",
    "--disable-component-update", "--hide-scrollbars", "--window-size=1280,900",
    "--no-default-browser-check", "--disable-sync",
)  # fmt: skip
# The browser reads on file 3 and writes on file 4; both are moved there before it begins.
_LAUNCH = (
    "import fcntl,os,sys;r,w=(fcntl.fcntl(int(n),fcntl.F_DUPFD,10) for n in sys.argv[1:3]);"
    "os.dup2(r,3);os.dup2(w,4);os.close(r);os.close(w);os.execv(sys.argv[3],sys.argv[3:])"
)
_SETTLE_SECONDS = 0.3
_AXE = """axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
 resultTypes: ['violations']}).then(told => told.violations.map(each => ({id: each.id,
 help: each.help, count: each.nodes.length, places: each.nodes.slice(0, 3).map(
 node => node.html.slice(0, 160))})))"""


@dataclass(frozen=True, slots=True)
class Hurdle:
    """A rule of axe that a page breaks: its name, how often, the first places."""

    rule: str
    help: str
    count: int
    places: tuple[str, ...]


class NotShown(RuntimeError):
    """The browser did not show the page, or did not begin."""


class Browser(Protocol):
    """Shows pages; `lacking` says what is not installed, "" where it can."""

    lacking: str

    def hurdles(self, address: str) -> list[Hurdle]:
        """Return what axe finds in a page; raises NotShown."""
        ...

    def picture(self, address: str) -> bytes:
        """Return the first screen of a page as a PNG, b"" without a browser; raises NotShown."""
        ...


class NoBrowser:
    """Shows nothing."""

    def __init__(self, lacking: str = "Chromium") -> None:
        """Take what is not installed."""
        self.lacking = lacking

    def hurdles(self, address: str) -> list[Hurdle]:
        """Return nothing."""
        return []

    def picture(self, address: str) -> bytes:
        """Return nothing."""
        return b""


class Chromium:
    """One browser process; each page in a tab of its own, within `seconds`."""

    lacking = ""

    def __init__(self, pipe: "_Pipe", seconds: float) -> None:
        """Take the way to the browser and how long a page may take."""
        self._pipe, self._seconds = pipe, seconds

    def hurdles(self, address: str) -> list[Hurdle]:
        """Return what axe finds in a page.

        Raises:
            NotShown: it did not come in time.
        """
        with self._shown(address) as call:
            call("Runtime.evaluate", expression=SOURCE.read_text("utf-8"))
            told = call("Runtime.evaluate", expression=_AXE, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in told:
            raise NotShown("无障碍检查没有完成")
        return [
            Hurdle(each["id"], each["help"], each["count"], tuple(each["places"]))
            for each in told["result"].get("value") or []
        ]

    def picture(self, address: str) -> bytes:
        """Return the first screen of a page as a PNG.

        Raises:
            NotShown: it did not come in time.
        """
        with self._shown(address) as call:
            told = call("Page.captureScreenshot", format="png")
        return base64.b64decode(told["data"])

    @contextmanager
    def _shown(self, address: str) -> Iterator[Callable[..., dict[str, Any]]]:
        pipe = self._pipe
        pipe.until = time.monotonic() + self._seconds
        target = pipe.call("Target.createTarget", url="about:blank")["targetId"]
        try:
            session = pipe.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

            def call(method: str, **values: Any) -> dict[str, Any]:
                return pipe.call(method, session, **values)

            pipe.site = address
            call("Page.enable")
            call("Fetch.enable", patterns=[{"urlPattern": "*"}])
            failed = call("Page.navigate", url=address).get("errorText")
            if failed:
                raise NotShown(f"浏览器打不开页面（{failed}）")
            pipe.wait_for("Page.loadEventFired", session)
            pipe.rest(_SETTLE_SECONDS)
            yield call
        finally:
            pipe.until = time.monotonic() + 5
            pipe.call("Target.closeTarget", targetId=target)


class _Pipe:
    """Messages to and from the browser; what its pages ask is answered on the way."""

    def __init__(self, read: int, write: int) -> None:
        self._read, self._write = read, write
        self._number = 0
        self._left = b""
        self._loaded: set[str] = set()
        self.until = 0.0
        self.site = ""

    def call(self, method: str, session: str = "", **values: Any) -> dict[str, Any]:
        """Send a command and return its result.

        Raises:
            NotShown: no answer in time, or the browser is gone.
        """
        number = self._send(method, session, values)
        while True:
            told = self._next()
            if told.get("id") == number:
                if "error" in told:
                    raise NotShown(f"浏览器没有照办：{told['error'].get('message', '')}")
                return dict(told["result"])

    def wait_for(self, event: str, session: str) -> None:
        """Wait for an event of a page; one that came before counts."""
        while f"{session}/{event}" not in self._loaded:
            self._next()

    def rest(self, seconds: float) -> None:
        """Let a page settle, answering what it asks."""
        end, kept = time.monotonic() + seconds, self.until
        self.until = min(end, kept)
        try:
            while time.monotonic() < end:
                self._next()
        except _Late:
            pass
        finally:
            self.until = kept

    def _send(self, method: str, session: str, values: dict[str, Any]) -> int:
        self._number += 1
        told: dict[str, Any] = {"id": self._number, "method": method, "params": values}
        if session:
            told["sessionId"] = session
        try:
            data = json.dumps(told).encode() + b"\0"
            while data:
                data = data[os.write(self._write, data) :]
        except OSError:
            raise NotShown("浏览器已退出") from None
        return self._number

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            left = self.until - time.monotonic()
            if left <= 0 or not select.select([self._read], [], [], left)[0]:
                raise _Late("浏览器在规定时间内没有显示页面")
            part = os.read(self._read, 1 << 16)
            if not part:
                raise NotShown("浏览器已退出")
            self._left += part
        said, _, self._left = self._left.partition(b"\0")
        told: dict[str, Any] = json.loads(said)
        self._heed(told)
        return told

    def _heed(self, told: dict[str, Any]) -> None:
        """Answer what a page asks meanwhile: an address, a dialog."""
        method, session = told.get("method", ""), told.get("sessionId", "")
        if method == "Page.loadEventFired":
            self._loaded.add(f"{session}/{method}")
        elif method == "Page.javascriptDialogOpening":
            self._send("Page.handleJavaScriptDialog", session, {"accept": False})
        elif method == "Fetch.requestPaused":
            asked = told["params"]["request"]["url"]
            values = {"requestId": told["params"]["requestId"]}
            is_http = asked.startswith(("http://", "https://"))
            if asked.startswith("file:") or (is_http and unasked(asked, self.site)):
                refused = {**values, "errorReason": "BlockedByClient"}
                self._send("Fetch.failRequest", session, refused)
            else:
                self._send("Fetch.continueRequest", session, values)


class _Late(NotShown):
    """The time is over."""


def program() -> str:
    """Return where Chromium is on this machine, "" where it is not."""
    named = os.environ.get("GONGKAI_CHROMIUM", "")
    found = (shutil.which(each) for each in (named, *_PROGRAMS) if each)
    return next((each for each in found if each), "")


@contextmanager
def browser(*, seconds: float = 20.0) -> Iterator[Browser]:
    """Begin a browser for some pages and end it; one that shows nothing where there is none.

    Raises:
        NotShown: it is there and did not begin.
    """
    found = program()
    if not found:
        yield NoBrowser()
        return
    with tempfile.TemporaryDirectory(prefix="gongkai-browser-", ignore_cleanup_errors=True) as home:
        # As root, in a container, Chromium has no sandbox of its own; the service is never root.
        no_sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        line = [found, *_ARGUMENTS, *no_sandbox, f"--user-data-dir={home}", "about:blank"]
        with _begun(line) as pipe:
            pipe.until = time.monotonic() + 30
            pipe.call("Browser.setDownloadBehavior", behavior="deny")
            yield Chromium(pipe, seconds)


@contextmanager
def _begun(line: list[str]) -> Iterator[_Pipe]:
    there, write = os.pipe()
    read, back = os.pipe()
    try:
        process = subprocess.Popen(  # noqa: S603 - a program of this machine, no shell
            [sys.executable, "-I", "-c", _LAUNCH, str(there), str(back), *line],
            pass_fds=(there, back), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    finally:
        os.close(there)
        os.close(back)
    try:
        yield _Pipe(read, write)
    finally:
        os.close(write)
        os.close(read)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
