"""One entry (呈批单): how far it is, what the public would read, what was found, who did it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail import hooks

from gongkai.audit import word
from gongkai.audit.queries import history_of
from gongkai.disclosure import chapter_of, queries
from gongkai.disclosure.lifecycle import UNDER_REVIEW, EntryEvent, EntryState
from gongkai.disclosure.models import Entry, Version
from gongkai.disclosure.rules import FileShown, Told
from gongkai.disclosure.staff import casefile, checking, wording
from gongkai.disclosure.staff.access import EntryScreen
from gongkai.disclosure.staff.verbs import offer

# Higher storeys add what they know of an entry: a hook takes the request, the entry and the list.
PANELS = "construct_entry_panels"


class Shown:
    """The text that a screen is about: the version in review, the draft, or what is public."""

    def __init__(self, entry: Entry, version: Version | None = None) -> None:
        self.entry = entry
        self.version = version or entry.in_review
        self.held: queries.InHand | None = None
        draft = getattr(entry, "draft", None)
        if self.version is None and draft is not None:
            self.held = queries.in_hand(draft)
        if self.version is None and self.held is None:
            self.version = entry.published
        self.files: tuple[FileShown, ...] = ()
        self.told: Told | None = None
        if self.version is not None:
            content = queries.content_of(self.version)
            self.told, self.files = content.told, content.files
        elif self.held is not None:
            self.told, self.files = self.held.told, queries.files_in_hand(entry)

    @property
    def name(self) -> str:
        """Return which text it is, in words."""
        if self.version is None:
            return "稿件（尚未送审）"
        if self.entry.live and self.version.pk == self.entry.published_id:
            return f"第{self.version.number}版（公众现在看到的）"
        return f"第{self.version.number}版（送审时冻结）"

    @property
    def address(self) -> str:
        """Return where the text is shown as the public would see it."""
        if self.version is None:
            return reverse("disclosure:entry_preview", args=[self.entry.pk])
        args = [self.entry.pk, self.version.number]
        return reverse("disclosure:entry_preview_version", args=args)

    @property
    def section(self) -> str:
        """Return the section's name as far as the entry's row knows it."""
        return str(self.entry.section)


class RecordView(EntryScreen):
    """The entry's page."""

    template_name = "disclosure/entry/record.html"

    def trail(self) -> list[dict[str, Any]]:
        """Return nothing: the page hangs on the list."""
        return []

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the entry."""
        self.entry = entry = self.find(pk)
        self.page_title = entry.title
        shown = Shown(entry)
        acts = casefile.acts_on_record(entry)
        overrides = list(entry.overrides.order_by("pk"))
        state = EntryState(entry.state)
        panels: list[Any] = []
        for hook in hooks.get_hooks(PANELS):
            hook(request, entry, panels)
        context = self.get_context_data(
            entry=entry,
            panels=panels,
            state=state,
            shown=shown,
            facts=wording.facts_of(shown.told, shown.section) if shown.told else [],
            road=casefile.road(entry, acts, queries.steps_of(entry.organ, self.person.today)),
            clock=casefile.clock_sum(entry, shown.told, self.person.today),
            today=self.person.today,
            offer=offer(entry, self.person.looking),
            acts=acts,
            returned=_returned(state, acts),
            secrecy=casefile.secrecy_of(acts),
            items=list(entry.items.select_related("item__field")),
            may_link=self.person.may(EntryEvent.EDIT, entry.organ_id),
            files=[(file, wording.said_file(file)) for file in shown.files],
            chapter=chapter_of(entry.record).address(entry),
            history=[(word(line.verb), line) for line in history_of(entry.record_id)],
            **self._checks(shown, overrides),
            **_differences(entry, shown),
        )
        return self.render_to_response(context)

    def _checks(self, shown: Shown, overrides: list[Any]) -> dict[str, Any]:
        """Return what the checks found when the version was submitted, and what is asked."""
        entry, version = self.entry, shown.version
        found = list(version.findings.all()) if version is not None else []
        lines = checking.lines_of(entry, found, overrides)
        pending = [each for each in overrides if each.granted_at is None and not each.refused]
        return {
            "lines": lines,
            "checked": version is not None,
            "pending": pending,
            "settled": [each for each in overrides if each not in pending],
            "may_grant": checking.may_grant(entry, self),
            "account": self.person.user.username,
        }


def _returned(state: EntryState, acts: list[casefile.Act]) -> casefile.Act | None:
    """Return the act that sent a draft back, when that is what happened last."""
    last = acts[-1] if acts else None
    back = state is EntryState.DRAFT and last is not None and last.event is EntryEvent.RETURN
    return last if back else None


def _differences(entry: Entry, shown: Shown) -> dict[str, Any]:
    """Return how the text differs from what is public."""
    public = entry.published
    if public is None or shown.told is None or (shown.version and shown.version.pk == public.pk):
        return {"compared": None}
    content = queries.content_of(public)
    return {
        "compared": public,
        "changes": [
            *wording.changes(wording.facts_of(content.told), wording.facts_of(shown.told)),
            *wording.file_changes(content.files, shown.files),
        ],
        "difference": wording.compared(public.body, shown.told.body),
    }


class SheetView(EntryScreen):
    """The review on one sheet (政府信息公开审查呈批单), for printing and the file."""

    template_name = "disclosure/entry/sheet.html"
    page_title = "政府信息公开审查呈批单"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the sheet of the version in review, or of the public one."""
        self.entry = entry = self.find(pk)
        shown = Shown(entry)
        if shown.told is None:
            raise Http404
        acts = casefile.acts_on_record(entry)
        found = list(shown.version.findings.all()) if shown.version is not None else []
        overrides = list(entry.overrides.filter(refused=False))
        context = self.get_context_data(
            entry=entry,
            shown=shown,
            facts={fact.name: fact.value for fact in wording.facts_of(shown.told, shown.section)},
            files=[wording.said_file(file) for file in shown.files],
            passed=casefile.passed_by(acts),
            secrecy=casefile.secrecy_of(acts),
            lines=checking.lines_of(entry, found, overrides),
            under_review=EntryState(entry.state) in UNDER_REVIEW,
        )
        return self.render_to_response(context)
