"""Monthly reports: issued once, frozen, corrected by a version that says why; who may read."""

import io
from datetime import UTC, date, datetime, timedelta

import docx
import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.hotline import actions
from gongkai.hotline.lifecycle import BadOrder, Refused, Satisfaction
from gongkai.hotline.models import MonthReport
from gongkai.hotline.queries import paper_of_report
from gongkai.hotline.rules.kpis import Kpi
from gongkai.hotline.rules.month_report import RECEIVED, differences, month_after
from gongkai.hotline.tests.factories import (
    ME,
    RECEIVED_ON,
    a_person,
    an_organ,
    assigned,
    called_back,
    closed,
    do,
    moment,
)
from gongkai.orgs.models import OrganKind, Role

pytestmark = pytest.mark.django_db
MONTH = date(2026, 3, 1)
ISSUED = moment(date(2026, 4, 2), 10)
LATER = moment(date(2026, 4, 20), 10)


@pytest.fixture
def county():
    return an_organ("xian", kind=OrganKind.COUNTY_GOVERNMENT, name="靖安县人民政府")


@pytest.fixture
def lamps(county):
    return an_organ("ludeng", county=county, short_name="县城管局")


@pytest.fixture
def office(county):
    return a_person(county, Role.OGI_OFFICE, "office")


@pytest.fixture
def report(county, lamps):
    """The report of March: one order closed, one whose caller was not content."""
    closed(county, handler=lamps)
    called_back(county, satisfaction=Satisfaction.DISSATISFIED, handler=lamps)
    return issue(county)


@pytest.fixture(autouse=True)
def _in_april(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: LATER)


def issue(county, month=MONTH, number="2026年第3期", at=ISSUED):
    return actions.issue_report(county, month=month, number=number, by=ME, at=at)


def correct(report, why="补录工单", number="2026年第3期", at=LATER):
    return actions.correct_report(report, number=number, why=why, by=ME, at=at)


def test_a_month_is_over_by_the_county_s_clock_not_by_that_of_the_database(county):
    first_hour = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)  # half past midnight of 1 April
    counted = {"asked": 10, "answered": 9, "by": ME}
    april = {"month": date(2026, 4, 1), "at": first_hour}
    with pytest.raises(BadOrder, match="还没有到"):
        actions.count_calls(county, **counted | april | {"at": first_hour - timedelta(hours=1)})
    assert actions.count_calls(county, **counted | april).answered == 9
    with pytest.raises(BadOrder, match="还没有结束"):
        issue(county, at=first_hour - timedelta(hours=1))
    assert issue(county, at=first_hour).month == MONTH


def test_the_calls_of_a_month_stand_in_the_table_of_its_paper(county):
    actions.count_calls(county, month=MONTH, asked=100, answered=93, by=ME, at=ISSUED)
    paper = paper_of_report(issue(county))
    rates = next(each for each in paper.blocks if getattr(each, "caption", "") == "主要指标")
    assert rates.rows[-1] == ("接通率", "93", "100", "93.00%", "请求人工服务的来电")


def test_a_report_freezes_figures_with_their_counts_and_prose_made_of_them(report, county, lamps):
    figures = report.content["figures"]
    assert report.content["title"] == "靖安县12345热线月报（2026年3月）"
    assert figures["received"] == 2
    assert figures["rates"][Kpi.SATISFIED] == [1, 2]
    assert [line["name"] for line in figures["organs"]] == ["县城管局"]
    prose = "".join(text for part in report.content["sections"] for text in part["paragraphs"])
    assert "2026年3月全县共承接热线工单2件，与上月相比增加2件。" in prose
    assert "满意率50.00%（1/2）" in prose
    assert "有不满意评价的单位：县城管局50.00%（1/2）。" in prose
    logged = LoggedEvent.objects.get(verb="hotline.issue_report")
    assert logged.chain == county.code


def test_an_issued_report_stays_when_orders_change(report, county, lamps):
    before = (report.digest, report.content)
    assigned(county, RECEIVED_ON.replace(day=30), handler=lamps)
    report.refresh_from_db()
    assert (report.digest, report.content) == before


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"at": moment(date(2026, 3, 31), 23)}, "month"),
        ({"month": date(2026, 5, 1)}, "month"),
        ({"number": " "}, "report_number"),
    ],
)
def test_a_month_that_runs_or_has_no_number_is_not_issued(county, told, field):
    with pytest.raises(BadOrder) as refused:
        issue(county, **told)
    assert refused.value.field == field
    assert not MonthReport.objects.exists()


def test_a_month_is_issued_once_and_its_number_is_no_other_months(report, county):
    with pytest.raises(BadOrder, match="已经印发"):
        issue(county, month=MONTH.replace(day=15))
    with pytest.raises(BadOrder, match="期号"):
        issue(county, month=date(2026, 2, 1))


def test_a_correction_supersedes_and_the_old_version_is_kept(report, county, lamps):
    assigned(county, RECEIVED_ON.replace(day=30), handler=lamps)
    made = correct(report)
    assert (made.version, made.supersedes, made.why) == (2, report, "补录工单")
    assert made.content["figures"]["received"] == 3
    report.refresh_from_db()
    assert report.content["figures"]["received"] == 2
    assert LoggedEvent.objects.get(verb="hotline.correct_report").after["why"] == "补录工单"
    with pytest.raises(Refused, match="已经更正过"):
        correct(report)


