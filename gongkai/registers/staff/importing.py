"""Importing a workbook of batches: upload, see every row and fault, confirm.

The rows read from the file travel through the confirming form, signed for the person,
so that nothing half-imported lies about; on confirmation every check runs again.
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.adapters import xlsx
from gongkai.adapters.readers.limits import ReadError
from gongkai.registers import actions, queries, rules
from gongkai.registers.models import ImportRun
from gongkai.registers.queries import ImportRow
from gongkai.registers.rules import BatchFigures, RegisterKind, RowFault
from gongkai.registers.staff.access import RegisterView
from gongkai.registers.staff.forms import ReasonForm, UploadForm

KEPT_SECONDS = 4 * 3600
SHOWN_ROWS = 500


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as read: its name, its hash, its rows, its faults."""

    name: str
    sha256: str
    rows: tuple[ImportRow, ...]
    faults: tuple[RowFault, ...]


class ImportView(RegisterView):
    """Upload a workbook and see what it would enter."""

    template_name = "registers/import.html"
    page_title = "从 Excel 导入"

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
        rows, faults = queries.import_rows(grids, file_name=name, organs=self.person.acts_for)
        if not rows and not faults:
            faults = (RowFault(2, "", "文件中没有数据行，请在表头下逐行填写"),)
        faults += actions.faults_of_rows(rows, at=self.person.now)
        return self.show(form, Upload(name, hashlib.sha256(data).hexdigest(), rows, faults))

    def show(self, form: UploadForm, upload: Upload | None = None) -> HttpResponse:
        """Show the form, and under it what an uploaded file says."""
        context = self.get_context_data(form=form, upload=upload, shown_rows=SHOWN_ROWS)
        if upload is not None:
            context["faults"] = sorted(upload.faults, key=lambda fault: fault.row)
            context["shown"] = upload.rows[:SHOWN_ROWS]
            context["run"] = queries.standing_import(upload.sha256)
            if not upload.faults and context["run"] is None:
                context["token"] = sign(upload, self.person.actor.account)
        wrong = form.errors or (upload is not None and "token" not in context)
        return self.render_to_response(context, status=422 if wrong else 200)


class ConfirmView(RegisterView):
    """Enter the rows of an uploaded file, all or none."""

    template_name = "registers/import.html"
    page_title = "从 Excel 导入"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Import, or show every fault again."""
        self.recorder_only()
        organs = {organ.pk: organ for organ in self.person.acts_for}
        try:
            upload = unsign(request.POST.get("token", ""), self.person.actor.account, organs)
        except (signing.BadSignature, KeyError):
            messages.error(request, "预览已过期或不是您的，请重新选择文件")
            return redirect("registers:import")
        try:
            run = actions.import_batches(
                upload.rows,
                source_name=upload.name,
                source_sha256=upload.sha256,
                by=self.person.actor,
                at=self.person.now,
            )
        except rules.RegisterError as refused:
            faults = refused.faults if isinstance(refused, rules.ImportRefused) else ()
            context = self.get_context_data(
                form=UploadForm(),
                upload=upload,
                faults=faults,
                refused=str(refused),
                shown=upload.rows[:SHOWN_ROWS],
                shown_rows=SHOWN_ROWS,
            )
            return self.render_to_response(context, status=422)
        messages.success(request, f"已从“{run.source_name}”导入{run.rows}批")
        return redirect("registers:index")


class WithdrawImportView(RegisterView):
    """Withdraw every batch of one import."""

    template_name = "registers/withdraw.html"
    page_title = "撤回整次导入"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason."""
        return self.show(self.run_to_change(pk), ReasonForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Withdraw, or show the form again."""
        run = self.run_to_change(pk)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show(run, form)
        reason = form.cleaned_data["reason"]
        try:
            number = actions.withdraw_import(
                run, reason=reason, by=self.person.actor, at=self.person.now
            )
        except rules.RegisterError as refused:
            form.add_error(None, str(refused))
            return self.show(run, form)
        messages.success(request, f"已撤回“{run.source_name}”导入的{number}批")
        return redirect("registers:index")

    def show(self, run: ImportRun, form: ReasonForm) -> HttpResponse:
        """Show what is withdrawn and the form."""
        context = self.get_context_data(run=run, form=form, back=reverse("registers:index"))
        return self.render_to_response(context, status=422 if form.errors else 200)


def sign(upload: Upload, account: str) -> str:
    """Return an upload as text that only this person can hand back, for four hours."""
    rows = [
        [row.row, row.organ.pk, {**asdict(row.figures), "amount": str(row.figures.amount)}]
        for row in upload.rows
    ]
    for _, _, told in rows:
        told["period_start"] = told["period_start"].isoformat()
        told["period_end"] = told["period_end"].isoformat()
    value = [upload.name, upload.sha256, rows]
    return signing.dumps(value, salt=f"registers.import:{account}", compress=True)


def unsign(token: str, account: str, organs: dict[int, Any]) -> Upload:
    """Return the upload that `sign` made for this account.

    Raises:
        BadSignature: made up, made for another, or too old.
        KeyError: the person may no longer enter for an organ in it.
    """
    name, sha256, lines = signing.loads(
        token, salt=f"registers.import:{account}", max_age=KEPT_SECONDS
    )
    rows = tuple(
        ImportRow(
            row,
            organs[organ_id],
            BatchFigures(
                **{
                    **told,
                    "kind": RegisterKind(told["kind"]),
                    "period_start": date.fromisoformat(told["period_start"]),
                    "period_end": date.fromisoformat(told["period_end"]),
                    "amount": Decimal(told["amount"]),
                }
            ),
        )
        for row, organ_id, told in lines
    )
    return Upload(name, sha256, rows, ())
