"""One case: what it is, how its clock stands, what has happened, what may be done and why not."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests import actions, deadlines, queries
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.lifecycle.states import Event, State, open_events, refusal
from gongkai.inforequests.models import InfoRequest, IntakeChannel
from gongkai.inforequests.staff.access import RequestsView
from gongkai.inforequests.staff.act_forms import FORMS, ActForm
from gongkai.inforequests.staff.wording import told
from gongkai.statute.clock import TraceDay

# What usually comes next, for the first button; the rest follows in the order of the forms.
_USUAL = (
    Event.REGISTER,
    Event.ASSIGN,
    Event.RECEIVE_SUPPLEMENT,
    Event.RECORD_OPINION,
    Event.RECORD_PAYMENT,
    Event.REPLY,
    Event.CLOSE,
)
SHOW = Event.SUBMIT  # whoever may take requests in may see who asks


class RecordView(RequestsView):
    """The case page."""

    template_name = "inforequests/record.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the case; who asks stays masked until asked for."""
        return self.show(self.case(pk))

    def show(self, info_request: InfoRequest, requester: Any = None) -> HttpResponse:
        """Show the case, with the requester in full when it was asked for and logged."""
        self.page_title = f"申请 {info_request.number}"
        state = State(info_request.state)
        calendar = workday_calendar()
        (row,) = queries.desk_rows([info_request], self.person.today, calendar)
        acts = list(info_request.acts.order_by("sequence"))
        values = tuple(act.value for act in acts)
        channel = IntakeChannel(info_request.channel)
        days = deadlines.trace(values, channel, calendar)
        may_now = _offered(state) if self.person.may(Event.REPLY, info_request.organ_id) else []
        if state is State.SUBMITTED and self.person.may(Event.REGISTER, info_request.organ_id):
            may_now = [*{*may_now, Event.REGISTER}]
        context = self.get_context_data(
            info_request=info_request,
            row=row,
            requester=requester,
            may_show=self.person.may(SHOW, info_request.organ_id),
            timeline=[(act, act.value.kind.label, list(told(act.value))) for act in acts],
            deadline=deadlines.reply_deadline(values, channel, calendar),
            days=days,
            day_number=_day_number(days, self.person.today),
            events=sorted(may_now, key=_place),
            refusals=[refusal(state, event) for event in FORMS if event not in _offered(state)],
            parts=info_request.parts.order_by("number"),
            items_asked=info_request.items.order_by("place"),
        )
        return self.render_to_response(context)


class RequesterView(RecordView):
    """Show who asks, in full; each showing is logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Log the showing and show the case with the requester."""
        info_request = self.case(pk)
        self.allow(SHOW, info_request)
        requester = actions.show_requester(info_request, by=self.person.actor, at=self.person.now)
        return self.show(info_request, list(requester.told.items()))


class ActView(RequestsView):
    """The form of one verb on one case."""

    template_name = "inforequests/act.html"

    def prepare(self, pk: UUID, event: str) -> InfoRequest:
        """Find the case and the verb, and refuse whose posts do not allow it."""
        info_request = self.case(pk)
        self.event = _event(event)
        self.page_title = self.event.label
        self.allow(self.event, info_request)
        return info_request

    def get(self, request: HttpRequest, pk: UUID, event: str) -> HttpResponse:
        """Show the form, or why the verb is refused now."""
        info_request = self.prepare(pk, event)
        state = State(info_request.state)
        if self.event not in _offered(state):
            messages.error(request, refusal(state, self.event))
            return redirect("inforequests:record", info_request.pk)
        initial = {"on": self.person.today}
        return self.show(
            info_request, FORMS[self.event](info_request=info_request, initial=initial)
        )

    def post(self, request: HttpRequest, pk: UUID, event: str) -> HttpResponse:
        """Do the verb, or show the form again with what stands against it."""
        info_request = self.prepare(pk, event)
        form = FORMS[self.event](request.POST, info_request=info_request)
        if not form.is_valid():
            return self.show(info_request, form)
        try:
            self.do(info_request, form)
        except RequestError as refused:
            field = getattr(refused, "field", "")
            form.add_error(field if field in form.fields else None, str(refused))
            return self.show(info_request, form)
        messages.success(request, f"已登记“{self.event.label}”")
        return redirect("inforequests:record", info_request.pk)

    def do(self, info_request: InfoRequest, form: ActForm) -> None:
        """Call the verb of the event."""
        who = {"by": self.person.actor, "at": self.person.now}
        if self.event is Event.REGISTER:
            actions.register(info_request, confirmed_on=form.cleaned_data.get("on"), **who)
            return
        verb = getattr(actions, self.event.value.lower())
        verb(info_request, on=form.cleaned_data["on"], **form.told(), **who)

    def show(self, info_request: InfoRequest, form: ActForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(info_request=info_request, form=form, media=form.media)
        return self.render_to_response(context, status=422 if form.errors else 200)


def _event(text: str) -> Event:
    """Return the verb of an address; the address knows only the verbs that have a form."""
    found = next((event for event in FORMS if event.value.lower() == text), None)
    if found is None:
        raise Http404
    return found


def _offered(state: State) -> list[Event]:
    """Return the verbs with a form that the table allows in `state`."""
    allowed = set(open_events(state))
    if Event.RECORD_LAST_OPINION in allowed:
        allowed.add(Event.RECORD_OPINION)
    return [event for event in FORMS if event in allowed]


def _place(event: Event) -> int:
    """Return where a verb stands among the buttons; sorting keeps the order of the rest."""
    return _USUAL.index(event) if event in _USUAL else len(_USUAL)


def _day_number(days: Sequence[TraceDay], today: date) -> int | None:
    """Return which working day of the term today is, None before the first or after the last."""
    if not days or today > days[-1].on:
        return None
    return max((day.number for day in days if day.number and day.on <= today), default=None)
