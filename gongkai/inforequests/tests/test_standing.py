"""What the case page offers: nothing that the law, the clock or the person's own part refuses."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.models import IntakeChannel, ServiceWay
from gongkai.inforequests.queries import acts_of
from gongkai.inforequests.staff.standing import Standing
from gongkai.inforequests.staff.verbs import VERBS
from gongkai.inforequests.tests.factories import (
    RECEIVED,
    a_profile,
    an_official,
    an_organ,
    awaiting_payment,
    awaiting_supplement,
    consulting,
    do,
    drafted,
    extended,
    issued,
    processing,
    reopened,
    replied,
    served,
    under_review,
)
from gongkai.orgs.models import Role
from gongkai.statute.grounds import Ground

pytestmark = pytest.mark.django_db
SOON, LATE = date(2026, 3, 11), date(2026, 3, 12)  # the 7th and the 8th working day


@pytest.fixture(autouse=True)
def _letters_on_disk(settings, tmp_path):
    settings.GONGKAI_LETTER_DIR = tmp_path


def standing(case, today, account=""):
    return Standing(acts_of(case), IntakeChannel(case.channel), workday_calendar(), today, account)


def slugs(case, today, account=""):
    return [verb.slug for verb in standing(case, today, account).offered()]


def why(case, today, slug, account=""):
    return next(
        told for verb, *told in standing(case, today, account).refused() if verb.slug == slug
    )


def test_a_supplement_is_asked_for_within_seven_working_days_and_may_be_entered_later():
    case = processing(an_organ())
    assert "ask_supplement" in slugs(case, SOON)
    assert "ask_supplement" not in slugs(case, LATE)
    words, earlier = why(case, LATE, "ask_supplement")
    assert "第三十条" in words
    assert "最迟应为2026年3月11日" in words
    assert earlier
    searched = do(
        actions.search,
        case,
        LATE,
        places="档案室",
        keywords="征收",
        officer="张三",
        searched_on=LATE,
        found=False,
    )
    assert not why(searched, date(2026, 3, 13), "ask_supplement")[1]


def test_nothing_is_extended_once_the_term_has_run_out():
    case = processing(an_organ())
    offered = slugs(case, date(2026, 3, 30))
    assert {"propose_extension", "charge_fee"} <= set(offered)
    late = slugs(case, date(2026, 3, 31))
    assert not {"propose_extension", "charge_fee", "extend", "set_delay"} & set(late)
    assert "届满前告知" in why(case, date(2026, 3, 31), "propose_extension")[0]
    longer = extended(case, RECEIVED)
    assert "只能延长一次" in why(longer, LATE, "propose_extension")[0]


def test_nobody_lapses_before_the_requesters_term_is_over():
    asked, charged = awaiting_supplement(an_organ()), awaiting_payment(an_organ("b"))
    assert "lapse_supplement" not in slugs(asked, date(2026, 3, 23))
    assert "lapse_supplement" in slugs(asked, date(2026, 3, 24))
    assert "lapse_fee" not in slugs(charged, date(2026, 3, 30))
    assert "lapse_fee" in slugs(charged, date(2026, 3, 31))
    assert slugs(asked, SOON)[0] == "serve_letter"


@pytest.mark.parametrize("how", [way for way in ServiceWay if way is not ServiceWay.POST])
def test_only_what_was_posted_comes_back(how):
    case = served(processing(an_organ()), RECEIVED, how=how)
    assert not {"return_mail", "serve_again"} & set(slugs(case, SOON))
    assert "没有以邮寄方式送达" in why(case, SOON, "return_mail")[0]


def test_posted_mail_comes_back_and_goes_out_again():
    case = served(processing(an_organ()), RECEIVED, how=ServiceWay.POST)
    assert "return_mail" in slugs(case, SOON)
    assert "serve_again" not in slugs(case, SOON)
    assert "serve_again" in slugs(do(actions.return_mail, case, SOON, why="拒收"), SOON)


def test_an_issued_answer_waits_for_its_service_first():
    assert slugs(issued(an_organ()), SOON)[0] == "serve"


def test_only_a_third_party_that_objected_is_told():
    case = consulting(an_organ())
    assert "serve_consultation" not in slugs(case, SOON)
    asked = case.acts.get(kind="CONSULT_THIRD_PARTY").sequence
    agreed = do(actions.record_opinion, case, SOON, consultation=asked, opinion=Opinion.REFUSES)
    assert "tell_third_party" in slugs(agreed, SOON)
    do(actions.tell_third_party, agreed, SOON, consultation=asked, what="合同", reason="公益")
    assert "尚待告知的第三方" in why(agreed, SOON, "tell_third_party")[0]


def test_whoever_drafted_is_not_offered_to_pass_the_draft():
    case = under_review(an_organ())
    assert "pass_draft" in slugs(case, SOON, "reviewer")
    assert "pass_draft" not in slugs(case, SOON, "handler")
    assert "审核人不得是拟稿人" in why(case, SOON, "pass_draft", "handler")[0]


def test_a_later_round_leaves_no_room_for_some():
    case = reopened(an_organ(), RECEIVED, date(2026, 3, 20))
    assert not {"ask_supplement", "charge_fee", "withdraw", "propose_extension"} & set(
        slugs(case, SOON)
    )
    assert "不能自行延长" in why(case, SOON, "propose_extension")[0]


def test_every_verb_is_either_offered_or_told_why_not():
    case = consulting(an_organ())
    at = standing(case, SOON)
    assert {verb.slug for verb in at.offered()} | {verb.slug for verb, *_ in at.refused()} == {
        verb.slug for verb in VERBS
    }


def test_the_page_links_to_late_entry_and_the_form_says_what_stands_against_it(client, monkeypatch):
    now = timezone.make_aware(timezone.datetime(2026, 3, 12, 10))
    monkeypatch.setattr(timezone, "now", lambda: now)
    organ = an_organ()
    a_profile(organ)
    case = processing(organ)
    client.force_login(an_official(organ))
    page = client.get(reverse("inforequests:record", args=[case.pk])).content.decode()
    url = reverse("inforequests:act", args=[case.pk, "ask_supplement"])
    offered, refusals = page.split("现在不能办理的事项及依据")
    assert url not in offered
    assert url in refusals
    assert "可以按实际日期补记" in client.get(url).content.decode()
    typed = {"on": "2026-03-10", "what": "地块位置", "due_on": "2026-03-31"}
    client.post(url, typed)
    case.refresh_from_db()
    assert case.state == "AWAITING_SUPPLEMENT"


def test_a_draft_says_what_keeps_its_letter_from_being_issued(client):
    organ = an_organ()
    case = processing(organ)
    client.force_login(an_official(organ))
    for ground, letter, what in (
        (Ground.NOT_HELD, "A5", "先登记检索情况"),
        (Ground.THIRD_PARTY_RIGHTS, "A4.4", "先登记“征求第三方意见”"),
    ):
        url = reverse("inforequests:draft", args=[case.pk])
        step = client.get(url, {"item_1": f"{ground.value}:{letter}"}).content.decode()
        assert what in step
        assert "以后要退回补办" in step
    drafted(
        case,
        RECEIVED,
        Ground.NOT_HELD,
        "A5",
        {"places": "档案室", "keywords": "征收", "searched_on": "2026年3月2日"},
    )
    review = reverse("inforequests:review", args=[case.pk])
    page = client.get(review).content.decode()
    assert "还不能制发答复书" in page
    assert "先登记检索情况" in page


def test_what_was_answered_without_review_is_a_list_of_its_own(client):
    organ = an_organ()
    outside = replied(organ, answered_on=date(2026, 3, 5))
    at_once, ordinary = replied(organ), served(processing(organ), RECEIVED)
    client.force_login(an_official(organ, Role.REVIEWER, "reviewer"))
    url = reverse("inforequests:index")
    page = client.get(url, {"done": "unreviewed"}).content.decode()
    assert outside.number in page
    assert "逐件核对答复书" in page
    assert at_once.number not in page
    assert ordinary.number not in page
    assert ordinary.number in client.get(url, {"done": "1"}).content.decode()


def test_a_draft_knows_what_the_third_party_said(client):
    case = consulting(an_organ())
    asked = case.acts.get(kind="CONSULT_THIRD_PARTY").sequence
    do(actions.record_opinion, case, SOON, consultation=asked, opinion=Opinion.REFUSES)
    client.force_login(an_official(case.organ))
    url = reverse("inforequests:draft", args=[case.pk])
    page = client.get(url, {"item_1": "THIRD_PARTY_RIGHTS:A4.4"}).content.decode()
    assert '<option value="第三方不同意公开" selected>' in page
