"""What officials find of entries: their lists, what is due and late, what waits for whom.

Every list takes the organs that the asker may see (`orgs.queries.Official.sees`): a township never
finds another organ's drafts.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from gongkai.disclosure.lifecycle import TRANSITIONS, EntryEvent, EntryState
from gongkai.disclosure.models import Entry, EntryQuerySet
from gongkai.disclosure.queries.entries import passed_on
from gongkai.disclosure.rules.people import against
from gongkai.orgs.models import Organ, Role
from gongkai.orgs.queries import organs_seen_by

WRITERS = frozenset({Role.OGI_OFFICE, Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK})
ROLES: dict[EntryEvent, frozenset[Role]] = {
    **dict.fromkeys(
        (
            *(EntryEvent.EDIT, EntryEvent.SUBMIT, EntryEvent.RECALL, EntryEvent.DISCARD),
            *(EntryEvent.REVISE, EntryEvent.GIVE_UP),
        ),
        WRITERS,
    ),
    EntryEvent.APPROVE_FIRST: frozenset({Role.REVIEWER, Role.OGI_OFFICE}),
    EntryEvent.APPROVE_ONLY: frozenset({Role.REVIEWER, Role.OGI_OFFICE}),
    EntryEvent.APPROVE_SECOND: frozenset({Role.REVIEWER, Role.OGI_HEAD}),
    EntryEvent.CLEAR_SECRECY: frozenset({Role.SECRECY_REVIEWER}),
    EntryEvent.SIGN: frozenset({Role.LEADER, Role.OGI_HEAD}),
    **dict.fromkeys(
        (EntryEvent.PUBLISH, EntryEvent.SCHEDULE, EntryEvent.UNSCHEDULE, EntryEvent.WITHDRAW),
        frozenset({Role.PUBLISHER, Role.OGI_OFFICE, Role.LEADER, Role.OGI_HEAD}),
    ),
}
VIEWERS = frozenset().union(*ROLES.values())
_STEP_AT = {
    EntryState.FIRST_REVIEW: EntryEvent.APPROVE_FIRST,
    EntryState.SECOND_REVIEW: EntryEvent.APPROVE_SECOND,
    EntryState.SECRECY_REVIEW: EntryEvent.CLEAR_SECRECY,
    EntryState.SIGNING: EntryEvent.SIGN,
    EntryState.SIGNED: EntryEvent.PUBLISH,
}


@dataclass(frozen=True, slots=True)
class Looking:
    """What a person's posts let them do on a day, asked once: organs by the event they may do."""

    account: str
    may: dict[EntryEvent, frozenset[int]]

    @classmethod
    def of(cls, user: object, today: date) -> "Looking":
        """Return what `user` may do; at most a query a set of roles."""
        organs: dict[frozenset[Role], frozenset[int]] = {}
        for roles in set(ROLES.values()):
            seen = organs_seen_by(user, today, roles).values_list("pk", flat=True)
            organs[roles] = frozenset(seen)
        return cls(user.username, {event: organs[roles] for event, roles in ROLES.items()})

    def may_do(self, event: EntryEvent, organ_id: int) -> bool:
        """Say whether the posts allow an event for an organ's entries, the person apart."""
        if event is EntryEvent.RETURN:
            return any(organ_id in self.may[step] for step in _STEP_AT.values())
        return organ_id in self.may.get(event, frozenset())


def entries_for(
    organ_ids: Collection[int],
    *,
    states: Collection[EntryState] = (),
    words: str = "",
    section_id: int | None = None,
    late_on: date | None = None,
) -> QuerySet[Entry]:
    """Return entries of these organs, newest first: by state, words of title or number, lateness.

    A lazy query for a staff list: slice it, do not count it.
    """
    rows: EntryQuerySet = Entry.objects.of(organ_ids)
    if states:
        rows = rows.filter(state__in=[state.value for state in states])
    for word in words.split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(document_number__icontains=word)
            | Q(index_number__icontains=word)
        )
    if section_id is not None:
        rows = rows.filter(section_id=section_id)
    if late_on is not None:
        rows = rows.filter(owing=True, due_on__lt=late_on)
    return rows.select_related("organ", "section").order_by("-pk")


