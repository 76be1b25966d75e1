"""What was asked of the county: requests, remedies, messages, surveys, orders of the hotline."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet

from gongkai.engagement import statistics as engagement
from gongkai.hotline import statistics as hotline
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.statistics import Kpi, Part
from gongkai.inforequests import statistics as inforequests
from gongkai.inforequests.models import InfoRequest, IntakeChannel
from gongkai.oversight.sources.counting import (
    Asked,
    Called,
    Counts,
    FactsOf,
    Rate,
    Rows,
    Source,
    end_of,
)
from gongkai.remedies import statistics as remedies
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.facts import Measure, Record, requests_measure

_GROUNDS = tuple(Ground)


# -- requests and remedies ------------------------------------------------------------------


def _requests(aspects: tuple[str, ...], kinds: tuple[RequesterKind, ...]) -> FactsOf:
    measures = tuple(requests_measure(aspect, kind) for aspect in aspects for kind in kinds)
    return FactsOf(inforequests, measures)


def _outcomes(first: Ground, last: Ground) -> FactsOf:
    told = _GROUNDS[_GROUNDS.index(first) : _GROUNDS.index(last) + 1]
    return _requests(tuple(f"outcome.{each.name}" for each in told), tuple(RequesterKind))


def _by_channel(word: str) -> Rows:
    channels = [each.value for each in IntakeChannel if each.told_as == word]

    def rows(asked: Asked) -> QuerySet[InfoRequest]:
        span = (asked.period.start, asked.period.end)
        return InfoRequest.objects.filter(
            counted=True, organ_id__in=asked.organ_ids, received_on__range=span,
            channel__in=channels,
        )  # fmt: skip

    return Rows(rows, "received_on")


def _answered(more: Q) -> Rows:
    """Return the requests that the organ answered in the period, as `on_time_counts` counts."""

    def rows(asked: Asked) -> QuerySet[InfoRequest]:
        return InfoRequest.objects.filter(
            more,
            counted=True,
            organ_id__in=asked.organ_ids,
            received_on__isnull=False,
            answer_due_on__isnull=False,
            concluded_on__range=(asked.period.start, asked.period.end),
        )

    return Rows(rows, "concluded_on")


def _decided(subjects: tuple[str, ...], results: tuple[str, ...]) -> FactsOf:
    measures = tuple(Measure(f"remedies.{each}", result) for each in subjects for result in results)
    return FactsOf(remedies, measures)


_ALL_KINDS, _RESULTS = tuple(RequesterKind), ("UPHELD", "CORRECTED", "OTHER")
_SUITS = ("DIRECT", "AFTER_RECONSIDERATION")
REQUESTS: dict[str, Source | Rate] = {
    "requests.received": _requests(("received",), _ALL_KINDS),
    "requests.in_person": _by_channel("当面"),
    "requests.post": _by_channel("信函"),
    "requests.online": _by_channel("网络"),
    "requests.fax": _by_channel("传真"),
    "requests.natural": _requests(("received",), (RequesterKind.NATURAL_PERSON,)),
    "requests.organisations": _requests(
        ("received",),
        tuple(each for each in RequesterKind if each is not RequesterKind.NATURAL_PERSON),
    ),
    "requests.carried_in": _requests(("carried_in",), _ALL_KINDS),
    "requests.carried_out": _requests(("carried_out",), _ALL_KINDS),
    "requests.granted": _outcomes(Ground.GRANTED, Ground.GRANTED),
    "requests.partial": _outcomes(Ground.PARTIAL, Ground.PARTIAL),
    "requests.withheld": _outcomes(Ground.STATE_SECRET, Ground.ADMINISTRATIVE_ENQUIRY),
    "requests.unavailable": _outcomes(Ground.NOT_HELD, Ground.STILL_UNCLEAR),
    "requests.declined": _outcomes(Ground.PETITION, Ground.RECONFIRMATION),
    "requests.otherwise": _outcomes(Ground.NOT_SUPPLEMENTED, Ground.OTHER),
    "requests.on_time": Rate(_answered(Q(concluded_on__lte=F("answer_due_on"))), _answered(Q())),
    "requests.overdue": _answered(Q(concluded_on__gt=F("answer_due_on"))),
    "remedies.reconsideration": _decided(("RECONSIDERATION",), _RESULTS),
    "remedies.reconsideration_corrected": _decided(("RECONSIDERATION",), ("CORRECTED",)),
    "remedies.litigation": _decided(_SUITS, _RESULTS),
    "remedies.litigation_corrected": _decided(_SUITS, ("CORRECTED",)),
}


# -- what the public asked ------------------------------------------------------------------


def _engaged(rows: Callable[..., QuerySet[Any]], day: str) -> Rows:
    return Rows(lambda asked: rows(asked.organ_ids, asked.period.start, asked.period.end), day)


_MESSAGES = _engaged(engagement.messages_answered, "received_on")
ENGAGED: dict[str, Source | Rate] = {
    "engagement.messages": _engaged(engagement.messages_received, "received_on"),
    "engagement.messages_on_time": Rate(
        replace(_MESSAGES, rows=lambda asked: _MESSAGES.rows(asked).filter(
            answered_on__lte=F("due_on"))),
        _MESSAGES,
    ),
    "engagement.errors": _engaged(engagement.reports_received, "received_on"),
    "engagement.solicitations": _engaged(engagement.solicitations_begun, "opens_on"),
    "engagement.surveys": _engaged(engagement.surveys_begun, "opens_on"),
    "engagement.interviews": _engaged(engagement.interviews_held, "held_at"),
    "engagement.responses": _engaged(engagement.opinion_responded, "found_at"),
}  # fmt: skip


def _hotline_period(asked: Asked) -> hotline.Period:
    period = asked.period
    return hotline.Period(period.start, period.end, end_of(period, asked.now))


def _handled(asked: Asked) -> QuerySet[WorkOrder]:
    in_hand = Q(handler__isnull=True) | Q(handler_id__in=asked.organ_ids)
    return hotline.of_organs(asked.organ_ids).filter(in_hand)


def _order_counts(kpi: Kpi | None, part: Part, asked: Asked) -> Counts:
    found: dict[int, Decimal] = {}
    for line in hotline.by_handler(_handled(asked), _hotline_period(asked)):
        if kpi is None:
            found[int(line.key)] = Decimal(line.received)
        else:
            told = line.rates[kpi]
            found[int(line.key)] = Decimal(told.above if part is Part.ABOVE else told.below)
    return found


def _orders(kpi: Kpi | None, part: Part, asked: Asked) -> list[Record]:
    period, orders = _hotline_period(asked), _handled(asked)
    found = (
        hotline.received(orders, period)
        if kpi is None
        else hotline.orders_behind(orders, period, kpi, part)
    )
    rows = Rows(lambda _: found.defer("content_sealed", "caller_sealed", "place_sealed"),
                "received_at")  # fmt: skip
    return [
        replace(record, organ_id=order.handler_id or order.organ_id)
        for record, order in zip(
            rows.records(asked), found.order_by("pk").only("handler_id", "organ_id"), strict=True
        )
    ]


def _ordered(kpi: Kpi | None, part: Part = Part.ABOVE) -> Called:
    return Called(partial(_order_counts, kpi, part), partial(_orders, kpi, part))


HOTLINE: dict[str, Source | Rate] = {
    "hotline.received": _ordered(None),
    "hotline.on_time": Rate(_ordered(Kpi.ON_TIME), _ordered(Kpi.ON_TIME, Part.BELOW)),
    "hotline.satisfied": Rate(_ordered(Kpi.SATISFIED), _ordered(Kpi.SATISFIED, Part.BELOW)),
}
