"""A holiday notice entered puts the terms of unanswered orders to be worked out again."""

from datetime import date

import pytest

from gongkai.calendars.actions import enter_notice
from gongkai.hotline.actions import urge_due
from gongkai.hotline.lifecycle import OrderKind
from gongkai.hotline.tasks import RECOMPUTE
from gongkai.hotline.tests.factories import ME, an_organ, answered, assigned, moment, received
from gongkai.outbox.actions import run_due

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 30)


def test_a_holiday_notice_moves_terms_through_the_outbox(django_capture_on_commit_callbacks):
    organ = an_organ()
    order = received(organ, DAY, kind=OrderKind.ENQUIRY)
    done = answered(organ, DAY, kind=OrderKind.ENQUIRY)
    assert order.provisional
    with django_capture_on_commit_callbacks(execute=True):
        enter_notice(
            2027,
            title="国务院办公厅关于2027年部分节假日安排的通知",
            document_number="国办发明电〔2026〕9号",
            issued_on=DAY,
            off_days=[date(2027, 1, day) for day in range(1, 6)],
            shifted_workdays=[],
            by=ME,
            at=moment(DAY, 18),
        )
    attempts = [each for each in run_due(at=moment(DAY, 19)) if each.kind == RECOMPUTE]
    assert len(attempts) == 1
    assert "1 件热线工单的办理期限有变动" in attempts[0].notices[0].text
    order.refresh_from_db()
    assert (order.due_on, order.provisional) == (date(2027, 1, 7), False)
    done.refresh_from_db()
    assert done.provisional


def test_what_falls_due_is_urged_once_a_day_on_working_days():
    organ = an_organ()
    order, later = assigned(organ), assigned(organ, kind=OrderKind.COMPLAINT)
    answered(organ)
    thursday, friday, saturday = (date(2026, 3, day) for day in (5, 6, 7))
    assert urge_due(at=moment(thursday)) == 0
    assert [urge_due(at=moment(friday, hour)) for hour in (8, 9)] == [1, 0]
    assert urge_due(at=moment(saturday)) == 0
    assert urge_due(at=moment(date(2026, 3, 9))) == 1
    order.refresh_from_db()
    later.refresh_from_db()
    assert (order.urges, later.urges) == (2, 0)
