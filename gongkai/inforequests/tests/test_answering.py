"""From the draft to the served letter: other eyes, what an answer presupposes, mail, referral."""

import uuid
from datetime import date
from unittest.mock import patch

import pytest

from gongkai.audit.models import Event as LoggedEvent
from gongkai.files.models import Purpose, StoredFile
from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.models import InfoRequest, ReferralTarget, ServiceWay, State
from gongkai.inforequests.queries import answer_letter, differences
from gongkai.inforequests.tests.factories import (
    HEAD,
    ME,
    RECEIVED,
    REVIEWER,
    a_profile,
    an_organ,
    consulting,
    do,
    issued,
    letter_made,
    moment,
    processing,
    replied,
    served,
    signed,
    signed_draft,
    under_review,
)
from gongkai.letters.actions import cancel
from gongkai.letters.models import Letter
from gongkai.letters.queries import LetterKind, LetterRefused, LetterState, gaps, letters_about
from gongkai.statute.grounds import Ground

pytestmark = pytest.mark.django_db
NEXT = date(2026, 3, 3)


def searched(info_request: InfoRequest, found: bool = False, on: date = RECEIVED) -> InfoRequest:
    """Return a request for which a search was made."""
    return do(
        actions.search,
        info_request,
        on,
        places="档案室2015年至2020年卷宗",
        keywords="征收",
        officer="张三",
        searched_on=on,
        found=found,
    )


def answers(*grounds: Ground, **more: str) -> list[actions.Answer]:
    return [
        actions.Answer(place, ground, details={"supplied": "见附件"}, **more)
        for place, ground in enumerate(grounds, 1)
    ]


# -- other eyes ------------------------------------------------------------------------------


def test_whoever_drafted_neither_reviews_nor_signs():
    info_request = under_review(an_organ())
    with pytest.raises(Refused, match="审核人不得是拟稿人（第十七条）"):
        do(actions.pass_draft, info_request, RECEIVED, by=ME)
    do(actions.pass_draft, info_request, RECEIVED, by=REVIEWER)
    with pytest.raises(Refused, match="签发人不得是拟稿人（第四十五条）"):
        do(actions.sign, info_request, RECEIVED, by=ME)
    assert do(actions.sign, info_request, RECEIVED, by=REVIEWER).state == State.SIGNED


def test_a_draft_sent_back_is_drafted_by_another_who_may_not_review_it_then():
    info_request = under_review(an_organ())
    back = do(actions.return_draft, info_request, RECEIVED, why="请补充文号", by=REVIEWER)
    assert back.state == State.PROCESSING
    do(actions.draft_reply, back, RECEIVED, by=REVIEWER, answers=answers(Ground.GRANTED))
    with pytest.raises(Refused, match="审核人不得是拟稿人"):
        do(actions.pass_draft, back, RECEIVED, by=REVIEWER)
    assert do(actions.pass_draft, back, RECEIVED, by=ME).state == State.REVIEWED


def test_a_draft_on_its_way_may_be_extended_and_comes_back_with_its_term():
    info_request = under_review(an_organ())
    do(actions.propose_extension, info_request, RECEIVED, workdays=5, reason="量大")
    done = do(actions.extend, info_request, RECEIVED, by=HEAD)
    assert (done.state, done.due_on) == (State.UNDER_REVIEW, date(2026, 4, 7))


