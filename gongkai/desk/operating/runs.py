"""What was backed up when, in a file beside the data: it is read when the database is not there.

One JSON line a run in GONGKAI_BACKUP_DIR/runs.jsonl. The newest thousand are kept.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `gongkai backup`: when, where to, how it went (`fault` empty: well)."""

    at: str
    target: str
    store: str
    set: str = ""
    records: int = 0
    files: int = 0
    size: int = 0
    seconds: float = 0.0
    verified: bool = False
    fault: str = ""

    @property
    def moment(self) -> datetime:
        """Return when it was."""
        return datetime.fromisoformat(self.at)


def note(folder: Path, run: Run) -> None:
    """Add a run to the file."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "runs.jsonl"
    lines = path.read_text("utf-8").splitlines()[-_KEPT + 1 :] if path.exists() else []
    lines.append(json.dumps(asdict(run), ensure_ascii=False))
    aside = path.with_suffix(".new")
    aside.write_text("\n".join(lines) + "\n", "utf-8")
    aside.replace(path)


def noted(folder: Path) -> list[Run]:
    """Return all runs, oldest first; a line that cannot be read is passed over."""
    path = folder / "runs.jsonl"
    found = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            found.append(Run(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return found
