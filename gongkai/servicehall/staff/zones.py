"""Screens of zones for open government: the list, one with its visitors by month."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.files.queries import panel
from gongkai.orgs.models import Organ
from gongkai.servicehall import actions, queries
from gongkai.servicehall.actions import ZonePlace, ZoneTold
from gongkai.servicehall.lifecycle import HallError
from gongkai.servicehall.models import OpenZone
from gongkai.servicehall.queries import HallPerson
from gongkai.servicehall.staff.access import HallView, blame, told_history
from gongkai.servicehall.staff.doing import (
    AboutView,
    Act,
    ActForm,
    Subject,
    asks,
    by_slug,
    plainly,
)
from gongkai.servicehall.staff.fields import (
    amount_field,
    choice_field,
    count_field,
    day_field,
    row_field,
    text_field,
)
from gongkai.servicehall.staff.shown import NUMBER, Cell, Facts, Table, day, heads

_TOLD = ("name", "address", "opening", "phone", "area", "facilities", "services", "keeper")


class ZoneForm(ActForm):
    """What is told of a zone."""

    place = choice_field("设置场所", ZonePlace)
    name = text_field("name")
    address = text_field("address")
    opening = text_field("opening")
    phone = text_field("phone", required=False)
    area = amount_field("面积（平方米）", 8, required=False)
    facilities = text_field(
        "facilities", required=False, help_text="如：查询机2台、电脑1台、打印机"
    )
    services = text_field("services", required=False, help_text="如：查阅、依申请公开、咨询")
    keeper = text_field("keeper", required=False)

    def fill(self) -> None:
        """Show what is told now."""
        if isinstance(self.row, OpenZone):
            for name in ("place", *_TOLD):
                self.initial.setdefault(name, getattr(self.row, name))

    def told(self) -> ZoneTold:
        """Return what is told."""
        values = {name: self.cleaned_data[name] for name in _TOLD}
        return ZoneTold(place=ZonePlace(self.cleaned_data["place"]), **values)


class NewZoneForm(ZoneForm):
    """A zone and who keeps it."""

    organ = row_field("管理机构", Organ.objects.none())
    opened_on = day_field("启用日期", now=True)
    field_order = ("organ", "place", "name")

    def fill(self) -> None:
        """Offer the organs this person records for."""
        self.fields["organ"].queryset = self.person.own_organs


class VisitsForm(ActForm):
    """How many came in a month; any day of it names it."""

    month = day_field("月份", help_text="选该月任意一天")
    visits = count_field("访问人次", 10_000_000, help_text="没有的填0；再次填报的，以最后一次为准")

    def fill(self) -> None:
        """Begin with the month before this one."""
        first = self.person.official.today.replace(day=1)
        month = first.replace(year=first.year - (first.month == 1), month=first.month - 1 or 12)
        self.initial.setdefault("month", month)


def _keeps(person: HallPerson, zone: OpenZone) -> bool:
    return person.records_for(zone)


def _is_open(zone: OpenZone) -> bool:
    return zone.left_on is None


ZONE_ACTS = by_slug(
    Act(
        "visits",
        "填报人次",
        VisitsForm,
        plainly(actions.enter_visits),
        _keeps,
        _is_open,
        main=True,
    ),
    Act(
        "check",
        "登记检查",
        asks(checked_on=day_field("检查日期", now=True), remark=text_field("remark")),
        plainly(actions.check_zone),
        _keeps,
        _is_open,
    ),
    Act(
        "change",
        "修改信息",
        ZoneForm,
        lambda zone, form, who: actions.change_zone(zone, told=form.told(), **who),
        _keeps,
        _is_open,
    ),
    Act(
        "close",
        "停用专区",
        asks(why=text_field("why"), left_on=day_field("停用日期", now=True)),
        plainly(actions.close_zone),
        _keeps,
        _is_open,
    ),
)


def _find(person: HallPerson, pk: Any) -> OpenZone | None:
    return person.zones.filter(pk=pk).select_related("organ", "county").first()


ZONE = Subject("zones", "zone", "zone_act", _find, ZONE_ACTS)


class ZonesView(HallView):
    """The zones in sight with their visitors of this year."""

    template_name = "servicehall/list.html"
    page_title = "政务公开专区"
    part = "zones"
    at_part = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        year = self.today.year
        rows = [
            [
                Cell(
                    row.zone.name,
                    reverse("servicehall:zone", args=[row.zone.pk]),
                    more="" if row.zone.left_on is None else "已停用",
                ),
                Cell(row.zone.get_place_display()),
                Cell(row.zone.organ.short_name),
                Cell(row.zone.opening),
                Cell(day(row.zone.checked_on)),
                Cell(row.visits),
            ]
            for row in queries.zone_rows(self.person.zones, year)
        ]
        names = heads(
            ("名称", "desk-most"),
            "场所",
            "管理机构",
            "开放时间",
            "最近检查",
            (f"{year}年人次", NUMBER),
        )
        empty = "还没有登记政务公开专区。"
        table = Table("政务公开专区", names, rows, empty)
        return self.render_to_response(self.get_context_data(tables=[table]))

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new zone."""
        if not self.person.own_ids:
            return []
        return [HeaderButton("登记专区", url=reverse("servicehall:add_zone"), icon_name="plus")]


