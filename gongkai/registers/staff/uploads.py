"""Importing a workbook: upload, see every row and fault, confirm; for batches and decisions alike.

What was read travels through the confirming form, signed for the person, so that nothing
half-imported lies about; on confirmation every check runs again. The file itself travels
beside it and is kept with the import, once its hash is proved to be the signed one.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.adapters import xlsx
from gongkai.adapters.readers.limits import ReadError
from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.registers import rules
from gongkai.registers.models import ImportRun
from gongkai.registers.rules import RowFault
from gongkai.registers.staff.access import RegisterView
from gongkai.registers.staff.forms import UploadForm
from gongkai.tables.grid import Grid

KEPT_SECONDS = 4 * 3600
SHOWN_ROWS = 500
Rows = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as read: its name, its hash, its bytes, its rows, its faults."""

    name: str
    sha256: str
    content: bytes
    rows: tuple[Any, ...]
    faults: tuple[RowFault, ...] = ()

    @property
    def encoded(self) -> str:
        """The bytes as the confirming form carries them."""
        return base64.b64encode(self.content).decode("ascii")


class UploadingView(RegisterView):
    """What the two steps of an import share; a kind of rows says how it is read and entered."""

    salt: str
    unit = "批"
    confirm_name: str
    template_address: str
    back_name: str

    def read(self, grids: Sequence[Grid], name: str) -> tuple[tuple[Any, ...], list[RowFault]]:
        """Return the rows that could be read, and every fault."""
        raise NotImplementedError

    def standing(self, sha256: str) -> ImportRun | None:
        """Return the import of the same file that still counts."""
        return None

    def notes(self, rows: Rows) -> list[str]:
        """Return what is worth a second look in rows that may be entered all the same."""
        return []

    def enter(self, upload: Upload, by: Actor, at: datetime) -> ImportRun:
        """Enter the rows, all or none."""
        raise NotImplementedError

    def pack(self, row: Any) -> list[Any]:
        """Return a row as plain values."""
        raise NotImplementedError

    def unpack(self, told: Sequence[Any], organs: Mapping[int, Organ]) -> Any:
        """Return the row that `pack` told; KeyError where the organ is no longer the person's."""
        raise NotImplementedError

    def show(self, form: UploadForm, upload: Upload | None = None, **more: Any) -> HttpResponse:
        """Show the form, and under it what an uploaded file says."""
        context = self.get_context_data(
            form=form, upload=upload, shown_rows=SHOWN_ROWS, unit=self.unit, importing=self, **more
        )
        if upload is not None:
            context.setdefault("faults", sorted(upload.faults, key=lambda fault: fault.row))
            context["shown"] = upload.rows[:SHOWN_ROWS]
            context["run"] = self.standing(upload.sha256)
            context["notes"] = self.notes(upload.rows)
            if not upload.faults and context["run"] is None and not more:
                context["token"] = self.sign(upload)
        wrong = form.errors or (upload is not None and "token" not in context)
        return self.render_to_response(context, status=422 if wrong else 200)

    def sign(self, upload: Upload) -> str:
        """Return an upload as text that only this person can hand back, for four hours."""
        rows = [self.pack(row) for row in upload.rows]
        return signing.dumps([upload.name, upload.sha256, rows], salt=self._salt, compress=True)

    def unsign(self, token: str, encoded: str) -> Upload:
        """Return the upload that `sign` made for this person.

        Raises:
            BadSignature: made up, made for another, too old, or with another file.
            KeyError: the person may no longer enter for an organ in it.
        """
        name, sha256, lines = signing.loads(token, salt=self._salt, max_age=KEPT_SECONDS)
        organs = {organ.pk: organ for organ in self.person.acts_for}
        content = _decoded(encoded)
        if content and hashlib.sha256(content).hexdigest() != sha256:
            raise signing.BadSignature("another file")
        return Upload(name, sha256, content, tuple(self.unpack(line, organs) for line in lines))

    @property
    def _salt(self) -> str:
        return f"{self.salt}:{self.person.actor.account}"


class ImportingView(UploadingView):
    """The first step: upload a workbook and see what it would enter."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the upload form."""
        self.recorder_only()
        return self.show(UploadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read the file and show its rows and faults; nothing is entered yet."""
        self.recorder_only()
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        file = form.cleaned_data["file"]
        try:
            data = file.read(xlsx.LIMITS.file_bytes + 1)
            grids = xlsx.read_tables(data)
        except ReadError as unreadable:
            form.add_error("file", str(unreadable))
            return self.show(form)
        name = file.name[: rules.LONGEST_SOURCE]
        rows, faults = self.read(grids, name)
        if not rows and not faults:
            faults = [RowFault(2, "", "文件中没有数据行，请在表头下逐行填写")]
        sha256 = hashlib.sha256(data).hexdigest()
        return self.show(form, Upload(name, sha256, data, rows, tuple(faults)))


class ConfirmingView(UploadingView):
    """The second step: enter the rows of an uploaded file, all or none."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Import, or show every fault again."""
        self.recorder_only()
        try:
            upload = self.unsign(request.POST.get("token", ""), request.POST.get("content", ""))
        except (signing.BadSignature, KeyError):
            messages.error(request, "预览已过期或不是您的，请重新选择文件")
            return redirect(self.importing_name)
        try:
            run = self.enter(upload, self.person.actor, self.person.now)
        except rules.RegisterError as refused:
            faults = refused.faults if isinstance(refused, rules.ImportRefused) else ()
            return self.show(UploadForm(), upload, faults=faults, refused=str(refused))
        messages.success(request, f"已从“{run.source_name}”导入{run.rows}{self.unit}")
        return redirect(self.back_name)

    @property
    def importing_name(self) -> str:
        """The address of the first step."""
        return self.confirm_name.replace("confirm", "import")


def packed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values that JSON can hold: days and amounts as text."""
    return {
        name: value.isoformat()
        if isinstance(value, date)
        else str(value)
        if isinstance(value, Decimal)
        else value
        for name, value in values.items()
    }


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise signing.BadSignature("no file") from None
