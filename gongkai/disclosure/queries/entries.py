"""One entry for those who work on it: what is told of it, its versions, who passed what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.adapters.statements import RowsBy
from gongkai.disclosure.lifecycle import EntryEvent
from gongkai.disclosure.models import Draft, Entry, IndexRule, ReviewAct, ReviewRule, Version
from gongkai.disclosure.models.catalogues import CatalogueItem
from gongkai.disclosure.rules.content import Content, FileShown
from gongkai.disclosure.rules.index_numbers import DEFAULT_PATTERN
from gongkai.disclosure.rules.metadata import Told
from gongkai.disclosure.rules.people import PASSING
from gongkai.orgs.models import Organ, OrganKind
from gongkai.statute import articles as art
from gongkai.statute.limits import Limit, Unit

_UNITS = frozenset(unit.value for unit in Unit)
_THREE_STEPS = frozenset({OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE})


@dataclass(frozen=True, slots=True)
class InHand:
    """The text in hand: what is told, in which section, by whom, at which revision."""

    told: Told
    section_id: int
    revision: int
    authors: tuple[str, ...]
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ActLine:
    """One step of the review as the record shows it."""

    event: EntryEvent
    label: str
    person: str
    post: str
    at: datetime
    note: str
    version: int | None
    form: dict


def told_of(entry: Entry) -> InHand | None:
    """Return the text in hand of an entry; None while there is none (public, not in revision)."""
    draft = Draft.objects.filter(entry_id=entry.pk).first()
    return in_hand(draft) if draft is not None else None


def in_hand(draft: Draft) -> InHand:
    """Return what a draft holds."""
    return InHand(
        told=Told.read(draft.metadata, draft.body),
        section_id=draft.section_id,
        revision=draft.revision,
        authors=tuple(draft.authors),
        changed_at=draft.changed_at,
    )


def content_of(version: Version) -> Content:
    """Return what a version froze, its body included."""
    return Content.read(version.content, version.body)


def files_in_hand(entry: Entry) -> tuple[FileShown, ...]:
    """Return the attachments beside the draft, as the next version will name them."""
    rows = (
        entry.attachments.select_related("file").defer("file__text").order_by("order", "name", "pk")
    )
    return tuple(
        FileShown(
            id=row.pk,
            file=row.file_id,
            name=row.name,
            role=row.role,
            kind=row.file.kind,
            size=row.file.size,
            sha256=row.file.sha256,
            alternative=row.alternative,
        )
        for row in rows
    )


def acts_of(entry: Entry) -> tuple[ActLine, ...]:
    """Return every step of the review of an entry, oldest first. One query."""
    rows = ReviewAct.objects.filter(entry_id=entry.pk).select_related("version").order_by("pk")
    return tuple(
        ActLine(
            event=EntryEvent(row.event),
            label=row.get_event_display(),
            person=row.person,
            post=row.post,
            at=row.at,
            note=row.note,
            version=row.version.number if row.version else None,
            form=row.form,
        )
        for row in rows
    )


def passed_on(version_ids: Iterable[int]) -> dict[int, dict[EntryEvent, str]]:
    """Return who passed each step of each version, by account. One query."""
    rows = _passing.filter(version_id__in=list(version_ids))
    passed: dict[int, dict[EntryEvent, str]] = {}
    for version_id, event, account in rows.values_list("version_id", "event", "account"):
        passed.setdefault(version_id, {})[EntryEvent(event)] = account
    return passed


_passing = ReviewAct.objects.filter(event__in=[event.value for event in PASSING]).order_by("pk")
# Every step asks who took those before it: written once (see `adapters.statements`).
_passing_of = RowsBy(_passing, "version")


def passed_of(version_id: int) -> dict[EntryEvent, str]:
    """Return who passed each step of a version, by account. One query."""
    return {EntryEvent(row.event): row.account for row in _passing_of(version_id)}


def steps_of(organ: Organ, day: date) -> int:
    """Return how many reviews an organ's texts pass on a day: 3 for government and office, or 2."""
    rule = (
        ReviewRule.objects.filter(organ_id=organ.pk, valid_from__lte=day)
        .order_by("-valid_from")
        .values_list("steps", flat=True)
        .first()
    )
    return rule or usual_steps(organ)


def usual_steps(organ: Organ) -> int:
    """Return how many reviews an organ's texts pass where no rule is set."""
    return 3 if organ.kind in _THREE_STEPS else 2


def index_pattern(county_id: int, day: date) -> str:
    """Return how a county writes index numbers on a day."""
    rules = IndexRule.objects.filter(county_id=county_id, valid_from__lte=day)
    found = rules.order_by("-valid_from").values_list("pattern", flat=True).first()
    return found or DEFAULT_PATTERN


def own_limit(entry_id: int) -> Limit | None:
    """Return the shortest limit that the items an entry fulfils set of their own, in days."""
    items = CatalogueItem.objects.filter(entries__entry_id=entry_id, limit_value__isnull=False)
    limits = [
        Limit(value, Unit(unit), art.ART_26)
        for value, unit in items.values_list("limit_value", "limit_unit")
        if unit in _UNITS
    ]
    length = {Unit.WORKDAYS: 1.4, Unit.CALENDAR_DAYS: 1.0, Unit.MONTHS: 30.0}
    return min(limits, key=lambda limit: limit.value * length[limit.unit], default=None)


def county_of(organ: Organ) -> int:
    """Return the key of the county on whose site an organ publishes."""
    return organ.county_id or organ.pk
