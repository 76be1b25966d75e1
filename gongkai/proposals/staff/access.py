"""Who sees and does what: the office the county's, a lead and a joint organ their own.

What a person may do hangs on their posts on the day; being a superuser is no post. A proposal that
the person does not see is as if it were not there.
"""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.orgs.models import Organ
from gongkai.proposals.models import Proposal
from gongkai.proposals.queries import ProposalPerson, find_proposal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ProposalView(WagtailAdminTemplateMixin, View):
    """A screen of the chapter: page furniture, the person, what they may see."""

    header_icon = "group"
    home: dict[str, Any] = {"url": reverse_lazy("proposals:index"), "label": "建议提案"}
    at_home = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn away who has no post that looks into the chapter."""
        if not self.person.official.sees_any:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self) -> ProposalPerson:
        """The signed-in person at the moment of the request."""
        return ProposalPerson(self.request.user, timezone.now())

    @cached_property
    def who(self) -> dict[str, Any]:
        """The person and the moment, as verbs take them."""
        return {"by": self.person.official.actor, "at": self.person.now}

    def proposal(self, pk: Any) -> Proposal:
        """Return a proposal that this person sees; else 404."""
        found = find_proposal(pk, self.person.proposals)
        if found is None:
            raise Http404("没有这件建议提案，或者您无权查看。")
        return found

    def trail(self) -> list[dict[str, Any]]:
        """Return the screens between the list and this one."""
        return []

    def to_proposal(self, proposal: Proposal) -> list[dict[str, Any]]:
        """Return the proposal's page, as a trail has it."""
        url = reverse("proposals:record", args=[proposal.pk])
        return [{"url": url, "label": proposal.name}]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        start = {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"}
        here = {"url": "", "label": self.get_page_title()}
        return [start, here] if self.at_home else [start, self.home, *self.trail(), here]

    def show_form(self, form: forms.Form, **more: Any) -> HttpResponse:
        """Show a form; 422 when it was refused."""
        context = self.get_context_data(form=form, **more)
        return self.render_to_response(context, status=422 if form.errors else 200)


class OfficeView(ProposalView):
    """A screen for those who assign the proposals of a county."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse everybody else."""
        if not self.person.counties:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def county(self) -> Organ:
        """The county whose proposals this person assigns: the one asked for, or the first."""
        asked = self.request.GET.get("county", "")
        kept = {str(each.pk): each for each in self.person.counties}
        return kept.get(asked, self.person.counties[0])


def blame(form: forms.Form, refused: Exception) -> forms.Form:
    """Return the form with the refusal at the field it names."""
    field = getattr(refused, "field", "")
    form.add_error(field if field in form.fields else None, str(refused))
    return form
