"""Who sees and who does what: an organ its own, the county office the county's.

What a person may do hangs on their posts on the day; being a superuser is no post. A matter of an
organ that the person does not see is as if it were not there.
"""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.disclosure.actions import DisclosureError
from gongkai.engagement.lifecycle import EngagementError
from gongkai.engagement.models import ErrorReport, Solicitation
from gongkai.engagement.queries import RECORDERS, VIEWERS, find_report, find_solicitation
from gongkai.orgs.queries import Official


class EngagementView(WagtailAdminTemplateMixin, View):
    """A screen of the chapter: page furniture, the person, what they may see."""

    home: dict[str, Any] = {}

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
    def organ_ids(self) -> list[int]:
        """The ids of the organs whose matters this person may see."""
        return list(self.person.sees.values_list("pk", flat=True))

    @cached_property
    def who(self) -> dict[str, Any]:
        """The person and the moment, as verbs take them."""
        return {"by": self.person.actor, "at": self.person.now}

    def trail(self) -> list[dict[str, Any]]:
        """Return the screens between the list and this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        start = {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"}
        here = {"url": "", "label": self.get_page_title()}
        return [start, self.home, *self.trail(), here]

    def show_form(self, form: forms.Form, **more: Any) -> HttpResponse:
        """Show a form; 422 when it was refused."""
        context = self.get_context_data(form=form, **more)
        return self.render_to_response(context, status=422 if form.errors else 200)


class ReportScreen(EngagementView):
    """A screen of error reports."""

    header_icon = "warning"
    home = {"url": reverse_lazy("engagement:reports"), "label": "网站纠错"}

    def report(self, pk: Any) -> ErrorReport:
        """Return a report that this person may see; else 404."""
        found = find_report(pk, self.organ_ids)
        if found is None:
            raise Http404("没有这条纠错，或者您无权查看。")
        return found

    def report_to_change(self, pk: Any) -> ErrorReport:
        """Return a report that this person may handle; 404 unseen, refused when only seen."""
        found = self.report(pk)
        if not self.person.may_act_for(found.organ_id):
            raise PermissionDenied
        return found


class SolicitationScreen(EngagementView):
    """A screen of solicitations."""

    header_icon = "comment"
    home = {"url": reverse_lazy("engagement:solicitations"), "label": "意见征集"}

    def solicitation(self, pk: int) -> Solicitation:
        """Return a solicitation that this person may see; else 404."""
        found = find_solicitation(pk, self.organ_ids)
        if found is None:
            raise Http404("没有这次征集，或者您无权查看。")
        return found

    def solicitation_to_change(self, pk: int) -> Solicitation:
        """Return a solicitation that this person may keep; 404 unseen, refused when only seen."""
        found = self.solicitation(pk)
        if not self.person.may_act_for(found.organ_id):
            raise PermissionDenied
        return found


class RecorderScreen(SolicitationScreen):
    """A screen for those who may keep solicitations of some organ."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse those who may record nothing."""
        if not self.person.acts_for.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def blame(form: forms.Form, refused: EngagementError | DisclosureError) -> forms.Form:
    """Return the form with the refusal at the field it names."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return form
