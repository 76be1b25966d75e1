"""The demo's service hall of 2020: the figures that the reference report tells in prose.

A hall of 2,000 square metres for 6,000,000 元, 30 departments, 94 people ("90余名"), 945 items,
255 cases in which policies were fulfilled, 63,617.47 万元 in all. The items of licence and of
other powers begin and change as the registers say (511 - 266, 244 - 23), each department by its
share; the rest are public services. `lay` does it all by the chapter's real verbs, in the order of
its days.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongkai.audit import Actor
from gongkai.calendars.queries import workday_calendar
from gongkai.demo import county as where
from gongkai.demo.road import MARK, Road, days, moment
from gongkai.demo.servicehall_texts import (
    LICENCES,
    POLICIES,
    POWERS,
    SERVICES,
    SUBJECTS,
    THEMES,
)
from gongkai.demo.year2020 import REGISTERS, in_yuan, register_shares, share_out
from gongkai.orgs.models import Organ
from gongkai.servicehall import actions
from gongkai.servicehall.actions import (
    Asked,
    Audience,
    ClauseTold,
    Filing,
    Guide,
    HallKind,
    HallTold,
    ImportRow,
    ItemKind,
    Material,
    Person,
    PolicyTold,
    Processing,
    Rating,
    WindowKind,
    WrittenItem,
    ZonePlace,
    ZoneTold,
)
from gongkai.servicehall.models import Attendant, Clause, FulfilmentCase, Hall, ServiceItem
from gongkai.statute.identity import IdentityError, credit_code

AREA, INVESTMENT = Decimal(2000), Decimal(6_000_000)
ORGANS, PEOPLE, ITEMS = len(SUBJECTS), 94, 945
CASES, PAID_FEN = 255, 63_617_470_000
OPENED_ON, LISTED_ON, CANCELLED_ON = date(2020, 5, 18), date(2019, 1, 1), date(2020, 6, 30)
_KEEPER = "xzsp"  # the organ that runs the hall
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PLACE = "靖安县政务服务中心，部门窗口"
REVIEWER = Actor("reviewer", "钱演示", "审核人")
Job = tuple[datetime, Callable[[], Any]]


@dataclass(frozen=True, slots=True)
class Planned:
    """One item of the demo; `stays`: it is still on the list when the year ends."""

    organ: str
    name: str
    kind: ItemKind
    stays: bool
    place: int


def planned_items() -> list[Planned]:
    """Return every item on the list at the beginning of 2020, 945 of which stay."""
    found: list[Planned] = []
    for register in REGISTERS[:2]:
        for organ, share in register_shares(register):
            names = _names(organ, register.kind)
            for place in range(share.opening):
                name, kind = next(names)
                stays = place < share.opening + share.change
                found.append(Planned(organ, name, kind, stays, len(found)))
    services = ITEMS - sum(each.stays for each in found)
    for organ, count in zip(SUBJECTS, share_out(services, [1] * ORGANS), strict=True):
        names = _names(organ, "SERVICE")
        for _ in range(count):
            name, kind = next(names)
            found.append(Planned(organ, name, kind, True, len(found)))
    return found


def _names(organ: str, register: str) -> Iterator[tuple[str, ItemKind]]:
    if register == "LICENCE":
        yield from (
            (f"{subject}许可{act}", ItemKind.LICENCE)
            for act in LICENCES
            for subject in SUBJECTS[organ]
        )
    elif register == "OUTWARD_SERVICE":
        yield from (
            (f"{subject}{act}", kind) for act, kind in POWERS for subject in SUBJECTS[organ]
        )
    else:
        for act in SERVICES:
            yield from ((f"{subject}{act}", ItemKind.PUBLIC_SERVICE) for subject in SUBJECTS[organ])


def case_amounts() -> list[Decimal]:
    """Return what each of the 255 cases is paid, in 元; they come to 63,617.47 万元."""
    weights = [3 + (place * 37) % 101 for place in range(CASES)]
    return [in_yuan(fen) for fen in share_out(PAID_FEN, weights)]


def lay(road: Road) -> None:
    """Make the hall's year; nothing is done twice."""
    if Hall.objects.exists():
        return
    year = _Year(road)
    year.open()
    year.take_in_items()
    for _, do in sorted(year.jobs(), key=lambda job: job[0]):
        do()