def due_list(organ_ids: Collection[int], today: date) -> QuerySet[Entry]:
    """Return what must still be released, not late yet, the most urgent first (Art. 26)."""
    return _owed(organ_ids).filter(due_on__gte=today)


def late_list(organ_ids: Collection[int], today: date) -> QuerySet[Entry]:
    """Return what should have been released before `today`, the latest first (Art. 26)."""
    return _owed(organ_ids).filter(due_on__lt=today)


def _owed(organ_ids: Collection[int]) -> QuerySet[Entry]:
    rows = Entry.objects.of(organ_ids).filter(owing=True).exclude(state=EntryState.DISCARDED)
    return rows.select_related("organ", "section").order_by("due_on", "pk")


def queue_for(user: object, now_on: date, limit: int = 200) -> list[Entry]:
    """Return the entries that wait for a person: steps that their posts and their hands allow."""
    looking = Looking.of(user, now_on)
    wanted = Q(pk__isnull=True)
    for state, event in _STEP_AT.items():
        wanted |= Q(state=state, organ_id__in=looking.may[event])
    rows = Entry.objects.filter(wanted).select_related("organ", "section", "in_review")
    found = list(rows.order_by("due_on", "pk")[:limit])
    passed = passed_on(entry.in_review_id for entry in found)
    return [entry for entry in found if not _against(entry, looking, passed)]


def open_acts(entry: Entry, looking: Looking) -> dict[EntryEvent, str]:
    """Return the events that the state and the posts allow, each with why this person may not ("").

    For the buttons of a screen: one with a reason is shown disabled, with the reason. One query.
    """
    version = entry.in_review
    passed = passed_on([version.pk]).get(version.pk, {}) if version is not None else {}
    authors = (*version.authors, version.made_by_account) if version is not None else ()
    acts = {}
    for (state, event), _ in TRANSITIONS.items():
        if state != entry.state or not looking.may_do(event, entry.organ_id):
            continue
        if event is EntryEvent.APPROVE_ONLY or _out_of_place(entry, event):
            continue
        asked = EntryEvent.PUBLISH if event is EntryEvent.SCHEDULE else event
        acts[event] = against(asked, looking.account, authors, passed)
        if event is EntryEvent.RECALL and version and version.made_by_account != looking.account:
            acts[event] = "只有送审人可以撤回送审"
    return acts


def _out_of_place(entry: Entry, event: EntryEvent) -> bool:
    """Say whether an event that the table allows makes no sense for this entry."""
    return (
        (event is EntryEvent.WITHDRAW and not entry.live)
        or (event is EntryEvent.DISCARD and entry.first_published_at is not None)
        or (event is EntryEvent.GIVE_UP and entry.published_id is None)
        or (event is EntryEvent.PUBLISH and entry.state == EntryState.SCHEDULED)
    )


def _against(entry: Entry, looking: Looking, passed: dict[int, dict[EntryEvent, str]]) -> str:
    version = entry.in_review
    if version is None:
        return ""
    event = _STEP_AT[EntryState(entry.state)]
    authors = (*version.authors, version.made_by_account)
    return against(event, looking.account, authors, passed.get(version.pk, {}))


def scheduled(organ_ids: Collection[int], after: datetime) -> QuerySet[Entry]:
    """Return what is to be released by the system, the next first."""
    rows = Entry.objects.of(organ_ids).filter(state=EntryState.SCHEDULED, scheduled_at__gte=after)
    return rows.select_related("organ", "section").order_by("scheduled_at", "pk")


def organs_with_entries(county: Organ) -> QuerySet[Organ]:
    """Return the organs of a county that have something public."""
    live = Entry.objects.live().values("organ_id")
    return Organ.objects.filter(Q(pk=county.pk) | Q(county=county), pk__in=live)
