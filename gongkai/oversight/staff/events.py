"""Screens of training, meetings and activities: list with figures by organ, one, recording."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from gongkai.files.queries import panel
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_of
from gongkai.oversight import actions, queries
from gongkai.oversight.lifecycle import RowFault
from gongkai.oversight.models import WorkEvent
from gongkai.oversight.rules.kinds import EventKind
from gongkai.oversight.rules.worksheet import (
    ATTENDEE_HEADS,
    NEEDED_OF_ATTENDEES,
    WrittenAttendee,
    read_attendee,
)
from gongkai.oversight.staff.access import FormView, OversightView, or_404, refuse_unless
from gongkai.oversight.staff.importing import ImportView, Upload
from gongkai.oversight.staff.plan_forms import EventForm, SignInForm, WhyForm, zones_of
from gongkai.oversight.staff.plans import url
from gongkai.oversight.staff.shown import (
    DAY,
    MOST,
    NUMBER,
    SHORT,
    Cell,
    Facts,
    Link,
    Table,
    day,
    heads,
    points,
)

_PAGE = 50


class EventsView(OversightView):
    """What was held in a year, by kind; who attended, by organ."""

    page_title = "培训、会议、活动"
    tab = "events"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a year."""
        year, kind = self.year(), request.GET.get("kind", "")
        found = self.person.events.filter(held_on__year=year).select_related("organ", "zone")
        if kind in {each.value for each in EventKind}:
            found = found.filter(kind=kind)
        pages = Paginator(found, _PAGE).get_page(request.GET.get("p"))
        rows = [
            (
                Cell(each.title, url("event", each.pk), "已撤销" if each.struck_at else ""),
                Cell(each.get_kind_display()),
                Cell(day(each.held_on)),
                Cell(each.organ.short_name, more=str(each.zone or "")),
                Cell(points(each.hours)),
                Cell(each.heads),
            )
            for each in pages
        ]
        head = heads(("名称", MOST), ("类型", SHORT), ("日期", DAY), ("组织单位", SHORT),
                     ("学时", NUMBER), ("参加人数", NUMBER))  # fmt: skip
        attended = [
            (Cell(each.organ), Cell(each.events), Cell(each.people), Cell(points(each.hours)))
            for each in queries.attendance(found)
        ]
        by_organ = heads(("单位", MOST), ("场次", NUMBER), ("人次", NUMBER), ("培训学时", NUMBER))
        tables = [Table("", head, rows, f"{year}年没有登记。")]
        if attended:
            tables.append(Table("各单位参加情况（按签到表）", by_organ, attended))
        kinds = [("", "全部"), *((each.value, each.label) for each in EventKind)]
        years = [(str(each), f"{each}年") for each in range(self.person.today.year, 2018, -1)]
        return self.show(
            filters=[
                {"name": "year", "label": "年度", "choices": years, "value": str(year)},
                {"name": "kind", "label": "类型", "choices": kinds, "value": kind},
            ],
            links=[Link("登记", url("record_event"), main=True)] if self.records else [],
            tables=tables,
            pages=pages,
            query=f"year={year}&kind={kind}",
        )

    @property
    def records(self) -> bool:
        """Whether this person records for some organ."""
        return bool(self.person.reports_for)

    def year(self) -> int:
        """Return the year asked for, this one otherwise."""
        text, today = self.request.GET.get("year", ""), self.person.today
        known = text.isdecimal() and len(text) == 4 and 2008 <= int(text) <= today.year
        return int(text) if known else today.year


class EventScreen(OversightView):
    """A screen of one event."""

    def event(self) -> WorkEvent:
        """Return the event if this person sees it; else 404."""
        rows = self.person.events.select_related("organ", "county", "zone")
        return or_404(rows.filter(pk=self.kwargs["pk"]).first())

    def event_to_record(self) -> WorkEvent:
        """Return the event if this person records for its organ."""
        found = self.event()
        refuse_unless(found.organ_id in self.person.reports_for)
        return found

    def trail(self) -> list[tuple[str, str]]:
        """Return the list."""
        return [(url("events"), "培训、会议、活动")]


