"""What officials find of entries: their lists, what is due and late, what waits for whom.

Every list takes the organs that the asker may see (`orgs.queries.Official.sees`): a township never
finds another organ's drafts.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from gongkai.accounts.models import User
from gongkai.disclosure.lifecycle import TRANSITIONS, UNDER_REVIEW, EntryEvent, EntryState
from gongkai.disclosure.models import Entry, EntryQuerySet, Override, ReviewAct
from gongkai.disclosure.queries.entries import passed_of, passed_on
from gongkai.disclosure.rules.people import against
from gongkai.orgs.models import Organ, Role
from gongkai.orgs.queries import held_by, holds_any, organs_seen_by

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
_MANY = 20
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
    def of(cls, user: User, today: date) -> "Looking":
        """Return what `user` may do; a query for each role held that has to do with entries."""
        held = {Role(post.role) for post in held_by(user, today)} & VIEWERS
        reach = {
            role: frozenset(
                organs_seen_by(user, today, {role}).order_by().values_list("pk", flat=True)
            )
            for role in sorted(held)
        }
        return cls(
            user.username,
            {
                event: frozenset().union(*(reach[role] for role in roles & held))
                for event, roles in ROLES.items()
            },
        )

    @property
    def sees(self) -> frozenset[int]:
        """Return the organs whose entries the person sees."""
        return frozenset().union(*self.may.values())

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
    rows: EntryQuerySet = _search(organ_ids, words) if words else Entry.objects.of(organ_ids)
    if states:
        rows = rows.filter(state__in=[state.value for state in states])
    if section_id is not None:
        rows = rows.filter(section_id=section_id)
    if late_on is not None:
        rows = rows.filter(owing=True, due_on__lt=late_on)
    return rows.select_related("organ", "section").order_by("-pk")


def _search(organ_ids: Collection[int], words: str) -> EntryQuerySet:
    """Return the entries whose title or number has every word; numbers have digits in them."""
    rows = Entry.objects.of(organ_ids)
    if len(organ_ids) > _MANY:
        # Most rows qualify: reading them in order of key beats going organ by organ.
        rows = Entry.objects.alias(whose=F("organ_id") + 0).filter(whose__in=list(organ_ids))
    for word in words.split():
        found = Q(title__icontains=word)
        if any(sign.isdigit() for sign in word):
            found |= Q(document_number__icontains=word) | Q(index_number__icontains=word)
        rows = rows.filter(found)
    return rows


def due_list(organ_ids: Collection[int], today: date) -> QuerySet[Entry]:
    """Return what must still be released, not late yet, the most urgent first (Art. 26)."""
    return _owed(organ_ids).filter(due_on__gte=today)


def late_list(organ_ids: Collection[int], today: date) -> QuerySet[Entry]:
    """Return what should have been released before `today`, the latest first (Art. 26)."""
    return _owed(organ_ids).filter(due_on__lt=today)


def _owed(organ_ids: Collection[int]) -> QuerySet[Entry]:
    rows = Entry.objects.of(organ_ids).filter(owing=True).exclude(state=EntryState.DISCARDED)
    return rows.select_related("organ", "section").order_by("due_on", "pk")


def queue_for(
    user: User, now_on: date, limit: int = 200, looking: Looking | None = None
) -> list[Entry]:
    """Return the entries that wait for a person: steps that their posts and their hands allow.

    The drafts that they began belong to it: `last` is the last act of review on each, so that of
    one that was sent back is RETURN, and `why` is the reason told. Versions come without text.
    Two queries when `looking` is told.
    """
    looking = looking or Looking.of(user, now_on)
    wanted = Q(
        state=EntryState.DRAFT,
        organ_id__in=looking.may[EntryEvent.EDIT],
        created_by_account=looking.account,
    )
    for state, event in _STEP_AT.items():
        wanted |= Q(state=state, organ_id__in=looking.may[event])
    acts = ReviewAct.objects.filter(entry=OuterRef("pk")).order_by("-pk")
    rows = Entry.objects.annotate(
        last=Subquery(acts.values("event")[:1]), why=Subquery(acts.values("note")[:1])
    )
    # Said once more for the index: no row need be looked at that is of no such organ and state.
    rows = rows.filter(wanted, state__in=[EntryState.DRAFT, *_STEP_AT], organ_id__in=looking.sees)
    rows = rows.select_related("organ", "section", "in_review")
    rows = rows.defer(*(f"in_review__{name}" for name in ("body", "text", "content")))
    found = list(rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:limit])
    passed = passed_on(entry.in_review_id for entry in found)
    return [entry for entry in found if not _against(entry, looking, passed)]


def overrides_for(looking: Looking) -> list[Override]:
    """Return what asks for this person's yes: findings that somebody else wants let pass.

    One query; an author of the text is left out.
    """
    organs = frozenset().union(*(looking.may[step] for step in _STEP_AT.values()))
    # What is asked and not settled is little: from there to the entries, not the other way round.
    rows = Override.objects.alias(whose=F("entry__organ_id") + 0)
    rows = rows.filter(granted_at__isnull=True, refused=False, whose__in=list(organs))
    rows = rows.exclude(asked_by_account=looking.account).select_related(
        "entry__organ", "entry__draft"
    )
    found = rows.exclude(entry__state=EntryState.DISCARDED).defer("entry__draft__body")
    return [
        each for each in found.order_by("pk") if looking.account not in _authors_in_hand(each.entry)
    ]


def _authors_in_hand(entry: Entry) -> Collection[str]:
    draft = getattr(entry, "draft", None)
    return draft.authors if draft is not None else ()


def desk_figures(user: User, today: date, soon_on: date) -> dict[str, QuerySet[Entry]]:
    """Return what waits in the organs a person sees, each as the entries to be counted.

    "late", "soon" (due up to `soon_on`), "waiting" (steps that the person's posts may do),
    "drafts", "scheduled"; empty for who has no post here. No query: the desk counts them, with
    what waits elsewhere, in one.
    """
    if not holds_any(user, today, VIEWERS):
        return {}
    mine = Q(pk__isnull=True)
    for state, event in _STEP_AT.items():
        if holds_any(user, today, ROLES[event]):
            organs = organs_seen_by(user, today, ROLES[event]).order_by()
            mine |= Q(state=state, organ__in=organs.values("pk"))
    rows = Entry.objects.filter(
        state__in=[EntryState.DRAFT, *UNDER_REVIEW],
        organ__in=organs_seen_by(user, today, VIEWERS).order_by().values("pk"),
    )
    owed = rows.filter(owing=True)
    return {
        "waiting": rows.filter(mine),
        "late": owed.filter(due_on__lt=today),
        "soon": owed.filter(due_on__gte=today, due_on__lte=soon_on),
        "drafts": rows.filter(state=EntryState.DRAFT),
        "scheduled": rows.filter(state=EntryState.SCHEDULED),
    }


def open_acts(entry: Entry, looking: Looking) -> dict[EntryEvent, str]:
    """Return the events that the state and the posts allow, each with why this person may not ("").

    For the buttons of a screen: one with a reason is shown disabled, with the reason. One query.
    """
    version = entry.in_review
    passed = passed_of(version.pk) if version is not None else {}
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
