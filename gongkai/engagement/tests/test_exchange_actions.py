"""The verbs of messages, surveys, interviews, answers, public opinion and banners."""

from datetime import timedelta

import pytest

from gongkai.audit.models import Event as LoggedEvent
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry, WithdrawalReason
from gongkai.disclosure.queries import told_of
from gongkai.disclosure.tests import factories as entries
from gongkai.engagement import actions, queries, statistics
from gongkai.engagement.actions import Refused, ResponseKind, Severity, ToldWrongly
from gongkai.engagement.actions.publishing import plain
from gongkai.engagement.models import Ballot, Exchange, Message
from gongkai.engagement.rules.interviews import figures_sentence
from gongkai.engagement.tests.factories import (
    ME,
    MONDAY,
    READER,
    county,
    moment,
    publish,
)
from gongkai.engagement.tests.made import (
    OTHER,
    WHO,
    answered,
    interview,
    opinion,
    plan,
    public,
    response,
    sent,
    survey,
    survey_told,
)
from gongkai.orgs.models import Organ

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return county()


@pytest.fixture
def organ(home):
    return entries.department(home, "jtj")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_a_form_sent_twice_is_one_message_with_one_code(home):
    first, again = sent(home, key="a-form"), sent(home, key="a-form")
    assert first.pk == again.pk
    assert first.query_code == again.query_code
    assert queries.message_by_code(home.pk, "ly2026-0001", first.query_code.lower()) == first
    assert queries.message_by_code(home.pk, "LY2026-0001", "AAAAAAAAAA") is None
    other = sent(home, key="a-form", title="另一件事")
    assert (other.number, other.organ.short_name) == ("LY2026-0002", "县政府办")
    event = LoggedEvent.objects.filter(verb="engagement.send_message").first()
    assert not any(each in str(event.after) for each in WHO)


def test_a_message_goes_to_whom_it_is_written(home, organ):
    told = {"name": "县长信箱", "holder": "王某", "post": "县长", "by": ME, "at": moment(MONDAY)}
    box = actions.open_mailbox(home, organ=home, **told)
    assert sent(home, mailbox=box).organ == home
    assert sent(home, organ=organ).organ == organ
    with pytest.raises(ToldWrongly, match="已有名为"):
        actions.open_mailbox(home, organ=home, **told)
    actions.close_mailbox(box, why="调离", by=ME, at=moment(MONDAY))
    with pytest.raises(Refused, match="已经关闭"):
        sent(home, mailbox=fresh(box))
    stranger = Organ.objects.create(code="360999", name="外县", kind=home.kind, **_days(home))
    with pytest.raises(ToldWrongly, match="本县的机关"):
        sent(home, organ=stranger)


def _days(organ):
    return {"short_name": "外县", "valid_from": organ.valid_from}


def test_an_answer_is_late_by_the_term_that_counts(home, organ):
    row = sent(home)
    row = actions.set_message_term(row, simple=True, why="常见问题", by=ME, at=moment(MONDAY))
    assert row.due_on.isoformat() == "2026-09-29"
    row = actions.pass_message_on(row, to=organ, why="归口", by=ME, at=moment(MONDAY))
    assert (row.organ, row.due_on.isoformat()) == (organ, "2026-09-29")
    with pytest.raises(ToldWrongly, match="本县的其他机关"):
        actions.pass_message_on(row, to=organ, why="归口", by=ME, at=moment(MONDAY))
    late = moment(row.due_on + timedelta(days=1))
    row = actions.answer_message(row, answer="已恢复", by=ME, at=late)
    assert (fresh(row).answer, queries.is_message_late(row, late.date())) == ("已恢复", True)
    for act in (actions.answer_message, actions.decline_message):
        with pytest.raises(Refused, match="已经答复"):
            act(row, answer="再答", by=ME, at=late)
    told = statistics.message_figures([organ.pk], MONDAY, late.date())
    assert (told.received, told.answered, told.on_time, told.on_time_rate) == (1, 1, 0, "0.0%")


def test_only_what_is_let_be_public_is_public_and_without_the_writer(home):
    kept = answered(home, consent=False)
    words = {"title": "公交改线", "text": "何时恢复？", "answer": "10月8日。"}
    at = moment(MONDAY + timedelta(days=2))
    with pytest.raises(Refused, match="没有同意公开"):
        actions.publish_message(kept, **words, by=OTHER, at=at)
    row = answered(home)
    with pytest.raises(Refused, match="答复人以外"):
        actions.publish_message(row, **words, by=ME, at=at)
    with pytest.raises(ToldWrongly) as refused:
        actions.publish_message(row, **(words | {"text": f"我是{WHO[0]}"}), by=OTHER, at=at)
    assert refused.value.field == "public_text"
    row = actions.publish_message(row, **words, by=OTHER, at=at)
    assert [each.number for each in queries.public_messages(home.pk)] == [row.number]
    row = actions.take_message_off(row, why="有误", by=OTHER, at=at)
    assert (fresh(row).public_text, fresh(row).public_answer, fresh(row).published_at) == (
        "",
        "",
        None,
    )
    assert queries.public_message(home.pk, row.number) is None


