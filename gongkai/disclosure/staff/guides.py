"""Screens of the guides: which organ's guide lacks what, an organ's page, the guide as made."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from wagtail.admin import messages

from gongkai.disclosure.actions.guide import HTML, PLAIN, change_organ_page, confirm_guide
from gongkai.disclosure.models import OrganPage
from gongkai.disclosure.queries.guide import guide_lines, guide_of, page_of_organ
from gongkai.disclosure.rules import DisclosureError
from gongkai.disclosure.staff.catalogue_access import CataloguePage, VerbPage
from gongkai.disclosure.staff.catalogue_forms import OrganPageForm
from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.queries import existing_between

_KINDS = (
    *(OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE),
    *(OrganKind.DEPARTMENT, OrganKind.TOWNSHIP),
)


class GuideScreen(CataloguePage):
    """A screen under the list of guides."""

    header_icon = "doc-full"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("disclosure:guides"), "label": "公开指南"},
    ]

    @cached_property
    def organs(self) -> Any:
        """The organs whose guides this person sees."""
        today = self.person.today
        return self.person.sees.filter(existing_between(today, today), kind__in=_KINDS)

    @cached_property
    def organ(self) -> Organ:
        """Return the organ of the address; others do not exist here."""
        return get_object_or_404(self.organs.select_related("county"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Return the organ's name, where the screen is of one."""
        return self.organ.name if "pk" in self.kwargs else ""


class GuidesPage(GuideScreen):
    """Every organ's guide: complete or not, when last confirmed."""

    template_name = "disclosure/guide/index.html"
    page_title = "公开指南"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        lines = guide_lines(self.organs.order_by("order", "code"), self.person.today)
        return self.render_to_response(self.get_context_data(lines=lines))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen, which is the first of its kind."""
        return [*self.breadcrumbs_items[:1], {"url": "", "label": self.page_title}]


class GuidePage(GuideScreen):
    """The guide of one organ as the public reads it, with what is missing."""

    template_name = "disclosure/guide/guide.html"
    page_title = "政府信息公开指南"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the guide."""
        return self._show()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Confirm that the guide is right today."""
        if not self.person.may_act_for(self.organ.pk):
            raise PermissionDenied
        try:
            confirm_guide(self.organ, by=self.person.actor, at=self.person.now)
        except DisclosureError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已确认公开指南内容准确。")
        return redirect(reverse("disclosure:guide", args=[pk]))

    def _show(self) -> HttpResponse:
        guide = guide_of(self.organ, self.person.today)
        context = self.get_context_data(
            organ=self.organ,
            guide=guide,
            stale=guide.stale_on(self.person.today),
            may_change=self.person.may_act_for(self.organ.pk),
        )
        return self.render_to_response(context)


class OrganPagePage(GuideScreen, VerbPage):
    """Change what an organ says of itself."""

    form_class = OrganPageForm
    page_title = "修改机关页面"
    done = "机关页面已保存，请核对公开指南并确认。"

    @cached_property
    def page(self) -> OrganPage | None:
        """What the organ has said so far."""
        return page_of_organ(self.organ)

    def check_right(self) -> None:
        """Refuse who does not act for the organ."""
        if not self.person.may_act_for(self.organ.pk):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        """Leave the slug out once it stands."""
        return {**super().get_form_kwargs(), "page": self.page}

    def get_initial(self) -> dict[str, Any]:
        """Begin with what stands."""
        if self.page is None:
            return {
                "slug": self.organ.code,
                "ogi_address": self.organ.address,
                "ogi_phone": self.organ.phone,
            }
        return {name: getattr(self.page, name) for name in (*PLAIN, *HTML)}

    def perform(self, values: dict[str, Any]) -> str:
        """Call change_organ_page."""
        change_organ_page(self.organ, **values, **self.acting)
        return reverse("disclosure:guide", args=[self.organ.pk])
