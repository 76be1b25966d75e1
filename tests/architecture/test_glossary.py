"""The glossary is true: identifiers exist, reserved ones do not yet, every ground is covered."""

import re
from pathlib import Path

from gongkai.statute.grounds import Ground

ROOT = Path(__file__).resolve().parents[2]
BUILT, RESERVED = (ROOT / "docs/glossary.md").read_text("utf-8").split("## Reserved for rooms")
WORDS = {
    word
    for path in (ROOT / "gongkai").rglob("*.py")
    if not {"migrations", "tests"} & set(path.parts)
    for word in re.findall(r"\w+", path.read_text("utf-8"))
} | {path.name for path in (ROOT / "gongkai").iterdir() if path.is_dir()}


def _identifiers(table: str) -> set[str]:
    rows = [line.split("|") for line in table.splitlines() if line.startswith("|")]
    return {name for row in rows[2:] for name in re.findall(r"`(\w+)`", row[3])}


def test_every_identifier_of_the_glossary_is_in_the_code() -> None:
    assert sorted(_identifiers(BUILT) - WORDS) == []


def test_reserved_identifiers_move_up_when_they_are_built() -> None:
    classes = {
        match
        for path in (ROOT / "gongkai").rglob("*.py")
        for match in re.findall(r"^class (\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert sorted(_identifiers(RESERVED) & classes) == []


def test_every_ground_is_in_the_glossary() -> None:
    assert sorted({ground.value for ground in Ground} - _identifiers(BUILT)) == []
