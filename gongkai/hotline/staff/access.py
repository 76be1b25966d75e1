"""Who sees and who handles work orders: an organ its own, the county office the county's.

What a person may do hangs on their posts on the day; being a superuser is no post. An order
that no organ of theirs took in, handles or helps with is as if it were not there. The organ that
took an order in steers it; the one that handles it signs for it, answers, asks for time.
"""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.hotline.lifecycle import HANDLERS_OWN, Event
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries import RECORDERS, VIEWERS, find_order
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.orgs.queries import Official, held_by


class HotlineView(WagtailAdminTemplateMixin, View):
    """A screen of the chapter: page furniture, the person, the orders they may see."""

    header_icon = "comment"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("hotline:index"), "label": "热线工单"},
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn away who has no post that looks into the chapter."""
        if not self.person.sees_any:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self) -> Official:
        """The signed-in person at the moment of the request."""
        return Official(self.request.user, timezone.now(), RECORDERS, VIEWERS)

    @cached_property
    def organ_ids(self) -> list[int]:
        """The ids of the organs whose orders this person may see."""
        return list(self.person.sees.values_list("pk", flat=True))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def acting_ids(self) -> frozenset[int]:
        """The ids of the organs for which this person may act."""
        return frozenset(self.person.acts_for.values_list("pk", flat=True))

    @cached_property
    def whole_county(self) -> bool:
        """Whether the organs that this person sees are all of their counties."""
        seen = Organ.objects.filter(pk__in=self.organ_ids, kind=OrganKind.COUNTY_GOVERNMENT)
        counties = list(seen.values_list("pk", flat=True))
        if not counties:
            return False
        others = Organ.objects.filter(county_id__in=counties).exclude(pk__in=self.organ_ids)
        return not others.exists()

    @cached_property
    def set_county(self) -> Organ | None:
        """The county for which this person sets rules and limits: of a post in its office."""
        centre = (OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE)
        for post in held_by(self.person.user, self.person.today):
            if post.role == Role.OGI_OFFICE and post.organ.kind in centre:
                return post.organ.county or post.organ
        return None

    def order(self, pk: Any) -> WorkOrder:
        """Return an order that this person may see; else 404."""
        found = find_order(pk, self.organ_ids)
        if found is None:
            raise Http404("没有这件工单，或者您无权查看。")
        return found

    def steers(self, order: WorkOrder) -> bool:
        """Say whether this person may act for the organ that took an order in."""
        return order.organ_id in self.acting_ids

    def handles(self, order: WorkOrder) -> bool:
        """Say whether this person may act for the organ that has an order in hand."""
        return (order.handler_id or order.organ_id) in self.acting_ids

    def may_do(self, order: WorkOrder, event: Event) -> bool:
        """Say whether a step is this person's to take."""
        return self.steers(order) or (event in HANDLERS_OWN and self.handles(order))

    def order_to_steer(self, pk: Any) -> WorkOrder:
        """Return an order that this person may steer; 404 unseen, refused when only seen."""
        found = self.order(pk)
        if not self.steers(found):
            raise PermissionDenied
        return found


class OfficeView(HotlineView):
    """A screen of the county's office: what is set for the whole county."""

    @cached_property
    def county(self) -> Organ:
        """The county of the person's post in its office; refused without one."""
        found = self.set_county
        if found is None:
            raise PermissionDenied
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse whoever holds no post in the county's office."""
        if self.county is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
