"""The list of years and the year board: who has handed in, who is late, what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from gongkai.annualreport import actions
from gongkai.annualreport.lifecycle import CannotOpen
from gongkai.annualreport.lifecycle.reports import ReportState
from gongkai.annualreport.lifecycle.returns import ReturnState
from gongkai.annualreport.models import Report, ReportYear, Return
from gongkai.annualreport.queries import permissions
from gongkai.annualreport.queries.frozen import (
    figures_in,
    finding_key,
    last_year_sheets,
    latest_report,
)
from gongkai.annualreport.rules.figures import Figure
from gongkai.annualreport.sources.live import live_units
from gongkai.annualreport.staff.base import StaffView, Verb, or_404
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import Level
from gongkai.tables.crossfoot import crossfoot
from gongkai.tables.discrepancy import Severity


class OpenYearForm(forms.Form):
    """Which county's year to open, and an earlier date if a notice sets one."""

    county = forms.ModelChoiceField(Organ.objects.none(), label="县级人民政府", empty_label=None)
    year = forms.IntegerField(label="年度", min_value=2019, max_value=9999)
    returns_due_on = forms.DateField(
        label="各单位报送期限",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="不填则为次年 1 月 31 日；上级通知要求提前的，填通知规定的日期",
    )


class YearsView(StaffView):
    """Every year the user has to do with; the county office opens the next."""

    page_title = "年度报告"
    template_name = "annualreport/years.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here: this is the first page."""
        return [*super(StaffView, self).get_breadcrumbs_items(), {"url": "", "label": "年度报告"}]

    @cached_property
    def counties(self) -> QuerySet[Organ]:
        """The counties whose report the user has to do with."""
        return permissions.counties_seen_by(self.user, self.today)

    @cached_property
    def own_counties(self) -> list[Organ]:
        """The counties that the user opens years for."""
        return [
            county
            for county in self.counties
            if permissions.is_county_office(self.user, county, self.today)
        ]

    def form(self, data: Any = None) -> OpenYearForm:
        """Return the form to open a year, last year by default."""
        form = OpenYearForm(data, initial={"year": self.today.year - 1})
        ids = [county.pk for county in self.own_counties]
        form.fields["county"].queryset = Organ.objects.filter(pk__in=ids)
        return form

    def verbs(self) -> Mapping[str, Verb]:
        """Return opening a year, for the county office."""
        return {"open_year": self.open_year} if self.own_counties else {}

    def open_year(self) -> str:
        """Open the year asked for."""
        form = self.form(self.request.POST)
        if not form.is_valid():
            faults = "；".join(
                f"{form.fields[name].label}：{errors[0]}" for name, errors in form.errors.items()
            )
            raise CannotOpen(f"请改正后再开启：{faults}")
        county = form.cleaned_data["county"]
        opened = actions.open_year(
            county,
            form.cleaned_data["year"],
            returns_due_on=form.cleaned_data["returns_due_on"],
            by=self.actor(county),
            at=timezone.now(),
        )
        return f"{opened}已开启，共 {opened.returns.count()} 个单位填报。"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the years, newest first."""
        years = ReportYear.objects.filter(county__in=self.counties).select_related("county")
        form = self.form(kwargs.get("typed"))
        return super().get_context_data(
            years=years, form=form if self.own_counties else None, **kwargs
        )


@dataclass(frozen=True)
class BoardLine:
    """One unit on the board."""

    unit: Return
    state: str
    errors: int
    warnings: int
    late: str
    figures: dict[str, Figure]
    report: Report | None

    def _figure(self, name: str) -> str:
        return self.figures[name].digits

    @property
    def received(self) -> str:
        """Requests newly received."""
        return self._figure("requests.received")

    @property
    def handled(self) -> str:
        """Requests with a result."""
        return self._figure("requests.handled")

    @property
    def carried_out(self) -> str:
        """Requests carried over."""
        return self._figure("requests.carried_out")


class YearMixin(StaffView):
    """A page of one year that the user has to do with."""

    @cached_property
    def year(self) -> ReportYear:
        """The year of the address."""
        counties = permissions.counties_seen_by(self.user, self.today)
        years = ReportYear.objects.filter(county__in=counties).select_related("county")
        return or_404(years.filter(pk=self.kwargs["year_id"]).first())

    @cached_property
    def of_office(self) -> bool:
        """Whether the user acts for the county's OGI office."""
        return permissions.is_county_office(self.user, self.year.county, self.today)

    @cached_property
    def sees_county(self) -> bool:
        """Whether the user may see the whole county."""
        return permissions.may_view_county(self.user, self.year.county, self.today)

    def board_url(self) -> str:
        """Return the address of the year's board."""
        return reverse("annualreport:board", args=[self.year.pk])


