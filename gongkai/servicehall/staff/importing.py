"""Importing a table of items: upload, see every row and fault, confirm.

The cells read from the file travel through the confirming form, signed for the person, so that
nothing half-imported lies about; on confirmation they are read and checked again.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from wagtail.admin import messages

from gongkai.adapters import xlsx
from gongkai.adapters.readers.limits import ReadError
from gongkai.servicehall import actions
from gongkai.servicehall.lifecycle import HallError, RowFault, RowsWrong
from gongkai.servicehall.models import Hall
from gongkai.servicehall.queries.importing import ImportRow, faults_of_rows, rows_of
from gongkai.servicehall.rules import kinds
from gongkai.servicehall.rules.completeness import missing
from gongkai.servicehall.rules.guide import SWITCHES
from gongkai.servicehall.rules.kinds import THEMES
from gongkai.servicehall.rules.worksheet import (
    ITEM_HEADS,
    MATERIAL_HEADS,
    NEEDED,
    Book,
    Line,
    read_book,
)
from gongkai.servicehall.staff.access import XLSX, HallView
from gongkai.servicehall.staff.fields import row_field
from gongkai.servicehall.staff.shown import Cell, Table, heads

KEPT_SECONDS = 4 * 3600
SHOWN_ROWS = 200
_HEADS = heads(
    "行",
    ("事项名称", "desk-most"),
    "实施主体",
    "事项类型",
    "办件类型",
    "承诺时限",
    "缺少的重点要素",
)


class UploadForm(forms.Form):
    """The table, and the hall its items move into."""

    hall = row_field("大厅", Hall.objects.none(), required=False, empty_label="没有进驻大厅的事项")
    file = forms.FileField(
        label="表格（.xlsx）",
        help_text="已经在用的事项用表格一次登记；“是否进驻政务大厅”填“是”的，进驻上面选择的大厅",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请选择文件", "empty": "文件是空的，请重新选择"},
    )

    def __init__(self, *args: Any, halls: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["hall"].queryset = halls


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as read: its name and hash, the hall chosen for it, its rows of cells."""

    name: str
    sha256: str
    hall: int | None
    book: Book


class ImportView(HallView):
    """Upload a table, see it, confirm it."""

    template_name = "servicehall/import.html"
    page_title = "从 Excel 导入"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the upload form."""
        self.recorder_only()
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read the file and show its rows and faults, or take in what was shown before."""
        self.recorder_only()
        if "token" in request.POST:
            return self.confirm(request)
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        file: UploadedFile = form.cleaned_data["file"]
        data = file.read(xlsx.LIMITS.file_bytes + 1)
        try:
            book = read_book(xlsx.read_tables(data))
        except ReadError as unreadable:
            form.add_error("file", str(unreadable))
            return self.show(form)
        hall = form.cleaned_data["hall"]
        digest = hashlib.sha256(data).hexdigest()
        upload = Upload(file.name[:200], digest, hall and hall.pk, book)
        if book.faults:
            return self.show(form, upload, (), book.faults)
        return self.show(form, upload, *self.read(upload))

    def confirm(self, request: HttpRequest) -> HttpResponse:
        """Take in the rows of an uploaded file, all or none."""
        try:
            upload = self.unsign(request.POST["token"])
        except signing.BadSignature:
            messages.error(request, "预览已过期或不是您的，请重新选择文件")
            return redirect(request.path)
        rows, faults = self.read(upload)
        if faults:
            return self.show(self.form(), upload, rows, faults)
        try:
            run = actions.import_items(
                rows[0].organ.county or rows[0].organ,
                rows,
                hall=self.hall(upload),
                source_name=upload.name,
                source_sha256=upload.sha256,
                **self.who,
            )
        except RowsWrong as wrong:
            return self.show(self.form(), upload, rows, wrong.faults)
        except HallError as refused:
            return self.show(self.form(), upload, rows, (RowFault(1, "", str(refused)),))
        messages.success(request, f"已从“{run.source_name}”导入{run.rows}项。")
        return redirect("servicehall:items")

    def halls(self) -> Any:
        """Return the open halls that this person may put items in."""
        counties = self.person.own_organs.values("county_id")
        return Hall.objects.filter(county_id__in=counties, left_on__isnull=True)

    def hall(self, upload: Upload) -> Hall | None:
        """Return the hall chosen for an upload."""
        return self.halls().filter(pk=upload.hall).first() if upload.hall else None

    def read(self, upload: Upload) -> tuple[list[ImportRow], Sequence[RowFault]]:
        """Return the items of an upload and everything wrong with them."""
        rows, faults = rows_of(upload.book, self.person.own_organs)
        counties = {row.organ.county_id or row.organ.pk for row in rows}
        if len(counties) > 1:
            faults.append(RowFault(1, "实施主体", "一个文件只能是一个县的事项"))
        elif rows:
            county = rows[0].organ.county or rows[0].organ
            faults += faults_of_rows(county, rows, self.hall(upload), self.today)
        return rows, sorted(faults, key=lambda fault: fault.row)

    def form(self, *args: Any) -> UploadForm:
        """Return the upload form."""
        return UploadForm(*args, halls=self.halls())

    def show(
        self,
        form: forms.Form,
        upload: Upload | None = None,
        rows: Sequence[ImportRow] = (),
        faults: Sequence[RowFault] = (),
    ) -> HttpResponse:
        """Show the form, and under it what an uploaded file says."""
        token = self.sign(upload) if upload is not None and rows and not faults else ""
        context = self.get_context_data(
            form=form,
            upload=upload,
            faults=faults,
            total=len(rows),
            token=token,
            table=Table("读到的内容", _HEADS, [_row(row) for row in rows[:SHOWN_ROWS]]),
            more=len(rows) > SHOWN_ROWS,
            shown_rows=SHOWN_ROWS,
            back=reverse("servicehall:items"),
        )
        wrong = form.errors or faults
        return self.render_to_response(context, status=422 if wrong else 200)

    def sign(self, upload: Upload) -> str:
        """Return an upload as text that only this person can hand back, for four hours."""
        lines = [
            [[line.row, dict(line.cells)] for line in part]
            for part in (upload.book.items, upload.book.materials)
        ]
        value = [upload.name, upload.sha256, upload.hall, *lines]
        return signing.dumps(value, salt=self.whose, compress=True)

    def unsign(self, token: str) -> Upload:
        """Return the upload that `sign` made for this person; raises BadSignature."""
        name, sha256, hall, items, materials = signing.loads(
            token, salt=self.whose, max_age=KEPT_SECONDS
        )
        book = Book(
            *(tuple(Line(row, cells) for row, cells in part) for part in (items, materials))
        )
        return Upload(name, sha256, hall, book)

    @property
    def whose(self) -> str:
        """The salt under which this person's uploads are signed."""
        return f"servicehall.items:{self.person.official.actor.account}"


