"""The staff home: what waits today, and nothing of Wagtail's own.

Wagtail's view asks for pages in its workflow, locked pages and recent edits on every opening;
release review is our own (ADR 0003), so none of them is shown and none is asked for.
"""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.adapters import searchfeeds
from gongkai.orgs.queries import holds_any


class HomeView(WagtailAdminTemplateMixin, TemplateView):
    """The page that officials open in the morning."""

    template_name = "wagtailadmin/home.html"
    page_title = "首页"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the panels that the chapters hang in, in their order."""
        context = super().get_context_data(**kwargs)
        panels: list[Any] = []
        for hang_in in hooks.get_hooks("construct_homepage_panels"):
            hang_in(self.request, panels)
        context["panels"] = sorted(panels, key=lambda panel: panel.order)
        context["media"] = sum((panel.media for panel in panels[1:]), panels[0].media)
        context["user"] = self.request.user
        today = timezone.localdate()
        context["may_find"] = searchfeeds.is_on() and holds_any(self.request.user, today)
        context["site_name"] = "政务公开平台"
        return context
