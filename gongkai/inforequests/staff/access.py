"""Who sees and who handles requests: a department its own, the county office the county's.

What a person may do hangs on their posts on the day; being a superuser is no post. A case
of an organ that the person does not see is as if it were not there.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse_lazy
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.audit import Actor
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import HANDLERS, TAKERS, organs_viewed_by
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_seen_by, posts_of

# A window clerk takes requests in; everything after that is for the handlers.
_INTAKE = frozenset({Event.SUBMIT, Event.REGISTER})


@dataclass(frozen=True)
class Person:
    """The signed-in person at the moment of the request."""

    request: HttpRequest
    now: datetime

    @property
    def today(self) -> date:
        """The day of the request in the county."""
        return timezone.localdate(self.now)

    @cached_property
    def sees(self) -> QuerySet[Organ]:
        """The organs whose requests this person may see."""
        return organs_viewed_by(self.request.user, self.today)

    @cached_property
    def takes_for(self) -> QuerySet[Organ]:
        """The organs this person may take requests in for."""
        return organs_seen_by(self.request.user, self.today, TAKERS)

    @cached_property
    def handles_for(self) -> frozenset[int]:
        """The ids of the organs whose requests this person may handle."""
        seen = organs_seen_by(self.request.user, self.today, HANDLERS)
        return frozenset(seen.values_list("pk", flat=True))

    def may(self, event: Event, organ_id: int) -> bool:
        """Say whether this person's posts allow `event` on a case of an organ."""
        if event in _INTAKE:
            return self.takes_for.filter(pk=organ_id).exists()
        return organ_id in self.handles_for

    @cached_property
    def actor(self) -> Actor:
        """This person by value, with the posts they act from."""
        posts = posts_of(self.request.user, self.today).filter(role__in=TAKERS)
        return self.request.user.actor("、".join(str(post) for post in posts[:3]))


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
        return Person(self.request, timezone.now())

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
