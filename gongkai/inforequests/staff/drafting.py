"""Drafting an answer and looking at the draft: two steps, then the letter beside the facts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.files.queries import files_of
from gongkai.inforequests import actions, rules
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import VIEWERS, acts_of, masked_requester
from gongkai.inforequests.queries.answer_letters import answer_letter
from gongkai.inforequests.staff.access import CaseScreen
from gongkai.inforequests.staff.cases import WINDOW, items_of
from gongkai.inforequests.staff.draft_forms import (
    ChoiceForm,
    DraftForm,
    released_files,
)
from gongkai.inforequests.staff.standing import standing_of
from gongkai.inforequests.staff.verbs import BY_SLUG, why_not
from gongkai.letters.actions import preview
from gongkai.letters.queries import LetterError, LetterKind, facts_of, letters_about
from gongkai.statute.grounds import Ground

DRAFT = BY_SLUG["draft_reply"]
_ON_ITS_WAY = (State.UNDER_REVIEW, State.REVIEWED, State.SIGNED, State.ISSUED)
_VERBS = ("pass_draft", "sign", "issue_reply", "serve", "return_draft", "cancel_issue")


class DraftView(CaseScreen):
    """The draft: choosing by GET, so that going back loses nothing; filling in by POST."""

    template_name = "inforequests/draft.html"
    page_title = "拟写答复"

    def prepare(self, pk: UUID) -> None:
        """Find the case and refuse whose posts do not allow a draft."""
        self.info_request = self.case(pk)
        self.allow(DRAFT.event, self.info_request)
        self.items = items_of(self.info_request)
        self.before = last_draft(acts_of(self.info_request))

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the first step, or the second when every item has its result."""
        self.prepare(pk)
        state = State(self.info_request.state)
        if not DRAFT.fits(state):
            messages.error(request, why_not(DRAFT, state))
            return redirect("inforequests:record", pk)
        told = any(name.startswith("item_") for name in request.GET)
        if not told:
            return self.show(choice=ChoiceForm(items=self.items, initial=self._chosen_before()))
        choice = ChoiceForm(request.GET, items=self.items)
        if "back" in request.GET or not choice.is_valid():
            if "back" in request.GET:
                initial = {name: request.GET.get(name) for name in choice.fields}
                choice = ChoiceForm(items=self.items, initial=initial)
            return self.show(choice=choice)
        return self.show(form=self._form(None, choice))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Hand the draft in, or show it again with what stands against it."""
        self.prepare(pk)
        choice = ChoiceForm(request.GET, items=self.items)
        if not choice.is_valid():
            return self.show(choice=choice)
        form = self._form(request.POST, choice)
        if not form.is_valid():
            return self.show(form=form)
        try:
            actions.draft_reply(
                self.info_request, on=form.cleaned_data["on"], **form.told(), **self.who
            )
        except RequestError as refused:
            field = getattr(refused, "field", "")
            form.add_error(field if field in form.fields else None, str(refused))
            return self.show(form=form)
        messages.success(request, "答复稿已提交审核")
        return redirect("inforequests:review", pk)

    def show(self, choice: ChoiceForm | None = None, form: DraftForm | None = None) -> HttpResponse:
        """Show one of the two steps; 422 when it was refused."""
        shown = form or choice
        acts = acts_of(self.info_request)
        context = self.get_context_data(
            info_request=self.info_request,
            choice=choice,
            form=shown,
            draft=form,
            chosen=self.request.GET.urlencode(),
            sent_back=_sent_back(acts),
            unmet=_unmet(acts, form.draft_data()) if form else (),
            media=shown.media if shown else None,
        )
        return self.render_to_response(context, status=422 if shown and shown.errors else 200)

    def _form(self, data: Any, choice: ChoiceForm) -> DraftForm:
        return DraftForm(
            data,
            info_request=self.info_request,
            chosen=choice.chosen(),
            released=released_files(list(files_of(self.info_request.typed_id))),
            today=self.person.today,
            before=self.before,
        )

    def _chosen_before(self) -> dict[str, str]:
        if self.before is None:
            return {}
        grounds, letters = self.before.data["grounds"], self.before.data.get("letters", {})
        return {
            f"item_{place}": f"{ground}:{letters.get(place, Ground(ground).letters[0])}"
            for place, ground in grounds.items()
        }


class ReviewView(CaseScreen):
    """The draft beside its letter, with what the person may do about it."""

    template_name = "inforequests/review.html"
    page_title = "答复稿"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the newest draft; back to the case when nothing is on its way."""
        self.info_request = self.case(pk)
        state = State(self.info_request.state)
        acts = acts_of(self.info_request)
        draft = last_draft(acts)
        if draft is None or state not in _ON_ITS_WAY:
            messages.info(request, "没有正在审签的答复稿")
            return redirect("inforequests:record", pk)
        mine = [
            verb
            for verb in standing_of(self.info_request, self.person, acts).offered()
            if verb.slug in _VERBS and self.person.may(verb.event, self.info_request.organ_id)
        ]
        own_draft = draft.account == self.person.user.username
        context = self.get_context_data(
            info_request=self.info_request,
            items=draft_items(self.info_request, draft),
            draft=draft,
            drafted_by=self.info_request.acts.get(sequence=draft.sequence).actor_name,
            history=_history(self.info_request, draft),
            verbs=mine,
            own_draft=own_draft,
            unmet=_unmet(acts, draft.data) if state is not State.ISSUED else (),
            letters=[
                letter
                for letter in letters_about(self.info_request.typed_id)
                if letter.letter_kind.is_answer
            ],
            issued=state is State.ISSUED,
            may_open=self.info_request.organ_id in self.person.organs_as(VIEWERS - WINDOW),
        )
        return self.render_to_response(context)


