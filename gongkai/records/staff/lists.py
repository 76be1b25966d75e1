"""Screens of lists handed over: all, a new one, one with its rows, its files, its receipt."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.inforequests.models import InfoRequest
from gongkai.records import actions
from gongkai.records.models import TransferList
from gongkai.records.queries import closed_cases, lists_of
from gongkai.records.rules import RecordsError, TransferKind
from gongkai.records.staff.access import RecordsView
from gongkai.records.staff.forms import ListForm, ReceiptForm
from gongkai.records.staff.papers import TYPES, list_paper

_SHOWN = 500


class IndexView(RecordsView):
    """The lists of the counties a person sees."""

    template_name = "records/index.html"
    page_title = "档案移交"
    at_home = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, newest first."""
        lists = lists_of(self.official.sees.values("pk"))[:200]
        return self.render_to_response(self.get_context_data(lists=lists))

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new one to the office."""
        if not self.kept_counties:
            return []
        return [HeaderButton("编制移交清单", url=reverse("records:make"), icon_name="plus")]


class MakeView(RecordsView):
    """Make a list of a period."""

    template_name = "records/form.html"
    page_title = "编制移交清单"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form with the month that is over."""
        last = self.official.today.replace(day=1) - timedelta(days=1)
        return self.show(ListForm(initial={"since": last.replace(day=1), "until": last}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make it, or show the form again."""
        form = ListForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        told = form.cleaned_data
        try:
            made = actions.make_list(
                self.county,
                TransferKind(told["kind"]),
                since=told["since"],
                until=told["until"],
                **self.who,
            )
        except RecordsError as refused:
            form.add_error(refused.field or None, str(refused))
            return self.show(form)
        messages.success(request, f"已编制，共{len(made.rows)}条，内容已固定。")
        return redirect("records:list", made.pk)

    def show(self, form: ListForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        hint = f"{self.county.name}：清单编制后内容固定，不能修改；期间须已结束，最多一年。"
        context = self.get_context_data(form=form, hint=hint, back=reverse("records:index"))
        return self.render_to_response(context, status=422 if form.errors else 200)


class ListView(RecordsView):
    """One list: its rows, its files, its receipt."""

    template_name = "records/list.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self.show(self.transfer_list(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Enter the receipt."""
        made = self.transfer_list(pk)
        if not self.keeps(made):
            raise PermissionDenied
        form = ReceiptForm(request.POST)
        if not form.is_valid():
            return self.show(made, form)
        try:
            actions.receive_list(made, **form.cleaned_data, **self.who)
        except RecordsError as refused:
            form.add_error(refused.field or None, str(refused))
            return self.show(made, form)
        messages.success(request, "已登记接收。")
        return redirect("records:list", made.pk)

    def show(self, made: TransferList, form: ReceiptForm | None = None) -> HttpResponse:
        """Show the list; 422 when a receipt was refused."""
        self.page_title = f"{TransferKind(made.kind).title} {made.number}"
        waits = made.received_on is None and self.keeps(made)
        shown = made.rows[:_SHOWN]
        keys = _cases(made, shown)
        context = self.get_context_data(
            made=made,
            receiver=TransferKind(made.kind).receiver,
            rows=[(list(zip(made.heads, row, strict=False)), keys.get(row[1])) for row in shown],
            more=max(0, len(made.rows) - _SHOWN),
            may_pack=self.keeps(made),
            form=(form or ReceiptForm(initial={"received_on": self.official.today}))
            if waits
            else None,
        )
        return self.render_to_response(context, status=422 if form and form.errors else 200)


class FileView(RecordsView):
    """A list as a file; logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, form: str) -> HttpResponse:
        """Send it."""
        made = self.transfer_list(pk)
        try:
            rows = actions.open_list(made, form=form, **self.who)
        except RecordsError as refused:
            messages.error(request, str(refused))
            return redirect("records:list", made.pk)
        response = HttpResponse(list_paper(made, rows, form), content_type=TYPES[form])
        name = quote(f"{TransferKind(made.kind).title}{made.number}.{form}")
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        response["Cache-Control"] = "no-store"
        return response


class PackageView(RecordsView):
    """The package of an archived case; logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse | FileResponse:
        """Send the zip."""
        case = closed_cases(self.official.acts_for.values("pk")).filter(pk=pk).first()
        if case is None:
            raise Http404("没有这件已归档的申请，或者您无权导出。")
        try:
            package = actions.pack_case(case, **self.who)
        except RecordsError as refused:
            messages.error(request, str(refused))
            return redirect("records:index")
        response = FileResponse(package, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{case.number}.zip"'
        response["Cache-Control"] = "no-store"
        return response


def _cases(made: TransferList, rows: list[list[str]]) -> dict[str, Any]:
    """Return the cases of a list by number, for their packages."""
    if made.kind != TransferKind.CASES:
        return {}
    found = InfoRequest.objects.filter(number__in=[row[1] for row in rows])
    return dict(found.values_list("number", "pk"))
