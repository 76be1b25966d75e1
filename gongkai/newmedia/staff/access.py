"""Who sees and does what: the county's office the registry, an organ its own accounts.

What a person may do hangs on their posts on the day; being a superuser is no post. An account that
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

from gongkai.newmedia.lifecycle import MediaError
from gongkai.newmedia.models import Account
from gongkai.newmedia.queries import MediaPerson, find_account
from gongkai.orgs.models import Organ

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class MediaView(WagtailAdminTemplateMixin, View):
    """A screen of the chapter: page furniture, the person, what they may see."""

    header_icon = "mobile-alt"
    home: dict[str, Any] = {"url": reverse_lazy("newmedia:accounts"), "label": "政务新媒体"}
    at_home = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn away who has no post that looks into the chapter."""
        if not self.person.official.sees_any:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self) -> MediaPerson:
        """The signed-in person at the moment of the request."""
        return MediaPerson(self.request.user, timezone.now())

    @cached_property
    def who(self) -> dict[str, Any]:
        """The person and the moment, as verbs take them."""
        return {"by": self.person.official.actor, "at": self.person.now}

    def account(self, pk: Any) -> Account:
        """Return an account that this person sees; else 404."""
        found = find_account(pk, self.person.accounts)
        if found is None:
            raise Http404("没有这个账号，或者您无权查看。")
        return found

    def account_to_record(self, pk: Any) -> Account:
        """Return an account this person records for; 404 unseen, refused when only seen."""
        found = self.account(pk)
        if not self.person.records_for(found):
            raise PermissionDenied
        return found

    def trail(self) -> list[dict[str, Any]]:
        """Return the screens between the list and this one."""
        return []

    def to_account(self, account: Account) -> list[dict[str, Any]]:
        """Return the account's page, as a trail has it."""
        return [{"url": reverse("newmedia:account", args=[account.pk]), "label": account.name}]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        start = {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"}
        here = {"url": "", "label": self.get_page_title()}
        return [start, here] if self.at_home else [start, self.home, *self.trail(), here]

    def show_form(self, form: forms.Form, **more: Any) -> HttpResponse:
        """Show a form; 422 when it was refused."""
        context = self.get_context_data(form=form, **more)
        return self.render_to_response(context, status=422 if form.errors else 200)


class RecorderView(MediaView):
    """A screen for those who record for some organ."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse everybody else."""
        if not self.person.official.acts_for.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class OfficeView(MediaView):
    """A screen for those who keep the registry of a county."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse everybody else."""
        if not self.person.counties:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def county(self) -> Organ:
        """The county whose registry this person keeps: the one asked for, or the first."""
        asked = self.request.GET.get("county", "")
        kept = {str(each.pk): each for each in self.person.counties}
        return kept.get(asked, self.person.counties[0])


def blame(form: forms.Form, refused: MediaError) -> forms.Form:
    """Return the form with the refusal at the field it names."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return form
