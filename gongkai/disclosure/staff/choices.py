"""What may be chosen in the forms: organs, sections, genres and subjects, grouped as people think.

A section that is closed, another county's or another organ's is never offered.
"""

from collections.abc import Collection, Iterable
from typing import Any

from gongkai.disclosure.models import Section, SectionContent
from gongkai.statute.genres import Genre
from gongkai.statute.subjects import SUBJECTS, offered

Choices = list[tuple[Any, Any]]


def section_choices(
    county_ids: Collection[int], organ_ids: Collection[int], *, closed: bool = False
) -> Choices:
    """Return the sections in which these organs may publish, under the path of what is above."""
    rows = list(Section.objects.filter(county__in=county_ids).order_by("order", "path"))
    titles = {row.pk: row for row in rows}
    groups: dict[str, Choices] = {}
    for row in rows:
        if row.content != SectionContent.ENTRIES or (row.closed_on and not closed):
            continue
        if row.restricted_to_id is not None and row.restricted_to_id not in organ_ids:
            continue
        groups.setdefault(_above(row, titles), []).append((row.pk, row.title))
    return [(group or "一级栏目", choices) for group, choices in groups.items()]


def _above(row: Section, rows: dict[int, Section]) -> str:
    names: list[str] = []
    parent = rows.get(row.parent_id) if row.parent_id else None
    while parent is not None:
        names.append(parent.title)
        parent = rows.get(parent.parent_id) if parent.parent_id else None
    return " › ".join(reversed(names))


def flat(choices: Choices) -> Choices:
    """Return grouped choices without their groups, each under its own name."""
    return [pair for _, group in choices for pair in group]


def genre_choices() -> Choices:
    """Return the fifteen kinds of official document, then what a platform publishes beside."""
    official = [(genre.value, genre.label) for genre in Genre if genre.official]
    others = [(genre.value, genre.label) for genre in Genre if not genre.official]
    return [("", "请选择（非公文可以不选）"), ("公文种类", official), ("其他", others)]


def subject_choices() -> Choices:
    """Return the classes with their divisions; a class itself may be chosen, too."""
    groups: dict[str, Choices] = {}
    for subject in offered():
        name = SUBJECTS[subject.class_code].name
        whole = subject.code == subject.class_code
        label = f"{name}（不分小类）" if whole else subject.name
        groups.setdefault(name, []).append((subject.code, label))
    return [("", "请选择（非公文可以不选）"), *groups.items()]


def chosen_in(choices: Iterable[Any], value: object) -> bool:
    """Say whether a value is among grouped or plain choices."""
    for key, label in choices:
        if isinstance(label, list):
            if chosen_in(label, value):
                return True
        elif str(key) == str(value):
            return True
    return False
