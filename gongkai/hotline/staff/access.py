"""Who sees and who handles work orders: an organ its own, the county office the county's.

What a person may do hangs on their posts on the day; being a superuser is no post. An order
of an organ that the person does not see is as if it were not there.
"""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse_lazy
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries import RECORDERS, VIEWERS, find_order
from gongkai.orgs.queries import Official


class HotlineView(WagtailAdminTemplateMixin, View):
    """A screen of the chapter: page furniture, the person, the orders they may see."""

    header_icon = "comment"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("hotline:index"), "label": "热线工单"},
    ]

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

    def order(self, pk: Any) -> WorkOrder:
        """Return an order that this person may see; else 404."""
        found = find_order(pk, self.organ_ids)
        if found is None:
            raise Http404("没有这件工单，或者您无权查看。")
        return found

    def order_to_change(self, pk: Any) -> WorkOrder:
        """Return an order that this person may handle; 404 unseen, refused when only seen."""
        found = self.order(pk)
        if not self.person.may_act_for(found.organ_id):
            raise PermissionDenied
        return found
