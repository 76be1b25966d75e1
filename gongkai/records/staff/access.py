"""Who sees and does what: the office keeps the county's lists; administrators see the logs."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.queries import Official
from gongkai.records.models import TransferList
from gongkai.records.queries import KEEPERS, LOG_READERS, READERS, lists_of


class RecordsView(WagtailAdminTemplateMixin, View):
    """A screen of the chapter: page furniture and the person."""

    header_icon = "folder-open-inverse"
    home: dict[str, Any] = {"url": reverse_lazy("records:index"), "label": "档案移交"}
    at_home = False
    readers = READERS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse who has nothing to do with it."""
        if not Official(request.user, timezone.now(), KEEPERS, self.readers).sees_any:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def official(self) -> Official:
        """The signed-in person at the moment of the request."""
        return Official(self.request.user, timezone.now(), KEEPERS, READERS)

    @cached_property
    def who(self) -> dict[str, Any]:
        """The person and the moment, as verbs take them."""
        return {"by": self.official.actor, "at": self.official.now}

    @cached_property
    def kept_counties(self) -> list[Organ]:
        """The counties whose lists this person makes."""
        return list(self.official.acts_for.filter(kind=OrganKind.COUNTY_GOVERNMENT))

    @property
    def county(self) -> Organ:
        """The county whose list is made: the one asked for, or the first.

        Raises:
            PermissionDenied: this person makes no lists.
        """
        if not self.kept_counties:
            raise PermissionDenied
        asked = self.request.GET.get("county", "")
        return {str(each.pk): each for each in self.kept_counties}.get(asked, self.kept_counties[0])

    def transfer_list(self, pk: int) -> TransferList:
        """Return a list that this person sees, with its rows; else 404."""
        counties = self.official.sees.filter(kind=OrganKind.COUNTY_GOVERNMENT)
        found = lists_of(counties.values("pk")).defer(None).filter(pk=pk).first()
        if found is None:
            raise Http404("没有这份移交清单，或者您无权查看。")
        return found

    def keeps(self, made: TransferList) -> bool:
        """Say whether this person makes the lists of the county."""
        return made.county_id in {each.pk for each in self.kept_counties}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        start = {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"}
        here = {"url": "", "label": self.get_page_title()}
        return [start, here] if self.at_home else [start, self.home, here]


class KeepingBase(RecordsView):
    """A screen that those who look after the logs see, too."""

    readers = READERS | LOG_READERS
    at_home = True
