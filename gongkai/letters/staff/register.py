"""The register of numbers, one letter with its history, its files, cancelling it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.adapters import xlsx
from gongkai.audit import word
from gongkai.audit.queries import history_of
from gongkai.letters import actions, queries, service_words
from gongkai.letters.lifecycle import LetterState
from gongkai.letters.models import Letter
from gongkai.letters.rules.errors import LetterError
from gongkai.letters.rules.kinds import LetterKind
from gongkai.letters.staff.access import LettersView
from gongkai.letters.staff.forms import CancelForm, RegisterFilter

PAGE = 50
MOST_EXPORTED = 20_000
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADS = (
    ("文号", 26),
    ("公文种类", 34),
    ("发文机关", 26),
    ("成文日期", 14),
    ("经办人", 14),
    ("状态", 10),
    ("送达", 50),
    ("作废理由", 40),
)


class FilteredView(LettersView):
    """A screen that shows the letters a person sees, narrowed by the address."""

    def found(self, request: HttpRequest) -> QuerySet[Letter]:
        """Return the letters that the filters leave of those the person sees."""
        self.viewers_only()
        seen = list(self.person.sees.values_list("pk", flat=True))
        self.filters = RegisterFilter(
            request.GET or None, organs=self.person.sees, years=queries.register_years(seen)
        )
        told = self.filters.cleaned_data if self.filters.is_valid() else {}
        organ = told.get("organ")
        return queries.register(
            [organ.pk] if organ else seen,
            kind=LetterKind(told["kind"]) if told.get("kind") else None,
            year=told.get("year"),
            state=LetterState(told["state"]) if told.get("state") else None,
        )


class RegisterView(FilteredView):
    """The register of letters, by number, cancelled ones shown."""

    template_name = "letters/index.html"
    page_title = "文号登记簿"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the register."""
        page = Paginator(self.found(request), PAGE).get_page(request.GET.get("p"))
        told = service_words(page.object_list)
        for letter in page.object_list:
            letter.service = told.get(letter.pk, "")
        context = self.get_context_data(
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            filters=self.filters,
            filter_query=request.GET.urlencode(),
            opens=self.opens,
        )
        return self.render_to_response(context)

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer templates and profiles to those who manage them."""
        if not self.person.acts_for.exists():
            return []
        return [
            HeaderButton("公文模板", url=reverse("letters:templates"), icon_name="doc-full"),
            HeaderButton("公文信息", url=reverse("letters:profiles"), icon_name="edit"),
        ]


class ExportView(FilteredView):
    """The register as a workbook."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the letters listed."""
        letters = list(self.found(request)[:MOST_EXPORTED])
        told = service_words(letters)
        rows = tuple(
            (
                letter.number,
                letter.letter_kind.label,
                letter.organ.name,
                letter.issued_on,
                letter.issued_by,
                letter.get_state_display(),
                told.get(letter.pk, ""),
                letter.cancel_reason,
            )
            for letter in letters
        )
        columns = tuple(xlsx.Column(head, width) for head, width in _HEADS)
        data = xlsx.write_tables([xlsx.SheetOut("文号登记簿", columns, rows)])
        return download(data, "文号登记簿.xlsx", XLSX)


class RecordView(LettersView):
    """One letter: what it is, who did what, its files for those who may open them."""

    template_name = "letters/record.html"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Show the letter's row; its content is opened apart."""
        letter = self.letter(pk)
        self.page_title = str(letter)
        context = self.get_context_data(
            letter=letter,
            service=service_words([letter]).get(letter.pk, ""),
            history=[(word(line.verb), line) for line in history_of(letter.record_id)],
            may_open=letter.organ_id in self.opens,
            may_cancel=letter.state == LetterState.ISSUED
            and self.person.may_act_for(letter.organ_id),
        )
        return self.render_to_response(context)


class OpenView(LettersView):
    """A letter's frozen file; whoever opens it stands in the log."""

    def get(self, request: HttpRequest, pk: Any, form: str) -> HttpResponse:
        """Send the file, or say why it cannot be shown."""
        letter = self.letter(pk)
        if form not in TYPES:
            raise Http404
        if letter.organ_id not in self.opens:
            raise PermissionDenied
        try:
            data = actions.open_letter(
                letter, form, by=self.request.user.actor(), at=self.person.now
            )
        except LetterError as refused:
            messages.error(request, str(refused))
            return redirect("letters:record", letter.pk)
        name = f"{letter.number or letter.letter_kind.label}.{form}"
        return download(data, name, TYPES[form], attached=form != "pdf")


class CancelView(LettersView):
    """Cancel a letter with a reason."""

    template_name = "letters/cancel.html"
    page_title = "公文作废"

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Ask for the reason."""
        return self.show(self.to_cancel(pk), CancelForm())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Cancel, or show the form again."""
        letter = self.to_cancel(pk)
        form = CancelForm(request.POST)
        if not form.is_valid():
            return self.show(letter, form)
        try:
            actions.cancel(
                letter,
                reason=form.cleaned_data["reason"],
                by=self.person.actor,
                at=self.person.now,
            )
        except LetterError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            return self.show(letter, form)
        messages.success(request, f"已作废：{letter}，文号保留在登记簿中")
        return redirect("letters:record", letter.pk)

    def to_cancel(self, pk: Any) -> Letter:
        """Return a letter that this person may cancel."""
        letter = self.letter(pk)
        if not self.person.may_act_for(letter.organ_id):
            raise PermissionDenied
        return letter

    def show(self, letter: Letter, form: CancelForm) -> HttpResponse:
        """Show what is cancelled and the form."""
        context = self.get_context_data(letter=letter, form=form)
        return self.render_to_response(context, status=422 if form.errors else 200)


def download(data: bytes, name: str, kind: str, *, attached: bool = True) -> HttpResponse:
    """Return a file that no cache keeps, under a Chinese name (RFC 6266)."""
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(attached, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
