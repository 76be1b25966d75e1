"""Whose and where: names of the former site to organs by day, its columns to sections."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from gongkai.adapters.readers.limits import ReadError
from gongkai.adapters.readers.textfile import decode
from gongkai.audit import Actor
from gongkai.disclosure.actions import open_section
from gongkai.disclosure.models import Section, SectionContent, SectionKind
from gongkai.orgs.models import Organ, OrganName
from gongkai.orgs.queries import organs_of
from gongkai.text.delimited import Undelimited, rows_of

HOLDING = ("drdgl", "导入待归类")
_STEPS = re.compile(r"\s*(?:>+|＞|/|\\)\s*")
_BLANKS = re.compile(r"\s+")
_LONGEST_CELL = 10_000
_BETWEEN = re.compile(r"[、，,;；|]+|\s+")


class MappingWrong(ValueError):
    """A mapping cannot be used; the message names the line and the remedy."""


def read_pairs(data: bytes, what: str) -> dict[str, str]:
    """Return the pairs of a csv of two columns; a first line that is its head is passed over.

    Raises:
        MappingWrong: it is no such csv.
    """
    try:
        rows = list(rows_of(decode(data), _LONGEST_CELL))
    except (ReadError, Undelimited):
        raise MappingWrong(f"{what}对照表不是 csv 文件，请另存为 csv 后再试") from None
    pairs: dict[str, str] = {}
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[0].startswith(("原", "旧"))):
            continue
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise MappingWrong(f"{what}对照表第{number}行应当有两列：原名称、现{what}")
        pairs[cells[0]] = cells[1]
    return pairs


class Organs:
    """The organs of a county under every name they bore."""

    def __init__(self, county: Organ, told: Mapping[str, str], usual: str = "") -> None:
        """Read them; `told` maps names to codes, `usual` is the organ of what names none.

        Raises:
            MappingWrong: a code is not of the county.
        """
        found = list(organs_of(county))
        by_code = {organ.code: organ for organ in found}
        for code in filter(None, (*told.values(), usual)):
            if code not in by_code:
                raise MappingWrong(f"{county.name}没有代码为“{code}”的机构，请核对机构代码")
        self._told = {_plain(name): by_code[code] for name, code in told.items()}
        self.usual = by_code.get(usual)
        by_key = {organ.pk: organ for organ in found}
        self._names: dict[str, list[tuple[date, date | None, Organ]]] = {}
        for row in OrganName.objects.filter(organ__in=found).order_by("pk"):
            organ = by_key[row.organ_id]
            for name in {row.full_name, row.short_name}:
                self._add(name, row.valid_from, row.valid_to, organ)
        for organ in found:
            for name in {organ.name, organ.short_name}:
                self._add(name, organ.valid_from, organ.valid_to, organ)
        self._place = county.name.removesuffix("人民政府")

    def _add(self, name: str, since: date, until: date | None, organ: Organ) -> None:
        self._names.setdefault(_plain(name), []).append((since, until, organ))

    def find(self, words: str, on: date) -> tuple[Organ | None, tuple[str, ...]]:
        """Return the organ that a page calls `words` on a day, and the names of the joint ones.

        None when the name is nobody's: the usual organ is the caller's choice.
        """
        whole = self._named(words, on)
        if whole is not None:
            return whole, ()
        names = [name for name in _BETWEEN.split(words.strip()) if name]
        if len(names) < 2:
            return None, ()
        return self._named(names[0], on), tuple(names[1:])

    def _named(self, words: str, on: date) -> Organ | None:
        plain = _plain(words)
        if not plain:
            return None
        if plain in self._told:
            return self._told[plain]
        for name in (plain, f"{self._place}{plain}", plain.removeprefix(self._place)):
            rows = self._names.get(name, [])
            for since, until, organ in rows:
                if since <= on and (until is None or on < until):
                    return organ
            if len({organ.pk for _, _, organ in rows}) == 1:
                return rows[0][2]
        return None


class Sections:
    """The sections of a county's site as columns of the former one find them."""

    def __init__(self, county: Organ, told: Mapping[str, str]) -> None:
        """Read them; `told` maps columns (or the beginning of an old path) to a section's path.

        Raises:
            MappingWrong: there is no such section, or it takes in no texts.
        """
        self._county = county
        rows = list(Section.objects.of(county).filter(content=SectionContent.ENTRIES))
        by_path = {row.path: row for row in rows}
        titles = dict(Section.objects.of(county).values_list("pk", "title"))
        self._told: dict[tuple[str, ...], Section] = {}
        self._paths: list[tuple[str, Section]] = []
        for name, path in told.items():
            section = by_path.get(path.strip("/"))
            if section is None:
                raise MappingWrong(f"网站没有可以收录信息的栏目“{path}”，请核对栏目地址")
            if name.startswith("/"):
                self._paths.append((name.lower(), section))
            else:
                self._told[tuple(map(_plain, _STEPS.split(name)))] = section
        self._paths.sort(key=lambda pair: -len(pair[0]))
        self._titled: dict[str, list[tuple[str, Section]]] = {}
        for row in rows:
            if row.closed_on is None:
                above = _plain(titles.get(row.parent_id or 0, ""))
                self._titled.setdefault(_plain(row.title), []).append((above, row))
        self._holding = by_path.get(HOLDING[0])

    def find(self, column: Sequence[str], address: str) -> Section | None:
        """Return the section of what stood in `column` at `address`; None where none is known."""
        crumbs = tuple(map(_plain, column))
        for ending in _endings(crumbs):
            if ending in self._told:
                return self._told[ending]
        low = address.lower()
        for start, section in self._paths:
            if low.startswith(start):
                return section
        for place in range(len(crumbs) - 1, -1, -1):
            named = self._titled.get(crumbs[place], [])
            nearest = [section for above, section in named if above in crumbs]
            if nearest or len(named) == 1:
                return nearest[0] if nearest else named[0][1]
        return None

    def holding(self, *, by: Actor, at: datetime) -> Section:
        """Return the section of what no column fits; open it when there is none."""
        if self._holding is None:
            slug, title = HOLDING
            self._holding = open_section(
                self._county,
                slug=slug,
                title=title,
                kind=SectionKind.OTHER,
                by=by,
                at=at,
                description="从原网站导入、尚未归入栏目的信息。",
                keywords=title,
            )
        return self._holding

    def forget_holding(self) -> None:
        """Forget the section that was opened in a transaction taken back."""
        self._holding = Section.objects.of(self._county).filter(path=HOLDING[0]).first()


def _endings(crumbs: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the whole way, its ends, then the steps alone from the last one."""
    for first in range(len(crumbs)):
        yield crumbs[first:]
    for step in reversed(crumbs[:-1]):
        yield (step,)


def _plain(name: str) -> str:
    return _BLANKS.sub("", name)
