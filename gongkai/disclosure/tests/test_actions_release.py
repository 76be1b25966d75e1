"""Publishing, scheduling, withdrawing, expiring: what the public sees and never sees."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai import disclosure
from gongkai.audit.models import Event
from gongkai.calendars.models import HolidayNotice
from gongkai.disclosure import Obstacle, Publishing, actions, queries, tasks
from gongkai.disclosure.actions.recounting import recount_due
from gongkai.disclosure.actions.releasing import RELEASE
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import (
    Draft,
    Entry,
    Frozen,
    Placement,
    Release,
    Version,
    WithdrawalReason,
)
from gongkai.disclosure.rules import EntryRefused, NotAllowedNow, ReasonMissing
from gongkai.disclosure.rules.content import seal
from gongkai.disclosure.tests import factories as make
from gongkai.outbox.actions import run_due

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(days=3)


@pytest.fixture
def home():
    return make.county()


@pytest.fixture
def where(home):
    return make.section(home, "zwgk/tjxx")


def withdraw(entry, at=LATER, **fields: Any):
    """Take an entry off."""
    told = {"reason": WithdrawalReason.IN_ERROR, "note": "数据有误，核对后重新发布", **fields}
    return actions.withdraw(entry, by=make.LEADER, at=at, **told)


def test_what_was_reviewed_is_what_appears(home, where) -> None:
    entry = make.published(home, where)
    version = entry.published
    assert version.sha256 == seal(version.content, version.body)
    assert entry.index_number == "11360925014500815X/2026-00001"
    assert not Draft.objects.filter(entry=entry).exists()
    release = Release.objects.get(entry=entry)
    assert (release.first, release.released_on) == (True, date(2026, 9, 21))
    assert release.due_on == entry.due_on == date(2026, 10, 22)
    event = Event.objects.get(verb="disclosure.publish")
    assert event.after["sha256"] == version.sha256
    assert event.chain == home.code


def test_a_version_never_changes_even_by_sql(home, where) -> None:
    version = make.published(home, where).published
    with pytest.raises(Frozen):
        Version.objects.filter(pk=version.pk).update(title="改")
    with pytest.raises(Frozen):
        Version.objects.all().delete()
    with pytest.raises(Frozen):
        version.save()
    with pytest.raises(Frozen):
        version.delete()
    for statement in (
        "UPDATE disclosure_version SET title = 'x'",
        "DELETE FROM disclosure_version",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_revision_leaves_the_public_version_until_its_release(home, where) -> None:
    entry = make.published(home, where, title="原来的标题")
    entry = actions.revise(entry, by=make.AUTHOR, at=LATER)
    text = queries.told_of(entry)
    told = make.told(title="新的标题", changed_on=date(2026, 9, 22), formed_on=text.told.formed_on)
    entry = actions.edit(entry, told=told, revision=text.revision, by=make.AUTHOR, at=LATER)
    assert (entry.title, entry.live, entry.owing) == ("原来的标题", True, True)
    assert entry.due_on == date(2026, 10, 27)  # 20 working days from the change
    assert queries.page_at(home.pk, entry.address).title == "原来的标题"
    entry = make.forward(entry, EntryState.PUBLISHED, LATER)
    page = queries.page_at(home.pk, entry.address)
    assert (page.title, page.version, page.first_published_at) == ("新的标题", 2, make.NOON)
    assert entry.index_number.endswith("-00001")
    assert Placement.objects.get(entry=entry, section=where).published_at == make.NOON
    assert [row.due_on for row in Release.objects.filter(first=False)] == [date(2026, 10, 27)]


def test_giving_a_revision_up_changes_nothing_public(home, where) -> None:
    entry = make.published(home, where)
    due = entry.due_on
    entry = actions.revise(entry, by=make.AUTHOR, at=LATER)
    text = queries.told_of(entry)
    told = make.told(changed_on=date(2026, 9, 22))
    entry = actions.edit(entry, told=told, revision=text.revision, by=make.AUTHOR, at=LATER)
    entry = actions.give_up(entry, by=make.AUTHOR, at=LATER)
    assert (entry.state, entry.live, entry.owing) == (EntryState.PUBLISHED, True, False)
    assert entry.due_on == due
    assert queries.told_of(entry) is None


def test_withdrawn_says_so_and_comes_back_by_the_whole_review(home, where) -> None:
    entry = make.published(home, where)
    address = entry.address
    with pytest.raises(ReasonMissing):
        withdraw(entry, note="  ")
    entry = withdraw(entry)
    page = queries.page_at(home.pk, address)
    assert (page.live, page.content, page.body, page.title) == (False, None, "", "")
    assert page.withdrawal == "误发布"
    assert queries.list_of(where.pk).rows == ()
    with pytest.raises(NotAllowedNow):
        withdraw(entry)
    with pytest.raises(NotAllowedNow):
        actions.publish(entry, by=make.LEADER, at=LATER)
    entry = actions.revise(entry, by=make.AUTHOR, at=LATER)
    assert not entry.live
    entry = actions.give_up(entry, by=make.AUTHOR, at=LATER)
    assert entry.state == EntryState.WITHDRAWN
    entry = actions.revise(entry, by=make.AUTHOR, at=LATER)
    entry = make.forward(entry, EntryState.PUBLISHED, LATER)
    assert (entry.address, entry.withdrawal, entry.first_published_at) == (address, "", make.NOON)
    assert queries.list_of(where.pk).rows[0].published_at == LATER


def test_withdrawing_in_the_middle_of_a_revision_keeps_the_text(home, where) -> None:
    entry = make.published(home, where)
    entry = make.forward(actions.revise(entry, by=make.AUTHOR, at=LATER), EntryState.SIGNING, LATER)
    entry = withdraw(entry)
    assert entry.in_review is None
    assert queries.told_of(entry) is not None
    assert actions.revise(entry, by=make.AUTHOR, at=LATER).state == EntryState.DRAFT


def test_what_was_public_once_is_never_discarded(home, where) -> None:
    entry = actions.revise(make.published(home, where), by=make.AUTHOR, at=LATER)
    with pytest.raises(NotAllowedNow):
        actions.discard(entry, why="不要了", by=make.AUTHOR, at=LATER)
    fresh = make.draft(home, where)
    with pytest.raises(NotAllowedNow):
        withdraw(fresh)
    with pytest.raises(NotAllowedNow):
        actions.give_up(fresh, by=make.AUTHOR, at=LATER)
    with pytest.raises(ReasonMissing):
        actions.discard(fresh, why="", by=make.AUTHOR, at=LATER)
    assert actions.discard(fresh, why="重复", by=make.AUTHOR, at=LATER).owing is False


def test_scheduled_is_released_by_the_system_at_its_time(home, where) -> None:
    entry = make.forward(make.draft(home, where), EntryState.SIGNED)
    with pytest.raises(EntryRefused):
        actions.schedule(entry, when=make.NOON, by=make.PUBLISHER, at=make.NOON)
    entry = actions.schedule(entry, when=LATER, by=make.PUBLISHER, at=make.NOON)
    with pytest.raises(NotAllowedNow):
        actions.publish(entry, by=make.PUBLISHER, at=make.NOON)
    assert actions.release_due(LATER - make.MINUTE) == []
    run_due(at=LATER - make.MINUTE)
    entry.refresh_from_db()
    assert entry.state == EntryState.SCHEDULED
    assert [one.kind for one in run_due(at=LATER) if one.kind == RELEASE] == [RELEASE]
    entry.refresh_from_db()
    assert (entry.state, entry.published_at) == (EntryState.PUBLISHED, LATER)
    assert actions.release_due(LATER) == []


def test_a_scheduled_text_that_cannot_appear_goes_back_to_signed(home, where) -> None:
    entry = make.forward(make.draft(home, where), EntryState.SIGNED)
    entry = actions.schedule(entry, when=LATER, by=make.PUBLISHER, at=make.NOON)
    where.closed_on = date(2026, 9, 22)
    where.save()
    (notice,) = tasks.release_and_expire(LATER)
    assert notice.grave
    assert "已经停用" in notice.text
    entry.refresh_from_db()
    assert (entry.state, entry.live) == (EntryState.SIGNED, False)
    assert entry.review_acts.last().note.startswith("定时发布未能完成")


def test_unscheduled_waits_for_a_person(home, where) -> None:
    entry = make.forward(make.draft(home, where), EntryState.SIGNED)
    entry = actions.schedule(entry, when=LATER, by=make.PUBLISHER, at=make.NOON)
    entry = actions.unschedule(entry, by=make.PUBLISHER, at=make.NOON)
    run_due(at=LATER)
    entry.refresh_from_db()
    assert entry.state == EntryState.SIGNED


def test_one_that_cannot_be_taken_off_holds_up_no_other(home, where) -> None:
    stuck, other = (make.published(home, where, expires_on=date(2026, 9, 30)) for _ in range(2))
    due = make.NOON + timedelta(days=20)
    Entry.objects.filter(pk=stuck.pk).update(moved_at=due + timedelta(days=1))
    (told,) = actions.release_due(due)
    assert stuck.title in told
    assert "服务器时间" in told
    assert list(Entry.objects.live()) == [stuck]
    other.refresh_from_db()
    assert other.withdrawal_note == "公开期限至2026年9月30日，期满自动撤下"


def test_what_has_expired_is_taken_off(home, where) -> None:
    entry = make.published(home, where, expires_on=date(2026, 9, 30))
    last = make.NOON.replace(day=30)
    assert actions.release_due(last) == []
    entry.refresh_from_db()
    assert entry.live
    actions.release_due(last + timedelta(days=1))
    entry.refresh_from_db()
    assert (entry.state, entry.withdrawal) == (EntryState.WITHDRAWN, WithdrawalReason.EXPIRED)


def test_a_provisional_day_is_counted_anew_when_the_notice_comes(home, where) -> None:
    at = make.NOON.replace(month=12, day=8)
    entry = make.draft(home, where, at=at, formed_on=date(2026, 12, 7))
    assert (entry.due_on, entry.due_provisional) == (date(2027, 1, 5), True)
    assert recount_due(at=at) == 0
    HolidayNotice.objects.create(
        year=2027,
        document_number="国办发明电〔2026〕7号",
        issued_on=date(2026, 12, 9),
        off_days=[f"2027-01-0{n}" for n in range(1, 6)],
        shifted_workdays=[],
        entered_by="x",
        entered_at=at,
    )
    tasks.recount_provisional(at + timedelta(days=1))
    entry.refresh_from_db()
    assert (entry.due_on, entry.due_provisional) == (date(2027, 1, 7), False)


def test_no_act_before_the_last_one(home, where) -> None:
    entry = make.draft(home, where)
    with pytest.raises(NotAllowedNow, match="服务器时间"):
        actions.submit(entry, by=make.AUTHOR, at=make.NOON - make.MINUTE)


class _Twins(Publishing):
    """A chapter whose records go in pairs."""

    def __init__(self) -> None:
        self.pairs: dict[int, Any] = {}
        self.against: list[Obstacle] = []
        self.told: list[str] = []

    def obstacles(self, entry, at):
        return self.against

    def companions(self, entry):
        return [self.pairs[entry.pk]] if entry.pk in self.pairs else []

    def published(self, entry, *, by, at):
        self.told.append(f"published {entry.record}")

    def withdrawn(self, entry, *, by, at):
        self.told.append(f"withdrawn {entry.record}")


@pytest.fixture
def twins(monkeypatch) -> _Twins:
    chapter = _Twins()
    monkeypatch.setitem(disclosure._chapters, "twins", chapter)
    return chapter


def test_companions_are_released_together_or_not_at_all(home, where, twins) -> None:
    one = make.forward(make.draft(home, where, record="twins:1"), EntryState.SIGNED)
    two = make.forward(make.draft(home, where, record="twins:2"), EntryState.SIGNING)
    twins.pairs = {one.pk: two, two.pk: one}
    with pytest.raises(NotAllowedNow):
        actions.publish(one, by=make.PUBLISHER, at=make.NOON)
    one.refresh_from_db()
    assert not one.live
    assert twins.told == []
    two = make.forward(two, EntryState.SIGNED)
    actions.publish(one, by=make.PUBLISHER, at=make.NOON)
    two.refresh_from_db()
    assert two.live
    assert twins.told == ["published twins:1", "published twins:2"]
    withdraw(two)
    assert twins.told[-1] == "withdrawn twins:2"


def test_a_chapter_stands_against_submission_and_release(home, where, twins) -> None:
    entry = make.draft(home, where, record="twins:1")
    twins.against = [Obstacle("record", "请先写解读")]
    with pytest.raises(EntryRefused, match="解读"):
        actions.submit(entry, by=make.AUTHOR, at=make.NOON)
    twins.against = []
    entry = make.forward(entry, EntryState.SIGNED)
    twins.against = [Obstacle("record", "请先写解读")]
    with pytest.raises(EntryRefused, match="解读"):
        actions.publish(entry, by=make.PUBLISHER, at=make.NOON)
    with pytest.raises(EntryRefused):
        make.draft(home, where, record="twins:1")


def test_verbs_ask_little_of_the_database(home, where, django_assert_max_num_queries) -> None:
    bureau = make.department(home)
    make.published(bureau, where)
    entry = make.draft(bureau, where)
    with django_assert_max_num_queries(20):
        actions.edit(entry, told=make.told(), revision=0, by=make.AUTHOR, at=make.NOON)
    entry = make.forward(entry, EntryState.FIRST_REVIEW)
    with django_assert_max_num_queries(16):
        entry = actions.approve_first(entry, by=make.FIRST, at=make.NOON)
    entry = make.forward(entry, EntryState.SIGNED)
    with django_assert_max_num_queries(44):
        actions.publish(entry, by=make.PUBLISHER, at=make.NOON)
