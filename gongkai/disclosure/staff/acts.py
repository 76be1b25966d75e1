"""The form of one verb on one entry; the text stands beside it where it is to be read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.disclosure.lifecycle import TRANSITIONS, EntryEvent, EntryState
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import open_acts, steps_of
from gongkai.disclosure.rules import ChecksStand, DisclosureError
from gongkai.disclosure.staff.access import EntryScreen, put_beside
from gongkai.disclosure.staff.checking import lines_of
from gongkai.disclosure.staff.verb_forms import VerbForm
from gongkai.disclosure.staff.verbs import BY_SLUG, Verb

_TO_SECOND = "本机关实行三级审核，通过后送复审。"
_TO_SECRECY = "本机关实行两级审核，通过后送保密审查。"
_TO_EDITOR = (EntryEvent.REVISE, EntryEvent.RECALL)


class ActView(EntryScreen):
    """The form of one verb; nothing typed is lost when it is refused."""

    template_name = "disclosure/entry/act.html"
    verb: Verb

    def prepare(self, pk: int, slug: str) -> str:
        """Find entry and verb, refuse whose posts do not allow it; return why not now, or ""."""
        self.entry = self.find(pk)
        if slug not in BY_SLUG:
            raise Http404
        self.verb = BY_SLUG[slug]
        self.page_title = self.verb.label
        self.allow(self.verb.event, self.entry)
        return self.against()

    def against(self) -> str:
        """Return why this person may not do the verb now, "" when they may."""
        state = EntryState(self.entry.state)
        if (state, self.verb.event) not in TRANSITIONS:
            return f"这条信息“{state.label}”，不能{self.verb.label}。"
        acts = open_acts(self.entry, self.person.looking)
        return acts.get(self.verb.event, "这条信息现在不能这样办理。")

    def form(self, data: Any = None) -> VerbForm:
        """Return the verb's form for this entry."""
        return self.verb.form(data, entry=self.entry, now=self.person.now)

    def get(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        """Show the form, or why the verb is refused now."""
        why = self.prepare(pk, slug)
        if why:
            messages.error(request, why)
            return redirect("disclosure:entry", self.entry.pk)
        return self.show(self.form())

    def post(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        """Do the verb, or show the form again with what stands against it."""
        self.prepare(pk, slug)
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            entry = self.verb.call(self.entry, **form.values(), **self.who)
        except ChecksStand as refused:
            return self.show(form, findings=lines_of(self.entry, refused.findings), status=422)
        except DisclosureError as refused:
            put_beside(form, refused, {"reason": "why" if "why" in form.fields else "note"})
            return self.show(form)
        messages.success(request, self.verb.done)
        return self.onward(entry)

    def onward(self, entry: Entry) -> HttpResponse:
        """Go on: to the editor when there is to be written, else to the entry."""
        if self.verb.event in _TO_EDITOR and self.person.may(EntryEvent.EDIT, entry.organ_id):
            return redirect("disclosure:entry_edit", entry.pk)
        return redirect("disclosure:entry", entry.pk)

    def show(self, form: VerbForm, *, status: int = 200, **context: Any) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        warning = self.verb.warning
        if self.verb.event is EntryEvent.APPROVE_FIRST:
            three = steps_of(self.entry.organ, self.person.today) == 3
            warning = _TO_SECOND if three else _TO_SECRECY
        context = self.get_context_data(
            entry=self.entry,
            state=EntryState(self.entry.state),
            verb=self.verb,
            form=form,
            media=form.media,
            warning=warning,
            elsewhere=_elsewhere(form),
            **context,
        )
        return self.render_to_response(context, status=422 if form.errors else status)


def _elsewhere(form: VerbForm) -> list[str]:
    """Return what was refused of the text itself, whose fields stand in the editor."""
    return list(form.non_field_errors())
