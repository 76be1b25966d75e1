"""Single decisions (双公示): the list with its terms, one decision, each step, downloads."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.adapters import xlsx
from gongkai.audit import word
from gongkai.audit.queries import history_of
from gongkai.registers import actions, deadlines, queries, rules
from gongkai.registers.lifecycle import DECISION_TRANSITIONS, DecisionEvent, DecisionState
from gongkai.registers.models import Decision, DecisionQuerySet
from gongkai.registers.rules import PartyKind, RegisterKind
from gongkai.registers.rules.decision_sheet import HEADS, written
from gongkai.registers.staff.access import RegisterView
from gongkai.registers.staff.decision_forms import STEP_FORMS, DecisionFilterForm, DecisionForm
from gongkai.registers.staff.listing import MOST_EXPORTED, PAGE, download
from gongkai.statute.lifecycles import allowed_events


class _Filtered(RegisterView):
    """A screen of the decisions a person sees, narrowed by the address."""

    def found(self, request: HttpRequest) -> DecisionQuerySet:
        """Return the decisions that the filters leave of those the person sees."""
        seen = list(self.person.sees.values_list("pk", flat=True))
        self.filters = DecisionFilterForm(
            request.GET or None, organs=self.person.sees, years=queries.decision_years(seen)
        )
        told = self.filters.cleaned_data if self.filters.is_valid() else {}
        organ = told.get("organ")
        return queries.decisions(
            [organ.pk] if organ else seen,
            today=self.person.today,
            kind=RegisterKind(told["kind"]) if told.get("kind") else None,
            year=told.get("year"),
            state=told.get("state", ""),
        )


class DecisionsView(_Filtered):
    """The decisions of every organ the person sees, with their terms."""

    template_name = "registers/decisions.html"
    page_title = "双公示决定"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        found = self.found(request)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            rows=queries.decision_lines(page.object_list, self.person.today),
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            filters=self.filters,
            filter_query=request.GET.urlencode(),
            missed=found.filter(queries.missed(self.person.today)).count(),
            may_enter=self.person.acts_for.exists(),
        )
        return self.render_to_response(context)

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer entering and the import to those who may enter."""
        if not self.person.acts_for.exists():
            return []
        return [
            HeaderButton("登记一件", url=reverse("registers:enter_decision"), icon_name="plus"),
            HeaderButton(
                "从 Excel 导入", url=reverse("registers:import_decisions"), icon_name="upload"
            ),
        ]


class EnterDecisionView(RegisterView):
    """Enter one decision; what was typed stays when something is wrong."""

    template_name = "registers/enter_decision.html"
    page_title = "登记双公示决定"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        self.recorder_only()
        return self.show(DecisionForm(organs=self.person.acts_for))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Enter the decision, or show the form again with every fault."""
        self.recorder_only()
        form = DecisionForm(request.POST, organs=self.person.acts_for)
        if not form.is_valid():
            return self.show(form)
        try:
            decision = actions.enter_decision(
                form.cleaned_data["organ"],
                facts=form.facts(),
                by=self.person.actor,
                at=self.person.now,
            )
        except rules.DecisionRefused as refused:
            form.add_faults(refused.faults)
            return self.show(form)
        except rules.RegisterError as refused:
            form.add_error("number", str(refused))
            return self.show(form)
        messages.success(request, f"已登记：{decision}")
        return redirect("registers:decision", decision.pk)

    def show(self, form: DecisionForm) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(form=form, back=reverse("registers:decisions"))
        return self.render_to_response(context, status=422 if form.errors else 200)


class DecisionView(RegisterView):
    """One decision: what it says, its terms with their sums, who did what."""

    template_name = "registers/decision.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the decision."""
        decision = self.decision(pk)
        self.page_title = str(decision)
        may = self.person.may_act_for(decision.organ_id)
        state = DecisionState(decision.state)
        try:
            terms = queries.decision_terms(decision)
        except deadlines.NoTerm:
            terms = []
        targets = [decision.typed_id]
        if decision.imported_in:
            targets.append(decision.imported_in.typed_id)
        lines = [
            line
            for target in targets
            for line in history_of(target)
            if line.chain == decision.organ.code
        ]
        context = self.get_context_data(
            decision=decision,
            facts=_facts(decision),
            terms=terms,
            late=queries.is_late(decision, self.person.today),
            events=allowed_events(DECISION_TRANSITIONS, state) if may else [],
            history=[(word(line.verb), line) for line in sorted(lines, key=lambda line: line.at)],
        )
        return self.render_to_response(context)


