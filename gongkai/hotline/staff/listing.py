"""The list of orders by piles: what waits for which step, narrowed by kind, category, organ."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.widgets.button import HeaderButton

from gongkai.hotline import actions, queries
from gongkai.hotline.lifecycle import OrderKind
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries import VIEWERS, Asked, Pile
from gongkai.hotline.rules.categories import CATEGORIES
from gongkai.hotline.staff.access import HotlineView
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import held_by

PAGE = 50
_FEW = 500
_PHONE = re.compile("[0-9+() -]{7,25}")  # a search for a caller, which is logged


class IndexView(HotlineView):
    """The orders of every organ the person sees, by piles: what is owed first, the ended last."""

    template_name = "hotline/index.html"
    page_title = "热线工单"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        asked = self.asked(request)
        orders = queries.listed(
            self.organ_ids, asked, now=self.person.now, whole_county=self.whole_county
        )
        pages = Paginator(_ids(orders, asked.text), PAGE)
        if _PHONE.fullmatch(asked.text.strip()) and (own := self.own_organ()):
            who = {"by": self.person.actor, "at": self.person.now}
            actions.note_search(asked.text, found=pages.count, chain=own, **who)
        page = pages.get_page(request.GET.get("p"))
        context = self.get_context_data(
            rows=queries.order_rows(queries.in_order(page.object_list), self.person.today),
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            asked=asked,
            ended=asked.pile is Pile.ENDED,
            narrowed=asked != Asked(asked.pile),
            piles=list(Pile),
            kinds=list(OrderKind),
            categories=[each for each in CATEGORIES.values() if each.level == 1],
            handlers=self.handlers(),
        )
        return self.render_to_response(context)

    def asked(self, request: HttpRequest) -> Asked:
        """Return what the address asks for; what it tells wrongly is left out."""
        told = request.GET
        pile = told.get("state", "")
        if told.get("ended") == "1":
            pile = Pile.ENDED.value
        kind, handler = told.get("kind", ""), told.get("handler", "")
        return Asked(
            pile=Pile(pile) if pile in set(Pile) else Pile.OPEN,
            text=told.get("q", "")[:100],
            kind=kind if kind in set(OrderKind) else "",
            category=found if (found := told.get("category", "")) in CATEGORIES else "",
            handler=_number(handler),
        )

    def own_organ(self) -> Organ | None:
        """Return the organ from whose post the person looks; a search is logged on its chain."""
        posts = held_by(self.person.user, self.person.today)
        return next((post.organ for post in posts if post.role in VIEWERS), None)

    def handlers(self) -> list[Organ]:
        """Return the organs by which the list may be narrowed: for who sees several."""
        if len(self.organ_ids) < 2:
            return []
        return list(Organ.objects.filter(pk__in=self.organ_ids))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here; the list is the chapter's own home."""
        return self.breadcrumbs_items

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer to record orders to those who may, and the figures to all."""
        figures = HeaderButton(
            "热线统计",
            url=reverse("hotline:figures"),
            icon_name="desktop",
            classname="button-secondary",
        )
        reports = HeaderButton(
            "热线月报",
            url=reverse("hotline:reports"),
            icon_name="doc-full",
            classname="button-secondary",
        )
        if not self.acting_ids:
            return [figures, reports]
        office = []
        if self.set_county is not None:
            office.append(
                HeaderButton(
                    "热线设置",
                    url=reverse("hotline:settings"),
                    icon_name="cogs",
                    classname="button-secondary",
                )
            )
        return [
            HeaderButton("登记工单", url=reverse("hotline:add"), icon_name="plus"),
            HeaderButton(
                "导入工单",
                url=reverse("hotline:import"),
                icon_name="upload",
                classname="button-secondary",
            ),
            figures,
            reports,
            *office,
        ]


def _ids(orders: QuerySet[WorkOrder], text: str) -> Sequence[UUID] | QuerySet[WorkOrder, UUID]:
    """Return the ids of the orders, which alone are sorted; whole rows are read for one page.

    A number finds few: they are read at once, so that the rows are looked through but once.
    """
    ids = orders.values_list("pk", flat=True)
    if not queries.cased(text):
        return ids
    first = list(ids[: _FEW + 1])
    return first if len(first) <= _FEW else ids


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
