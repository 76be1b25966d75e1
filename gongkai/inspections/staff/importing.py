"""Lists of faults that others found, and forms that organs send back filled in."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from wagtail.admin import messages

from gongkai.adapters import xlsx
from gongkai.adapters.readers.docxfile import read_docx
from gongkai.adapters.readers.limits import Damaged, NotSupported, ReadError, TooLarge
from gongkai.inspections import actions, queries
from gongkai.inspections.lifecycle import InspectionError, RowsWrong, Source, ToldWrongly
from gongkai.inspections.lifecycle.findings import UNTOLD
from gongkai.inspections.rules.ledger_form import FormRow, read_form
from gongkai.inspections.rules.listing import Listing, read_listing
from gongkai.inspections.staff.access import InspectionView, OfficeView, blame
from gongkai.inspections.staff.forms import BackForm, ListForm
from gongkai.tables.grid import Grid

SHOWN = 100
KEPT_SECONDS = 2 * 3600


def rows_of(file: Any) -> list[FormRow]:
    """Return the rows of an uploaded form; raises ReadError or InspectionError."""
    return read_form(xlsx.read_tables(file.read(xlsx.LIMITS.file_bytes + 1)))


def parts_of(file: Any) -> tuple[str | Grid, ...]:
    """Return paragraphs and tables of an uploaded list; raises ReadError for what is no list."""
    data = file.read(xlsx.LIMITS.file_bytes + 1)
    if not str(file.name).lower().endswith(".docx"):
        return xlsx.read_tables(data)
    if len(data) > xlsx.LIMITS.file_bytes:
        most = xlsx.LIMITS.file_bytes // 1024 // 1024
        raise TooLarge(f"文件超过{most}MB，请分成几个文件后再导入。")
    if not data.startswith(b"PK"):
        raise NotSupported("这不是 Word 文档（.docx），旧版 .doc 请另存为不加密的 .docx 后再导入。")
    try:
        return read_docx(data, xlsx.LIMITS).parts
    except ReadError:
        raise
    except (ValueError, ArithmeticError):
        # A number where the format wants one is something else: the file was made to mislead.
        raise Damaged("文件已损坏或不完整，请重新导出后再试。") from None


class ImportView(OfficeView):
    """Take a list in: first what was recognised is shown, then it is confirmed."""

    template_name = "inspections/upload.html"
    page_title = "导入问题清单"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show what a file was read as; confirmed, import all or nothing."""
        if "confirm" in request.POST:
            return self.confirm(request.POST["confirm"])
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        told, today = form.cleaned_data, self.person.official.today
        try:
            names = queries.organs_by_name(self.county, today)
            listing = read_listing(parts_of(told["file"]), names)
            looked = queries.look_at(
                self.county,
                listing.rows,
                organ=told["organ"],
                found_on=told["found_on"],
                day=today,
            )
            if looked.faults:
                raise RowsWrong(looked.faults)
            if not looked.rows:
                raise ToldWrongly("表中没有问题：请在“问题明细”一列填写", "file")
        except ReadError as unreadable:
            form.add_error("file", str(unreadable))
            return self.show(form)
        except InspectionError as refused:
            return self.show(blame(form, refused), refused)
        return self.preview(told, listing, looked)

    def preview(
        self, told: dict[str, Any], listing: Listing, looked: queries.LookedAt
    ) -> HttpResponse:
        """Show what was recognised, what is known already, and the button that takes it in."""
        known = queries.known_of(self.county, {each.fault.fingerprint for each in looked.rows})
        marks = {each.fault.fingerprint for each in looked.rows}
        kept = {
            "source": told["source"],
            "rows": [_packed(each) for each in looked.rows],
        }
        context = self.get_context_data(
            source=Source(told["source"]),
            listing=listing,
            rows=[(each, _note(each.fault.fingerprint, known)) for each in looked.rows[:SHOWN]],
            total=len(looked.rows),
            rest=max(0, len(looked.rows) - SHOWN),
            again=len(known.standing),
            silenced=len(known.silenced),
            new=len(marks) - len(known.standing) - len(known.silenced),
            token=signing.dumps(kept, salt=self._salt(), compress=True),
            back=reverse("inspections:import"),
        )
        return TemplateResponse(self.request, "inspections/import_preview.html", context)

    def confirm(self, token: str) -> HttpResponse:
        """Import what the person has just seen."""
        try:
            kept = signing.loads(token, salt=self._salt(), max_age=KEPT_SECONDS)
        except signing.BadSignature:
            form = self.form({}, {})
            form.errors.clear()
            form.add_error(None, "预览已经过期，请重新选择文件。")
            return self.show(form)
        rows = [_unpacked(each) for each in kept["rows"]]
        try:
            run = actions.import_findings(
                self.county, rows, source=Source(kept["source"]), **self.who
            )
        except InspectionError as refused:
            return self.show(blame(self.form({}, {}), refused), refused)
        known = f"，台账中已有{run.again}个" if run.again else ""
        known += f"，已认定不是问题的{run.silenced}个没有导入" if run.silenced else ""
        messages.success(self.request, f"已导入{run.new}个问题{known}。请核对后交办。")
        return redirect(f"{reverse('inspections:ledger')}?state=FOUND&source={run.source}")

    def _salt(self) -> str:
        return f"inspections.listing.{self.request.user.pk}.{self.county.pk}"

    def form(self, *args: Any) -> ListForm:
        """Return the form with the county's organs."""
        organs = queries.organs_to_lay_to(self.county, self.person.official.today)
        return ListForm(*args, organs=organs)

    def show(self, form: Any, refused: InspectionError | None = None) -> HttpResponse:
        """Show the form, and every row that stands against it."""
        faults = refused.faults if isinstance(refused, RowsWrong) else ()
        back = reverse("inspections:ledger")
        return self.show_form(form, faults=faults[:200], back=back, button="下一步：预览")


