"""Who sees and who records remedies: a department its own, the county office the county's.

What a person may do hangs on their posts on the day; being a superuser is no post.
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
from gongkai.orgs.models import Organ, Role
from gongkai.orgs.queries import organs_seen_by, posts_of
from gongkai.remedies.queries import Remedy, find

RECORDERS = frozenset(
    {Role.OGI_OFFICE, Role.REQUEST_HANDLER, Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK}
)
VIEWERS = RECORDERS | {Role.LEADER, Role.REVIEWER}


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
        """The organs whose cases this person may see."""
        return organs_seen_by(self.request.user, self.today, VIEWERS)

    @cached_property
    def records_for(self) -> QuerySet[Organ]:
        """The organs this person may record cases of."""
        return organs_seen_by(self.request.user, self.today, RECORDERS)

    def may_record_for(self, organ_id: int) -> bool:
        """Say whether this person may record the steps of an organ's case."""
        return self.records_for.filter(pk=organ_id).exists()

    @cached_property
    def actor(self) -> Actor:
        """This person by value, with the posts they act from."""
        posts = posts_of(self.request.user, self.today).filter(role__in=RECORDERS)
        return self.request.user.actor("、".join(str(post) for post in posts[:3]))


class RemediesView(WagtailAdminTemplateMixin, View):
    """A screen of the chapter: page furniture, the person, the cases they may see."""

    header_icon = "clipboard-list"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("remedies:index"), "label": "复议诉讼"},
    ]

    @cached_property
    def person(self) -> Person:
        """The signed-in person at the moment of the request."""
        return Person(self.request, timezone.now())

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
        if not self.person.may_record_for(found.organ_id):
            raise PermissionDenied
        return found
