"""The facts at the foot of the public site, changed by the county's OGI office alone.

The domain name is not changed here: addresses, certificates and filings hang on it.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.audit import Actor
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.orgs.queries import held_by, organs_seen_by, posts_of
from gongkai.portal.actions import open_site
from gongkai.portal.models import SiteProfile
from gongkai.portal.staff.forms import SiteInfoForm

_OFFICE = (Role.OGI_OFFICE,)
_CENTRE = (OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE)


def counties_kept_by(request: HttpRequest) -> QuerySet[Organ]:
    """Return the counties whose OGI office the signed-in person belongs to today."""
    seen = organs_seen_by(request.user, timezone.localdate(), _OFFICE)
    return seen.filter(kind=OrganKind.COUNTY_GOVERNMENT).order_by("order", "code")


def keeps_some_county(request: HttpRequest) -> bool:
    """Say whether the signed-in person belongs to some county's OGI office today."""
    held = held_by(request.user, timezone.localdate())
    return any(post.role in _OFFICE and post.organ.kind in _CENTRE for post in held)


class SiteView(WagtailAdminTemplateMixin, View):
    """A screen of a county's site, for its OGI office alone."""

    header_icon = "globe"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn away whoever is of no county's OGI office; a superuser as such is not."""
        if not self.counties:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def counties(self) -> list[Organ]:
        """The counties whose site this person keeps, in their order."""
        return list(counties_kept_by(self.request))

    @cached_property
    def county(self) -> Organ:
        """The county of the address, the first one without; else 404."""
        asked = self.kwargs.get("pk", self.counties[0].pk)
        found = next((county for county in self.counties if county.pk == asked), None)
        if found is None:
            raise Http404("没有这个县的网站，或者您无权查看。")
        return found


class SiteInfoView(SiteView):
    """Show and change what the site of a county says of itself."""

    template_name = "portal/staff/site_info.html"
    page_title = "网站信息"

    @cached_property
    def kept(self) -> SiteProfile | None:
        """What the site says now; None before it is opened."""
        return SiteProfile.objects.select_related("site").filter(county=self.county).first()

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Show the facts as they are kept."""
        if self.kept is None:
            return self.show(None)
        fields = SiteInfoForm.base_fields
        return self.show(SiteInfoForm(initial={name: getattr(self.kept, name) for name in fields}))

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Change the facts, or show the form again with what stands against it."""
        kept = self.kept
        if kept is None:
            raise Http404("网站还没有开设。")
        form = SiteInfoForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        open_site(
            self.county,
            form.profile(kept),
            hostname=kept.site.hostname,
            port=kept.site.port,
            by=self.actor(),
            at=timezone.now(),
        )
        messages.success(request, "网站信息已更新，公开网站各页随即显示新的内容。")
        return redirect(reverse("portal_staff:site_of", args=[self.county.pk]))

    def actor(self) -> Actor:
        """Return this person by value, with the post they act from."""
        posts = posts_of(self.request.user, timezone.localdate()).filter(role__in=_OFFICE)
        return self.request.user.actor("、".join(str(post) for post in posts[:3]))

    def show(self, form: SiteInfoForm | None) -> HttpResponse:
        """Show the screen; 422 when what was typed is refused."""
        context = self.get_context_data(
            form=form,
            kept=self.kept,
            county=self.county,
            others=[county for county in self.counties if county != self.county],
        )
        return self.render_to_response(context, status=422 if form and form.errors else 200)
