"""What is held of a requester, handed to them: an index to read and the files (个人信息保护法 45).

In the package are who asks, what was asked and done, the letters to them and the files given
out or brought. Not in it are the office's drafts and what third parties said: it is not theirs.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from gongkai.adapters.zip_stream import zipped
from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.files.models import Purpose, StoredFile
from gongkai.files.queries import FileLost, clean_name, name_of
from gongkai.files.queries import content as bytes_of
from gongkai.inforequests.lifecycle.states import State
from gongkai.inforequests.models import InfoRequest, IntakeChannel, Requester
from gongkai.inforequests.queries import acts_of, public_status
from gongkai.letters.queries import (
    Letter,
    LetterAltered,
    LetterKind,
    LetterState,
    letters_about,
)
from gongkai.letters.queries import content as bytes_of_letter
from gongkai.statute.days import written
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind

# Papers that the requester brought; what the office made or gave out is not among them.
BROUGHT = (
    Purpose.IDENTITY_PROOF,
    Purpose.REQUEST_ATTACHMENT,
    Purpose.SUPPLEMENT,
    Purpose.PAYMENT,
    Purpose.MAIL,
)
_TO_REQUESTER = frozenset(
    {
        LetterKind.RECEIPT,
        LetterKind.SUPPLEMENT,
        LetterKind.REASONS,
        LetterKind.EXTENSION,
        LetterKind.LATER_DATE,
        LetterKind.FEE,
        LetterKind.LAPSE,
    }
)
MOST_BYTES = 500 * 1024 * 1024  # of all files in one package; what is over is handed over apart
_TOO_MUCH = "没有装入：全部文件超过一次导出的上限，请在案件页面另行下载"


@dataclass(frozen=True, slots=True)
class _Part:
    """One letter or file: where it goes in the package, how the index tells it, why not if not."""

    path: str
    told: dict[str, str]
    row: Letter | StoredFile
    missing: str = ""

    @property
    def size(self) -> int:
        """Return how many bytes a file has; a letter is small and counts as none."""
        return self.row.size if isinstance(self.row, StoredFile) else 0

    def content(self) -> bytes:
        """Return the bytes.

        Raises:
            FileLost, LetterAltered: they are not there, or not what was stored.
        """
        if isinstance(self.row, Letter):
            return bytes_of_letter(self.row, "pdf")
        return bytes_of(self.row)


def export_own_data(
    info_request: InfoRequest, *, by: Actor, at: datetime, most: int = MOST_BYTES
) -> Iterator[bytes]:
    """Return, piece by piece, a zip of what is held of the requester of a case; logged now.

    For the person themself, whose identity the office has checked. At most `most` bytes of
    files go in; the index, written last, says of every file whether it is there and why not.
    """
    with transaction.atomic():
        rows = InfoRequest.objects.select_for_update(of=("self",)).select_related("organ")
        case = rows.get(pk=info_request.pk)
        held = _held(case, at)
        parts = _parts(case, most)
        record(
            "inforequests.export_own_data",
            case.typed_id,
            chain=case.organ.code,
            by=by,
            at=at,
            label=case.number,
            after={
                "letters": sum(isinstance(part.row, Letter) for part in parts),
                "files": sum(isinstance(part.row, StoredFile) for part in parts),
                "left_out": sum(bool(part.missing) for part in parts),
            },
        )
    return zipped(_entries(held, parts), timezone.localtime(at))


def _entries(held: dict[str, Any], parts: list[_Part]) -> Iterator[tuple[str, bytes]]:
    """Yield every file that can be read, then the index as a page and as data."""
    lost: dict[str, str] = {}
    for part in parts:
        if part.missing:
            continue
        try:
            yield part.path, part.content()
        except (FileLost, LetterAltered) as why:
            lost[part.path] = f"没有装入：{why}"
    rows = [_row(replace(part, missing=lost.get(part.path, part.missing))) for part in parts]
    index = held | {
        "文书": [
            row for row, part in zip(rows, parts, strict=True) if isinstance(part.row, Letter)
        ],
        "材料": [
            row for row, part in zip(rows, parts, strict=True) if isinstance(part.row, StoredFile)
        ],
    }
    yield "个人信息.html", render_to_string("inforequests/own_data.html", {"held": index}).encode()
    yield "个人信息.json", json.dumps(index, ensure_ascii=False, indent=2).encode()


def _row(part: _Part) -> dict[str, str]:
    return part.told | ({"说明": part.missing} if part.missing else {"文件": part.path})


def _parts(case: InfoRequest, most: int) -> list[_Part]:
    """Return what a requester may receive: letters to them, files given out, papers brought."""
    given = public_status(case)
    letters = [
        letter
        for letter in letters_about(case.typed_id).filter(state=LetterState.ISSUED)
        if str(letter.pk) in given.letters or letter.kind in _TO_REQUESTER
    ]
    files = StoredFile.objects.filter(about=case.typed_id).defer("text").order_by("stored_at", "pk")
    theirs = [file for file in files if file.purpose in BROUGHT or str(file.pk) in given.files]
    parts = [_letter(place, letter) for place, letter in enumerate(letters, 1)]
    parts += [_file(place, file) for place, file in enumerate(theirs, 1)]
    kept, used = [], 0
    for part in parts:
        used += 0 if part.missing else part.size
        kept.append(replace(part, missing=_TOO_MUCH) if used > most and not part.missing else part)
    return kept


def _letter(place: int, letter: Letter) -> _Part:
    told = {"名称": str(letter), "日期": _day(letter.issued_on)}
    return _Part(f"文书/{place:02}-{clean_name(f'{letter}.pdf')}", told, letter)


def _file(place: int, file: StoredFile) -> _Part:
    name = name_of(file)
    told = {
        "名称": name,
        "用途": file.get_purpose_display(),
        "存入": f"{timezone.localtime(file.stored_at):%Y-%m-%d}",
    }
    missing = "没有装入：文件已经销毁" if file.is_removed else ""
    return _Part(f"材料/{place:02}-{clean_name(name)}", told, file, missing)


def _held(case: InfoRequest, at: datetime) -> dict[str, Any]:
    """Return what is held beside the files, part by part under Chinese names."""
    row = Requester.objects.get(info_request=case)
    told = {} if row.erased else row.details.told
    return {
        "编号": case.number,
        "机关": case.organ.name,
        "导出时间": f"{timezone.localtime(at):%Y-%m-%d %H:%M}",
        "申请人": told or {"说明": "申请人信息已经清除"},
        "申请": {
            "申请人类别": RequesterKind(case.requester_kind).label,
            "提交渠道": IntakeChannel(case.channel).label,
            "提交时间": f"{timezone.localtime(case.submitted_at):%Y-%m-%d}",
            "收到之日": _day(case.received_on),
            "申请内容": case.description,
            "申请减免费用的情形": case.fee_relief,
            "状态": State(case.state).label,
            "办理结果": Ground(case.ground).label if case.ground else "",
            "办理结果作出之日": _day(case.concluded_on),
            "保管至": _day(case.erase_on) or "长期",
        },
        "办理记录": [{"日期": _day(act.on), "事项": act.kind.label} for act in acts_of(case)],
    }


def _day(day: date | None) -> str:
    return written(day) if day else ""
