"""Screens of cases in which money is paid: the list, a filing, one case with its road."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.files.queries import panel
from gongkai.servicehall import actions, queries
from gongkai.servicehall.actions import Filing
from gongkai.servicehall.lifecycle import OPEN, CaseState, HallError
from gongkai.servicehall.models import Clause, FulfilmentCase
from gongkai.servicehall.staff.access import HallView, blame, told_history
from gongkai.servicehall.staff.case_acts import CASE, FilingForm
from gongkai.servicehall.staff.doing import (
    AboutView,
)
from gongkai.servicehall.staff.shown import (
    DAY,
    NUMBER,
    Cell,
    Facts,
    Table,
    day,
    heads,
    number_of,
    span,
    yuan,
    yuan_and_wan,
)

PAGE = 50
_FILTERS = ("policy", "state", "q")


class CasesView(HallView):
    """The cases in sight, narrowed by policy, state and words."""

    template_name = "servicehall/cases.html"
    page_title = "政策兑现"
    part = "cases"
    at_part = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        found = self.narrowed(request)
        page = Paginator(found.select_related("organ", "clause__policy"), PAGE).get_page(
            request.GET.get("p")
        )
        year = self.today.year
        paid = queries.paid_in_all(self.person.cases.filter(paid_on__year=year))
        context = self.get_context_data(
            table=Table("兑现案件", _HEADS, [_row(case) for case in page.object_list]),
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            asked={name: request.GET.get(name, "")[:100] for name in _FILTERS},
            asked_any=any(request.GET.get(name) for name in _FILTERS),
            policies=list(self.person.policies[:200]),
            states=list(CaseState),
            year=year,
            paid=paid,
            waiting=queries.waiting(self.person.cases, self.today).count(),
        )
        return self.render_to_response(context)

    def narrowed(self, request: HttpRequest) -> QuerySet[FulfilmentCase]:
        """Return the cases that are asked for."""
        told, found = request.GET, self.person.cases
        if (policy := number_of(told.get("policy", ""))) is not None:
            found = found.filter(clause__policy=policy)
        state = told.get("state", "")
        if state in CaseState.__members__:
            found = found.filter(state=state)
        elif state == "WAITING":
            found = queries.waiting(found, self.today)
        elif state != "ALL":
            found = found.filter(state__in=[each.value for each in OPEN])
        return queries.cases_matching(found, told.get("q", "")[:100])


_HEADS = heads(
    "编号",
    ("企业名称", "desk-most"),
    "政策和兑现点",
    "责任部门",
    ("申报日期", DAY),
    ("金额（元）", NUMBER),
    "状态",
)


def _row(case: FulfilmentCase) -> list[Cell]:
    amount = case.paid or case.granted or case.asked
    return [
        Cell(case.number, reverse("servicehall:case", args=[case.pk])),
        Cell(case.enterprise),
        Cell(case.clause.name, more=case.clause.policy.name),
        Cell(case.organ.short_name),
        Cell(day(case.filed_on)),
        Cell(yuan(amount)),
        Cell(case.get_state_display()),
    ]


class CaseView(AboutView):
    """One case: what was filed, judged, shown and paid; the account stays sealed."""

    template_name = "servicehall/record.html"
    subject = CASE

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Show it."""
        case = self.about = self.row_of(pk)
        self.page_title = case.number
        over = case.state == CaseState.ON_NOTICE and case.notice_to < self.today
        context = self.get_context_data(
            state=case.get_state_display(),
            said=case.organ.short_name,
            warnings=["公示期已满，没有异议的请登记。"] if over else [],
            links=self.subject.offered(self.person, case),
            facts=[_filed(case), _judged(case)],
            tables=[],
            papers=panel(case.typed_id, request.user, self.person.now),
            history=told_history(case.typed_id),
        )
        return self.render_to_response(context)


def _filed(case: FulfilmentCase) -> Facts:
    pairs = (
        ("企业名称", case.enterprise),
        ("统一社会信用代码", case.credit_code),
        ("政策", case.clause.policy.name),
        ("兑现点", case.clause.name),
        ("申报日期", case.filed_on),
        ("申请金额", yuan_and_wan(case.asked)),
        ("收款账号", f"尾号{case.account_tail}"),
    )
    return Facts("申报", pairs)


def _judged(case: FulfilmentCase) -> Facts:
    notice = span(case.notice_from, case.notice_to) if case.notice_from else ""
    pairs = (
        ("初审", _said(case.examined_on, case.examined_by, case.examination)),
        ("核定", _said(case.approved_on, case.approved_by, case.approval)),
        ("核定金额", yuan_and_wan(case.granted) if case.granted else ""),
        ("公示", notice),
        ("拨付日期", case.paid_on),
        ("拨付金额", yuan_and_wan(case.paid) if case.paid else ""),
        ("终止日期", case.ended_on),
        ("最近的说明", case.reason),
    )
    return Facts("办理", pairs)


def _said(on: Any, by: str, words: str) -> str:
    return f"{on}，{by}：{words}" if on else ""


class FileCaseView(HallView):
    """Take in what an enterprise files under a clause."""

    template_name = "servicehall/form.html"
    page_title = "登记申报"
    part = "cases"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the clause; refuse whoever does not take in filings for its organ."""
        seen = self.person.policies.values("pk")
        rows = Clause.objects.filter(pk=kwargs["pk"], policy__in=seen)
        clause = rows.select_related("policy__organ", "policy__county").first()
        if clause is None:
            raise Http404("没有这个兑现点，或者您无权查看。")
        if not self.person.files_for(clause.policy):
            raise PermissionDenied
        self.clause = clause
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the empty form."""
        return self.show(FilingForm(person=self.person, row=None))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it in, or show the form again."""
        form = FilingForm(request.POST, person=self.person, row=None)
        if not form.is_valid():
            return self.show(form)
        try:
            case = actions.file_case(self.clause, filing=Filing(**form.cleaned_data), **self.who)
        except HallError as refused:
            return self.show(blame(form, refused))
        messages.success(request, f"已登记，编号{case.number}。")
        return redirect("servicehall:case", case.pk)

    def show(self, form: FilingForm) -> HttpResponse:
        """Show the form with the clause it is about."""
        back = reverse("servicehall:policy", args=[self.clause.policy_id])
        about = f"{self.clause.policy.name}：{self.clause.name}"
        return self.show_form(form, about=about, back=back)
