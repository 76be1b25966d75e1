"""Mails become requests once each, whatever lies in the box and whoever reads it when.

Past 500 lines: every fate that a mail can meet stands in one place.
"""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from gongkai.adapters import eml
from gongkai.adapters.mail import FolderMailer, Refused, TryLater
from gongkai.adapters.mailbox import MailboxError, MaildirBox, MailGone, RawMail
from gongkai.adapters.tests.mails import MAILS, PDF, letter
from gongkai.audit.models import Event as LoggedEvent
from gongkai.files.models import Purpose, StoredFile
from gongkai.files.queries import content
from gongkai.inforequests import actions
from gongkai.inforequests.actions import mail_intake
from gongkai.inforequests.actions.mail_alarms import send_aside
from gongkai.inforequests.lifecycle.errors import BadAct
from gongkai.inforequests.lifecycle.errors import Refused as ArrowRefused
from gongkai.inforequests.models import (
    AcceptingOffice,
    IncomingMail,
    InfoRequest,
    IntakeChannel,
    MailState,
    Reminder,
    ReminderState,
)
from gongkai.inforequests.queries import requester_for_letters
from gongkai.inforequests.rules.reminders import Occasion
from gongkai.inforequests.tests.factories import (
    ME,
    RECEIVED,
    an_official,
    an_organ,
    do,
    moment,
    withdrawn,
)
from gongkai.orgs.models import Organ, OrganKind
from gongkai.outbox.actions import run_due
from gongkai.outbox.models import Job

pytestmark = pytest.mark.django_db
AT = moment(date(2026, 3, 2), 11)
ADDRESS = "zwgk@example.gov.cn"  # to whom the samples are written


@dataclass
class Box:
    """A mailbox in memory: hands out what is neither done nor set aside."""

    mails: dict[str, bytes]
    done_ids: list[str] = field(default_factory=list)
    aside: dict[str, str] = field(default_factory=dict)
    fails: Exception | None = None

    def unread(self) -> Iterator[RawMail]:
        for mail_id, data in list(self.mails.items()):
            if mail_id not in self.done_ids and mail_id not in self.aside:
                yield RawMail(mail_id, data)

    def done(self, mail_id: str) -> None:
        if self.fails:
            raise self.fails
        self.done_ids.append(mail_id)

    def set_aside(self, mail_id: str, reason: str) -> None:
        if self.fails:
            raise self.fails
        self.aside[mail_id] = reason

    def close(self) -> None:
        pass

    def __enter__(self):
        return self

    def __exit__(self, *told):
        self.close()


@pytest.fixture
def organ():
    organ = an_organ()
    AcceptingOffice.objects.create(organ=organ, name="政务公开股", email=ADDRESS)
    return organ


def take(*mails: bytes, at: datetime = AT) -> mail_intake.Intake:
    return actions.take_in(Box({str(n): data for n, data in enumerate(mails)}), at=at)


def only() -> IncomingMail:
    return IncomingMail.objects.get()


# -- a request --------------------------------------------------------------------------------


def test_a_mail_becomes_a_request_with_its_files_sealed(organ):
    done = take(letter(files=[("身份证明.pdf", PDF + b"%2\n"), ("申请表.pdf", PDF)]))
    assert (done.registered, done.notices) == (1, [])
    row = only()
    case = row.info_request
    assert row.state == MailState.REGISTERED
    assert case.channel == IntakeChannel.EMAIL
    assert case.organ == organ
    assert case.submitted_at.isoformat() == "2026-03-02T02:00:05+00:00"  # the last server's
    assert case.description.startswith("政府信息公开申请\n某县自然资源局：")
    assert "13800138000" not in case.description
    assert case.received_on is None  # Art. 31: both sides must confirm
    who = requester_for_letters(case)
    assert (who.name, who.email, who.phone) == ("陈璪", "chenzao@example.cn", "13800138000")
    files = StoredFile.objects.filter(about=case.typed_id).order_by("purpose")
    assert [file.purpose for file in files] == [
        Purpose.MAIL,
        Purpose.REQUEST_ATTACHMENT,
        Purpose.REQUEST_ATTACHMENT,
    ]
    original = StoredFile.objects.get(pk=row.file)
    assert content(original) == letter(files=[("身份证明.pdf", PDF + b"%2\n"), ("申请表.pdf", PDF)])
    event = LoggedEvent.objects.get(verb="inforequests.submit")
    assert event.account == "system"


def test_no_answer_goes_out_by_itself(organ, settings, tmp_path):
    settings.GONGKAI_MAILER = {"kind": "folder", "folder": tmp_path}
    take(letter())
    assert list(tmp_path.iterdir()) == []


