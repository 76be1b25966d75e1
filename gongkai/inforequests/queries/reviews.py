"""What is to be looked at again: withheld items (Art. 18), requests of many (Art. 44), keeping."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.inforequests.lifecycle.states import State
from gongkai.inforequests.models import (
    DisclosureSuggestion,
    InfoRequest,
    RequestItem,
    WithheldReview,
)
from gongkai.inforequests.queries.requesters import requester_mark
from gongkai.inforequests.rules.alike import ALIKE, likeness, pairs, plain

_MOST = 3000
_RARE = 40  # a pair of characters that more texts than this have tells little


@dataclass(frozen=True, slots=True)
class AlikeGroup:
    """Requests for the same information, the newest first, by how many different requesters."""

    description: str
    organs: tuple[str, ...]
    requesters: int
    requests: tuple[InfoRequest, ...]
    suggestion: DisclosureSuggestion | None


def withheld_due(organ_ids: Collection[int], today: date) -> QuerySet[RequestItem]:
    """Return the withheld items of some organs that are to be looked at again by `today`."""
    # Item by item: few are due, while a join may begin with all requests of the organs.
    theirs = InfoRequest.objects.filter(pk=OuterRef("info_request_id"), organ_id__in=organ_ids)
    return (
        RequestItem.objects.filter(Exists(theirs), review_on__lte=today)
        .select_related("info_request__organ")
        .order_by("review_on", "info_request__number", "place")
    )


def reviews_of(info_request: InfoRequest) -> QuerySet[WithheldReview]:
    """Return what was found each time the withheld items of a case were looked at."""
    return WithheldReview.objects.filter(item__info_request=info_request).select_related("item")


def alike_groups(
    organ_ids: Collection[int], *, since: date, least: int = 2, whole_county: bool = False
) -> list[AlikeGroup]:
    """Return what at least `least` different requesters asked for since a day, most first.

    Descriptions are alike when they share three fifths of their pairs of characters; of
    one organ, or of all of them when `whole_county`. Looks at the newest 3,000 requests.
    """
    found = (
        InfoRequest.objects.filter(organ_id__in=organ_ids, submitted_at__date__gte=since)
        .exclude(state__in=(State.SPLIT, State.MERGED, State.TRANSFERRED))
        .select_related("organ", "requester")
        .order_by("-submitted_at", "-number")[:_MOST]
    )
    cases = list(found)
    suggested = _suggested(cases)
    groups = [
        _group(group, suggested)
        for group in _alike(cases, whole_county)
        if len({requester_mark(each) for each in group}) >= least
    ]
    return sorted(groups, key=lambda each: (each.suggestion is not None, -each.requesters))


def open_suggestions(organ_ids: Collection[int]) -> QuerySet[DisclosureSuggestion]:
    """Return what is put up for proactive disclosure by some organs, newest first."""
    return DisclosureSuggestion.objects.filter(organ_id__in=organ_ids).select_related("organ")


def requesters_to_erase(today: date) -> QuerySet[InfoRequest]:
    """Return the cases whose requester is to be erased: archived, the time of keeping over.

    A case that went on as others (split, merged, passed on) keeps its requester as long
    as any of those does.
    """
    archived = Q(state=State.ARCHIVED, erase_on__lte=today)
    keeps = Q(erased_at__isnull=True)
    kept_as_part = InfoRequest.objects.filter(keeps, split_from__isnull=False)
    kept_elsewhere = InfoRequest.objects.filter(keeps, transferred_from__isnull=False)
    went_on = (
        Q(state=State.SPLIT, parts__isnull=False) & ~Q(pk__in=kept_as_part.values("split_from"))
        | Q(state=State.MERGED, merged_into__erased_at__isnull=False)
        | Q(state=State.TRANSFERRED, passed_on__isnull=False)
        & ~Q(pk__in=kept_elsewhere.values("transferred_from"))
    )
    return (
        InfoRequest.objects.filter(keeps, archived | went_on)
        .select_related("organ")
        .order_by("number")
        .distinct()
    )


def _alike(cases: list[InfoRequest], whole_county: bool) -> Iterator[list[InfoRequest]]:
    """Yield groups of alike requests; each joins the first group whose head it is like.

    A head is met through the pairs of characters it shares: no request is compared with all.
    """
    heads: list[frozenset[str]] = []
    groups: list[list[InfoRequest]] = []
    by_pair: dict[tuple[int, str], list[int]] = defaultdict(list)
    same_words: dict[tuple[int, str], int] = {}
    for case in cases:
        scope = 0 if whole_county else case.organ_id
        words = (scope, plain(case.description))
        told = pairs(case.description)
        place = same_words.get(words)
        if place is None:
            near = {n for pair in told for n in by_pair[scope, pair][:_RARE]}
            liked = [(likeness(told, heads[n]), -n) for n in near]
            best = max(liked, default=(0.0, 0))
            place = -best[1] if best[0] >= ALIKE else None
        if place is None:
            place = len(groups)
            heads.append(told)
            groups.append([])
            for pair in told:
                by_pair[scope, pair].append(place)
        same_words[words] = place
        groups[place].append(case)
    yield from groups


def _suggested(cases: list[InfoRequest]) -> dict[object, DisclosureSuggestion]:
    rows = DisclosureSuggestion.requests.through.objects.filter(
        inforequest_id__in=[case.pk for case in cases]
    ).select_related("disclosuresuggestion")
    return {row.inforequest_id: row.disclosuresuggestion for row in rows}


def _group(group: list[InfoRequest], suggested: dict[object, DisclosureSuggestion]) -> AlikeGroup:
    return AlikeGroup(
        description=group[0].description,
        organs=tuple(dict.fromkeys(each.organ.short_name for each in group)),
        requesters=len({requester_mark(each) for each in group}),
        requests=tuple(group),
        suggestion=next((suggested[each.pk] for each in group if each.pk in suggested), None),
    )
