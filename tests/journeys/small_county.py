"""A small county that lives through four years by the product's own verbs, for journeys.

Nothing here writes a row itself. Among what happens: requests carried over each new year,
one across the abolition of 罗湾乡 (2022-07-09, its duties to 官庄镇), licences and documents
that come and go, a reconsideration and a suit, a return sent back, a report corrected.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from gongkai.annualreport import actions as annualreport
from gongkai.annualreport.models import Report, ReportYear, Return
from gongkai.audit import Actor
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.tests import factories as requests
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.tests.factories import make_county, make_organ
from gongkai.policy import actions as policy
from gongkai.policy.tests import factories as documents
from gongkai.registers.models import Batch
from gongkai.registers.rules import RegisterKind
from gongkai.registers.tests import factories as registers
from gongkai.remedies import actions as remedies
from gongkai.remedies.lifecycle import Result, Route
from gongkai.remedies.tests import factories as cases
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind

YEARS = (2020, 2021, 2022, 2023)
OFFICE = Actor("office", "办公室经办", "政务公开办工作人员")
CLERK = Actor("clerk", "信息员", "部门信息员")
PERSON, FIRM = RequesterKind.NATURAL_PERSON, RequesterKind.COMMERCIAL_ENTERPRISE


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 15, tzinfo=ZoneInfo("Asia/Shanghai"))


class SmallCounty:
    """The county with what it has done so far; `live` adds all four years."""

    def __init__(self) -> None:
        self.organs = make_county()
        self.mistaken: Batch | None = None
        self.heir: Organ | None = None

    def live(self) -> None:
        """Do everything that the four years' reports will count."""
        self._answer_requests()
        self._keep_registers()
        self._make_documents()
        self._be_contested()

    def _answered(
        self,
        organ: Organ,
        received: date,
        answered: date,
        ground: Ground = Ground.GRANTED,
        kind: RequesterKind = PERSON,
    ) -> InfoRequest:
        asked = requests.processing(organ, received, kind=kind)
        return requests.do(requests.actions.reply, asked, answered, grounds={1: ground})

    def _answer_requests(self) -> None:
        finance, water, township = self.organs.finance, self.organs.water, self.organs.township
        self._answered(self.organs.office, date(2020, 3, 2), date(2020, 3, 20))
        self._answered(finance, date(2020, 12, 28), date(2021, 1, 11), kind=FIRM)
        self._answered(self.organs.payments, date(2021, 4, 6), date(2021, 4, 20), Ground.NOT_HELD)
        requests.lapsed(water, date(2021, 5, 10))
        requests.withdrawn(water, date(2021, 6, 1))
        self._answered(township, date(2021, 12, 20), date(2022, 1, 10), Ground.PARTIAL)
        left = requests.processing(township, date(2022, 6, 20))
        self._pass_on()
        requests.split_up(water, date(2022, 9, 1))
        requests.extended(left, date(2022, 7, 15), 20)
        requests.do(
            requests.actions.reply, left, date(2023, 1, 9), grounds={1: Ground.INTERNAL_AFFAIRS}
        )
        self._answered(finance, date(2023, 2, 6), date(2023, 2, 20), Ground.REPEAT, FIRM)

    def _pass_on(self) -> None:
        """Abolish 罗湾乡 and set up 官庄镇 in its place."""
        on = date(2022, 7, 9)
        told = {"by": OFFICE, "at": moment(on)}
        self.heir = make_organ(
            "jingan-gzz", OrganKind.TOWNSHIP, "靖安县官庄镇人民政府",
            county=self.organs.county, on=on, order=7,
        )  # fmt: skip
        orgs.abolish(self.organs.township, on=on, **told)
        orgs.succeed(self.organs.township, self.heir, on=on, **told)

    def _keep_registers(self) -> None:
        finance, water = self.organs.finance, self.organs.water
        registers.opening(finance, 12)
        for year in YEARS:
            at = moment(date(year + 1, 1, 5))
            licences = registers.entry(year=year, item_change=-1, decisions=100 + year % 10)
            entered = registers.entered(finance, licences, at)
            if year == 2022:
                self.mistaken = entered
            penalties = registers.entry(RegisterKind.PENALTY, year, decisions=7)
            registers.entered(water, penalties, at)

    def _make_documents(self) -> None:
        for year in YEARS:
            day = date(year, 5, 6)
            told = {"formed_on": day, "published_on": date(year, 5, 20), "at": moment(day)}
            told["at"] = moment(date(year, 6, 1))
            document = documents.published(self.organs.office, **told)
            if year == 2021:
                policy.repeal(
                    document, effective_on=date(2022, 3, 1), basis="清理决定",
                    by=CLERK, at=moment(date(2022, 3, 2)),
                )  # fmt: skip
        documents.published(
            self.organs.township, formed_on=date(2021, 8, 2), published_on=date(2021, 8, 9),
            at=moment(date(2021, 8, 10)),
        )  # fmt: skip

    def _be_contested(self) -> None:
        cases.decided(self.organs.finance, date(2021, 2, 1))
        suit = cases.sued(self.organs.county, date(2021, 11, 1), Route.DIRECT)
        suit = cases.do(remedies.accept, suit, date(2021, 11, 8), copy_received_on=None)
        cases.do(remedies.decide, suit, date(2022, 2, 9), result=Result.CORRECTED)

    def hand_in(self, unit: Return, day: date) -> Return:
        """Explain every warning, write the prose, hand in."""
        finish_prose(unit, day)
        explain_all(unit, day)
        return annualreport.submit(unit, by=CLERK, at=moment(day))

    def report_year(self, year: int) -> Report:
        """Report a year from opening to publication; one return is sent back on the way."""
        day = date(year + 1, 1, 6)
        opened = annualreport.open_year(self.organs.county, year, by=OFFICE, at=moment(day))
        for place, unit in enumerate(opened.returns.all()):
            handed_in = self.hand_in(unit, day)
            if place == 1:
                sent_back = annualreport.send_back(
                    handed_in, reason="请再核对许可数量", by=OFFICE, at=moment(day)
                )
                handed_in = annualreport.submit(sent_back, by=CLERK, at=moment(day))
            annualreport.accept(handed_in, by=OFFICE, at=moment(day))
        return self.finish(opened, date(year + 1, 3, 1))

    def finish(self, year: ReportYear, day: date) -> Report:
        """Write, freeze and publish the county's newest version."""
        report = year.reports.filter(organ=year.county).latest("version")
        finish_prose(report, day)
        explain_all(report, day)
        frozen = annualreport.freeze(report, by=OFFICE, at=moment(day))
        return annualreport.publish(frozen, by=OFFICE, at=moment(day))