def test_the_same_mail_however_often_is_one_request(organ):
    box = Box({"1": letter(), "2": letter()})
    actions.take_in(box, at=AT)
    done = actions.take_in(Box({"3": letter()}), at=AT + timedelta(days=3))
    assert (done.registered, done.seen) == (0, 1)
    assert box.done_ids == ["1", "2"]
    assert InfoRequest.objects.count() == IncomingMail.objects.count() == 1


def test_a_crash_between_commit_and_done_makes_no_second_request(organ):
    box = Box({"1": letter()}, fails=MailboxError("连接断开"))
    done = actions.take_in(box, at=AT)
    assert done.registered == 1
    assert done.notices[0].grave
    box.fails = None
    again = actions.take_in(box, at=AT)
    assert (again.registered, again.seen, box.done_ids) == (0, 1, ["1"])
    assert InfoRequest.objects.count() == 1


def test_a_mail_that_another_reader_marked_stops_nobody(organ):
    box = Box({"1": letter(), "2": letter("另一件。", identity="<2@x>")}, fails=MailGone("不在了"))
    assert actions.take_in(box, at=AT).registered == 2


def test_a_fault_of_one_mail_leaves_it_unread_and_takes_the_others(organ, monkeypatch):
    kept = mail_intake.submit

    def fails(*told, **more):
        if "坏" in more["told"].description:
            raise ZeroDivisionError
        return kept(*told, **more)

    monkeypatch.setattr(mail_intake, "submit", fails)
    done = take(letter("坏的。", identity="<1@x>"), letter("好的。", identity="<2@x>"))
    assert (done.registered, done.aside) == (1, 1)
    assert "自动登记时出错" in IncomingMail.objects.get(state=MailState.ASIDE).note
    assert InfoRequest.objects.count() == 1


def test_nothing_is_marked_when_nothing_could_be_written(organ, monkeypatch):
    def fails(*told, **more):
        raise ZeroDivisionError

    monkeypatch.setattr(mail_intake, "_sort", fails)
    box = Box({"1": letter()})
    done = actions.take_in(box, at=AT)
    assert (box.done_ids, box.aside) == ([], {})
    assert done.notices[0].grave
    assert not IncomingMail.objects.exists()


# -- whose it is ------------------------------------------------------------------------------


def test_the_address_written_to_tells_the_organ(organ):
    other = an_organ("jyj")
    AcceptingOffice.objects.create(organ=other, name="办公室", email="jyj@example.gov.cn")
    take(letter().replace(b"zwgk@example.gov.cn", b"JYJ@example.gov.cn"))
    assert only().organ == other


def test_a_mail_to_two_organs_is_a_request_to_each(organ):
    other = an_organ("jyj")
    AcceptingOffice.objects.create(organ=other, name="办公室", email="jyj@example.gov.cn")
    data = letter().replace(
        b"<zwgk@example.gov.cn>", b"<zwgk@example.gov.cn>, <jyj@example.gov.cn>"
    )
    assert take(data).registered == 2
    assert {case.organ for case in InfoRequest.objects.all()} == {organ, other}


def test_what_is_addressed_to_nobody_goes_to_the_organ_of_the_settings(organ, settings):
    data = letter().replace(b"zwgk@example.gov.cn", b"else@example.gov.cn")
    box = Box({"1": data})
    done = actions.take_in(box, at=AT)
    assert (box.done_ids, done.registered) == ([], 0)
    assert "GONGKAI_MAIL_ORGAN" in done.notices[0].text
    settings.GONGKAI_MAIL_ORGAN = organ.code
    assert actions.take_in(box, at=AT).registered == 1


def test_without_a_setting_it_is_the_countys(settings):
    county = an_organ("xzf", kind=OrganKind.COUNTY_GOVERNMENT)
    take(letter())
    assert only().organ == county


# -- what is no request -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "word_told"),
    [
        ("headers_only", "没有正文"),
        ("empty", "发件人地址"),
        ("no_sender", "发件人地址"),
        ("no_headers", "发件人地址"),
        ("encrypted", "附件也不能存入"),
    ],
)
def test_what_cannot_be_registered_is_put_aside_with_a_reason(organ, settings, name, word_told):
    settings.GONGKAI_MAIL_ORGAN = organ.code
    box = Box({"1": MAILS[name]})
    done = actions.take_in(box, at=AT)
    row = only()
    assert (done.aside, row.state, row.info_request) == (1, MailState.ASIDE, None)
    assert word_told in row.note
    assert word_told in box.aside["1"]
    assert not InfoRequest.objects.exists()
    assert LoggedEvent.objects.filter(verb="inforequests.mail_aside", chain=organ.code).exists()
    assert Job.objects.filter(kind="inforequests.tell_mails_aside").count() == 1