def _row(row: ImportRow) -> list[Cell]:
    told = row.told
    lacking = "、".join(missing(told.name, told.guide))
    return [
        Cell(told.row),
        Cell(told.name, more=told.code),
        Cell(row.organ.short_name),
        Cell(told.kind.label),
        Cell(told.guide.processing.label),
        Cell(told.guide.promised_term or "—"),
        Cell(lacking or "—", tone="desk-warn" if lacking else ""),
    ]


EXPLAINED = (
    "1. “事项”表每行填一个在用的事项；“材料”表每行填一份材料，写明所属事项的实施编码或者名称。",
    f"2. 必须填：{'、'.join(ITEM_HEADS[name][0] for name in NEEDED)}。其他没有的可以空着。",
    "3. 重点要素（设定依据、受理条件、办理材料、办理地点、办理时间、咨询方式、办理流程）"
    "空着的也能导入，但会列为指南不完整，需要补齐。",
    "4. 承诺办结时限不能超过法定办结时限，单位要相同；即办件的承诺办结时限填0。",
    "5. 材料不多的，直接写在“办理材料”一列，一份一行；不需要材料的，写明“不需要材料的说明”。",
    "6. 主题分类用顿号隔开。面向自然人："
    + "、".join(name for code, name in THEMES.items() if code[0] == "g"),
    "7. 面向法人：" + "、".join(name for code, name in THEMES.items() if code[0] == "f"),
    "8. 有一处错误，整个文件不导入；系统会列出每一处错误的行、列和改法。",
)


class TemplateView(HallView):
    """The empty workbook to be filled in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        self.recorder_only()
        sheets = [
            xlsx.SheetOut("事项", _columns(ITEM_HEADS)),
            xlsx.SheetOut("材料", _columns(MATERIAL_HEADS)),
            xlsx.SheetOut(
                "填写说明", (xlsx.Column("填写说明", 100),), tuple((line,) for line in EXPLAINED)
            ),
        ]
        answer = HttpResponse(xlsx.write_tables(sheets), content_type=XLSX)
        answer["Content-Disposition"] = content_disposition_header(True, "政务服务事项.xlsx")
        return answer


def _columns(named: Any) -> tuple[xlsx.Column, ...]:
    yes = ("是", "否")
    members = {
        "processing": kinds.Processing,
        "statutory_unit": kinds.TermUnit,
        "promised_unit": kinds.TermUnit,
        "depth": kinds.Depth,
        "form": kinds.MaterialForm,
        "need": kinds.MaterialNeed,
        "kind": kinds.MaterialKind if named is MATERIAL_HEADS else kinds.ItemKind,
    }
    listed = {name: tuple(each.label for each in kind) for name, kind in members.items()}
    listed |= {"audience": tuple(each.label for each in kinds.Audience)}
    listed |= dict.fromkeys((*SWITCHES, "in_hall"), yes)
    wide = ("name", "legal_basis", "conditions", "procedure", "materials", "place")
    return tuple(
        xlsx.Column(names[0], 36 if name in wide else 16, listed.get(name, ()))
        for name, names in named.items()
    )
