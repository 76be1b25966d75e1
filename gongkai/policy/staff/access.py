"""Who sees and who registers policy documents: a department its own, the county office all.

What a person may do hangs on their posts on the day; being a superuser is no post.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.audit import Actor
from gongkai.orgs.models import Organ, Role
from gongkai.orgs.queries import organs_seen_by, posts_of
from gongkai.policy import queries
from gongkai.policy.models import PolicyDocument, Relation

RECORDERS = frozenset({Role.OGI_OFFICE, Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK})


@dataclass(frozen=True)
class Person:
    """The signed-in person on the day of the request."""

    request: HttpRequest
    now: datetime

    @property
    def today(self) -> date:
        """The day of the request in the county."""
        return timezone.localdate(self.now)

    @cached_property
    def sees(self) -> QuerySet[Organ]:
        """The organs whose documents this person may see on this side."""
        return organs_seen_by(self.request.user, self.today)

    @cached_property
    def registers_for(self) -> QuerySet[Organ]:
        """The organs whose documents this person may register and change."""
        return organs_seen_by(self.request.user, self.today, RECORDERS)

    @cached_property
    def actor(self) -> Actor:
        """This person by value, with the post they act from."""
        posts = posts_of(self.request.user, self.today).filter(role__in=RECORDERS)
        return self.request.user.actor("、".join(str(post) for post in posts[:3]))


class PolicyView(WagtailAdminTemplateMixin, View):
    """A screen of policy documents: page furniture, the person, what they may see."""

    header_icon = "doc-full"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("policy:index"), "label": "政策文件"},
    ]

    @cached_property
    def person(self) -> Person:
        """The signed-in person at the moment of the request."""
        return Person(self.request, timezone.now())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def document(self, pk: int) -> PolicyDocument:
        """Return a document that this person may see; else 404."""
        found = queries.documents(self.person.sees.values("pk")).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def may_change(self, document: PolicyDocument) -> bool:
        """Say whether this person may change a document of its organ."""
        return self.person.registers_for.filter(pk=document.organ_id).exists()

    def document_to_change(self, pk: int) -> PolicyDocument:
        """Return a document that this person may change; 404 unseen, refused when only seen."""
        found = self.document(pk)
        if not self.may_change(found):
            raise PermissionDenied
        return found

    def relation_to_cancel(self, pk: int) -> Relation:
        """Return a standing amendment or repeal of a document that this person may change."""
        standing = Relation.objects.filter(cancelled_at__isnull=True)
        found = standing.select_related("target", "source").filter(pk=pk).first()
        if found is None:
            raise Http404
        self.document_to_change(found.target_id)
        return found

    def record_url(self, document: PolicyDocument) -> str:
        """Return the address of a document."""
        return reverse("policy:record", args=[document.pk])
