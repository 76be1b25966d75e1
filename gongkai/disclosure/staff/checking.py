"""What the checks find, and letting a finding pass: asked by one person, settled by a second."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.disclosure import actions
from gongkai.disclosure.lifecycle import EntryEvent
from gongkai.disclosure.models import CheckFinding, Entry, Override
from gongkai.disclosure.queries import county_of
from gongkai.disclosure.rules import DisclosureError, Found
from gongkai.disclosure.staff.access import EntryScreen

_DOUBTED = re.compile(r"“([^”]+)”疑为")


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding with how its letting pass stands; `override` is None when nobody asked."""

    found: Found | CheckFinding
    override: Override | None

    @property
    def passed(self) -> bool:
        """Say whether a second person has let it pass."""
        return self.override is not None and self.override.granted_at is not None

    @property
    def word(self) -> str:
        """Return the words around a wrong word, by which it may be said to be none; else ""."""
        if not self.found.rule.startswith("wording."):
            return ""
        whole = _DOUBTED.search(self.found.message)
        return whole[1] if whole else self.found.found


def lines_of(
    entry: Entry,
    findings: Iterable[Found | CheckFinding],
    overrides: Iterable[Override] | None = None,
) -> list[FindingLine]:
    """Return findings with what was asked for each, blocking ones first."""
    asked = entry.overrides.filter(refused=False) if overrides is None else overrides
    known = {each.fingerprint: each for each in asked if not each.refused}
    ordered = sorted(findings, key=lambda found: not found.blocking)
    return [FindingLine(found, known.get(found.fingerprint)) for found in ordered]


def may_grant(entry: Entry, view: EntryScreen) -> bool:
    """Say whether the posts of the person let them settle what others asked."""
    return view.person.may(EntryEvent.RETURN, entry.organ_id)


def may_ask(entry: Entry, view: EntryScreen) -> bool:
    """Say whether the posts of the person let them ask that a finding be let pass."""
    return view.person.may(EntryEvent.EDIT, entry.organ_id) or may_grant(entry, view)


class CheckView(EntryScreen):
    """Run the checks on what is in hand or in review, and show what they find."""

    template_name = "disclosure/entry/check.html"
    page_title = "自动检查"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Check and show; nothing is written."""
        self.entry = self.find(pk)
        return self.show()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask that a finding be let pass."""
        self.entry = self.find(pk)
        if not may_ask(self.entry, self):
            raise PermissionDenied
        mark, reason = request.POST.get("fingerprint", ""), request.POST.get("reason", "")
        try:
            actions.ask_override(self.entry, fingerprint=mark, reason=reason, **self.who)
        except DisclosureError as refused:
            return self.show(problem=str(refused), asked=mark, typed=reason)
        messages.success(request, "已申请放行，由另一位审核人员确认后生效。")
        return redirect("disclosure:entry", self.entry.pk)

    def show(self, problem: str = "", **context: Any) -> HttpResponse:
        """Show the findings; with what stands against an asking, 422."""
        lines = lines_of(self.entry, actions.check(self.entry, on=self.person.today))
        context = self.get_context_data(
            entry=self.entry,
            lines=lines,
            standing=sum(line.found.blocking and not line.passed for line in lines),
            may_ask=may_ask(self.entry, self),
            keeps_lists=county_of(self.entry.organ) in self.person.kept_counties,
            problem=problem,
            **context,
        )
        return self.render_to_response(context, status=422 if problem else 200)


class OverrideView(EntryScreen):
    """Settle what another person asked: let the finding pass, or not."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, answer: str) -> HttpResponse:
        """Grant or refuse."""
        override = Override.objects.filter(pk=pk, entry__organ_id__in=self.person.sees).first()
        if override is None:
            raise Http404
        self.entry = self.find(override.entry_id)
        if not may_grant(self.entry, self):
            raise PermissionDenied
        verb = actions.grant_override if answer == "grant" else actions.refuse_override
        try:
            verb(override, **self.who)
        except DisclosureError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已同意放行。" if answer == "grant" else "已不同意放行。")
        return redirect("disclosure:entry", self.entry.pk)
