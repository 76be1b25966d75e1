"""Who sees entries and who does what on them: posts decide, being a superuser is no post.

An entry of an organ that the person does not see is as if it were not there (404); a verb that
the person's posts do not allow is refused. `queries.ROLES` is the one table of verbs and roles.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from gongkai.accounts.models import User
from gongkai.audit import Actor
from gongkai.disclosure.lifecycle import EntryEvent
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import VIEWERS, Looking
from gongkai.disclosure.rules import DisclosureError, EntryRefused
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.orgs.queries import held_by, organs_seen_by

KEEPERS = frozenset({Role.OGI_OFFICE, Role.OGI_HEAD})
_CASE = ("organ__county", "section", "in_review", "published", "draft")


@dataclass(frozen=True)
class Person:
    """The signed-in person at a moment, and what their posts let them do here."""

    user: User
    now: datetime

    @property
    def today(self) -> date:
        """The day of the moment in the county."""
        return timezone.localdate(self.now)

    @cached_property
    def looking(self) -> Looking:
        """What the posts allow, organ by organ."""
        return Looking.of(self.user, self.today)

    @cached_property
    def sees(self) -> frozenset[int]:
        """The ids of the organs whose entries this person may see."""
        return self.looking.sees

    @cached_property
    def writes_for(self) -> QuerySet[Organ]:
        """The organs for which this person may write."""
        return Organ.objects.filter(pk__in=self.looking.may[EntryEvent.EDIT])

    def may(self, event: EntryEvent, organ_id: int) -> bool:
        """Say whether this person's posts allow `event` on an entry of an organ."""
        return self.looking.may_do(event, organ_id)

    @cached_property
    def kept_counties(self) -> frozenset[int]:
        """The counties whose sections and rules this person keeps."""
        seen = organs_seen_by(self.user, self.today, KEEPERS)
        county = seen.filter(kind=OrganKind.COUNTY_GOVERNMENT).order_by()
        return frozenset(county.values_list("pk", flat=True))

    @cached_property
    def actor(self) -> Actor:
        """This person by value, with the posts they act from."""
        posts = [post for post in held_by(self.user, self.today) if post.role in VIEWERS]
        return self.user.actor("、".join(str(post) for post in posts[:3]))


class DisclosureView(WagtailAdminTemplateMixin, View):
    """A screen of entries: page furniture, the person, the entries they may see."""

    header_icon = "doc-full-inverse"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
        {"url": reverse_lazy("disclosure:entries"), "label": "公开信息"},
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Turn away who has no post in disclosure."""
        if not self.person.sees:
            raise PermissionDenied
        return self.enter(**kwargs) or super().dispatch(request, *args, **kwargs)

    def enter(self, **named: Any) -> HttpResponse | None:
        """Find what the address names and refuse whom it must; an answer leads elsewhere."""
        return None

    @cached_property
    def person(self) -> Person:
        """The signed-in person at the moment of the request."""
        return Person(self.request.user, timezone.now())

    @cached_property
    def who(self) -> dict[str, Any]:
        """The person and the moment, as verbs take them."""
        return {"by": self.person.actor, "at": self.person.now}

    def trail(self) -> list[dict[str, Any]]:
        """Return the screens between the list and this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen."""
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, *self.trail(), here]

    def find(self, pk: int) -> Entry:
        """Return an entry that this person may see; else 404."""
        seen = Entry.objects.of(self.person.sees).select_related(*_CASE)
        found = seen.filter(pk=pk).first()
        if found is None:
            raise Http404("没有这条信息，或者您无权查看。")
        return found

    def allow(self, event: EntryEvent, entry: Entry) -> None:
        """Refuse a person whose posts do not allow `event` on this entry."""
        if not self.person.may(event, entry.organ_id):
            raise PermissionDenied


class EntryScreen(DisclosureView):
    """A screen about one entry, between the list and which stands the entry's own page."""

    entry: Entry

    def trail(self) -> list[dict[str, Any]]:
        """Return the entry's page."""
        title = self.entry.title
        label = title if len(title) <= 20 else f"{title[:19]}…"
        return [{"url": reverse("disclosure:entry", args=[self.entry.pk]), "label": label}]


def put_beside(
    form: forms.Form, refused: DisclosureError, beside: Mapping[str, str] | None = None
) -> None:
    """Put each fault of a refusal beside its field of the form."""
    beside = beside or {}
    if isinstance(refused, EntryRefused) and refused.faults:
        told = [(beside.get(fault.field, fault.field), fault.message) for fault in refused.faults]
    else:
        told = [(beside.get(refused.field, refused.field), str(refused))]
    for name, message in told:
        form.add_error(name if name in form.fields else None, message)
