"""The verbs of error reports: numbers, terms, who answers, twice sent, sealed, logged, counted."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from gongkai.audit.models import Event as LoggedEvent
from gongkai.disclosure.tests import factories as entries
from gongkai.engagement import actions, queries, statistics
from gongkai.engagement.actions import Refused, Result, ToldWrongly
from gongkai.engagement.lifecycle import ReportEvent, ReportState
from gongkai.engagement.lifecycle.reports import TRANSITIONS
from gongkai.engagement.models import ErrorReport, ReportStep
from gongkai.engagement.tasks import erase_what_is_over
from gongkai.engagement.tests.factories import (
    CONTACT,
    ME,
    MONDAY,
    REPORT_IN,
    answered,
    county,
    moment,
    reported,
)
from gongkai.orgs.models import Organ, OrganKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return county()


def do(event, report, **changes):
    """Do a step of a report a day after it came."""
    if event is ReportEvent.PASS_ON:
        told = {"to": report.county, "why": "网页由县政府发布"}
        verb = actions.pass_on
    else:
        told = {"result": Result.FAULTLESS, "answer": "经核实无误"}
        verb = actions.answer_error
    return verb(report, **(told | changes), by=ME, at=moment(MONDAY + timedelta(days=1)))


@pytest.mark.parametrize("state", ReportState)
@pytest.mark.parametrize("event", ReportEvent)
def test_every_arrow_is_taken_and_every_other_refused(home, state, event):
    report = REPORT_IN[state](home)
    counts = LoggedEvent.objects.count(), ReportStep.objects.count()
    to = Organ.objects.get(county=home, kind=OrganKind.OFFICE)
    changes = {"to": to} if state is ReportState.PASSED_ON and event is ReportEvent.PASS_ON else {}
    if (state, event) in TRANSITIONS:
        moved = do(event, report, **changes)
        assert moved.state == TRANSITIONS[state, event].target
        assert LoggedEvent.objects.count() == counts[0] + 1
        assert ReportStep.objects.count() == counts[1] + 1
    else:
        with pytest.raises(Refused, match="不再变动"):
            do(event, report, **changes)
        assert (LoggedEvent.objects.count(), ReportStep.objects.count()) == counts


def test_numbers_run_on_by_county_and_year_without_gaps(home):
    other = entries.county("fengxin", name="奉新县人民政府", short_name="县政府", credit_code="")
    assert reported(home).number == "JC2026-0001"
    with pytest.raises(ToldWrongly):
        reported(home, text="")
    assert reported(home).number == "JC2026-0002"
    assert reported(other).number == "JC2026-0001"
    assert reported(home, date(2027, 1, 4)).number == "JC2027-0001"


def test_the_term_is_three_working_days(home):
    report = reported(home, date(2026, 9, 30))
    assert (report.received_on, report.due_on) == (date(2026, 9, 30), date(2026, 10, 10))
    assert not queries.is_late(report, date(2026, 10, 10))
    assert queries.is_late(report, date(2026, 10, 11))


def test_the_organ_of_the_page_answers_and_the_office_for_others(home):
    finance = entries.department(home)
    where = entries.section(home, "zwgk/tjxx")
    page = entries.published(finance, where, title="统计公报")
    report = reported(home, page=page.address)
    assert (report.organ, report.title) == (finance, "统计公报")
    report = reported(home, page="/zwdt/", title="政务动态")
    assert (report.organ.kind, report.title) == (OrganKind.OFFICE, "政务动态")
    finance.valid_to = MONDAY
    finance.save()
    assert reported(home, page=page.address).organ.kind == OrganKind.OFFICE
    bare = entries.county("fengxin", name="奉新县人民政府", short_name="县政府", credit_code="")
    assert reported(bare).organ == bare


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "长" * 1001}, "text"),
        ({"text": "坏\x00字"}, "text"),
        ({"text": "倒\u202e字"}, "text"),
        ({"contact": "1" * 101}, "contact"),
        ({"page": "https://evil.example/"}, "page"),
        ({"page": "/" + "a" * 300}, "page"),
        ({"kind": "RUMOUR"}, "kind"),
    ],
)
def test_hostile_reports_are_refused_and_change_nothing(home, changes, field):
    events = LoggedEvent.objects.count()
    with pytest.raises(ToldWrongly) as caught:
        reported(home, **changes)
    assert caught.value.field == field
    assert not ErrorReport.objects.exists()
    assert LoggedEvent.objects.count() == events


def test_a_form_sent_twice_is_one_report_and_a_changed_one_another(home):
    first = reported(home, key="k1")
    events = LoggedEvent.objects.count()
    again = reported(home, key="k1")
    assert (again.pk, again.query_code) == (first.pk, first.query_code)
    assert LoggedEvent.objects.count() == events
    other = reported(home, key="k1", text="另一处错误")
    assert other.pk != first.pk
    assert other.query_code != first.query_code


def test_the_code_opens_its_own_report_alone(home):
    report, other = reported(home), reported(home)
    found = queries.report_by_code(home.pk, f" {report.number.lower()} ", report.query_code.lower())
    assert found == report
    assert queries.report_by_code(home.pk, report.number, other.query_code) is None
    assert queries.report_by_code(home.pk, "JC2026-9999", report.query_code) is None
    assert queries.report_by_code(home.pk, report.number, "") is None
    assert queries.report_by_code(report.organ_id, report.number, report.query_code) is None
    assert report.query_code not in str(ErrorReport.objects.values().get(pk=report.pk))


def test_words_and_contact_are_sealed_in_the_database_and_the_log(home):
    report = reported(home)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM engagement_errorreport")
        row = b"|".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for value in cursor.fetchone()
        )
    assert CONTACT.encode() not in row
    assert "按排".encode() not in row
    fresh = ErrorReport.objects.get(pk=report.pk)
    assert (fresh.text, fresh.contact) == ("第二段“按排”应为“安排”", CONTACT)
    logged = LoggedEvent.objects.latest("pk")
    assert CONTACT not in str(logged.after)
    assert "按排" not in str(logged.after)
    assert actions.show_contact(fresh, by=ME, at=moment(MONDAY)) == CONTACT
    assert LoggedEvent.objects.latest("pk").verb == "engagement.show_contact"


def test_passing_on_goes_to_another_organ_of_the_county_with_a_reason(home):
    report = reported(home)
    abroad = entries.county("fengxin", name="奉新县人民政府", short_name="县政府", credit_code="")
    gone = entries.department(home, "gone", valid_to=date(2020, 1, 1))
    for to in (report.organ, abroad, gone):
        with pytest.raises(ToldWrongly, match="其他机关"):
            do(ReportEvent.PASS_ON, report, to=to)
    with pytest.raises(ToldWrongly, match="理由"):
        do(ReportEvent.PASS_ON, report, why=" ")
    office, due_on = report.organ, report.due_on
    moved = do(ReportEvent.PASS_ON, report)
    assert (moved.organ, moved.due_on) == (home, due_on)
    assert LoggedEvent.objects.latest("pk").chain == office.code


def test_an_answer_needs_result_and_words_and_a_late_one_stays_late(home):
    report = reported(home)
    for changes, field in (({"answer": ""}, "answer"), ({"result": "MAYBE"}, "result")):
        with pytest.raises(ToldWrongly) as caught:
            do(ReportEvent.ANSWER, report, **changes)
        assert caught.value.field == field
    late = actions.answer_error(
        report, result=Result.CORRECTED, answer="已改", by=ME, at=moment(date(2026, 9, 28))
    )
    assert queries.is_late(late, date(2026, 9, 28))


def test_the_desk_counts_what_waits(home):
    reported(home, MONDAY - timedelta(days=7))
    reported(home)
    answered(home)
    organs = Organ.objects.filter(county=home)
    found = queries.waiting_reports(organs, MONDAY)
    assert {name: rows.count() for name, rows in found.items()} == {"waiting": 2, "late": 1}
    listed = queries.reports_of(organs.values_list("pk", flat=True))
    rows = queries.report_rows(listed, MONDAY)
    assert [row.late for row in rows] == [True, False]
    assert queries.matching_reports(listed, "JC2026-0002").get().number == "JC2026-0002"
    assert not queries.matching_reports(listed, "没有\x00的").exists()


def test_figures_by_month_with_the_records_behind(home):
    answered(home, MONDAY)
    reported(home, MONDAY)
    late = reported(home, date(2026, 8, 3))
    actions.answer_error(late, result=Result.KNOWN, answer="已改", by=ME, at=moment(MONDAY))
    organs = list(Organ.objects.values_list("pk", flat=True))
    year = (date(2026, 1, 1), date(2026, 12, 31))
    august, september = statistics.error_months(organs, *year)
    assert (august.month, august.received, august.answered, august.on_time) == (
        date(2026, 8, 1),
        1,
        1,
        0,
    )
    assert (september.received, september.answered, september.on_time) == (2, 1, 1)
    assert september.waiting == 1
    assert statistics.reports_received(organs, *year).count() == 3


def test_a_holiday_notice_moves_the_terms_of_what_waits(home):
    report = reported(home)
    ErrorReport.objects.filter(pk=report.pk).update(due_on=date(2026, 9, 30), provisional=True)
    done = answered(home)
    assert actions.recompute_deadlines(notice="放假通知", at=moment(MONDAY)) == 1
    report.refresh_from_db()
    assert (report.due_on, report.provisional) == (date(2026, 9, 24), False)
    assert LoggedEvent.objects.latest("pk").verb == "engagement.recompute_deadlines"
    assert actions.recompute_deadlines(notice="放假通知", at=moment(MONDAY)) == 0
    assert done.due_on == date(2026, 9, 24)


def test_rows_are_sealed_anew_under_a_new_key(home):
    report = reported(home)
    assert queries.to_reseal() == 0
    with override_settings(GONGKAI_FIELD_ALGORITHM="SM4-GCM"):
        assert queries.to_reseal() == 1
        assert actions.reseal(10, at=moment(MONDAY)) == 1
        assert ErrorReport.objects.get(pk=report.pk).contact == CONTACT
        assert queries.to_reseal() == 0
        assert actions.reseal(10, at=moment(MONDAY)) == 0


def test_contacts_are_erased_when_their_time_is_over(home):
    """The duty of the day: answered reports only, after the term only, once, with an event."""
    report, waiting = answered(home), reported(home, contact="13900000000")
    bare = answered(home, MONDAY + timedelta(days=1))
    kept = timedelta(days=settings.GONGKAI_CONTACT_DAYS)
    on = report.answered_on + kept
    assert erase_what_is_over(moment(on)) == []  # the last day belongs to the term
    (notice,) = erase_what_is_over(moment(on + timedelta(days=1)))
    assert "1 条" in notice.text
    report.refresh_from_db()
    assert (report.contact, report.has_contact) == ("", False)
    assert report.contact_erased_on == on + timedelta(days=1)
    assert report.text == "第二段“按排”应为“安排”"
    assert ErrorReport.objects.get(pk=waiting.pk).contact == "13900000000"
    assert ErrorReport.objects.get(pk=bare.pk).contact == CONTACT
    event = LoggedEvent.objects.latest("pk")
    assert event.verb == "engagement.erase_contacts"
    assert event.after["reports"] == [report.number]
    assert erase_what_is_over(moment(on + timedelta(days=1))) == []
    assert actions.show_contact(report, by=ME, at=moment(on + timedelta(days=2))) == ""
