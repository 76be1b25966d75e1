"""Reminders written once, sent as few mails, kept when sending fails, dropped when settled.

Past 500 lines: one case goes through its reminders from the first to the leader's, in order.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import pytest

from gongkai.accounts.models import User
from gongkai.adapters.mail import Letter, Refused, TryLater
from gongkai.inforequests import actions
from gongkai.inforequests.actions import reminding
from gongkai.inforequests.actions.reminders import SEND, put_forgotten
from gongkai.inforequests.models import AcceptingOffice, Reminder, ReminderState
from gongkai.inforequests.queries.reminders import failed_reminders, reminders_of
from gongkai.inforequests.rules.reminders import MOST_TRIES, Occasion
from gongkai.inforequests.tasks import remind_of_what_is_due
from gongkai.inforequests.tests.factories import (
    CHINA,
    ME,
    RECEIVED,
    an_organ,
    awaiting_supplement,
    do,
    moment,
    processing,
    registered,
    reviewed,
    submitted,
    under_review,
    withdrawn,
)
from gongkai.orgs.models import OrganKind, Post, Role
from gongkai.outbox.actions import put_duties, run_due, run_next
from gongkai.outbox.models import Job, JobState

pytestmark = pytest.mark.django_db
DUE_ON = date(2026, 3, 30)  # of a request received on 2026-03-02


@dataclass
class Post_:
    """A mail server and a gateway that keep what they were given, or refuse it."""

    letters: list[Letter] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    error: Exception | None = None
    sender: str = "zwgk@example.gov.cn"

    def send(self, *told):
        if self.error:
            raise self.error
        if len(told) == 1:
            self.letters.append(told[0])
        else:
            self.texts.append(told)
        return "<id@example.gov.cn>"

    def to(self) -> list[str]:
        return sorted(letter.to for letter in self.letters)


@pytest.fixture(autouse=True)
def _ways(settings):
    settings.GONGKAI_MAILER = {"kind": "folder", "folder": "/nowhere"}
    settings.GONGKAI_TEXTER = {"kind": "folder", "folder": "/nowhere"}


@pytest.fixture
def county():
    return an_organ("xzf", kind=OrganKind.COUNTY_GOVERNMENT)


@pytest.fixture
def organ(county):
    return an_organ(county=county)


def person(organ, role: Role, name: str, phone: str = "", email: str | None = None) -> User:
    user, _ = User.objects.get_or_create(
        username=name,
        defaults={
            "name": name,
            "phone": phone,
            "email": f"{name}@example.gov.cn" if email is None else email,
        },
    )
    Post.objects.create(user=user, organ=organ, role=role, valid_from=date(2000, 1, 1))
    return user


@pytest.fixture
def staff(organ, county):
    person(organ, Role.REQUEST_HANDLER, "handler", "13800000001")
    person(organ, Role.REQUEST_HANDLER, "second")
    person(organ, Role.OGI_HEAD, "head")
    person(organ, Role.REVIEWER, "reviewer")
    person(organ, Role.WINDOW_CLERK, "window")
    person(county, Role.OGI_OFFICE, "county")
    person(an_organ("other", county=county), Role.REQUEST_HANDLER, "stranger")


def at(day: date, text: str = "09:00") -> datetime:
    return datetime.combine(day, time.fromisoformat(text), CHINA)


def send_all(post: Post_, now: datetime) -> None:
    """Do the jobs of sending, as the outbox would after the commit."""
    waiting = Reminder.objects.filter(state=ReminderState.WAITING).order_by()
    for way, address in sorted(set(waiting.values_list("way", "address"))):
        actions.send_waiting(way, address, at=now, by_mail=post, by_text=post)


def told(occasion: Occasion) -> list[str]:
    rows = Reminder.objects.filter(occasion=occasion, way="EMAIL")
    return sorted(row.address.partition("@")[0] for row in rows)


def assigned(organ, handler: str = "handler", **more):
    case = registered(organ)
    return do(actions.assign, case, RECEIVED, unit="股", handler=handler, handler_name="某", **more)


# -- nobody opened it -------------------------------------------------------------------------


def test_an_unconfirmed_request_alarms_handlers_and_the_county_after_an_hour(organ, staff):
    case = submitted(organ)  # at 9:00
    assert actions.remind(at=at(RECEIVED, "09:59")).rows == 0
    actions.remind(at=at(RECEIVED, "10:00"))
    assert told(Occasion.UNCONFIRMED) == ["county", "handler", "second"]
    assert list(Reminder.objects.filter(way="SMS").values_list("address", flat=True)) == [
        "13800000001"
    ]
    assert actions.remind(at=at(RECEIVED, "11:00")).rows == 0
    assert actions.remind(at=at(RECEIVED + timedelta(days=1))).rows == 4
    assert reminders_of(case).count() == 8


def test_the_message_tells_number_organ_and_way_but_never_who_asks_or_what(organ, staff):
    case = submitted(organ)
    actions.remind(at=at(RECEIVED, "10:00"))
    post = Post_()
    send_all(post, at(RECEIVED, "10:01"))
    assert post.to() == [f"{name}@example.gov.cn" for name in ("county", "handler", "second")]
    for letter in post.letters:
        whole = letter.subject + letter.text
        assert case.number in whole
        assert organ.short_name in whole
        assert f"/inforequests/{case.pk}/" in letter.text
        for secret in ("万里", "13800000000", "w@example.com", "3609251990", "集体土地"):
            assert secret not in whole
    ((phone, text),) = post.texts
    assert phone == "13800000001"
    assert case.number in text
    assert "万" not in text
    assert "3月2日" in text
    assert len(text) < 200


def test_two_people_hear_of_it_even_where_one_works(organ, county):
    person(organ, Role.REQUEST_HANDLER, "alone")
    person(county, Role.LEADER, "leader")
    submitted(organ)
    assert actions.remind(at=at(RECEIVED, "10:00")).untold == ()
    assert told(Occasion.UNCONFIRMED) == ["alone", "leader"]


def test_one_shared_mailbox_is_not_two_people(organ, county):
    person(organ, Role.REQUEST_HANDLER, "one", email="shared@example.gov.cn")
    person(organ, Role.REQUEST_HANDLER, "two", email="Shared@example.gov.cn")
    case = submitted(organ)
    written = actions.remind(at=at(RECEIVED, "10:00"))
    assert written.rows == 1
    assert written.untold == (case.number,)
    (notice,) = written.notices
    assert notice.grave
    assert case.number in notice.text


def test_the_accepting_office_hears_too(organ, staff):
    AcceptingOffice.objects.create(
        organ=organ,
        name="政务公开股",
        alarm_emails=["duty@example.gov.cn"],
        alarm_phones=["13900000000", "0795-4662001"],
    )
    submitted(organ)
    actions.remind(at=at(RECEIVED, "10:00"))
    addresses = set(Reminder.objects.values_list("address", flat=True))
    assert {"duty@example.gov.cn", "13900000000"} <= addresses
    assert "0795-4662001" not in addresses


def test_who_left_is_told_no_more_and_a_stranger_never(organ, staff):
    Post.objects.filter(user__username="second").update(valid_to=RECEIVED)
    User.objects.filter(username="handler").update(is_active=False)
    submitted(organ)
    actions.remind(at=at(RECEIVED, "10:00"))
    assert told(Occasion.UNCONFIRMED) == ["county", "head"]


def test_a_confirmed_request_sends_no_alarm(organ, staff):
    case = submitted(organ)
    actions.remind(at=at(RECEIVED, "10:00"))
    actions.register(case, confirmed_on=RECEIVED, by=ME, at=moment(RECEIVED, 11))
    post = Post_()
    send_all(post, at(RECEIVED, "11:05"))
    assert post.letters == post.texts == []
    assert set(Reminder.objects.values_list("state", flat=True)) == {ReminderState.DROPPED}


def test_nothing_is_sent_at_night_or_on_a_day_off(organ, staff):
    submitted(organ, date(2026, 3, 6))
    for now in (at(date(2026, 3, 6), "22:00"), at(date(2026, 3, 7), "10:00")):
        assert actions.remind(at=now).rows == 0
    assert actions.remind(at=at(date(2026, 3, 9), "08:30")).rows


# -- the deadline -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "occasion", "people"),
    [
        (date(2026, 3, 23), Occasion.DUE_IN_5, ["handler"]),
        (date(2026, 3, 25), Occasion.DUE_IN_3, ["handler"]),
        (DUE_ON, Occasion.DUE_TODAY, ["handler", "head"]),
        (date(2026, 3, 31), Occasion.OVERDUE, ["handler", "head"]),
        (date(2026, 4, 2), Occasion.OVERDUE, ["county", "handler", "head"]),
    ],
)
def test_the_steps_escalate(organ, staff, today, occasion, people):
    assigned(organ)
    actions.remind(at=at(today))
    assert told(occasion) == people
    assert Reminder.objects.exclude(occasion=occasion).count() == 0
    assert actions.remind(at=at(today, "10:00")).rows == 0


def test_without_a_handler_all_handlers_of_the_organ_hear(organ, staff):
    processing(organ)
    actions.remind(at=at(date(2026, 3, 25)))
    assert told(Occasion.DUE_IN_3) == ["handler", "second"]


@pytest.mark.parametrize("handler", ["stranger", "window", "nobody"])
def test_a_handler_who_may_not_handle_it_is_not_told(organ, staff, handler):
    assigned(organ, handler)
    actions.remind(at=at(date(2026, 3, 25)))
    assert told(Occasion.DUE_IN_3) == ["handler", "second"]


def test_a_body_without_people_is_answered_for_by_its_superior(organ, staff, county):
    body = an_organ("body", kind=OrganKind.DISPATCHED, superior=organ, county=county)
    processing(body)
    actions.remind(at=at(date(2026, 3, 25)))
    assert told(Occasion.DUE_IN_3) == ["handler", "second"]


def test_a_month_of_steps_writes_each_once_and_answering_ends_them(organ, staff):
    case = assigned(organ, inner_due_on=date(2026, 3, 20))
    day = RECEIVED
    while day <= date(2026, 4, 7):
        for hour in ("09:00", "14:00"):
            actions.remind(at=at(day, hour))
        day += timedelta(days=1)
    rows = Reminder.objects.filter(way="EMAIL", address__startswith="handler@")
    found = list(rows.order_by("created_at", "pk").values_list("occasion", "due_on"))
    assert found == [
        ("SUPPLEMENT_NOTICE_TERM", date(2026, 3, 11)),
        ("INNER_DUE", date(2026, 3, 20)),
        ("DUE_IN_5", DUE_ON),
        ("DUE_IN_3", DUE_ON),
        ("DUE_TODAY", DUE_ON),
        ("OVERDUE", date(2026, 3, 31)),
        ("OVERDUE", date(2026, 4, 3)),
    ]
    do(actions.withdraw, case, date(2026, 4, 7), reason="来信撤回")
    assert actions.remind(at=at(date(2026, 4, 8))).rows == 0


def test_after_an_outage_only_the_newest_is_sent(organ, staff):
    assigned(organ)
    actions.remind(at=at(date(2026, 3, 23)))
    down = Post_(error=TryLater("邮件服务器连接不上"))
    send_all(down, at(date(2026, 3, 23), "09:01"))
    actions.remind(at=at(DUE_ON))
    up = Post_()
    send_all(up, at(DUE_ON, "09:01"))
    (mine,) = [letter for letter in up.letters if letter.to.startswith("handler")]
    assert "今天到期" in mine.subject
    states = dict(
        Reminder.objects.filter(way="EMAIL", address__startswith="handler").values_list(
            "occasion", "state"
        )
    )
    assert states == {"DUE_IN_5": "DROPPED", "DUE_TODAY": "SENT"}


def test_a_deadline_that_moved_is_told_anew(organ, staff):
    case = assigned(organ)
    actions.remind(at=at(date(2026, 3, 25)))
    do(actions.propose_extension, case, date(2026, 3, 25), workdays=10, reason="涉及面广")
    from gongkai.inforequests.tests.factories import HEAD

    do(actions.extend, case, date(2026, 3, 25), by=HEAD)
    assert actions.remind(at=at(date(2026, 3, 26))).rows == 0
    case.refresh_from_db()
    actions.remind(at=at(case.due_on))
    assert told(Occasion.DUE_TODAY) == ["handler", "head"]


# -- other occasions --------------------------------------------------------------------------


def test_an_assignment_is_told_to_its_handler_unless_it_is_their_own(organ, staff):
    person(organ, Role.REQUEST_HANDLER, "third")
    assigned(organ, "second")
    assigned(organ, "handler")  # the account of ME
    actions.remind(at=at(RECEIVED, "17:10"))
    assert told(Occasion.ASSIGNED) == ["second"]


def test_drafts_that_wait_are_told_to_reviewers_and_heads(organ, staff):
    under_review(organ)
    reviewed(organ)
    actions.remind(at=at(RECEIVED, "17:20"))
    assert Reminder.objects.count() == 0
    actions.remind(at=at(RECEIVED + timedelta(days=1)))
    assert told(Occasion.REVIEW_WAITING) == ["head", "reviewer"]
    assert told(Occasion.SIGN_WAITING) == ["head"]


def test_a_requester_who_let_the_term_pass_is_told_to_the_handler(organ, staff):
    awaiting_supplement(organ)
    actions.remind(at=at(date(2026, 3, 23)))
    assert Reminder.objects.count() == 0
    actions.remind(at=at(date(2026, 3, 24)))
    assert told(Occasion.REQUESTER_TERM_ENDED) == ["handler", "second"]


def test_an_answer_that_came_back_is_told_until_it_is_sent_again(organ, staff):
    from gongkai.inforequests.tests.factories import ServiceWay, served

    case = served(processing(organ), RECEIVED, how=ServiceWay.POST)
    do(actions.return_mail, case, date(2026, 3, 6), why="查无此人")
    actions.remind(at=at(date(2026, 3, 9)))
    assert told(Occasion.MAIL_RETURNED) == ["handler", "head", "second"]
    again = Post_()
    do(
        actions.serve_again,
        case,
        date(2026, 3, 9),
        how=ServiceWay.POST,
        tracking="XA12345678936",
    )
    send_all(again, at(date(2026, 3, 9), "17:05"))
    assert again.letters == []


def test_what_is_withheld_comes_back(organ, staff):
    case = withdrawn(organ)
    case.items.update(review_on=date(2026, 3, 9))
    actions.remind(at=at(date(2026, 3, 10)))
    assert told(Occasion.WITHHELD_REVIEW) == ["handler", "second"]


# -- no storms, none lost ---------------------------------------------------------------------


def test_two_hundred_cases_due_are_few_mails_but_a_row_each(organ, staff):
    for _ in range(200):
        assigned(organ)
    actions.remind(at=at(DUE_ON))
    assert Reminder.objects.filter(way="EMAIL").count() == 400
    post = Post_()
    send_all(post, at(DUE_ON, "09:01"))
    assert post.to() == ["handler@example.gov.cn", "head@example.gov.cn"]
    assert len(post.texts) == 1
    assert "200件申请今天到期" in post.texts[0][1]
    assert "另有150件" in post.letters[0].text
    assert set(Reminder.objects.values_list("state", flat=True)) == {ReminderState.SENT}


def test_a_temporary_failure_is_tried_again_later_each_time_and_given_up_in_the_end(organ, staff):
    assigned(organ)
    now = at(DUE_ON)
    actions.remind(at=now)
    down = Post_(error=TryLater("邮件服务器连接不上"))
    waits = []
    for tries in range(1, MOST_TRIES + 1):
        Job.objects.all().delete()
        send_all(down, now)
        row = Reminder.objects.get(way="EMAIL", address__startswith="handler")
        assert row.attempts == tries
        jobs = Job.objects.filter(payload__address=row.address)
        waits += [(job.next_try_at - now) // timedelta(minutes=1) for job in jobs]
        now += timedelta(seconds=1)
    assert waits == [5, 10, 20, 40, 80, 160, 180]
    assert row.state == ReminderState.FAILED
    assert "连接不上" in row.last_error
    assert failed_reminders([organ.pk], at(DUE_ON) - timedelta(days=1)).count() == 3


def test_a_refused_address_fails_at_once_with_the_reason(organ, staff):
    assigned(organ)
    actions.remind(at=at(DUE_ON))
    send_all(Post_(error=Refused("邮件服务器拒收（550 No such user）")), at(DUE_ON))
    for row in Reminder.objects.all():
        assert (row.state, row.attempts) == (ReminderState.FAILED, 1)
        assert "550" in row.last_error


def test_a_process_that_died_while_sending_leaves_the_row_for_the_next(organ, staff):
    assigned(organ)
    now = at(DUE_ON)
    actions.remind(at=now)
    Job.objects.all().delete()  # done, but died after its commit
    Reminder.objects.update(sent_at=now)
    post = Post_()
    send_all(post, now + timedelta(minutes=5))
    assert post.letters == []  # another process may still be at it
    assert put_forgotten(at=now + timedelta(hours=1)) == 3
    assert Job.objects.filter(state=JobState.WAITING).count() == 3
    send_all(post, now + timedelta(hours=1))
    assert len(post.letters) == 2


def test_a_bounce_of_our_own_letter_marks_its_reminders(organ, staff):
    assigned(organ)
    actions.remind(at=at(DUE_ON))
    post = Post_()
    send_all(post, at(DUE_ON, "09:01"))
    letter = next(each for each in post.letters if each.to.startswith("handler"))
    assert actions.note_bounce(letter.message_id, at=at(DUE_ON, "09:05")) == 1
    failed = Reminder.objects.get(state=ReminderState.FAILED)
    assert failed.address == letter.to
    assert "退回" in failed.last_error
    stamp = letter.message_id.split(".")[1]
    for forged in (
        "",
        "<x@y>",
        "<reminders.1.2@x>",
        f"<reminders.{stamp}.{'0' * 32}@example.gov.cn>",
        "<reminders.99999999999999999999.a@x>",
        "<reminders.٣.a@x>",
    ):
        assert actions.note_bounce(forged, at=at(DUE_ON, "09:05")) == 0


def test_without_a_mail_server_no_row_pretends_and_the_office_hears(organ, staff, settings):
    settings.GONGKAI_MAILER = settings.GONGKAI_TEXTER = {"kind": "none"}
    case = submitted(organ)
    written = actions.remind(at=at(RECEIVED, "10:00"))
    assert (written.rows, written.untold) == (0, (case.number,))
    assert written.notices[0].grave


# -- through the outbox -----------------------------------------------------------------------


def test_from_the_form_to_the_alarm_through_the_outbox(
    organ, staff, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.GONGKAI_MAILER = {"kind": "folder", "folder": tmp_path}
    with django_capture_on_commit_callbacks(execute=True):
        case = submitted(organ)  # at 9:00, rings the bell
    assert run_due(at=at(RECEIVED, "09:59")) == []
    with django_capture_on_commit_callbacks(execute=True):
        run_due(at=at(RECEIVED, "10:00"))
    assert len(list(tmp_path.glob("*.eml"))) == 3
    assert set(reminders_of(case).filter(way="EMAIL").values_list("state", flat=True)) == {
        ReminderState.SENT
    }


def test_a_request_of_the_night_is_looked_at_when_its_first_hour_is_over(
    organ, staff, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        case = submitted(organ)
    case.submitted_at = at(RECEIVED, "20:00")
    case.save()
    run_due(at=at(RECEIVED, "21:00"))
    job = Job.objects.get(state=JobState.WAITING)
    assert job.next_try_at == at(RECEIVED + timedelta(days=1), "09:30")
    run_due(at=job.next_try_at)
    assert reminders_of(case).count() == 4


def test_the_hourly_duty_writes_what_is_due(organ, staff):
    assigned(organ)
    put_duties(at=at(DUE_ON))
    attempts = run_due(at=at(DUE_ON))
    assert all(attempt.state == JobState.DONE for attempt in attempts)
    assert Reminder.objects.filter(occasion=Occasion.DUE_TODAY).count() == 3


# -- batches ----------------------------------------------------------------------------------


@pytest.fixture
def in_pairs(monkeypatch):
    monkeypatch.setattr(reminding, "_BATCH", 2)


def run_all(now: datetime) -> list[str]:
    """Do the hour's duty as the outbox does, but send nothing; return the notices."""
    remind_of_what_is_due(now)
    said: list[str] = []
    batches = Job.objects.filter(kind=reminding.REMIND, state=JobState.WAITING)
    while batches.exists():
        assert not Job.objects.filter(kind=SEND, state=JobState.WAITING).exists()
        attempt = run_next(at=now)
        assert not attempt.error
        said += [notice.text for notice in attempt.notices]
    return said