class PreviewView(CaseScreen):
    """The letter that the draft would become, unnumbered; the requester's name stays masked."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Return the preview as PDF."""
        self.info_request = self.case(pk)
        try:
            kind, values = answer_letter(self.info_request)
            masked = replace(values, recipient=masked_requester(self.info_request))
            organ, today = self.info_request.organ, self.person.today
            made = preview(organ, kind=kind, values=masked, on=today)
        except LetterError as refused:
            return HttpResponse(str(refused), status=422, content_type="text/plain; charset=utf-8")
        except LookupError:
            raise Http404("没有正在审签的答复稿。") from None
        response = HttpResponse(made.pdf, content_type="application/pdf")
        response["Content-Disposition"] = "inline; filename=preview.pdf"
        response["Cache-Control"] = "private, no-store"
        return response


def last_draft(acts: tuple[CaseAct, ...]) -> CaseAct | None:
    """Return the newest draft of a case."""
    return next((act for act in reversed(acts) if act.kind is Event.DRAFT_REPLY), None)


def draft_items(info_request: InfoRequest, draft: CaseAct) -> list[dict[str, Any]]:
    """Return each item of a draft in words: what was asked, its result, what its letter tells."""
    data = draft.data
    files = {str(file.id): file for file in files_of(info_request.typed_id)}
    found = []
    for item in info_request.items.order_by("place"):
        key = str(item.place)
        ground = Ground(data["grounds"][key])
        code = data.get("letters", {}).get(key, ground.letters[0])
        told = data.get("details", {}).get(key, {})
        labels = {fact.name: fact.label for fact in facts_of(LetterKind(code))}
        found.append(
            {
                "item": item,
                "ground": ground.label,
                "articles": "、".join(article.place for article in ground.articles),
                "letter": LetterKind(code).label,
                "told": [(labels.get(name, name), value) for name, value in told.items() if value],
                "words": data.get("facts", {}).get(key, ""),
                "files": [
                    files[each] for each in data.get("released", {}).get(key, ()) if each in files
                ],
            }
        )
    return found


def _unmet(acts: tuple[CaseAct, ...], data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what would keep a draft from being issued as the case stands."""
    case = rules.replay(acts)
    return rules.unmet_claims(case, CaseAct(0, Event.DRAFT_REPLY, case.last_on, data))


def _sent_back(acts: tuple[CaseAct, ...]) -> str:
    """Return why the last draft was sent back, "" when none was."""
    for act in reversed(acts):
        if act.kind is Event.DRAFT_REPLY:
            return ""
        if act.kind is Event.RETURN_DRAFT:
            return act.data["why"]
    return ""


def _history(info_request: InfoRequest, draft: CaseAct) -> list[Any]:
    """Return what was said of this draft since it was handed in."""
    kinds = (Event.PASS_DRAFT, Event.RETURN_DRAFT, Event.SIGN)
    return list(
        info_request.acts.filter(sequence__gt=draft.sequence, kind__in=kinds).order_by("sequence")
    )
