"""A small county for the tests, and records without chapters: what counts is written here."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from gongkai.accounts.models import User
from gongkai.annualreport import actions
from gongkai.annualreport.models import Report, ReportYear, Return
from gongkai.annualreport.rules.figures import REPORTED
from gongkai.audit import Actor
from gongkai.orgs.models import Organ, OrganKind, Post, Role
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.facts import Measure, Period, Record, requests_measure

CLERK = Actor("clerk", "信息员甲", "部门信息员")
OFFICE = Actor("office", "政务公开办乙", "政务公开办工作人员")
JANUARY = datetime(2021, 1, 20, 2, 0, tzinfo=UTC)
PERSON = RequesterKind.NATURAL_PERSON
FIRM = RequesterKind.LEGAL_SERVICE_ORG


def organ(
    code: str, kind: OrganKind, name: str, county: Organ | None = None, **more: object
) -> Organ:
    return Organ.objects.create(
        code=code,
        kind=kind,
        name=name,
        short_name=name.removeprefix("平安县"),
        county=county,
        region_code="360999",
        valid_from=date(2010, 1, 1),
        **more,
    )


@dataclass
class SmallCounty:
    """A county with its office, two departments (one with an inner body) and a township."""

    government: Organ
    office: Organ
    finance: Organ
    housing: Organ
    inner: Organ
    township: Organ


def small_county() -> SmallCounty:
    government = organ("pa", OrganKind.COUNTY_GOVERNMENT, "平安县人民政府", phone="0799-1234567")
    office = organ("pa-office", OrganKind.OFFICE, "平安县人民政府办公室", government, order=1)
    finance = organ("pa-finance", OrganKind.DEPARTMENT, "平安县财政局", government, order=2)
    housing = organ(
        "pa-housing", OrganKind.DEPARTMENT, "平安县住房和城乡建设局", government, order=3
    )
    inner = organ(
        "pa-housing-2", OrganKind.INTERNAL, "平安县征收办", government, superior=housing, order=4
    )
    township = organ("pa-qingxi", OrganKind.TOWNSHIP, "清溪乡人民政府", government, order=5)
    return SmallCounty(government, office, finance, housing, inner, township)


def user(name: str, organ: Organ, role: Role) -> User:
    made = User.objects.create_user(username=name, password="secret-for-tests", name=name)
    Post.objects.create(user=made, organ=organ, role=role, valid_from=date(2015, 1, 1))
    return made


@dataclass
class FakeChapter:
    """A chapter whose records are entered by hand: each adds to one measure of one organ."""

    subject: str
    rows: list[tuple[Measure, int, date, Decimal]] = field(default_factory=list)

    def add(self, measure: Measure, organ: Organ | int, on: date, adds: int = 1) -> None:
        organ_id = organ if isinstance(organ, int) else organ.pk
        self.rows.append((measure, organ_id, on, Decimal(adds)))

    def facts_by_organ(
        self, period: Period, organ_ids: Collection[int]
    ) -> dict[int, dict[Measure, Decimal]]:
        own = [measure for measure in REPORTED if measure.subject.startswith(self.subject)]
        facts = {organ_id: dict.fromkeys(own, Decimal(0)) for organ_id in organ_ids}
        for measure, organ_id, on, adds in self.rows:
            if organ_id in facts and period.start <= on <= period.end:
                facts[organ_id][measure] += adds
        return facts

    def records_behind(
        self, measure: Measure, period: Period, organ_ids: Collection[int]
    ) -> list[Record]:
        return [
            Record(f"fake:{place}", f"记录{place}", organ_id, on, adds)
            for place, (found, organ_id, on, adds) in enumerate(self.rows)
            if found == measure and organ_id in organ_ids and period.start <= on <= period.end
        ]


class FakeRequests(FakeChapter):
    """Requests with a whole life: received, then a result or carried over."""

    def ask(
        self,
        organ: Organ | int,
        received: date,
        concluded: date | None = None,
        ground: str = "GRANTED",
        kind: RequesterKind = PERSON,
    ) -> None:
        self.add(requests_measure("received", kind), organ, received)
        last = concluded.year if concluded else 2030
        for year in range(received.year, last):
            self.add(requests_measure("carried_out", kind), organ, date(year, 12, 31))
            self.add(requests_measure("carried_in", kind), organ, date(year + 1, 1, 1))
        if concluded:
            self.add(requests_measure(f"outcome.{ground}", kind), organ, concluded)

    def outcomes_by_acts(
        self, period: Period, organ_ids: Collection[int]
    ) -> dict[int, Counter[Measure]]:
        told: dict[int, Counter[Measure]] = {organ_id: Counter() for organ_id in organ_ids}
        for measure, organ_id, on, adds in self.rows:
            if measure.aspect.startswith("outcome.") and period.start <= on <= period.end:
                told.get(organ_id, Counter())[measure] += int(adds)
        return told


@dataclass
class Records:
    """The four chapters of the tests."""

    requests: FakeRequests = field(default_factory=lambda: FakeRequests("requests"))
    documents: FakeChapter = field(default_factory=lambda: FakeChapter("documents"))
    register: FakeChapter = field(default_factory=lambda: FakeChapter("register"))
    remedies: FakeChapter = field(default_factory=lambda: FakeChapter("remedies"))

    @property
    def chapters(self) -> dict[str, FakeChapter]:
        made = (self.requests, self.documents, self.register, self.remedies)
        return {chapter.subject: chapter for chapter in made}


def written(content: Return | Report) -> None:
    """Write what the office must write itself."""
    templates = {
        name: text
        for name, text in content.templates.items()
        if name in ("problems", "supervision")
    }
    if templates:
        templates["problems"] = "一是公开的及时性有待提高。\n下一步将加强培训和检查。"
        templates["supervision"] = "开展培训和检查，接受社会评议。"
        actions.write_prose(content, templates=templates, by=CLERK, at=JANUARY)


def all_submitted(year: ReportYear) -> None:
    for unit in year.returns.all():
        written(unit)
        actions.submit(unit, by=CLERK, at=JANUARY)


def all_accepted(year: ReportYear) -> None:
    all_submitted(year)
    for unit in year.returns.all():
        actions.accept(unit, by=OFFICE, at=JANUARY)


def frozen_report(year: ReportYear) -> Report:
    all_accepted(year)
    report = year.reports.get(organ=year.county)
    written(report)
    return actions.freeze(report, by=OFFICE, at=JANUARY)
