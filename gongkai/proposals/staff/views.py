"""Screens of proposals: a new one, one with its replies and history, acts, contact."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.disclosure.actions import DisclosureError
from gongkai.proposals import actions, queries
from gongkai.proposals.lifecycle import ProposalError, ProposalEvent, ProposalState
from gongkai.proposals.lifecycle.proposals import open_events
from gongkai.proposals.models import Proposal
from gongkai.proposals.rules.told import TOLD, Contact
from gongkai.proposals.staff.access import OfficeView, ProposalView, blame
from gongkai.proposals.staff.acts import ACTS, offered
from gongkai.proposals.staff.forms import ActForm, AmendForm, DecisionForm, ReplyForm, ToldForm
from gongkai.proposals.staff.listing import is_late


class RegisterView(OfficeView):
    """Register a proposal."""

    template_name = "proposals/form.html"
    page_title = "登记建议提案"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form; year and session are those of the last one registered."""
        today = self.person.official.today
        last = queries.of_county(self.county).order_by("-pk").first()
        known = {"year": last.year, "session": last.session, "kind": last.kind} if last else {}
        return self.show(
            ToldForm(initial={"year": today.year, "received_on": today, "cosigners": 0, **known})
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Register it, or show the form again with what is wrong."""
        form = ToldForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            made = actions.register(
                self.county, told=form.told(), contact=form.contact(), **self.who
            )
        except ProposalError as refused:
            return self.show(blame(form, refused))
        messages.success(request, "已登记，请交办主办单位。")
        return redirect("proposals:record", made.pk)

    def show(self, form: forms.Form) -> HttpResponse:
        """Show the form."""
        return self.show_form(form, back=reverse("proposals:index"))


class RecordView(ProposalView):
    """One proposal: what is registered, who handles it, replies, publication, history."""

    template_name = "proposals/record.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self.show(self.proposal(pk))

    def show(self, proposal: Proposal, contact: Contact | None = None) -> HttpResponse:
        """Show it, with the contact in full when that was asked for and logged."""
        self.page_title = proposal.name
        replies = queries.replies_of(proposal)
        last = replies[0] if replies else None
        keeps, leads = self.person.keeps(proposal), self.person.leads(proposal)
        events = open_events(ProposalState(proposal.state))
        context = self.get_context_data(
            row=proposal,
            late=is_late(proposal, self.person.official.today),
            replies=replies,
            last=last,
            joint=queries.joint_of(proposal),
            steps=queries.steps_of(proposal),
            acts=offered(self.person, proposal, last),
            may_amend=keeps and ProposalEvent.AMEND in events,
            has_contact=queries.has_contact(proposal),
            may_see_contact=keeps or leads,
            contact=contact,
        )
        return self.render_to_response(context)


class ContactView(RecordView):
    """Show how to reach the proposer; each showing is logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Log the showing and show the proposal with the contact."""
        proposal = self.proposal(pk)
        if not (self.person.keeps(proposal) or self.person.leads(proposal)):
            raise PermissionDenied
        try:
            contact = actions.show_contact(proposal, **self.who)
        except ProposalError as refused:
            messages.error(request, str(refused))
            return redirect("proposals:record", proposal.pk)
        return self.show(proposal, contact)


class AmendView(ProposalView):
    """Correct what is registered."""

    template_name = "proposals/form.html"
    page_title = "修改登记信息"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form with what is registered."""
        row = self.mine(pk)
        return self.show(row, AmendForm(initial={name: getattr(row, name) for name in TOLD}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Correct it, or show the form again."""
        row = self.mine(pk)
        form = AmendForm(request.POST)
        if not form.is_valid():
            return self.show(row, form)
        try:
            actions.amend(row, told=form.told(), contact=form.new_contact(), **self.who)
        except ProposalError as refused:
            return self.show(row, blame(form, refused))
        messages.success(request, "已修改。")
        return redirect("proposals:record", row.pk)

    def mine(self, pk: int) -> Proposal:
        """Return a proposal this person assigns; 404 unseen, refused when only seen."""
        self.about = self.proposal(pk)
        if not self.person.keeps(self.about):
            raise PermissionDenied
        return self.about

    def show(self, row: Proposal, form: forms.Form) -> HttpResponse:
        """Show the form."""
        return self.show_form(form, row=row, back=reverse("proposals:record", args=[row.pk]))

    def trail(self) -> list[dict[str, Any]]:
        """Return the proposal's page."""
        return self.to_proposal(self.about)


class ActView(ProposalView):
    """The form of one act and its doing."""

    template_name = "proposals/form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the act and the proposal; refuse what is not this person's, or not now."""
        act = ACTS.get(kwargs["act"])
        if act is None:
            raise Http404("没有这个事项。")
        self.act, self.page_title = act, act.label
        self.about = self.proposal(kwargs["pk"])
        self.last = queries.reply_of(self.about)
        if not act.belongs_to(self.person, self.about):
            raise PermissionDenied
        if not act.open_now(self.about, self.last):
            messages.error(request, f"不能{act.label}：现在是“{self.about.get_state_display()}”。")
            return redirect("proposals:record", self.about.pk)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Show the form."""
        return self.show(self.form())

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Do it, or show the form again with what stands against it."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            self.act.verb(self.about, **form.told(), **self.who)
        except (ProposalError, DisclosureError) as refused:
            return self.show(blame(form, refused))
        messages.success(request, f"已办理：{self.act.label}。")
        return redirect("proposals:record", self.about.pk)

    def form(self, *args: Any) -> ActForm:
        """Return the act's form with what is known."""
        known: dict[str, Any] = {}
        last = self.last
        if last is not None and self.act.form is DecisionForm:
            names = ("openness", "openness_why", "abridged", "consulted")
            known = {name: getattr(last, name) for name in names}
        return self.act.form(*args, proposal=self.about, person=self.person, initial=known)

    def show(self, form: forms.Form) -> HttpResponse:
        """Show the form with the proposal it is about."""
        wide = self.act.form in (ReplyForm, DecisionForm)
        return self.show_form(
            form,
            row=self.about,
            last=self.last if self.act.slug in ("confirm", "return", "draft") else None,
            wide=wide,
            hint=self.act.hint,
            back=reverse("proposals:record", args=[self.about.pk]),
        )

    def trail(self) -> list[dict[str, Any]]:
        """Return the proposal's page."""
        return self.to_proposal(self.about)
