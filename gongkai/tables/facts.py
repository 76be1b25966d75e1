"""What the chapters tell the report: counts by measure, free of any form.

A measure names one thing that is counted ("normative documents made this
year"). Chapters deliver facts, an edition of the form lays them out; a new form
asks other measures of the same facts. Requests and remedies are counted under
measures built by `requests_measure` and `remedies_measure`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.statute.requesters import RequesterKind


@dataclass(frozen=True, slots=True, order=True)
class Measure:
    """One thing that is counted: subject, aspect and, for requests, the requester's kind.

    Subjects and aspects:
        documents.RULES, documents.NORMATIVE: made, published, public_total, repealed, in_force
        register.LICENCE, OUTWARD_SERVICE, PENALTY, COERCION: opening_items, item_change, decisions
        register.FEE: opening_items, item_change, amount (元)
        register.PROCUREMENT: projects, amount (元)
        requests: received, carried_in, outcome.<GROUND>, carried_out (each by kind)
        remedies.RECONSIDERATION, remedies.DIRECT, remedies.AFTER_RECONSIDERATION:
            UPHELD, CORRECTED, OTHER, PENDING
    """

    subject: str
    aspect: str
    kind: RequesterKind | None = None


Facts = Mapping[Measure, Decimal]


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a figure speaks of, both ends included."""

    start: date
    end: date

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """Return the calendar year, the period of an annual report (Art. 50)."""
        return cls(date(year, 1, 1), date(year, 12, 31))


@dataclass(frozen=True, slots=True)
class Record:
    """One record behind a figure: its typed id ("policy:12"), name, day and what it adds."""

    id: str
    label: str
    organ_id: int
    on: date | None
    adds: Decimal


def requests_measure(aspect: str, kind: RequesterKind) -> Measure:
    """Return the measure of requests `aspect` (received, carried_in, outcome.X, carried_out)."""
    return Measure("requests", aspect, kind)


def merge(parts: Iterable[Facts]) -> dict[Measure, Decimal]:
    """Return the facts of several chapters or organs added up, measure by measure."""
    total: dict[Measure, Decimal] = {}
    for part in parts:
        for measure, value in part.items():
            total[measure] = total.get(measure, Decimal(0)) + value
    return total
