"""Importing single decisions (双公示) from a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.registers import actions, queries
from gongkai.registers.models import ImportRun
from gongkai.registers.queries import DecisionRow
from gongkai.registers.rules import DecisionFacts, PartyKind, RegisterKind, RowFault
from gongkai.registers.staff.uploads import (
    ConfirmingView,
    ImportingView,
    Upload,
    UploadingView,
    packed,
)
from gongkai.tables.grid import Grid


class _Decisions(UploadingView):
    """Rows that are single decisions."""

    template_name = "registers/import_decisions.html"
    page_title = "导入双公示决定"
    salt = "registers.import_decisions"
    unit = "件"
    confirm_name = "registers:confirm_decisions"
    template_address = "registers:decisions_template"
    back_name = "registers:decisions"

    def read(self, grids: Sequence[Grid], name: str) -> tuple[tuple[Any, ...], list[RowFault]]:
        """Return the decisions that could be read, and every fault."""
        rows, faults = queries.decision_rows(grids, file_name=name, organs=self.person.acts_for)
        return rows, [*faults, *actions.faults_of_decision_rows(rows, at=self.person.now)]

    def enter(self, upload: Upload, by: Actor, at: datetime) -> ImportRun:
        """Enter the decisions, all or none."""
        return actions.import_decisions(
            upload.rows,
            source_name=upload.name,
            source_sha256=upload.sha256,
            content=upload.content,
            by=by,
            at=at,
        )

    def pack(self, row: DecisionRow) -> list[Any]:
        """Return a decision as plain values."""
        return [row.row, row.organ.pk, packed(asdict(row.facts))]

    def unpack(self, told: Sequence[Any], organs: Mapping[int, Organ]) -> DecisionRow:
        """Return the decision that `pack` told."""
        row, organ_id, values = told
        days = ("decided_on", "valid_to", "published_on")
        facts = DecisionFacts(
            **{
                **values,
                "kind": RegisterKind(values["kind"]),
                "party_kind": PartyKind(values["party_kind"]),
                "amount": Decimal(values["amount"]),
                **{
                    name: date.fromisoformat(values[name]) if values[name] else None
                    for name in days
                },
            }
        )
        return DecisionRow(row, organs[organ_id], facts)


class ImportDecisionsView(_Decisions, ImportingView):
    """Upload a workbook of decisions and see what it would enter."""


class ConfirmDecisionsView(_Decisions, ConfirmingView):
    """Enter the decisions of an uploaded file, all or none."""
