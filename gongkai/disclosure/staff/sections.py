"""The sections (栏目) of a county's site.

The county office opens, changes and closes; everybody in disclosure may look.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages

from gongkai.disclosure import actions, queries
from gongkai.disclosure.models import Section, SectionContent
from gongkai.disclosure.rules import DisclosureError
from gongkai.disclosure.staff.access import DisclosureView, put_beside
from gongkai.disclosure.staff.section_forms import (
    CloseForm,
    OpenSectionForm,
    SectionForm,
)
from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.queries import existing_between, organs_of


class CountyView(DisclosureView):
    """A screen of one county's settings."""

    header_icon = "list-ul"

    @cached_property
    def county(self) -> Organ:
        """The county of the organs that this person sees: the one they keep first."""
        seen = Organ.objects.filter(pk__in=self.person.sees).values_list("pk", "county_id")
        ids = {county or pk for pk, county in seen.order_by()}
        counties = Organ.objects.filter(pk__in=ids, kind=OrganKind.COUNTY_GOVERNMENT)
        found = sorted(counties, key=lambda one: one.pk not in self.person.kept_counties)
        if not found:
            raise Http404
        return found[0]

    @property
    def keeps(self) -> bool:
        """Say whether this person keeps the county's settings."""
        return self.county.pk in self.person.kept_counties

    def keeper_only(self) -> None:
        """Refuse who does not."""
        if not self.keeps:
            raise PermissionDenied

    def organs(self) -> QuerySet[Organ]:
        """Return the organs of the county in being."""
        today = self.person.today
        return organs_of(self.county).filter(existing_between(today, today))


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section as the tree shows it."""

    section: Section
    depth: int
    live: int


class SectionsView(CountyView):
    """The tree of sections with how much stands in each."""

    template_name = "disclosure/sections/index.html"
    page_title = "栏目"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the tree."""
        rows = list(Section.objects.of(self.county).select_related("restricted_to"))
        counts = queries.live_counts(self.county.pk)
        context = self.get_context_data(
            lines=[
                SectionLine(row, row.path.count("/"), counts.get(row.pk, 0)) for row in _tree(rows)
            ],
            keeps=self.keeps,
            county=self.county,
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Open the usual sections that are not there yet."""
        self.keeper_only()
        opened = actions.seed_sections(self.county, **self.who)
        messages.success(request, f"已开设{opened}个通用栏目。" if opened else "通用栏目已经齐全。")
        return redirect("disclosure:sections")


def _tree(rows: list[Section]) -> list[Section]:
    """Return sections with those under each after it, in their order."""
    under: dict[int | None, list[Section]] = {}
    for row in rows:
        under.setdefault(row.parent_id, []).append(row)
    found: list[Section] = []
    waiting = list(reversed(under.get(None, [])))
    while waiting:
        row = waiting.pop()
        found.append(row)
        waiting += reversed(under.get(row.pk, []))
    return found


class SectionVerb(CountyView):
    """A form over one verb on sections, for the keeper."""

    template_name = "disclosure/sections/form.html"
    button = "保存"
    done = "已保存。"
    warning = ""
    section: Section | None = None

    def enter(self, **named: Any) -> HttpResponse | None:
        """Find the section; 404 in another county, refused when only seen."""
        if "pk" in named:
            self.section = Section.objects.of(self.county).filter(pk=named["pk"]).first()
            if self.section is None:
                raise Http404("没有这个栏目，或者您无权查看。")
        self.keeper_only()
        return None

    def form(self, data: Any = None) -> forms.Form:
        """Return the form."""
        raise NotImplementedError

    def perform(self, form: Any) -> None:
        """Call the verb."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Call the verb, or show the form again with what stands against it."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            self.perform(form)
        except DisclosureError as refused:
            put_beside(form, refused)
            return self.show(form)
        messages.success(request, self.done)
        return redirect("disclosure:sections")

    def show(self, form: forms.Form) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(
            form=form, section=self.section, button=self.button, warning=self.warning
        )
        return self.render_to_response(context, status=422 if form.errors else 200)

    def trail(self) -> list[dict[str, Any]]:
        """Return the tree."""
        return [{"url": reverse("disclosure:sections"), "label": "栏目"}]


class OpenSectionView(SectionVerb):
    """Open a section."""

    page_title = "开设栏目"
    button = "开设"
    done = "栏目已开设。"

    def form(self, data: Any = None) -> forms.Form:
        """Return the form, under the section that the address tells."""
        groups = Section.objects.of(self.county).open().order_by("path")
        groups = groups.filter(content=SectionContent.GROUP)
        initial = {"parent": self.request.GET.get("parent"), "content": SectionContent.ENTRIES}
        return OpenSectionForm(data, sections=groups, organs=self.organs(), initial=initial)

    def perform(self, form: OpenSectionForm) -> None:
        """Open it."""
        actions.open_section(self.county, **form.values(), **self.who)


class ChangeSectionView(SectionVerb):
    """Change what a section says of itself."""

    page_title = "修改栏目"

    def form(self, data: Any = None) -> forms.Form:
        """Return the form with what stands."""
        names = [name for name in SectionForm.base_fields if name != "restricted_to"]
        initial = {name: getattr(self.section, name) for name in names}
        initial["restricted_to"] = self.section.restricted_to_id
        return SectionForm(data, organs=self.organs(), initial=initial)

    def perform(self, form: SectionForm) -> None:
        """Change it."""
        actions.change_section(self.section, **form.values(), **self.who)


class CloseSectionView(SectionVerb):
    """Close a section."""

    page_title = "停用栏目"
    button = "确认停用"
    done = "栏目已停用。"
    warning = "停用后不再收录新的信息，已公开的信息和网址不变。"

    def form(self, data: Any = None) -> forms.Form:
        """Return the form, from today."""
        return CloseForm(data, initial={"on": self.person.today})

    def perform(self, form: CloseForm) -> None:
        """Close it."""
        actions.close_section(self.section, on=form.cleaned_data["on"], **self.who)
