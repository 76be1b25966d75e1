"""Who sees and who handles requests: a department its own, the county office the county's.

What a person may do hangs on their posts on the day; being a superuser is no post. A case
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

from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import HANDLERS, TAKERS, VIEWERS
from gongkai.orgs.queries import Official, organs_seen_by

# A window clerk takes requests in; everything after that is for the handlers.
_INTAKE = frozenset({Event.SUBMIT, Event.REGISTER})


class Person(Official):
    """The signed-in person: takes requests in for some organs, handles those of some."""

    @cached_property
    def handles_for(self) -> frozenset[int]:
        """The ids of the organs whose requests this person may handle."""
        seen = organs_seen_by(self.user, self.today, HANDLERS)
        return frozenset(seen.values_list("pk", flat=True))

    def may(self, event: Event, organ_id: int) -> bool:
        """Say whether this person's posts allow `event` on a case of an organ."""
        if event in _INTAKE:
            return self.may_act_for(organ_id)
        return organ_id in self.handles_for


class RequestsView(WagtailAdminTemplateMixin, View):
    """A screen of the chapter: page furniture, the person, the cases they may see."""

    header_icon = "mail"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("inforequests:index"), "label": "依申请公开"},
    ]

    @cached_property
    def person(self) -> Person:
        """The signed-in person at the moment of the request."""
        return Person(self.request.user, timezone.now(), TAKERS, VIEWERS)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def case(self, pk: Any) -> InfoRequest:
        """Return a case that this person may see; else 404."""
        seen = InfoRequest.objects.filter(organ__in=self.person.sees.values("pk"))
        found = seen.select_related("organ", "requester", "split_from").filter(pk=pk).first()
        if found is None:
            raise Http404("没有这件申请，或者您无权查看。")
        return found

    def allow(self, event: Event, info_request: InfoRequest) -> None:
        """Refuse a person whose posts do not allow `event` on this case."""
        if not self.person.may(event, info_request.organ_id):
            raise PermissionDenied
