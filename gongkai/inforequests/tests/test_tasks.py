"""From the bell to the recomputed deadline, and the command that proves projections."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from gongkai.audit import SYSTEM_CHAIN
from gongkai.audit.actions import record
from gongkai.calendars.models import HolidayNotice
from gongkai.inforequests.models import DeadlineChange, InfoRequest
from gongkai.inforequests.tasks import RECOMPUTE
from gongkai.inforequests.tests.factories import ME, RECEIVED, an_organ, moment, processing
from gongkai.outbox.actions import run_due
from gongkai.outbox.models import Job

pytestmark = pytest.mark.django_db


def enter_notice(verb: str) -> None:
    """Do what the calendar's verb does: a row and its event, rung on commit."""
    at = moment(date(2026, 3, 10))
    notice = HolidayNotice.objects.create(
        year=2026,
        title="临时放假的通知",
        document_number="国办发明电〔2026〕9号",
        issued_on=date(2026, 3, 10),
        off_days=["2026-03-16"],
        entered_at=at,
        entered_by="calendar",
    )
    record(verb, f"calendars:{notice.pk}", chain=SYSTEM_CHAIN, by=ME, at=at, label="2026 年 9号")


def test_a_holiday_notice_moves_open_deadlines_through_the_outbox(
    django_capture_on_commit_callbacks,
):
    info_request = processing(an_organ())
    with django_capture_on_commit_callbacks(execute=True):
        enter_notice("calendars.enter_notice")
    attempts = run_due(at=moment(date(2026, 3, 10), 11))
    (attempt,) = (each for each in attempts if each.kind == RECOMPUTE)
    assert [notice.text for notice in attempt.notices] == [
        "2026 年 9号：1 件申请的答复期限有变动，见“期限变动”"
    ]
    info_request.refresh_from_db()
    assert info_request.due_on == date(2026, 3, 31)
    assert DeadlineChange.objects.get().notice == "2026 年 9号"


def test_other_verbs_leave_the_outbox_alone(django_capture_on_commit_callbacks):
    processing(an_organ())
    with django_capture_on_commit_callbacks(execute=True):
        enter_notice("calendars.something_else")
    assert not Job.objects.exists()


def check(*options: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("rebuild", *options, stdout=out)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_rebuild_check_exits_with_one_on_a_difference_and_rebuild_mends_it():
    info_request = processing(an_organ())
    assert check("--check") == (0, "全部申请的状态、期限和结果与办理记录一致。\n")
    InfoRequest.objects.filter(pk=info_request.pk).update(due_on=RECEIVED)
    code, text = check("--check")
    assert code == 1
    assert f"{info_request.number} 答复期限：存为“2026-03-02”，应为“2026-03-30”" in text
    code, text = check("--check", "--format", "json")
    assert (code, json.loads(text)[0]["field"]) == (1, "due_on")
    assert check()[0] == 0
    assert check("--check")[0] == 0


def test_a_request_without_acts_cannot_be_rebuilt():
    info_request = processing(an_organ())
    info_request.acts.all().delete()
    assert check("--check")[0] == 1
    code, text = check()
    assert code == 1
    assert "没有办理记录" in text
