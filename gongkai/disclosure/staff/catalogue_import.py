"""Importing a catalogue: choose a file, see what it would change and every fault, confirm.

What was read travels through the form, signed for the person: options may be changed and looked
at again without choosing the file anew. On confirmation every check runs again.
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.adapters.catalogue_xlsx import LIMITS, read_catalogue
from gongkai.adapters.readers.limits import ReadError
from gongkai.disclosure.actions.catalogue_import import faults_of, import_catalogue
from gongkai.disclosure.models import StandardCatalogue
from gongkai.disclosure.models.catalogues import CatalogueLevel
from gongkai.disclosure.queries.catalogue import (
    FieldPlan,
    names_of_fields,
    organs_named,
    plan_import,
)
from gongkai.disclosure.rules import DisclosureError
from gongkai.disclosure.rules.catalogues import ImportRefused, organs_meant
from gongkai.disclosure.staff.catalogue_access import CataloguePage, put_beside
from gongkai.disclosure.staff.catalogue_forms import ImportForm
from gongkai.tables.catalogue import CatalogueRow, CellFault, FieldTable

KEPT_SECONDS = 8 * 3600
SHOWN = 300


@dataclass(frozen=True, slots=True)
class Upload:
    """A workbook as read: its name, its hash, its tables, what was wrong and worth knowing."""

    name: str
    sha256: str
    tables: tuple[FieldTable, ...]
    faults: tuple[CellFault, ...]
    notices: tuple[str, ...]


class ImportPage(CataloguePage):
    """Bring a workbook into a catalogue: look first, then confirm."""

    template_name = "disclosure/catalogue/import.html"
    page_title = "导入标准目录"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        held = self._held(pk)
        return self._show(held, ImportForm(initial={"on": self.person.today}), None)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Read the file or what was read before; show what would change, or import it."""
        held = self._held(pk)
        form = ImportForm(request.POST, request.FILES)
        upload = self._kept(request, held)
        if not form.is_valid():
            return self._show(held, form, upload)
        if form.cleaned_data["file"] is not None:
            try:
                upload = self._read(form.cleaned_data["file"], held, form.cleaned_data["on"])
            except ReadError as unreadable:
                form.add_error("file", str(unreadable))
                return self._show(held, form, None)
        if upload is None:
            form.add_error("file", "请选择文件；预览超过8小时的，请重新选择")
            return self._show(held, form, None)
        if "confirm" in request.POST and form.cleaned_data["file"] is None:
            return self._bring(held, form, upload)
        return self._show(held, form, upload)

    def _held(self, pk: int) -> StandardCatalogue:
        held = self.catalogue(pk)
        self.keeper_only(held)
        return held

    def _read(self, file: Any, held: StandardCatalogue, on: date) -> Upload:
        data = file.read(LIMITS.file_bytes + 1)
        known = names_of_fields(held, on)
        town = held.level == CatalogueLevel.TOWNSHIP
        read = read_catalogue(file.name, data, known, township=town)
        faults = read.faults
        if not faults and not any(table.rows for table in read.tables):
            faults = faults_of(read.tables)
        digest = hashlib.sha256(data).hexdigest()
        return Upload(file.name[:200], digest, read.tables, faults, read.notices)

    def _bring(self, held: StandardCatalogue, form: ImportForm, upload: Upload) -> HttpResponse:
        told = form.cleaned_data
        try:
            if upload.faults:
                raise ImportRefused(upload.faults)
            done = import_catalogue(
                held,
                tables=upload.tables,
                on=told["on"],
                replaces=told["replaces"],
                source_name=upload.name,
                source_sha256=upload.sha256,
                by=self.person.actor,
                at=self.person.now,
            )
        except ImportRefused as refused:
            form.add_error(None, str(refused))
            return self._show(held, form, upload, refused.cells)
        except DisclosureError as refused:
            put_beside(form, refused, {})
            return self._show(held, form, upload)
        text = f"已导入：新增{done.added}项，修改{done.changed}项，停用{done.closed}项"
        messages.success(self.request, text)
        if done.unknown_organs:
            names = "、".join(done.unknown_organs[:10])
            messages.warning(self.request, f"下列公开主体没有对应的机关，请逐项指定：{names}")
        return redirect(reverse("disclosure:catalogue", args=[held.pk]))

    def _kept(self, request: HttpRequest, held: StandardCatalogue) -> Upload | None:
        try:
            return unsign(request.POST.get("token", ""), self._salt(held))
        except signing.BadSignature:
            return None

    def _salt(self, held: StandardCatalogue) -> str:
        return f"disclosure.catalogue:{held.pk}:{self.person.actor.account}"

    def _show(
        self,
        held: StandardCatalogue,
        form: ImportForm,
        upload: Upload | None,
        refused: tuple[CellFault, ...] = (),
    ) -> HttpResponse:
        context = self.get_context_data(form=form, catalogue=held, upload=upload, most=SHOWN)
        wrong = bool(form.errors)
        if upload is not None:
            context["token"] = sign(upload, self._salt(held))
            context["faults"] = refused or upload.faults
            wrong = wrong or bool(context["faults"])
            if not wrong and form.is_bound:
                told = form.cleaned_data
                context |= self._preview(held, upload, told["on"], told["replaces"])
        return self.render_to_response(context, status=422 if wrong else 200)

    def _preview(
        self, held: StandardCatalogue, upload: Upload, on: date, replaces: bool
    ) -> dict[str, Any]:
        plans = plan_import(held, upload.tables, on=on, replaces=replaces)
        organs = organs_named(held.county, on)
        words = {row.organ_words for table in upload.tables for row in table.rows}
        unknown = {part for each in words for part in organs_meant(each, organs)[1]}
        return {
            "plans": plans,
            "lines": _lines(plans)[:SHOWN],
            "changes": any(plan.changes for plan in plans),
            "unknown": sorted(unknown),
        }


def _lines(plans: tuple[FieldPlan, ...]) -> list[tuple[str, str, CatalogueRow | str]]:
    lines: list[tuple[str, str, CatalogueRow | str]] = []
    for plan in plans:
        lines += [(plan.name, "新增", row) for _, row in plan.added]
        lines += [(plan.name, "修改", row) for _, _, row in plan.changed]
        lines += [(plan.name, "停用", str(item)) for item in plan.closed]
    return lines


def sign(upload: Upload, salt: str) -> str:
    """Return an upload as text that only this person can hand back, for this catalogue."""
    value = {
        "name": upload.name,
        "sha256": upload.sha256,
        "tables": [asdict(table) for table in upload.tables],
        "faults": [asdict(fault) for fault in upload.faults],
        "notices": upload.notices,
    }
    return signing.dumps(value, salt=salt, compress=True)


def unsign(token: str, salt: str) -> Upload:
    """Return the upload that `sign` made; raises BadSignature when made up or too old."""
    value = signing.loads(token, salt=salt, max_age=KEPT_SECONDS)
    tables = tuple(
        FieldTable(
            name=table["name"],
            title=table["title"],
            rows=tuple(
                CatalogueRow(**{**row, "channels": tuple(row["channels"])}) for row in table["rows"]
            ),
            sheet=table["sheet"],
            places=tuple(table["places"]),
        )
        for table in value["tables"]
    )
    faults = tuple(CellFault(**fault) for fault in value["faults"])
    return Upload(value["name"], value["sha256"], tables, faults, tuple(value["notices"]))
