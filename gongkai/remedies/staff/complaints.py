"""Screens of complaints and reports: the list with its terms, a new one, one with its steps."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.audit import word
from gongkai.audit.queries import history_of
from gongkai.files.queries import panel
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import Official, held_by, organs_of
from gongkai.remedies import actions, queries
from gongkai.remedies.lifecycle import ComplaintEvent, ComplaintState, RemedyError
from gongkai.remedies.models import Complaint
from gongkai.remedies.staff.access import RemediesView
from gongkai.remedies.staff.complaint_forms import FORMS, ComplaintForm, StepForm
from gongkai.remedies.staff.facts import facts_of_complaint, offered_of_complaint
from gongkai.remedies.staff.views import PAGE, blame

_E = ComplaintEvent
CHOICES = (
    ("", "全部"),
    (queries.LATE, "超过期限"),
    (queries.TO_RECTIFY, "待整改"),
    *((state.value, state.label) for state in ComplaintState),
)


class _ComplaintsView(RemediesView):
    """A screen of complaints: the overseeing office alone, never the organ complained of."""

    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("remedies:index"), "label": "复议诉讼"},
        {"url": reverse_lazy("remedies:complaints"), "label": "投诉举报"},
    ]

    @cached_property
    def person(self) -> Official:
        """The signed-in person at the moment of the request."""
        roles = (queries.COMPLAINT_RECORDERS, queries.COMPLAINT_VIEWERS)
        return Official(self.request.user, timezone.now(), *roles)

    def found(self, pk: UUID) -> Complaint:
        """Return a complaint that this person may see; else 404."""
        found = queries.find_complaint(pk, list(self.person.sees.values_list("pk", flat=True)))
        if found is None:
            raise Http404("没有这一投诉举报，或者您无权查看。")
        return found

    def to_change(self, pk: UUID) -> Complaint:
        """Return a complaint whose steps this person may record; refused when only seen."""
        found = self.found(pk)
        if not self.person.may_act_for(found.organ_id):
            raise PermissionDenied
        return found


class ComplaintsView(_ComplaintsView):
    """The complaints that the person's office received."""

    template_name = "remedies/complaints.html"
    page_title = "投诉举报"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse those who oversee nothing."""
        if not self.person.sees_any:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        seen = list(self.person.sees.values_list("pk", flat=True))
        asked = request.GET.get("state", "")
        state = asked if asked in dict(CHOICES) else ""
        found = queries.complaints(seen, today=self.person.today, state=state)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            rows=queries.complaint_rows(page.object_list, self.person.today),
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            choices=CHOICES,
            state=state,
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return self.breadcrumbs_items

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer to record one to those who may."""
        if not self.person.acts_for.exists():
            return []
        url = reverse("remedies:add_complaint")
        return [HeaderButton("登记投诉举报", url=url, icon_name="plus")]