def test_a_mail_too_big_is_put_aside(organ, monkeypatch):
    monkeypatch.setattr(eml, "LIMITS", eml.MailLimits(mail_bytes=1000))
    take(letter("长" * 2000))
    assert "没有读完" in only().note


def test_refused_files_are_noted_by_their_place_not_their_name(organ):
    take(letter(files=[("张三的证件.exe", b"MZ" + b"\0" * 200), ("申请表.pdf", PDF)]))
    row = only()
    assert row.state == MailState.REGISTERED
    assert "第1个附件没有存入" in row.note
    assert "张三" not in row.note
    assert StoredFile.objects.filter(purpose=Purpose.REQUEST_ATTACHMENT).count() == 1


def test_a_letter_too_long_is_cut_and_kept_whole_under_seal(organ):
    take(letter("申请公开" * 5000))
    row = only()
    assert "正文过长" in row.note
    assert row.info_request.description.endswith("全文见来信原件）")


@pytest.mark.parametrize("name", ["auto_reply", "auto_reply_by_subject", "bounce", "bounce_exim"])
def test_machines_mails_are_ignored(organ, name):
    assert take(MAILS[name]).ignored == 1
    assert only().state == MailState.IGNORED
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (MAILS["auto_reply"], "Auto-Submitted: auto-replied"),
        (MAILS["auto_reply_by_subject"], "标题写明自动回复"),
        (MAILS["bounce"], "不是本系统提醒的退信"),
        (b"X-Autoresponder: \xd5\xc5\r\n" + letter(), "X-Autoresponder"),
    ],
)
def test_what_is_not_taken_for_a_request_is_on_record_with_the_reason(organ, data, why):
    take(data)
    assert why in only().note
    logged = LoggedEvent.objects.get(verb="inforequests.ignore_mail")
    assert (logged.chain, logged.account) == (organ.code, "system")
    assert why in logged.reason


def test_a_bounce_of_our_reminder_marks_it(organ):
    from gongkai.inforequests.actions.reminders import _mark, _stamp

    take(letter())
    row = Reminder.objects.create(
        info_request=InfoRequest.objects.get(),
        occasion=Occasion.UNCONFIRMED,
        due_on=RECEIVED,
        person="某",
        way="EMAIL",
        address="gone@example.gov.cn",
        state=ReminderState.SENT,
        created_at=AT,
        sent_at=AT,
    )
    ours = f"<reminders.{_stamp(AT)}.{_mark(row.address, AT)}@example.gov.cn>".encode()
    take(MAILS["bounce"].replace(b"<letter.7@example.gov.cn>", ours))
    row.refresh_from_db()
    assert row.state == ReminderState.FAILED
    assert IncomingMail.objects.filter(note__contains="本系统提醒的退信").count() == 1


# -- what belongs to a case -------------------------------------------------------------------


def a_case(organ) -> InfoRequest:
    take(letter())
    return InfoRequest.objects.get()


def test_a_reply_of_the_sender_that_names_the_number_goes_into_the_case(organ):
    case = a_case(organ)
    done = take(
        letter(
            "补充说明：东湖镇二组。",
            subject=f"回复：{case.number}",
            identity="<9@x>",
            files=[("图.pdf", PDF)],
        )
    )
    assert (done.attached, InfoRequest.objects.count()) == (1, 1)
    row = IncomingMail.objects.get(state=MailState.ATTACHED)
    assert row.info_request == case
    assert StoredFile.objects.get(pk=row.file).about == case.typed_id
    assert StoredFile.objects.filter(purpose=Purpose.REQUEST_ATTACHMENT).count() == 1


def test_the_handler_hears_of_it(organ, settings):
    settings.GONGKAI_MAILER = {"kind": "folder", "folder": "/nowhere"}
    case = a_case(organ)
    user = an_official(organ, username="clerk")
    user.email = "clerk@example.gov.cn"
    user.save()
    take(letter("补充。", subject=case.number, identity="<9@x>"))
    actions.register(case, confirmed_on=RECEIVED, by=ME, at=AT)
    actions.remind(at=AT)
    row = Reminder.objects.get(occasion=Occasion.MAIL_ATTACHED)
    assert row.address == "clerk@example.gov.cn"