def test_a_correction_says_why_and_has_something_to_correct(report, county, lamps):
    with pytest.raises(Refused, match="一致"):
        correct(report)
    assigned(county, RECEIVED_ON.replace(day=30), handler=lamps)
    with pytest.raises(BadOrder) as refused:
        correct(report, why="")
    assert refused.value.field == "why"
    assert MonthReport.objects.count() == 1


def test_differences_name_each_figure_that_moved_and_where_its_orders_are(report, county, lamps):
    assigned(county, RECEIVED_ON.replace(day=30), handler=lamps)
    now = correct(report).content["figures"]
    found = differences(report.content["figures"], now)
    assert (found[0].label, found[0].issued, found[0].now) == ("承接工单", "2件", "3件")
    theirs = next(each for each in found if each.label == "县城管局：承接工单")
    assert (theirs.kpi, theirs.by, theirs.key) == (RECEIVED, "handler", str(lamps.pk))
    assert differences(now, now) == []


def test_an_organ_gone_from_the_figures_is_a_difference_too(report):
    figures = report.content["figures"]
    found = differences(figures, {**figures, "organs": []})
    assert (found[0].label, found[0].issued, found[0].now) == ("县城管局：承接工单", "2件", "0件")


def test_the_year_turns(county):
    assert month_after(date(2026, 12, 31)) == date(2027, 1, 1)
    made = issue(county, month=date(2025, 12, 9), number="2025年第12期")
    assert made.month == date(2025, 12, 1)
    assert "与上月持平" in made.content["sections"][0]["paragraphs"][0]


def test_the_office_issues_reads_corrects(client, office, county, lamps):
    closed(county, handler=lamps)
    client.force_login(office)
    typed = {"month": "2026-03", "report_number": "2026年第3期"}
    page = client.post(reverse("hotline:reports"), typed, follow=True).text
    assert "数字与月报一致" in page
    assert "更正月报" not in page
    report = MonthReport.objects.get()
    late = assigned(county, RECEIVED_ON.replace(day=30), handler=lamps)
    address = reverse("hotline:report", args=[report.pk])
    page = client.get(address).text
    assert "现在计算为" in page
    assert "承接工单现在计算为2件，看是哪些工单" in page
    listed = client.get(
        reverse("hotline:behind"), {"span": "month", "from": "2026-03-01", "kpi": RECEIVED}
    )
    assert late.number in listed.text
    again = {"report_number": "2026年第3期", "why": ""}
    wrong = client.post(reverse("hotline:correct_report", args=[report.pk]), again)
    assert wrong.status_code == 422
    page = client.post(
        reverse("hotline:correct_report", args=[report.pk]), again | {"why": "补录"}, follow=True
    ).text
    assert "（第2版）" in page
    assert "这一版已经更正" in client.get(address).text
    listed = client.get(reverse("hotline:reports")).text
    assert "已更正" in listed
    assert "现行" in listed


def test_wrong_months_are_refused_on_the_form(client, office, county):
    client.force_login(office)
    for month in ("", "三月", "2026-04"):
        typed = {"month": month, "report_number": "第1期"}
        assert client.post(reverse("hotline:reports"), typed).status_code == 422
    assert not MonthReport.objects.exists()


def test_an_organ_reads_the_report_and_can_do_nothing_to_it(client, report, county, lamps):
    assigned(county, RECEIVED_ON.replace(day=30), handler=lamps)
    client.force_login(a_person(lamps))
    page = client.get(reverse("hotline:report", args=[report.pk])).text
    assert "满意率50.00%（1/2）" in page
    assert "现在计算为" not in page
    assert reverse("hotline:behind") not in page
    assert "印发月报" not in client.get(reverse("hotline:reports")).text
    typed = {"month": "2026-02", "report_number": "x", "why": "x"}
    assert client.post(reverse("hotline:reports"), typed).status_code in (302, 403)
    correct_url = reverse("hotline:correct_report", args=[report.pk])
    assert client.post(correct_url, typed).status_code in (302, 403)
    assert MonthReport.objects.count() == 1


def test_another_county_sees_nothing(client, report):
    other = an_organ("bie", kind=OrganKind.COUNTY_GOVERNMENT, name="别县人民政府")
    client.force_login(a_person(other, Role.OGI_OFFICE, "stranger"))
    assert "12345热线月报（" not in client.get(reverse("hotline:reports")).text
    for name, more in (("report", []), ("report_file", ["docx"])):
        address = reverse(f"hotline:{name}", args=[report.pk, *more])
        assert client.get(address).status_code == 404
    again = {"report_number": "x", "why": "x"}
    address = reverse("hotline:correct_report", args=[report.pk])
    assert client.post(address, again).status_code == 404


def test_files_say_what_was_issued(client, office, report, county, lamps):
    do(actions.redo, called_back(county, handler=lamps), RECEIVED_ON, reason="没有修好")
    made = correct(report, why="补录三月工单")
    client.force_login(office)
    word = client.get(reverse("hotline:report_file", args=[made.pk, "docx"]))
    texts = [each.text for each in docx.Document(io.BytesIO(word.content)).paragraphs]
    assert "靖安县12345热线月报（2026年3月）" in texts
    assert any("更正原因：补录三月工单" in text for text in texts)
    pdf = client.get(reverse("hotline:report_file", args=[report.pk, "pdf"]))
    pages = pypdfium2.PdfDocument(pdf.content)
    said = "".join(page.get_textpage().get_text_range() for page in pages)
    assert "2026年第3期" in said.replace(" ", "")
    other = client.get(reverse("hotline:report_file", args=[report.pk, "exe"]))
    assert other.status_code == 404
