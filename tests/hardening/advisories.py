"""Holds the lock file against known advisories, offline: `make audit ADVISORIES=path`.

The advisories are an export in the OSV format (https://osv.dev: the whole of PyPI is one zip,
https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip), which the county or the CI has
fetched beforehand: a zip, a folder of JSON files, or one JSON file. Nothing is fetched here.

Exit 0: no advisory concerns a locked version; 1: one does; 2: the export cannot be read or is
old. What was judged to be of no concern stands in advisories_accepted.toml beside this, with the
reason and the last day on which that holds.
"""

import argparse
import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[2]
ACCEPTED = Path(__file__).with_name("advisories_accepted.toml")
OLDEST = timedelta(days=30)
Locked = Mapping[str, str]


class Unusable(ValueError):
    """The export cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An advisory that concerns a locked package."""

    package: str
    version: str
    advisory: str
    names: frozenset[str]
    summary: str
    fixed: tuple[str, ...]

    @property
    def line(self) -> str:
        """One line to print."""
        mend = f"; mended in {', '.join(self.fixed)}" if self.fixed else ""
        return f"{self.package} {self.version}: {self.advisory} {self.summary}{mend}"


def locked(path: Path = ROOT / "uv.lock") -> dict[str, str]:
    """Return the locked packages by their normalised name, ours left out."""
    told = tomllib.loads(path.read_text())["package"]
    return {
        normalised(each["name"]): each["version"]
        for each in told
        if "version" in each and "editable" not in each.get("source", {})
    }


def normalised(name: str) -> str:
    """Return a package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def advisories(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the advisories of an export.

    Raises:
        Unusable: it is not there, or no such export.
    """
    try:
        if path.is_dir():
            for each in sorted(path.glob("**/*.json")):
                yield from _listed(each.read_bytes())
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as held:
                for name in held.namelist():
                    if name.endswith(".json"):
                        yield from _listed(held.read(name))
        else:
            yield from _listed(path.read_bytes())
    except (OSError, ValueError, zipfile.BadZipFile) as wrong:
        raise Unusable(f"{path} is no export of advisories: {wrong}") from None


def _listed(data: bytes) -> list[dict[str, Any]]:
    told = json.loads(data)
    rows = told if isinstance(told, list) else [told]
    if not all(isinstance(row, dict) and "id" in row for row in rows):
        raise ValueError("an advisory has an id")
    return rows


def hits(packages: Locked, known: Iterator[dict[str, Any]]) -> tuple[list[Hit], int, str]:
    """Return what concerns the packages, how many advisories there were, the newest's moment."""
    found: dict[tuple[str, str], Hit] = {}
    count, newest = 0, ""
    for advisory in known:
        count += 1
        newest = max(newest, str(advisory.get("modified", "")))
        if advisory.get("withdrawn"):
            continue
        for affected in advisory.get("affected", ()):
            told = affected.get("package", {})
            name = normalised(str(told.get("name", "")))
            version = packages.get(name) if told.get("ecosystem") == "PyPI" else None
            if version is not None and concerns(version, affected):
                found[name, advisory["id"]] = _hit(name, version, advisory, affected)
    return sorted(found.values(), key=lambda hit: hit.line), count, newest


def _hit(name: str, version: str, advisory: dict[str, Any], affected: dict[str, Any]) -> Hit:
    fixed = [
        event["fixed"]
        for held in affected.get("ranges", ())
        if held.get("type") == "ECOSYSTEM"
        for event in held.get("events", ())
        if "fixed" in event
    ]
    names = frozenset((advisory["id"], *advisory.get("aliases", ())))
    summary = str(advisory.get("summary") or advisory.get("details", ""))[:100].split("\n")[0]
    return Hit(name, version, advisory["id"], names, summary, tuple(fixed))


def concerns(version: str, affected: dict[str, Any]) -> bool:
    """Say whether a version is among the affected: named, or within a range."""
    if version in affected.get("versions", ()):
        return True
    ranges = [held for held in affected.get("ranges", ()) if held.get("type") == "ECOSYSTEM"]
    return any(_within(version, held.get("events", ())) for held in ranges)


def _within(version: str, events: Any) -> bool:
    """Go through a range's events in the order of versions, as the OSV schema says."""
    here, inside = Version(version), False
    moments = []
    for event in events:
        for kind, said in event.items():
            try:
                moments.append((Version("0" if said == "0" else said), kind))
            except InvalidVersion:
                return True  # a version that nobody can compare: rather told than missed
    for at, kind in sorted(moments, key=lambda moment: moment[0]):
        if kind == "introduced" and at <= here:
            inside = True
        elif (kind == "fixed" and at <= here) or (kind == "last_affected" and at < here):
            inside = False
    return inside


def accepted(today: date, path: Path = ACCEPTED) -> dict[str, str]:
    """Return the advisories judged to be of no concern until a day that has not passed."""
    told = tomllib.loads(path.read_text()).get("accepted", [])
    return {each["id"]: each["reason"] for each in told if each["until"] >= today}


def main(arguments: list[str] | None = None) -> int:
    """Check the lock against an export."""
    parser = argparse.ArgumentParser(prog="python -m tests.hardening.advisories")
    parser.add_argument("advisories", type=Path, help="OSV: a zip, a folder or one JSON file")
    parser.add_argument("--today", type=date.fromisoformat, default=datetime.now(UTC).date())
    parser.add_argument("--any-age", action="store_true", help="an old export will do")
    options = parser.parse_args(arguments)
    packages = locked()
    try:
        found, count, newest = hits(packages, advisories(options.advisories))
        if not count:
            raise Unusable(f"{options.advisories} holds no advisory")
    except Unusable as why:
        _say(f"audit: {why}")
        return 2
    known = accepted(options.today)
    told = [hit for hit in found if not hit.names & known.keys()]
    for hit in told:
        _say(hit.line)
    _say(
        f"audit: {len(packages)} packages against {count} advisories (the newest of {newest[:10]}):"
        f" {len(told)} concern us, {len(found) - len(told)} judged to be of no concern"
    )
    if told:
        return 1
    return 2 if not options.any_age and _is_old(newest, options.today) else 0


def _is_old(newest: str, today: date) -> bool:
    try:
        on = datetime.fromisoformat(newest).date()
    except ValueError:
        on = date.min
    if today - on <= OLDEST:
        return False
    _say(f"audit: the export is older than {OLDEST.days} days, fetch it anew")
    return True


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
