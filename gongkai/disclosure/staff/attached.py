"""The attachments beside the text in hand, as rows that travel with every button of the editor.

Names, uses and words typed in the rows are saved with the text; adding, taking away and moving
are verbs of their own and lose nothing that was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from gongkai.adapters.filetype import TYPES
from gongkai.disclosure import actions, queries
from gongkai.disclosure.models import Attachment, AttachmentRole, Entry
from gongkai.disclosure.rules import EntryRefused, Fault, FileShown
from gongkai.disclosure.rules.addresses import ATTACHED
from gongkai.disclosure.staff.access import EntryScreen
from gongkai.files.models import StoredFile
from gongkai.files.queries import FileLost, content, said_size

# What a browser shows by itself; everything else is saved to disk.
SHOWN = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "pdf": "application/pdf"}
PICTURES = ("png", "jpg", "gif")


@dataclass(frozen=True, slots=True)
class Row:
    """An attachment as the editor shows it, with what was typed."""

    id: UUID
    name: str
    role: str
    alternative: str
    kind: str
    size: str
    address: str

    @property
    def is_picture(self) -> bool:
        """Say whether it can stand in the text as a picture."""
        return self.kind in PICTURES


def rows_of(entry: Entry, typed: Mapping[str, str] | None = None) -> list[Row]:
    """Return the attachments in order, with what was typed in place of what is saved."""
    typed = typed or {}
    rows = []
    for file in queries.files_in_hand(entry):
        rows.append(
            Row(
                id=file.id,
                name=typed.get(f"{file.id}-name", file.name),
                role=typed.get(f"{file.id}-role", file.role),
                alternative=typed.get(f"{file.id}-alternative", file.alternative),
                kind=file.kind,
                size=said_size(file.size),
                address=reverse("disclosure:entry_file", args=[entry.pk, file.id]),
            )
        )
    return rows


def with_staff_addresses(entry: Entry, body: str) -> str:
    """Return a body whose own pictures and files are those that staff may see."""
    return ATTACHED.sub(
        lambda found: reverse("disclosure:entry_file", args=[entry.pk, found[1]]), body
    )


def loose_files(entry: Entry) -> list[StoredFile]:
    """Return the files about an entry that are not attached: redacted ones, for one."""
    rows = StoredFile.objects.filter(about=entry.record_id, removed_at__isnull=True)
    used = entry.attachments.values("file")
    return list(rows.exclude(pk__in=used).defer("text").order_by("stored_at", "pk"))


def save_rows(entry: Entry, typed: Mapping[str, str], who: dict[str, Any]) -> None:
    """Save the names, uses and words that were changed.

    Raises:
        EntryRefused: the fault's field is "files".
    """
    for row in entry.attachments.select_related("file"):
        told = {
            name: " ".join(typed.get(f"{row.pk}-{name}", getattr(row, name)).split())
            for name in ("name", "role", "alternative")
        }
        if all(getattr(row, name) == value for name, value in told.items()):
            continue
        if told["role"] not in AttachmentRole.values:
            raise EntryRefused(Fault("files", f"“{row.name}”：请从列表中选择用途"))
        role = AttachmentRole(told.pop("role"))
        try:
            actions.describe_attachment(row, role=role, **told, **who)
        except EntryRefused as why:
            raise EntryRefused(Fault("files", f"“{row.name}”：{why}")) from None


def add(entry: Entry, request: HttpRequest, who: dict[str, Any]) -> list[str]:
    """Attach what was chosen; return what was refused, each with its name."""
    role = request.POST.get("new-role", "")
    if role not in AttachmentRole.values:
        return ["请选择附件的“用途”。"]
    told = {"role": AttachmentRole(role), "alternative": request.POST.get("new-alternative", "")}
    uploads = request.FILES.getlist("file")
    chosen = request.POST.get("loose", "")
    kept = [file for file in loose_files(entry) if str(file.pk) == chosen]
    if not uploads and not kept:
        return ["请选择要上传的附件。"]
    problems = []
    for upload in uploads:
        try:
            actions.attach(entry, content=upload.read(), file_name=upload.name, **told, **who)
        except EntryRefused as why:
            problems.append(f"“{upload.name}”：{why}")
    for file in kept:
        try:
            actions.attach(entry, file=file, **told, **who)
        except EntryRefused as why:
            problems.append(f"“{file.name}”：{why}")
    return problems


def one_of(entry: Entry, key: str) -> Attachment:
    """Return an attachment of an entry by what a button says; else 404."""
    try:
        pk = UUID(key)
    except ValueError:
        raise Http404 from None
    found = entry.attachments.filter(pk=pk).first()
    if found is None:
        raise Http404("附件已经移除")
    return found


def move(entry: Entry, attachment: Attachment, by: int, who: dict[str, Any]) -> None:
    """Move an attachment up (-1) or down (1)."""
    ids = [file.id for file in queries.files_in_hand(entry)]
    place = ids.index(attachment.pk)
    there = min(max(place + by, 0), len(ids) - 1)
    ids.insert(there, ids.pop(place))
    actions.reorder(entry, ids=ids, **who)


class FileView(EntryScreen):
    """An attachment of the text in hand or of any version, for those who see the entry."""

    def get(self, request: HttpRequest, pk: int, file: UUID) -> HttpResponse:
        """Send the bytes; pictures and PDF are shown, others saved."""
        entry = self.find(pk)
        named = next((one for one in self.named(entry) if one.id == file), None)
        if named is None:
            raise Http404("没有这个附件，或者您无权查看。")
        stored = StoredFile.objects.defer("text").filter(pk=named.file).first()
        try:
            data = content(stored) if stored is not None else None
        except FileLost as why:
            raise Http404(str(why)) from None
        if data is None:
            raise Http404("没有这个附件")
        return sealed_off(data, named)

    def named(self, entry: Entry) -> list[FileShown]:
        """Return every attachment that the draft or a version names."""
        versions = entry.versions.values_list("content__files", flat=True)
        frozen = [
            FileShown(**{**row, "id": UUID(row["id"]), "file": UUID(row["file"])})
            for rows in versions
            for row in rows
        ]
        return [*queries.files_in_hand(entry), *frozen]


def sealed_off(data: bytes, file: FileShown) -> HttpResponse:
    """Return the bytes of a file: never cached, sniffed or run."""
    media_type = SHOWN.get(file.kind) or TYPES[file.kind].media_type
    response = HttpResponse(data, content_type=media_type)
    name = file.name if file.name.lower().endswith(f".{file.kind}") else f"{file.name}.{file.kind}"
    response["Content-Disposition"] = content_disposition_header(file.kind not in SHOWN, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    if file.kind != "pdf":  # a browser's own PDF reader does not open in a sandbox
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
