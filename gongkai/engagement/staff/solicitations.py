"""Screens of solicitations: the list, a new one, one with its figures, term, document, end."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.disclosure.actions import DisclosureError
from gongkai.disclosure.models import Entry
from gongkai.engagement import actions, queries
from gongkai.engagement.lifecycle import (
    EngagementError,
    SolicitationEvent,
    SolicitationState,
    Standing,
)
from gongkai.engagement.lifecycle.solicitations import allows
from gongkai.engagement.models import Solicitation
from gongkai.engagement.staff.access import RecorderScreen, SolicitationScreen, blame
from gongkai.engagement.staff.forms import CancelForm, ChangeTermForm, DraftForm, LinkForm

PAGE = 50


class SolicitationsView(SolicitationScreen):
    """The solicitations of every organ the person sees, or those whose feedback is overdue."""

    template_name = "engagement/solicitations.html"
    page_title = "意见征集"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        today = self.person.today
        overdue = queries.without_feedback(self.organ_ids, today)
        late = request.GET.get("late") == "1"
        found = overdue if late else queries.solicitations_of(self.organ_ids)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        late_ids = set(overdue.order_by().values_list("pk", flat=True))
        context = self.get_context_data(
            rows=[(each, each.standing_on(today), each.pk in late_ids) for each in page],
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            late=late,
            overdue=len(late_ids),
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here; the list is the chapter's own home."""
        return super().get_breadcrumbs_items()[:-1]

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new solicitation to those who may."""
        if not self.person.acts_for.exists():
            return []
        url = reverse("engagement:draft_solicitation")
        return [HeaderButton("发起征集", url=url, icon_name="plus")]


class DraftView(RecorderScreen):
    """Begin a solicitation; its notice is then written and reviewed as a publication."""

    template_name = "engagement/solicitation_form.html"
    page_title = "发起征集"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.show(DraftForm(organs=self.person.acts_for))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin it, or show the form again with what is wrong."""
        form = DraftForm(request.POST, organs=self.person.acts_for)
        if not form.is_valid():
            return self.show(form)
        told = form.cleaned_data
        try:
            made = actions.draft_solicitation(
                told["organ"], name=told["name"], terms=form.terms(), **self.who
            )
        except (EngagementError, DisclosureError) as refused:
            return self.show(blame(form, refused))
        messages.success(
            request, "已生成征集公告的稿件。请打开公告，补上征求意见稿和起草说明，再送审。"
        )
        return redirect("engagement:solicitation", made.pk)

    def show(self, form: DraftForm) -> HttpResponse:
        """Show the form."""
        return self.show_form(form, back=reverse("engagement:solicitations"))


class SolicitationView(SolicitationScreen):
    """One solicitation: how it stands, its texts, its figures, what may be done."""

    template_name = "engagement/solicitation.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        row = self.solicitation(pk)
        self.page_title = row.name
        today = self.person.today
        overdue = queries.without_feedback([row.organ_id], today).filter(pk=row.pk).exists()
        context = self.get_context_data(
            row=row,
            standing=row.standing_on(today),
            terms=row.terms,
            figures=queries.figures_of(row),
            points=queries.points_of(row),
            overdue=overdue,
            offers=_offers(row, today) if self.person.may_act_for(row.organ_id) else {},
        )
        return self.render_to_response(context)


class FormScreen(SolicitationScreen):
    """A form about one solicitation."""

    template_name = "engagement/solicitation_form.html"
    done = ""

    def form(self, row: Solicitation, *args: Any) -> Any:
        """Return the form."""
        raise NotImplementedError

    def take(self, row: Solicitation, form: Any) -> None:
        """Do what is asked."""
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        row = self.solicitation_to_change(pk)
        return self.show(row, self.form(row))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what is asked, or show the form again with what stands against it."""
        row = self.solicitation_to_change(pk)
        form = self.form(row, request.POST)
        if not form.is_valid():
            return self.show(row, form)
        try:
            self.take(row, form)
        except (EngagementError, DisclosureError) as refused:
            return self.show(row, blame(form, refused))
        messages.success(request, self.done)
        return redirect("engagement:solicitation", row.pk)

    def show(self, row: Solicitation, form: Any, **more: Any) -> HttpResponse:
        """Show the form."""
        back = reverse("engagement:solicitation", args=[row.pk])
        return self.show_form(form, row=row, back=back, **more)

    def trail(self) -> list[dict[str, Any]]:
        """Return the solicitation's own page."""
        pk = self.kwargs["pk"]
        return [{"url": reverse("engagement:solicitation", args=[pk]), "label": "征集详情"}]