class DecisionStepView(RegisterView):
    """The form of one step of one decision."""

    template_name = "registers/decision_step.html"

    def prepare(self, pk: int, event: str) -> Decision:
        """Find the decision and the step, and refuse whose posts do not allow it."""
        found = next((each for each in DecisionEvent if each.value.lower() == event), None)
        if found is None:
            raise Http404
        self.event = found
        self.page_title = found.label
        return self.decision_to_change(pk)

    def get(self, request: HttpRequest, pk: int, event: str) -> HttpResponse:
        """Show the form, or why the step is refused now."""
        decision = self.prepare(pk, event)
        if self.event not in allowed_events(DECISION_TRANSITIONS, DecisionState(decision.state)):
            state = decision.get_state_display()
            messages.error(request, f"这件决定现为“{state}”，不能“{self.event.label}”")
            return redirect("registers:decision", decision.pk)
        initial = {"on": self.person.today, "address": decision.address}
        return self.show(decision, STEP_FORMS[self.event](initial=initial))

    def post(self, request: HttpRequest, pk: int, event: str) -> HttpResponse:
        """Record the step, or show the form again with what stands against it."""
        decision = self.prepare(pk, event)
        form = STEP_FORMS[self.event](request.POST)
        if not form.is_valid():
            return self.show(decision, form)
        verb = getattr(actions, f"{self.event.value.lower()}_decision")
        try:
            verb(decision, **form.cleaned_data, by=self.person.actor, at=self.person.now)
        except rules.RegisterError as refused:
            field = getattr(refused, "field", "")
            field = {"published_on": "on"}.get(field, field)
            form.add_error(field if field in form.fields else None, str(refused))
            return self.show(decision, form)
        messages.success(request, f"已{self.event.label}")
        return redirect("registers:decision", decision.pk)

    def show(self, decision: Decision, form: Any) -> HttpResponse:
        """Show the form; 422 when it was refused."""
        context = self.get_context_data(
            decision=decision, form=form, back=reverse("registers:decision", args=[decision.pk])
        )
        return self.render_to_response(context, status=422 if form.errors else 200)


class DecisionsTemplate(RegisterView):
    """The empty workbook to fill in, with the person's organs as choices."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the template."""
        self.recorder_only()
        organs = tuple(self.person.acts_for.values_list("name", flat=True))
        sheets = [
            xlsx.SheetOut("填报", columns(organs)),
            xlsx.SheetOut(
                "填写说明",
                (xlsx.Column("填写说明", 100),),
                tuple((line,) for line in EXPLAINED),
            ),
            xlsx.SheetOut(
                "机构名称",
                (xlsx.Column("可填报的机构", 40),),
                tuple((name,) for name in organs),
            ),
        ]
        return download(xlsx.write_tables(sheets), "双公示决定填报模板.xlsx")


class DecisionsExport(_Filtered):
    """The decisions of a list as a workbook of the template's own form, with their terms."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the decisions that count among those listed."""
        found = self.found(request).exclude(state=DecisionState.STRUCK)[:MOST_EXPORTED]
        today = self.person.today
        rows = tuple(
            (
                *written(row.organ.name, queries.facts_of(row)),
                row.due_on.isoformat() if row.due_on else "",
                row.get_state_display(),
                "是" if queries.is_late(row, today) else "",
            )
            for row in found
        )
        heads = (*columns(()), *(xlsx.Column(head) for head in ("期限", "状态", "超过期限")))
        sheet = xlsx.SheetOut("双公示决定", heads, rows)
        return download(xlsx.write_tables([sheet]), "双公示决定.xlsx")


EXPLAINED = (
    "1. 每行填一件决定。决定机关填全称、简称或机构代码，可填的机构见“机构名称”表。",
    f"2. 类别填：{'、'.join(kind.label for kind in rules.DECIDED)}。",
    f"3. 相对人类别填：{'、'.join(kind.label for kind in PartyKind)}。",
    "4. 法人和非法人组织须填统一社会信用代码；自然人不填代码，不得填写身份证号、电话、住址。",
    "5. 自然人填姓名，系统导入时只保留姓氏（如“张某某”）。",
    "6. 行政许可、行政处罚自决定之日起7个工作日内公开，行政强制20个工作日内公开。",
    "7. 已经公开的填公开日期和公开网址；尚未公开的留空，公开后在系统中登记。",
    "8. 罚没金额以元为单位，只有行政处罚填写。有效期为长期的留空。",
    "9. 有一处错误，整个文件不导入；系统会列出每一处错误的行、列和改法。",
)


def columns(organs: tuple[str, ...]) -> tuple[xlsx.Column, ...]:
    """Return the template's columns; a short list of organs can be chosen from."""
    named = organs if len(",".join(organs)) <= 250 else ()
    choices = {
        "organ": named,
        "kind": tuple(kind.label for kind in rules.DECIDED),
        "party_kind": tuple(kind.label for kind in PartyKind),
    }
    widths = {"organ": 30, "number": 28, "party": 24, "credit_code": 24, "matter": 36}
    widths |= {"outcome": 40, "basis": 30, "address": 36, "source_name": 24, "party_kind": 20}
    return tuple(
        xlsx.Column(head, widths.get(name, 14), choices.get(name, ()))
        for name, head in HEADS.items()
    )


def _facts(row: Decision) -> list[tuple[str, Any]]:
    told: list[tuple[str, Any]] = [
        ("决定机关", row.organ.name),
        ("类别", row.get_kind_display()),
        ("决定文书号", row.number),
        ("相对人类别", row.get_party_kind_display()),
        ("行政相对人", row.party),
        ("统一社会信用代码", row.credit_code),
        ("事项（案由）", row.matter),
        ("依据", row.basis),
        ("决定内容", row.outcome),
        ("罚没金额（元）", row.amount if row.kind == RegisterKind.PENALTY else None),
        ("决定日期", row.decided_on),
        ("有效期至", row.valid_to),
        ("公开日期", row.published_on),
        ("公开网址", row.address),
        ("变更、撤销日期", row.cancelled_on),
        ("情形", row.get_cancel_reason_display()),
        ("理由", row.cancel_words),
        ("撤回公开日期", row.taken_down_on),
        ("作废理由", row.struck_reason),
        ("数据来源", row.source_name),
        ("登记", f"{row.entered_by}，{timezone.localtime(row.entered_at):%Y-%m-%d}"),
    ]
    return [(label, value) for label, value in told if value not in ("", None)]
