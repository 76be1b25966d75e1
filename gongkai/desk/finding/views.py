"""The screen of the staff search: one box, hits of every kind, filters by kind, organ and year."""

import logging
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.adapters import searchindex
from gongkai.adapters.searchindex.types import Facet, Found, IndexFailed, Query, Sort
from gongkai.desk.finding.records import Kind
from gongkai.desk.finding.seeing import Reach, lines_of, reach_of, scopes_of
from gongkai.inforequests.queries import HANDLERS
from gongkai.orgs.queries import holds_any

LOG = logging.getLogger(__name__)
SIZE, LAST_PAGE, LONGEST = 20, 50, 100
_NAMES = {"lb": Facet.KIND, "jg": Facet.ORGAN, "nd": Facet.YEAR}
_TITLES = {Facet.KIND: "类别", Facet.ORGAN: "机关", Facet.YEAR: "年份"}


class FindView(WagtailAdminTemplateMixin, View):
    """Find what a person may see."""

    template_name = "desk/finding/find.html"
    page_title = "搜索"
    header_icon = "search"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    @cached_property
    def reach(self) -> Reach:
        """What the person's posts let them find."""
        return reach_of(self.request.user, timezone.localdate())

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the hits of one page."""
        if not self.reach:
            raise PermissionDenied
        words = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
        chosen = {
            name: request.GET[name].strip()[:50]
            for name in _NAMES
            if request.GET.get(name, "").strip()
        }
        typed = request.GET.get("p", "")
        page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
        page = min(max(page, 1), LAST_PAGE)
        context: dict[str, Any] = {"words": words, "chosen": chosen, "longest": LONGEST}
        context["may_find_people"] = holds_any(request.user, timezone.localdate(), HANDLERS)
        if not (words or chosen):
            return self.render_to_response(self.get_context_data(**context))
        try:
            found = searchindex.staff_index().search(self.query(words, chosen, page))
        except IndexFailed:
            LOG.exception("the staff index cannot be read")
            context = self.get_context_data(**context, broken=True)
            return self.render_to_response(context, status=503)
        context |= self.told(found, words, chosen, page)
        return self.render_to_response(self.get_context_data(**context))

    def query(self, words: str, chosen: dict[str, str], page: int) -> Query:
        """Return what the index is asked: of the person's scopes alone."""
        return Query(
            words=words,
            scopes=scopes_of(self.reach),
            sort=Sort.RELEVANCE if words else Sort.DATE,
            filters={_NAMES[name]: (value,) for name, value in chosen.items()},
            page=page,
            size=SIZE,
            facets=tuple(_NAMES.values()),
        )

    def told(self, found: Found, words: str, chosen: dict[str, str], page: int) -> dict[str, Any]:
        """Return what the screen shows of an answer."""

        def address(page: int = 1, **changes: str) -> str:
            kept = {name: value for name, value in {**chosen, **changes}.items() if value}
            more = {"p": page} if page > 1 else {}
            return "?" + urlencode({"q": words, **kept, **more})

        last = min(-(-found.total // SIZE), LAST_PAGE)
        return {
            "found": found,
            "lines": lines_of(found.hits, self.reach),
            "groups": [
                (_TITLES[facet], self.choices(name, facet, found, chosen, address))
                for name, facet in _NAMES.items()
            ],
            "spelling": (found.spelling, "?" + urlencode({"q": found.spelling, **chosen})),
            "page": page,
            "last": last,
            "earlier": address(page - 1) if 1 < page <= last else "",
            "later": address(page + 1) if page < last else "",
        }

    def choices(
        self, name: str, facet: Facet, found: Found, chosen: dict[str, str], address: Any
    ) -> list[tuple[str, int, str, bool]]:
        """Return the values of a facet: label, count, address, whether chosen."""
        labels = {kind.value: kind.label for kind in Kind} if facet is Facet.KIND else {}
        return [
            (
                labels.get(value, value),
                count,
                address(**{name: "" if chosen.get(name) == value else value}),
                chosen.get(name) == value,
            )
            for value, count in found.facets.get(facet, ())[:12]
        ]