class BoardView(YearMixin):
    """All units of a year: state, faults, who is late, how far the county is."""

    template_name = "annualreport/board.html"

    def get_page_title(self) -> str:
        """Return the county and the year."""
        return f"{self.year.county.name}{self.year}"

    def verbs(self) -> Mapping[str, Verb]:
        """Return the verbs of the county office."""
        if not self.of_office:
            return {}
        return {"add_missing_units": self.add_missing_units, "publish_units": self.publish_units}

    def add_missing_units(self) -> str:
        """Take up units that were entered after the year was opened."""
        at = timezone.now()
        added = actions.add_missing_units(self.year, by=self.actor(self.year.county), at=at)
        names = "、".join(unit.organ_name for unit in added)
        return f"已增加 {len(added)} 个单位：{names}。" if added else "没有遗漏的单位。"

    def publish_units(self) -> str:
        """Publish the reports of all units whose returns are accepted."""
        waiting = self.year.reports.exclude(organ=self.year.county).filter(state=ReportState.FROZEN)
        reports = list(waiting.select_related("report_year"))
        by, at = self.actor(self.year.county), timezone.now()
        with transaction.atomic():  # all or none, each with its own event
            for report in reports:
                actions.publish(report, by=by, at=at)
        return f"已公布 {len(reports)} 份单位年度报告。"

    @cached_property
    def lines(self) -> list[BoardLine]:
        """One line a unit; open returns with today's records, others as frozen."""
        units = list(permissions.returns_seen_by(self.user, self.year, self.today))
        drafts = [unit for unit in units if unit.state == ReturnState.DRAFT]
        live = live_units(self.year, drafts) if drafts else {}
        last = last_year_sheets(self.year, drafts) if drafts else {}
        reports: dict[int, Report] = {}
        heavy = ("tables", "layers", "units", "figures", "prose", "templates")
        for report in self.year.reports.order_by("version").defer(*heavy):
            if report.organ_id != self.year.county_id:
                reports[report.organ_id] = report
        lines = []
        for unit in units:
            found = crossfoot(live[unit.pk].sheet, last.get(unit.pk)) if unit.pk in live else ()
            lines.append(
                BoardLine(
                    unit=unit,
                    state=ReturnState(unit.state).label,
                    errors=sum(1 for each in found if each.severity is Severity.ERROR),
                    warnings=sum(
                        1
                        for each in found
                        if each.severity is Severity.WARNING
                        and finding_key(each) not in unit.explanations
                    ),
                    late=lateness(unit, self.today),
                    figures=live[unit.pk].figures if unit.pk in live else figures_in(unit),
                    report=reports.get(unit.organ_id),
                )
            )
        return lines

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the units by level, the counts by state and who must be reminded."""
        lines = self.lines
        levels = [
            (level.label, [line for line in lines if line.unit.level == level.value])
            for level in Level
        ]
        counts = {
            state.label: sum(1 for line in lines if line.unit.state == state.value)
            for state in ReturnState
        }
        county_report = latest_report(self.year, self.year.county_id) if self.sees_county else None
        waiting = [line for line in lines if line.unit.state == ReturnState.DRAFT]
        return super().get_context_data(
            year=self.year,
            levels=[(label, found) for label, found in levels if found],
            counts=counts,
            total=len(lines),
            accepted=counts[ReturnState.ACCEPTED.label],
            handed_in=len(lines) - len(waiting),
            waiting=waiting,
            overdue=self.today > self.year.returns_due_on,
            of_office=self.of_office,
            county_report=county_report,
            county_state=ReportState(county_report.state).label if county_report else "",
            unpublished=sum(
                1 for line in lines if line.report and line.report.state == ReportState.FROZEN
            ),
            **kwargs,
        )


def lateness(unit: Return, today: date) -> str:
    """Return in Chinese how late a return is or was; "" when it is in time."""
    due = unit.report_year.returns_due_on
    if unit.correction_reason:  # it came in once already; a correction has no term of its own
        return "更正中" if unit.submitted_at is None else "更正后重报"
    if unit.submitted_at is not None:
        days = (timezone.localdate(unit.submitted_at) - due).days
        return f"迟报 {days} 天" if days > 0 else ""
    days = (today - due).days
    if days > 0:
        return f"逾期 {days} 天"
    return f"还有 {-days} 天" if days >= -7 else ""