# -- what a draft must tell ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "error", "words"),
    [
        ({"answers": []}, BadAct, "请为每一项选择办理结果"),
        ({"answers": answers(Ground.GRANTED)}, BadAct, "第2项没有办理结果"),
        ({"answers": answers(*[Ground.GRANTED] * 3)}, BadAct, "没有的事项"),
        (
            {"answers": [*answers(Ground.GRANTED), actions.Answer(2, Ground.NOT_HELD, "A10")]},
            BadAct,
            "答复种类与办理结果",
        ),
        (
            {"answers": [*answers(Ground.GRANTED), actions.Answer(2, Ground.INTERNAL_AFFAIRS)]},
            BadAct,
            "应当说明理由",
        ),
        (
            {
                "answers": [
                    *answers(Ground.GRANTED),
                    actions.Answer(2, Ground.INTERNAL_AFFAIRS, details={"which": "食堂"}),
                ]
            },
            BadAct,
            "只能是人事管理",
        ),
        (
            {"answers": [*answers(Ground.GRANTED), actions.Answer(2, Ground.PETITION)]},
            BadAct,
            "实质内容",
        ),
        (
            {"answers": [*answers(Ground.GRANTED), actions.Answer(2, Ground.STILL_UNCLEAR)]},
            Refused,
            "没有告知并收到过补正",
        ),
        (
            {"answers": [*answers(Ground.GRANTED), actions.Answer(2, Ground.FEE_UNPAID)]},
            Refused,
            "不是答复",
        ),
        (
            {
                "answers": answers(Ground.GRANTED, Ground.NOT_HELD),
                "chosen": Ground.NOT_HELD,
                "reason": "少报",
            },
            Refused,
            "只计这一情形",
        ),
    ],
)
def test_a_draft_told_wrongly_is_refused_and_leaves_nothing(told, error, words):
    info_request = processing(an_organ(), items=("甲", "乙"))
    events = LoggedEvent.objects.count()
    with pytest.raises(error, match=words):
        do(actions.draft_reply, info_request, RECEIVED, **told)
    info_request.refresh_from_db()
    assert (info_request.state, info_request.acts.count()) == (State.PROCESSING, 3)
    assert LoggedEvent.objects.count() == events


def a_file(info_request: InfoRequest, purpose: Purpose = Purpose.RELEASED) -> StoredFile:
    return StoredFile.objects.create(
        organ=info_request.organ,
        about=info_request.typed_id,
        purpose=purpose,
        name="征收公告.pdf",
        kind="pdf",
        size=1,
        sha256=uuid.uuid4().hex,
        blob=uuid.uuid4(),
        scan="CLEAN",
        locked=purpose is Purpose.RELEASED,
        stored_at=moment(RECEIVED),
        account="handler",
        stored_by="经办人",
    )


def test_only_released_files_of_the_case_itself_go_out():
    organ = an_organ()
    info_request, other = processing(organ), processing(organ)
    mine = a_file(info_request)
    for each in (
        str(a_file(other).pk),
        str(a_file(info_request, Purpose.SOURCE).pk),
        str(uuid.uuid4()),
        "no id",
    ):
        with pytest.raises(BadAct, match=r"公开件|重新选择") as caught:
            do(
                actions.draft_reply,
                info_request,
                RECEIVED,
                answers=answers(Ground.GRANTED, released=(str(mine.pk), each)),
            )
        assert caught.value.field == "released"
    done = do(
        actions.draft_reply,
        info_request,
        RECEIVED,
        answers=answers(Ground.GRANTED, released=(str(mine.pk),)),
    )
    _, values = answer_letter(done)
    assert values.attachments == ("征收公告.pdf",)


# -- what the letter claims ------------------------------------------------------------------


def test_not_existing_needs_a_search_without_a_find_and_the_letter_tells_of_it():
    info_request = processing(an_organ())
    code, details = "A5", {"places": "档案室", "keywords": "征收"}
    signed_draft(info_request, RECEIVED, Ground.NOT_HELD, code, details)
    a_profile(info_request.organ)
    with pytest.raises(Refused, match="应当经检索没有"):
        do(actions.issue_reply, info_request, RECEIVED)
    do(actions.return_draft, info_request, RECEIVED, why="先检索", by=HEAD)
    searched(info_request, found=True)
    signed_draft(info_request, RECEIVED, Ground.NOT_HELD, code, details)
    with pytest.raises(Refused, match="第三十六条第四项"):
        do(actions.issue_reply, info_request, RECEIVED)
    do(actions.return_draft, info_request, RECEIVED, why="再检索", by=HEAD)
    searched(info_request)
    signed_draft(info_request, RECEIVED, Ground.NOT_HELD, code, {})
    kind, values = answer_letter(info_request)
    assert kind is LetterKind.NOT_HELD
    assert "档案室2015年至2020年卷宗" in values.paragraphs[0]
    assert do(actions.issue_reply, info_request, RECEIVED).state == State.ISSUED


