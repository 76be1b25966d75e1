"""Who sees and who registers policy documents: a department its own, the county office all.

What a person may do hangs on their posts on the day; being a superuser is no post.
"""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.orgs.queries import Official
from gongkai.policy import queries
from gongkai.policy.models import PolicyDocument, Relation
from gongkai.policy.queries import RECORDERS, VIEWERS

OFFICE = frozenset({Role.OGI_OFFICE, Role.OGI_HEAD})


class PolicyView(WagtailAdminTemplateMixin, View):
    """A screen of policy documents: page furniture, the person, what they may see."""

    header_icon = "doc-full"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("policy:index"), "label": "政策文件"},
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
    def office(self) -> Official:
        """The person as one of the county's office."""
        return Official(self.request.user, self.person.now, OFFICE)

    @cached_property
    def counties(self) -> list[Organ]:
        """The counties for whose office this person acts."""
        organs = self.office.acts_for.filter(kind=OrganKind.COUNTY_GOVERNMENT)
        return list(organs.order_by("order", "code"))

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
        return self.person.may_act_for(document.organ_id)

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
