"""The verbs of solicitations and comments, and what stands against their releases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.audit.models import Event as LoggedEvent
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import told_of
from gongkai.disclosure.tests import factories as entries
from gongkai.engagement import actions, queries, statistics
from gongkai.engagement.actions import (
    CommentChannel,
    Disposition,
    EngagementError,
    Refused,
    Standing,
    ToldWrongly,
)
from gongkai.engagement.lifecycle import SolicitationEvent, SolicitationState
from gongkai.engagement.lifecycle.solicitations import allows
from gongkai.engagement.models import Comment, Solicitation
from gongkai.engagement.tests.factories import (
    AFTER,
    CLOSES,
    CONTACT,
    ME,
    MONDAY,
    NAME,
    OPENS,
    SOLICITATION_IN,
    TERMS,
    cancelled,
    commented,
    county,
    disposed,
    drafted,
    explain,
    fed_back,
    fresh,
    moment,
    opened,
    publish,
    withdraw,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    return entries.department(county(), "csgl")


def verbs(row):
    """Return a doing of each event that a person can do, so that only the table can refuse it."""
    later = replace(row.terms, closes_on=CLOSES + timedelta(days=5))
    who = {"by": ME, "at": moment(OPENS, 16)}
    return {
        SolicitationEvent.CHANGE_TERM: lambda: actions.change_term(
            row, terms=later, why="征求意见不充分", **who
        ),
        SolicitationEvent.COMMENT: lambda: commented(row),
        SolicitationEvent.DISPOSE: lambda: disposed(row, *_some_comment(row)),
        SolicitationEvent.DRAFT_FEEDBACK: lambda: actions.draft_feedback(
            row, by=ME, at=moment(AFTER)
        ),
        SolicitationEvent.CANCEL: lambda: actions.cancel(row, why="不再制定", **who),
    }


def _some_comment(row):
    found = row.comments.first()
    if found is not None:
        return [found]
    made = Comment(solicitation=row, number=99, channel="POST", received_on=OPENS)
    made.received_at = moment(OPENS)
    made.seal(text="一条", name="", contact="")
    made.save()
    return [made]


@pytest.mark.parametrize("state", SolicitationState)
@pytest.mark.parametrize(
    "event",
    [
        SolicitationEvent.CHANGE_TERM,
        SolicitationEvent.COMMENT,
        SolicitationEvent.DISPOSE,
        SolicitationEvent.DRAFT_FEEDBACK,
        SolicitationEvent.CANCEL,
    ],
)
def test_every_arrow_is_taken_and_every_other_refused(organ, state, event):
    row = SOLICITATION_IN[state](organ)
    do = verbs(row)[event]
    before = LoggedEvent.objects.filter(verb__startswith="engagement.").count()
    if allows(state, event):
        do()
        assert LoggedEvent.objects.filter(verb__startswith="engagement.").count() == before + 1
    else:
        with pytest.raises(Refused, match=f"不能{event.label}"):
            do()
        assert fresh(row).state == state


def test_a_draft_makes_the_notice_in_its_section(organ):
    row = drafted(organ, name=f"《{NAME}》")
    entry = Entry.objects.get(pk=row.entry_id)
    assert row.name == NAME
    assert entry.record == f"engagement:{row.pk}"
    assert entry.title == f"关于《{NAME}》公开征求意见的公告"
    assert entry.section.path == "hdjl/yjzj"
    body = told_of(entry).told.body
    assert "2026年9月22日至2026年10月25日" in body
    assert "zqyj@example.com" in body
    verbs_logged = set(LoggedEvent.objects.values_list("verb", flat=True))
    assert "engagement.draft_solicitation" in verbs_logged


def test_drafts_that_cannot_be(organ):
    who = {"by": ME, "at": moment(MONDAY)}
    for name, terms, field in (
        ("", TERMS, "name"),
        ("长" * 201, TERMS, "name"),
        (NAME, replace(TERMS, closes_on=OPENS), "closes_on"),
        (NAME, replace(TERMS, opens_on=date(2026, 7, 1), closes_on=date(2026, 8, 1)), "closes_on"),
    ):
        with pytest.raises(ToldWrongly) as caught:
            actions.draft_solicitation(organ, name=name, terms=terms, **who)
        assert caught.value.field == field
    bare = entries.county("fengxin", name="奉新县人民政府", short_name="县政府", credit_code="")
    with pytest.raises(Refused, match="没有“意见征集”栏目"):
        actions.draft_solicitation(bare, name=NAME, terms=TERMS, **who)
    assert not Solicitation.objects.exists()
    assert not Entry.objects.exists()


def test_a_notice_without_explanation_or_with_another_day_is_not_submitted(organ):
    row = actions.draft_solicitation(organ, name=NAME, terms=TERMS, by=ME, at=moment(MONDAY))
    entry = Entry.objects.get(pk=row.entry_id)
    with pytest.raises(disclosure.EntryRefused, match="没有起草说明"):
        disclosure.submit(entry, by=ME, at=moment(MONDAY, 10))
    explain(entry)
    later = replace(TERMS, closes_on=CLOSES + timedelta(days=5))
    actions.change_term(row, terms=later, by=ME, at=moment(MONDAY, 10))
    with pytest.raises(disclosure.EntryRefused, match="没有写明截止日期2026年10月30日"):
        disclosure.submit(Entry.objects.get(pk=entry.pk), by=ME, at=moment(MONDAY, 11))


def test_a_notice_that_comes_too_late_is_not_released(organ):
    row = drafted(organ)
    signed = entries.forward(
        Entry.objects.get(pk=row.entry_id), EntryState.SIGNED, moment(MONDAY, 11)
    )
    with pytest.raises(disclosure.EntryRefused, match="征集开始之日"):
        disclosure.publish(signed, by=entries.PUBLISHER, at=moment(OPENS + timedelta(days=1)))
    with pytest.raises(disclosure.EntryRefused, match="届满"):
        disclosure.publish(signed, by=entries.PUBLISHER, at=moment(AFTER))
    assert fresh(row).state == SolicitationState.DRAFT
    disclosure.publish(signed, by=entries.PUBLISHER, at=moment(OPENS))
    assert fresh(row).state == SolicitationState.OPEN


def test_a_public_term_can_only_grow_and_says_why(organ):
    row = opened(organ)
    at = moment(OPENS)
    for terms, why, field in (
        (replace(TERMS, closes_on=CLOSES + timedelta(days=1)), "", "why"),
        (replace(TERMS, closes_on=CLOSES - timedelta(days=1)), "急", "closes_on"),
        (replace(TERMS, opens_on=OPENS - timedelta(days=1)), "急", "opens_on"),
    ):
        with pytest.raises(ToldWrongly) as caught:
            actions.change_term(row, terms=terms, why=why, by=ME, at=at)
        assert caught.value.field == field
    longer = replace(TERMS, closes_on=CLOSES + timedelta(days=10), phone="0795-4662133")
    changed = actions.change_term(row, terms=longer, why="意见不充分", by=ME, at=at)
    assert changed.terms == longer
    logged = LoggedEvent.objects.latest("pk")
    assert logged.after == {"closes_on": "2026-11-04", "phone": "0795-4662133"}
    reopened = actions.change_term(
        row,
        terms=replace(longer, closes_on=date(2026, 12, 1)),
        why="补充",
        by=ME,
        at=moment(date(2026, 11, 20)),
    )
    assert reopened.standing_on(date(2026, 11, 20)) is Standing.RUNNING


def test_comments_online_are_taken_within_the_term_alone(organ):
    row = opened(organ)
    for day, said in ((MONDAY, "尚未开始"), (AFTER, "截止")):
        with pytest.raises(Refused, match=said):
            commented(row, day=day)
    assert [commented(row, day=day).number for day in (OPENS, CLOSES)] == [1, 2]
    by_post = replace(TERMS, online=False)
    actions.change_term(row, terms=by_post, why="平台维护", by=ME, at=moment(OPENS))
    with pytest.raises(Refused, match="没有开通网上提交"):
        commented(row)


def test_letters_may_come_after_the_term_until_the_feedback(organ):
    row = opened(organ)
    late = {"channel": CommentChannel.POST, "day": AFTER}
    assert commented(row, received_on=CLOSES, **late).received_on == CLOSES
    for received_on in (MONDAY, AFTER + timedelta(days=1)):
        with pytest.raises(ToldWrongly) as caught:
            commented(row, received_on=received_on, **late)
        assert caught.value.field == "received_on"
    with pytest.raises(Refused):
        commented(fed_back(entries.department(organ.county, "other")), **late)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "comment"),
        ({"text": "长" * 5001}, "comment"),
        ({"text": "\x00"}, "comment"),
        ({"name": "长" * 101}, "commenter"),
        ({"contact": "1" * 101}, "contact"),
        ({"channel": "RUMOUR"}, "channel"),
    ],
)
def test_hostile_comments_are_refused(organ, changes, field):
    row = opened(organ)
    with pytest.raises(ToldWrongly) as caught:
        commented(row, **changes)
    assert caught.value.field == field
    assert not row.comments.exists()


def test_a_comment_sent_twice_is_one(organ):
    row = opened(organ)
    first = commented(row, submission_key="k")
    assert commented(row, submission_key="k") == first
    assert commented(row, "别的意见", submission_key="k") != first
    assert fresh(row).last_number == 2


def test_who_comments_is_sealed_and_shown_only_with_a_trace(organ):
    row = opened(organ)
    made = commented(row, name="万里", contact=CONTACT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM engagement_comment")
        whole = b"|".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for value in cursor.fetchone()
        )
    for word in ("万里", CONTACT, "免费时长"):
        assert word.encode() not in whole
        assert word not in str(LoggedEvent.objects.latest("pk").after)
    found = Comment.objects.get(pk=made.pk)
    assert actions.show_commenter(found, by=ME, at=moment(OPENS)) == ("万里", CONTACT)
    assert LoggedEvent.objects.latest("pk").verb == "engagement.show_commenter"


def test_disposing_asks_for_the_point_and_a_reason_where_owed(organ):
    row, other = opened(organ), opened(entries.department(organ.county, "other"))
    one, two, three = (commented(row, f"意见{n}") for n in range(3))
    strange = commented(other)
    for chosen, told, field in (
        ([one], {"summary": ""}, "summary"),
        ([one], {"disposition": Disposition.PARTLY}, "reason"),
        ([one], {"disposition": Disposition.NOT_ADOPTED, "reason": " "}, "reason"),
        ([one], {"disposition": "MAYBE"}, "disposition"),
        ([], {}, "comments"),
        ([one, strange], {}, "comments"),
    ):
        with pytest.raises(ToldWrongly) as caught:
            disposed(row, *chosen, **told)
        assert caught.value.field == field
    assert queries.figures_of(row).undisposed == 3
    disposed(row, one, two)
    disposed(row, three, disposition=Disposition.UNRELATED, summary="谁也不该看到")
    (point,) = queries.points_of(row)
    assert (point.summary, point.count) == ("增加免费停车时长", 2)
    disposed(row, two, disposition=Disposition.NOT_ADOPTED, reason="财力不足")
    figures = queries.figures_of(row)
    assert (figures.adopted, figures.not_adopted, figures.unrelated) == (1, 1, 1)


def test_feedback_waits_for_the_term_and_for_every_comment(organ):
    row = opened(organ)
    made = commented(row)
    for at, said in ((moment(CLOSES), "截止以后"), (moment(AFTER), "还有1条意见没有处理")):
        with pytest.raises(Refused, match=said):
            actions.draft_feedback(row, by=ME, at=at)
    disposed(row, made)
    row = actions.draft_feedback(row, by=ME, at=moment(AFTER, 10))
    entry = row.feedback_entry
    body = told_of(entry).told.body
    assert "共收到意见1条，其中采纳1条，部分采纳0条，未采纳0条。" in body
    assert "增加免费停车时长" in body
    assert "免费时长" not in body.replace("免费停车时长", "")
    assert entry.record == f"engagement.feedback:{row.pk}"


def test_a_feedback_whose_figures_differ_is_neither_submitted_nor_released(organ):
    row = opened(organ)
    disposed(row, commented(row))
    row = actions.draft_feedback(row, by=ME, at=moment(AFTER, 10))
    letter = commented(row, day=AFTER, channel=CommentChannel.POST)
    entry = Entry.objects.get(pk=row.feedback_entry_id)
    with pytest.raises(disclosure.EntryRefused, match="还有1条意见没有处理"):
        disclosure.submit(entry, by=ME, at=moment(AFTER, 16))
    disposed(row, letter, disposition=Disposition.NOT_ADOPTED, reason="与上位法不符")
    with pytest.raises(disclosure.EntryRefused, match="数字与登记的意见不一致"):
        disclosure.submit(entry, by=ME, at=moment(AFTER, 16))
    actions.draft_feedback(row, by=ME, at=moment(AFTER, 17))
    signed = entries.forward(
        Entry.objects.get(pk=entry.pk), EntryState.SIGNED, moment(AFTER, 17, 10)
    )
    assert entry.pk == fresh(row).feedback_entry_id
    disposed(row, letter, disposition=Disposition.PARTLY, reason="改了一半")
    with pytest.raises(disclosure.EntryRefused, match="不一致"):
        disclosure.publish(signed, by=entries.PUBLISHER, at=moment(AFTER, 18))
    with pytest.raises(Refused, match="待发布"):
        actions.draft_feedback(row, by=ME, at=moment(AFTER, 18))
    assert fresh(row).state == SolicitationState.OPEN


def test_feedback_ends_it_and_taking_it_off_opens_it_again(organ):
    row = fed_back(organ)
    assert (row.state, row.fed_back_on) == (SolicitationState.FED_BACK, AFTER)
    withdraw(row.feedback_entry, moment(AFTER, 18))
    row = fresh(row)
    assert (row.state, row.fed_back_on) == (SolicitationState.OPEN, None)


def test_no_comments_is_said_too(organ):
    row = actions.draft_feedback(opened(organ), by=ME, at=moment(AFTER))
    assert "征集期间没有收到意见。" in told_of(row.feedback_entry).told.body
    publish(row.feedback_entry, moment(AFTER, 10))
    assert fresh(row).state == SolicitationState.FED_BACK


def test_a_discarded_feedback_is_drafted_anew(organ):
    row = actions.draft_feedback(opened(organ), by=ME, at=moment(AFTER))
    first = row.feedback_entry
    disclosure.discard(first, why="重写", by=ME, at=moment(AFTER, 10))
    row = actions.draft_feedback(row, by=ME, at=moment(AFTER, 11))
    assert row.feedback_entry != first


def test_taking_the_notice_off_makes_it_a_draft_that_can_come_back(organ):
    row = opened(organ)
    withdraw(row.entry, moment(OPENS))
    assert fresh(row).state == SolicitationState.DRAFT
    with pytest.raises(Refused, match="尚未发布"):
        commented(row)
    entry = disclosure.revise(Entry.objects.get(pk=row.entry_id), by=ME, at=moment(OPENS, 10))
    signed = entries.forward(entry, EntryState.SIGNED, moment(OPENS, 11))
    with pytest.raises(disclosure.EntryRefused, match="只剩10日"):
        disclosure.publish(signed, by=entries.PUBLISHER, at=moment(CLOSES - timedelta(days=9)))
    disclosure.publish(signed, by=entries.PUBLISHER, at=moment(OPENS, 12))
    assert fresh(row).state == SolicitationState.OPEN


def test_cancelling_discards_what_was_never_public_and_leaves_what_was(organ):
    row = drafted(organ)
    with pytest.raises(ToldWrongly, match="理由"):
        actions.cancel(row, why=" ", by=ME, at=moment(MONDAY, 12))
    actions.cancel(row, why="不再制定", by=ME, at=moment(MONDAY, 12))
    assert Entry.objects.get(pk=row.entry_id).state == EntryState.DISCARDED
    public = cancelled(entries.department(organ.county, "other"))
    assert Entry.objects.get(pk=public.entry_id).live
    assert public.standing_on(OPENS) is Standing.CANCELLED
    reviewed = drafted(entries.department(organ.county, "third"))
    disclosure.submit(Entry.objects.get(pk=reviewed.entry_id), by=ME, at=moment(MONDAY, 12))
    with pytest.raises(Refused, match="正在审核"):
        actions.cancel(reviewed, why="不再制定", by=ME, at=moment(MONDAY, 13))
    assert fresh(reviewed).state == SolicitationState.DRAFT


def test_the_document_that_followed_is_linked_when_public(organ):
    row = opened(organ)
    where = entries.section(organ.county, "zwgk/gfxwj")
    document = entries.published(organ, where, at=moment(OPENS), title="靖安县城市停车管理办法")
    unpublished = entries.draft(organ, where, at=moment(OPENS))
    who = {"by": ME, "at": moment(AFTER)}
    for wrong in (unpublished, row.entry):
        with pytest.raises(ToldWrongly, match="已经公开"):
            actions.link_document(row, document=wrong, **who)
    assert document in queries.documents_to_link(row, "停车管理")
    assert row.entry not in queries.documents_to_link(row, "停车管理")
    assert queries.documents_to_link(row, " \x00 ") == []
    linked = actions.link_document(row, document=document, **who)
    assert queries.beside(row.typed_id, AFTER).document == (document.title, document.address)
    assert queries.consulted_on(document.pk) == (linked.entry.title, linked.entry.address)
    actions.link_document(row, document=None, **who)
    assert queries.consulted_on(document.pk) is None
    other = drafted(entries.department(organ.county, "other"))
    with pytest.raises(Refused, match="尚未发布"):
        actions.link_document(other, document=document, **who)


def test_what_is_overdue_and_what_was_asked_is_counted(organ, settings):
    row = opened(organ)
    commented(row)
    done = fed_back(entries.department(organ.county, "other"))
    organs = [row.organ_id, done.organ_id]
    last = CLOSES + timedelta(days=settings.GONGKAI_FEEDBACK_DAYS)
    assert not queries.without_feedback(organs, last).exists()
    assert queries.without_feedback(organs, last + timedelta(days=1)).get() == row
    figures = statistics.solicitation_figures(organs, date(2026, 1, 1), date(2026, 12, 31))
    assert (figures.begun, figures.comments, figures.fed_back) == (2, 2, 1)


def test_a_page_reads_what_stands_beside_in_one_query(organ):
    row = fed_back(organ)
    for record in (row.typed_id, row.feedback_id):
        with CaptureQueriesContext(connection) as asked:
            told = queries.beside(record, AFTER)
        assert len(asked) == 1
        assert told.standing is Standing.FED_BACK
        assert told.feedback == (row.feedback_entry.title, row.feedback_entry.address)
    assert queries.beside("engagement:x", AFTER) is None
    assert queries.beside("engagement:999", AFTER) is None


def test_errors_have_one_root():
    assert issubclass(Refused, EngagementError)
    assert issubclass(ToldWrongly, EngagementError)
