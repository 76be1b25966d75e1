"""What screens of single records share: finding, who may change, the form of an act, lists.

A record hangs on an organ; one of an organ that the person does not see is as if it were not there.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.disclosure.actions import DisclosureError
from gongkai.engagement.lifecycle import EngagementError
from gongkai.engagement.staff.access import EngagementView, blame

PAGE = 50


@dataclass(frozen=True, slots=True)
class Act:
    """A button: what may be done now, and where."""

    label: str
    url: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a record: its text, where it leads, what is wrong with it."""

    label: str
    text: object
    url: str = ""
    bad: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One record in a list: its page, what it is called, further cells, what is wrong with it."""

    url: str
    title: object
    cells: tuple[object, ...]
    bad: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a record: the day or moment, what, who, in which words."""

    at: str
    what: str
    who: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at a list."""

    label: str
    url: str
    now: bool


class ListScreen(EngagementView):
    """A list of records: tabs by standing, one page at a time."""

    template_name = "engagement/records.html"
    tabs: tuple[tuple[str, str], ...] = ()
    heads: tuple[str, ...] = ()
    empty = "没有记录。"
    note = ""
    url_name = ""

    def rows(self, standing: str) -> QuerySet[Any]:
        """Return the records of a standing."""
        raise NotImplementedError

    def line(self, row: Any) -> Line:
        """Return a record as the list shows it."""
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page."""
        asked = request.GET.get("standing", "")
        standing = asked if asked in dict(self.tabs) else ""
        page = Paginator(self.rows(standing), PAGE).get_page(request.GET.get("p"))
        base = reverse(f"engagement:{self.url_name}")
        tabs = [Tab(label, f"{base}?standing={key}", key == standing) for key, label in self.tabs]
        lines = [self.line(row) for row in page]
        context = self.get_context_data(
            lines=[(each, list(zip(self.heads[1:], each.cells, strict=True))) for each in lines],
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            linkurl=f"engagement:{self.url_name}",
            tabs=tabs,
            heads=self.heads,
            empty=self.empty,
            note=self.note,
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here; the list is its own home."""
        return super().get_breadcrumbs_items()[:-1]


class RecordScreen(EngagementView):
    """A screen about one record."""

    missing = "没有这条记录，或者您无权查看。"
    url_name = ""

    def find(self, pk: Any) -> Any:
        """Return the record among those the person sees, or None."""
        raise NotImplementedError

    def seen(self, pk: Any) -> Any:
        """Return a record that this person may see; else 404."""
        found = self.find(pk)
        if found is None:
            raise Http404(self.missing)
        return found

    def to_change(self, pk: Any) -> Any:
        """Return a record that this person may handle; 404 unseen, refused when only seen."""
        found = self.seen(pk)
        if not self.person.may_act_for(found.organ_id):
            raise PermissionDenied
        return found

    def page_of(self, row: Any) -> str:
        """Return the record's own page."""
        return reverse(f"engagement:{self.url_name}", args=[row.pk])

    def trail(self) -> list[dict[str, Any]]:
        """Return the record's own page, on screens beyond it."""
        if "pk" not in self.kwargs or self.template_name.endswith("record.html"):
            return []
        page = reverse(f"engagement:{self.url_name}", args=[self.kwargs["pk"]])
        return [{"url": page, "label": "详情"}]


class ActScreen(RecordScreen):
    """The form of one act on one record."""

    template_name = "engagement/act_form.html"
    done = ""
    hint = ""

    def form(self, row: Any, *args: Any) -> forms.Form:
        """Return the form."""
        raise NotImplementedError

    def take(self, row: Any, form: Any) -> Any:
        """Do what is asked."""
        raise NotImplementedError

    def told(self, row: Any) -> str:
        """Return what the record is, above the form."""
        return str(row)

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Show the form."""
        row = self.to_change(pk)
        return self.show(row, self.form(row))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Do what is asked, or show the form again with what stands against it."""
        row = self.to_change(pk)
        form = self.form(row, request.POST)
        if not form.is_valid():
            return self.show(row, form)
        try:
            self.take(row, form)
        except (EngagementError, DisclosureError) as refused:
            return self.show(row, blame(form, refused))
        messages.success(request, self.done)
        if self.find(pk) is None:  # another organ has it now
            return redirect(self.home["url"])
        return redirect(self.page_of(row))

    def show(self, row: Any, form: forms.Form) -> HttpResponse:
        """Show the form."""
        more = {"told": self.told(row), "hint": self.hint, "submit": self.page_title}
        return self.show_form(form, back=self.page_of(row), **more)


class AddScreen(EngagementView):
    """The form of a new record, for those who may make one for some organ."""

    template_name = "engagement/act_form.html"
    done = ""
    hint = ""
    url_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse those who may record nothing."""
        if not self.person.acts_for.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form(self, *args: Any) -> forms.Form:
        """Return the form."""
        raise NotImplementedError

    def make(self, form: Any) -> Any:
        """Make the record."""
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make it, or show the form again with what is wrong."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            made = self.make(form)
        except (EngagementError, DisclosureError) as refused:
            return self.show(blame(form, refused))
        messages.success(request, self.done)
        if self.url_name:
            return redirect(f"engagement:{self.url_name}", made.pk)
        return redirect(self.home["url"])

    def show(self, form: forms.Form) -> HttpResponse:
        """Show the form."""
        return self.show_form(
            form, told="", hint=self.hint, back=self.home["url"], submit=self.page_title
        )


def one_only(form: forms.Form, name: str) -> None:
    """Choose the organ where there is but one to choose."""
    if len(only := form.fields[name].queryset[:2]) == 1:
        form.fields[name].initial = only[0]
