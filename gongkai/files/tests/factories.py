"""Files and a case of a chapter that exists only here, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pikepdf
import typst
from PIL import Image

from gongkai import files
from gongkai.audit import Actor
from gongkai.files import CaseAccess
from gongkai.files.actions import store
from gongkai.files.models import Purpose, StoredFile
from gongkai.orgs.models import Organ
from gongkai.orgs.tests.factories import make_county

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
CLERK = Actor(account="clerk", name="余晓", post="水利局依申请公开经办人")
ABOUT = "filestest:7"
NUMBER = "36092519800101001X"
_HEAD = '#set page(paper: "a5")\n#set text(font: "Noto Serif CJK SC", size: 12pt)\n'


def pdf(body: str = f"河道采砂许可情况。联系人张三，身份证号 {NUMBER}。") -> bytes:
    """Return a PDF of some Typst markup, without the metadata Typst adds."""
    with pikepdf.open(BytesIO(typst.compile((_HEAD + body).encode()))) as made:
        for name in ("/Metadata", "/StructTreeRoot", "/MarkInfo", "/Lang", "/ViewerPreferences"):
            if name in made.Root:
                del made.Root[name]
        if "/Info" in made.trailer:
            del made.trailer["/Info"]
        out = BytesIO()
        made.save(out, deterministic_id=True)
    return out.getvalue()


def covered(text: str = NUMBER, fill: str = "black") -> str:
    """Return markup of `text` under a rectangle drawn upon it: the usual false redaction."""
    width = len(text.encode("gb18030")) * 7
    rectangle = f"rect(width: {width}pt, height: 17pt, fill: {fill})"
    box = f"#place(top + left, dx: -2pt, dy: -4pt, {rectangle})"
    return f"身份证号 #box[{text}{box}]，如上。"


def word(text: str = "河道采砂许可情况") -> bytes:
    """Return a docx."""
    document, out = docx.Document(), BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def photo(**given: Any) -> bytes:
    """Return a JPEG, with EXIF when given."""
    out = BytesIO()
    Image.linear_gradient("L").resize((400, 300)).convert("RGB").save(out, "JPEG", **given)
    return out.getvalue()


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
