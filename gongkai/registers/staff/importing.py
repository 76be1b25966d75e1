"""Importing batches from a workbook, and withdrawing a whole import."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.registers import actions, queries, rules
from gongkai.registers.models import ImportRun
from gongkai.registers.queries import ImportRow
from gongkai.registers.rules import BatchFigures, RegisterKind, RowFault
from gongkai.registers.staff.access import RegisterView
from gongkai.registers.staff.forms import ReasonForm
from gongkai.registers.staff.uploads import (
    ConfirmingView,
    ImportingView,
    Rows,
    Upload,
    UploadingView,
    packed,
)
from gongkai.tables.grid import Grid


class _Batches(UploadingView):
    """Rows that are batches."""

    template_name = "registers/import.html"
    page_title = "从 Excel 导入"
    salt = "registers.import"
    confirm_name = "registers:confirm"
    template_address = "registers:template"
    back_name = "registers:index"

    def read(self, grids: Sequence[Grid], name: str) -> tuple[tuple[Any, ...], list[RowFault]]:
        """Return the batches that could be read, and every fault."""
        rows, faults = queries.import_rows(grids, file_name=name, organs=self.person.acts_for)
        return rows, [*faults, *actions.faults_of_rows(rows, at=self.person.now)]

    def standing(self, sha256: str) -> ImportRun | None:
        """Return the import of the same file that still counts."""
        return queries.standing_import(sha256)

    def notes(self, rows: Rows) -> list[str]:
        """Return which batches tell of a period that another tells of too."""
        found = queries.overlaps([(row.organ, row.figures) for row in rows])
        return [
            f"第{rows[place].row}行{rows[place].organ.short_name}"
            f"“{rows[place].figures.kind.label}”{what}"
            for place, what in found.items()
        ]

    def enter(self, upload: Upload, by: Actor, at: datetime) -> ImportRun:
        """Enter the batches, all or none."""
        return actions.import_batches(
            upload.rows,
            source_name=upload.name,
            source_sha256=upload.sha256,
            content=upload.content,
            by=by,
            at=at,
        )

    def pack(self, row: ImportRow) -> list[Any]:
        """Return a batch as plain values."""
        return [row.row, row.organ.pk, packed(asdict(row.figures))]

    def unpack(self, told: Sequence[Any], organs: Mapping[int, Organ]) -> ImportRow:
        """Return the batch that `pack` told."""
        row, organ_id, values = told
        figures = BatchFigures(
            **{
                **values,
                "kind": RegisterKind(values["kind"]),
                "period_start": date.fromisoformat(values["period_start"]),
                "period_end": date.fromisoformat(values["period_end"]),
                "amount": Decimal(values["amount"]),
            }
        )
        return ImportRow(row, organs[organ_id], figures)


class ImportView(_Batches, ImportingView):
    """Upload a workbook of batches and see what it would enter."""


class ConfirmView(_Batches, ConfirmingView):
    """Enter the batches of an uploaded file, all or none."""


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