def test_a_run_goes_in_batches_and_each_person_hears_once(organ, staff, in_pairs):
    cases = [assigned(organ) for _ in range(5)]
    now = at(cases[0].due_on)
    assert run_all(now) == []
    assert Job.objects.filter(kind=reminding.REMIND).count() == 3
    written = Reminder.objects.order_by().values_list("info_request_id", flat=True)
    assert set(written) == {case.pk for case in cases}
    addresses = Reminder.objects.order_by().values_list("way", "address").distinct()
    assert Job.objects.filter(kind=SEND).count() == addresses.count()
    rows = Reminder.objects.count()
    Job.objects.filter(kind=SEND).update(state=JobState.DONE)
    run_all(now + timedelta(minutes=1))
    assert actions.remind(at=now + timedelta(minutes=2)).rows == 0
    assert Reminder.objects.count() == rows


def test_batches_add_up_to_one_notice_of_whom_nobody_hears(organ, in_pairs):
    cases = [assigned(organ) for _ in range(7)]
    (text,) = run_all(at(cases[0].due_on))
    assert text.startswith("7 件申请")
    assert "等）" in text


@pytest.mark.django_db(transaction=True)
def test_a_killed_run_loses_its_batch_only_and_the_next_one_ends_it(
    organ, staff, in_pairs, monkeypatch
):
    class Killed(BaseException):
        pass

    cases = [assigned(organ) for _ in range(5)]
    now, write, batches = at(cases[0].due_on), reminding._write, []

    def dies(due, moment):
        batches.append(due)
        if len(batches) == 3:
            raise Killed
        return write(due, moment)

    monkeypatch.setattr(reminding, "_write", dies)
    with pytest.raises(Killed):
        actions.remind(at=now)
    of_cases = Reminder.objects.order_by().values_list("info_request_id", flat=True)
    assert len(set(of_cases)) == 4
    assert not Job.objects.filter(kind=SEND).exists()
    monkeypatch.setattr(reminding, "_write", write)
    assert actions.remind(at=now + timedelta(minutes=5)).rows == len(batches[2])
    assert len(set(of_cases.all())) == 5
    addresses = Reminder.objects.order_by().values_list("way", "address").distinct()
    assert Job.objects.filter(kind=SEND).count() == addresses.count()
