"""Tables of proposals: importing with a preview, the template, and the list as a workbook.

The cells read from the file travel through the confirming form, signed for the person, so that
nothing half-imported lies about; on confirmation they are read and checked again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from wagtail.admin import messages

from gongkai.adapters import xlsx
from gongkai.adapters.readers.limits import ReadError
from gongkai.proposals import actions, queries
from gongkai.proposals.lifecycle import RowFault, RowsWrong
from gongkai.proposals.lifecycle.kinds import ProposalKind, Result, Satisfaction
from gongkai.proposals.models import Proposal
from gongkai.proposals.queries.importing import ImportRow, import_rows
from gongkai.proposals.rules.worksheet import HEADS, Line, table_of
from gongkai.proposals.staff.access import XLSX, OfficeView, ProposalView
from gongkai.proposals.staff.forms import ImportForm
from gongkai.proposals.staff.listing import narrowed

KEPT_SECONDS = 4 * 3600
SHOWN_ROWS = 200
_SALT = "proposals.import"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as read: its name, its rows of cells."""

    name: str
    lines: tuple[Line, ...]


class ImportView(OfficeView):
    """Upload a table, see it, confirm it."""

    template_name = "proposals/import.html"
    page_title = "导入建议提案"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the upload form."""
        return self.show(ImportForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read the file and show its rows and faults, or take in what was shown before."""
        if "token" in request.POST:
            return self.confirm(request)
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        file = form.cleaned_data["file"]
        try:
            table = table_of(xlsx.read_tables(file.read(xlsx.LIMITS.file_bytes + 1)))
        except ReadError as unreadable:
            form.add_error("file", str(unreadable))
            return self.show(form)
        upload = Upload(file.name[:200], table.lines)
        if table.faults:
            return self.show(form, upload, (), table.faults)
        return self.show(form, upload, *self.read(upload))

    def confirm(self, request: HttpRequest) -> HttpResponse:
        """Take in the rows of an uploaded file, all or none."""
        try:
            name, lines = signing.loads(
                request.POST["token"], salt=self.whose, max_age=KEPT_SECONDS
            )
        except signing.BadSignature:
            messages.error(request, "预览已过期或不是您的，请重新选择文件")
            return redirect(request.path)
        upload = Upload(name, tuple(Line(row, cells) for row, cells in lines))
        rows, faults = self.read(upload)
        if faults:
            return self.show(ImportForm(), upload, rows, faults)
        try:
            made = actions.import_proposals(self.county, rows, **self.who)
        except RowsWrong as wrong:
            return self.show(ImportForm(), upload, rows, wrong.faults)
        messages.success(request, f"已从“{name}”导入{len(made)}件。")
        return redirect("proposals:index")

    def read(self, upload: Upload) -> tuple[list[ImportRow], list[RowFault]]:
        """Return the rows of an upload and what is wrong with them."""
        return import_rows(upload.lines, self.county, self.person.official.today)

    def show(
        self,
        form: forms.Form,
        upload: Upload | None = None,
        rows: Sequence[ImportRow] = (),
        faults: Sequence[RowFault] = (),
    ) -> HttpResponse:
        """Show the form, and under it what an uploaded file says."""
        fresh = sum(not row.known for row in rows)
        token = ""
        if upload is not None and not faults and fresh:
            lines = [[line.row, dict(line.cells)] for line in upload.lines]
            token = signing.dumps([upload.name, lines], salt=self.whose, compress=True)
        context = self.get_context_data(
            form=form,
            upload=upload,
            rows=rows[:SHOWN_ROWS],
            more=len(rows) > SHOWN_ROWS,
            faults=sorted(faults, key=lambda fault: fault.row),
            fresh=fresh,
            known=len(rows) - fresh,
            token=token,
            back=reverse("proposals:index"),
        )
        wrong = bool(form.errors or faults)
        return self.render_to_response(context, status=422 if wrong else 200)

    @property
    def whose(self) -> str:
        """The salt under which this person's uploads are signed."""
        return f"{_SALT}:{self.person.official.actor.account}"


class TemplateView(OfficeView):
    """The empty workbook to be filled in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        kinds = tuple(each.label for each in ProposalKind)
        columns = tuple(
            xlsx.Column(
                names[0],
                40 if name in ("subject", "content") else 16,
                kinds if name == "kind" else (),
            )
            for name, names in HEADS.items()
        )
        return _book([xlsx.SheetOut("建议提案", columns)], "建议提案模板.xlsx")


_EXPORTED = (
    *(("类型", 10), ("年度", 8), ("届次会议", 24), ("编号", 8), ("案由", 40)),
    *(("领衔代表或者第一提案人", 14), ("附议人数", 8), ("主办单位", 16), ("会办单位", 20)),
    *(("收到日期", 12), ("交办日期", 12), ("答复期限", 12), ("答复日期", 12), ("复文编号", 20)),
    *(("结果类别", 8), ("代表、委员意见", 10), ("公开属性", 12), ("公开日期", 12), ("状态", 10)),
)


class ExportView(ProposalView):
    """The list as it was asked for, as a workbook; contacts never go into it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        found = queries.with_last_reply(narrowed(self.person, request.GET))
        rows = found.prefetch_related("joint__organ").order_by("-year", "kind", "session", "pk")
        columns = tuple(xlsx.Column(head, width) for head, width in _EXPORTED)
        sheet = xlsx.SheetOut("建议提案", columns, tuple(_cells(row) for row in rows))
        return _book([sheet], "建议提案.xlsx")


def _cells(row: Proposal) -> tuple[str | int, ...]:
    days = (row.received_on, row.assigned_on, row.due_on, row.last_replied_on)
    openness = row.last_openness and actions.Openness(row.last_openness).label
    return (
        row.get_kind_display(),
        row.year,
        row.session,
        row.number,
        row.subject,
        row.proposer,
        row.cosigners,
        row.lead.short_name if row.lead else "",
        "、".join(each.organ.short_name for each in row.joint.all()),
        *(day.isoformat() if day else "" for day in days),
        row.last_number or "",
        Result(row.last_result).short if row.last_result else "",
        Satisfaction(row.last_satisfaction).label if row.last_satisfaction else "",
        openness or "",
        row.published_on.isoformat() if row.published_on else "",
        row.get_state_display(),
    )


def _book(sheets: list[xlsx.SheetOut], name: str) -> HttpResponse:
    answer = HttpResponse(xlsx.write_tables(sheets), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
