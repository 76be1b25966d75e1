"""Screens of what belongs to a case: parties, papers, evidence, and the drafts made of them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from wagtail.admin import messages

from gongkai.adapters import paper_docx
from gongkai.remedies import actions, queries
from gongkai.remedies.lifecycle import RemedyError
from gongkai.remedies.models import Evidence, PaperKind, Party, PartyRole
from gongkai.remedies.queries import Remedy
from gongkai.remedies.staff.access import RemediesView
from gongkai.remedies.staff.part_forms import EvidenceForm, PaperForm, PartyForm
from gongkai.remedies.staff.views import blame

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class _AddView(RemediesView):
    """A form that adds one thing to a case; what was typed stays when something is wrong."""

    template_name = "remedies/form.html"
    form_class: Any

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the empty form."""
        remedy = self.remedy_to_change(pk)
        return self.show(remedy, self.form_class(initial={"on": self.person.today}))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Add it, or show the form again with what stands against it."""
        remedy = self.remedy_to_change(pk)
        form = self.form_class(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(remedy, form)
        try:
            self.add(remedy, form)
        except RemedyError as refused:
            return self.show(remedy, blame(form, refused))
        messages.success(request, f"已{self.page_title}")
        return redirect("remedies:record", remedy.pk)

    def add(self, remedy: Remedy, form: Any) -> None:
        """Do what the form asks."""
        raise NotImplementedError

    def show(self, remedy: Remedy, form: Any) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        back = reverse("remedies:record", args=[remedy.pk])
        context = self.get_context_data(remedy=remedy, form=form, back=back)
        return self.render_to_response(context, status=422 if form.errors else 200)


class AddPartyView(_AddView):
    """Add a party."""

    page_title = "登记当事人"
    form_class = PartyForm

    def add(self, remedy: Remedy, form: PartyForm) -> None:
        """Add the party."""
        told = form.cleaned_data
        role = PartyRole(told["role"])
        told = {**told, "role": role}
        actions.add_party(remedy, **told, by=self.person.actor, at=self.person.now)


class FilePaperView(_AddView):
    """Put a paper to a case."""

    page_title = "登记文书"
    form_class = PaperForm

    def add(self, remedy: Remedy, form: PaperForm) -> None:
        """File the paper."""
        told = form.cleaned_data
        actions.file_paper(
            remedy,
            kind=PaperKind(told["kind"]),
            on=told["on"],
            number=told["number"],
            note=told["note"],
            upload=form.upload(),
            by=self.person.actor,
            at=self.person.now,
        )


class AddEvidenceView(_AddView):
    """Add a line to the list of evidence."""

    page_title = "登记证据"
    form_class = EvidenceForm

    def add(self, remedy: Remedy, form: EvidenceForm) -> None:
        """Add the line."""
        actions.add_evidence(remedy, **form.cleaned_data, by=self.person.actor, at=self.person.now)


class DropPartyView(RemediesView):
    """Take out a party that was entered wrongly."""

    def post(self, request: HttpRequest, pk: UUID, part: UUID) -> HttpResponse:
        """Take it out."""
        remedy = self.remedy_to_change(pk)
        found = Party.objects.filter(pk=part, **queries.of_case(remedy)).first()
        if found is None:
            raise Http404
        actions.drop_party(remedy, found, by=self.person.actor, at=self.person.now)
        messages.success(request, "已删去当事人")
        return redirect("remedies:record", remedy.pk)


class DropEvidenceView(RemediesView):
    """Take a line out of the list of evidence."""

    def post(self, request: HttpRequest, pk: UUID, part: int) -> HttpResponse:
        """Take it out."""
        remedy = self.remedy_to_change(pk)
        found = Evidence.objects.filter(pk=part, **queries.of_case(remedy)).first()
        if found is None:
            raise Http404
        actions.drop_evidence(remedy, found, by=self.person.actor, at=self.person.now)
        messages.success(request, "已删去证据")
        return redirect("remedies:record", remedy.pk)


class ShowPartiesView(RemediesView):
    """The parties in full: asked for by a button, and logged."""

    template_name = "remedies/parties.html"
    page_title = "当事人信息"

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show them once."""
        remedy = self.remedy_to_change(pk)
        shown = actions.show_parties(remedy, by=self.person.actor, at=self.person.now)
        back = reverse("remedies:record", args=[remedy.pk])
        return self.render_to_response(
            self.get_context_data(remedy=remedy, parties=shown, back=back)
        )


class DraftView(RemediesView):
    """The list of evidence or the draft reply as a Word file."""

    def get(self, request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
        """Send the file."""
        remedy = self.remedy_to_change(pk)
        makers = {"evidence": queries.evidence_paper, "reply": queries.reply_paper}
        if what not in makers:
            raise Http404
        paper = makers[what](remedy, self.person.today)
        response = HttpResponse(paper_docx.render(paper), content_type=DOCX)
        response.headers["Content-Disposition"] = content_disposition_header(
            True, f"{paper.title}.docx"
        )
        return response