class _Year:
    """The hall while its year is made."""

    def __init__(self, road: Road) -> None:
        self.road = road
        self.county = road.organs[where.COUNTY_CODE]
        self.keeper = road.organs[_KEEPER]
        self.clerk = road.clerk(_KEEPER)
        self.amounts = case_amounts()
        self.clauses: list[Clause] = []
        self.cases: dict[int, FulfilmentCase] = {}

    def open(self) -> None:
        """Open the hall; departments, windows and people move in."""
        now: dict[str, Any] = {"by": self.clerk, "at": moment(OPENED_ON, 9)}
        told = HallTold(
            kind=HallKind.COUNTY,
            name="靖安县政务服务中心",
            address="江西省宜春市靖安县双溪镇",
            opening="工作日8:30—12:00，14:30—17:30",
            phone=where.PHONE,
            area=AREA,
            investment=INVESTMENT,
        )
        self.hall = actions.open_hall(self.keeper, told=told, opened_on=OPENED_ON, **now)
        on = {"joined_on": OPENED_ON, **now}
        for number, code in enumerate(SUBJECTS, 1):
            organ = self.road.organs[code]
            actions.move_organ_in(self.hall, organ=organ, **on)
            actions.open_window(
                self.hall,
                number=f"{number:02}",
                name=organ.short_name,
                kind=WindowKind.DEPARTMENT,
                organ=organ,
                **on,
            )
        special = (
            ("惠企政策兑现专窗", WindowKind.FULFILMENT),
            ("帮代办窗口", WindowKind.HELP),
            ("政务公开窗口", WindowKind.DISCLOSURE),
        )
        for number, (name, kind) in enumerate(special, ORGANS + 1):
            actions.open_window(
                self.hall, number=f"{number:02}", name=name, kind=kind, organ=None, **on
            )
        self._people(on)

    def _people(self, on: dict[str, Any]) -> None:
        counts = share_out(PEOPLE, [1] * ORGANS)
        place = 0
        for code, count in zip(SUBJECTS, counts, strict=True):
            for _ in range(count):
                place += 1
                agent = code == _KEEPER
                told = Person(
                    name=f"演示人员{place:02}",
                    duty="帮代办" if agent else "窗口受理",
                    agent=agent,
                )
                organ = self.road.organs[code]
                actions.assign(self.hall, organ=organ, told=told, window=None, **on)

    def take_in_items(self) -> None:
        """Take in the items that are on the list, those served in the hall with it."""
        on = OPENED_ON + days(2)
        rows = [self._row(each) for each in planned_items()]
        actions.import_items(
            self.county,
            rows,
            hall=self.hall,
            source_name=f"2020年政务服务事项清单{MARK}.xlsx",
            source_sha256="0" * 64,
            by=self.clerk,
            at=moment(on, 10),
        )

    def _row(self, each: Planned) -> ImportRow:
        organ = self.road.organs[each.organ]
        told = WrittenItem(
            row=each.place + 2,
            organ=organ.name,
            name=each.name,
            kind=each.kind,
            code=f"{where.REGION}{each.place:06}",
            effective_on=LISTED_ON,
            in_hall=each.stays,
            guide=_guide(each, organ),
        )
        return ImportRow(organ, told)

    def jobs(self) -> Iterator[Job]:
        """Yield what is done during the year, each with its moment."""
        yield moment(CANCELLED_ON, 9), self._cancel
        yield moment(date(2020, 2, 24), 9), self._publish_policies
        for place in range(CASES):
            yield from self._case_jobs(place)
        for place in range(12):
            yield from self._help_jobs(place)
        yield from self._zone_jobs()

    def _cancel(self) -> None:
        gone = [each.name for each in planned_items() if not each.stays]
        at = moment(CANCELLED_ON, 9)
        for item in ServiceItem.objects.filter(county=self.county, name__in=gone):
            if item.hall_id is None:
                actions.cancel(
                    item,
                    why="事项梳理合并，按照国务院、省政府决定取消",
                    cancelled_on=CANCELLED_ON,
                    by=self.clerk,
                    at=at,
                )

    def _publish_policies(self) -> None:
        at = moment(date(2020, 2, 24), 9)
        for name, number, code, clauses in POLICIES:
            told = PolicyTold(
                name=f"{name}{MARK}",
                issuer="靖安县人民政府",
                document_number=number,
                tags="工业、商贸、全县",
                phone=where.PHONE,
                valid_from=date(2020, 1, 1),
                valid_to=date(2022, 12, 31),
            )
            listed = [
                ClauseTold(
                    number=place,
                    name=clause,
                    way=way,
                    conditions="在本县登记、依法纳税、没有严重失信记录的企业",
                    materials="申报表；营业执照复印件；相关凭证",
                    standard=standard,
                    fund="县级财政",
                )
                for place, (clause, way, standard, _) in enumerate(clauses, 1)
            ]
            by = self.road.clerk(code)
            organ = self.road.organs[code]
            policy = actions.draft_policy(organ, told=told, clauses=listed, by=by, at=at)
            actions.publish_policy(policy, by=by, at=at)
            rows = list(policy.clauses.all())
            for row, (_, _, _, weight) in zip(rows, clauses, strict=True):
                self.clauses += [row] * weight

    def _case_jobs(self, place: int) -> Iterator[Job]:
        filed_on = date(2020, 3, 2) + days(place * 240 // CASES)
        calendar = workday_calendar()
        filed_on = calendar.next_workday(filed_on)
        examined_on, approved_on = calendar.add(filed_on, 3), calendar.add(filed_on, 6)
        notice_from = calendar.add(approved_on, 1)
        notice_to = calendar.add(notice_from, 5)
        paid_on = calendar.add(notice_to, 3)
        minute = place % 60

        def job(on: date, hour: int, do: Callable[..., Any]) -> Job:
            at = moment(on, hour, minute)
            return at, lambda: do(place, at)

        yield job(filed_on, 10, self._file)
        yield job(examined_on, 11, self._examine)
        yield job(approved_on, 15, self._approve)

        def notice(place: int, at: datetime) -> None:
            told = {"notice_from": notice_from, "notice_to": notice_to}
            self._take(place, actions.put_on_notice, at, **told)

        yield job(notice_from, 9, notice)
        yield job(calendar.add(notice_to, 1), 9, lambda p, at: self._take(p, actions.clear, at))
        yield job(paid_on, 16, self._pay)

    def _file(self, place: int, at: datetime) -> None:
        clause = self.clauses[place]
        filing = Filing(
            enterprise=f"靖安演示企业{place + 1:03}有限公司",
            credit_code=code_of(place),
            legal_person=f"演示{place + 1:03}",
            bank="演示银行靖安支行",
            bank_account=f"6200{place:012}",
            asked=self.amounts[place],
            filed_on=at.date(),
        )
        by = self.road.clerk(clause.policy.organ.code)
        self.cases[place] = actions.file_case(clause, filing=filing, by=by, at=at)

    def _examine(self, place: int, at: datetime) -> None:
        told = {"opinion": "材料齐全，符合申报条件", "examined_on": at.date()}
        self._take(place, actions.examine, at, **told)

    def _approve(self, place: int, at: datetime) -> None:
        self.cases[place] = actions.approve(
            self.cases[place],
            granted=self.amounts[place],
            opinion="同意兑现",
            approved_on=at.date(),
            by=self.road.people.get("reviewer", REVIEWER),
            at=at,
        )

    def _pay(self, place: int, at: datetime) -> None:
        self._take(place, actions.pay, at, paid=self.amounts[place], paid_on=at.date())

    def _take(self, place: int, verb: Callable[..., Any], at: datetime, **told: Any) -> None:
        by = self.road.clerk(self.cases[place].organ.code)
        self.cases[place] = verb(self.cases[place], by=by, at=at, **told)

    def _help_jobs(self, place: int) -> Iterator[Job]:
        first = date(2020, 6, 1) + days(place * 12)
        at = moment(workday_calendar().next_workday(first), 10, place)

        def help_along() -> None:
            agents = Attendant.objects.filter(hall=self.hall, agent=True).order_by("pk")
            asked = Asked(
                applicant=f"靖安演示企业{place + 1:03}有限公司",
                person=False,
                phone=f"1390000{place:04}",
                project=f"演示项目{place + 1}开工前手续",
                commissioned=place % 2 == 0,
            )
            now: dict[str, Any] = {"by": self.clerk, "at": at}
            on = at.date()
            agent = agents[place % agents.count()]
            matter = actions.accept(agent, asked=asked, item=None, accepted_on=on, **now)
            step = actions.begin_step(
                matter, name="施工许可", body="县住房和城乡建设局", begun_on=on, **now
            )
            done: dict[str, Any] = {"by": self.clerk, "at": at + days(7)}
            later = on + days(7)
            actions.finish_step(step, finished_on=later, **done)
            actions.complete(matter, outcome="已取得施工许可证", closed_on=later, **done)
            actions.rate(matter, rating=Rating.VERY_GOOD, **done)

        yield at, help_along

    def _zone_jobs(self) -> Iterator[Job]:
        county = (self.keeper, ZonePlace.HALL, "靖安县政务公开体验区")
        towns = [
            (self.road.organs[each.code], ZonePlace.CONVENIENCE, f"{each.short_name}政务公开体验区")
            for each in where.TOWNSHIPS
            if each.code in self.road.organs
        ]
        for place, (organ, kind, name) in enumerate([county, *towns]):
            yield moment(date(2020, 6, 15), 9, place), self._zone(organ, kind, name, place)

    def _zone(self, organ: Organ, kind: ZonePlace, name: str, place: int) -> Callable[[], None]:
        by = self.road.clerk(organ.code)
        opened_on = date(2020, 6, 15)

        def open_and_count() -> None:
            told = ZoneTold(
                place=kind,
                name=name,
                address=f"{name.removesuffix('政务公开体验区')}{kind.label}内",
                opening="工作日8:30—12:00，14:30—17:30",
                phone=where.PHONE,
                facilities="查询机、电脑、打印机、公报阅览架",
                services="查阅政府信息、提交依申请公开、咨询办事",
            )
            at = moment(opened_on, 9, place)
            zone = actions.open_zone(organ, told=told, opened_on=opened_on, by=by, at=at)
            for month in range(6, 13):
                end = moment(date(2020, month, 28), 17, place)
                visits = (20 if place else 180) + month * (place + 3)
                day = date(2020, month, 1)
                actions.enter_visits(zone, month=day, visits=visits, by=by, at=end)

        return open_and_count


def code_of(place: int) -> str:
    """Return the made-up credit code of an enterprise, with the check character that it needs."""
    body = f"91360925MA00{place:05}"
    for mark in _ALPHABET:
        try:
            return credit_code(body + mark)
        except IdentityError:
            continue
    raise AssertionError(body)


def _guide(each: Planned, organ: Organ) -> Guide:
    at_once = each.kind is ItemKind.PUBLIC_SERVICE
    theme = THEMES[each.place % len(THEMES)]
    person = theme.startswith("g")
    return Guide(
        processing=Processing.AT_ONCE if at_once else Processing.PROMISED,
        audience=Audience.PERSON if person else Audience.LEGAL,
        legal_basis=f"有关{each.name}的法律、法规、规章和规范性文件（演示）",
        conditions="申请人具备办理本事项的资格，材料真实有效",
        procedure="申请\n受理\n审查\n决定\n送达",
        handled_by="窗口办理、网上办理",
        place=_PLACE,
        hours="工作日8:30—12:00，14:30—17:30",
        enquiry=where.PHONE,
        complaint="12345",
        statutory=None if at_once else 20,
        promised=0 if at_once else 1 + each.place % 10,
        visits=0 if each.place % 3 else 1,
        result_name="办理结果告知书" if at_once else "准予决定书",
        themes=(theme,),
        online=True,
        materials=(
            Material(name=f"{each.name}申请表"),
            Material(name="居民身份证" if person else "营业执照"),
        ),
    )
