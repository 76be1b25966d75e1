"""The form of one verb on one case; its letter goes out in the same transaction."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages

from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import acts_of
from gongkai.inforequests.staff.access import CaseScreen
from gongkai.inforequests.staff.forms import ActForm
from gongkai.inforequests.staff.standing import standing_of
from gongkai.inforequests.staff.verbs import BY_SLUG, Verb, why_not

# Higher storeys do a verb together with one of their own: a hook takes the request, the case,
# the event and the list of words and addresses.
LEADS = "construct_inforequest_leads"


class ActView(CaseScreen):
    """The form of one verb; nothing typed is lost when it is refused."""

    template_name = "inforequests/act.html"
    verb: Verb

    def prepare(self, pk: UUID, event: str) -> InfoRequest:
        """Find the case and the verb, and refuse whose posts do not allow it."""
        self.info_request = self.case(pk)
        self.verb = BY_SLUG.get(event) or _nowhere()
        self.page_title = self.verb.label
        self.allow(self.verb.event, self.info_request)
        return self.info_request

    def form(self, data: object = None) -> ActForm:
        """Return the verb's form for this case."""
        if self.verb.form is None:
            _nowhere()
        return self.verb.form(data, info_request=self.info_request, today=self.person.today)

    def get(self, request: HttpRequest, pk: UUID, event: str) -> HttpResponse:
        """Show the form, or why the verb is refused now."""
        info_request = self.prepare(pk, event)
        state = State(info_request.state)
        if not self.verb.fits(state):
            messages.error(request, why_not(self.verb, state))
            return redirect("inforequests:record", info_request.pk)
        if self.verb.form is None:
            return redirect("inforequests:draft", info_request.pk)
        return self.show(self.form())

    def post(self, request: HttpRequest, pk: UUID, event: str) -> HttpResponse:
        """Do the verb, or show the form again with what stands against it."""
        info_request = self.prepare(pk, event)
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            with transaction.atomic():
                self.do(form)
        except RequestError as refused:
            field = getattr(refused, "field", "")
            form.add_error(field if field in form.fields else None, str(refused))
            return self.show(form)
        messages.success(request, f"已登记“{self.verb.label}”")
        return redirect("inforequests:record", info_request.pk)

    def do(self, form: ActForm) -> None:
        """Call the verb, then issue the letter that goes out with it."""
        told, on = form.told(), form.cleaned_data.get("on")
        if self.verb.event is Event.REGISTER:
            info_request = actions.register(self.info_request, confirmed_on=on, **self.who)
        else:
            verb = getattr(actions, self.verb.slug)
            info_request = verb(self.info_request, on=on, **told, **self.who)
        if form.letter and form.cleaned_data["with_letter"]:
            sequence = self.info_request.acts.latest("sequence").sequence
            day = on or self.person.today
            actions.issue_letter(
                info_request,
                kind=form.letter[0],
                act=sequence,
                extra=form.extra(),
                on=day,
                **self.who,
            )

    def leads(self) -> list[tuple[str, str]]:
        """Return screens of higher storeys that do this verb with more: words and address."""
        found: list[tuple[str, str]] = []
        for hook in hooks.get_hooks(LEADS):
            hook(self.request, self.info_request, self.verb.event, found)
        return found

    def in_the_way(self) -> list[str]:
        """Return what stands against the verb today: only what was done before may be entered."""
        standing = standing_of(self.info_request, self.person, acts_of(self.info_request))
        why = standing.hindrance(self.verb)
        return [f"{why}在期限内已经办理、尚未登记的，可以按实际日期补记。"] if why else []

    def show(self, form: ActForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(
            info_request=self.info_request,
            form=form,
            media=form.media,
            button=form.button or self.verb.label,
            leads=self.leads(),
            warnings=[*self.in_the_way(), *form.warnings()],
        )
        return self.render_to_response(context, status=422 if form.errors else 200)


def _nowhere() -> Verb:
    raise Http404
