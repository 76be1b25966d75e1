"""Index numbers (索引号): written by a county's pattern, unique, never reused (law.md 6.5).

A pattern such as "{credit_code}/{year}-{serial:05d}" names what stands in it; each series (the
number without its serial) counts for itself. Numbers of other forms are taken as they are.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.disclosure.rules.errors import EntryRefused, Fault

DEFAULT_PATTERN = "{credit_code}/{year}-{serial:05d}"
LONGEST = 80
_PART = re.compile(r"\{(?P<name>[a-z_]+)(?::0(?P<width>[1-9])d)?\}")
_NAMES = ("credit_code", "region", "organ", "year", "yyyymm", "serial")


@dataclass(frozen=True, slots=True)
class Numbering:
    """A pattern with everything put in but the serial; `key` names the series."""

    key: str
    width: int

    def write(self, serial: int) -> str:
        """Return the index number of a serial."""
        return self.key.replace("{}", f"{serial:0{self.width}d}")

    def serial_in(self, number: str) -> int | None:
        """Return the serial of a number of this series; None when it is of another."""
        before, _, after = self.key.partition("{}")
        middle = number.removeprefix(before).removesuffix(after)
        if len(middle) + len(before) + len(after) != len(number) or not middle.isascii():
            return None
        return int(middle) if middle.isdigit() and len(middle) <= 15 else None


def check_pattern(pattern: str) -> str:
    """Return a pattern that can be used.

    Raises:
        EntryRefused: it names something unknown, has no serial, or no organ to tell it apart.
    """
    pattern = pattern.strip()
    names = [found["name"] for found in _PART.finditer(pattern)]
    rest = _PART.sub("", pattern)
    if set(names) - set(_NAMES) or "{" in rest or "}" in rest:
        known = "、".join("{" + name + "}" for name in _NAMES)
        raise EntryRefused(Fault("pattern", f"索引号格式只能使用{known}，请核对"))
    if names.count("serial") != 1:
        raise EntryRefused(Fault("pattern", "索引号格式须有一处流水号，如“{serial:05d}”"))
    if not {"credit_code", "organ"} & set(names):
        raise EntryRefused(
            Fault("pattern", "索引号格式须含{credit_code}或者{organ}，否则各机关的编号会重复")
        )
    if len(pattern) > LONGEST:
        raise EntryRefused(Fault("pattern", f"索引号格式不得超过{LONGEST}个字符"))
    return pattern


def numbering(pattern: str, *, credit_code: str, region: str, organ: str, day: date) -> Numbering:
    """Return the series of an organ on a day; an organ without a credit code bears its own code."""
    values: Mapping[str, str] = {
        "credit_code": credit_code or organ.upper(),
        "region": region,
        "organ": organ,
        "year": f"{day:%Y}",
        "yyyymm": f"{day:%Y%m}",
        "serial": "{}",
    }
    width = 1
    for found in _PART.finditer(pattern):
        if found["name"] == "serial":
            width = int(found["width"] or 1)
    return Numbering(_PART.sub(lambda found: values[found["name"]], pattern), width)
