"""Acts on records: one screen for all, with the form, the doer and the verb of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.servicehall.lifecycle import HallError
from gongkai.servicehall.queries import HallPerson
from gongkai.servicehall.rules.texts import FIELDS
from gongkai.servicehall.staff.access import HallView, blame
from gongkai.servicehall.staff.shown import Link

Take = Callable[[Any, Any, dict[str, Any]], object]


class ActForm(forms.Form):
    """A form about a record; `fill` gives its choices, days begin with today."""

    def __init__(self, *args: Any, person: HallPerson, row: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.person, self.row = person, row
        for name, field in self.fields.items():
            if getattr(field, "now", False):
                self.initial.setdefault(name, person.official.today)
        self.fill()

    def fill(self) -> None:
        """Give the fields their choices and what is known."""


def asks(**fields: forms.Field) -> type[ActForm]:
    """Return a form of some fields."""
    made: type[ActForm] = type("AskedForm", (ActForm,), fields)
    return made


def plainly(verb: Callable[..., object]) -> Take:
    """Return a doer that hands the form's fields to a verb by their names."""
    return lambda row, form, who: verb(row, **form.cleaned_data, **who)


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its slug and name, its form, its doer, and who may do it when."""

    slug: str
    label: str
    form: type[ActForm]
    take: Take
    whose: Callable[[HallPerson, Any], bool]
    when: Callable[[Any], bool]
    main: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of record: its part, how one is found, where it has its page, what may be done."""

    part: str
    page: str
    act: str
    find: Callable[[HallPerson, Any], Any]
    acts: Mapping[str, Act]

    def address(self, row: Any) -> str:
        """Return the page of a record."""
        return reverse(f"servicehall:{self.page}", args=[row.pk])

    def offered(self, person: HallPerson, row: Any) -> list[Link]:
        """Return what a person may do with a record now, the usual first."""
        found = [
            Link(act.label, reverse(f"servicehall:{self.act}", args=[row.pk, slug]), act.main)
            for slug, act in self.acts.items()
            if act.when(row) and act.whose(person, row)
        ]
        return sorted(found, key=lambda link: not link.main)


def by_slug(*acts: Act) -> dict[str, Act]:
    """Return acts by their slugs."""
    return {act.slug: act for act in acts}


class AboutView(HallView):
    """A screen about one record of a subject."""

    subject: Subject

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Tell the part."""
        super().setup(request, *args, **kwargs)
        self.part = self.subject.part

    def row_of(self, pk: Any) -> Any:
        """Return the record that an address names; else 404."""
        found = self.subject.find(self.person, pk)
        if found is None:
            raise Http404("没有这条记录，或者您无权查看。")
        return found

    def trail(self) -> list[dict[str, Any]]:
        """Return the record's page."""
        return [{"url": self.subject.address(self.about), "label": str(self.about)[:30]}]


class ActView(AboutView):
    """The form of one act and its doing."""

    template_name = "servicehall/form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the act and the record; refuse what is not this person's, or not now."""
        act = self.subject.acts.get(kwargs["act"])
        if act is None:
            raise Http404("没有这个事项。")
        if not self.person.official.sees_any:
            raise PermissionDenied
        self.act, self.page_title = act, act.label
        self.about = self.row_of(kwargs["pk"])
        if not act.whose(self.person, self.about):
            raise PermissionDenied
        if not act.when(self.about):
            messages.error(request, f"现在不能{act.label}，请看记录现在的状态。")
            return redirect(self.subject.address(self.about))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: Any, act: str) -> HttpResponse:
        """Show the form."""
        return self.show(self.form())

    def post(self, request: HttpRequest, pk: Any, act: str) -> HttpResponse:
        """Do it, or show the form again with what stands against it."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            done = self.act.take(self.about, form, self.who)
        except HallError as refused:
            return self.show(blame(form, refused))
        if isinstance(done, dict):
            return self.show(
                form, opened=[(FIELDS[name].label, told) for name, told in done.items()]
            )
        messages.success(request, f"已办理：{self.act.label}。")
        return HttpResponseRedirect(self.subject.address(self.about))

    def form(self, *args: Any) -> ActForm:
        """Return the act's form."""
        return self.act.form(*args, person=self.person, row=self.about)

    def show(self, form: forms.Form, **more: Any) -> HttpResponse:
        """Show the form with the record it is about."""
        return self.show_form(
            form,
            about=self.about,
            hint=self.act.hint,
            back=self.subject.address(self.about),
            **more,
        )
