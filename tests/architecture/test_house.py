"""Habits that no linter knows: no drawers, no second bell, the law without clock or files."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path
    for path in (ROOT / "gongkai").rglob("*.py")
    if not {"migrations", "tests"} & set(path.relative_to(ROOT).parts)
)
PLAIN_STOREYS = {"statute", "tables", "text"}
PLAIN_ROOMS = {"lifecycle", "deadlines", "rules"}


def _plain() -> Iterator[Path]:
    for path in SOURCES:
        parts = path.relative_to(ROOT / "gongkai").with_suffix("").parts
        if parts[0] in PLAIN_STOREYS or PLAIN_ROOMS & set(parts[1:2]):
            yield path


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def test_no_drawers() -> None:
    drawers = {"utils", "util", "helpers", "helper", "core", "common", "misc", "services"}
    found = [path for path in SOURCES if drawers & set(path.with_suffix("").parts)]
    assert found == []


def test_the_law_reads_no_clock_and_opens_nothing() -> None:
    forbidden = re.compile(
        r"^(open|input|print|date\.today|datetime\.(now|utcnow|today)|time\.time|"
        r"datetime\.(date|datetime)\.(today|now))$"
    )
    bad = [
        f"{path.relative_to(ROOT)}: {call}()"
        for path in _plain()
        for call in _calls(ast.parse(path.read_text("utf-8")))
        if forbidden.match(call)
    ]
    assert bad == []


def test_there_is_one_bell() -> None:
    signals = re.compile(r"\bSignal\(|post_save|pre_save|m2m_changed|post_delete|@receiver")
    places = [
        str(path.relative_to(ROOT)) for path in SOURCES if signals.search(path.read_text("utf-8"))
    ]
    assert places == ["gongkai/audit/__init__.py"]


def test_only_actions_assign_a_state() -> None:
    assigns = re.compile(r"^\s*[\w.\[\]]+\.state\s*=(?!=)", re.MULTILINE)
    bad = []
    for path in SOURCES:
        parts = path.relative_to(ROOT / "gongkai").with_suffix("").parts
        if len(parts) > 1 and parts[1] != "actions" and assigns.search(path.read_text("utf-8")):
            bad.append(str(path.relative_to(ROOT)))
    assert bad == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_holds(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "no module docstring"
    lines = text.count("\n")
    assert lines <= 500 or "300 lines" in text or "500 lines" in text, (
        f"{lines} lines, and the docstring does not say why"
    )


def _days_of_stored_moments(path: Path) -> Iterator[str]:
    """Yield where the day of a stored moment is read off in the database's zone."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        shown = isinstance(node, ast.FormattedValue) and node.format_spec is not None
        asked = isinstance(node, ast.Attribute) and node.attr == "date"
        if not (shown or asked):
            continue
        stored = isinstance(node.value, ast.Attribute) and node.value.attr.endswith("_at")
        told = isinstance(node.value, ast.Name) and node.value.id == "at"  # what a verb is told
        if stored or (told and "actions" in path.parts):
            yield f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"


def test_no_day_is_read_off_a_stored_moment() -> None:
    """Moments come from the database in UTC: before eight in the morning its day is yesterday.

    What is plain Python is told moments in the county's time, and its callers are tested for it;
    what a developer's list shows (`__str__`) is not asked.
    """
    told_locally = ROOT / "gongkai/inspections/management/reporting.py"
    skipped = {*_plain(), told_locally}
    found = [
        place
        for path in SOURCES
        if path not in skipped and not {"models", "models.py"} & set(path.parts)
        for place in _days_of_stored_moments(path)
    ]
    assert found == []
