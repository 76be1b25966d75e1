"""Reading policies for enterprises and their cases; what of them is public, and nothing more."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import BigIntegerField, Count, F, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Cast, Round

from gongkai.servicehall.lifecycle import CaseState, PolicyState
from gongkai.servicehall.models import Assistance, Clause, EnterprisePolicy, FulfilmentCase
from gongkai.servicehall.models.sealing import key_mark
from gongkai.servicehall.rules.amounts import in_wan

_ON_NOTICE = (CaseState.ON_NOTICE, CaseState.OBJECTED, CaseState.CLEARED, CaseState.PAID)


@dataclass(frozen=True, slots=True)
class PublicCase:
    """What the public may know of a case: enterprise, policy, amount, days (law.md 8.3)."""

    enterprise: str
    policy: str
    clause: str
    amount: Decimal
    starts_on: date | None
    ends_on: date | None

    @property
    def wan(self) -> Decimal:
        """The amount in 万元."""
        return in_wan(self.amount)


@dataclass(frozen=True, slots=True)
class Paid:
    """How many cases were paid and how much in all, in 元."""

    cases: int
    amount: Decimal

    @property
    def wan(self) -> Decimal:
        """The amount in 万元."""
        return in_wan(self.amount)


def policies_with_clauses(policies: QuerySet[EnterprisePolicy]) -> QuerySet[EnterprisePolicy]:
    """Return policies with organ and clauses at hand, and how many cases each has."""
    clauses = Prefetch("clauses", Clause.objects.order_by("number"))
    return (
        policies.select_related("organ")
        .prefetch_related(clauses)
        .annotate(cases_filed=Count("clauses__cases"))
    )


def public_policies(county_id: int, day: date) -> list[EnterprisePolicy]:
    """Return the published policies of a county that hold on a day or will."""
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    rows = EnterprisePolicy.objects.filter(still, county_id=county_id, state=PolicyState.PUBLISHED)
    return list(policies_with_clauses(rows))


def has_policies(county_id: int, day: date) -> bool:
    """Say whether a county has a policy, a notice or a payment to show."""
    published = EnterprisePolicy.objects.filter(county_id=county_id, state=PolicyState.PUBLISHED)
    return published.exists() or paid_cases(county_id).exists()


def on_notice(county_id: int, day: date) -> list[PublicCase]:
    """Return what stands on public notice on a day; over, it is shown no more."""
    rows = FulfilmentCase.objects.filter(
        county_id=county_id,
        state__in=_ON_NOTICE,
        notice_from__lte=day,
        notice_to__gte=day,
    )
    told = rows.order_by("notice_to", "number").values_list(
        "enterprise",
        "clause__policy__name",
        "clause__name",
        "granted",
        "notice_from",
        "notice_to",
    )
    return [PublicCase(*row) for row in told]


def paid_cases(county_id: int, year: int | None = None) -> QuerySet[FulfilmentCase]:
    """Return the cases of a county that were paid, of one year when told."""
    rows = FulfilmentCase.objects.filter(county_id=county_id, state=CaseState.PAID)
    return rows.filter(paid_on__year=year) if year is not None else rows


def public_paid(county_id: int, year: int) -> list[PublicCase]:
    """Return the payments of a year as the public may know them, newest first."""
    rows = paid_cases(county_id, year).order_by("-paid_on", "number")
    told = rows.values_list(
        "enterprise", "clause__policy__name", "clause__name", "paid", "paid_on", "paid_on"
    )
    return [PublicCase(*row) for row in told]


def paid_years(county_id: int) -> list[int]:
    """Return the years in which something was paid, newest first."""
    days = paid_cases(county_id).order_by().dates("paid_on", "year", order="DESC")
    return [day.year for day in days]


def paid_in_all(cases: QuerySet[FulfilmentCase]) -> Paid:
    """Return how much some paid cases come to, exact to the 分 on every database."""
    fen = Cast(Round(F("paid") * 100), BigIntegerField())
    told = cases.order_by().aggregate(cases=Count("pk"), fen=Sum(fen))
    return Paid(told["cases"], Decimal(told["fen"] or 0) / 100)


def waiting(cases: QuerySet[FulfilmentCase], day: date) -> QuerySet[FulfilmentCase]:
    """Keep the cases that wait for somebody of ours on a day."""
    return cases.filter(_to_handle(day) | Q(state=CaseState.EXAMINED))


def to_handle(cases: QuerySet[FulfilmentCase], day: date) -> QuerySet[FulfilmentCase]:
    """Keep the cases that wait for a clerk on a day; those over their notice are among them."""
    return cases.filter(_to_handle(day))


def to_approve(cases: QuerySet[FulfilmentCase]) -> QuerySet[FulfilmentCase]:
    """Keep the cases that wait for a reviewer."""
    return cases.filter(state=CaseState.EXAMINED)


def _to_handle(day: date) -> Q:
    mine = (CaseState.FILED, CaseState.APPROVED, CaseState.OBJECTED, CaseState.CLEARED)
    return Q(state__in=mine) | Q(state=CaseState.ON_NOTICE, notice_to__lt=day)


def cases_matching(cases: QuerySet[FulfilmentCase], words: str) -> QuerySet[FulfilmentCase]:
    """Keep the cases whose number, enterprise or credit code has every one of some words."""
    for word in words.replace("\x00", "").split()[:8]:
        cases = cases.filter(
            Q(enterprise__icontains=word) | Q(number__icontains=word) | Q(credit_code__iexact=word)
        )
    return cases


def to_reseal() -> int:
    """Return how many rows are sealed under another key or cipher than those of now."""
    mark = key_mark()
    return sum(each.objects.exclude(key_id=mark).count() for each in (FulfilmentCase, Assistance))
