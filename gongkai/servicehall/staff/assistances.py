"""Screens of help for applicants (帮代办): the list, a new matter, one with its steps."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.files.queries import panel
from gongkai.servicehall import actions
from gongkai.servicehall.lifecycle import AssistState, HallError
from gongkai.servicehall.models import Assistance, AssistanceStep
from gongkai.servicehall.staff.access import HallView, blame, told_history
from gongkai.servicehall.staff.assistance_acts import MATTER, AskedForm, FinishForm
from gongkai.servicehall.staff.doing import (
    AboutView,
    ActForm,
)
from gongkai.servicehall.staff.shown import DAY, Cell, Facts, Table, day, heads

PAGE = 50


class AssistancesView(HallView):
    """The matters in sight."""

    template_name = "servicehall/assistances.html"
    page_title = "帮代办"
    part = "assistances"
    at_part = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        state = request.GET.get("state", "")
        found = self.person.assistances.select_related("agent", "organ")
        if state in AssistState.__members__:
            found = found.filter(state=state)
        elif state != "ALL":
            found = found.filter(state=AssistState.UNDER_WAY)
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            table=Table("帮代办", _HEADS, [_row(each) for each in page.object_list]),
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            state=state,
            states=list(AssistState),
        )
        return self.render_to_response(context)

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new matter."""
        if not self.person.clerk_ids:
            return []
        add = reverse("servicehall:add_assistance")
        return [HeaderButton("受理帮代办", url=add, icon_name="plus")]


_HEADS = heads(
    "编号",
    ("项目或者事项", "desk-most"),
    "申请人",
    "帮代办员",
    ("受理日期", DAY),
    ("办结日期", DAY),
    "状态",
)


def _row(matter: Assistance) -> list[Cell]:
    return [
        Cell(matter.number, reverse("servicehall:assistance", args=[matter.pk])),
        Cell(matter.project),
        Cell(matter.shown_as),
        Cell(matter.agent.name),
        Cell(day(matter.accepted_on)),
        Cell(day(matter.closed_on)),
        Cell(matter.get_state_display(), more=matter.get_rating_display()),
    ]


class AddAssistanceView(HallView):
    """Take on a matter."""

    template_name = "servicehall/form.html"
    page_title = "受理帮代办"
    part = "assistances"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse whoever works for no organ as a clerk."""
        if not self.person.clerk_ids:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.show(AskedForm(person=self.person, row=None))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take it on, or show the form again."""
        form = AskedForm(request.POST, person=self.person, row=None)
        if not form.is_valid():
            return self.show(form)
        told = form.cleaned_data
        try:
            matter = actions.accept(
                told["agent"],
                asked=form.asked(),
                item=told["item"],
                accepted_on=told["accepted_on"],
                **self.who,
            )
        except HallError as refused:
            return self.show(blame(form, refused))
        messages.success(request, f"已受理，编号{matter.number}。")
        return redirect("servicehall:assistance", matter.pk)

    def show(self, form: AskedForm) -> HttpResponse:
        """Show the form."""
        hint = "帮代办员在大厅页面登记进驻人员时勾选。"
        return self.show_form(form, hint=hint, back=reverse("servicehall:assistances"))


class AssistanceView(AboutView):
    """One matter with its steps."""

    template_name = "servicehall/record.html"
    subject = MATTER

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Show it."""
        matter = self.about = self.row_of(pk)
        self.page_title = matter.number
        context = self.get_context_data(
            state=matter.get_state_display(),
            said=matter.hall.name,
            warnings=[],
            links=self.subject.offered(self.person, matter),
            facts=[_facts(matter)],
            tables=[self.steps(matter)],
            papers=panel(matter.typed_id, request.user, self.person.now),
            history=told_history(matter.typed_id),
        )
        return self.render_to_response(context)

    def steps(self, matter: Assistance) -> Table:
        """Return the steps; those under way may be finished."""
        may = matter.state == AssistState.UNDER_WAY and self.person.handles(matter)
        rows = []
        for each in matter.steps.all():
            link = reverse("servicehall:finish_step", args=[each.pk]) if may else ""
            done = Cell(day(each.finished_on))
            if each.finished_on is None:
                done = Cell("登记完成", link) if link else Cell("办理中")
            rows.append([Cell(each.name), Cell(each.body), Cell(day(each.begun_on)), done])
        names = heads(("环节", "desk-most"), "部门", ("开始日期", DAY), ("完成日期", DAY))
        return Table("环节", names, rows, "还没有登记环节。")


def _facts(matter: Assistance) -> Facts:
    pairs = (
        ("项目或者事项", matter.project),
        ("政务服务事项", matter.item.name if matter.item else ""),
        ("申请人", matter.shown_as),
        ("帮代办员", f"{matter.agent}{matter.agent.phone and '，' + matter.agent.phone}"),
        ("委托书", "有" if matter.commissioned else "没有"),
        ("受理日期", matter.accepted_on),
        ("办结日期", matter.closed_on),
        ("结果", matter.outcome),
        ("评价", matter.get_rating_display()),
    )
    return Facts("基本情况", pairs)


class FinishStepView(AboutView):
    """Record that a step is finished."""

    template_name = "servicehall/form.html"
    page_title = "环节完成"
    subject = MATTER

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the step; refuse whoever does not handle the matter."""
        step = AssistanceStep.objects.filter(pk=kwargs["pk"]).first()
        if step is None:
            raise Http404("没有这个环节。")
        self.about = self.row_of(step.assistance_id)
        if not self.person.handles(self.about):
            raise PermissionDenied
        self.step = step
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask when."""
        return self.show(FinishForm(person=self.person, row=self.step))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Record it, or show the form again."""
        form = FinishForm(request.POST, person=self.person, row=self.step)
        if not form.is_valid():
            return self.show(form)
        try:
            actions.finish_step(self.step, **form.cleaned_data, **self.who)
        except HallError as refused:
            return self.show(blame(form, refused))
        messages.success(request, "已登记。")
        return redirect("servicehall:assistance", self.about.pk)

    def show(self, form: ActForm) -> HttpResponse:
        """Show the form with the step it is about."""
        return self.show_form(form, about=self.step, back=self.subject.address(self.about))
