"""Major administrative decisions: catalogues by year, steps and texts of each matter."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.widgets.button import HeaderButton

from gongkai.disclosure.models import Entry
from gongkai.orgs.models import OrganKind
from gongkai.orgs.queries import organs_of
from gongkai.policy import actions
from gongkai.policy.models import DecisionCatalogue, MajorDecision
from gongkai.policy.queries import decisions, dossiers
from gongkai.policy.rules.decisions import DecisionStep
from gongkai.policy.staff import office_forms as forms
from gongkai.policy.staff.forms import ReasonForm
from gongkai.policy.staff.working import WorkingView

SECTION = "zwgk/fdzdgknr/zdjc"


class OfficeView(WorkingView):
    """A screen of the county's office alone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse others; remember the county."""
        self.county = self.office_only()
        self.back = reverse("policy:all_decisions")
        return super().dispatch(request, *args, **kwargs)

    def catalogue(self, pk: int) -> DecisionCatalogue:
        """Return a catalogue of the office's county; else 404."""
        found = DecisionCatalogue.objects.filter(pk=pk, county=self.county)
        catalogue = found.select_related("county", "entry").first()
        if catalogue is None:
            raise Http404
        return catalogue


class CataloguesView(OfficeView):
    """The catalogues of the county by year."""

    template_name = "policy/decisions.html"
    page_title = "重大行政决策"

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Show one year, the newest unless told."""
        found = decisions.catalogues(self.county.pk)
        shown = self.catalogue(pk) if pk else next(iter(found), None)
        items = []
        if shown is not None:
            for item in decisions.items_of(shown):
                done = [step.label for step in DecisionStep if step.value in item.steps]
                items.append((item, done))
        context = self.get_context_data(catalogues=found, shown=shown, items=items)
        return self.render_to_response(context)

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new matter."""
        return [HeaderButton("增加事项", url=reverse("policy:add_decision"), icon_name="plus")]


class AddDecisionView(OfficeView):
    """Put a matter into a catalogue."""

    page_title = "增加决策事项"
    button = "增加"

    def form(self, data: Any = None) -> forms.AddDecisionForm:
        """Return the form with the organs of the county."""
        organs = organs_of(self.county).filter(valid_to=None).order_by("order", "code")
        initial = {"year": self.person.today.year}
        return forms.AddDecisionForm(data, organs=organs, initial=initial)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add."""
        form, said = self.form(request.POST), self.said_by_office
        return self.run(
            form,
            lambda: actions.add_decision(self.county, **form.cleaned_data, **said),
            "已列入目录，重新编制并发布目录后对外公开",
            self.back,
        )


class OneDecisionView(OfficeView):
    """A form over one matter of the office's county."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the matter."""
        self.county = self.office_only()
        found = MajorDecision.objects.filter(pk=kwargs["pk"], catalogue__county=self.county)
        self.decision = found.first()
        if self.decision is None:
            raise Http404
        self.explains = self.decision.title
        return super().dispatch(request, *args, **kwargs)


class StepsView(OneDecisionView):
    """Say which steps were taken and link their texts."""

    page_title = "程序和公开信息"
    button = "保存"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what stands."""
        return self.show(forms.StepsForm(initial={"steps": self.decision.steps}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save."""
        form = forms.StepsForm(request.POST)

        def verb() -> None:
            told, said = form.cleaned_data, self.said_by_office
            done = [DecisionStep(step) for step in told["steps"]]
            if told["step"]:
                entry = self.entry(told["index_number"])
                actions.link_decision(
                    self.decision, step=DecisionStep(told["step"]), entry=entry, **said
                )
            actions.note_steps(self.decision, done=done, **said)

        return self.run(form, verb, "已保存", self.back)

    def entry(self, index_number: str) -> Entry:
        """Return the entry of the county that bears an index number."""
        organs = organs_of(self.county).values("pk")
        found = Entry.objects.select_related("organ").filter(
            index_number=index_number.strip(), organ_id__in=organs
        )
        entry = found.first()
        if entry is None:
            raise actions.PolicyError("没有这一索引号的公开信息，请核对")
        return entry


class DropDecisionView(OneDecisionView):
    """Take a matter out of the catalogue."""

    page_title = "调出目录"
    button = "调出"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason."""
        return self.show(ReasonForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Drop."""
        form, said = ReasonForm(request.POST), self.said_by_office
        return self.run(
            form,
            lambda: actions.drop_decision(
                self.decision, reason=form.cleaned_data["reason"], **said
            ),
            "已调出，重新编制并发布目录后对外不再列出",
            self.back,
        )


class DraftCatalogueView(OfficeView):
    """Write the catalogue as a text that is reviewed and published."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write it and go to its text."""
        catalogue = self.catalogue(pk)
        office = organs_of(self.county).filter(kind=OrganKind.OFFICE, valid_to=None).first()
        section = dossiers.section_at(self.county.pk, SECTION)

        def verb() -> None:
            if section is None:
                raise actions.PolicyError("网站还没有“重大行政决策”栏目，请先开设栏目")
            actions.draft_catalogue(
                catalogue, organ=office or self.county, section=section, **self.said_by_office
            )

        self.try_verb(request, verb, "目录稿件已编制，请送审")
        return redirect("policy:decisions", pk)
