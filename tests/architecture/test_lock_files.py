"""uv.lock is the source; the hashed requirements files are exported from it and must agree."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
LOCKED = {package["name"]: package for package in LOCK["package"]}


def _required(path: Path) -> dict[str, tuple[str, set[str]]]:
    text = path.read_text("utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        if match := re.match(r"^([a-z0-9._-]+)==(\S+)", line):
            found[match[1]] = (match[2], set(re.findall(r"--hash=(sha256:[0-9a-f]{64})", line)))
    return found


def _reach(group_names: list[str]) -> set[str]:
    """Return the locked packages that the product and the named groups need on this platform."""
    project = LOCKED["gongkai"]
    wanted = [*project["dependencies"]]
    for group in group_names:
        wanted += project["dev-dependencies"][group]
    seen: set[str] = set()
    queue = [(need["name"], tuple(need.get("extra", ()))) for need in wanted]
    while queue:
        name, extras = queue.pop()
        package = LOCKED[name]
        seen.add(name)
        needs = list(package.get("dependencies", []))
        for extra in extras:
            needs += package.get("optional-dependencies", {}).get(extra, [])
        for need in needs:
            step = (need["name"], tuple(need.get("extra", ())))
            if need["name"] not in seen or step[1]:
                if (need["name"], step[1]) not in queue and not (
                    need["name"] in seen and not step[1]
                ):
                    queue.append(step)
    return seen


@pytest.mark.parametrize(
    ("file", "groups"),
    [("requirements.txt", ["build"]), ("requirements-dev.txt", ["build", "dev"])],
)
def test_the_exported_requirements_agree_with_the_lock(file: str, groups: list[str]) -> None:
    required = _required(ROOT / file)
    assert set(required) == _reach(groups)
    for name, (version, hashes) in required.items():
        package = LOCKED[name]
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        assert version == package["version"], name
        assert hashes == {entry["hash"] for entry in files}, name


def test_every_requirement_carries_a_hash() -> None:
    assert all(hashes for _, hashes in _required(ROOT / "requirements.txt").values())