@pytest.mark.parametrize("sender", ["李四 <lisi@example.cn>", "陈璪 <chenzao@example.com>"])
def test_another_sender_gets_into_no_case(organ, sender):
    case = a_case(organ)
    take(letter("给我看。", subject=f"回复：{case.number}", sender=sender, identity="<9@x>"))
    assert IncomingMail.objects.filter(state=MailState.ATTACHED).count() == 0
    assert InfoRequest.objects.count() == 2


def test_a_case_that_is_closed_takes_no_mail(organ):
    case = a_case(organ)
    actions.register(case, confirmed_on=RECEIVED, by=ME, at=AT)
    do(actions.withdraw, case, RECEIVED, reason="撤回")
    take(letter("又来了。", subject=case.number, identity="<9@x>"))
    assert InfoRequest.objects.count() == 2


# -- by hand ----------------------------------------------------------------------------------


def put_aside(organ) -> IncomingMail:
    """Return a mail put aside that says what is asked, from a sender with no address."""
    take(letter(sender="陈璪 chenzao", files=[("申请表.pdf", PDF)]))
    return only()


def new_request() -> actions.NewRequest:
    from gongkai.statute.requesters import RequesterKind

    return actions.NewRequest(
        IntakeChannel.IN_PERSON, RequesterKind.NATURAL_PERSON, "征地批准文件", again=True
    )


def test_a_mail_put_aside_is_registered_by_hand_on_the_day_it_came(organ):
    row = put_aside(organ)
    aside = row.file
    assert actions.open_mail(row, by=ME, at=AT).subject == "政府信息公开申请"
    assert LoggedEvent.objects.filter(verb="files.open").count() == 1
    case = actions.register_mail(
        row,
        told=new_request(),
        requester=actions.RequesterDetails("陈璪"),
        by=ME,
        at=AT + timedelta(days=3),
    )
    row.refresh_from_db()
    assert (row.state, row.info_request) == (MailState.REGISTERED, case)
    assert case.channel == IntakeChannel.EMAIL
    assert case.submitted_at == row.received_at
    there = StoredFile.objects.filter(about=case.typed_id).values_list("purpose", flat=True)
    assert sorted(there) == [Purpose.MAIL, Purpose.REQUEST_ATTACHMENT]
    assert StoredFile.objects.get(pk=aside).is_removed
    for again in (
        lambda: actions.register_mail(
            row, told=new_request(), requester=actions.RequesterDetails("陈璪"), by=ME, at=AT
        ),
        lambda: actions.attach_mail(row, to=case, by=ME, at=AT),
        lambda: actions.ignore_mail(row, why="广告", by=ME, at=AT),
    ):
        with pytest.raises(ArrowRefused):
            again()


def test_a_mail_put_aside_goes_into_an_open_case_of_the_same_organ(organ):
    row = put_aside(organ)
    take(letter("另一件。", identity="<7@x>"))
    case = InfoRequest.objects.get()
    for wrong in (withdrawn(organ), withdrawn(an_organ("else"))):
        with pytest.raises(BadAct):
            actions.attach_mail(row, to=wrong, by=ME, at=AT)
    actions.attach_mail(row, to=case, by=ME, at=AT)
    row.refresh_from_db()
    assert (row.state, row.info_request) == (MailState.ATTACHED, case)


def test_what_is_no_request_is_left_with_a_reason(organ):
    row = put_aside(organ)
    with pytest.raises(BadAct):
        actions.ignore_mail(row, why=" ", by=ME, at=AT)
    actions.ignore_mail(row, why="广告", by=ME, at=AT)
    row.refresh_from_db()
    assert (row.state, row.note) == (MailState.IGNORED, "经办人：广告")
    assert StoredFile.objects.get(pk=row.file).is_removed is False


# -- alarms of mails put aside ------------------------------------------------------------------


