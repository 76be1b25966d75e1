"""Requests like another one, for its handler: repeats, and what was answered before (Art. 36(6)).

Descriptions are compared in Python over a window of time that is bounded, never over the
whole register. What several requesters ask for (Art. 44): `reviews.alike_groups`.
"""

from datetime import timedelta

from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.rules.alike import ALIKE, likeness, pairs

_WINDOW = timedelta(days=730)
_MOST = 3000


def similar_requests(info_request: InfoRequest, limit: int = 8) -> list[InfoRequest]:
    """Return requests to the same organ that ask much the same, the likest first.

    Looks at the newest 3,000 within two years before and after the request.
    """
    submitted_at = info_request.submitted_at
    others = (
        InfoRequest.objects.filter(
            organ_id=info_request.organ_id,
            submitted_at__range=(submitted_at - _WINDOW, submitted_at + _WINDOW),
        )
        .exclude(pk=info_request.pk)
        .order_by("-submitted_at")
    )
    wanted = pairs(info_request.description)
    told = others.values_list("pk", "description")[:_MOST]
    likest = sorted(
        ((likeness(wanted, pairs(text)), str(pk), pk) for pk, text in told), reverse=True
    )
    chosen = [pk for score, _, pk in likest[:limit] if score >= ALIKE]
    found = InfoRequest.objects.select_related("organ", "requester").in_bulk(chosen)
    return [found[pk] for pk in chosen]