def test_who_wrote_is_erased_in_time_and_what_was_said_stays(home):
    row = answered(home)
    assert actions.erase_contacts(answered_before=row.answered_on, at=moment(MONDAY)) == 0
    before = row.answered_on + timedelta(days=1)
    assert actions.erase_contacts(answered_before=before, at=moment(before)) == 1
    row = fresh(row)
    assert (row.who, row.title, row.answer) == (("", ""), "公交改线", "10月8日恢复。")
    assert WHO[0].encode() not in bytes(row.asker_sealed)


def test_what_waits_three_months_is_told_apart(home):
    sent(home)
    organs = Organ.objects.filter(pk__in=[home.pk, *Organ.objects.values_list("pk", flat=True)])
    for today, waits in ((MONDAY, (1, 0, 0)), (MONDAY + timedelta(days=100), (1, 1, 1))):
        found = queries.waiting_messages(organs, today)
        assert tuple(found[name].count() for name in ("waiting", "late", "stale")) == waits


def test_a_survey_is_opened_by_other_eyes_answered_and_told(organ):
    drafted = actions.draft_survey(organ, told=survey_told(), by=ME, at=moment(MONDAY, 8))
    with pytest.raises(Refused, match="起草人以外"):
        actions.open_survey(drafted, by=ME, at=moment(MONDAY))
    row = survey(organ, title="公交出行调查二")
    asked = queries.asked_in(row)
    once, lines, free = asked
    for place in range(3):
        picks = {once.id: frozenset({once.choices[place % 2]}), lines.id: frozenset(lines.choices)}
        remarks = {free.id: "多开一班"} if place == 0 else {}
        given = {"picks": picks, "remarks": remarks, "submission_key": f"form-{place}"}
        for _ in range(2):  # sent twice
            actions.answer_survey(row, **given, by=READER, at=moment(MONDAY, 12))
    assert Ballot.objects.filter(survey=row).count() == 3
    first, second, third = queries.results_of(row.pk)
    assert [(each.count, each.share) for each in first.rows] == [(2, "66.7%"), (1, "33.3%")]
    assert [each.share for each in second.rows] == ["100.0%"] * 3
    assert (third.answered, third.rows) == (1, ())
    assert queries.remarks_of(row) == [("还有什么建议？", ["多开一班"])]
    with pytest.raises(Refused, match="截止以后"):
        actions.publish_results(row, conclusion="增开", by=ME, at=moment(MONDAY))
    after = moment(row.closes_on + timedelta(days=1))
    with pytest.raises(Refused, match="不再接收答卷"):
        actions.answer_survey(row, picks=picks, by=READER, at=after)
    with pytest.raises(Refused, match="问卷已经发布"):
        actions.change_survey(row, told=survey_told(), by=ME, at=moment(MONDAY))
    row = actions.publish_results(row, conclusion="增开一班", by=ME, at=after)
    assert row.results_on == after.date()


def test_an_interview_is_announced_asked_answered_and_told(home, organ):
    entries.section(home, "hdjl/zxft")
    row = interview(organ)
    with pytest.raises(Refused, match="不接收网上提问"):
        actions.ask_question(row, text="何时？", by=READER, at=moment(MONDAY))
    publish(row.entry, moment(MONDAY, 11))
    asked = actions.ask_question(row, text="3路何时恢复？", by=READER, at=moment(MONDAY, 20))
    assert Exchange.objects.get().text == "3路何时恢复？"
    words = {"question": "3路何时恢复？", "answer": "10月8日。", "exchange": asked}
    with pytest.raises(Refused, match="开始后再登记"):
        actions.record_exchange(row, **words, by=ME, at=moment(MONDAY))
    with pytest.raises(Refused, match="还没有登记问答"):
        actions.draft_transcript(row, by=ME, at=moment(MONDAY))
    after = plan().held_at + timedelta(hours=1)
    with pytest.raises(Refused, match="不接收网上提问"):
        actions.ask_question(row, text="还有吗", by=READER, at=after)
    actions.record_exchange(row, **words, by=ME, at=after)
    row = actions.draft_transcript(row, by=ME, at=after)
    assert figures_sentence(1, 1) in plain(told_of(row.transcript_entry).told.body)
    publish(row.transcript_entry, after + timedelta(hours=1))
    row = fresh(row)
    assert (row.state, row.published_on) == ("PUBLISHED", after.date())
    with pytest.raises(Refused, match="实录已经公布"):
        actions.record_exchange(row, **words, by=ME, at=after)
    told = statistics.questions_asked([organ.pk], MONDAY, after.date())
    assert [each.count() for each in told] == [1, 1]
    page = Entry.objects.get(pk=row.transcript_entry_id)
    note = {"reason": WithdrawalReason.IN_ERROR, "note": "有误"}
    disclosure.withdraw(page, **note, by=entries.PUBLISHER, at=after + timedelta(days=1))
    assert (fresh(row).state, fresh(row).published_on) == ("ANNOUNCED", None)


