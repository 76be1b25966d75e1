"""Who sees the register, who opens a letter, who manages templates and profiles.

The register names no person, so all who work for the organ see it; a letter's files show
personal data and are for those who handle requests. The county office alone manages.
"""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse_lazy
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.letters import queries
from gongkai.letters.models import Letter
from gongkai.letters.queries import OPENERS, VIEWERS
from gongkai.letters.rules.kinds import LetterKind
from gongkai.orgs.models import Organ, Role
from gongkai.orgs.queries import Official, organs_seen_by

MANAGERS = frozenset({Role.OGI_OFFICE})


def official(request: HttpRequest) -> Official:
    """Return the signed-in person at this moment."""
    return Official(request.user, timezone.now(), MANAGERS, VIEWERS)


class LettersView(WagtailAdminTemplateMixin, View):
    """A screen of letters: page furniture, the person, what they may see."""

    header_icon = "mail"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("letters:index"), "label": "公文文书"},
    ]

    @cached_property
    def person(self) -> Official:
        """The signed-in person at the moment of the request."""
        return official(self.request)

    @cached_property
    def opens(self) -> frozenset[int]:
        """The organs whose letters this person may open."""
        seen = organs_seen_by(self.request.user, self.person.today, OPENERS)
        return frozenset(seen.values_list("pk", flat=True))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def managers_only(self) -> None:
        """Refuse a person who manages the letters of no organ."""
        if not self.person.acts_for.exists():
            raise PermissionDenied

    def viewers_only(self) -> None:
        """Refuse a person who sees the letters of no organ."""
        if not self.person.sees.exists():
            raise PermissionDenied

    def organ(self, pk: int) -> Organ:
        """Return an organ whose letters this person manages; else 404, or refused when seen."""
        found = self.person.sees.filter(pk=pk).first()
        if found is None:
            raise Http404
        if not self.person.may_act_for(found.pk):
            raise PermissionDenied
        return found

    def letter(self, pk: Any) -> Letter:
        """Return a letter of an organ that this person sees; else 404."""
        organs = self.person.sees.values_list("pk", flat=True)
        found = queries.register(organs).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def kind(self, code: str) -> LetterKind:
        """Return the kind with a code; else 404."""
        try:
            return LetterKind(code)
        except ValueError:
            raise Http404 from None