def test_another_organs_matter_needs_no_search():
    info_request = processing(an_organ())
    letter_made(info_request, RECEIVED, Ground.NOT_HELD, "A6", {"reason": "由县水利局制作"})
    info_request.refresh_from_db()
    assert info_request.state == State.ISSUED


def test_part_disclosure_without_reasons_is_no_draft():
    info_request = processing(an_organ())
    details = {"given": "征收公告", "withheld": "个人信息"}
    bare = [actions.Answer(1, Ground.PARTIAL, "A3", details=details)]
    with pytest.raises(BadAct, match="应当说明理由") as refused:
        do(actions.draft_reply, info_request, RECEIVED, answers=bare)
    assert refused.value.field == "facts"


def test_a_letter_never_says_that_a_third_party_was_asked_who_was_not():
    info_request = processing(an_organ())
    signed_draft(info_request, RECEIVED, Ground.THIRD_PARTY_RIGHTS)
    a_profile(info_request.organ)
    with pytest.raises(Refused, match="应当先书面征求第三方的意见"):
        do(actions.issue_reply, info_request, RECEIVED)


@pytest.mark.parametrize("opinion", [Opinion.REFUSES, Opinion.PARTLY])
def test_disclosure_against_a_third_partys_will_needs_it_told_first(opinion):
    info_request = consulting(an_organ())
    told = {"consultation": 4, "what": "合同全文", "reason": "涉及公共利益"}
    with pytest.raises(Refused, match="正在征求意见"):
        do(actions.tell_third_party, info_request, NEXT, **told)
    do(actions.record_opinion, info_request, NEXT, consultation=4, opinion=opinion)
    signed_draft(info_request, NEXT)
    a_profile(info_request.organ)
    with pytest.raises(Refused, match="甲公司不同意公开（第三十二条）"):
        do(actions.issue_reply, info_request, NEXT)
    do(actions.return_draft, info_request, NEXT, why="先告知第三方", by=HEAD)
    with pytest.raises(Refused, match="书面告知第三方"):
        do(actions.reply, info_request, NEXT, grounds={1: Ground.GRANTED})
    with pytest.raises(BadAct, match="不同意或者部分同意"):
        do(actions.tell_third_party, info_request, NEXT, **told | {"consultation": 9})
    do(actions.tell_third_party, info_request, NEXT, **told)
    with pytest.raises(Refused, match="已经告知过"):
        do(actions.tell_third_party, info_request, NEXT, **told)
    signed_draft(info_request, NEXT)
    assert do(actions.issue_reply, info_request, NEXT).state == State.ISSUED


def test_what_spares_the_third_party_needs_no_telling():
    for ground in (Ground.THIRD_PARTY_RIGHTS, Ground.PARTIAL):
        info_request = consulting(an_organ(ground.value))
        do(actions.record_opinion, info_request, NEXT, consultation=4, opinion=Opinion.REFUSES)
        letter_made(info_request, NEXT, ground)
        info_request.refresh_from_db()
        assert info_request.state == State.ISSUED


def test_who_agrees_or_is_silent_need_not_be_told():
    info_request = consulting(an_organ())
    do(actions.record_opinion, info_request, NEXT, consultation=4, opinion=Opinion.AGREES)
    with pytest.raises(BadAct, match="不同意或者部分同意"):
        do(actions.tell_third_party, info_request, NEXT, consultation=4, what="全文", reason="无")
    letter_made(info_request, NEXT)
    info_request.refresh_from_db()
    assert info_request.state == State.ISSUED


# -- letter and act are one ------------------------------------------------------------------


