"""What the verbs on catalogues refuse, which organs a row's words mean, how rows are paired.

Errors extend the tree of `rules.errors`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.disclosure.rules.errors import EntryRefused
from gongkai.tables.catalogue import CatalogueRow, CellFault

_APART = re.compile(r"[、，,；;\n]|以及|和(?=县|各|镇|乡)")
_BESIDE = re.compile(r"[（(][^）)]*[）)]")
_EVERY_TOWN = re.compile(
    r"各?(?:有关|相关)?(?:乡镇|乡（镇）|乡、镇|镇（乡）)(?:街道|（街道）)?(?:人民)?(?:政府|办事处)?"
)
_EVERY_DEPARTMENT = re.compile(r"(?:县直)?各(?:有关|相关|预算)?(?:部门|单位|预算单位)|各级各部门")
_COUNTY_WORDS = re.compile(r"^(?:本|县|区|市)?级?(?:人民)?政府$|^县级人民政府$")


class CatalogueRefused(EntryRefused):
    """A field or item of a catalogue cannot be as told; `faults` name each field and remedy."""


class ImportRefused(EntryRefused):
    """A workbook was not imported: `cells` lists every fault by sheet, row and column."""

    def __init__(self, cells: Sequence[CellFault]) -> None:
        super().__init__()
        self.cells = tuple(cells)
        self.field = "file"

    def __str__(self) -> str:
        """Return how many faults there are and what to do."""
        return f"文件中有{len(self.cells)}处错误，未导入任何内容，请改正后重新导入。"


@dataclass(frozen=True, slots=True)
class OrganNamed:
    """An organ of the county as words may call it; `kind` is `orgs.OrganKind`'s value."""

    id: int
    kind: str
    names: frozenset[str]


def organ_named(organ_id: int, kind: str, full: str, short: str, county: str) -> OrganNamed:
    """Return an organ with every usual way of calling it; `county` is such as 靖安县."""
    names = {full, short, full.removeprefix(county), short.removeprefix("县")}
    names |= {f"县{name}" for name in (full.removeprefix(county),)}
    if kind == "TOWNSHIP":
        plain = full.removeprefix(county).removesuffix("人民政府")
        names |= {plain, f"{plain}政府"}
    return OrganNamed(organ_id, kind, frozenset(name for name in names if len(name) > 1))


def organs_meant(
    words: str, organs: Iterable[OrganNamed]
) -> tuple[frozenset[int], tuple[str, ...]]:
    """Return the organs that 公开主体 names, and the words that name none of them.

    各乡镇人民政府 means every township, 各部门 every department; nothing is guessed.
    """
    known = tuple(organs)
    by_name = {name: organ.id for organ in known for name in organ.names}
    meant: set[int] = set()
    unknown: list[str] = []
    for part in _parts(words):
        if part in by_name:
            meant.add(by_name[part])
        elif kinds := _kinds(part):
            meant |= {organ.id for organ in known if organ.kind in kinds}
        else:
            unknown.append(part)
    return frozenset(meant), tuple(unknown)


def _parts(words: str) -> list[str]:
    told = (re.sub(r"\s+", "", part) for part in _APART.split(_BESIDE.sub(_keep_towns, words)))
    return [part for part in told if part]


def _keep_towns(match: re.Match[str]) -> str:
    return match[0] if match[0][1:-1] in ("镇", "乡", "街道") else ""


def _kinds(part: str) -> frozenset[str]:
    if _EVERY_TOWN.fullmatch(part):
        return frozenset({"TOWNSHIP"})
    if _EVERY_DEPARTMENT.fullmatch(part):
        return frozenset({"DEPARTMENT", "OFFICE"})
    if _COUNTY_WORDS.fullmatch(part):
        return frozenset({"COUNTY_GOVERNMENT"})
    return frozenset()


def keyed(rows: Iterable[CatalogueRow]) -> list[tuple[tuple[str, str, int], CatalogueRow]]:
    """Return rows with what tells one item from another: its names, and which of those it is.

    Two rows of one name are told apart by their order, so that importing what was exported
    changes nothing.
    """
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for row in rows:
        name = (row.first_level, row.second_level)
        found.append(((*name, seen[name]), row))
        seen[name] += 1
    return found