class TermView(FormScreen):
    """Change when and how comments are taken."""

    page_title = "修改期限和方式"
    done = "已修改。公告正文写明的期限和方式也要相应修改。"

    def form(self, row: Solicitation, *args: Any) -> ChangeTermForm:
        """Return the form with the terms of now."""
        return ChangeTermForm(*args, initial=ChangeTermForm.told_by(row))

    def take(self, row: Solicitation, form: ChangeTermForm) -> None:
        """Change them."""
        actions.change_term(row, terms=form.terms(), why=form.cleaned_data["why"], **self.who)


class CancelView(FormScreen):
    """End a solicitation without feedback."""

    page_title = "终止征集"
    done = "已终止征集。"

    def form(self, row: Solicitation, *args: Any) -> CancelForm:
        """Return the form."""
        return CancelForm(*args)

    def take(self, row: Solicitation, form: CancelForm) -> None:
        """End it."""
        actions.cancel(row, why=form.cleaned_data["why"], **self.who)


class DocumentView(FormScreen):
    """Find the document that followed among what is public, and link it."""

    template_name = "engagement/link.html"
    page_title = "关联正式文件"
    done = "已关联正式文件。"

    def form(self, row: Solicitation, *args: Any) -> LinkForm:
        """Return the form over what was found."""
        return LinkForm(*args, found=self.found(row))

    def found(self, row: Solicitation) -> list[Entry]:
        """Return the public texts that hold the words asked for."""
        return queries.documents_to_link(row, self.request.GET.get("q", "")[:100])

    def take(self, row: Solicitation, form: LinkForm) -> None:
        """Link it."""
        actions.link_document(row, document=form.cleaned_data["document"], **self.who)

    def show(self, row: Solicitation, form: Any, **more: Any) -> HttpResponse:
        """Show what was found."""
        words = self.request.GET.get("q", "")[:100]
        return super().show(row, form, q=words, found=self.found(row))


class UnlinkView(SolicitationScreen):
    """Take the link to the document away."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it away."""
        row = self.solicitation_to_change(pk)
        actions.link_document(row, document=None, **self.who)
        messages.success(request, "已取消关联。")
        return redirect("engagement:solicitation", row.pk)


class FeedbackView(SolicitationScreen):
    """Draft the feedback out of figures and points, or write its draft anew."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draft it and go to its text."""
        row = self.solicitation_to_change(pk)
        try:
            made = actions.draft_feedback(row, **self.who)
        except (EngagementError, DisclosureError) as refused:
            messages.error(request, str(refused))
            return redirect("engagement:solicitation", row.pk)
        messages.success(request, "已按登记的意见生成反馈稿件，核对后送审。")
        return redirect("disclosure:entry", made.feedback_entry_id)


def _offers(row: Solicitation, today: Any) -> dict[str, bool]:
    """Return what may be done now, as the page offers it."""
    state = SolicitationState(row.state)
    closed = row.standing_on(today) is Standing.CLOSED
    return {
        "term": allows(state, SolicitationEvent.CHANGE_TERM),
        "comment": allows(state, SolicitationEvent.COMMENT),
        "feedback": allows(state, SolicitationEvent.DRAFT_FEEDBACK) and closed,
        "document": state is not SolicitationState.DRAFT,
        "cancel": allows(state, SolicitationEvent.CANCEL),
    }
