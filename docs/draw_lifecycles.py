"""Draw docs/lifecycles.md from the lifecycle tables, so that the drawing cannot lie.

Every module `gongkai.<chapter>.lifecycle` (or one below it) may hold tables whose name
ends in TRANSITIONS; each becomes one drawing and one list of arrows. Run by
`make docs`; a test compares the file with the tables.
"""

import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType

from gongkai.statute.lifecycles import Arrow

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "lifecycles.md"
HEAD = """# Lifecycles

Drawn from the tables by `make docs`; do not edit. A pair of state and event that has no arrow
here is refused, with a message that names the article or rule against it.
"""


def lifecycle_modules() -> Iterator[ModuleType]:
    """Yield the lifecycle modules of all chapters, in the order of their names."""
    places = ("*/lifecycle.py", "*/lifecycle/*.py")
    for path in sorted(path for place in places for path in (ROOT / "gongkai").glob(place)):
        yield import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def tables(module: ModuleType) -> Iterator[tuple[str, Mapping]]:
    """Yield the tables that `module` itself defines: their names and arrows by (state, event)."""
    for name, value in vars(module).items():
        if name.endswith("TRANSITIONS") and isinstance(value, Mapping):
            yield name, value


def _label(member: object) -> str:
    return getattr(member, "label", "") or str(getattr(member, "value", member))


def draw(title: str, transitions: Mapping) -> str:
    """Return one lifecycle as a mermaid drawing and a table of its arrows."""
    states = dict.fromkeys([source for source, _ in transitions])
    states |= dict.fromkeys([arrow.target for arrow in transitions.values()])
    lines = [f"\n## {title}\n", "```mermaid", "stateDiagram-v2"]
    lines += [f'  state "{_label(state)}" as {state.value}' for state in states]
    lines += [
        f"  {source.value} --> {arrow.target.value}: {_label(event)}"
        for (source, event), arrow in transitions.items()
    ]
    head = "| from | event | to | rests on | what must hold |"
    lines += ["```", "", head, "|---|---|---|---|---|"]
    lines += [_row(source, event, arrow) for (source, event), arrow in transitions.items()]
    return "\n".join(lines) + "\n"


def _row(source: object, event: object, arrow: Arrow) -> str:
    cells = [_label(source), _label(event), _label(arrow.target), arrow.article, arrow.guard]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def page() -> str:
    """Return the whole page as it must stand in docs/lifecycles.md."""
    parts = [HEAD]
    for module in lifecycle_modules():
        for name, transitions in tables(module):
            chapter = module.__name__.removeprefix("gongkai.").replace(".lifecycle", "")
            what = name.removesuffix("TRANSITIONS").strip("_").lower()
            parts.append(draw(f"{chapter} {what}".strip(), transitions))
    return "".join(parts)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
