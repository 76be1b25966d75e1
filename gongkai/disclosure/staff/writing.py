"""Writing: begin an entry, then the editor, in which nothing that was typed is ever lost.

Every button of the editor carries the whole form. A second editor sees what the first has saved,
side by side with their own, and decides.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.accounts.models import User
from gongkai.adapters.filetype import ACCEPT
from gongkai.adapters.richtext import Unreadable, clean
from gongkai.disclosure import actions, queries
from gongkai.disclosure.lifecycle import EntryEvent, EntryState
from gongkai.disclosure.models import AttachmentRole, Entry, Section
from gongkai.disclosure.rules import ChangedMeanwhile, DisclosureError, Fault, Told
from gongkai.disclosure.rules.addresses import reference
from gongkai.disclosure.rules.errors import EntryRefused
from gongkai.disclosure.staff import attached, wording
from gongkai.disclosure.staff.access import DisclosureView, EntryScreen, put_beside
from gongkai.disclosure.staff.entry_forms import EntryForm, StartForm, initial_of
from gongkai.disclosure.staff.word_upload import Taken, take

_LISTS = ("extra_sections",)


class StartView(DisclosureView):
    """Begin an entry with what everybody knows at once; the rest follows in the editor."""

    template_name = "disclosure/entry/start.html"
    page_title = "拟写信息"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form, with organ and section proposed by the address."""
        self.writer_only()
        asked = {name: request.GET.get(name) for name in ("organ", "section")}
        return self.show(StartForm(organs=self.person.writes_for, initial=asked))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin the entry, with the text of a Word file when one is handed in."""
        self.writer_only()
        form = StartForm(request.POST, request.FILES, organs=self.person.writes_for)
        if not form.is_valid():
            return self.show(form)
        try:
            with transaction.atomic():
                entry, notes = self.begin(form.cleaned_data)
        except DisclosureError as refused:
            put_beside(form, refused)
            return self.show(form)
        messages.success(request, "已建立，请继续填写。")
        for note in notes:
            messages.warning(request, note)
        return redirect("disclosure:entry_edit", entry.pk)

    def begin(self, told: dict[str, Any]) -> tuple[Entry, tuple[str, ...]]:
        """Create the entry and take the file over; return both it and what to know."""
        section = Section.objects.get(pk=told["section"])
        first = Told(told["title"], told["formed_on"], document_number=told["document_number"])
        entry = actions.create(told["organ"], section=section, told=first, **self.who)
        if not told["word"]:
            return entry, ()
        taken = take(entry, told["word"], self.who)
        held = queries.told_of(entry)
        text = Told.read(held.told.metadata(), taken.html)
        actions.edit(entry, told=text, revision=held.revision, **self.who)
        return entry, taken.notes

    def writer_only(self) -> None:
        """Refuse who may write for no organ."""
        if not self.person.looking.may[EntryEvent.EDIT]:
            raise PermissionDenied

    def show(self, form: StartForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(form=form, media=form.media)
        return self.render_to_response(context, status=422 if form.errors else 200)


class EditView(EntryScreen):
    """The editor of the text in hand."""

    template_name = "disclosure/entry/edit.html"
    page_title = "编辑稿件"

    def enter(self, **named: Any) -> HttpResponse | None:
        """Find the entry, which must be a draft that this person may write."""
        self.entry = self.find(named["pk"])
        self.allow(EntryEvent.EDIT, self.entry)
        held = queries.told_of(self.entry)
        if self.entry.state != EntryState.DRAFT or held is None:
            label = EntryState(self.entry.state).label
            said = f"这条信息“{label}”，不能编辑。送审中的请先撤回，已发布的请先修订。"
            messages.error(self.request, said)
            return redirect("disclosure:entry", self.entry.pk)
        self.held = held
        return None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what is saved."""
        held = self.held
        return self.show(self.form(initial=initial_of(held.told, held.section_id, held.revision)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says."""
        name, _, key = request.POST.get("do", "save").partition(":")
        if name in ("save", "go"):
            return self.save(onward=name == "go")
        if request.POST.get("revision") != str(self.held.revision):
            return self.conflict()
        doing = _DOINGS.get(name)
        if doing is None:
            return self.save(onward=False)
        try:
            return doing(self, key)
        except DisclosureError as refused:
            return self.again(problems=_messages(refused))

    def form(self, *args: Any, **kwargs: Any) -> EntryForm:
        """Return the form for this entry's organ."""
        return EntryForm(*args, organ=self.entry.organ, kept=[self.held.section_id], **kwargs)

    def save(self, *, onward: bool) -> HttpResponse:
        """Save the whole form, or show it again with what stands against it."""
        form = self.form(self.request.POST)
        if not form.is_valid():
            return self.show(form)
        told, section = form.told(), Section.objects.get(pk=form.cleaned_data["section"])
        try:
            dropped = self.cleaned(told.body).dropped if told.body.strip() else ()
            with transaction.atomic():
                revision = form.cleaned_data["revision"]
                actions.edit(self.entry, told=told, revision=revision, section=section, **self.who)
                attached.save_rows(self.entry, self.request.POST, self.who)
        except ChangedMeanwhile:
            return self.conflict(told)
        except DisclosureError as refused:
            put_beside(form, refused, {"files": ""})
            return self.show(form)
        messages.success(self.request, "已保存。")
        for what in dropped:
            messages.warning(self.request, f"已略去：{what}")
        if onward:
            return redirect("disclosure:entry_act", self.entry.pk, "submit")
        return redirect("disclosure:entry_edit", self.entry.pk)

    def cleaned(self, body: str) -> Any:
        """Return a body as it would be saved; raises EntryRefused."""
        known = {reference(pk): reference(pk) for pk in self.attachment_ids()}
        try:
            return clean(body, known)
        except Unreadable as why:
            raise EntryRefused(Fault("body", str(why))) from None

    def attachment_ids(self) -> list[Any]:
        """Return the ids of the attachments that a body may name."""
        return list(self.entry.attachments.values_list("pk", flat=True))

    def tidy(self, key: str) -> HttpResponse:
        """Show the text as it will be saved, and what is left out."""
        made = self.cleaned(self.request.POST.get("body", ""))
        shown = attached.with_staff_addresses(self.entry, made.html)
        return self.again(body=made.html, cleaned=made, shown=shown)

    def from_word(self, key: str) -> HttpResponse:
        """Put the text of a file in place of what stands in the editor; it is not saved yet."""
        taken: Taken = take(self.entry, self.request.FILES.get("word"), self.who)
        said = ["文件已转为正文，请核对后保存；保存前原来的正文仍在。"]
        return self.again(body=taken.html, said=said, notes=taken.notes)

    def attach(self, key: str) -> HttpResponse:
        """Attach files."""
        problems = attached.add(self.entry, self.request, self.who)
        return self.again(problems=problems, said=[] if problems else ["附件已上传。"])

    def detach(self, key: str) -> HttpResponse:
        """Take an attachment away."""
        actions.detach(attached.one_of(self.entry, key), **self.who)
        return self.again(said=["附件已移除。"])

    def move_up(self, key: str) -> HttpResponse:
        """Move an attachment up."""
        attached.move(self.entry, attached.one_of(self.entry, key), -1, self.who)
        return self.again()

    def move_down(self, key: str) -> HttpResponse:
        """Move an attachment down."""
        attached.move(self.entry, attached.one_of(self.entry, key), 1, self.who)
        return self.again()

    def conflict(self, mine: Told | None = None) -> HttpResponse:
        """Show what somebody else has saved meanwhile beside what was typed; nothing is lost."""
        theirs = queries.told_of(self.entry)
        if mine is None:
            form = self.form(self.request.POST)
            mine = form.told() if form.is_valid() else None
        context: dict[str, Any] = {"theirs": theirs, "their_names": _names(theirs.authors)}
        if mine is not None:
            context["differences"] = wording.changes(
                wording.facts_of(theirs.told), wording.facts_of(mine)
            )
            body = self.cleaned(mine.body).html if mine.body.strip() else ""
            context["lines"] = wording.compared(theirs.told.body, body)
        return self.again(status=409, **context)

    def again(self, *, body: str | None = None, status: int = 200, **context: Any) -> HttpResponse:
        """Show the editor with all that was typed, at the revision of now; nothing is checked."""
        self.held = queries.told_of(self.entry)
        typed = _typed(self.request.POST)
        typed["revision"] = self.held.revision
        if body is not None:
            typed["body"] = body
        if context.get("problems"):
            status = 422
        return self.show(self.form(initial=typed), status=status, **context)

    def show(self, form: EntryForm, *, status: int = 200, **context: Any) -> HttpResponse:
        """Show the editor; 422 when the form was refused."""
        context = self.get_context_data(
            entry=self.entry,
            form=form,
            held=self.held,
            rows=attached.rows_of(self.entry, self.request.POST),
            loose=attached.loose_files(self.entry),
            roles=AttachmentRole.choices,
            new_role=self.request.POST.get("new-role", ""),
            accept=ACCEPT,
            **context,
        )
        return self.render_to_response(context, status=422 if form.errors else status)


_DOINGS: dict[str, Callable[[EditView, str], HttpResponse]] = {
    "tidy": EditView.tidy,
    "word": EditView.from_word,
    "attach": EditView.attach,
    "detach": EditView.detach,
    "up": EditView.move_up,
    "down": EditView.move_down,
}


def _typed(data: QueryDict) -> dict[str, Any]:
    return {name: data.getlist(name) if name in _LISTS else data.get(name) for name in data}


def _messages(refused: DisclosureError) -> list[str]:
    if isinstance(refused, EntryRefused) and refused.faults:
        return [fault.message for fault in refused.faults]
    return [str(refused)]


def _names(accounts: tuple[str, ...]) -> str:
    """Return the names of the people behind accounts, the accounts of those unknown."""
    known = dict(User.objects.filter(username__in=accounts).values_list("username", "name"))
    return "、".join(known.get(account) or account for account in accounts)
