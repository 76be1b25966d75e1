"""Deputies' suggestions and CPPCC proposals as the public sees them (law.md 8.4).

One page a year lists every published reply; the replies are entries with their own pages, beside
which stand the facts of their proposal. Contacts of deputies and members are nowhere.
"""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.disclosure.queries import DocumentPage
from gongkai.portal.columns import PROPOSALS
from gongkai.portal.documents import county_of
from gongkai.portal.records import Card, Related, answers_for
from gongkai.proposals.queries import beside, public_years, summary_beside


def address_of(year: int) -> str:
    """Return where the proposals of a year stand for good."""
    return f"{PROPOSALS.url}{year}/"


@require_safe
def proposals(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Show the published replies of a year, of the newest when none is asked for."""
    years = public_years(county_of(request))
    shown = next((each for each in years if year in (None, each.year)), None)
    if shown is None:
        raise Http404("还没有公开建议提案的办理结果")
    context = {
        "column": PROPOSALS,
        "shown": shown,
        "groups": [
            group for group in (("人大建议", shown.suggestions), ("政协提案", shown.proposals))
            if group[1]
        ],
        "years": [(each.year, address_of(each.year)) for each in years],
        "single": year is not None,
    }  # fmt: skip
    return render(request, "portal/proposals.html", context)


@answers_for("proposals")
def reply_card(page: DocumentPage, _today: date) -> Card:
    """Return the facts of the proposal that a reply answers, and the list of its year."""
    told = beside(page.record)
    if told is None:
        return Card()
    return Card(facts=told.facts, related=(_list(told.year),))


@answers_for("proposals.summary")
def summary_card(page: DocumentPage, _today: date) -> Card:
    """Return the list of the year that a summary sums up."""
    year = summary_beside(page.record)
    return Card(related=(_list(year),)) if year is not None else Card()


def _list(year: int) -> Related:
    return Related("同年办理结果", f"{year}年{PROPOSALS.title}", address_of(year))
