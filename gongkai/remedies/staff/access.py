"""Who sees and who records remedies: a department its own, the county office the county's.

What a person may do hangs on their posts on the day; being a superuser is no post.
"""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.orgs.queries import Official
from gongkai.remedies.queries import RECORDERS, VIEWERS, Remedy, find


class RemediesView(WagtailAdminTemplateMixin, View):
    """A screen of the chapter: page furniture, the person, the cases they may see."""

    header_icon = "clipboard-list"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("remedies:index"), "label": "复议诉讼"},
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

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def remedy(self, pk: Any) -> Remedy:
        """Return a case that this person may see; else 404."""
        found = find(pk)
        if found is None or not self.person.sees.filter(pk=found.organ_id).exists():
            raise Http404("没有这一案件，或者您无权查看。")
        return found

    def remedy_to_change(self, pk: Any) -> Remedy:
        """Return a case that this person may record; 404 unseen, refused when only seen."""
        found = self.remedy(pk)
        if not self.person.may_act_for(found.organ_id):
            raise PermissionDenied
        return found
