"""How often one host is asked: so many requests a second, whoever of our threads asks."""

import threading
import time
from collections.abc import Callable


class Pace:
    """A turn for each host; `rate` 0 waits for nobody.

    Clock and sleep are given, so that tests need not wait.
    """

    def __init__(
        self,
        rate: float = 2.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Begin with all hosts free."""
        self._gap = 1 / rate if rate else 0.0
        self._gaps: dict[str, float] = {}
        self._clock, self._sleep = clock, sleep
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def slow(self, host: str, gap: float) -> None:
        """Heed a host's own wish for longer gaps; it cannot ask for shorter ones."""
        if self._gap:
            self._gaps[host] = max(gap, self._gap)

    def wait(self, host: str) -> None:
        """Wait for this host's turn."""
        if not self._gap:
            return
        with self._lock:
            now = self._clock()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + self._gaps.get(host, self._gap)
            if len(self._next) > 5_000:
                self._next = {each: at for each, at in self._next.items() if at > now}
        if turn > now:
            self._sleep(turn - now)

    def rest(self, seconds: float) -> None:
        """Wait as a server asked, before one more try."""
        if seconds > 0:
            self._sleep(seconds)
