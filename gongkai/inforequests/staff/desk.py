"""The lists: what is open, worst first; what has its result; deadlines that moved."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.widgets.button import HeaderButton

from gongkai.inforequests import queries
from gongkai.inforequests.staff.access import RequestsView

PAGE = 50


class IndexView(RequestsView):
    """The requests of every organ the person sees."""

    template_name = "inforequests/index.html"
    page_title = "政府信息公开申请"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the open or of the concluded requests."""
        seen = {organ.pk: organ for organ in self.person.sees}
        organ = _chosen(request.GET.get("organ", ""), seen)
        done = request.GET.get("done") == "1"
        chosen = [organ] if organ else list(seen)
        found = queries.concluded_requests(chosen) if done else queries.open_requests(chosen)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        rows = queries.desk_rows(page.object_list, self.person.today)
        context = self.get_context_data(
            rows=rows,
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            organs=sorted(seen.values(), key=lambda each: (each.order, each.code)),
            organ=organ,
            done=done,
            late=sum(row.late for row in rows),
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here; the list is the chapter's own home."""
        return self.breadcrumbs_items

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer to take a request in to those who may."""
        changes = HeaderButton("期限变动", url=reverse("inforequests:changes"), icon_name="history")
        if not self.person.acts_for.exists():
            return [changes]
        add = HeaderButton("登记申请", url=reverse("inforequests:add"), icon_name="plus")
        return [add, changes]


class ChangesView(RequestsView):
    """Deadlines that a holiday notice has moved, old against new (law.md 10.4)."""

    template_name = "inforequests/changes.html"
    page_title = "期限变动"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of changes, newest first."""
        seen = list(self.person.sees.values_list("pk", flat=True))
        found: QuerySet[Any] = queries.deadline_changes(seen)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        elided = page.paginator.get_elided_page_range(page.number)
        return self.render_to_response(self.get_context_data(items=page, elided_page_range=elided))


def _chosen(text: str, seen: dict[int, Any]) -> int | None:
    """Return the organ asked for in the address, if the person sees it."""
    return int(text) if text.isdecimal() and len(text) <= 18 and int(text) in seen else None