def test_people_are_told_of_mails_put_aside(
    organ, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.GONGKAI_MAILER = {"kind": "folder", "folder": tmp_path}
    AcceptingOffice.objects.update(alarm_emails=["duty@example.gov.cn"])
    put_aside(organ)
    with django_capture_on_commit_callbacks(execute=True):
        run_due(at=AT)
    (file,) = tmp_path.glob("*.eml")
    mail = eml.parse(file.read_bytes())
    assert mail.to == ("duty@example.gov.cn",)
    assert "1封来信邮件" in mail.subject
    assert "陈璪" not in mail.text


def test_that_letter_is_tried_again_and_a_refusal_is_told_to_the_office(organ):
    put_aside(organ)
    Job.objects.all().delete()

    class Failing(FolderMailer):
        def send(self, letter):
            raise self.error

    post = Failing("/nowhere")
    Failing.error = TryLater("连不上")
    send_aside(organ.pk, "a@example.cn", 0, at=AT, by_mail=post)
    assert Job.objects.get().payload["tries"] == 1
    Failing.error = Refused("没有这个人")
    send_aside(organ.pk, "a@example.cn", 1, at=AT, by_mail=post)
    (attempt,) = run_due(at=AT)
    assert attempt.notices[0].grave
    actions.ignore_mail(only(), why="广告", by=ME, at=AT)
    send_aside(organ.pk, "a@example.cn", 0, at=AT, by_mail=post)  # nothing waits: nothing sent


# -- every sample -----------------------------------------------------------------------------


def keys() -> dict[str, int]:
    found: dict[str, int] = {}
    for key in IncomingMail.objects.values_list("key", flat=True):
        found[key] = found.get(key, 0) + 1
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_all_samples_twice_in_any_order_with_two_readers(organ, settings, tmp_path, seed):
    settings.GONGKAI_MAIL_ORGAN = organ.code
    names = sorted(MAILS)
    random.Random(seed).shuffle(names)
    for sub in ("new", "cur", "tmp"):
        (tmp_path / sub).mkdir()
    for place, name in enumerate([*names, *reversed(names)]):
        (tmp_path / "new" / f"{place:04d}.{name}").write_bytes(MAILS[name])
    one, two = MaildirBox(tmp_path), MaildirBox(tmp_path)
    sums = mail_intake.Intake()
    with one, two:
        pairs = [(one, one.unread()), (two, two.unread())]
        while pairs:
            for box, mails in list(pairs):
                raw = next(mails, None)
                if raw is None:
                    pairs.remove((box, mails))
                else:
                    mail_intake._take_one(box, raw, sums, at=AT)
    expected = {eml.parse(data).key for data in MAILS.values()}
    assert keys() == dict.fromkeys(expected, 1)
    assert not any(notice.grave for notice in sums.notices)
    registered = IncomingMail.objects.filter(state=MailState.REGISTERED)
    assert InfoRequest.objects.count() == registered.count() == sums.registered > 20
    again = actions.take_in(MaildirBox(tmp_path), at=AT)
    assert again.registered == again.aside == again.seen == 0  # all were marked in the box


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite in memory has one writer")
def test_many_readers_at_once_register_each_key_once(organ, settings):
    settings.GONGKAI_MAIL_ORGAN = organ.code

    def work(seed: int) -> None:
        names = sorted(MAILS)
        random.Random(seed).shuffle(names)
        try:
            done = actions.take_in(Box({name: MAILS[name] for name in names}), at=AT)
            assert not any(notice.grave for notice in done.notices)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert keys() == dict.fromkeys({eml.parse(data).key for data in MAILS.values()}, 1)
    registered = IncomingMail.objects.filter(state=MailState.REGISTERED).count()
    assert InfoRequest.objects.count() == registered
    assert connection.vendor == "postgresql"


# -- the command and the job --------------------------------------------------------------------


@pytest.fixture
def maildir(tmp_path):
    for sub in ("new", "cur", "tmp"):
        (tmp_path / sub).mkdir()
    (tmp_path / "new" / "1").write_bytes(letter())
    return tmp_path


def test_the_command_reads_a_folder(organ, maildir):
    out = StringIO()
    call_command("intakemail", "--mailbox", str(maildir), stdout=out)
    assert "登记 1 封" in out.getvalue()
    assert Organ.objects.get() == only().organ


def test_the_command_without_a_mailbox_says_what_to_set():
    with pytest.raises((CommandError, SystemExit), match=r"GONGKAI_MAILDIR|2"):
        call_command("intakemail")


def test_the_command_reports_a_box_that_cannot_be_read(organ, tmp_path):
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("intakemail", "--mailbox", str(tmp_path / "nowhere"), stdout=out)
    assert "邮箱读取中断" in out.getvalue()


def test_the_job_reads_the_mailbox_after_its_commit_and_comes_again(
    organ, settings, maildir, django_capture_on_commit_callbacks
):
    from gongkai.inforequests.tasks import READ_MAILBOX, keep_reading_the_mailbox

    keep_reading_the_mailbox(AT)
    assert not Job.objects.exists()  # no mailbox is set
    settings.GONGKAI_MAILBOX = {"kind": "maildir", "path": str(maildir)}
    keep_reading_the_mailbox(AT)
    run_due(at=AT)
    assert not IncomingMail.objects.exists()  # not before the commit
    with django_capture_on_commit_callbacks(execute=True):
        run_due(at=AT + timedelta(minutes=5))
    assert only().state == MailState.REGISTERED
    assert Job.objects.filter(kind=READ_MAILBOX, state="WAITING").count() == 1
