"""Looks for keys and passwords in what the repository holds: `python -m tests.hardening.secrets`.

detect-secrets judges; only lines that could hold what it looks for are handed to it, so that all is
looked through in seconds. What it found and somebody has judged harmless stands in
.secrets.baseline, in its own format (`detect-secrets audit .secrets.baseline` reads it); anything
else ends with 1. `--accept` writes the baseline anew: look at the difference before you commit it.
"""

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from detect_secrets.core.potential_secret import PotentialSecret
from detect_secrets.core.scan import scan_line
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parents[2]
BASELINE = ROOT / ".secrets.baseline"
_PLUGINS = (
    *("AWSKeyDetector", "AzureStorageKeyDetector", "BasicAuthDetector", "GitHubTokenDetector"),
    *("GitLabTokenDetector", "JwtTokenDetector", "KeywordDetector", "OpenAIDetector"),
    *("PrivateKeyDetector", "PypiTokenDetector", "SlackDetector", "StripeDetector"),
)
_FILTERS = (
    "detect_secrets.filters.allowlist.is_line_allowlisted",
    "detect_secrets.filters.heuristic.is_indirect_reference",
    "detect_secrets.filters.heuristic.is_templated_secret",
    "detect_secrets.filters.heuristic.is_prefixed_with_dollar_sign",
)
SETTINGS = {
    "plugins_used": [{"name": name} for name in _PLUGINS],
    "filters_used": [{"path": path} for path in _FILTERS],
}
# Every plugin's pattern begins with one of these.
_MAY_HOLD = re.compile(
    rb"api_?key|auth_?key|service_?key|account_?key|db_?key|database_?key|priv_?key|private_?key|"
    rb"client_?key|PRIVATE KEY|PuTTY|pass|pwd|secret|token|contrase|://[^\s/]*:[^\s/]*@|AKIA|ASIA|"
    rb"A3T|ABIA|ACCA|eyJ|gh[pousr]_|gl[a-z]{2,8}-|GR1348941|xox|hooks\.slack|[rs]k_(?:live|test)|"
    rb"sk-|pypi-",
    re.IGNORECASE,
)
_MOST_BYTES = 1_000_000
# Recorded material of others and locks of packages: digests, no keys of ours.
_PASSED_BY = re.compile(
    r"(?:^|/)(?:uv\.lock|requirements(?:-dev)?\.txt|\.secrets\.baseline|[^/]+\.min\.js)$"
)
_TESTS = re.compile(r"(?:^|/)tests/")
_ADVICE = (
    "take it out and change it wherever it is in use; where it is none, say `# pragma: allowlist "
    "secret` on the line, or `python -m tests.hardening.secrets --accept`"
)


def tracked(root: Path = ROOT) -> list[str]:
    """Return the files that the repository holds, by their paths below it."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True
    )
    return [name for name in done.stdout.split("\0") if name and not _PASSED_BY.search(name)]


def found(names: list[str], root: Path = ROOT) -> Iterator[PotentialSecret]:
    """Yield what looks like a secret; call within detect-secrets' settings."""
    for name in names:
        path = root / name
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            continue
        data = path.read_bytes()
        if b"\x00" in data or not _MAY_HOLD.search(data):
            continue
        for number, line in enumerate(data.split(b"\n"), 1):
            if _MAY_HOLD.search(line):
                for each in scan_line(line.decode("utf-8", "replace")):
                    each.filename, each.line_number = name, number
                    if not _is_made_up(each):
                        yield each


def _is_made_up(each: PotentialSecret) -> bool:
    """Say whether a word beside "password" is one of a test, or Chinese: what a screen says."""
    if each.type != "Secret Keyword":
        return False
    return bool(_TESTS.search(each.filename)) or not (each.secret_value or "").isascii()


def baseline() -> set[tuple[str, str, str]]:
    """Return what somebody has judged harmless: file, kind, digest."""
    held = json.loads(BASELINE.read_text())["results"]
    return {
        (name, each["type"], each["hashed_secret"]) for name, rows in held.items() for each in rows
    }


def mark(each: PotentialSecret) -> tuple[str, str, str]:
    """Return how a finding is known in the baseline."""
    return each.filename, each.type, each.secret_hash


def accept(secrets: list[PotentialSecret]) -> None:
    """Write the baseline in detect-secrets' own format."""
    rows = defaultdict(list)
    for each in sorted(secrets, key=lambda one: (one.filename, one.line_number)):
        rows[each.filename].append(each.json())
    told = {"version": "1.5.0", **SETTINGS, "results": rows}
    BASELINE.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")


def main() -> int:
    """Look through the repository; 1 when there is something new."""
    with transient_settings(SETTINGS):
        secrets = list(found(tracked()))
    if "--accept" in sys.argv:
        accept(secrets)
        return 0
    known = baseline()
    new = [each for each in secrets if mark(each) not in known]
    for each in new:
        sys.stdout.write(f"{each.filename}:{each.line_number}: {each.type}\n")
    if new:
        sys.stdout.write(f"secrets: {len(new)} found; {_ADVICE}\n")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())