class AddZoneView(HallView):
    """Register a zone."""

    template_name = "servicehall/form.html"
    page_title = "登记专区"
    part = "zones"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        self.recorder_only()
        return self.show(NewZoneForm(person=self.person, row=None))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Register it, or show the form again."""
        self.recorder_only()
        form = NewZoneForm(request.POST, person=self.person, row=None)
        if not form.is_valid():
            return self.show(form)
        told = form.cleaned_data
        try:
            zone = actions.open_zone(
                told["organ"], told=form.told(), opened_on=told["opened_on"], **self.who
            )
        except HallError as refused:
            return self.show(blame(form, refused))
        messages.success(request, "已登记。")
        return redirect("servicehall:zone", zone.pk)

    def show(self, form: ZoneForm) -> HttpResponse:
        """Show the form."""
        return self.show_form(form, back=reverse("servicehall:zones"))


class ZonePageView(AboutView):
    """One zone: what is told of it, visitors by month, pictures, what happened."""

    template_name = "servicehall/record.html"
    subject = ZONE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        zone = self.about = self.row_of(pk)
        self.page_title = zone.name
        months = zone.months.all()[:36]
        rows = [
            [Cell(f"{each.starts_on:%Y年%m月}"), Cell(each.visits), Cell(each.entered_by)]
            for each in months
        ]
        context = self.get_context_data(
            state=zone.get_place_display(),
            said=f"{zone.organ.short_name}管理",
            warnings=[] if zone.left_on is None else [f"已于{zone.left_on}停用。"],
            links=self.subject.offered(self.person, zone),
            facts=[_facts(zone)],
            tables=[
                Table(
                    "每月人次",
                    heads(("月份", "desk-most"), ("访问人次", NUMBER), "填报人"),
                    rows,
                    "还没有填报人次。",
                )
            ],
            papers=panel(zone.typed_id, request.user, self.person.now),
            history=told_history(zone.typed_id),
        )
        return self.render_to_response(context)


def _facts(zone: OpenZone) -> Facts:
    pairs = (
        ("地址", zone.address),
        ("开放时间", zone.opening),
        ("电话", zone.phone),
        ("面积", f"{zone.area.normalize():f}平方米" if zone.area else ""),
        ("设施", zone.facilities),
        ("提供的服务", zone.services),
        ("负责人", zone.keeper),
        ("启用日期", zone.joined_on),
        ("最近检查", zone.checked_on),
        ("检查情况", zone.remark),
    )
    return Facts("基本情况", pairs)
