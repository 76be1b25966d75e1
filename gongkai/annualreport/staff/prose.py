"""Writing the prose of a return or a report: sections, the figures to name, stated figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages

from gongkai.annualreport import actions
from gongkai.annualreport.actions.writing import known_figures
from gongkai.annualreport.lifecycle import AnnualReportError, ProseRefused
from gongkai.annualreport.models import Report, Return
from gongkai.annualreport.queries.frozen import stated_figures
from gongkai.annualreport.rules.figures import Figure, label
from gongkai.annualreport.rules.named_figures import NAMED
from gongkai.annualreport.rules.prose_template import SECTIONS, faults, render
from gongkai.annualreport.sources.county import LEVEL_OF_SCOPE
from gongkai.annualreport.staff.base import StaffView, Verb
from gongkai.annualreport.staff.reports import ReportMixin
from gongkai.annualreport.staff.returns import UnitMixin

_STATED_FIELDS = ("name", "value", "numerator", "denominator", "unit", "source")


@dataclass(frozen=True)
class ShownSection:
    """A section on the form: its text as typed, what is refused in it, how it will read."""

    key: str
    heading: str
    text: str
    faults: tuple[str, ...]
    preview: str
    rows: int


@dataclass(frozen=True)
class ShownFigure:
    """A figure that may be named."""

    name: str
    label: str
    value: str
    records: str  # the address of the records behind it, "" where the tables open them

    @property
    def placeholder(self) -> str:
        """Return what to type."""
        return f"{{{{ {self.label} }}}}"


class ProseView(StaffView):
    """The prose form. Whatever button is pressed, what was typed stays on the page."""

    template_name = "annualreport/prose.html"
    content: Return | Report

    def may_write(self) -> bool:
        """Return whether the user writes this prose."""
        raise NotImplementedError

    def back(self) -> str:
        """Return the address of the page of the return or report."""
        raise NotImplementedError

    def whose(self) -> str:
        """Return whose records these are, as the address of a figure names it."""
        raise NotImplementedError

    def records_of(self, name: str) -> str:
        """Return the address of the records behind a figure that no table has, "" for others."""
        base, _, scope = name.partition("@")
        if base not in NAMED:
            return ""
        whose = LEVEL_OF_SCOPE[scope].value if scope else self.whose()
        return reverse("annualreport:figure", args=[self.content.report_year_id, whose, base])

    def get_page_title(self) -> str:
        """Return whose prose this is."""
        return f"{self.content.organ_name}年度报告文字部分"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form to those who write it."""
        if not self.may_write():
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def verbs(self) -> Mapping[str, Verb]:
        """Return writing, for those who may."""
        if not self.may_write():
            return {}
        return {
            "write_prose": self.write,
            "state_figure": self.state,
            "drop_stated_figure": self.drop,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do the verb and show the form again, always with what was typed."""
        name, _, self.argument = request.POST.get("verb", "").partition(":")
        verb = self.verbs().get(name)
        if verb is None:
            raise PermissionDenied
        refused = None
        try:
            messages.success(request, verb())
        except AnnualReportError as error:
            refused = error
            messages.error(request, str(error))
        context = self.get_context_data(
            typed=request.POST, refused=refused, refused_verb=name if refused else ""
        )
        return self.render_to_response(context, status=422 if refused else 200)

    @cached_property
    def _acting(self) -> dict[str, Any]:
        return {"by": self.actor(self.content.report_year.county), "at": timezone.now()}

    def write(self) -> str:
        """Save the sections."""
        posted = {key: self.request.POST[key] for key in SECTIONS if key in self.request.POST}
        self.content = actions.write_prose(self.content, templates=posted, **self._acting)
        return "文字部分已保存。"

    def state(self) -> str:
        """State a figure."""
        given = {field: self.request.POST.get(f"stated_{field}", "") for field in _STATED_FIELDS}
        self.content = actions.state_figure(self.content, **given, **self._acting)
        return f"已登记自报数据“{given['name']}”。文字部分如有改动，请另行保存。"

    def drop(self) -> str:
        """Take a stated figure back."""
        self.content = actions.drop_stated_figure(self.content, name=self.argument, **self._acting)
        return f"已撤销“{self.argument}”。文字部分如有改动，请另行保存。"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sections as typed, the figures and the stated figures."""
        typed = kwargs.get("typed") or {}
        figures = known_figures(self.content)
        texts = {
            key: typed.get(key, self.content.templates.get(key, "")).replace("\r\n", "\n")
            for key in SECTIONS
        }
        stated_back = kwargs.get("refused_verb") == "state_figure"
        return super().get_context_data(
            content=self.content,
            back=self.back(),
            sections=_sections(texts, figures),
            figures=[
                ShownFigure(name, label(name), figure.digits + figure.unit, self.records_of(name))
                for name, figure in figures.items()
            ],
            stated=[
                (name, figure.digits + figure.unit, self.content.stated[name]["source"])
                for name, figure in stated_figures(self.content).items()
            ],
            stated_typed={
                field: typed.get(f"stated_{field}", "") if stated_back else ""
                for field in _STATED_FIELDS
            },
            **kwargs,
        )


def _sections(texts: dict[str, str], figures: dict[str, Figure]) -> list[ShownSection]:
    found = faults(texts, figures)
    shown = []
    for key, heading in SECTIONS.items():
        wrong = tuple(fault.message for fault in found if fault.section == key)
        try:
            preview = render(texts[key], figures)
        except ProseRefused:
            preview = ""
        rows = min(12, 3 + len(texts[key]) // 60)
        shown.append(ShownSection(key, heading, texts[key], wrong, preview, rows))
    return shown


class ReturnProseView(ProseView, UnitMixin):
    """The prose of a department's or township's report."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the return."""
        super().setup(request, *args, **kwargs)
        self.content = self.unit

    def may_write(self) -> bool:
        """Return whether the user hands in this return."""
        return self.fills_in

    def back(self) -> str:
        """Return the return's page."""
        return reverse("annualreport:return", args=[self.content.pk])

    def whose(self) -> str:
        """Return the return's own name in addresses."""
        return f"return-{self.content.pk}"


class ReportProseView(ProseView, ReportMixin):
    """The prose of the county's report."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the report."""
        super().setup(request, *args, **kwargs)
        self.content = self.report

    def may_write(self) -> bool:
        """Return whether the user acts for the county office, and the report is the county's."""
        return self.of_office and self.report.of_county

    def back(self) -> str:
        """Return the report's page."""
        return reverse("annualreport:report", args=[self.content.pk])

    def whose(self) -> str:
        """Return the whole county."""
        return "COUNTY"
