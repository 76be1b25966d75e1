"""The operator's page: how the installation is, and what to do; for the system administrator."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.audit import Actor
from gongkai.desk.operating.actions import retry_given_up
from gongkai.desk.operating.conditions import conditions
from gongkai.desk.operating.saying import Level
from gongkai.orgs.models import Role
from gongkai.orgs.queries import holds_any, posts_of
from gongkai.outbox.models import Job, JobState


def may_operate(request: HttpRequest) -> bool:
    """Say whether the signed-in person runs the system."""
    user = request.user
    held = holds_any(user, timezone.localdate(), (Role.SYSTEM_ADMIN,))
    return bool(user.is_active and (user.is_superuser or held))


def _acting(request: HttpRequest, now: datetime) -> Actor:
    posts = posts_of(request.user, timezone.localdate(now)).filter(role=Role.SYSTEM_ADMIN)
    post = posts.first()
    return request.user.actor(str(post) if post else "平台超级管理员")


class StateView(WagtailAdminTemplateMixin, TemplateView):
    """All conditions, the gravest first told in one line."""

    template_name = "desk/operating/state.html"
    page_title = "运行状况"
    header_icon = "cogs"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let the system administrator in."""
        if not may_operate(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        home = {"url": reverse("wagtailadmin_home"), "label": "首页"}
        return [home, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the conditions and how many are not as they ought to be."""
        now = timezone.now()
        found = conditions(now)
        return super().get_context_data(
            **kwargs,
            conditions=found,
            now=now,
            bad=sum(each.level is Level.BAD for each in found),
            warn=sum(each.level is Level.WARN for each in found),
            given_up=Job.objects.filter(state=JobState.FAILED).count(),
        )


class RetryView(View):
    """Do the jobs again that were given up."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Put them back and say how many."""
        if not may_operate(request):
            raise PermissionDenied
        now = timezone.now()
        count = retry_given_up(by=_acting(request, now), at=now)
        messages.success(request, f"已将 {count} 个任务重新列为待执行。")
        return redirect("operating:state")
