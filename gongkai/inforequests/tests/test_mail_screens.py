"""The screens of mails put aside and of reminders that failed; the wrong person on each."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters.tests.mails import PDF, letter
from gongkai.audit.models import Event as LoggedEvent
from gongkai.files import access_to
from gongkai.inforequests import actions
from gongkai.inforequests.actions.mail_files import mail_about
from gongkai.inforequests.models import (
    AcceptingOffice,
    IncomingMail,
    InfoRequest,
    MailState,
    Reminder,
    ReminderState,
)
from gongkai.inforequests.rules.reminders import Occasion
from gongkai.inforequests.tests.factories import (
    ME,
    RECEIVED,
    an_official,
    an_organ,
    do,
    moment,
    submitted,
)
from gongkai.inforequests.tests.test_mail_intake import AT, take
from gongkai.orgs.models import Role

pytestmark = pytest.mark.django_db
TYPED = {
    "do": "register",
    "register-name": "陈璪",
    "register-requester_kind": "NATURAL_PERSON",
    "register-email": "chenzao@example.cn",
    "register-description": "征地批准文件",
    "register-carrier": "ELECTRONIC",
    "register-delivery": "EMAIL",
}


@pytest.fixture(autouse=True)
def _the_day(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment(RECEIVED, 15))


@pytest.fixture
def organ():
    organ = an_organ()
    AcceptingOffice.objects.create(organ=organ, name="政务公开股", email="zwgk@example.gov.cn")
    return organ


@pytest.fixture
def mail(organ) -> IncomingMail:
    take(letter(sender="陈璪 chenzao", files=[("申请表.pdf", PDF)]))
    return IncomingMail.objects.get()


@pytest.fixture
def clerk(client, organ):
    client.force_login(an_official(organ))
    return client


def url(mail: IncomingMail) -> str:
    return reverse("inforequests:mail", args=[mail.pk])


def test_the_list_leads_to_the_mail_which_shows_no_words_until_opened(clerk, mail):
    listed = clerk.get(reverse("inforequests:mails")).content.decode()
    assert url(mail) in listed
    page = clerk.get(url(mail)).content.decode()
    assert "发件人地址" in page
    assert "征地补偿" not in page
    assert not LoggedEvent.objects.filter(verb="files.open").exists()
    opened = clerk.post(url(mail), {"do": "open"}).content.decode()
    assert "征地补偿" in opened
    assert "申请表.pdf" in opened
    assert 'value="陈璪' in opened
    assert LoggedEvent.objects.filter(verb="files.open", account="handler").count() == 1


def test_it_is_registered_by_hand(clerk, mail):
    answer = clerk.post(url(mail), TYPED)
    case = InfoRequest.objects.get()
    assert answer.url == reverse("inforequests:record", args=[case.pk])
    mail.refresh_from_db()
    assert (mail.state, mail.info_request) == (MailState.REGISTERED, case)
    assert clerk.post(url(mail), TYPED).status_code == 422  # somebody has dealt with it
    assert InfoRequest.objects.count() == 1


def test_nothing_typed_is_lost(clerk, mail):
    answer = clerk.post(url(mail), TYPED | {"register-name": "", "register-phone": "13800138000"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写“姓名或者名称”" in page
    assert "13800138000" in page
    assert "征地批准文件" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"do": "attach", "attach-number": "360925001-2026-9999"}, "没有这个编号"),
        ({"do": "attach", "attach-number": "x" * 80}, "不能超过40字"),
        ({"do": "ignore", "ignore-why": " "}, "请填写"),
        (TYPED | {"register-email": "不是地址"}, "格式不对"),
        (TYPED | {"register-requester_kind": "KING"}, "不在可选项"),
    ],
)
def test_wrong_input_changes_nothing_and_says_what(clerk, mail, typed, told):
    answer = clerk.post(url(mail), typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    mail.refresh_from_db()
    assert mail.state == MailState.ASIDE


def test_it_goes_into_a_case_or_is_left(clerk, organ, mail):
    case = submitted(organ)
    clerk.post(url(mail), {"do": "attach", "attach-number": case.number})
    mail.refresh_from_db()
    assert (mail.state, mail.info_request) == (MailState.ATTACHED, case)
    take(letter("广告", sender="某 nobody", identity="<8@x>"))
    other = IncomingMail.objects.get(state=MailState.ASIDE)
    assert clerk.post(url(other), {"do": "ignore", "ignore-why": "广告"}).status_code == 302
    other.refresh_from_db()
    assert other.state == MailState.IGNORED
    assert "打开来信" in clerk.get(url(other)).content.decode()
    assert clerk.post(url(other), {"do": "else"}).status_code == 404


def test_a_mail_whose_original_was_refused_can_still_be_registered(clerk, mail):
    IncomingMail.objects.update(file=None)
    assert "在申请邮箱中查看" in clerk.get(url(mail)).content.decode()
    assert "在申请邮箱中查看" in clerk.post(url(mail), {"do": "open"}).content.decode()
    assert clerk.post(url(mail), TYPED).status_code == 302


@pytest.mark.parametrize(
    ("role", "elsewhere", "status"),
    [
        (Role.REQUEST_HANDLER, True, 404),
        (Role.REVIEWER, False, 302),
        (Role.OGI_HEAD, False, 302),
        (Role.SYSTEM_ADMIN, False, 302),
        (Role.AUDITOR, False, 302),
    ],
)
def test_the_wrong_person_reads_no_mail(client, organ, mail, role, elsewhere, status):
    user = an_official(an_organ("else") if elsewhere else organ, role, "wrong")
    client.force_login(user)
    for answer in (
        client.get(url(mail)),
        client.post(url(mail), {"do": "open"}),
        client.post(url(mail), TYPED),
    ):
        assert answer.status_code == status
        assert status == 404 or answer.url == "/staff/"  # refused, with a message
    listed = client.get(reverse("inforequests:mails"))
    assert listed.status_code == 302 or url(mail) not in listed.content.decode()
    assert access_to(mail_about(mail), user, AT) is None
    mail.refresh_from_db()
    assert mail.state == MailState.ASIDE


def test_a_stranger_to_the_site_is_sent_to_sign_in(client, mail):
    assert client.get(url(mail)).status_code == 302


@pytest.mark.parametrize(
    "about", ["inforequests.mail:x", "inforequests.mail:", "inforequests.mail:٣"]
)
def test_no_made_up_id_opens_a_file(organ, about):
    assert access_to(about, an_official(organ), AT) is None


def a_failed_reminder(organ) -> Reminder:
    return Reminder.objects.create(
        info_request=submitted(organ),
        occasion=Occasion.DUE_TODAY,
        due_on=date(2026, 3, 2),
        person="张某",
        way="EMAIL",
        address="gone@example.gov.cn",
        state=ReminderState.FAILED,
        created_at=moment(RECEIVED),
        last_error="邮件服务器拒收（550）",
    )


def test_failed_reminders_are_listed_to_those_who_see_the_case(client, organ):
    reminder = a_failed_reminder(organ)
    client.force_login(an_official(organ))
    page = client.get(reverse("inforequests:reminders")).content.decode()
    for told in (reminder.info_request.number, "今天到期", "张某", "550"):
        assert told in page
    case_page = client.get(reverse("inforequests:record", args=[reminder.info_request_id]))
    assert "今天到期：张某（邮件），发送失败" in " ".join(case_page.content.decode().split())
    client.force_login(an_official(an_organ("else"), username="wrong"))
    assert (
        reminder.info_request.number
        not in client.get(reverse("inforequests:reminders")).content.decode()
    )


def test_the_window_opens_a_mail_of_a_case_only_while_it_takes_in(client, organ):
    take(letter())
    mail = IncomingMail.objects.get()
    client.force_login(an_official(organ, Role.WINDOW_CLERK))
    told = {"do": "open"}
    assert client.post(url(mail), told).status_code == 200
    case = actions.register(mail.info_request, confirmed_on=RECEIVED, by=ME, at=AT)
    do(actions.assign, case, RECEIVED, unit="政务公开股")
    before = LoggedEvent.objects.count()
    response = client.post(url(mail), told, follow=True)
    assert "chenzao@example.cn" not in response.content.decode()
    assert LoggedEvent.objects.count() == before
