"""Who sees requests and who does what on them: posts decide, being a superuser is no post.

`WHO_MAY` is the one table of verbs and roles. A case of an organ that the person does not see
is as if it were not there (404); a verb that the person's posts do not allow is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.accounts.models import User
from gongkai.adapters.cipher import CannotOpen
from gongkai.audit import Actor
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import HANDLERS, HEADS, REVIEWERS, TAKERS, VIEWERS
from gongkai.orgs.models import Organ, Post, Role
from gongkai.orgs.queries import organs_seen_by, posts_of

# A window clerk takes requests in; everything after that is for the handlers, but the
# other eyes that Art. 17 and Art. 33(2) ask for.
WHO_MAY: Mapping[Event, frozenset[Role]] = {
    **dict.fromkeys(Event, HANDLERS),
    **dict.fromkeys((Event.SUBMIT, Event.TRY_CONTACT, Event.REGISTER), TAKERS),
    Event.PASS_DRAFT: REVIEWERS,
    Event.RETURN_DRAFT: REVIEWERS | HANDLERS,
    **dict.fromkeys((Event.SIGN, Event.EXTEND), HEADS),
}
AT_THE_WINDOW = (State.SUBMITTED, State.REGISTERED)


@dataclass(frozen=True)
class Person:
    """The signed-in person at a moment, and what their posts let them do here."""

    user: User
    now: datetime

    @property
    def today(self) -> date:
        """The day of the moment in the county."""
        return timezone.localdate(self.now)

    @cached_property
    def posts(self) -> list[Post]:
        """The posts held today that have to do with requests."""
        return [post for post in posts_of(self.user, self.today) if post.role in VIEWERS]

    @cached_property
    def reach(self) -> dict[Role, frozenset[int]]:
        """The ids of the organs that each held role reaches."""
        roles = {Role(post.role) for post in self.posts}
        return {
            role: frozenset(
                organs_seen_by(self.user, self.today, {role}).values_list("pk", flat=True)
            )
            for role in sorted(roles)
        }

    def organs_as(self, roles: frozenset[Role]) -> frozenset[int]:
        """Return the ids of the organs reached by any of `roles`."""
        return frozenset().union(*(ids for role, ids in self.reach.items() if role in roles))

    @cached_property
    def sees(self) -> frozenset[int]:
        """The ids of the organs whose requests this person may see."""
        return self.organs_as(VIEWERS)

    @cached_property
    def own(self) -> frozenset[int]:
        """The ids of the organs in which this person holds a post, bodies below included."""
        narrow = {post.organ_id for post in self.posts}
        wide = self.sees
        return frozenset(narrow & wide)

    @cached_property
    def takes_in_for(self) -> QuerySet[Organ]:
        """The organs for which this person may take requests in."""
        return Organ.objects.filter(pk__in=self.organs_as(TAKERS))

    def may(self, event: Event, organ_id: int) -> bool:
        """Say whether this person's posts allow `event` on a case of an organ."""
        return organ_id in self.organs_as(WHO_MAY[event])

    def may_handle(self, organ_id: int) -> bool:
        """Say whether this person handles the requests of an organ."""
        return organ_id in self.organs_as(HANDLERS)

    def may_show(self, info_request: InfoRequest) -> bool:
        """Say whether this person may see who asks: handlers, and the window while it takes in."""
        if self.may_handle(info_request.organ_id):
            return True
        at_the_window = State(info_request.state) in AT_THE_WINDOW
        return at_the_window and info_request.organ_id in self.organs_as(TAKERS)

    @cached_property
    def actor(self) -> Actor:
        """This person by value, with the posts they act from."""
        return self.user.actor("、".join(str(post) for post in self.posts[:3]))

    def acting_for(self, organ_id: int) -> Actor:
        """Return this person by value with the posts held in an organ, all of them if none is."""
        there = [str(post) for post in self.posts if post.organ_id == organ_id]
        return self.user.actor("、".join(there)) if there else self.actor


class RequestsView(WagtailAdminTemplateMixin, View):
    """A screen of the chapter: page furniture, the person, the cases they may see."""

    header_icon = "mail"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("inforequests:index"), "label": "依申请公开"},
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse those whose posts have nothing to do with requests."""
        if not self.person.sees:
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except CannotOpen as why:  # a key is missing or wrong: nothing was changed
            messages.error(request, f"{why}请告知系统管理员。")
            return redirect("inforequests:index")

    @cached_property
    def person(self) -> Person:
        """The signed-in person at the moment of the request."""
        return Person(self.request.user, timezone.now())

    @cached_property
    def who(self) -> dict[str, Any]:
        """The person and the moment, as verbs take them."""
        return {"by": self.person.actor, "at": self.person.now}

    def trail(self) -> list[dict[str, Any]]:
        """Return the screens between the list and this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, *self.trail(), here]

    def case(self, pk: Any) -> InfoRequest:
        """Return a case that this person may see; else 404."""
        seen = InfoRequest.objects.filter(organ_id__in=self.person.sees)
        related = ("organ", "requester", "split_from", "merged_into", "transferred_from")
        found = seen.select_related(*related).filter(pk=pk).first()
        if found is None:
            raise Http404("没有这件申请，或者您无权查看。")
        return found

    def allow(self, event: Event, info_request: InfoRequest) -> None:
        """Refuse a person whose posts do not allow `event` on this case."""
        if not self.person.may(event, info_request.organ_id):
            raise PermissionDenied

    def allow_handling(self, info_request: InfoRequest) -> None:
        """Refuse a person who does not handle the requests of the case's organ."""
        if not self.person.may_handle(info_request.organ_id):
            raise PermissionDenied


class CaseScreen(RequestsView):
    """A screen about one case, between the list and which stands the case's own page."""

    info_request: InfoRequest

    @property
    def who(self) -> dict[str, Any]:
        """The person in the posts they hold where the case is, and the moment."""
        return {"by": self.person.acting_for(self.info_request.organ_id), "at": self.person.now}

    def trail(self) -> list[dict[str, Any]]:
        """Return the case's page."""
        url = reverse_lazy("inforequests:record", args=[self.info_request.pk])
        return [{"url": url, "label": self.info_request.number}]
