"""The figures of a year, each with the list behind it, and the yearly summary made of them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.disclosure.actions import DisclosureError
from gongkai.proposals import actions, statistics
from gongkai.proposals.lifecycle import ProposalError
from gongkai.proposals.models import YearSummary
from gongkai.proposals.staff.access import OfficeView, ProposalView


class FiguresView(ProposalView):
    """The figures of a year over what a person sees; the office also by lead."""

    template_name = "proposals/figures.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        seen, today = self.person.proposals, self.person.official.today
        years = list(seen.order_by("-year").values_list("year", flat=True).distinct())
        year = _year(request.GET.get("year", ""), years or [today.year])
        found = statistics.of_year(seen, year)
        self.page_title = f"{year}年建议提案统计"
        keeps = self.person.counties
        context = self.get_context_data(
            year=year,
            years=years,
            figures=statistics.figures(found, today),
            address=reverse("proposals:index"),
            summary=YearSummary.objects.filter(county__in=keeps, year=year)
            .select_related("entry")
            .first(),
            may_draft=bool(keeps),
        )
        return self.render_to_response(context)


class SummaryView(OfficeView):
    """Draft the yearly summary, or write its draft anew."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, year: int) -> HttpResponse:
        """Draft it and go to its text."""
        back = f"{reverse('proposals:figures')}?year={year}"
        if not self.person.counties:
            raise PermissionDenied
        try:
            row = actions.draft_summary(self.county, year, **self.who)
        except (ProposalError, DisclosureError) as refused:
            messages.error(request, str(refused))
            return redirect(back)
        messages.success(request, "已按登记的数字生成总结，请补充主要做法后送审。")
        return redirect("disclosure:entry", row.entry_id)


def _year(asked: str, years: list[int]) -> int:
    told: Any = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    return told if told in years else years[0]
