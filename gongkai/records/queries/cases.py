"""A closed case as a package: its acts, letters and files, told by a manifest.

Only what the records say goes into the manifest, no moment of making: made again of unchanged
records it is the same to the byte, and so is its digest.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.files.models import StoredFile
from gongkai.files.queries import clean_name, name_of
from gongkai.inforequests.models import InfoRequest, IntakeChannel, Retention, State
from gongkai.letters.queries import Letter, LetterState, letters_about
from gongkai.records.rules.packages import Piece, digest_of, manifest_of
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind

GONE = "文件已经按规定销毁"


@dataclass(frozen=True, slots=True)
class CasePackage:
    """The manifest of a case's package, and where the bytes of its pieces come from."""

    number: str
    manifest: bytes
    pieces: tuple[Piece, ...]
    sources: dict[str, Letter | StoredFile]
    told: dict[str, Any]

    @property
    def digest(self) -> str:
        """Return what the package is known by: the digest of its manifest."""
        return digest_of(self.manifest)

    def count(self, kind: str) -> int:
        """Return how many of its pieces are of a kind, those gone left out."""
        return sum(piece.kind == kind and not piece.missing for piece in self.pieces)


def closed_cases(
    organ_ids: Collection[int], since: date | None = None, until: date | None = None
) -> QuerySet[InfoRequest]:
    """Return the archived cases of organs, concluded within a period, by number."""
    found = InfoRequest.objects.filter(organ_id__in=organ_ids, state=State.ARCHIVED)
    if since is not None:
        found = found.filter(concluded_on__gte=since)
    if until is not None:
        found = found.filter(concluded_on__lte=until)
    return found.select_related("organ").order_by("concluded_on", "number")


def case_package(case: InfoRequest) -> CasePackage:
    """Return the package of an archived case; two queries and one for its acts."""
    sources: dict[str, Letter | StoredFile] = {}
    pieces: list[Piece] = []
    for piece, source in [*_letters(case), *_files(case)]:
        pieces.append(piece)
        sources[piece.path] = source
    told = _told(case)
    manifest = manifest_of(told, pieces)
    return CasePackage(case.number, manifest, tuple(pieces), sources, told)


def _letters(case: InfoRequest) -> list[tuple[Piece, Letter]]:
    found = []
    for place, letter in enumerate(letters_about(case.typed_id), 1):
        title = str(letter) + ("" if letter.state == LetterState.ISSUED else "（已作废）")
        path = f"文书/{place:03}-{clean_name(f'{letter}.pdf')}"
        piece = Piece(path, title, "文书", letter.pdf_sha256, letter.issued_on.isoformat())
        found.append((piece, letter))
    return found


def _files(case: InfoRequest) -> list[tuple[Piece, StoredFile]]:
    rows = StoredFile.objects.filter(about=case.typed_id).defer("text").order_by("stored_at", "pk")
    found = []
    for place, file in enumerate(rows, 1):
        name = name_of(file)
        piece = Piece(
            f"材料/{place:03}-{clean_name(name)}",
            f"{file.get_purpose_display()}：{name}",
            "材料",
            file.sha256,
            timezone.localdate(file.stored_at).isoformat(),
            GONE if file.is_removed else "",
        )
        found.append((piece, file))
    return found


def _told(case: InfoRequest) -> dict[str, Any]:
    """Return what the index says of the case; who asked stands in the papers, not here."""
    return {
        "格式": "gongkai-case-1",
        "编号": case.number,
        "机关": case.organ.name,
        "申请人类别": RequesterKind(case.requester_kind).label,
        "提交渠道": IntakeChannel(case.channel).label,
        "提交日期": timezone.localdate(case.submitted_at).isoformat(),
        "收到日期": _day(case.received_on),
        "申请内容": case.description,
        "办结日期": _day(case.concluded_on),
        "办理结果": Ground(case.ground).label if case.ground else State(case.state).label,
        "保管期限": Retention(case.retention).label if case.retention else "",
        "保管至": _day(case.erase_on) or "永久",
        "办理过程": [
            {
                "序号": act.sequence,
                "日期": act.on.isoformat(),
                "事项": act.get_kind_display(),
                "内容": act.data,
                "经办人": act.actor_name,
                "岗位": act.actor_post,
                "登记时间": timezone.localtime(act.recorded_at).isoformat(timespec="seconds"),
            }
            for act in case.acts.order_by("sequence")
        ],
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