class EventView(EventScreen):
    """One event: what it was, who signed in, which organs sent nobody, materials."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        event = self.event()
        self.page_title = event.title
        people = list(event.attendees.select_related("organ"))
        county = organs_of(event.county).filter(kind__in=("DEPARTMENT", "TOWNSHIP"))
        absent = queries.absent(event, county) if event.kind != EventKind.ACTIVITY else []
        zone = event.zone
        facts = Facts(
            "",
            (
                ("类型", event.get_kind_display()),
                ("组织单位", event.organ.name),
                ("日期", day(event.held_on)),
                ("学时", points(event.hours) if event.hours else ""),
                ("地点", event.place),
                ("政务公开专区", str(zone or "")),
                ("主要内容", event.topic),
                ("没有签到的单位", "、".join(absent)),
                ("登记", f"{event.recorded_by}，{day(timezone.localdate(event.recorded_at))}"),
                ("撤销理由", event.struck_why),
            ),
        )
        rows = [
            (Cell(each.person), Cell(each.unit, tone="" if each.organ_id else "desk-warn",
                                     more="" if each.organ_id else "不是本县登记的机构"),
             Cell(each.post or "—"))
            for each in people
        ]  # fmt: skip
        links = []
        if event.organ_id in self.person.reports_for and event.struck_at is None:
            links = [
                Link("导入签到表", url("sign_in", event.pk), main=True),
                Link("修改", url("change_event", event.pk)),
                Link("撤销", url("strike_event", event.pk)),
            ]
        if zone is not None:
            links.append(Link("专区", reverse("servicehall:zone", args=[zone.pk])))
        head = heads("姓名", ("单位", MOST), "职务")
        return self.show(
            state="已撤销" if event.struck_at else event.get_kind_display(),
            said=f"参加{event.heads}人，签到{len(people)}人",
            links=links,
            facts=[facts],
            tables=[Table("签到人员", head, rows, "还没有导入签到表。")],
            papers=panel(event.typed_id, request.user, self.person.now),
        )


class EventFormView(FormView, EventScreen):
    """A form of one event for who records it."""

    def open(self) -> None:
        """Find the event."""
        self.held = self.event_to_record()

    def back(self) -> str:
        """Return the event."""
        return url("event", self.held.pk)


class RecordEventView(FormView, EventScreen):
    """Record an event."""

    page_title, button = "登记培训、会议、活动", "登记"
    done = "已登记，可以导入签到表、上传材料。"

    def open(self) -> None:
        """Refuse who records for nobody."""
        refuse_unless(bool(self.person.reports_for))

    def form(self, *args: Any) -> EventForm:
        """Return the form."""
        organs = Organ.objects.filter(pk__in=self.person.reports_for).order_by("order", "code")
        zones = zones_of(self.person.home_ids)
        initial = {"organ": organs.first(), "held_on": self.person.today}
        return EventForm(*args, organs=organs, zones=zones, new=True, initial=initial)

    def take(self, form: EventForm) -> str:
        """Record it."""
        made = actions.record_event(form.cleaned_data["organ"], told=form.told(), **self.who)
        return url("event", made.pk)

    def back(self) -> str:
        """Return the list."""
        return url("events")


class ChangeEventView(EventFormView):
    """Correct an event."""

    page_title = "修改"

    def form(self, *args: Any) -> EventForm:
        """Return the form with what is told."""
        names = ("kind", "title", "held_on", "hours", "place", "topic", "zone", "heads")
        initial = {name: getattr(self.held, name) for name in names}
        zones = zones_of([self.held.county_id])
        return EventForm(*args, organs=None, zones=zones, new=False, initial=initial)

    def take(self, form: EventForm) -> str:
        """Change it."""
        actions.change_event(self.held, told=form.told(), **self.who)
        return self.back()


class StrikeEventView(EventFormView):
    """Strike an event out."""

    page_title = button = "撤销"
    hint = "登记错误的可以撤销；撤销后不再计入统计，记录仍然保留。"
    done = "已撤销。"

    def form(self, *args: Any) -> WhyForm:
        """Return the form."""
        return WhyForm(*args)

    def take(self, form: WhyForm) -> str:
        """Strike it out."""
        actions.strike_event(self.held, **form.cleaned_data, **self.who)
        return self.back()


class SignInView(ImportView, EventScreen):
    """Take in the list of those present."""

    page_title = "导入签到表"
    heads, needed = ATTENDEE_HEADS, NEEDED_OF_ATTENDEES
    shown_heads = ("行", "姓名", "单位", "职务")
    unit = "人"
    note = "导入后，原来的签到人员由表中的人员代替。"
    form_class = SignInForm

    def open(self) -> None:
        """Find the event."""
        self.held = self.event_to_record()

    def read(self, upload: Upload) -> tuple[list[Any], list[RowFault]]:
        """Return those present."""
        read = [read_attendee(line) for line in upload.lines]
        rows = [each for each in read if isinstance(each, WrittenAttendee)]
        return rows, [fault for each in read if isinstance(each, list) for fault in each]

    def line(self, row: WrittenAttendee) -> tuple[object, ...]:
        """Return somebody as the preview shows it."""
        return (row.row, row.person, row.unit, row.post or "—")

    def take(self, rows: list[Any], upload: Upload) -> str:
        """Take them in."""
        actions.sign_in(self.held, rows, **self.who)
        return self.back()

    def back(self) -> str:
        """Return the event."""
        return url("event", self.held.pk)
