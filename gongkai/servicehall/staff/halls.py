"""Screens of halls: the list, one with organs, windows and people, who comes and leaves."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.servicehall import actions, queries
from gongkai.servicehall.lifecycle import HallError
from gongkai.servicehall.models import Attendant, Hall, Residency, Window
from gongkai.servicehall.staff.access import HallView, blame, told_history
from gongkai.servicehall.staff.doing import (
    AboutView,
)
from gongkai.servicehall.staff.hall_acts import HALL, HallForm, LeaveForm, NewHallForm
from gongkai.servicehall.staff.shown import (
    NUMBER,
    Cell,
    Facts,
    Table,
    day,
    heads,
    yuan_and_wan,
)


class HallsView(HallView):
    """The halls in sight with what is in them."""

    template_name = "servicehall/list.html"
    page_title = "大厅"
    part = "halls"
    at_part = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        rows = [
            [
                Cell(
                    row.hall.name,
                    reverse("servicehall:hall", args=[row.hall.pk]),
                    more="" if row.hall.left_on is None else "已停用",
                ),
                Cell(row.hall.organ.short_name),
                Cell(row.organs),
                Cell(row.windows),
                Cell(row.people),
                Cell(row.items),
            ]
            for row in queries.hall_rows(self.person.halls, self.today)
        ]
        names = (("名称", "desk-most"), "管理机构")
        counts = tuple((name, NUMBER) for name in ("进驻部门", "窗口", "进驻人员", "进驻事项"))
        empty = "还没有登记大厅。县政务服务中心、乡镇便民服务中心由管理机构点“登记大厅”登记。"
        table = Table("大厅", heads(*names, *counts), rows, empty)
        return self.render_to_response(self.get_context_data(tables=[table]))

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new hall."""
        if not self.person.own_ids:
            return []
        return [HeaderButton("登记大厅", url=reverse("servicehall:add_hall"), icon_name="plus")]


class AddHallView(HallView):
    """Register a hall."""

    template_name = "servicehall/form.html"
    page_title = "登记大厅"
    part = "halls"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        self.recorder_only()
        return self.show(NewHallForm(person=self.person, row=None))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Register it, or show the form again."""
        self.recorder_only()
        form = NewHallForm(request.POST, person=self.person, row=None)
        if not form.is_valid():
            return self.show(form)
        told = form.cleaned_data
        try:
            hall = actions.open_hall(
                told["organ"], told=form.told(), opened_on=told["opened_on"], **self.who
            )
        except HallError as refused:
            return self.show(blame(form, refused))
        messages.success(request, "已登记。")
        return redirect("servicehall:hall", hall.pk)

    def show(self, form: HallForm) -> HttpResponse:
        """Show the form."""
        return self.show_form(form, back=reverse("servicehall:halls"))


class HallPageView(AboutView):
    """One hall: what is told of it, organs, windows, people, what happened."""

    template_name = "servicehall/record.html"
    subject = HALL

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        hall = self.about = self.row_of(pk)
        self.page_title = hall.name
        row = queries.hall_row(hall, self.today)
        may = self.person.records_for(hall) and hall.left_on is None
        context = self.get_context_data(
            state=hall.get_kind_display(),
            said=f"{hall.organ.short_name}管理",
            warnings=[] if hall.left_on is None else [f"已于{hall.left_on}停用。"],
            links=self.subject.offered(self.person, hall),
            facts=[_facts(hall, row)],
            tables=[
                _organs(hall, self.today, may),
                _windows(hall, self.today, may),
                _people(hall, self.today, may),
            ],
            history=told_history(hall.typed_id),
        )
        return self.render_to_response(context)


def _facts(hall: Hall, row: Any) -> Facts:
    pairs = (
        ("地址", hall.address),
        ("开放时间", hall.opening),
        ("电话", hall.phone),
        ("面积", f"{hall.area.normalize():f}平方米" if hall.area else ""),
        ("投资", yuan_and_wan(hall.investment) if hall.investment else ""),
        ("启用日期", hall.joined_on),
        ("进驻", f"部门{row.organs}个，窗口{row.windows}个，人员{row.people}名，事项{row.items}项"),
    )
    return Facts("基本情况", pairs)


def _leave_cell(may: bool, kind: str, row: Any, label: str) -> list[Cell]:
    if not may:
        return []
    return [Cell(label, reverse("servicehall:leave", args=[kind, row.pk]))]


def _organs(hall: Hall, today: Any, may: bool) -> Table:
    rows = [
        [Cell(each.organ.name), Cell(day(each.joined_on)), *_leave_cell(may, "organ", each, "撤出")]
        for each in queries.residents(hall, today)
    ]
    names = heads(("部门", "desk-most"), "进驻日期", *(["办理"] if may else []))
    return Table("进驻部门", names, rows, "还没有登记进驻部门。", count=len(rows))


def _windows(hall: Hall, today: Any, may: bool) -> Table:
    rows = [
        [
            Cell(each.number),
            Cell(each.name),
            Cell(each.get_kind_display()),
            Cell(each.organ.short_name if each.organ else "综合"),
            *_leave_cell(may, "window", each, "停用"),
        ]
        for each in queries.windows(hall, today)
    ]
    names = heads("编号", ("名称", "desk-most"), "类别", "部门", *(["办理"] if may else []))
    return Table("窗口", names, rows, "还没有登记窗口。", count=len(rows))


def _people(hall: Hall, today: Any, may: bool) -> Table:
    rows = [
        [
            Cell(each.name, more="帮代办员" if each.agent else ""),
            Cell(each.organ.short_name),
            Cell(f"{each.window.number}号" if each.window else "—"),
            Cell(each.duty or "—"),
            Cell(each.phone or "—"),
            Cell(day(each.joined_on)),
            *_leave_cell(may, "person", each, "离开"),
        ]
        for each in queries.attendants(hall, today)
    ]
    more = ["办理"] if may else []
    names = heads("姓名", "派出部门", "窗口", "职责", "办公电话", "进驻日期", *more)
    return Table("进驻人员", names, rows, "还没有登记进驻人员。", count=len(rows))


_LEAVING: dict[str, tuple[type[Any], Any, str]] = {
    "organ": (Residency, actions.move_organ_out, "登记部门撤出"),
    "window": (Window, actions.close_window, "停用窗口"),
    "person": (Attendant, actions.release, "登记人员离开"),
}


class LeaveView(AboutView):
    """Record that an organ, a window or a person is there no more."""

    template_name = "servicehall/form.html"
    subject = HALL

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find what leaves; refuse whoever does not run the hall."""
        told = _LEAVING.get(kwargs["kind"])
        row = told and told[0].objects.select_related("hall").filter(pk=kwargs["pk"]).first()
        if told is None or not row:
            raise Http404("没有这条记录。")
        self.about = self.row_of(row.hall_id)
        if not self.person.records_for(self.about):
            raise PermissionDenied
        self.leaving, self.verb, self.page_title = row, told[1], told[2]
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """Ask why and when."""
        return self.show(LeaveForm(person=self.person, row=self.leaving))

    def post(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """Record it, or show the form again."""
        form = LeaveForm(request.POST, person=self.person, row=self.leaving)
        if not form.is_valid():
            return self.show(form)
        try:
            self.verb(self.leaving, **form.cleaned_data, **self.who)
        except HallError as refused:
            return self.show(blame(form, refused))
        messages.success(request, f"已办理：{self.page_title}。")
        return redirect("servicehall:hall", self.about.pk)

    def show(self, form: Any) -> HttpResponse:
        """Show the form with what leaves."""
        return self.show_form(form, about=self.leaving, back=self.subject.address(self.about))
