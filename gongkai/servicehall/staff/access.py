"""Who sees and does what on the screens of the service hall; the furniture they share.

What a person may do hangs on their posts on the day; being a superuser is no post. A record that
the person does not see is as if it were not there.
"""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.audit import word
from gongkai.audit.queries.events import LogLine, history_of
from gongkai.servicehall.lifecycle import HallError
from gongkai.servicehall.queries import HallPerson

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The parts of the chapter: address and name; figures are for those who see a whole county.
PARTS = (
    ("items", "政务服务事项"),
    ("halls", "大厅"),
    ("policies", "惠企政策"),
    ("cases", "政策兑现"),
    ("assistances", "帮代办"),
    ("zones", "政务公开专区"),
    ("figures", "统计数字"),
)
HOME = "政务服务"


class HallView(WagtailAdminTemplateMixin, View):
    """A screen of the chapter: page furniture, the person, what they may see."""

    header_icon = "site"
    part = "items"
    at_part = False

    @cached_property
    def person(self) -> HallPerson:
        """The signed-in person at the moment of the request."""
        return HallPerson(self.request.user, timezone.now())

    @cached_property
    def who(self) -> dict[str, Any]:
        """The person and the moment, as verbs take them."""
        return {"by": self.person.official.actor, "at": self.person.now}

    @property
    def today(self) -> Any:
        """The day of the request in the county."""
        return self.person.official.today

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse whose posts show them no organ."""
        if not self.person.official.sees_any:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def recorder_only(self) -> None:
        """Refuse whoever records for no organ."""
        if not self.person.own_ids:
            raise PermissionDenied

    def trail(self) -> list[dict[str, Any]]:
        """Return the screens between the part's list and this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        start = {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"}
        here = {"url": "", "label": self.get_page_title()}
        label = dict(PARTS)[self.part]
        home = {"url": reverse(f"servicehall:{self.part}"), "label": label}
        return [start, here] if self.at_part else [start, home, *self.trail(), here]

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """Add the ways to the parts of the chapter."""
        shown = [part for part in PARTS if part[0] != "figures" or self.person.watched_counties]
        given["parts"] = [
            (reverse(f"servicehall:{name}"), label, name == self.part) for name, label in shown
        ]
        return super().get_context_data(**given)

    def show_form(self, form: forms.Form, **more: Any) -> HttpResponse:
        """Show a form; 422 when it was refused."""
        context = self.get_context_data(form=form, **more)
        return self.render_to_response(context, status=422 if form.errors else 200)


def blame(form: forms.Form, refused: HallError) -> forms.Form:
    """Return the form with the refusal at the field it names."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return form


def told_history(target: str) -> list[tuple[str, LogLine]]:
    """Return what happened to a record, each verb in Chinese, newest first."""
    return [(word(line.verb), line) for line in reversed(history_of(target))]
