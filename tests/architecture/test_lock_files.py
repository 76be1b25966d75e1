"""uv.lock is the source; the hashed requirements files are exported from it and must agree."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
LOCKED = {package["name"]: package for package in LOCK["package"]}
FILES = {"requirements.txt": ["build"], "requirements-dev.txt": ["build", "dev"]}


def _required(path: Path) -> dict[str, tuple[str, set[str]]]:
    text = path.read_text("utf-8").replace("\\\n", " ")
    lines = [re.match(r"^([a-z0-9._-]+)==(\S+)(.*)", line) for line in text.splitlines()]
    return {
        line[1]: (line[2], set(re.findall(r"--hash=(sha256:[0-9a-f]{64})", line[3])))
        for line in lines
        if line
    }


def _needs(name: str, extras: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    package = LOCKED[name]
    wanted = [*package.get("dependencies", [])]
    for extra in extras:
        wanted += package.get("optional-dependencies", {}).get(extra, [])
    for need in wanted:
        yield need["name"], tuple(need.get("extra", ()))


def _reach(groups: list[str]) -> set[str]:
    """Return the names of all locked packages that the product and `groups` bring in."""
    roots = [need for group in groups for need in LOCKED["gongkai"]["dev-dependencies"][group]]
    queue = [(need["name"], tuple(need.get("extra", ()))) for need in roots]
    queue += _needs("gongkai", ())
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while queue:
        step = queue.pop()
        if step not in seen:
            seen.add(step)
            queue += _needs(*step)
    return {name for name, _ in seen}


@pytest.mark.parametrize("file", FILES)
def test_the_exported_requirements_agree_with_the_lock(file: str) -> None:
    required = _required(ROOT / file)
    assert set(required) == _reach(FILES[file])
    for name, (version, hashes) in required.items():
        package = LOCKED[name]
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        assert version == package["version"], name
        assert hashes, name
        assert hashes == {entry["hash"] for entry in files}, name
