"""Query codes, forms sent twice, the same asked twice, and what the requester is shown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import AlreadyAsked
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.models import InfoRequest, IntakeChannel, Reading, ServiceWay
from gongkai.inforequests.queries import case_by_code, public_status, similar_requests
from gongkai.inforequests.rules.alike import likeness, pairs, plain
from gongkai.inforequests.tests.factories import (
    ME,
    RECEIVED,
    an_organ,
    consulting,
    do,
    issued,
    moment,
    processing,
    registered,
    replied,
    submitted,
)
from gongkai.statute.requesters import RequesterKind
from gongkai.text.query_codes import ALPHABET, LENGTH, code_from, new_code, typed

WHO = actions.RequesterDetails("万里", "居民身份证", "360925199001010010", phone="13800000000")


def ask(organ, on=RECEIVED, text="规划图", who=WHO, key="", **more):
    told = actions.NewRequest(IntakeChannel.ONLINE, RequesterKind.NATURAL_PERSON, text, **more)
    return actions.submit(
        organ,
        told=told,
        requester=who,
        submitted_at=moment(on, 9),
        submission_key=key,
        by=ME,
        at=moment(on, 9),
    )


# -- codes -----------------------------------------------------------------------------------


def test_codes_are_of_letters_that_nobody_mixes_up():
    assert not set(ALPHABET) & set("01258BILOSUVZ")
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)


@given(st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_code_from_a_digest_is_always_the_same_and_well_formed(digest):
    assert code_from(digest) == code_from(digest)
    assert len(code_from(digest)) == LENGTH
    assert set(code_from(digest)) <= set(ALPHABET)


def test_a_code_is_read_however_it_is_typed():
    assert typed(" 3a4c-6d7e f9 ") == "3A4C6D7EF9"


@pytest.mark.django_db
def test_a_case_is_found_by_number_and_code_together_alone():
    one, other = submitted(an_organ("a")), submitted(an_organ("b"))
    code = one.query_code
    assert code not in (one.query_code_digest, str(one.__dict__["description"]))
    assert case_by_code(one.number, code) == one
    assert case_by_code(f" {one.number} ", f"{code[:5]}-{code[5:].lower()}") == one
    for number, told in (
        (one.number, ""),
        (one.number, other.query_code),
        (other.number, code),
        ("360925001-2026-9999", code),
        ("", ""),
        ("\x00", "\x00"),
        ("号" * 5000, "码" * 5000),
    ):
        assert case_by_code(number, told) is None


@pytest.mark.django_db
def test_a_case_without_a_code_is_found_by_none():
    case = submitted(an_organ())
    InfoRequest.objects.filter(pk=case.pk).update(query_code_digest="")
    assert case_by_code(case.number, "") is None
    assert case_by_code(case.number, "0" * 64) is None


@pytest.mark.django_db
def test_a_new_code_ends_the_old_one_and_is_logged_without_it():
    case = submitted(an_organ())
    old = case.query_code
    new = actions.renew_query_code(case, by=ME, at=moment(RECEIVED))
    assert case_by_code(case.number, old) is None
    assert case_by_code(case.number, new) == case
    event = LoggedEvent.objects.latest("pk")
    assert event.verb == "inforequests.renew_query_code"
    assert new not in str((event.before, event.after))


# -- sent twice, asked twice -----------------------------------------------------------------


@pytest.mark.django_db
def test_a_form_sent_twice_is_one_request_with_one_code():
    organ = an_organ()
    first, second = ask(organ, key="form-1"), ask(organ, key="form-1")
    assert first == second
    assert first.query_code == second.query_code
    assert case_by_code(first.number, second.query_code) == first
    assert LoggedEvent.objects.filter(verb="inforequests.submit").count() == 1
    assert first.acts.count() == 1
    assert ask(organ, key="form-2", again=True).number.endswith("-0002")
    actions.renew_query_code(first, by=ME, at=moment(RECEIVED))
    assert ask(organ, key="form-1").query_code == ""


@pytest.mark.django_db
def test_the_same_asked_again_while_it_is_open_is_refused_unless_wanted():
    organ = an_organ()
    first = ask(organ, text="征收公告（2020年）")
    for text in ("征收公告（2020年）", " 征收公告 (2020年)。", "名称：征收公告（２０２０年）"):
        with pytest.raises(AlreadyAsked, match="三十日内") as caught:
            ask(organ, RECEIVED + timedelta(days=30), text=text)
        assert (caught.value.field, caught.value.number) == ("again", first.number)
        assert first.number not in str(caught.value)
    assert InfoRequest.objects.count() == 1
    assert ask(organ, text="征收公告（2021年）")
    assert ask(an_organ("b"), text="征收公告（2020年）")
    assert ask(organ, text="征收公告（2020年）", who=actions.RequesterDetails("万里"))
    assert ask(organ, text="征收公告（2020年）", again=True)


@pytest.mark.django_db
def test_name_and_telephone_stand_in_for_an_identity_number():
    organ = an_organ()
    who = actions.RequesterDetails("万里", phone="138-0000-0000")
    ask(organ, who=who)
    with pytest.raises(AlreadyAsked):
        ask(organ, who=actions.RequesterDetails("万里", phone="13800000000"))
    assert ask(organ, who=actions.RequesterDetails("万里", phone="13900000000"))


@pytest.mark.django_db
def test_the_same_may_be_asked_after_a_month_or_an_answer():
    organ = an_organ()
    ask(organ)
    assert ask(organ, RECEIVED + timedelta(days=31))
    other = an_organ("b")
    replied(other)
    assert ask(other, text="集体土地征收公告及补偿安置方案")


# -- what the requester is shown -------------------------------------------------------------


@pytest.mark.django_db
def test_the_public_status_tells_steps_but_no_names():
    case = consulting(an_organ())
    do(
        actions.record_opinion,
        case,
        RECEIVED,
        consultation=4,
        opinion=Opinion.REFUSES,
        note="涉及商业秘密",
    )
    case.refresh_from_db()
    told = public_status(case)
    assert (told.state, told.due_on, told.answered_on, told.outcome) == (
        "办理中",
        date(2026, 3, 30),
        None,
        "",
    )
    assert [step.words for step in told.steps] == [
        "提交申请",
        "确认收到申请，答复期限自次日起算",
        "征求第三方意见，所需时间不计入答复期限",
        "征求意见结束",
    ]
    for secret in ("甲公司", "商业秘密", "万里", "经办人", "政务公开股", "不同意"):
        assert secret not in str(told)


@pytest.mark.django_db
def test_a_letter_is_shown_when_it_was_served_not_before():
    case = issued(an_organ())
    assert (public_status(case).letters, public_status(case).state) == ((), "办理中")
    done = do(actions.serve, case, RECEIVED, how=ServiceWay.ONLINE)
    told = public_status(done)
    assert (told.state, told.outcome, told.answered_on) == ("已答复", "予以公开", RECEIVED)
    issue = done.acts.get(kind="ISSUE")
    assert told.letters == tuple(issue.data["letter_ids"])


# -- alike, read -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_requests_that_ask_much_the_same_are_found():
    organ = an_organ()
    case = ask(organ, text="靖安县2020年集体土地征收公告及补偿安置方案")
    near = ask(organ, text="靖安县2021年集体土地征收公告和补偿安置方案")
    ask(organ, text="教师招聘考试成绩")
    ask(an_organ("b"), text="靖安县2020年集体土地征收公告及补偿安置方案")
    assert similar_requests(case) == [near]


@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    share = likeness(pairs(one), pairs(other))
    assert 0 <= share <= 1
    assert share == likeness(pairs(other), pairs(one))
    assert likeness(pairs(one), pairs(one)) == 1
    assert plain(plain(one)) == plain(one) or "：" in one


@pytest.mark.django_db
def test_a_reading_is_noted_once_a_person_and_day():
    case = registered(an_organ())
    events = LoggedEvent.objects.count()
    for hour in (9, 10):
        actions.note_reading(case, by=ME, at=moment(RECEIVED, hour))
    actions.note_reading(case, by=ME, at=moment(RECEIVED + timedelta(days=1)))
    assert Reading.objects.count() == 2
    assert LoggedEvent.objects.count() == events
    assert processing(an_organ("b")).unit == "政务公开股"


@pytest.mark.django_db
def test_a_form_that_was_changed_is_another_request_and_tells_no_code_of_the_first():
    organ, other = an_organ(), an_organ("other")
    first = ask(organ, key="form-1")
    changed = (ask(organ, key="form-1", text="另一件事"), ask(other, key="form-1"))
    assert len({first.pk, *(each.pk for each in changed)}) == 3
    assert first.query_code not in {each.query_code for each in changed}
