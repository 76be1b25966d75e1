"""Who sees and who enters register figures: a department its own, the county office all.

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

from gongkai.orgs.queries import Official
from gongkai.registers import queries
from gongkai.registers.models import Batch, Decision, ImportRun
from gongkai.registers.queries import RECORDERS, VIEWERS


class RegisterView(WagtailAdminTemplateMixin, View):
    """A screen of the registers: page furniture, the person, what they may see."""

    header_icon = "table"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("registers:index"), "label": "统计台账"},
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

    def recorder_only(self) -> None:
        """Refuse a person who may enter figures for no organ."""
        if not self.person.acts_for.exists():
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
        if not self.person.may_act_for(found.organ_id):
            raise PermissionDenied
        return found

    def decision(self, pk: int) -> Decision:
        """Return a single decision that this person may see; else 404."""
        seen = Decision.objects.filter(organ__in=self.person.sees.values("pk"))
        found = seen.select_related("organ", "imported_in").filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def decision_to_change(self, pk: int) -> Decision:
        """Return a decision whose steps this person may record; refused when only seen."""
        found = self.decision(pk)
        if not self.person.may_act_for(found.organ_id):
            raise PermissionDenied
        return found

    def run_to_change(self, pk: int) -> ImportRun:
        """Return an import all of whose batches this person may withdraw."""
        run = ImportRun.objects.filter(pk=pk, batches__organ__in=self.person.sees).first()
        if run is None:
            raise Http404
        if not self.may_withdraw_all(run):
            raise PermissionDenied
        return run

    def may_withdraw_all(self, run: ImportRun) -> bool:
        """Say whether this person may withdraw every batch of an import."""
        return not run.batches.exclude(organ__in=self.person.acts_for).exists()

    def record_url(self, batch: Batch) -> str:
        """Return the address of a batch."""
        return reverse("registers:record", args=[batch.pk])
