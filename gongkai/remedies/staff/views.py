"""The screens: the list, a new case, one case with its dates, one form for each step."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.audit import word
from gongkai.audit.queries import history_of
from gongkai.inforequests import actions as inforequests
from gongkai.orgs.queries import holds_any
from gongkai.remedies import actions, queries
from gongkai.remedies.lifecycle import (
    Refused,
    RemedyError,
    State,
    next_state,
)
from gongkai.remedies.models import Litigation
from gongkai.remedies.queries import Remedy
from gongkai.remedies.staff.access import RemediesView
from gongkai.remedies.staff.facts import facts_of, offered, terms_of
from gongkai.remedies.staff.forms import FORMS, FilingForm, ReconsiderationForm, StepForm, SuitForm

PAGE = 50


class IndexView(RemediesView):
    """The cases of every organ the person sees, what is owed first."""

    template_name = "remedies/index.html"
    page_title = "行政复议和行政诉讼"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        seen = list(self.person.sees.values_list("pk", flat=True))
        rows = queries.desk_rows(seen, self.person.today)
        page = Paginator(rows, PAGE).get_page(request.GET.get("p"))
        elided = page.paginator.get_elided_page_range(page.number)
        return self.render_to_response(
            self.get_context_data(
                rows=page.object_list,
                items=page,
                elided_page_range=elided,
                sees_complaints=holds_any(
                    self.person.user, self.person.today, queries.COMPLAINT_VIEWERS
                ),
            )
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here; the list is the chapter's own home."""
        return self.breadcrumbs_items

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer to record a case to those who may."""
        if not self.person.acts_for.exists():
            return []
        return [
            HeaderButton(label, url=reverse(f"remedies:{name}"), icon_name="plus")
            for label, name in (
                ("登记行政复议", "add_reconsideration"),
                ("登记行政诉讼", "add_suit"),
            )
        ]


class AddView(RemediesView):
    """Record a new case; what was typed stays when something is wrong."""

    template_name = "remedies/form.html"
    form_class: type[FilingForm]
    verb: Callable[..., Remedy]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse those who may record cases of no organ."""
        if not self.person.acts_for.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.show(self.form_class(organs=self.person.acts_for))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Record the case, or show the form again with what is wrong."""
        form = self.form_class(request.POST, organs=self.person.acts_for)
        if not form.is_valid():
            return self.show(form)
        try:
            remedy = type(self).verb(
                form.cleaned_data["organ"],
                contest=form.contest(),
                on=form.cleaned_data["on"],
                by=self.person.actor,
                at=self.person.now,
                **form.told(),
            )
        except RemedyError as refused:
            return self.show(blame(form, refused))
        messages.success(request, f"已登记：{remedy}")
        return redirect("remedies:record", remedy.pk)

    def show(self, form: FilingForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(form=form, back=reverse("remedies:index"))
        return self.render_to_response(context, status=422 if form.errors else 200)


class AddReconsiderationView(AddView):
    """Record a reconsideration."""

    page_title = "登记行政复议"
    form_class = ReconsiderationForm
    verb = staticmethod(actions.file_reconsideration)


class AddSuitView(AddView):
    """Record a suit."""

    page_title = "登记行政诉讼"
    form_class = SuitForm
    verb = staticmethod(actions.file_suit)


class RecordView(RemediesView):
    """One case: what it is, its dates with their sums, who did what."""

    template_name = "remedies/record.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the case."""
        remedy = self.remedy(pk)
        self.page_title = str(remedy)
        suit = isinstance(remedy, Litigation)
        dates = queries.dates_of(remedy)
        may_record = self.person.may_act_for(remedy.organ_id)
        lines = sorted(history_of(remedy.typed_id), key=lambda line: line.at)
        context = self.get_context_data(
            remedy=remedy,
            suit=suit,
            facts=facts_of(remedy),
            terms=terms_of(dates, suit),
            duty=queries.duty_of(remedy),
            today=self.person.today,
            parties=queries.parties_of(remedy),
            papers=queries.papers_of(remedy),
            evidence=queries.evidence_of(remedy),
            may_record=may_record and remedy.state != State.STRUCK,
            history=[(word(line.verb), line) for line in lines],
            events=offered(remedy) if may_record else [],
            request_id=remedy.info_request.partition(":")[2],
            reopened_on=queries.reopened_on(remedy),
            to_reopen=queries.waits_for_reopening(remedy),
        )
        return self.render_to_response(context)


class StepView(RemediesView):
    """The form of one step of one case."""

    template_name = "remedies/form.html"

    def prepare(self, pk: UUID, event: str) -> Remedy:
        """Find the case and the step, and refuse whose posts do not allow it."""
        remedy = self.remedy_to_change(pk)
        found = next((each for each in FORMS if each.value.lower() == event), None)
        if found is None:
            raise Http404
        self.event = found
        self.page_title = found.label
        return remedy

    def get(self, request: HttpRequest, pk: UUID, event: str) -> HttpResponse:
        """Show the form, or why the step is refused now."""
        remedy = self.prepare(pk, event)
        try:
            next_state(State(remedy.state), self.event)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("remedies:record", remedy.pk)
        form = FORMS[self.event](initial={"on": self.person.today})
        form.fit(remedy)
        return self.show(remedy, form)

    def post(self, request: HttpRequest, pk: UUID, event: str) -> HttpResponse:
        """Record the step, or show the form again with what stands against it."""
        remedy = self.prepare(pk, event)
        form = FORMS[self.event](request.POST)
        form.fit(remedy)
        if not form.is_valid():
            return self.show(remedy, form)
        verb = getattr(actions, self.event.value.lower())
        who = {"by": self.person.actor, "at": self.person.now}
        try:
            day = {"on": form.cleaned_data["on"]} if "on" in form.fields else {}
            verb(remedy, **day, **form.told(), **who)
        except (RemedyError, inforequests.RequestError) as refused:
            return self.show(remedy, blame(form, refused))
        messages.success(request, f"已{self.event.label}")
        return redirect("remedies:record", remedy.pk)

    def show(self, remedy: Remedy, form: StepForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        back = reverse("remedies:record", args=[remedy.pk])
        context = self.get_context_data(remedy=remedy, form=form, back=back)
        return self.render_to_response(context, status=422 if form.errors else 200)


# What the request calls its fields when it refuses to be taken up again.
_FIELDS = {"due_on": "new_reply_due_on"}


def blame(form: Any, refused: Exception) -> Any:
    """Return the form with the refusal at the field it names."""
    field = getattr(refused, "field", "")
    field = _FIELDS.get(field, field)
    form.add_error(field if field in form.fields else None, str(refused))
    return form
