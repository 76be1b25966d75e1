"""Make the demo's year through the product's real verbs, each at the moment it would happen.

Nothing here writes a row itself: organs are established, batches entered, documents
registered and published, requests submitted, registered, answered and closed, returns
handed in and accepted, the county's report frozen and published. What is made is the
same every time, so that a snapshot and a replay give one report hash.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.annualreport import actions as annualreport
from gongkai.annualreport.models import Report, ReportYear
from gongkai.audit import Actor
from gongkai.demo import chapters2020, prose, staff, year2020
from gongkai.demo import county as where
from gongkai.demo.county import YEAR, DemoOrgan
from gongkai.demo.road import Road
from gongkai.inforequests import actions as inforequests
from gongkai.inforequests.models import IntakeChannel
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Organ, OrganKind
from gongkai.outbox import actions as outbox
from gongkai.policy import actions as policy
from gongkai.policy.actions import Description, DocumentKind
from gongkai.portal import actions as portal
from gongkai.registers import actions as registers
from gongkai.registers.actions import BatchFigures, RegisterKind
from gongkai.statute.workdays import national

CHINA = ZoneInfo("Asia/Shanghai")
OPERATOR = Actor("demo", "演示数据", "演示")
MARK = "（演示数据）"


def moment(day: date, hour: int = 9) -> datetime:
    """Return an hour of a day in China."""
    return datetime.combine(day, time(hour), CHINA)


def workday(day: date) -> date:
    """Return `day`, or the next working day when the office is closed on it."""
    calendar = national()
    return day if calendar.is_workday(day) else calendar.add(day, 1)


@dataclass
class Replay:
    """The year as it is made; `tell` is called with a line for each part.

    `chapters` make what section one of the report tells of (`chapters2020`).
    """

    tell: Callable[[str], object]
    chapters: Callable[[Road, Callable[[str], object]], None] = chapters2020.make
    organs: dict[str, Organ] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def make(self) -> Report:
        """Make everything and return the county's published report."""
        for step, name in (
            (self.establish_organs, "机构与岗位"),
            (self.enter_registers, "许可、处罚、收费、采购台账"),
            (self.register_documents, "规范性文件"),
            (self.answer_requests, "政府信息公开申请"),
        ):
            step()
            self.tell(f"  已生成：{name}")
        self.chapters(self.road(), self.tell)
        outbox.forget(at=moment(date(2021, 1, 1)))
        report = self.report_the_year()
        self.tell("  已生成：各单位报送表与县年度报告")
        self.succeed_a_township()
        return report

    def road(self) -> Road:
        """Return who acts and for whom, as the chapters ask for them; the year is over."""
        return Road(date(YEAR, 12, 31), staff.acting(), dict(self.organs))

    def establish_organs(self) -> None:
        """Establish the county, its office, departments and townships, and open its site."""
        county = self._establish(where.COUNTY, OrganKind.COUNTY_GOVERNMENT, order=0)
        self._establish(where.OFFICE, OrganKind.OFFICE, order=1)
        for place, each in enumerate(where.DEPARTMENTS):
            self._establish(each, OrganKind.DEPARTMENT, order=100 + place)
        for place, each in enumerate(where.TOWNSHIPS):
            self._establish(each, OrganKind.TOWNSHIP, order=200 + place)
        self.actors = staff.appoint_all(self.organs, by=OPERATOR, at=moment(where.FOUNDED_ON))
        portal.open_site(
            county,
            portal.Profile(
                name=where.COUNTY.full_name,
                sponsor=where.OFFICE.full_name,
                address=where.ADDRESS,
                phone=where.PHONE,
                demonstration=True,
            ),
            hostname="127.0.0.1",
            port=8000,
            by=OPERATOR,
            at=moment(where.FOUNDED_ON),
        )

    def _establish(self, each: DemoOrgan, kind: OrganKind, *, order: int) -> Organ:
        contact: dict[str, Any] = {}
        if kind in (OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE):
            contact = {"address": where.ADDRESS, "phone": where.PHONE}
        self.organs[each.code] = orgs.establish(
            each.code,
            kind=kind,
            full_name=each.full_name,
            short_name=each.short_name,
            region_code=each.region,
            on=where.FOUNDED_ON,
            by=OPERATOR,
            at=moment(where.FOUNDED_ON),
            county=self.organs.get(where.COUNTY_CODE),
            document_prefix=each.prefix,
            order=order,
            **contact,
        )
        return self.organs[each.code]

    def _clerk(self, organ: str) -> Actor:
        return self.actors.get(organ, OPERATOR)

    def enter_registers(self) -> None:
        """Enter each department's stock before the year and its four quarters."""
        for register in year2020.REGISTERS:
            for code, part in year2020.register_shares(register):
                for entry in quarters(part):
                    entered_on = workday(entry.period_end)
                    registers.enter_batch(
                        self.organs[code],
                        figures=entry,
                        by=self._clerk(code),
                        at=moment(entered_on + timedelta(days=5)),
                    )

    def register_documents(self) -> None:
        """Register each normative document on the day it was made, publish it on its day."""
        for each in year2020.documents():
            organ = self.organs[each.organ]
            prefix = f"{organ.document_prefix}{'发' if each.organ == where.COUNTY_CODE else '字'}"
            described = Description(
                kind=DocumentKind.NORMATIVE,
                title=f"{organ.name}关于印发《靖安县{each.subject}办法》的通知{MARK}",
                document_number=f"{prefix}〔{each.formed_on.year}〕{each.number}号",
                formed_on=each.formed_on,
                effective_on=each.formed_on + timedelta(days=30),
            )
            by = self._clerk(where.OFFICE_CODE)
            document = policy.register_document(
                organ,
                description=described,
                by=by,
                at=moment(each.formed_on, 15),
            )
            if each.published_on:
                policy.publish(
                    document,
                    published_on=each.published_on,
                    by=by,
                    at=moment(each.published_on, 16),
                )

    def answer_requests(self) -> None:
        """Take in, register, answer and close the year's requests."""
        for place, each in enumerate(year2020.requests(), start=1):
            arrived = workday(each.received_on)
            answered = workday(each.answered_on)
            by = self._clerk(where.OFFICE_CODE if each.organ == where.COUNTY_CODE else each.organ)
            channel = IntakeChannel[each.channel]
            case = inforequests.submit(
                self.organs[each.organ],
                told=inforequests.NewRequest(
                    channel=channel,
                    requester_kind=each.kind,
                    description=f"{each.subject}{MARK}",
                ),
                requester=staff.requester(place, each.kind),
                submitted_at=moment(arrived, 10),
                by=by,
                at=moment(arrived, 10),
            )
            confirmed = arrived if channel.needs_confirmation else None
            case = inforequests.register(
                case, confirmed_on=confirmed, by=by, at=moment(arrived, 11)
            )
            case = inforequests.reply(
                case,
                grounds=dict.fromkeys((item.place for item in case.items.all()), each.ground),
                on=answered,
                by=by,
                at=moment(answered, 15),
            )
            inforequests.close(case, on=answered, by=by, at=moment(answered, 16))

    def report_the_year(self) -> Report:
        """Open the year, hand in, accept and publish every return, then the county's report."""
        office = self.actors[where.OFFICE_CODE]
        county = self.organs[where.COUNTY_CODE]
        year = annualreport.open_year(county, YEAR, by=office, at=moment(date(2021, 1, 4)))
        for place, unit in enumerate(year.returns.select_related("organ").order_by("order", "pk")):
            day = workday(date(2021, 1, 11) + timedelta(days=place // 4))
            accepted = moment(workday(day + timedelta(days=1)))
            if unit.organ_id == county.pk:
                unit = annualreport.submit(unit, by=office, at=moment(day, 14))
                annualreport.accept(unit, by=office, at=accepted)
                continue
            by = self._clerk(unit.organ.code)
            annualreport.write_prose(unit, templates=prose.of_unit(unit), by=by, at=moment(day))
            unit = annualreport.submit(unit, by=by, at=moment(day, 14))
            annualreport.accept(unit, by=office, at=accepted)
            report = year.reports.get(organ=unit.organ)
            annualreport.publish(report, by=by, at=moment(date(2021, 1, 29), 15))
        return self._publish(year, office)

    def _publish(self, year: ReportYear, office: Actor) -> Report:
        report = year.reports.get(organ=year.county)
        drafted, frozen, published = date(2021, 3, 1), date(2021, 3, 8), date(2021, 3, 15)
        annualreport.write_prose(
            report, templates=prose.of_county(report), by=office, at=moment(drafted)
        )
        report = annualreport.freeze(report, by=office, at=moment(frozen))
        return annualreport.publish(report, by=office, at=moment(published))

    def succeed_a_township(self) -> None:
        """Abolish 罗湾乡 and set up 官庄镇 on the day it really happened."""
        on = where.SUCCEEDED_ON
        by, at = OPERATOR, moment(on)
        old = self.organs[where.ABOLISHED]
        new = self._establish_on(where.SUCCESSOR, on, order=old.order)
        orgs.abolish(old, on=on, by=by, at=at)
        orgs.succeed(old, new, on=on, by=by, at=at)

    def _establish_on(self, each: DemoOrgan, on: date, *, order: int) -> Organ:
        return orgs.establish(
            each.code,
            kind=OrganKind.TOWNSHIP,
            full_name=each.full_name,
            short_name=each.short_name,
            region_code=each.region,
            on=on,
            by=OPERATOR,
            at=moment(on),
            county=self.organs[where.COUNTY_CODE],
            document_prefix=each.prefix,
            order=order,
        )


def quarters(part: year2020.RegisterYear) -> list[BatchFigures]:
    """Return the batches of one department's register: stock before 2020, then four quarters."""
    kind = RegisterKind(part.kind)
    entries = []
    if part.opening:
        entries.append(
            BatchFigures(
                kind, date(2019, 1, 1), date(2019, 12, 31), f"{kind.label}事项清单.xlsx{MARK}",
                item_change=part.opening, note="截至2019年底的存量事项",
            )
        )  # fmt: skip
    shares = [
        year2020.share_out(figure, (1, 1, 1, 1))
        for figure in (part.decisions, part.projects, int(part.amount * 100))
    ]
    for quarter, (decisions, projects, cents) in enumerate(zip(*shares, strict=True)):
        change = part.change if quarter == 3 else 0
        if not (change or decisions or projects or cents):
            continue
        start = date(YEAR, 3 * quarter + 1, 1)
        end = date(YEAR + quarter // 3, (3 * quarter + 3) % 12 + 1, 1) - timedelta(days=1)
        entries.append(
            BatchFigures(
                kind, start, end, f"{YEAR}年第{quarter + 1}季度{kind.label}统计表.xlsx{MARK}",
                item_change=change, decisions=decisions, projects=projects,
                amount=year2020.in_yuan(cents),
            )
        )  # fmt: skip
    return entries
