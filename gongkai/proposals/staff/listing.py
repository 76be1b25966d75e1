"""The list of proposals: narrowed by year, kind, state, lead, words, or what a figure counts."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.widgets.button import HeaderButton

from gongkai.calendars.queries import workday_calendar
from gongkai.orgs.models import Organ
from gongkai.proposals import queries, statistics
from gongkai.proposals.lifecycle import OWING, ProposalState
from gongkai.proposals.lifecycle.kinds import ProposalKind
from gongkai.proposals.models import Proposal
from gongkai.proposals.queries import ProposalPerson
from gongkai.proposals.staff.access import ProposalView

PAGE = 50
FILTERS = ("year", "kind", "state", "organ", "q", "figure", "side")
_CASES = {
    "LATE": "答复超期",
    "UNPUBLISHED": "超过20个工作日没有公开",
    "OPENNESS": "公开属性待审核",
    "OPINION": "会办意见未提出",
}


def narrowed(person: ProposalPerson, told: Any) -> QuerySet[Proposal]:
    """Return the proposals that a list is asked for; what cannot be read narrows nothing."""
    found, today = person.proposals, person.official.today
    year, organ, state = told.get("year", ""), told.get("organ", ""), told.get("state", "")
    if year.isascii() and year.isdigit() and len(year) == 4:
        found = found.filter(year=int(year))
    if told.get("kind") in ProposalKind.__members__:
        found = found.filter(kind=told["kind"])
    if organ.isascii() and organ.isdigit() and len(organ) < 19:
        found = found.filter(lead_id=int(organ))
    if state in ProposalState.__members__:
        found = found.filter(state=state)
    elif state in _CASES:
        found = found.filter(pk__in=[row.pk for row in _case(found, state, today)])
    figure = told.get("figure", "")
    if figure:
        behind = statistics.behind(found, figure, told.get("side", ""), today)
        found = found.none() if behind is None else behind
    return queries.matching(found, told.get("q", "")[:100])


def _case(found: QuerySet[Proposal], state: str, today: Any) -> Any:
    if state == "LATE":
        return queries.late_replies(found, today)
    if state == "UNPUBLISHED":
        return queries.late_to_publish(found, today, workday_calendar())
    if state == "OPINION":
        return queries.waiting_opinions(found)
    return queries.waiting_openness(found)


class IndexView(ProposalView):
    """The proposals a person sees, narrowed by year, kind, state, lead and words."""

    template_name = "proposals/index.html"
    page_title = "建议提案"
    at_home = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        today, seen = self.person.official.today, self.person.proposals
        found = queries.with_last_reply(narrowed(self.person, request.GET))
        page = Paginator(found.order_by("-year", "kind", "session", "pk"), PAGE).get_page(
            request.GET.get("p")
        )
        asked = {name: request.GET.get(name, "")[:100] for name in FILTERS}
        context = self.get_context_data(
            rows=[(row, is_late(row, today)) for row in page.object_list],
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            asked=asked,
            narrowed=any(asked.values()),
            years=_years(seen),
            kinds=list(ProposalKind),
            states=list(ProposalState),
            cases=_CASES.items(),
            organs=_leads(seen),
            figure=statistics.label_of(asked["figure"], today),
            counts=[(name, label, len(_case(seen, name, today))) for name, label in _CASES.items()],
        )
        return self.render_to_response(context)

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer what a person may begin, the figures and the table of what is shown."""
        buttons = []
        if self.person.counties:
            buttons += [
                HeaderButton("登记", url=reverse("proposals:register"), icon_name="plus"),
                HeaderButton("导入", url=reverse("proposals:import"), icon_name="upload"),
            ]
        query = self.request.GET.urlencode()
        return [
            *buttons,
            HeaderButton("统计", url=reverse("proposals:figures"), icon_name="order"),
            HeaderButton(
                "导出表格", url=f"{reverse('proposals:export')}?{query}", icon_name="download"
            ),
        ]


def is_late(row: Proposal, today: Any) -> bool:
    """Say whether a proposal is past its term without a reply."""
    return row.state in OWING and row.due_on is not None and row.due_on < today


def _years(seen: QuerySet[Proposal]) -> list[int]:
    return list(seen.order_by("-year").values_list("year", flat=True).distinct())


def _leads(seen: QuerySet[Proposal]) -> list[Organ]:
    """Return the leads in sight, none when it is but one."""
    keys = seen.filter(lead__isnull=False).order_by().values("lead_id")
    found = list(Organ.objects.filter(pk__in=keys).order_by("order", "code"))
    return found if len(found) > 1 else []
