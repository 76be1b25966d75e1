"""What a list is narrowed to and what was ticked in it: single findings, or whole kinds of them."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q, QuerySet
from django.http import QueryDict

from gongkai.inspections.lifecycle import FindingEvent, FindingState, Source
from gongkai.inspections.lifecycle.findings import open_events
from gongkai.inspections.models import Finding
from gongkai.inspections.queries import Asked, Inspector, Kind, narrowed

MOST_KINDS = 50  # as many as a page shows
_LONGEST_KEY = 18  # digits that every database counts
_STATES = {"", "STANDING", *(each.value for each in FindingState)}


def asked_of(told: QueryDict) -> Asked:
    """Return what a list is narrowed to; what is no choice narrows nothing."""
    state, source = told.get("state", "STANDING"), told.get("source", "")
    return Asked(
        organ_id=_key(told.get("organ", "")),
        indicator=told.get("indicator", "")[:60].replace("\x00", ""),
        state=state if state in _STATES else "STANDING",
        source=source if source in set(Source) else "",
        overdue=told.get("overdue") == "1",
        repeated=told.get("repeated") == "1",
        words=told.get("q", "")[:100],
        like=kind_of(told.get("like", "")),
    )


def kind_of(text: str) -> Kind | None:
    """Return the kind that an address or a form names, such as 12.-345; None for anything else."""
    organ, _, mark = text.partition(".")
    key, digits = _key(organ), mark.removeprefix("-")
    if key is None or not (digits.isascii() and digits.isdigit() and len(digits) < 20):
        return None
    number = int(mark)
    return (key, number) if -(2**63) <= number < 2**63 else None


def keys_of(told: Iterable[str], most: int) -> set[int]:
    """Return the keys of single findings: one a value, or many with commas between."""
    keys = [_key(each) for text in told for each in text.split(",", most)]
    return {key for key in keys[:most] if key is not None}


def of_kinds(
    person: Inspector, told: Iterable[str], within: str, event: FindingEvent
) -> QuerySet[Finding]:
    """Return the findings of the kinds that were ticked in a list, as far as an act is for them.

    `within` is the narrowing of that list: what it did not show is not touched. What has been
    ordered gets no new date by the way; for that the list is to be narrowed to it.
    """
    asked = asked_of(QueryDict(within[:2000]))
    open_in = [state for state in FindingState if event in open_events(state)]
    if event is FindingEvent.ORDER and asked.state != FindingState.RECTIFYING:
        open_in.remove(FindingState.RECTIFYING)
    rows = narrowed(person.findings, replace(asked, like=None), person.official.today)
    kinds = [kind for text in list(told)[:MOST_KINDS] if (kind := kind_of(text))]
    if not kinds:
        return rows.none()
    wanted = Q()
    for organ_id, alike in kinds:
        wanted |= Q(organ_id=organ_id, alike=alike)
    return rows.filter(wanted, state__in=[state.value for state in open_in])


def _key(text: str) -> int | None:
    usable = text.isascii() and text.isdigit() and len(text) <= _LONGEST_KEY
    return int(text) if usable else None