def _packed(each: queries.ListedRow) -> dict[str, Any]:
    """Return a row as plain values, with the organ and the day that were found for it."""
    told = {name: value for name, value in asdict(each.row).items() if value}
    return {**told, "organ": each.organ.name, "found_on": each.on.isoformat()}


def _unpacked(told: dict[str, Any]) -> FormRow:
    return FormRow(**{**told, "found_on": date.fromisoformat(told["found_on"])})


def _note(mark: str, known: queries.Known) -> str:
    if mark in known.standing:
        return "台账中已有，只记发现次数"
    return "已认定不是问题，不导入" if mark in known.silenced else ""


class BackView(InspectionView):
    """Take a filled-in form back: each row with a result answers its finding."""

    template_name = "inspections/upload.html"
    page_title = "上传整改结果"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse those who answer for no organ."""
        if not self.person.official.acts_for.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self.show(BackForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer all rows or none."""
        form = BackForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        try:
            rows = rows_of(form.cleaned_data["file"])
            done = actions.answer_by_form(self.to_answer(), rows, **self.who)
        except ReadError as unreadable:
            form.add_error("file", str(unreadable))
            return self.show(form)
        except InspectionError as refused:
            return self.show(blame(form, refused), refused)
        left = f"，{done.left}行没有填写整改结果或者已经反馈过" if done.left else ""
        messages.success(request, f"已反馈{done.answered}个问题的整改结果{left}。")
        return redirect("inspections:ledger")

    def to_answer(self) -> Any:
        """Return the findings this person may answer: the office's upload is for any organ."""
        organs = self.person.official.acts_for.values_list("pk", flat=True)
        told = self.person.findings.exclude(state__in=[state.value for state in UNTOLD])
        return told.filter(organ_id__in=list(organs))

    def show(self, form: Any, refused: InspectionError | None = None) -> HttpResponse:
        """Show the form, and every row that stands against it."""
        faults = refused.faults if isinstance(refused, RowsWrong) else ()
        return self.show_form(form, faults=faults[:200], back=reverse("inspections:ledger"))
