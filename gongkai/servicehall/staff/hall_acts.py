"""What may be done with a hall, each act with its form and verb."""

from typing import Any

from django.db.models import QuerySet

from gongkai.orgs.models import Organ
from gongkai.orgs.queries import existing_between
from gongkai.servicehall import actions
from gongkai.servicehall.actions import HallKind, HallTold, Person, WindowKind
from gongkai.servicehall.models import Hall, Window
from gongkai.servicehall.queries import HallPerson
from gongkai.servicehall.staff.doing import (
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
    day_field,
    row_field,
    text_field,
    tick_field,
)

_TOLD = ("name", "address", "opening", "phone", "area", "investment")


class HallForm(ActForm):
    """What is told of a hall."""

    kind = choice_field("类别", HallKind)
    name = text_field("name")
    address = text_field("address")
    opening = text_field("opening", required=False)
    phone = text_field("phone", required=False)
    area = amount_field("面积（平方米）", 8, required=False)
    investment = amount_field("投资（元）", required=False, help_text="改扩建投资，以元为单位")

    def fill(self) -> None:
        """Show what is told now."""
        if isinstance(self.row, Hall):
            for name in ("kind", *_TOLD):
                self.initial.setdefault(name, getattr(self.row, name))

    def told(self) -> HallTold:
        """Return what is told."""
        values = {name: self.cleaned_data[name] for name in _TOLD}
        return HallTold(kind=HallKind(self.cleaned_data["kind"]), **values)


class NewHallForm(HallForm):
    """A hall and who runs it."""

    organ = row_field("管理机构", Organ.objects.none())
    opened_on = day_field("启用日期", now=True)
    field_order = ("organ", "kind", "name")

    def fill(self) -> None:
        """Offer the organs this person records for."""
        self.fields["organ"].queryset = self.person.own_organs


class _OfCounty(ActForm):
    """A form in which an organ of the hall's county is chosen."""

    def organs(self) -> QuerySet[Organ]:
        """Return the organs of the county that are there today."""
        today = self.person.official.today
        return Organ.objects.filter(existing_between(today, today), county_id=self.row.county_id)


class OrganInForm(_OfCounty):
    """An organ that moves in."""

    organ = row_field("部门", Organ.objects.none())
    joined_on = day_field("进驻日期", now=True)

    def fill(self) -> None:
        """Offer the organs that are not there yet."""
        here = self.row.residencies.filter(left_on__isnull=True).values("organ_id")
        self.fields["organ"].queryset = self.organs().exclude(pk__in=here)


class WindowForm(_OfCounty):
    """A window to be opened."""

    number = text_field("number")
    name = text_field("window_name")
    kind = choice_field("类别", WindowKind)
    organ = row_field("部门", Organ.objects.none(), required=False, empty_label="综合窗口不选")
    joined_on = day_field("启用日期", now=True)

    def fill(self) -> None:
        """Offer the organs of the county."""
        self.fields["organ"].queryset = self.organs()


class PersonForm(_OfCounty):
    """Somebody who begins to work in the hall."""

    organ = row_field("派出部门", Organ.objects.none())
    name = text_field("person")
    window = row_field("窗口", Window.objects.none(), required=False, empty_label="没有固定窗口")
    duty = text_field("duty", required=False)
    phone = text_field("phone", label="办公电话", required=False)
    agent = tick_field("帮代办员", help_text="办理帮代办的人员请勾选")
    joined_on = day_field("进驻日期", now=True)

    def fill(self) -> None:
        """Offer the organs of the county and the open windows."""
        self.fields["organ"].queryset = self.organs()
        self.fields["window"].queryset = self.row.windows.filter(left_on__isnull=True)


def _assign(hall: Hall, form: PersonForm, who: dict[str, Any]) -> object:
    told = form.cleaned_data
    person = Person(**{name: told[name] for name in ("name", "duty", "phone", "agent")})
    return actions.assign(
        hall,
        organ=told["organ"],
        told=person,
        window=told["window"],
        joined_on=told["joined_on"],
        **who,
    )


def _runs(person: HallPerson, hall: Hall) -> bool:
    return person.records_for(hall)


def _is_open(hall: Hall) -> bool:
    return hall.left_on is None


HALL_ACTS = by_slug(
    Act(
        "organ",
        "登记进驻部门",
        OrganInForm,
        plainly(actions.move_organ_in),
        _runs,
        _is_open,
        main=True,
    ),
    Act(
        "window",
        "登记窗口",
        WindowForm,
        lambda hall, form, who: actions.open_window(hall, **form.cleaned_data, **who),
        _runs,
        _is_open,
    ),
    Act("person", "登记进驻人员", PersonForm, _assign, _runs, _is_open),
    Act(
        "change",
        "修改信息",
        HallForm,
        lambda hall, form, who: actions.change_hall(hall, told=form.told(), **who),
        _runs,
        _is_open,
    ),
    Act(
        "close",
        "停用大厅",
        asks(why=text_field("why"), left_on=day_field("停用日期", now=True)),
        plainly(actions.close_hall),
        _runs,
        _is_open,
        hint="部门、事项、人员都撤出以后才能停用。",
    ),
)


def _find(person: HallPerson, pk: Any) -> Hall | None:
    return person.halls.filter(pk=pk).select_related("organ", "county").first()


HALL = Subject("halls", "hall", "hall_act", _find, HALL_ACTS)
LeaveForm = asks(why=text_field("why"), left_on=day_field("日期", now=True))
