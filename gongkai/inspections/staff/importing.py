"""Lists of faults that others found, and forms that organs send back filled in."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.adapters import xlsx
from gongkai.adapters.readers.limits import ReadError
from gongkai.inspections import actions, queries
from gongkai.inspections.lifecycle import InspectionError, RowsWrong, Source
from gongkai.inspections.lifecycle.findings import UNTOLD
from gongkai.inspections.rules.ledger_form import FormRow, read_form
from gongkai.inspections.staff.access import InspectionView, OfficeView, blame
from gongkai.inspections.staff.forms import BackForm, ListForm


def rows_of(file: Any) -> list[FormRow]:
    """Return the rows of an uploaded form; raises ReadError or InspectionError."""
    return read_form(xlsx.read_tables(file.read(xlsx.LIMITS.file_bytes + 1)))


class ImportView(OfficeView):
    """Take a list in."""

    template_name = "inspections/upload.html"
    page_title = "导入问题清单"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Import all or nothing."""
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        told = form.cleaned_data
        try:
            run = actions.import_findings(
                self.county,
                rows_of(told["file"]),
                source=Source(told["source"]),
                organ=told["organ"],
                **self.who,
            )
        except ReadError as unreadable:
            form.add_error("file", str(unreadable))
            return self.show(form)
        except InspectionError as refused:
            return self.show(blame(form, refused), refused)
        known = f"，台账中已有{run.again}个" if run.again else ""
        known += f"，已认定不是问题的{run.silenced}个没有导入" if run.silenced else ""
        messages.success(request, f"已导入{run.new}个问题{known}。请核对后交办。")
        return redirect(f"{reverse('inspections:ledger')}?state=FOUND&source={run.source}")

    def form(self, *args: Any) -> ListForm:
        """Return the form with the county's organs."""
        organs = queries.organs_to_lay_to(self.county, self.person.official.today)
        return ListForm(*args, organs=organs)

    def show(self, form: Any, refused: InspectionError | None = None) -> HttpResponse:
        """Show the form, and every row that stands against it."""
        faults = refused.faults if isinstance(refused, RowsWrong) else ()
        return self.show_form(form, faults=faults[:200], back=reverse("inspections:ledger"))


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