def test_a_letter_that_cannot_be_made_leaves_the_case_signed_and_no_number_used():
    info_request = signed(an_organ())
    with pytest.raises(BadAct, match=r"公文信息|机关代字") as caught:
        do(actions.issue_reply, info_request, RECEIVED)
    assert caught.value.field
    info_request.refresh_from_db()
    assert info_request.state == State.SIGNED
    assert not Letter.objects.exists()
    a_profile(info_request.organ)
    with (
        patch("gongkai.inforequests.actions.answering.append", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        do(actions.issue_reply, info_request, RECEIVED)
    assert not Letter.objects.exists()
    do(actions.issue_reply, info_request, RECEIVED)
    assert Letter.objects.get().number == "靖测公复〔2026〕1号"


def test_a_cancelled_letter_keeps_its_number_and_the_next_takes_another():
    organ = an_organ()
    info_request = issued(organ)
    back = do(actions.cancel_issue, info_request, RECEIVED, reason="收件人有误")
    assert back.state == State.PROCESSING
    with pytest.raises(Refused, match="没有已经制发"):
        do(actions.serve, back, RECEIVED, how=ServiceWay.IN_HAND)
    served(back, RECEIVED)
    numbers = [(each.number, each.state) for each in letters_about(info_request.typed_id)]
    assert sorted(numbers) == [
        ("靖测公复〔2026〕1号", LetterState.CANCELLED),
        ("靖测公复〔2026〕2号", LetterState.ISSUED),
    ]
    assert gaps([organ.pk]) == []
    back.refresh_from_db()
    assert back.acts.latest("sequence").data["document_number"] == "靖测公复〔2026〕2号"


def test_a_withdrawal_strikes_the_letter_that_was_not_served():
    info_request = issued(an_organ())
    gone = do(actions.withdraw, info_request, RECEIVED, reason="来电撤回")
    assert (gone.state, gone.ground) == (State.WITHDRAWN, Ground.OTHER)
    assert Letter.objects.get().state == LetterState.CANCELLED


# -- service ---------------------------------------------------------------------------------


def test_service_freezes_the_draft_the_deadline_and_the_number():
    info_request = issued(an_organ())
    done = do(actions.serve, info_request, NEXT, how=ServiceWay.IN_HAND, signed_by="万里")
    assert (done.state, done.concluded_on, done.ground) == (State.REPLIED, NEXT, Ground.GRANTED)
    assert (done.due_on, done.answer_due_on, done.pending) == (
        date(2026, 3, 30),
        date(2026, 3, 30),
        False,
    )
    act = done.acts.latest("sequence")
    assert act.data == {
        "grounds": {"1": "GRANTED"},
        "letters": {"1": "A2"},
        "document_number": "靖测公复〔2026〕1号",
        "due_on": "2026-03-30",
        "provisional": False,
        "how": "IN_HAND",
        "signed_by": "申请人本人",  # never by name
    }
    item = done.items.get()
    assert (item.ground, item.letter, item.review_on) == ("GRANTED", "A2", None)
    assert list(differences()) == []
    logged = LoggedEvent.objects.latest("pk")
    assert logged.verb == "inforequests.serve"
    assert "万里" not in str((logged.before, logged.after))


def test_post_needs_a_number_and_the_postal_enterprise():
    info_request = issued(an_organ())
    with pytest.raises(BadAct, match="邮件单号") as caught:
        do(actions.serve, info_request, NEXT, how=ServiceWay.POST, tracking=" ")
    assert caught.value.field == "tracking"
    told = {"how": ServiceWay.POST, "tracking": "SF1234567890"}
    with pytest.raises(Refused, match=r"235号.*邮政企业"):
        do(actions.serve, info_request, NEXT, carrier_is_post=False, **told)
    assert do(actions.serve, info_request, NEXT, **told).state == State.REPLIED


def test_an_answer_is_not_served_before_its_letter():
    info_request = issued(an_organ(), on=NEXT)
    with pytest.raises(BadAct, match="早于上一项办理记录") as caught:
        do(actions.serve, info_request, RECEIVED, how=ServiceWay.IN_HAND)
    assert caught.value.field == "on"
    with pytest.raises(Refused, match="请登记送达的方式和日期"):
        do(actions.reply, info_request, NEXT, grounds={1: Ground.GRANTED})


@pytest.mark.parametrize("how", [way for way in ServiceWay if way is not ServiceWay.POST])
def test_only_posted_mail_comes_back(how):
    info_request = served(processing(an_organ()), NEXT, how=how)
    with pytest.raises(Refused, match="没有以邮寄方式送达"):
        do(actions.return_mail, info_request, NEXT, why="查无此人")


def test_returned_mail_is_served_again_and_the_posting_day_still_counts():
    info_request = served(processing(an_organ()), NEXT, how=ServiceWay.POST)
    again = {"how": ServiceWay.POST, "tracking": "XA2"}
    with pytest.raises(Refused, match="没有登记过邮件退回"):
        do(actions.serve_again, info_request, NEXT, **again)
    do(actions.return_mail, info_request, NEXT, why="查无此人")
    with pytest.raises(Refused, match="已经登记退回"):
        do(actions.return_mail, info_request, NEXT, why="查无此人")
    with pytest.raises(BadAct, match="邮件单号"):
        do(actions.serve_again, info_request, NEXT, how=ServiceWay.POST)
    do(actions.serve_again, info_request, NEXT, **again)
    do(actions.return_mail, info_request, NEXT, why="拒收")
    done = do(actions.serve_again, info_request, date(2026, 4, 30), how=ServiceWay.IN_HAND)
    assert (done.concluded_on, done.due_on) == (NEXT, date(2026, 3, 30))


def test_backlog_says_that_it_was_made_outside():
    on_the_spot = replied(an_organ())
    assert "outside" not in on_the_spot.acts.latest("sequence").data
    later = do(
        actions.reply,
        processing(an_organ("b")),
        NEXT,
        grounds={1: Ground.NOT_HELD},
        document_number="靖水公复〔2026〕3号",
    )
    assert later.acts.latest("sequence").data["outside"] is True
    assert later.items.get().letter == ""


def test_what_claims_a_search_needs_one_even_in_the_backlog():
    info_request = processing(an_organ())
    told = {"grounds": {1: Ground.NOT_HELD}, "letters": {1: "A5"}}
    with pytest.raises(Refused, match="应当经检索没有"):
        do(actions.reply, info_request, RECEIVED, **told)
    done = do(actions.reply, searched(info_request), RECEIVED, **told)
    assert done.items.get().letter == "A5"


def test_a_petition_is_referred_after_its_answer():
    info_request = processing(an_organ())
    told = {"to": ReferralTarget.PETITION_OFFICE, "where": "县信访局"}
    with pytest.raises(Refused, match="第三十九条第一款"):
        do(actions.refer, info_request, RECEIVED, **told)
    served(info_request, RECEIVED, Ground.PETITION)
    done = do(actions.refer, info_request, RECEIVED, **told)
    assert (done.state, done.ground) == (State.REPLIED, Ground.PETITION)
    assert done.acts.latest("sequence").data == {"to": "PETITION_OFFICE", "where": "县信访局"}


def test_withheld_items_are_looked_at_again_after_a_year():
    info_request = served(processing(an_organ()), NEXT, Ground.INTERNAL_AFFAIRS)
    assert info_request.items.get().review_on == date(2027, 3, 3)


def test_a_letter_cancelled_in_the_register_is_not_served():
    info_request = issued(an_organ())
    (letter,) = letters_about(info_request.typed_id)
    cancel(letter, reason="印错", by=HEAD, at=moment(RECEIVED, 17))
    with pytest.raises(Refused, match="已在文号登记簿中作废"):
        do(actions.serve, info_request, RECEIVED, how=ServiceWay.ON_SITE)
    info_request.refresh_from_db()
    assert info_request.state == State.ISSUED
    back = do(actions.cancel_issue, info_request, RECEIVED, reason="印错")
    assert back.state == State.PROCESSING


def test_an_answer_that_has_been_served_is_never_void():
    info_request = served(processing(an_organ()), RECEIVED)
    (letter,) = letters_about(info_request.typed_id)
    with pytest.raises(LetterRefused, match="已经送达申请人（第四十条），不能作废"):
        cancel(letter, reason="印错", by=HEAD, at=moment(RECEIVED, 18))
    letter.refresh_from_db()
    assert letter.state == LetterState.ISSUED
