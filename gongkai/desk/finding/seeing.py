"""What a person's posts let them find: asked before the search, and again of every page of hits.

The index narrows by scope; the database has the last word, with the very rows that the chapter's
own screens would show, so that a stale index shows nobody anything.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.accounts.models import User
from gongkai.adapters.searchindex.types import Hit, Mark
from gongkai.desk.finding.records import SOURCES, Kind, kind_of
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import Looking
from gongkai.hotline import queries as hotline
from gongkai.hotline.models import WorkOrder
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import organs_viewed_by
from gongkai.letters import queries as letters
from gongkai.letters.models import Letter
from gongkai.orgs.queries import organs_seen_by
from gongkai.policy import queries as policy
from gongkai.policy.models import PolicyDocument

Reach = Mapping[Kind, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Line:
    """A hit that the person may see, with its state of this moment."""

    kind: Kind
    address: str
    title: tuple[Mark, ...]
    extract: tuple[Mark, ...]
    number: str
    organ: str
    state: str
    on: date


def reach_of(user: User, today: date) -> Reach:
    """Return the organs whose records of each kind a person may see today, as the chapters say."""

    def ids(organs: Any) -> frozenset[int]:
        return frozenset(organs.order_by().values_list("pk", flat=True))

    reach = {
        Kind.ENTRY: Looking.of(user, today).sees,
        Kind.POLICY: ids(organs_seen_by(user, today, policy.VIEWERS)),
        Kind.CASE: ids(organs_viewed_by(user, today)),
        Kind.ORDER: ids(organs_seen_by(user, today, hotline.VIEWERS)),
        Kind.LETTER: ids(organs_seen_by(user, today, letters.VIEWERS)),
    }
    return {kind: organs for kind, organs in reach.items() if organs}


def scopes_of(reach: Reach, kinds: Collection[Kind] = ()) -> tuple[str, ...]:
    """Return the scopes of what a person may find, of some kinds alone if told."""
    return tuple(
        kind.scope(organ)
        for kind, organs in reach.items()
        if not kinds or kind in kinds
        for organ in sorted(organs)
    )


def lines_of(hits: Sequence[Hit], reach: Reach) -> list[Line]:
    """Return the hits that the person may see at this moment; one query for each kind of them."""
    wanted: dict[Kind, list[Any]] = {}
    for hit in hits:
        if (found := kind_of(hit.key)) is not None:
            wanted.setdefault(found[0], []).append(found[1])
    rows = {
        f"{kind}:{row.pk}": row
        for kind, pks in wanted.items()
        for row in SOURCES[kind]
        .model.objects.filter(pk__in=pks, organ_id__in=reach.get(kind, frozenset()))
        .select_related("organ")
    }
    return [_line(hit, rows[hit.key]) for hit in hits if hit.key in rows]


def _line(hit: Hit, row: Entry | PolicyDocument | InfoRequest | WorkOrder | Letter) -> Line:
    return Line(
        kind=Kind(hit.key.partition(":")[0]),
        address=hit.address,
        title=hit.title,
        extract=hit.extract,
        number=hit.number,
        organ=row.organ.short_name,
        state=row.get_state_display(),
        on=hit.published_on,
    )
