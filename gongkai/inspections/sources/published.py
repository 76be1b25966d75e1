"""What is public, looked through again: texts and every attachment, for what must not be there.

Serves 个人信息保护法 Art. 25, 51 and W1 (law.md 4.2, 9.2). Everything is seen at least once in 30
days, what has changed the same night. A fault is told masked: the ledger never holds a number.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.disclosure.actions.checking import look_again
from gongkai.disclosure.models import Entry
from gongkai.inspections.lifecycle import FindingState, Source
from gongkai.inspections.lifecycle.findings import STANDING
from gongkai.inspections.models import Finding, Rescanned
from gongkai.inspections.rules.published import RULES, UNREAD, Told, fault_of
from gongkai.inspections.sources.inside import Inside
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_of


@dataclass(frozen=True, slots=True)
class Seen:
    """One public text looked through: its faults, and which files could not be read."""

    entry: Entry
    faults: tuple[Inside, ...]
    unread: str


def due(county: Organ, today: date) -> QuerySet[Entry]:
    """Return the public texts to be looked through: new, changed, or due again; newest first."""
    up_to_date = Rescanned.objects.filter(
        entry_id=OuterRef("pk"), version_id=OuterRef("published_id"), next_on__gt=today
    )
    ids = list(organs_of(county).values_list("pk", flat=True))
    rows = Entry.objects.of(ids).live().filter(~Exists(up_to_date))
    return rows.select_related("organ", "published").order_by("-published_at", "-pk")


def look_through(entry: Entry, at: datetime) -> Seen:
    """Look through one public text and all its attachments; what two persons let pass is left."""
    found = look_again(entry, on=timezone.localdate(at))
    told = (Told(e.rule, e.place, e.message, e.found, e.suggestion) for e in found)
    faults = (fault_of(each, entry.title, entry.address, at) for each in told)
    laid = tuple(Inside(each, entry.organ_id) for each in faults if each is not None)
    unread = "；".join(f"{e.place}{e.message}" for e in found if e.rule in UNREAD)
    return Seen(entry, laid, unread)


def no_longer_public(county: Organ) -> list[str]:
    """Return the addresses of standing findings whose text the public no longer sees."""
    rows = Finding.objects.filter(
        Q(gone_at__isnull=True) | Q(state=FindingState.ANSWERED),
        county=county,
        source=Source.INSIDE,
        rule__in=RULES,
        state__in=[state.value for state in STANDING],
    )
    told = set(rows.order_by().values_list("address", flat=True).distinct())
    live = Entry.objects.live().filter(address__in=told).values_list("address", flat=True)
    return sorted(told - set(live))
