"""Who sees and who enters register figures: a department its own, the county office all.

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
from gongkai.registers import queries
from gongkai.registers.models import Batch, ImportRun

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
        """The organs whose batches this person may see."""
        return organs_seen_by(self.request.user, self.today)

    @cached_property
    def enters_for(self) -> QuerySet[Organ]:
        """The organs this person may enter and withdraw batches for."""
        return organs_seen_by(self.request.user, self.today, RECORDERS)

    def may_enter_for(self, organ: Organ) -> bool:
        """Say whether this person may enter and withdraw batches of `organ`."""
        return self.enters_for.filter(pk=organ.pk).exists()

    def may_enter_for_all(self, run: ImportRun) -> bool:
        """Say whether this person may withdraw every batch of an import."""
        return not run.batches.exclude(organ__in=self.enters_for).exists()

    @cached_property
    def actor(self) -> Actor:
        """This person by value, with the post they act from."""
        posts = posts_of(self.request.user, self.today).filter(role__in=RECORDERS)
        return self.request.user.actor("、".join(str(post) for post in posts[:3]))


class RegisterView(WagtailAdminTemplateMixin, View):
    """A screen of the registers: page furniture, the person, what they may see."""

    header_icon = "table"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("registers:index"), "label": "统计台账"},
    ]

    @cached_property
    def person(self) -> Person:
        """The signed-in person at the moment of the request."""
        return Person(self.request, timezone.now())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def recorder_only(self) -> None:
        """Refuse a person who may enter figures for no organ."""
        if not self.person.enters_for.exists():
            raise PermissionDenied

    def batch(self, pk: int) -> Batch:
        """Return a batch that this person may see, with its running stock; else 404."""
        seen = queries.batches(self.person.sees.values("pk")).select_related("imported_in")
        found = seen.filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def batch_to_change(self, pk: int) -> Batch:
        """Return a batch that this person may withdraw; 404 unseen, refused when only seen."""
        found = self.batch(pk)
        if not self.person.may_enter_for(found.organ):
            raise PermissionDenied
        return found

    def run_to_change(self, pk: int) -> ImportRun:
        """Return an import all of whose batches this person may withdraw."""
        run = ImportRun.objects.filter(pk=pk, batches__organ__in=self.person.sees).first()
        if run is None:
            raise Http404
        if not self.person.may_enter_for_all(run):
            raise PermissionDenied
        return run

    def record_url(self, batch: Batch) -> str:
        """Return the address of a batch."""
        return reverse("registers:record", args=[batch.pk])
