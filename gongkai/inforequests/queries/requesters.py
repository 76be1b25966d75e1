"""Who asks, as far as lists, letters and searches may know; the row is read nowhere else."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.inforequests.models import InfoRequest, Requester
from gongkai.inforequests.models.requesters import blind_indexes, key_mark
from gongkai.inforequests.rules.requesters import RequesterDetails


def masked_requester(info_request: InfoRequest) -> str:
    """Return who asks as lists show it: of a person, the family name alone."""
    requester = getattr(info_request, "requester", None)
    return requester.masked_name if requester else ""


def requester_for_letters(info_request: InfoRequest) -> RequesterDetails:
    """Return who asks, in full, for the address of a letter inside a verb; not for screens."""
    return Requester.objects.get(info_request=info_request).details


def find_by_requester(text: str, organ_ids: Collection[int]) -> QuerySet[InfoRequest]:
    """Return the requests of some organs whose number, or whose requester, is just `text`.

    Name, identity number, telephone and e-mail are compared by blind index: whole and
    exact, but for width, case, white space and hyphens.
    """
    person = blind_indexes(RequesterDetails(text, identity_number=text, phone=text, email=text))
    wanted = Q(number=text.strip())
    for column, index in person.items():
        if index:
            wanted |= Q(**{f"requester__{column}": index})
    return (
        InfoRequest.objects.filter(wanted, organ_id__in=organ_ids)
        .select_related("organ", "requester")
        .order_by("-submitted_at", "number")
    )


def requesters_to_reseal() -> int:
    """Return how many requesters are not sealed with the key and cipher of now."""
    return Requester.objects.filter(erased=False).exclude(key_id=key_mark()).count()


def same_requester(details: RequesterDetails) -> Q | None:
    """Return the condition of requests by this requester, as far as blind indexes tell.

    The identity number decides; without one, name and telephone together. None when
    neither is known.
    """
    indexes = blind_indexes(details)
    if indexes["identity_index"]:
        return Q(requester__identity_index=indexes["identity_index"])
    if indexes["name_index"] and indexes["phone_index"]:
        return Q(
            requester__name_index=indexes["name_index"],
            requester__phone_index=indexes["phone_index"],
        )
    return None


def is_same_requester(one: InfoRequest, other: InfoRequest) -> bool:
    """Return whether two requests come from one requester: by identity, or name and phone."""
    first, second = one.requester, other.requester
    if first.identity_index and second.identity_index:
        return bool(first.identity_index == second.identity_index)
    same_name = first.name_index and first.name_index == second.name_index
    return bool(same_name and first.phone_index and first.phone_index == second.phone_index)


def requester_mark(info_request: InfoRequest) -> str:
    """Return a mark that is the same for requests of one requester, and tells nobody who."""
    who = info_request.requester
    return str(who.identity_index or f"{who.name_index}/{who.phone_index}")


def times_asked(info_request: InfoRequest, since: date) -> int:
    """Return how many requests this requester made to the organ from a day to this one."""
    who = info_request.requester
    same = Q(pk=info_request.pk)
    if who.identity_index:
        same |= Q(requester__identity_index=who.identity_index)
    elif who.phone_index:
        same |= Q(requester__name_index=who.name_index, requester__phone_index=who.phone_index)
    asked = InfoRequest.objects.filter(
        same,
        organ_id=info_request.organ_id,
        submitted_at__date__gte=since,
        submitted_at__lte=info_request.submitted_at,
    )
    return asked.count()
