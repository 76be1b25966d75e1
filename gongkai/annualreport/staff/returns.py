"""One unit's return: the three tables with their records, findings beside, hand in, accept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from gongkai.annualreport import actions
from gongkai.annualreport.lifecycle import NotClean
from gongkai.annualreport.lifecycle.returns import ReturnState
from gongkai.annualreport.models import Report, Return
from gongkai.annualreport.queries import permissions
from gongkai.annualreport.queries.frozen import finding_key, last_year_sheets, sheet_of
from gongkai.annualreport.rules.prose_template import faults
from gongkai.annualreport.sources.live import LiveUnit, live_units
from gongkai.annualreport.staff.base import StaffView, Verb, or_404
from gongkai.annualreport.staff.board import lateness
from gongkai.annualreport.staff.tables import shown_tables
from gongkai.orgs.queries import Level
from gongkai.tables.crossfoot import crossfoot
from gongkai.tables.discrepancy import Discrepancy, Severity
from gongkai.tables.sheet import Sheet


@dataclass(frozen=True)
class ShownFinding:
    """A finding with its explanation, if one was written."""

    key: str
    rule: str
    message: str
    severity: str
    explanation: str

    @property
    def is_error(self) -> bool:
        """Whether it must be put right, not explained."""
        return self.severity == Severity.ERROR


def shown_findings(content: Return | Report, findings: tuple[Any, ...]) -> list[ShownFinding]:
    """Return findings for the screen, errors first."""
    shown = [
        ShownFinding(
            finding_key(found),
            found.rule,
            found.message,
            found.severity.value,
            content.explanations.get(finding_key(found), ""),
        )
        for found in findings
    ]
    return sorted(shown, key=lambda found: not found.is_error)


class UnitMixin(StaffView):
    """A page of one return that the user may see."""

    @cached_property
    def unit(self) -> Return:
        """The return of the address."""
        organs = permissions.organs_read_by(self.user, self.today)
        units = Return.objects.select_related("report_year__county", "organ")
        return or_404(units.filter(pk=self.kwargs["pk"], organ__in=organs).first())

    @cached_property
    def fills_in(self) -> bool:
        """Whether the user writes and hands in this return."""
        return permissions.may_fill_in(self.user, self.unit, self.today)

    @cached_property
    def of_office(self) -> bool:
        """Whether the user acts for the county's OGI office."""
        return permissions.is_county_office(self.user, self.unit.report_year.county, self.today)

    def trail(self) -> list[tuple[str, str]]:
        """Return the board between."""
        year = self.unit.report_year
        return [(reverse("annualreport:board", args=[year.pk]), str(year))]


class ReturnView(UnitMixin):
    """A return as the official form, with everything that is wrong beside it."""

    template_name = "annualreport/return.html"

    def get_page_title(self) -> str:
        """Return the unit's name."""
        return f"{self.unit.organ_name}报送表"

    def verbs(self) -> Mapping[str, Verb]:
        """Return the unit's verbs to its people, the office's to the county office."""
        own: Mapping[str, Verb] = {"submit": self.submit, "explain": self.explain}
        office: Mapping[str, Verb] = {
            "accept": self.accept,
            "send_back": self.send_back,
            "reopen": self.reopen,
        }
        return {**(own if self.fills_in else {}), **(office if self.of_office else {})}

    def _acting(self) -> dict[str, Any]:
        return {"by": self.actor(self.unit.report_year.county), "at": timezone.now()}

    def submit(self) -> str:
        """Hand the return in."""
        actions.submit(self.unit, **self._acting())
        return f"{self.unit.organ_name}报送表已报送，等待县政府办接收。"

    def explain(self) -> str:
        """Write down why a warning stands."""
        post = self.request.POST
        finding, text = post.get("finding", ""), post.get("explanation", "")
        actions.explain(self.unit, finding=finding, text=text, **self._acting())
        return "情况说明已保存。"

    def accept(self) -> str:
        """Accept the return."""
        actions.accept(self.unit, **self._acting())
        return f"已接收{self.unit.organ_name}的报送表。"

    def send_back(self) -> str:
        """Send the return back."""
        actions.send_back(self.unit, reason=self.request.POST.get("reason", ""), **self._acting())
        return f"已退回{self.unit.organ_name}修改。"

    def reopen(self) -> str:
        """Send an accepted return back for correction."""
        actions.reopen(self.unit, reason=self.request.POST.get("reason", ""), **self._acting())
        return f"已退回{self.unit.organ_name}更正。"

    def _findings(self, sheet: Sheet, refused: Any) -> tuple[Discrepancy, ...]:
        last = last_year_sheets(self.unit.report_year, [self.unit]).get(self.unit.pk)
        found = crossfoot(sheet, last)
        if isinstance(refused, NotClean):  # adds what only handing in checks: the register
            found += tuple(each for each in refused.findings if each not in found)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tables, the findings, what may be done."""
        unit = self.unit
        live: LiveUnit | None = None
        if unit.state == ReturnState.DRAFT:
            live = live_units(unit.report_year, [unit])[unit.pk]
        sheet = live.sheet if live else sheet_of(unit)
        findings = self._findings(sheet, kwargs.get("refused"))
        unfinished = faults(unit.templates, live.figures, finished=True) if live else ()
        report = (
            unit.report_year.reports.filter(organ=unit.organ_id).order_by("-version").first()
            if unit.level != Level.OWN
            else None
        )
        return super().get_context_data(
            unit=unit,
            year=unit.report_year,
            state=ReturnState(unit.state).label,
            late=lateness(unit, self.today),
            tables=shown_tables(unit.report_year, f"return-{unit.pk}", sheet, findings),
            findings=shown_findings(unit, findings),
            unfinished=unfinished,
            own_level=unit.level == Level.OWN,
            verbs=dict.fromkeys(self.verbs(), True),  # names only: templates call callables
            report=report,
            **kwargs,
        )
