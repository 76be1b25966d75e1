"""Files and a case of a chapter that exists only here, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gongkai import files
from gongkai.adapters.tests.uploads import pdf
from gongkai.audit import Actor
from gongkai.files import CaseAccess
from gongkai.files.actions import store
from gongkai.files.models import Purpose, StoredFile
from gongkai.orgs.models import Organ
from gongkai.orgs.tests.factories import make_county

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
CLERK = Actor(account="clerk", name="余晓", post="水利局依申请公开经办人")
ABOUT = "filestest:7"


def stored(organ: Organ, content: bytes | None = None, **given: Any) -> StoredFile:
    """Store a file about the case."""
    given = {
        "about": ABOUT,
        "purpose": Purpose.SOURCE,
        "name": "说明.pdf",
        "by": CLERK,
        "at": AT,
    } | given
    return store(organ=organ, content=pdf() if content is None else content, **given)


def an_organ() -> Organ:
    """Return a department of a county."""
    return make_county().water


def on_disk(root: Path) -> list[Path]:
    """Return every file under a directory."""
    return sorted(path for path in Path(root).rglob("*") if path.is_file())


@contextmanager
def answering(access: CaseAccess | None, account: str) -> Iterator[None]:
    """Answer for the files of the case: `access` to one account, nothing to others."""

    def answer(user: Any, about: str, now: datetime) -> CaseAccess | None:
        return access if about == ABOUT and user.username == account else None

    files._accesses["filestest"] = answer
    try:
        yield
    finally:
        del files._accesses["filestest"]