def test_an_answer_often_asked_for_names_nobody_and_is_confirmed(home, organ):
    entries.section(home, "hdjl/cjwt")
    row = answered(home)
    asked = {"question": "3路公交何时恢复", "by": ME, "at": moment(MONDAY, 12)}
    with pytest.raises(ToldWrongly, match="留言人的姓名"):
        actions.draft_faq(organ, answer=f"{WHO[0]}问过", message=row, **asked)
    with pytest.raises(Refused, match="还没有答复"):
        actions.draft_faq(organ, answer="10月8日", message=sent(home), **asked)
    made = actions.draft_faq(organ, answer="10月8日恢复。", message=row, **asked)
    with pytest.raises(Refused, match="没有公开"):
        actions.confirm_faq(made, by=ME, at=moment(MONDAY))
    publish(made.entry, moment(MONDAY, 15))
    assert Entry.objects.get(pk=made.entry_id).state == EntryState.PUBLISHED
    later = MONDAY + timedelta(days=200)
    assert queries.is_faq_stale(queries.find_faq(made.pk, [organ.pk]), later)
    actions.confirm_faq(made, by=ME, at=moment(later))
    assert not queries.is_faq_stale(queries.find_faq(made.pk, [organ.pk]), later)


def test_a_matter_is_answered_in_its_hours_and_told_in_figures(home, organ):
    grave, plain_one = opinion(organ), opinion(organ, Severity.OTHER)
    at = moment(MONDAY, 13)
    with pytest.raises(ToldWrongly, match="第一次回应"):
        actions.respond_to_opinion(grave, told=response(12, ResponseKind.FOLLOW_UP), by=ME, at=at)
    with pytest.raises(ToldWrongly, match="早于发现时间"):
        actions.respond_to_opinion(grave, told=response(8), by=ME, at=at)
    with pytest.raises(ToldWrongly, match="晚于现在"):
        actions.respond_to_opinion(grave, told=response(23), by=ME, at=at)
    actions.respond_to_opinion(grave, told=response(12), by=ME, at=at)
    with pytest.raises(Refused, match="还没有回应"):
        actions.evaluate_opinion(_judged(plain_one, home), words="好", by=ME, at=at)
    now = moment(MONDAY + timedelta(days=3))
    first, conference, reply = statistics.opinion_figures([organ.pk, home.pk], MONDAY, MONDAY, now)
    assert (len(first.due), len(first.met), first.rate) == (1, 1, "100.0%")
    assert (len(conference.due), len(conference.met)) == (1, 0)
    assert (len(reply.due), len(reply.met), reply.rate) == (1, 0, "0.0%")
    closed = actions.evaluate_opinion(grave, words="及时", by=ME, at=now)
    with pytest.raises(Refused, match="不再变动"):
        actions.respond_to_opinion(closed, told=response(14), by=ME, at=now)


def _judged(matter, home):
    at = moment(MONDAY, 14)
    actions.consult_on_opinion(matter, to=home, words="由县政府答复", by=ME, at=at)
    severity = Severity.OTHER
    return actions.judge_opinion(matter, severity=severity, words="一般", by=ME, at=at)


def test_a_banner_stands_for_its_time_and_no_more_than_three(home):
    at = moment(MONDAY)
    until = at + timedelta(hours=6)
    for wrong, field in (
        ({"text": "", "until": until}, "banner"),
        ({"text": "洪水", "until": at}, "until"),
        ({"text": "洪水", "until": at + timedelta(days=31)}, "until"),
        ({"text": "洪水", "until": until, "link": "https://evil.example/"}, "link"),
    ):
        with pytest.raises(ToldWrongly) as refused:
            actions.raise_banner(home, **wrong, by=ME, at=at)
        assert refused.value.field == field
    made = [
        actions.raise_banner(home, text=f"提示{n}", until=until, by=ME, at=at) for n in range(3)
    ]
    with pytest.raises(Refused, match="已有3条"):
        actions.raise_banner(home, text="再来", until=until, by=ME, at=at)
    actions.lift_banner(made[0], by=ME, at=at)
    with pytest.raises(Refused, match="已经撤下"):
        actions.lift_banner(made[0], by=ME, at=at)
    assert queries.standing_banners(home.pk, at).count() == 2
    assert queries.standing_banners(home.pk, until).count() == 0
    assert [actions.lift_ended(at=until), actions.lift_ended(at=until)] == [2, 0]


def test_public_messages_are_listed_without_more_queries(home, django_assert_num_queries):
    for place in range(3):
        public(home, key=f"k{place}")
    with django_assert_num_queries(1):
        found = [queries.as_public(row) for row in queries.public_messages(home.pk)]
    assert len(found) == Message.objects.count() == 3
