"""The lists: what is open, worst first; what has its result; deadlines that moved; a search."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.widgets.button import HeaderButton

from gongkai.accounts.models import User
from gongkai.inforequests import queries
from gongkai.inforequests.actions.requesters import FOUND_MOST, search_requesters
from gongkai.inforequests.models import InfoRequest, IntakeChannel, State
from gongkai.inforequests.queries import HANDLERS, TAKERS
from gongkai.inforequests.staff.access import RequestsView
from gongkai.inforequests.staff.filters import URGENCIES, Filter
from gongkai.inforequests.staff.tally import SUMS
from gongkai.orgs.models import Organ
from gongkai.statute.grounds import Ground, Outcome
from gongkai.statute.requesters import RequesterKind

PAGE = 50
FIRST_YEAR = 2008  # the Regulations came into force


class IndexView(RequestsView):
    """The requests of every organ the person sees, narrowed as the address asks."""

    template_name = "inforequests/index.html"
    page_title = "政府信息公开申请"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the requests asked for."""
        person = self.person
        asked = Filter(person.sees, person.own, person.user.username, person.today, request.GET)
        page = Paginator(asked.requests(), PAGE).get_page(request.GET.get("p"))
        rows = queries.desk_rows(queries.read_whole(page.object_list), person.today)
        organs = list(Organ.objects.filter(pk__in=person.sees).order_by("order", "code"))
        told = request.GET.copy()
        told.pop("p", None)
        context = self.get_context_data(
            rows=rows,
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            organs=organs,
            asked=asked,
            told=told.urlencode(),
            states=State,
            channels=IntakeChannel,
            urgencies=URGENCIES.items(),
            years=range(person.today.year, FIRST_YEAR - 1, -1),
            handlers=self._handlers(),
            said=_said(asked, organs),
            late=sum(row.late for row in rows),
            may_find=bool(person.organs_as(TAKERS)),
        )
        return self.render_to_response(context)

    def _handlers(self) -> list[tuple[str, str]]:
        """Return who has open requests in hand, by account and name."""
        seen = InfoRequest.objects.filter(organ_id__in=self.person.sees, pending=True)
        accounts = seen.exclude(handler="").order_by().values("handler").distinct()
        people = User.objects.filter(username__in=accounts)
        return list(people.order_by("name").values_list("username", "name"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here; the list is the chapter's own home."""
        return self.breadcrumbs_items

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer to take a request in to those who may, and the other lists."""
        buttons = [
            HeaderButton("统计", url=reverse("inforequests:statistics"), icon_name="table"),
            HeaderButton("更正申请", url=reverse("rights:corrections"), icon_name="edit"),
            HeaderButton("申请较集中的信息", url=reverse("rights:alike"), icon_name="group"),
            HeaderButton("期限变动", url=reverse("inforequests:changes"), icon_name="history"),
        ]
        if self.person.organs_as(HANDLERS):
            url = reverse("inforequests:offices")
            buttons.append(HeaderButton("受理机构", url=url, icon_name="cog"))
        if self.person.organs_as(TAKERS):
            add = HeaderButton("登记申请", url=reverse("inforequests:add"), icon_name="plus")
            buttons.insert(0, add)
        return buttons


class FindView(RequestsView):
    """Requests by exactly who asks: by POST, so that no name stands in an address."""

    template_name = "inforequests/find.html"
    page_title = "按申请人查找"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Refuse those who neither take in nor handle requests."""
        if not self.person.organs_as(TAKERS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.render_to_response(self.get_context_data(asked=False))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show what was found, newest first; who asks stays masked. Each search is logged."""
        text = request.POST.get("text", "").replace("\x00", "").strip()
        organs = Organ.objects.filter(pk__in=self.person.organs_as(TAKERS))
        own = next(post.organ for post in self.person.posts if post.role in TAKERS)
        found = search_requesters(text, organs=list(organs), chain=own, **self.who)
        rows = queries.desk_rows(found, self.person.today)
        return self.render_to_response(
            self.get_context_data(asked=True, text=text, rows=rows, most=FOUND_MOST)
        )


class ChangesView(RequestsView):
    """Deadlines that a holiday notice has moved, old against new (law.md 10.4)."""

    template_name = "inforequests/changes.html"
    page_title = "期限变动"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of changes, newest first."""
        found: QuerySet[Any] = queries.deadline_changes(sorted(self.person.sees))
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        elided = page.paginator.get_elided_page_range(page.number)
        return self.render_to_response(self.get_context_data(items=page, elided_page_range=elided))


def _said(asked: Filter, organs: list[Organ]) -> str:
    """Return in Chinese what a list behind a figure holds, "" for an ordinary list."""
    if not asked.figures:
        return ""
    words = [SUMS[asked.value("by")]]
    if asked.value("from") and asked.value("to"):
        words.append(f"{asked.value('from')}至{asked.value('to')}")
    if asked.organ is not None:
        words += [organ.short_name for organ in organs if organ.pk == asked.organ]
    for name, values in (("kind", RequesterKind), ("ground", Ground), ("outcome", Outcome)):
        words += [each.label for each in values if each.value == asked.value(name)]
    return "，".join([*words, *([asked.value("told_as")] if asked.value("told_as") else [])])
