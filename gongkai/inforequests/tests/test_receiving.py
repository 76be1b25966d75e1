"""An office tests its own ways in: mail by the system itself, the others by a person."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters.mail import TryLater
from gongkai.adapters.tests.mails import letter
from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests.actions.receiving import (
    keep_tests,
    record_test,
    send_test,
    send_test_mail,
)
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.receiving import ReceivingChannel
from gongkai.inforequests.models import (
    AcceptingOffice,
    ChannelTest,
    IncomingMail,
    InfoRequest,
    MailState,
)
from gongkai.inforequests.queries.receiving import channel_rows, channels_to_test
from gongkai.inforequests.rules.receiving import subject_of_test, token_in
from gongkai.inforequests.tests.factories import ME, an_official, an_organ, moment
from gongkai.inforequests.tests.test_mail_intake import ADDRESS, AT, take

pytestmark = pytest.mark.django_db
C = ReceivingChannel
TODAY = date(2026, 3, 2)
WHO = {"by": ME, "at": AT}


class Post:
    """A mailer that keeps what it was given, or refuses."""

    def __init__(self, fails=None):
        self.letters, self.fails = [], fails

    def send(self, mail):
        if self.fails:
            raise self.fails
        self.letters.append(mail)
        return mail.message_id


@pytest.fixture
def organ(settings):
    settings.GONGKAI_MAILER = {"kind": "folder"}
    settings.GONGKAI_MAILBOX = {"kind": "maildir"}
    organ = an_organ()
    AcceptingOffice.objects.create(
        organ=organ, name="政务公开股", email=ADDRESS, fax="0795-4660000", online=True
    )
    return organ


def test_what_is_published_is_to_be_tested_and_what_is_not_no_more(organ):
    assert keep_tests(at=AT) == 3
    assert keep_tests(at=AT) == 3  # safe to repeat
    rows = channel_rows([organ.pk], TODAY)
    assert [row.channel for row in rows] == [C.EMAIL, C.ONLINE, C.FAX]
    assert all(row.late and row.due_on is None for row in rows)
    AcceptingOffice.objects.update(fax="")
    assert keep_tests(at=AT) == 2


def test_a_person_records_a_result_and_is_asked_again_after_the_interval(organ, settings):
    settings.GONGKAI_CHANNEL_TEST_DAYS = 10
    keep_tests(at=AT)
    record_test(organ, channel=C.FAX, passed=True, on=TODAY, **WHO)
    (row,) = [row for row in channel_rows([organ.pk], TODAY) if row.channel is C.FAX]
    assert (row.due_on, row.late) == (date(2026, 3, 12), False)
    assert channels_to_test([organ.pk], date(2026, 3, 11)).count() == 2
    assert channels_to_test([organ.pk], date(2026, 3, 12)).count() == 3
    record_test(organ, channel=C.FAX, passed=False, note="无信号，已报修", on=TODAY, **WHO)
    assert channels_to_test([organ.pk], TODAY).count() == 3
    logged = LoggedEvent.objects.filter(verb="inforequests.test_channel").latest("pk")
    assert (logged.chain, logged.after["passed"]) == (organ.code, False)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"channel": C.PHONE, "passed": True, "on": TODAY}, "channel"),
        ({"channel": C.FAX, "passed": False, "on": TODAY}, "note"),
        ({"channel": C.FAX, "passed": True, "on": date(2026, 3, 3)}, "on"),
        ({"channel": C.FAX, "passed": True, "on": date(2026, 2, 1)}, "on"),
    ],
)
def test_a_wrong_record_changes_nothing(organ, told, field):
    record_test(organ, channel=C.FAX, passed=True, on=TODAY, **WHO)
    with pytest.raises(BadAct) as refused:
        record_test(organ, **told, **WHO)
    assert refused.value.field == field
    assert ChannelTest.objects.get().tested_on == TODAY


def test_the_system_writes_to_the_mailbox_and_knows_its_own_mail_again(organ):
    row = send_test_mail(organ, **WHO)
    with pytest.raises(Refused, match="正在等待"):
        send_test_mail(organ, **WHO)
    post = Post()
    send_test(organ.pk, row.token, at=AT, by_mail=post)
    (sent,) = post.letters
    assert (sent.to, sent.subject) == (ADDRESS, subject_of_test(row.token))
    take(letter(subject=subject_of_test("0" * 32)))  # somebody else's: an ordinary mail
    row.refresh_from_db()
    assert row.token
    assert InfoRequest.objects.count() == 1
    take(letter(sent.text, subject=sent.subject, more=[b"Auto-Submitted: auto-generated"]))
    row.refresh_from_db()
    assert (row.passed, row.tested_on, row.token) == (True, TODAY, "")
    assert InfoRequest.objects.count() == 1
    assert [mail.state for mail in IncomingMail.objects.order_by("pk")] == [
        MailState.REGISTERED,
        MailState.IGNORED,
    ]


def test_a_test_mail_that_does_not_come_or_cannot_go_is_a_way_that_failed(organ):
    row = send_test_mail(organ, **WHO)
    keep_tests(at=AT + timedelta(hours=23))
    row.refresh_from_db()
    assert row.token
    keep_tests(at=AT + timedelta(hours=24))
    row.refresh_from_db()
    assert (row.passed, row.token) == (False, "")
    assert "没有收到" in row.note
    row = send_test_mail(organ, by=ME, at=AT + timedelta(days=2))
    send_test(organ.pk, row.token, at=AT + timedelta(days=2), by_mail=Post(TryLater("连不上")))
    row.refresh_from_db()
    assert "没有发出：连不上" in row.note


def test_without_mail_set_up_the_office_is_told_what_to_do(organ, settings):
    settings.GONGKAI_MAILBOX = {"kind": "none"}
    with pytest.raises(Refused, match="用外部邮箱"):
        send_test_mail(organ, **WHO)


@pytest.mark.parametrize(
    ("subject", "token"),
    [
        (f"回复：受理邮箱自测 {'a' * 32}", "a" * 32),
        (f"受理邮箱自测 {'a' * 33}", ""),
        ("受理邮箱自测", ""),
        ("", ""),
    ],
)
def test_only_a_whole_token_is_taken(subject, token):
    assert token_in(subject) == token


def test_the_screen_shows_what_is_late_and_takes_results(organ, client, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment(TODAY, 11))
    keep_tests(at=AT)
    client.force_login(an_official(organ))
    url = reverse("inforequests:channel_tests")
    assert "没有测过" in client.get(url).content.decode()
    told = {"which": f"{organ.pk}-FAX", "on": "2026-03-02", "passed": "no"}
    assert client.post(url, told).status_code == 422
    assert client.post(url, told | {"passed": "yes"}).status_code == 302
    assert client.post(url, {"do": "send", "which": f"{organ.pk}-EMAIL"}).status_code == 302
    assert "等待收到" in client.get(url).content.decode()
    assert client.post(url, {"do": "send", "which": "0-EMAIL"}).status_code in (302, 403)
