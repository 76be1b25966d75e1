"""Importing a table of orders: upload, see every row and fault, confirm.

The cells read from the file travel through the confirming form, signed for the person, so that
nothing half-imported lies about; on confirmation they are read and checked again. They name
people, so the token is sealed as well as signed.
"""

import base64
import json
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from wagtail.admin import messages

from gongkai.adapters import xlsx
from gongkai.adapters.cipher import CannotOpen, keyring
from gongkai.adapters.readers.limits import ReadError
from gongkai.adapters.readers.textfile import decode
from gongkai.hotline import actions
from gongkai.hotline.lifecycle import BadOrder, OrderKind, RowsWrong, SourceChannel
from gongkai.hotline.queries.importing import ImportRow, import_rows
from gongkai.hotline.rules import masked_name
from gongkai.hotline.rules.worksheet import HEADS, Line, Table, rows_of_csv, table_of
from gongkai.hotline.staff.access import HotlineView
from gongkai.hotline.staff.forms import UploadForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT_SECONDS = 4 * 3600
SHOWN_ROWS = 200
_SALT = "hotline.import"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as read: its name, who takes its orders in, its rows of cells."""

    name: str
    organ: int
    lines: tuple[Line, ...]


class ImportView(HotlineView):
    """Upload a table, see it, confirm it."""

    template_name = "hotline/import.html"
    page_title = "导入工单"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse those who may record orders of no organ."""
        if not self.acting_ids:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the upload form."""
        return self.show(UploadForm(organs=self.person.acts_for))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read the file and show its rows and faults, or take in what was shown before."""
        if "token" in request.POST:
            return self.confirm(request)
        form = UploadForm(request.POST, request.FILES, organs=self.person.acts_for)
        if not form.is_valid():
            return self.show(form)
        file = form.cleaned_data["file"]
        try:
            table = _table(file.name, file.read(xlsx.LIMITS.file_bytes + 1))
        except (ReadError, BadOrder) as unreadable:
            form.add_error("file", str(unreadable))
            return self.show(form)
        organ = form.cleaned_data["organ"]
        upload = Upload(file.name[:200], organ.pk, table.lines)
        if table.faults:
            return self.show(form, upload, (), table.faults)
        return self.show(form, upload, *import_rows(upload.lines, organ, self.person.now))

    def confirm(self, request: HttpRequest) -> HttpResponse:
        """Take in the rows of an uploaded file, all or none."""
        form = UploadForm(organs=self.person.acts_for)
        try:
            upload = self.unsign(request.POST["token"])
        except (signing.BadSignature, CannotOpen):
            messages.error(request, "预览已过期或不是您的，请重新选择文件")
            return redirect("hotline:import")
        organ = self.person.acts_for.filter(pk=upload.organ).first()
        if organ is None:
            raise PermissionDenied
        rows, faults = import_rows(upload.lines, organ, self.person.now)
        if faults:
            return self.show(form, upload, rows, faults)
        try:
            made = actions.import_orders(organ, rows, by=self.person.actor, at=self.person.now)
        except RowsWrong as wrong:
            return self.show(form, upload, rows, wrong.faults)
        known = f"，另有{len(rows) - len(made)}件已经登记过" if len(rows) > len(made) else ""
        messages.success(request, f"已从“{upload.name}”导入{len(made)}件{known}。")
        return redirect("hotline:index")

    def show(
        self,
        form: UploadForm,
        upload: Upload | None = None,
        rows: Any = (),
        faults: Any = (),
    ) -> HttpResponse:
        """Show the form, and under it what an uploaded file says."""
        known = sum(row.known for row in rows)
        fresh = len(rows) - known
        context = self.get_context_data(
            form=form,
            upload=upload,
            faults=sorted(faults, key=lambda fault: fault.row),
            shown=[_shown(row) for row in rows[:SHOWN_ROWS]],
            more=len(rows) > SHOWN_ROWS,
            shown_rows=SHOWN_ROWS,
            known=known,
            fresh=fresh,
            token=self.sign(upload) if upload and fresh and not faults else "",
            back=reverse("hotline:index"),
        )
        wrong = bool(form.errors) or bool(faults)
        return self.render_to_response(context, status=422 if wrong else 200)

    def sign(self, upload: Upload) -> str:
        """Return an upload as text that only this person can hand back, for four hours."""
        lines = [[line.row, dict(line.cells)] for line in upload.lines]
        plain = json.dumps([upload.name, upload.organ, lines], ensure_ascii=False).encode()
        sealed = base64.b64encode(keyring().seal(plain, self.whose)).decode()
        return signing.dumps(sealed, salt=self.whose)

    def unsign(self, token: str) -> Upload:
        """Return the upload that `sign` made for this person; raises BadSignature, CannotOpen."""
        sealed = signing.loads(token, salt=self.whose, max_age=KEPT_SECONDS)
        plain = keyring().open(base64.b64decode(sealed), self.whose)
        name, organ, lines = json.loads(plain)
        return Upload(name, organ, tuple(Line(row, cells) for row, cells in lines))

    @property
    def whose(self) -> str:
        """The salt under which this person's uploads are signed."""
        return f"{_SALT}:{self.person.actor.account}"


class TemplateView(HotlineView):
    """The empty workbook to be filled in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        yes = ("是", "否")
        choices = {
            "kind": tuple(each.label for each in OrderKind),
            "source": tuple(
                each.label for each in SourceChannel if each is not SourceChannel.TURNED_OVER
            ),
            "urgency": ("一般", "紧急"),
            "confidential": yes,
            "may_publish": yes,
        }
        wide = ("content", "subject", "place")
        columns = tuple(
            xlsx.Column(names[0], 36 if name in wide else 16, choices.get(name, ()))
            for name, names in HEADS.items()
        )
        answer = HttpResponse(
            xlsx.write_tables([xlsx.SheetOut("工单", columns)]), content_type=XLSX
        )
        answer["Content-Disposition"] = content_disposition_header(True, "热线工单.xlsx")
        return answer


def _table(name: str, data: bytes) -> Table:
    """Return the rows of a workbook or of a comma-separated text.

    Raises:
        ReadError, BadOrder: the file is neither.
    """
    if not name.lower().endswith(".csv"):
        return table_of((grid.matrix, grid.first_row) for grid in xlsx.read_tables(data))
    if len(data) > xlsx.LIMITS.file_bytes:
        raise ReadError("文件超过5MB，请分成几个文件后再导入。")
    return table_of([(rows_of_csv(decode(data)), 1)])


def _shown(row: ImportRow) -> tuple[object, ...]:
    told, caller = row.written.told, row.written.caller
    when = f"{timezone.localtime(row.received_at):%Y-%m-%d %H:%M}"
    mark = "已登记" if row.known else ""
    return (
        *(row.written.row, told.number, when, told.kind.label, told.subject),
        *(masked_name(caller.name), mark),
    )
