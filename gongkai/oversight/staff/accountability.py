"""Screens of accountability, for the county's office and heads alone; who it was opens logged."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.files.queries import panel
from gongkai.oversight import actions
from gongkai.oversight.actions import CaseTold
from gongkai.oversight.models import AccountabilityCase
from gongkai.oversight.rules.kinds import Fault, Sanction
from gongkai.oversight.staff.access import (
    FormView,
    OfficeForm,
    OversightView,
    or_404,
    refuse_unless,
)
from gongkai.oversight.staff.fields import choice_field, day_field, row_field, text_field
from gongkai.oversight.staff.plan_forms import WhyForm
from gongkai.oversight.staff.plans import url
from gongkai.oversight.staff.shown import DAY, LONG, MOST, Cell, Facts, Link, Table, day, heads


class CaseForm(forms.Form):
    """A case of accountability."""

    fault = choice_field("情形", [(each.value, each.label) for each in Fault])
    sanction = choice_field("处理方式", [(each.value, each.label) for each in Sanction])
    decided_on = day_field("处理日期")
    number = text_field("number", required=False)
    facts = text_field("facts", rows=5, help_text="写明事实，不写个人姓名")
    people = text_field(
        "people", rows=2, required=False, help_text="加密保存，查看时记入操作日志；不涉及个人的不填"
    )
    about = text_field("about", required=False, help_text="如：问题编号WT2026-00012、投诉编号")

    def __init__(self, *args: Any, organs: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["organ"] = row_field("责任单位", organs)
        self.order_fields(["organ", "fault", "sanction", "decided_on", "number", "facts"])

    def told(self) -> CaseTold:
        """Return the case."""
        return CaseTold(
            **{key: value for key, value in self.cleaned_data.items() if key != "organ"}
        )


class CasesView(OversightView):
    """The cases of the county."""

    page_title = "责任追究"
    tab = "cases"

    def allowed(self) -> bool:
        """Say whether this person may see cases."""
        return self.person.sees_cases

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, the newest first."""
        found = self.person.cases.select_related("organ")
        pages = Paginator(found, 50).get_page(request.GET.get("p"))
        rows = [
            (
                Cell(
                    each.organ.short_name, url("case", each.pk), "已撤销" if each.struck_at else ""
                ),
                Cell(each.get_sanction_display()),
                Cell(each.get_fault_display()),
                Cell(day(each.decided_on)),
                Cell(each.number or "—"),
            )
            for each in pages
        ]
        head = heads(("责任单位", MOST), "处理方式", ("情形", LONG), ("处理日期", DAY), "文号")
        links = (
            [Link("登记责任追究", url("record_case"), main=True)] if self.person.counties else []
        )
        note = "责任追究记录不公开，只有政务公开办和分管领导可以查看；件数写入年度报告。"
        table = Table("", head, rows, "没有责任追究记录。", note=note)
        return self.show(tables=[table], links=links, pages=pages, query="")


class CaseScreen(OversightView):
    """A screen of one case."""

    def allowed(self) -> bool:
        """Say whether this person may see cases."""
        return self.person.sees_cases

    def case(self) -> AccountabilityCase:
        """Return the case if this person sees it; else 404."""
        rows = self.person.cases.select_related("organ", "county")
        return or_404(rows.filter(pk=self.kwargs["pk"]).first())

    def trail(self) -> list[tuple[str, str]]:
        """Return the list."""
        return [(url("cases"), "责任追究")]

    def page(self, case: AccountabilityCase, people: str) -> HttpResponse:
        """Show a case; who it was only when opened."""
        self.page_title = f"{case.organ.short_name}：{case.get_sanction_display()}"
        keeps = self.person.keeps(case.county_id)
        links = []
        if case.has_people and not people:
            links.append(Link("查看被追究人员", url("case_people", case.pk), post=True))
        if keeps and case.struck_at is None:
            links.append(Link("撤销", url("strike_case", case.pk)))
        facts = Facts(
            "",
            (
                ("责任单位", case.organ.name),
                ("情形", case.get_fault_display()),
                ("事由", case.facts),
                ("处理方式", case.get_sanction_display()),
                ("处理日期", day(case.decided_on)),
                ("文号", case.number),
                ("被追究人员", people),
                ("关联记录", case.about),
                ("登记", f"{case.recorded_by}，{day(timezone.localdate(case.recorded_at))}"),
                ("撤销理由", case.struck_why),
            ),
        )
        return self.show(
            state="已撤销" if case.struck_at else "有效",
            said="本次查看已记入操作日志。" if people else "",
            links=links,
            facts=[facts],
            papers=panel(case.typed_id, self.request.user, self.person.now),
        )


class CaseView(CaseScreen):
    """One case, without who it was."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Show it."""
        return self.page(self.case(), "")


class PeopleView(CaseScreen):
    """One case with who it was; that somebody looked is logged."""

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Show it."""
        case = self.case()
        return self.page(case, actions.show_people(case, **self.who))


class RecordCaseView(OfficeForm):
    """Record a case."""

    page_title, button = "登记责任追究", "登记"
    done = "已登记。"

    def form(self, *args: Any) -> CaseForm:
        """Return the form."""
        return CaseForm(*args, organs=self.person.joined_in(self.county))

    def take(self, form: CaseForm) -> str:
        """Record it."""
        organ = form.cleaned_data["organ"]
        made = actions.record_case(self.county, organ, told=form.told(), **self.who)
        return url("case", made.pk)

    def back(self) -> str:
        """Return the list."""
        return url("cases")


class StrikeCaseView(FormView, CaseScreen):
    """Strike a case out."""

    page_title = button = "撤销"
    hint = "登记错误或者处理决定被撤销的，可以撤销；撤销后不再计入统计，记录仍然保留。"
    done = "已撤销。"

    def open(self) -> None:
        """Find the case, for its keeper."""
        self.held = self.case()
        refuse_unless(self.person.keeps(self.held.county_id))

    def form(self, *args: Any) -> WhyForm:
        """Return the form."""
        return WhyForm(*args)

    def take(self, form: WhyForm) -> str:
        """Strike it out."""
        actions.strike_case(self.held, **form.cleaned_data, **self.who)
        return self.back()

    def back(self) -> str:
        """Return the case."""
        return url("case", self.held.pk)
