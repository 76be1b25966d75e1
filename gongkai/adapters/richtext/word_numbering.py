"""The numbers Word makes by itself (一、 （一） 1.), as text: in the file they are written nowhere.

Each paragraph with numbering asks for its label in the order of the document; counters are those
of the abstract numbering, a deeper level begins anew under each of a higher.
"""

import re
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_DEEPEST = 9
_MOST = 30_000
_OPEN_END = re.compile(r"[、）)．。：]$|[\u4e00-\u9fff]$")
_PLACE = re.compile(r"%([1-9])")


def value(element: Any, name: str) -> str | None:
    """Return the w:val of a child, None where there is none."""
    child = element.find(W + name) if element is not None else None
    found: str | None = child.get(W + "val") if child is not None else None
    return found


def number(text: str | None, default: int = 0) -> int:
    """Return a whole number of the file within reason, else the default."""
    found = re.fullmatch(r"\s*(-?\d{1,6})\s*", text or "")
    return int(found[1]) if found else default


class Numbering:
    """The numbering of one document; asking for a label counts."""

    def __init__(self, root: Any) -> None:
        """Take word/numbering.xml, or None."""
        self._levels: dict[str, dict[int, Any]] = {}
        self._abstract: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Any]] = {}
        self._counts: dict[str, list[int]] = {}
        self._begun: set[str] = set()
        for element in root if root is not None else ():
            if element.tag == W + "abstractNum":
                levels = {number(each.get(W + "ilvl")): each for each in element.iter(W + "lvl")}
                self._levels[element.get(W + "abstractNumId", "")] = levels
            elif element.tag == W + "num":
                num = element.get(W + "numId", "")
                self._abstract[num] = value(element, "abstractNumId") or ""
                self._overrides[num] = {
                    number(each.get(W + "ilvl")): each for each in element.iter(W + "lvlOverride")
                }

    def level_of_style(self, num: str, style: str) -> int:
        """Return the level that a paragraph style has in a numbering."""
        levels = self._levels.get(self._abstract.get(num, ""), {})
        for at, level in levels.items():
            if value(level, "pStyle") == style:
                return at
        return 0

    def label(self, num: str, at: int) -> tuple[str, bool]:
        """Count on and return the label, and whether it is only a bullet."""
        level = self._level(num, at)
        if level is None or not 0 <= at < _DEEPEST:
            return "", False
        if value(level, "numFmt") == "bullet":
            return "•", True
        counts = self._counted(num, at)
        is_legal = level.find(W + "isLgl") is not None

        def count(found: re.Match[str]) -> str:
            deep = int(found[1]) - 1
            form = value(self._level(num, deep), "numFmt") or "decimal"
            plain = is_legal and deep != at
            return formatted(counts[deep] or 1, "decimal" if plain else form)

        return _PLACE.sub(count, value(level, "lvlText") or ""), False

    def _level(self, num: str, at: int) -> Any:
        override = self._overrides.get(num, {}).get(at)
        own = override.find(W + "lvl") if override is not None else None
        if own is not None:
            return own
        return self._levels.get(self._abstract.get(num, ""), {}).get(at)

    def _counted(self, num: str, at: int) -> list[int]:
        """Count a paragraph at a level; return the counts of all levels."""
        counts = self._counts.setdefault(self._abstract.get(num, ""), [0] * _DEEPEST)
        if num not in self._begun:
            self._begun.add(num)
            for deep, override in self._overrides.get(num, {}).items():
                begins = value(override, "startOverride")
                if begins is not None and 0 <= deep < _DEEPEST:
                    counts[deep] = number(begins, 1) - 1
        start = number(value(self._level(num, at), "start"), 1)
        counts[at] = counts[at] + 1 if counts[at] else start
        counts[at + 1 :] = [0] * (_DEEPEST - at - 1)
        return counts


def spaced(label: str) -> str:
    """Return a label as it stands before its text: 一、 closes up, 1. keeps a blank."""
    return label if not label or _OPEN_END.search(label) else f"{label} "


def formatted(count: int, form: str) -> str:
    """Return a count in one of Word's number formats; decimal for those nobody uses here."""
    if not 0 < count <= _MOST:
        return str(count)
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman"):
        return _roman(count).upper() if form == "upperRoman" else _roman(count)
    if form in _CHINESE:
        return _chinese(count, _CHINESE[form])
    if form in ("ideographTraditional", "ideographZodiac"):
        row = _STEMS if form == "ideographTraditional" else _BRANCHES
        return row[(count - 1) % len(row)]
    if form == "ideographDigital":
        return "".join(_DIGITS[int(digit)] for digit in str(count))
    if form.startswith("decimalEnclosedCircle") and count <= 20:
        return chr(0x2460 + count - 1)
    return _decimal(count, form)


def _decimal(count: int, form: str) -> str:
    if form == "none":
        return ""
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
    return f"{count:02d}" if form == "decimalZero" else str(count)


_CHINESE = {
    "chineseCounting": _DIGITS,
    "chineseCountingThousand": _DIGITS,
    "japaneseCounting": _DIGITS,
    "taiwaneseCounting": _DIGITS,
    "taiwaneseCountingThousand": _DIGITS,
    "chineseLegalSimplified": _FORMAL,
    "ideographLegalTraditional": _FORMAL,
}


def _chinese(count: int, digits: str) -> str:
    """Return a count as it is read: 十二, 一百零五."""
    if count >= 10_000:
        return str(count)
    units = ("千", "百", "十", "") if digits is _DIGITS else ("仟", "佰", "拾", "")
    said, gap = "", False
    for digit, unit in zip(f"{count:04d}", units, strict=True):
        if digit == "0":
            gap = bool(said)
            continue
        said += ("零" if gap else "") + digits[int(digit)] + unit
        gap = False
    return said[1:] if said.startswith("一十") else said


def _roman(count: int) -> str:
    said = ""
    for worth, sign in _ROMAN:
        while count >= worth and len(said) < 40:
            said += sign
            count -= worth
    return said