def finish_prose(content: Return | Report, day: date) -> None:
    """Write what a person must write; 县本级 has no prose of its own."""
    written = {
        "problems": "一是公开的及时性有待提高。\n下一步将加强培训和检查。",
        "supervision": "开展培训和检查，接受社会评议。",
    }
    templates = {name: text for name, text in written.items() if name in content.templates}
    if templates:
        annualreport.write_prose(content, templates=templates, by=CLERK, at=moment(day))


def explain_all(content: Return | Report, day: date) -> None:
    """Explain each warning that stands; errors are none of this."""
    from gongkai.annualreport.actions.reports import county_findings
    from gongkai.annualreport.queries.frozen import finding_key, last_year_sheets
    from gongkai.annualreport.sources.county import county
    from gongkai.annualreport.sources.live import live_units
    from gongkai.tables.crossfoot import crossfoot
    from gongkai.tables.discrepancy import Severity

    year = content.report_year
    if isinstance(content, Return):
        last = last_year_sheets(year, [content]).get(content.pk)
        found = crossfoot(live_units(year, [content])[content.pk].sheet, last)
    else:
        found = county_findings(content, county(year))
    for each in found:
        if each.severity is Severity.WARNING:
            annualreport.explain(
                content, finding=finding_key(each), text="已核对", by=CLERK, at=moment(day)
            )
