"""The demo is what it says: every figure equal, chains whole, and a desk full of work on any day.

The whole year is replayed by `make demo REPLAY=1` (some minutes) and compared with the snapshot by
its hash; here a short year goes the same way, and the snapshot is loaded once for all that is asked
of it.
"""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from gongkai import audit
from gongkai.annualreport.queries import report_to_show, sheet_of, verify
from gongkai.annualreport.sources import facts_by_organ
from gongkai.audit.models import Event
from gongkai.demo import (
    chapters2020,
    desk,
    hotline,
    inspecting,
    oversight,
    publication,
    snapshot,
    website,
)
from gongkai.demo.comparison import compare, published_sheet
from gongkai.demo.county import COUNTY_CODE, DEPARTMENTS, OFFICE_CODE, TOWNSHIPS, YEAR
from gongkai.demo.figures import compare_prose
from gongkai.demo.management.commands import demo
from gongkai.demo.replay import Replay
from gongkai.demo.road import Road
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry, OrganPage, StandardCatalogue
from gongkai.disclosure.queries import queue_for
from gongkai.disclosure.queries.catalogue_coverage import CoverageState, catalogue_coverage
from gongkai.hotline.models import WorkOrder
from gongkai.inforequests.models import InfoRequest, State
from gongkai.inforequests.queries import desk_counts, differences
from gongkai.inspections.actions.site_years import figures_of
from gongkai.inspections.lifecycle import FindingState, SiteYearState
from gongkai.inspections.models import Bulletin, Finding, SiteYear
from gongkai.letters.queries import gaps
from gongkai.orgs.models import Organ
from gongkai.policy.queries import documents, rows
from gongkai.tables.facts import Period
from gongkai.tables.sheet import BLANK, CellPath, Sheet, Table, count

SATURDAY, THURSDAY = date(2026, 11, 28), date(2026, 11, 26)
TABLES = [(22, 22, 0), (161, 161, 0), (10, 10, 5)]


@pytest.mark.django_db
def test_a_new_database_tells_how_far_it_is(monkeypatch) -> None:
    told: list[str] = []
    assert demo._Steps(told.append)._all == 0  # the tests' own is whole
    monkeypatch.setattr(demo.MigrationExecutor, "migration_plan", lambda *_: [None] * 45)
    steps = demo._Steps(told.append)
    for number in range(45):
        steps.write(f"  Applying orgs.{number:04}_some_change...")
        steps.write(" OK\n")
    assert told == ["  数据库 20/45", "  数据库 40/45", "  数据库 45/45"]


def compared_tables(report) -> list[tuple[int, int, int]]:
    tables = compare(sheet_of(report), published_sheet())
    return [(each.compared, each.equal, each.published_blank) for each in tables]


def test_the_county_of_2020_has_eleven_townships_and_thirty_odd_departments() -> None:
    assert len(TOWNSHIPS) == 11
    assert 30 <= len(DEPARTMENTS) < 40
    codes = [organ.code for organ in (*DEPARTMENTS, *TOWNSHIPS)]
    assert len(codes) == len(set(codes))


def short(road: Road, tell) -> None:
    """A year of a few texts and orders."""
    chapters2020.open_website(road)
    clerks = {code: road.clerk(code) for code in road.organs}
    orders = hotline.plans_of_the_year()[:4]
    hotline.fill(road.organs[OFFICE_CODE], road.organs, clerks, tell, orders)
    website.lay(road, tell, website.plan({COUNTY_CODE: 2, "slj": 3, "sxz": 1}))
    oversight.lay(road)


@pytest.mark.django_db
def test_a_short_year_goes_the_same_way_and_work_waits_on_a_saturday() -> None:
    lines: list[str] = []
    report = Replay(lines.append, short).make()
    assert compared_tables(report) == TABLES
    told = {each.label.strip("　"): each.computed for each in compare_prose(report)}
    assert (told["网站公开信息"], told["门户网站"], told["乡镇"]) == ("6", "2", "1")
    assert (told["热线工单"], told["增加公开事项"]) == ("4", "7")
    assert "网站公开信息6条" in report.prose["proactive"]
    for words in ("组织业务培训4次", "工作考核的单位43个", "完成率为100%", "责任追究0件"):
        assert words in report.prose["supervision"]
    abolished = Organ.objects.get(code="lwx")
    assert abolished.successions.get().successor.name == "靖安县官庄镇人民政府"
    check_desk(SATURDAY)


def check_desk(today: date) -> None:
    organs = list(Organ.objects.values_list("pk", flat=True))
    before = facts_by_organ(Period.of_year(YEAR), organs)
    assert desk.lay(today) == 10
    states = InfoRequest.objects.filter(submitted_at__year=2026).values_list("state", flat=True)
    assert set(states) == {
        State.SUBMITTED,
        State.PROCESSING,
        State.CONSULTING,
        State.AWAITING_SUPPLEMENT,
        State.AWAITING_PAYMENT,
        State.UNDER_REVIEW,
        State.REVIEWED,
        State.ISSUED,
        State.REPLIED,
    }
    told = desk_counts(organs, today)
    assert (told.unconfirmed, told.waiting, told.all) == (1, 3, 8)
    assert told.late >= 1
    waiting = WorkOrder.objects.filter(received_at__year=2026).values_list("state", flat=True)
    assert len(waiting) == 8
    assert len(set(waiting)) >= 6
    assert facts_by_organ(Period.of_year(YEAR), organs) == before
    assert list(differences()) == []
    assert gaps() == []
    assert desk.lay(today) == 0


