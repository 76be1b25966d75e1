"""Packing a closed case for the archives: its pieces, a page to read, the manifest."""

import tempfile
from collections.abc import Iterator
from datetime import datetime, time
from typing import IO

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from gongkai.adapters.zip_stream import zipped
from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.files.models import StoredFile
from gongkai.files.queries import FileLost
from gongkai.files.queries import content as bytes_of
from gongkai.inforequests.models import InfoRequest, State
from gongkai.letters.queries import Letter, LetterAltered
from gongkai.letters.queries import content as bytes_of_letter
from gongkai.records.queries.cases import CasePackage, case_package
from gongkai.records.rules import RecordsError
from gongkai.records.rules.packages import MANIFEST, digest_of

INDEX = "目录.html"
_IN_MEMORY = 32 * 1024 * 1024


def pack_case(case: InfoRequest, *, by: Actor, at: datetime) -> IO[bytes]:
    """Return an open file with the package of an archived case; that it was given out is logged.

    The same records give the same bytes: every entry bears the day of the conclusion.

    Raises:
        RecordsError: the case is not archived, or a letter or file is lost or altered.
    """
    if State(case.state) != State.ARCHIVED or case.concluded_on is None:
        raise RecordsError(f"{case.number} 尚未归档，请在案件页面归档后再导出案卷包。")
    package = case_package(case)
    moment = datetime.combine(case.concluded_on, time(), timezone.get_current_timezone())
    out = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- the caller closes it
    try:
        for part in zipped(_entries(package), moment):
            out.write(part)
    except (FileLost, LetterAltered) as why:
        out.close()
        raise RecordsError(f"{case.number} 的案卷包不能生成：{why}") from None
    with transaction.atomic():
        record(
            "records.pack_case",
            case.typed_id,
            chain=case.organ.code,
            by=by,
            at=at,
            label=case.number,
            after={"digest": package.digest, "pieces": len(package.pieces)},
        )
    out.seek(0)
    return out


def _entries(package: CasePackage) -> Iterator[tuple[str, bytes]]:
    """Yield the pieces that are there, each proved by its digest, then index and manifest."""
    for piece in package.pieces:
        if piece.missing:
            continue
        data = _bytes(package.sources[piece.path])
        if digest_of(data) != piece.sha256:
            raise FileLost(f"{piece.title} 与登记的校验值不符")
        yield piece.path, data
    page = {"told": package.told, "pieces": package.pieces, "digest": package.digest}
    yield INDEX, render_to_string("records/package.html", page).encode()
    yield MANIFEST, package.manifest


def _bytes(source: Letter | StoredFile) -> bytes:
    return bytes_of(source) if isinstance(source, StoredFile) else bytes_of_letter(source, "pdf")
