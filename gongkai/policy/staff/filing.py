"""Filing and expiry: what must be filed by when, what ends within six months."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.policy import actions
from gongkai.policy.queries import filings
from gongkai.policy.queries.library import expiring
from gongkai.policy.staff import office_forms as forms
from gongkai.policy.staff.dossiers import OneDossierView
from gongkai.policy.staff.working import WorkingView

PAGE = 50


class FilingsView(WorkingView):
    """The filing list: to be filed (late ones first), or filed."""

    template_name = "policy/filings.html"
    page_title = "规范性文件备案"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        seen = list(self.person.sees.values_list("pk", flat=True))
        done = request.GET.get("list") == "filed"
        found = filings.filed(seen) if done else filings.to_file(seen)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            rows=filings.filing_rows(page.object_list, self.person.today),
            items=page,
            done=done,
            late=filings.late_to_file(seen, self.person.today).count(),
            acts_for=set(self.person.acts_for.values_list("pk", flat=True)),
        )
        return self.render_to_response(context)


class FileView(OneDossierView):
    """Record a filing."""

    page_title = "登记备案"
    button = "登记"
    explains = "公布后30日内报送备案：县政府文件报上一级政府，部门文件报县政府。"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what stands."""
        document = self.document_now
        told = {"filed_on": document.filed_on, "filing_number": document.filing_number}
        return self.show(forms.FilingForm(initial=told))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Record."""
        form = forms.FilingForm(request.POST)
        document, said = self.document_now, self.said
        return self.run(
            form,
            lambda: actions.file_document(document, **form.cleaned_data, **said),
            "已登记备案",
            reverse("policy:filings"),
        )


class ExpiringView(WorkingView):
    """Documents in force whose term ends within six months."""

    template_name = "policy/expiring.html"
    page_title = "即将到期的文件"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        seen = list(self.person.sees.values_list("pk", flat=True))
        found = expiring(seen, self.person.today)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        rows = [(document, (document.ends_on - self.person.today).days) for document in page]
        return self.render_to_response(self.get_context_data(items=page, rows=rows))