class AddComplaintView(_ComplaintsView):
    """Record a new complaint or report; what was typed stays when something is wrong."""

    template_name = "remedies/form.html"
    page_title = "登记投诉举报"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse those who may record for no office."""
        if not self.person.acts_for.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        initial = {"on": self.person.today}
        return self.show(ComplaintForm(initial=initial, organs=self.offices, others=self.others))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Record it, or show the form again with what is wrong."""
        form = ComplaintForm(request.POST, organs=self.offices, others=self.others)
        if not form.is_valid():
            return self.show(form)
        try:
            row = actions.receive_complaint(
                form.cleaned_data["organ"],
                told=form.told(),
                on=form.cleaned_data["on"],
                by=self.person.actor,
                at=self.person.now,
            )
        except RemedyError as refused:
            return self.show(blame(form, refused))
        messages.success(request, f"已登记：{row.number}")
        return redirect("remedies:complaint", row.pk)

    @property
    def offices(self) -> Any:
        """The organs in which the person holds the overseeing post."""
        posts = held_by(self.person.user, self.person.today)
        held = [post.organ_id for post in posts if post.role in queries.COMPLAINT_RECORDERS]
        return Organ.objects.filter(pk__in=held)

    @property
    def others(self) -> Any:
        """The organs of the same counties, whom a complaint may be about."""
        counties = {organ.county_id or organ.pk for organ in self.offices}
        pks = {
            pk
            for county in Organ.objects.filter(pk__in=counties)
            for pk in organs_of(county).values_list("pk", flat=True)
        }
        return Organ.objects.filter(pk__in=pks)

    def show(self, form: ComplaintForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(form=form, back=reverse("remedies:complaints"))
        return self.render_to_response(context, status=422 if form.errors else 200)


class ComplaintView(_ComplaintsView):
    """One complaint: what it is of, its terms, who did what; its words only when asked for."""

    template_name = "remedies/complaint.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the complaint without its words."""
        return self.shown(self.found(pk), None)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show it with its words, once, and log that."""
        row = self.to_change(pk)
        told = actions.show_complaint(row, by=self.person.actor, at=self.person.now)
        return self.shown(row, told)

    def shown(self, row: Complaint, words: actions.ComplaintShown | None) -> HttpResponse:
        """Return the page."""
        self.page_title = f"{row.get_kind_display()} {row.number}"
        may = self.person.may_act_for(row.organ_id)
        lines = sorted(history_of(row.typed_id), key=lambda line: line.at)
        context = self.get_context_data(
            complaint=row,
            words=words,
            facts=facts_of_complaint(row),
            terms=queries.complaint_terms(row),
            events=offered_of_complaint(row) if may else [],
            may=may,
            papers=panel(row.typed_id, self.request.user, self.person.now),
            request_id=row.info_request.partition(":")[2],
            history=[(word(line.verb), line) for line in lines],
        )
        return self.render_to_response(context)


class ComplaintStepView(_ComplaintsView):
    """The form of one step of one complaint."""

    template_name = "remedies/form.html"

    def prepare(self, pk: UUID, event: str) -> Complaint:
        """Find the complaint and the step, and refuse whose posts do not allow it."""
        found = next((each for each in FORMS if each.value.lower() == event), None)
        if found is None:
            raise Http404
        self.event = found
        self.page_title = found.label
        return self.to_change(pk)

    def get(self, request: HttpRequest, pk: UUID, event: str) -> HttpResponse:
        """Show the form, or why the step is refused now."""
        row = self.prepare(pk, event)
        if self.event not in offered_of_complaint(row):
            messages.error(
                request, f"这件现为“{row.get_state_display()}”，不能“{self.event.label}”"
            )
            return redirect("remedies:complaint", row.pk)
        return self.show(row, FORMS[self.event](initial={"on": self.person.today}))

    def post(self, request: HttpRequest, pk: UUID, event: str) -> HttpResponse:
        """Record the step, or show the form again with what stands against it."""
        row = self.prepare(pk, event)
        form = FORMS[self.event](request.POST)
        if not form.is_valid():
            return self.show(row, form)
        try:
            VERBS[self.event](row, **form.told(), by=self.person.actor, at=self.person.now)
        except RemedyError as refused:
            return self.show(row, blame(form, refused))
        messages.success(request, f"已{self.event.label}")
        return redirect("remedies:complaint", row.pk)

    def show(self, row: Complaint, form: StepForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        back = reverse("remedies:complaint", args=[row.pk])
        context = self.get_context_data(remedy=row, form=form, back=back)
        return self.render_to_response(context, status=422 if form.errors else 200)


VERBS = {
    _E.ACCEPT: actions.accept_complaint,
    _E.DECLINE: actions.decline_complaint,
    _E.FORWARD: actions.forward_complaint,
    _E.ASK: actions.ask_complaint,
    _E.EXPLAIN: actions.explain_complaint,
    _E.EXTEND: actions.extend_complaint,
    _E.FIND: actions.find_on_complaint,
    _E.ANSWER: actions.answer_complaint,
    _E.RECTIFY: actions.rectify_complaint,
    _E.REFER: actions.refer_complaint,
    _E.WITHDRAW: actions.withdraw_complaint,
}
