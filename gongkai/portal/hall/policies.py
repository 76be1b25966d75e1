"""Public pages of policies for enterprises: clauses with their conditions, notices, payments.

law.md 8.3: of a case the public sees enterprise, policy, amount and days, and nothing else; names
on notice are shown for the days of the notice alone.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.portal.columns import FULFILMENT
from gongkai.portal.documents import county_of
from gongkai.servicehall.queries import (
    has_policies,
    on_notice,
    paid_cases,
    paid_in_all,
    paid_years,
    public_paid,
    public_policies,
)


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Show the policies that hold, what is on notice, and the years of payments."""
    county, today = county_of(request), timezone.localdate()
    if not has_policies(county.pk, today):
        raise Http404("还没有公布惠企政策")
    years = [(year, paid_in_all(paid_cases(county.pk, year))) for year in paid_years(county.pk)]
    context = {
        "column": FULFILMENT,
        "policies": public_policies(county.pk, today),
        "notices": on_notice(county.pk, today),
        "years": years,
    }
    return render(request, "portal/hall/policies.html", context)


@require_safe
def payments(request: HttpRequest, year: int) -> HttpResponse:
    """Show what was paid in a year."""
    county = county_of(request)
    rows = public_paid(county.pk, year) if 2000 <= year < 2200 else []
    if not rows:
        raise Http404("这一年没有兑现")
    context = {
        "column": FULFILMENT,
        "year": year,
        "rows": rows,
        "paid": paid_in_all(paid_cases(county.pk, year)),
    }
    return render(request, "portal/hall/payments.html", context)
