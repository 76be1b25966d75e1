"""Taking a table in from Word or Excel: upload, see every row and fault, confirm.

The cells travel through the confirming form, signed for the person, so that nothing half-imported
lies about; on confirmation they are read and checked again.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.adapters.readers import read_document
from gongkai.adapters.readers.limits import Limits, NotSupported, ReadError
from gongkai.adapters.xlsx import read_tables
from gongkai.oversight.lifecycle import OversightError, RowFault
from gongkai.oversight.rules.worksheet import Line, table_of
from gongkai.oversight.staff.access import OversightView
from gongkai.oversight.staff.shown import Cell, Table, heads
from gongkai.tables.grid import Grid

LIMITS = Limits(
    file_bytes=5 * 1024 * 1024, unpacked_bytes=30 * 1024 * 1024, members=500, cells=60_000
)
KEPT_SECONDS = 4 * 3600
SHOWN_ROWS = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as read: its name and hash, its rows of cells."""

    name: str
    sha256: str
    lines: tuple[Line, ...]


def grids_of(name: str, data: bytes) -> tuple[Grid, ...]:
    """Return the tables of a Word or Excel file; raises ReadError."""
    suffix = PurePath(name).suffix.lower()
    if suffix == ".xlsx":
        return read_tables(data, LIMITS)
    if suffix != ".docx":
        raise NotSupported("请上传 .docx 或者 .xlsx 文件，其他格式请先另存。")
    parts = read_document(data, suffix, LIMITS).parts
    return tuple(part for part in parts if isinstance(part, Grid))


class ImportView(OversightView):
    """Upload a table, see it, confirm it."""

    template_name = "oversight/import.html"
    heads: Mapping[str, tuple[str, ...]] = {}
    needed: Sequence[str] = ()
    shown_heads: tuple[str, ...] = ()
    unit, note = "", ""
    form_class: type[forms.Form] = forms.Form

    def open(self) -> None:
        """Find what the table is for, or refuse."""

    def read(self, upload: Upload) -> tuple[list[Any], list[RowFault]]:
        """Return the rows of an upload and everything wrong with it."""
        raise NotImplementedError

    def line(self, row: Any) -> tuple[object, ...]:
        """Return a row as the preview shows it."""
        raise NotImplementedError

    def take(self, rows: list[Any], upload: Upload) -> str:
        """Take the rows in; return where to go next."""
        raise NotImplementedError

    def back(self) -> str:
        """Return where one comes from."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the upload form."""
        self.open()
        return self.preview(self.form_class())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read the file and show its rows and faults, or take in what was shown before."""
        self.open()
        if "token" in request.POST:
            return self.confirm(request)
        form = self.form_class(request.POST, request.FILES)
        if not form.is_valid():
            return self.preview(form)
        file = form.cleaned_data["file"]
        data = file.read(LIMITS.file_bytes + 1)
        try:
            table = table_of(grids_of(file.name, data), self.heads, self.needed)
        except ReadError as unreadable:
            form.add_error("file", str(unreadable))
            return self.preview(form)
        upload = Upload(file.name[:200], hashlib.sha256(data).hexdigest(), table.lines)
        rows, faults = ([], list(table.faults)) if table.faults else self.read(upload)
        return self.preview(form, upload, rows, faults)

    def confirm(self, request: HttpRequest) -> HttpResponse:
        """Take in the rows of an uploaded file, all or none."""
        try:
            name, sha256, lines = signing.loads(
                request.POST["token"], salt=self.salt, max_age=KEPT_SECONDS
            )
        except signing.BadSignature:
            messages.error(request, "预览已过期或不是您的，请重新选择文件")
            return redirect(request.path)
        upload = Upload(name, sha256, tuple(Line(row, cells) for row, cells in lines))
        rows, faults = self.read(upload)
        if faults:
            return self.preview(self.form_class(), upload, rows, faults)
        try:
            onward = self.take(rows, upload)
        except OversightError as refused:
            return self.preview(self.form_class(), upload, rows, [RowFault(1, "", str(refused))])
        messages.success(request, f"已从“{upload.name}”导入{len(rows)}{self.unit}。")
        return redirect(onward)

    def preview(
        self,
        form: forms.Form,
        upload: Upload | None = None,
        rows: Sequence[Any] = (),
        faults: Sequence[RowFault] = (),
    ) -> HttpResponse:
        """Show the form, and under it what an uploaded file says."""
        shown = [[Cell(value) for value in self.line(row)] for row in rows[:SHOWN_ROWS]]
        wrong = [
            [Cell(f"第{each.row}行"), Cell(each.column or "整行"), Cell(each.message)]
            for each in sorted(faults, key=lambda each: each.row)
        ]
        context = self.get_context_data(
            form=form,
            upload=upload,
            faults=Table("错误", heads("行", "列", "问题和改法"), wrong) if wrong else None,
            table=Table("读到的内容", heads(*self.shown_heads), shown),
            token=self.sign(upload) if upload is not None and rows and not faults else "",
            count=len(rows),
            unit=self.unit,
            note=self.note,
            back=self.back(),
        )
        return self.render_to_response(context, status=422 if form.errors or faults else 200)

    def sign(self, upload: Upload) -> str:
        """Return an upload as text that only this person can hand back here, for four hours."""
        lines = [[line.row, dict(line.cells)] for line in upload.lines]
        return signing.dumps([upload.name, upload.sha256, lines], salt=self.salt, compress=True)

    @property
    def salt(self) -> str:
        """What binds a preview to this person and this screen."""
        return f"oversight:{self.request.path}:{self.person.official.actor.account}"
