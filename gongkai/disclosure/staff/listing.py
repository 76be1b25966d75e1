"""The list of entries: what waits for me, what burns, everything else page by page.

Pages hang on the key of their last row, so they stay as they are while others publish, and
nothing is counted. Publishing several signed texts is a verb for each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.calendars.queries import workday_calendar
from gongkai.disclosure import actions, queries
from gongkai.disclosure.lifecycle import UNDER_REVIEW, EntryEvent, EntryState
from gongkai.disclosure.models import Entry
from gongkai.disclosure.rules import DisclosureError
from gongkai.disclosure.staff.access import DisclosureView, Person
from gongkai.disclosure.staff.casefile import SOON
from gongkai.disclosure.staff.choices import section_choices
from gongkai.orgs.models import Organ
from gongkai.statute.workdays import UnknownYear

PAGE = 50
_MOST_AT_ONCE = 20
_S = EntryState
_STATES = frozenset(state.value for state in EntryState)
VIEWS: Mapping[str, tuple[str, tuple[EntryState, ...]]] = {
    "": ("待我办理", ()),
    "drafts": ("拟稿", (_S.DRAFT,)),
    "review": ("审核中", tuple(state for state in UNDER_REVIEW if state is not _S.SCHEDULED)),
    "scheduled": ("定时发布", (_S.SCHEDULED,)),
    "published": ("已发布", (_S.PUBLISHED,)),
    "late": ("超过公开期限", ()),
    "soon": ("即将到期", ()),
    "all": ("全部", ()),
}
_EMPTY = {
    "": "现在没有等您办理的信息：没有您的拟稿，也没有等您审核、发布的。",
    "late": "没有超过公开期限的信息。",
    "soon": f"没有{SOON}个工作日内到期的信息。",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the list shows it: `standing` of its clock with a tone, what it waits for."""

    entry: Entry
    state: EntryState
    standing: str
    tone: str
    note: str = ""
    may_publish: bool = False


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it does not know it leaves out."""

    person: Person
    told: Mapping[str, str]

    def value(self, name: str) -> str:
        """Return what the address says under a name."""
        return self.told.get(name, "").replace("\x00", "").strip()[:100]

    def number(self, name: str) -> int | None:
        """Return a key that the address tells."""
        text = self.value(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None

    @cached_property
    def view(self) -> str:
        """Return the part of the list asked for; a search is over everything."""
        asked = self.value("view")
        if asked in VIEWS and (asked or not self.narrowed):
            return asked
        return "all"

    @property
    def narrowed(self) -> bool:
        """Say whether any condition is told."""
        return any(self.value(name) for name in ("q", "organ", "section", "state"))

    @property
    def organ_ids(self) -> frozenset[int]:
        """Return the organs listed: the one asked for if it is seen, else all that are seen."""
        organ = self.number("organ")
        return frozenset({organ}) & self.person.sees if organ is not None else self.person.sees

    @property
    def states(self) -> tuple[EntryState, ...]:
        """Return the states listed."""
        if self.value("state") in _STATES:
            return (EntryState(self.value("state")),)
        return VIEWS[self.view][1]

    def entries(self, soon_on: date) -> QuerySet[Entry]:
        """Return the entries asked for, the newest first, what is owed the most urgent first."""
        today = self.person.today
        if self.view == "late":
            return queries.late_list(self.organ_ids, today)
        if self.view == "soon":
            return queries.due_list(self.organ_ids, today).filter(due_on__lte=soon_on)
        return queries.entries_for(
            self.organ_ids,
            states=self.states,
            words=self.value("q"),
            section_id=self.number("section"),
        )

    def link(self, **more: Any) -> str:
        """Return the address of this list with something changed."""
        kept = {name: self.value(name) for name in ("view", "q", "organ", "section", "state")}
        kept = {name: value for name, value in {**kept, **more}.items() if value not in ("", None)}
        return f"?{urlencode(kept)}"


class IndexView(DisclosureView):
    """The list."""

    template_name = "disclosure/entry/index.html"
    page_title = "公开信息"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what waits for the person, or a page of what is asked for."""
        asked = Asked(self.person, request.GET)
        own = asked.view == ""
        context = self.get_context_data(
            asked=asked,
            view=asked.view,
            views=[(name, label) for name, (label, _) in VIEWS.items()],
            organs=self.organs,
            organ_now=asked.number("organ"),
            sections=[] if own else section_choices(self.counties, self.person.sees, closed=True),
            section_now=asked.number("section"),
            state_now=asked.value("state"),
            states=list(EntryState),
            empty=_EMPTY.get(asked.view, "没有符合条件的信息。"),
            overrides=queries.overrides_for(self.person.looking) if own else [],
            **(self.mine() if own else self.page(asked)),
        )
        return self.render_to_response(context)

    @cached_property
    def organs(self) -> list[Organ]:
        """The organs that this person sees, in the county's order."""
        return list(Organ.objects.filter(pk__in=self.person.sees))

    @property
    def counties(self) -> set[int]:
        """The counties of these organs."""
        return {organ.county_id or organ.pk for organ in self.organs}

    @cached_property
    def soon_on(self) -> date:
        """The day up to which something is due soon."""
        return soon_on(self.person.today)

    def mine(self) -> dict[str, Any]:
        """Return what waits for this person: what came back, their steps, their drafts."""
        looking = self.person.looking
        queue = queries.queue_for(self.person.user, self.person.today, looking=looking)
        drafts = [entry for entry in queue if entry.state == _S.DRAFT]
        back = [entry for entry in drafts if entry.last == EntryEvent.RETURN]
        lines = [self.line(entry, f"被退回：{entry.why}") for entry in back]
        lines += [self.line(entry) for entry in queue if entry.state != _S.DRAFT]
        lines += [
            self.line(entry, "您的拟稿，写好后请送审") for entry in drafts if entry not in back
        ]
        return {"lines": lines, "may_publish": any(line.may_publish for line in lines)}

    def page(self, asked: Asked) -> dict[str, Any]:
        """Return a page of the list and the way to the next; keys first, then their rows."""
        found = asked.entries(self.soon_on)
        urgent = asked.view in ("late", "soon")
        before, skip = asked.number("before"), asked.number("skip") or 0
        if urgent:
            keys = list(found.values_list("pk", flat=True)[skip : skip + PAGE + 1])
        else:
            found = found.filter(pk__lt=before) if before else found
            keys = list(found.values_list("pk", flat=True)[: PAGE + 1])
        rows = Entry.objects.filter(pk__in=keys[:PAGE]).select_related("organ", "section")
        known = {row.pk: row for row in rows}
        lines = [self.line(known[pk]) for pk in keys[:PAGE] if pk in known]
        older = ""
        if len(keys) > PAGE:
            more = {"skip": skip + PAGE} if urgent else {"before": keys[PAGE - 1]}
            older = asked.link(**more)
        return {
            "lines": lines,
            "older": older,
            "newest": asked.link() if before or skip else "",
            "may_publish": any(line.may_publish for line in lines),
        }

    def line(self, entry: Entry, note: str = "") -> Line:
        """Return an entry as the list shows it."""
        state = EntryState(entry.state)
        standing, tone = standing_of(entry, self.person.today, self.soon_on)
        may = state is _S.SIGNED and self.person.may(EntryEvent.PUBLISH, entry.organ_id)
        return Line(entry, state, standing, tone, note, may)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here; the list is the chapter's own home."""
        return self.breadcrumbs_items

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer writing to those who may write."""
        if not self.person.looking.may[EntryEvent.EDIT]:
            return []
        return [HeaderButton("拟写信息", url=reverse("disclosure:entry_add"), icon_name="plus")]


class PublishSeveralView(DisclosureView):
    """Publish several signed texts: each is its own verb, checked by itself."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Publish each that may be published; say of the others why not."""
        keys = [key for key in request.POST.getlist("entry") if key.isascii() and key.isdigit()]
        seen = Entry.objects.of(self.person.looking.may[EntryEvent.PUBLISH])
        entries = list(seen.filter(pk__in=[key for key in keys if len(key) < 19])[:_MOST_AT_ONCE])
        if not entries:
            messages.error(request, "请先勾选要发布的信息。")
        done = 0
        for entry in entries:
            try:
                actions.publish(entry, **self.who)
                done += 1
            except DisclosureError as refused:
                messages.error(request, f"《{entry.title}》没有发布：{refused}")
        if done:
            messages.success(request, f"已发布{done}条。")
        if len(keys) > _MOST_AT_ONCE:
            messages.warning(request, f"一次最多发布{_MOST_AT_ONCE}条，其余的请再次办理。")
        return redirect("disclosure:entries")


def soon_on(today: date) -> date:
    """Return the day up to which something is due soon; today when the calendar does not know."""
    try:
        return workday_calendar().add(today, SOON)
    except UnknownYear:
        return today


def standing_of(entry: Entry, today: date, soon: date) -> tuple[str, str]:
    """Return how an entry stands with its clock or on the site, and the tone of it."""
    if entry.owing and entry.due_on and entry.state != _S.DISCARDED:
        said = f"{entry.due_on:%Y-%m-%d}"
        if entry.due_on < today:
            return f"{said}已超期", "bad"
        if entry.due_on == today:
            return "今天到期", "bad"
        return said, "warn" if entry.due_on <= soon else ""
    return "", ""
