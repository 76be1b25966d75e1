"""One case: what it is, how its clock stands, what has happened, what may be done and why not."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail import hooks

from gongkai.accounts.models import User
from gongkai.calendars.queries import workday_calendar
from gongkai.files.queries import panel
from gongkai.inforequests import actions, deadlines, queries
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.states import State
from gongkai.inforequests.models import InfoRequest, IntakeChannel, RequestItem
from gongkai.inforequests.queries import HANDLERS, TAKERS, VIEWERS
from gongkai.inforequests.queries.served_letters import service_words
from gongkai.inforequests.staff import casefile
from gongkai.inforequests.staff.access import CaseScreen
from gongkai.inforequests.staff.letters import letters_to_issue
from gongkai.inforequests.staff.standing import standing_of
from gongkai.letters.queries import letters_about
from gongkai.statute.days import written
from gongkai.statute.grounds import Ground

# Higher storeys add what they know of a case: a hook takes the request, the case and the list.
PANELS = "construct_inforequest_panels"
WINDOW = TAKERS - HANDLERS  # the register of letters is not for the window
_ON_ITS_WAY = (State.UNDER_REVIEW, State.REVIEWED, State.SIGNED, State.ISSUED)


class RecordView(CaseScreen):
    """The case page."""

    template_name = "inforequests/record.html"

    def trail(self) -> list[dict[str, Any]]:
        """Return nothing: the page hangs on the list."""
        return []

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the case and note who read it; who asks stays masked until asked for."""
        self.info_request = self.case(pk)
        actions.note_reading(self.info_request, **self.who)
        return self.show()

    def show(self, requester: Any = None) -> HttpResponse:
        """Show the case, with the requester in full when it was asked for and logged."""
        info_request = self.info_request
        self.page_title = f"申请 {info_request.number}"
        state = State(info_request.state)
        acts = list(info_request.acts.order_by("sequence"))
        values = tuple(act.value for act in acts)
        letters = list(letters_about(info_request.typed_id))
        served = service_words(letters)
        for letter in letters:
            letter.service = served.get(letter.pk, "")
        papers = panel(info_request.typed_id, self.request.user, self.person.now)
        files = papers.lines if papers else []
        logged = casefile.events_about(
            [
                info_request.typed_id,
                *(letter.record_id for letter in letters),
                *(f"files:{file.id}" for file in files),
            ]
        )
        panels: list[Any] = []
        for hook in hooks.get_hooks(PANELS):
            hook(self.request, info_request, panels)
        context = self.get_context_data(
            info_request=info_request,
            requester=requester,
            may_show=self.person.may_show(info_request),
            may_handle=self.person.may_handle(info_request.organ_id),
            timeline=casefile.timeline(acts, letters, files),
            letters=letters,
            letters_to_issue=letters_to_issue(info_request),
            may_open=info_request.organ_id in self.person.organs_as(VIEWERS - WINDOW),
            papers=papers,
            panels=panels,
            on_its_way=state in _ON_ITS_WAY,
            read_first=state in (State.UNDER_REVIEW, State.REVIEWED),
            **self._standing(state, values),
            **self._verbs(values),
            handed_in=casefile.handed_in(logged, acts),
            **self._links(),
            readers=casefile.readers(info_request, logged),
            reminders=info_request.reminders.order_by("-created_at"),
        )
        return self.render_to_response(context)

    def _standing(self, state: State, acts: tuple[CaseAct, ...]) -> dict[str, Any]:
        """Return the headline: row, clock and whom it waits for; the sum of the deadline."""
        info_request, today = self.info_request, self.person.today
        calendar = workday_calendar()
        (row,) = queries.desk_rows([info_request], today, calendar)
        channel = IntakeChannel(info_request.channel)
        deadline = deadlines.reply_deadline(acts, channel, calendar)
        days = deadlines.trace(acts, channel, calendar)
        consulted = casefile.consultations(acts, info_request.received_on, today, calendar)
        return {
            "row": row,
            "deadline": deadline,
            "days": days,
            "today": today,
            "clock": casefile.clock_of(row, deadline, days, today),
            "consulted": consulted,
            "waits_for": casefile.waits_for(info_request, state, consulted, acts),
        }

    def _verbs(self, acts: tuple[CaseAct, ...]) -> dict[str, Any]:
        """Return what this person may do now, what others may, and what nobody may."""
        mine, others, refusals = self.person.may, [], []
        organ_id, standing = (
            self.info_request.organ_id,
            standing_of(self.info_request, self.person, acts),
        )
        verbs = standing.offered()
        anybody = replace(standing, account="")
        for verb, why, late_entry in standing.refused():
            theirs = not mine(verb.event, organ_id)
            if theirs and not anybody.hindrance(verb):
                others.append(verb)
            else:
                refusals.append((why, verb if late_entry and not theirs else None))
        others += [verb for verb in verbs if not mine(verb.event, organ_id)]
        return {
            "verbs": [verb for verb in verbs if mine(verb.event, organ_id)],
            "by_others": others,
            "refusals": refusals,
        }

    def _links(self) -> dict[str, Any]:
        """Return the requests that hang together with this one."""
        info_request = self.info_request
        links = (
            ("拆分自", [info_request.split_from]),
            ("已拆分为", info_request.parts.order_by("number")),
            ("已并入", [info_request.merged_into]),
            ("并入本件的", info_request.merged.order_by("number")),
            ("移送自", [info_request.transferred_from]),
            ("已移送为", info_request.passed_on.order_by("number")),
        )
        found = [(title, [case for case in cases if case]) for title, cases in links]
        return {
            "links": [(title, cases) for title, cases in found if cases],
            "sees": self.person.sees,
            "items_asked": items_of(info_request),
            "similar": [
                case
                for case in queries.similar_requests(info_request)
                if case.organ_id in self.person.sees
            ],
            "result": Ground(info_request.ground).label if info_request.ground else "",
            "hand": _hand(info_request),
        }


class RequesterView(RecordView):
    """Show who asks, in full; each showing is logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Log the showing and show the case with the requester."""
        self.info_request = self.case(pk)
        if not self.person.may_show(self.info_request):
            raise PermissionDenied
        requester = actions.show_requester(self.info_request, **self.who)
        return self.show(requester.told.items())


def items_of(info_request: InfoRequest) -> list[RequestItem]:
    """Return the items asked for, each with the label of its ground."""
    items = list(info_request.items.order_by("place"))
    for item in items:
        item.ground_label = Ground(item.ground).label if item.ground else ""
    return items


def name_of(account: str) -> str:
    """Return the name of the person behind an account, or the account itself."""
    if not account:
        return ""
    names = User.objects.filter(username=account).values_list("name", flat=True)
    return next(iter(names), account)


def _hand(info_request: InfoRequest) -> str:
    """Return in whose hands the case is: unit, person, inner due date."""
    inner = info_request.inner_due_on
    told = (
        info_request.unit,
        name_of(info_request.handler),
        f"内部期限{written(inner)}" if inner else "",
    )
    return "，".join(each for each in told if each)