@pytest.mark.django_db
def test_the_whole_demo(settings, tmp_path, monkeypatch) -> None:
    settings.GONGKAI_FILE_DIR = tmp_path
    assert snapshot.load(today=THURSDAY) > 50_000
    check_the_year()
    check_desk(THURSDAY)
    check_the_site(monkeypatch)
    check_inspections()
    check_the_log()


def check_the_year() -> None:
    report = report_to_show(COUNTY_CODE, YEAR)
    verify(report)
    assert compared_tables(report) == TABLES
    assert [each.line for each in compare_prose(report) if not each.equal] == []
    assert Event.objects.filter(verb="annualreport.publish").count() == 44
    office = get_user_model().objects.get(username="office")
    assert office.has_perm("calendars.add_holidaynotice")
    order = WorkOrder.objects.exclude(phone_index="").first()
    assert order.caller.phone.startswith("000-"), "sealed anew with the keys of here"


def stopped(*_: object) -> None:
    raise KeyboardInterrupt


def check_the_site(monkeypatch) -> None:
    organs = list(Organ.objects.values_list("pk", flat=True))
    before = facts_by_organ(Period.of_year(YEAR), organs)
    with monkeypatch.context() as half_way:
        half_way.setattr(publication.Publication, "_know_items", stopped)
        with pytest.raises(KeyboardInterrupt):
            publication.lay(THURSDAY)
    assert not OrganPage.objects.exists()
    assert 45 <= publication.lay(THURSDAY) <= 120
    assert publication.lay(THURSDAY) == 0
    assert facts_by_organ(Period.of_year(YEAR), organs) == before
    states = {EntryState(state) for state in Entry.objects.values_list("state", flat=True)}
    assert states == set(EntryState) - {EntryState.DISCARDED}
    years = {at.year for at in Entry.objects.live().values_list("published_at", flat=True)}
    assert years >= {2020, 2026}
    validities = {row.validity.label for row in rows(documents(organs), THURSDAY)}
    assert "废止" in validities
    for county in StandardCatalogue.objects.filter(level="COUNTY"):
        seen = {row.state for row in catalogue_coverage(county, THURSDAY).rows}
        assert seen == set(CoverageState)
    for name in ("reviewer", "head", "secrecy", "leader", "publisher", "scjg"):
        user = get_user_model().objects.get(username=name)
        assert queue_for(user, THURSDAY), f"nothing waits for {name}"


def check_inspections() -> None:
    organs = list(Organ.objects.values_list("pk", flat=True))
    before = facts_by_organ(Period.of_year(YEAR), organs)
    assert 40 <= inspecting.lay(THURSDAY) <= 60
    assert inspecting.lay(THURSDAY) == 0
    assert facts_by_organ(Period.of_year(YEAR), organs) == before
    assert set(Finding.objects.values_list("state", flat=True)) == set(FindingState)
    assert Finding.objects.filter(repeated=True).count() == 2
    told = dict(Bulletin.objects.values_list("period", "content"))
    assert {len(each["shares"]) > 3 for each in told.values()} == {True}
    assert Bulletin.objects.filter(published_at__isnull=False).count() == 2
    [report] = SiteYear.objects.filter(year=YEAR)
    assert report.state == SiteYearState.PUBLISHED
    assert report.content["values"]["published"] == 6560
    [half] = SiteYear.objects.exclude(year=YEAR)
    assert "不能多于" in figures_of(half).remarks[0].text


def check_the_log() -> None:
    """The chains are whole, and every verb and field in the log has a Chinese word."""
    spoken = set(Event.objects.values_list("verb", flat=True).distinct())
    for before, after in Event.objects.values_list("before", "after").iterator():
        spoken |= set(before) | set(after)
    assert sorted(spoken - set(audit.words)) == [], "the log would show these in English"
    call_command("auditverify")
    call_command("rebuild", check=True)


def test_a_difference_is_found_and_a_published_blank_is_no_difference() -> None:
    one = CellPath(Table.REQUESTS, "1", "p")
    two = CellPath(Table.REMEDIES, "", "r1")
    ours = Sheet("2019", {one: count(3), two: count(0)})
    _, requests, remedies = compare(ours, Sheet("2019", {one: count(4), two: BLANK}))
    assert (requests.compared, requests.equal, requests.different) == (1, 0, (one,))
    assert (remedies.compared, remedies.published_blank, remedies.different) == (0, 1, ())
    assert "比对 1 格，一致 0 格" in requests.line
    assert "原报告空白 1 格" in remedies.line
