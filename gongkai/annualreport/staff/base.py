"""What every screen of the yearly report shares: whose day it is, who looks, verbs by POST."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.accounts.models import User
from gongkai.annualreport.lifecycle import AnnualReportError
from gongkai.annualreport.queries import permissions
from gongkai.audit import Actor
from gongkai.orgs.models import Organ

Verb = Callable[[], str]


class StaffView(WagtailAdminTemplateMixin, View):
    """A page; its verbs come by POST under the name `verb` and are tried one by one.

    A verb that is refused shows the page again with what was typed.
    """

    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn away who has to do with no county's report."""
        if not permissions.reads_some_county(request.user, self.today):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def today(self) -> date:
        """The day in the county."""
        return timezone.localdate()

    @property
    def user(self) -> User:
        """The official who looks."""
        return self.request.user

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the admin's home to this page."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("annualreport:years"), "label": "年度报告"},
            *({"url": url, "label": label} for url, label in self.trail()),
            {"url": "", "label": self.get_page_title()},
        ]

    def trail(self) -> list[tuple[str, str]]:
        """Return the pages between the list of years and this one."""
        return []

    def actor(self, county: Organ) -> Actor:
        """Return the official by value, with the post held today in this county."""
        held = permissions.posts_in_county(self.user, county, self.today)
        return self.user.actor("、".join(str(post) for post in held))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page."""
        return self.render_to_response(self.get_context_data())

    def verbs(self) -> Mapping[str, Verb]:
        """Return what this user may do here; each returns what to say when it is done."""
        return {}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do the verb; refused, show the page again with the reason and what was typed."""
        name = request.POST.get("verb", "")
        verb = self.verbs().get(name)
        if verb is None:
            raise PermissionDenied
        try:
            done = verb()
        except AnnualReportError as error:
            messages.error(request, str(error))
            context = self.get_context_data(typed=request.POST, refused=error, refused_verb=name)
            return self.render_to_response(context, status=422)
        messages.success(request, done)
        return redirect(self.after(name))

    def after(self, verb: str) -> str:
        """Return where to go when a verb is done: this page again."""
        return self.request.get_full_path()


def or_404(found: Any) -> Any:
    """Return what was found; what the user may not see is as if it were not there."""
    if found is None:
        raise Http404("没有这一记录，或您无权查看。")
    return found
