"""Screens of policies for enterprises: the list, one with its clauses and cases, its editing."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.servicehall import actions, queries
from gongkai.servicehall.lifecycle import HallError, PolicyState
from gongkai.servicehall.models import Clause, EnterprisePolicy
from gongkai.servicehall.staff.access import HallView, blame, told_history
from gongkai.servicehall.staff.doing import (
    AboutView,
)
from gongkai.servicehall.staff.policy_acts import POLICY, PolicyForm, clause_forms, told_clauses
from gongkai.servicehall.staff.shown import (
    NUMBER,
    Cell,
    Facts,
    Link,
    Table,
    heads,
    span,
    yuan,
)


class PoliciesView(HallView):
    """The policies in sight."""

    template_name = "servicehall/list.html"
    page_title = "惠企政策"
    part = "policies"
    at_part = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        rows = [
            [
                Cell(
                    each.name,
                    reverse("servicehall:policy", args=[each.pk]),
                    more=each.document_number,
                ),
                Cell(each.organ.short_name),
                Cell(span(each.valid_from, each.valid_to)),
                Cell(each.get_state_display()),
                Cell(len(each.clauses.all())),
                Cell(each.cases_filed),
            ]
            for each in queries.policies_with_clauses(self.person.policies)[:500]
        ]
        names = heads(
            ("政策名称", "desk-most"),
            "责任部门",
            "有效期",
            "状态",
            ("兑现点", NUMBER),
            ("案件", NUMBER),
        )
        empty = (
            "还没有登记惠企政策。责任部门点“登记政策”，写明兑现点的条件和标准，发布以后受理申报。"
        )
        table = Table("惠企政策", names, rows, empty)
        return self.render_to_response(self.get_context_data(tables=[table]))

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new policy."""
        if not self.person.own_ids:
            return []
        add = reverse("servicehall:add_policy")
        return [HeaderButton("登记政策", url=add, icon_name="plus")]


class _PolicyFormView(HallView):
    """The form of a policy with its clauses."""

    template_name = "servicehall/guide_form.html"
    part = "policies"

    def show(self, form: PolicyForm, clauses: forms.BaseFormSet, back: str) -> HttpResponse:
        """Show the forms; 422 when something was refused."""
        wrong = bool(form.errors or clauses.total_error_count())
        context = self.get_context_data(
            form=form, rows=[("兑现点", clauses)], back=back, wrong=wrong
        )
        return self.render_to_response(context, status=422 if wrong else 200)


class AddPolicyView(_PolicyFormView):
    """Register a policy."""

    page_title = "登记政策"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty forms."""
        self.recorder_only()
        return self.show(PolicyForm(person=self.person, row=None), clause_forms(), self.back)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Register it, or show everything again."""
        self.recorder_only()
        form = PolicyForm(request.POST, person=self.person, row=None)
        clauses = clause_forms(request.POST)
        if all([form.is_valid(), clauses.is_valid()]):
            try:
                made = actions.draft_policy(
                    form.cleaned_data["organ"],
                    told=form.told(),
                    clauses=told_clauses(clauses),
                    **self.who,
                )
            except HallError as refused:
                blame(form, refused)
            else:
                messages.success(request, "已保存。核对以后请发布。")
                return redirect("servicehall:policy", made.pk)
        return self.show(form, clauses, self.back)

    @property
    def back(self) -> str:
        """The list."""
        return reverse("servicehall:policies")


class EditPolicyView(AboutView, _PolicyFormView):
    """Change a policy and its clauses."""

    page_title = "修改政策"
    subject = POLICY

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the policy; refuse whoever does not record for it."""
        self.about = self.row_of(kwargs["pk"])
        if not self.person.records_for(self.about):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        form = PolicyForm(person=self.person, row=self.about)
        return self.show(form, clause_forms(policy=self.about), self.back)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep it, or show everything again."""
        form = PolicyForm(request.POST, person=self.person, row=self.about)
        clauses = clause_forms(request.POST)
        if all([form.is_valid(), clauses.is_valid()]):
            try:
                actions.write_policy(
                    self.about, told=form.told(), clauses=told_clauses(clauses), **self.who
                )
            except HallError as refused:
                blame(form, refused)
            else:
                messages.success(request, "已保存。")
                return redirect("servicehall:policy", pk)
        return self.show(form, clauses, self.back)

    @property
    def back(self) -> str:
        """The policy's page."""
        return self.subject.address(self.about)


class PolicyView(AboutView):
    """One policy with its clauses; cases are filed from here."""

    template_name = "servicehall/record.html"
    subject = POLICY

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        policy = self.about = self.row_of(pk)
        self.page_title = policy.name
        links = self.subject.offered(self.person, policy)
        if self.person.records_for(policy) and policy.state != PolicyState.ENDED:
            links.append(Link("修改政策", reverse("servicehall:edit_policy", args=[policy.pk])))
        cases = f"{reverse('servicehall:cases')}?policy={policy.pk}&state=ALL"
        links.append(Link("全部案件", cases))
        context = self.get_context_data(
            state=policy.get_state_display(),
            said=policy.organ.short_name,
            warnings=[],
            links=links,
            facts=[_facts(policy), *(self.clause(each) for each in policy.clauses.all())],
            tables=[self.filing(policy)] if self.may_file(policy) else [],
            history=told_history(policy.typed_id),
        )
        return self.render_to_response(context)

    def may_file(self, policy: EnterprisePolicy) -> bool:
        """Say whether this person takes in what enterprises file."""
        return policy.state == PolicyState.PUBLISHED and self.person.files_for(policy)

    def clause(self, clause: Clause) -> Facts:
        """Return what is told of a clause."""
        pairs = (
            ("兑现方式", clause.get_way_display()),
            ("申报条件", clause.conditions),
            ("申报材料", clause.materials),
            ("兑现标准", clause.standard),
            ("上限", f"{yuan(clause.cap)}元" if clause.cap else ""),
            ("资金来源和层级", clause.fund),
            ("申报期限", span(clause.opens_on, clause.closes_on) if clause.opens_on else ""),
        )
        return Facts(f"兑现点{clause.number}：{clause.name}", pairs)

    def filing(self, policy: EnterprisePolicy) -> Table:
        """Return the clauses under which something may be filed now."""
        rows = [
            [Cell(each.name), Cell("登记申报", reverse("servicehall:file_case", args=[each.pk]))]
            for each in policy.clauses.all()
        ]
        return Table("受理申报", heads(("兑现点", "desk-most"), "办理"), rows)


def _facts(policy: EnterprisePolicy) -> Facts:
    pairs = (
        ("文号", policy.document_number),
        ("发文机关", policy.issuer),
        ("责任部门", policy.organ.name),
        ("有效期", span(policy.valid_from, policy.valid_to)),
        ("适用的行业、规模、区域", policy.tags),
        ("咨询电话", policy.phone),
        ("政策文件", policy.document_link),
    )
    return Facts("政策", pairs)
