"""robots.txt as RFC 9309 reads it: the group of our name, the longest rule, * and $."""

import re
from urllib.parse import unquote, urlsplit

AGENT = "gongkai-inspector"
_MOST = 500_000
_RULES = 5_000


class Robots:
    """What one host lets us ask."""

    def __init__(self, text: str = "", *, closed: bool = False) -> None:
        """Read a file's text; `closed` lets nothing in (the file could not be had)."""
        self._rules: list[tuple[int, bool, re.Pattern[str]]] = []
        self.delay: float | None = None
        if closed:
            self._rules.append((1, False, re.compile(".*")))
        groups = _groups(text[:_MOST])
        for key, said in groups.get(AGENT, groups.get("*", []))[:_RULES]:
            if key == "crawl-delay":
                self.delay = _seconds(said)
            elif said:
                self._rules.append((len(said), key == "allow", _pattern(said)))

    def allows(self, address: str) -> bool:
        """Say whether an address may be asked."""
        parts = urlsplit(address)
        path = unquote(parts.path or "/") + (f"?{unquote(parts.query)}" if parts.query else "")
        best = (0, True)
        for length, allowed, pattern in self._rules:
            if (length, allowed) > best and pattern.match(path):
                best = (length, allowed)
        return best[1]


def _groups(text: str) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    names: list[str] = []
    open_for_names = False
    for line in text.lstrip("\ufeff").splitlines():
        key, colon, said = line.partition("#")[0].partition(":")
        key, said = key.strip().lower(), said.strip()
        if not colon:
            continue
        if key == "user-agent":
            names = [*names, said.lower()] if open_for_names else [said.lower()]
            open_for_names = True
            groups.setdefault(said.lower(), [])
        elif key in ("allow", "disallow", "crawl-delay"):
            open_for_names = False
            for name in names:
                groups[name].append((key, said))
    return groups


def _pattern(said: str) -> re.Pattern[str]:
    plain = unquote(said)
    end = plain.endswith("$")
    parts = [re.escape(each) for each in plain.removesuffix("$").split("*")]
    return re.compile(".*".join(parts) + ("$" if end else ""), re.DOTALL)


def _seconds(said: str) -> float | None:
    try:
        return min(max(float(said), 0.0), 30.0)
    except ValueError:
        return None
