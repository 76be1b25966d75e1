"""What all screens here share: the person, the tabs, a form that calls a verb, who is let in.

What a person may do hangs on their posts on the day; being a superuser is no post. What the person
does not see is as if it were not there.
"""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.orgs.models import Organ
from gongkai.oversight.lifecycle import OversightError
from gongkai.oversight.queries import OversightPerson

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TABS = (
    ("plans", "工作要点"),
    ("events", "培训、会议、活动"),
    ("appraisals", "考核"),
    ("evaluations", "社会评议"),
    ("cases", "责任追究"),
    ("sheets", "统计表"),
)


class OversightView(WagtailAdminTemplateMixin, View):
    """A screen of the chapter: page furniture, the person, what they may see."""

    header_icon = "clipboard-list"
    template_name = "oversight/page.html"
    home: dict[str, Any] = {"url": reverse_lazy("oversight:plans"), "label": "监督保障"}
    tab = ""
    at_home = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse who sees no organ."""
        if not self.allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def allowed(self) -> bool:
        """Say whether this person may enter the screen at all."""
        return self.person.official.sees_any

    @cached_property
    def person(self) -> OversightPerson:
        """The signed-in person at the moment of the request."""
        return OversightPerson(self.request.user, timezone.now())

    @cached_property
    def who(self) -> dict[str, Any]:
        """The person and the moment, as verbs take them."""
        return {"by": self.person.official.actor, "at": self.person.now}

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """Return the parts of the chapter that this person may open."""
        shown = [each for each in _TABS if each[0] != "cases" or self.person.sees_cases]
        return [(reverse(f"oversight:{name}"), label, name == self.tab) for name, label in shown]

    def trail(self) -> list[tuple[str, str]]:
        """Return the screens between the list and this one: addresses and names."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        start = {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"}
        here = {"url": "", "label": self.get_page_title()}
        if self.at_home:
            return [start, here]
        between = [{"url": url, "label": label} for url, label in self.trail()]
        return [start, self.home, *between, here]

    def show(self, **told: Any) -> HttpResponse:
        """Show the page with what is told of it."""
        tabs = self.tabs if self.tab else []
        return self.render_to_response(self.get_context_data(tabs=tabs, **told))


class OfficeView(OversightView):
    """A screen for those who keep the work of a county's office."""

    def allowed(self) -> bool:
        """Say whether this person keeps a county's work."""
        return bool(self.person.counties)

    @property
    def county(self) -> Organ:
        """The county whose work this person keeps: the one asked for, or the first."""
        asked = self.request.GET.get("county", "")
        kept = {str(each.pk): each for each in self.person.counties}
        return kept.get(asked, self.person.counties[0])


class FormMixin:
    """A form that calls one verb; what the verb refuses stands beside its field."""

    template_name = "oversight/form.html"
    button = "保存"
    done = "已保存。"
    hint = ""

    def open(self) -> None:
        """Find what the form is about; 404 when out of sight, refused when only seen."""

    def form(self, *args: Any) -> forms.Form:
        """Return the form, bound when given what was sent."""
        raise NotImplementedError

    def take(self, form: Any) -> str:
        """Call the verb; return where to go next."""
        raise NotImplementedError

    def back(self) -> str:
        """Return where one comes from."""
        return str(self.home["url"])

    def extra(self) -> dict[str, Any]:
        """Return what else the page shows."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        self.open()
        return self.answer(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or show the form again with what is wrong and all that was typed."""
        self.open()
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.answer(form)
        try:
            onward = self.take(form)
        except OversightError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            return self.answer(form)
        messages.success(request, self.done)
        return redirect(onward)

    def answer(self, form: forms.Form) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(
            form=form, button=self.button, hint=self.hint, back=self.back(), **self.extra()
        )
        return self.render_to_response(context, status=422 if form.errors else 200)


class FormView(FormMixin, OversightView):
    """A form for whoever `open` lets in."""


class OfficeForm(FormMixin, OfficeView):
    """A form for the county's office."""


def or_404(found: Any) -> Any:
    """Return what was found; 404 for nothing."""
    if found is None:
        raise Http404("没有这条记录，或者您无权查看。")
    return found


def refuse_unless(may: bool) -> None:
    """Refuse who only sees."""
    if not may:
        raise PermissionDenied


def sent(data: bytes, media: str, name: str) -> HttpResponse:
    """Return a file to keep."""
    answer = HttpResponse(data, content_type=media)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
