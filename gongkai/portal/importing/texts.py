"""One old page or row to what `disclosure` takes in, and what could not be kept of it."""

import html
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils import timezone

from gongkai.adapters.oldsite import OldPage, OldRow
from gongkai.disclosure.actions import Imported, ImportedFile, Told
from gongkai.disclosure.models import AttachmentRole, Section
from gongkai.orgs.models import Organ
from gongkai.statute.genres import genre_named
from gongkai.statute.subjects import subject_named
from gongkai.text.docnumbers import DocumentNumberError, normalise, parse_order

MOST_FILE_BYTES = 200 * 1024 * 1024
_NOON = time(12)


class NotTaken(ValueError):
    """The text cannot be taken over; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class OldFileFound:
    """A file of a text on disk; `address` is how the body writes it, "" when it does not."""

    name: str
    path: Path
    address: str
    inline: bool

    def imported(self) -> ImportedFile:
        """Return it with its bytes."""
        role = AttachmentRole.PICTURE if self.inline else AttachmentRole.ATTACHMENT
        return ImportedFile(
            self.name, self.path.read_bytes(), role, reference=html.escape(self.address)
        )


@dataclass(frozen=True, slots=True)
class Text:
    """A text ready to be taken over, but for the bytes of its files."""

    old: OldPage | OldRow
    source: str
    address: str
    organ: Organ
    section: Section
    told: Told
    published_at: datetime
    files: tuple[OldFileFound, ...]

    def imported(self, *, record: str = "", with_files: bool = True) -> Imported:
        """Return what `disclosure.actions.import_entries` takes."""
        files = tuple(file.imported() for file in self.files) if with_files else ()
        return Imported(
            self.source,
            self.section,
            self.told,
            self.published_at,
            index_number=self.old.index_number,
            record=record,
            files=files,
            clean=True,
            text=self.old.text,
        )


def address_of(old: OldPage | OldRow) -> str:
    """Return where it stood: the path below the old root, the sheet's address or row."""
    return old.old_address or (f"第{old.row}行" if isinstance(old, OldRow) else "")


def source_of(old: OldPage | OldRow) -> str:
    """Return the key under which it is imported once: its place and its content."""
    return f"{address_of(old)[:250]}#{old.key[:32]}"


def days_of(old: OldPage | OldRow, notes: list[str]) -> tuple[date, datetime]:
    """Return the day of forming and the moment of publication, one from the other if need be.

    Raises:
        NotTaken: neither is told.
    """
    formed, published = old.formed_on, old.published_at
    if formed is None and published is None:
        raise NotTaken("没有成文日期，也没有发布日期，请在原网页或者表格中补上后再导入。")
    if published is None and formed is not None:
        notes.append("没有发布日期，以成文日期代替。")
        published = datetime.combine(formed, _NOON, timezone.get_current_timezone())
    elif published is not None and timezone.is_naive(published):
        published = timezone.make_aware(published)
    if formed is None and published is not None:
        notes.append("没有成文日期，以发布日期代替。")
        formed = timezone.localdate(published)
    if published is None or formed is None:
        raise AssertionError("both days are known by now")
    return formed, published


def told_of(old: OldPage | OldRow, formed: date, joint: tuple[str, ...], notes: list[str]) -> Told:
    """Return all that is told of it, without what our form does not know (that is noted)."""
    genre = genre_named(old.genre) if old.genre else None
    subject = subject_named(old.subject) if old.subject else None
    if old.genre and genre is None:
        notes.append(f"体裁“{old.genre[:40]}”不在体裁表中，未保留。")
    if old.subject and subject is None:
        notes.append(f"主题分类“{old.subject[:40]}”不在主题分类表中，未保留。")
    return Told(
        title=_within(old.title, 300, "标题", notes),
        formed_on=formed,
        body=old.body_html,
        document_number=_number(old.document_number, notes),
        genre=genre.value if genre else "",
        subject=subject.code if subject else "",
        summary=_within(old.summary, 500, "内容概述", notes),
        keywords=_within("，".join(old.keywords), 200, "关键词", notes),
        source=_within(old.source or old.issuer, 100, "来源", notes),
        joint_issuers=tuple(name[:100] for name in joint),
    )


def files_of(old: OldPage | OldRow, beside: Path, notes: list[str]) -> tuple[OldFileFound, ...]:
    """Return its files that are there and not too large; of a sheet by name in `beside`."""
    if isinstance(old, OldPage):
        found = [
            OldFileFound(file.name, file.path, file.address, file.inline)
            for file in old.attachments
        ]
    else:
        found = [
            OldFileFound(Path(name).name, path, "", False)
            for name in old.attachments
            if (path := _beside(beside, name, notes)) is not None
        ]
    return tuple(file for file in found if _small_enough(file, notes))


def _beside(folder: Path, name: str, notes: list[str]) -> Path | None:
    path = (folder / name.replace("\\", "/")).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        notes.append(f"附件“{name[:80]}”在附件目录中没有找到。")
        return None
    return path


def _small_enough(file: OldFileFound, notes: list[str]) -> bool:
    try:
        size = file.path.stat().st_size
    except OSError:
        notes.append(f"附件“{file.name}”打不开，请核对权限。")
        return False
    if size > MOST_FILE_BYTES:
        notes.append(f"附件“{file.name}”超过200MB，未导入，请人工处理。")
        return False
    return True


def _number(said: str, notes: list[str]) -> str:
    if not said:
        return ""
    try:
        return normalise(said)
    except DocumentNumberError:
        try:
            return str(parse_order(said))
        except DocumentNumberError:
            notes.append(f"发文字号“{said[:60]}”不合格式，未保留，请核对后补录。")
            return ""


def _within(text: str, most: int, name: str, notes: list[str]) -> str:
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    notes.append(f"{name}超过{most}个字，已截短。")
    return f"{text[: most - 1]}…"


def last_valid_on(old: OldPage | OldRow) -> date | None:
    """Return the last day of validity that the old site told, the day before it ceased."""
    return old.ceased_on - timedelta(days=1) if old.ceased_on else None
