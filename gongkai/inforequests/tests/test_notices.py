"""Letters of the procedure going out: the day that counts, what the requester's term runs from."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.models import ServiceWay, State
from gongkai.inforequests.queries import acts_of, differences
from gongkai.inforequests.queries.served_letters import (
    letters_to_arrive,
    letters_to_serve,
    service_words,
)
from gongkai.inforequests.tests.factories import (
    HEAD,
    RECEIVED,
    a_profile,
    an_official,
    an_organ,
    awaiting_payment,
    awaiting_supplement,
    consulting,
    do,
    registered,
)
from gongkai.letters import actions as letters
from gongkai.letters.models import Letter
from gongkai.letters.queries import LetterRefused, letters_about
from gongkai.orgs.models import Organ, Role

pytestmark = pytest.mark.django_db
POSTED = date(2026, 3, 4)
ARRIVED = date(2026, 3, 9)
BY_POST = {"how": ServiceWay.POST, "tracking": "XA12345678936"}


@pytest.fixture(autouse=True)
def _letters_on_disk(settings, tmp_path):
    settings.GONGKAI_LETTER_DIR = tmp_path


def told_act(case, kind):
    return case.acts.get(kind=kind).sequence


def serve_l02(case, on=POSTED, **told):
    told = {"kind": "L02", "act": told_act(case, "ASK_SUPPLEMENT")} | BY_POST | told
    return do(actions.serve_letter, case, on, **told)


def with_letter(case, kind="L02"):
    a_profile(case.organ)
    return do(actions.issue_letter, case, RECEIVED, kind=kind)


def shown(case):
    acts = list(case.acts.order_by("sequence"))
    made = list(letters_about(case.typed_id))
    return letters_to_serve(acts, made), letters_to_arrive(acts, made)


def test_a_posted_notice_counts_from_posting_and_the_term_from_its_arrival():
    case = serve_l02(awaiting_supplement(an_organ()))
    assert case.requester_due_on == date(2026, 3, 23)  # as the notice set it: not yet arrived
    with pytest.raises(Refused, match=r"尚未登记签收.*先登记文书签收"):
        do(actions.lapse_supplement, case, date(2026, 6, 1))
    told = {"kind": "L02", "act": told_act(case, "ASK_SUPPLEMENT")}
    case = do(actions.record_arrival, case, ARRIVED, **told)
    assert case.requester_due_on == date(2026, 3, 30)  # 15 working days from the arrival
    with pytest.raises(Refused, match="2026年3月30日"):
        do(actions.lapse_supplement, case, date(2026, 3, 30))
    assert do(actions.lapse_supplement, case, date(2026, 3, 31)).state == State.LAPSED
    assert list(differences()) == []


def test_a_fee_notice_gives_its_twenty_days_from_the_arrival():
    case = awaiting_payment(an_organ())
    assert case.requester_due_on == date(2026, 3, 30)
    told = {"kind": "L09", "act": told_act(case, "CHARGE_FEE")}
    case = do(actions.serve_letter, case, ARRIVED, reached_on=ARRIVED, **told, **BY_POST)
    assert case.requester_due_on == date(2026, 4, 7)
    with pytest.raises(Refused, match="缴费期限到"):
        do(actions.lapse_fee, case, date(2026, 4, 7))
    assert do(actions.lapse_fee, case, date(2026, 4, 8)).state == State.LAPSED


def test_a_notice_handed_over_has_arrived_with_it():
    case = serve_l02(awaiting_supplement(an_organ()), how=ServiceWay.IN_HAND, tracking="")
    assert shown(case)[1] == []
    assert case.requester_due_on == date(2026, 3, 25)
    with pytest.raises(Refused, match="已登记于2026年3月4日送达"):
        serve_l02(case)
    with pytest.raises(Refused, match="没有以邮寄方式送达"):
        do(actions.record_arrival, case, ARRIVED, kind="L02", act=4)


def test_post_that_came_back_goes_out_anew_and_counts_from_the_first_day():
    case = serve_l02(awaiting_supplement(an_organ()))
    case = serve_l02(case, date(2026, 3, 16), how=ServiceWay.EMAIL, tracking="")
    assert case.requester_due_on == date(2026, 4, 7)
    back = do(actions.receive_supplement, case, date(2026, 3, 17), what="东至河边")
    assert back.due_on == date(2026, 4, 15)


def test_a_late_notice_is_taken_as_it_is_and_stops_nobody():
    case = serve_l02(awaiting_supplement(an_organ()), date(2026, 3, 13))
    assert case.state == State.AWAITING_SUPPLEMENT
    back = do(actions.receive_supplement, case, date(2026, 3, 18), what="东至河边")
    do(actions.consult_third_party, back, date(2026, 3, 19), whom="甲公司")
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("told", "on", "field"),
    [
        ({"tracking": ""}, POSTED, "tracking"),
        ({}, date(2026, 3, 1), "on"),
        ({"reached_on": date(2026, 3, 3)}, POSTED, "reached_on"),
        ({"reached_on": date(2026, 3, 9)}, POSTED, "reached_on"),
        ({"act": 99}, POSTED, "letter"),
        ({"kind": "L04"}, POSTED, "letter"),
        ({"kind": "A2"}, POSTED, "kind"),
        ({"letter": str(uuid4())}, POSTED, "letter"),
        ({"letter": "'; drop"}, POSTED, "letter"),
    ],
)
def test_what_is_told_wrongly_is_refused_and_changes_nothing(told, on, field):
    case = awaiting_supplement(an_organ())
    before = case.acts.count()
    with pytest.raises(BadAct) as caught:
        serve_l02(case, on, **told)
    assert (caught.value.field, case.acts.count()) == (field, before)


def test_a_courier_does_not_serve_a_notice_either():
    with pytest.raises(Refused, match="235号"):
        serve_l02(awaiting_supplement(an_organ()), carrier_is_post=False)


def test_a_notice_did_not_go_out_after_it_was_answered():
    case = awaiting_supplement(an_organ())
    do(actions.receive_supplement, case, POSTED, what="东至河边")
    with pytest.raises(BadAct, match="晚于申请人补正"):
        serve_l02(case, date(2026, 3, 5))
    assert serve_l02(case, date(2026, 3, 3)).due_on == date(2026, 4, 1)
    assert shown(case)[1] == []  # it was answered, so it arrived


def test_the_register_tells_how_a_letter_went_and_keeps_it():
    case = awaiting_supplement(an_organ())
    letter = with_letter(case)
    (to_serve,) = [each for each in shown(case)[0] if each.letter]
    assert to_serve.letter == letter
    assert "靖测公补〔2026〕1号" in to_serve.label
    serve_l02(case, letter=str(letter.pk))
    assert case.acts.latest("sequence").data["number"] == letter.number
    do(actions.record_arrival, case, ARRIVED, kind="L02", act=to_serve.notice.number)
    words = "2026年3月4日邮寄（单号XA12345678936）；2026年3月9日签收"
    assert service_words([letter]) == {letter.pk: words}
    with pytest.raises(LetterRefused, match="已经登记送达"):
        letters.cancel(letter, reason="有误", by=HEAD, at=timezone.now())


def test_a_cancelled_letter_is_not_served():
    case = awaiting_supplement(an_organ())
    letter = with_letter(case)
    letters.cancel(letter, reason="有误", by=HEAD, at=timezone.now())
    with pytest.raises(BadAct, match="作废"):
        serve_l02(case, letter=str(letter.pk))


def test_each_of_two_letters_of_a_kind_goes_with_its_own_act():
    case = registered(an_organ())
    case = consulting(case.organ)
    a_profile(case.organ)
    first = do(actions.issue_letter, case, RECEIVED, kind="L06")
    do(actions.consult_third_party, case, POSTED, whom="乙公司")
    second = do(actions.issue_letter, case, POSTED, kind="L06")
    found = {each.whom: each.letter for each in shown(case)[0] if each.notice.code == "L06"}
    assert found == {"甲公司": first, "乙公司": second}


# -- the screens -----------------------------------------------------------------------------


@pytest.fixture
def desk(client, monkeypatch):
    now = timezone.make_aware(timezone.datetime(2026, 3, 10, 10))
    monkeypatch.setattr(timezone, "now", lambda: now)
    client.force_login(an_official(an_organ()))
    return client


def act_url(case, slug):
    return reverse("inforequests:act", args=[case.pk, slug])


def test_a_notice_is_served_on_its_form_and_shown_where_it_is_looked_for(desk):
    case = awaiting_supplement(Organ.objects.get())
    letter = with_letter(case)
    page = desk.get(reverse("inforequests:record", args=[case.pk])).content.decode()
    assert page.index("登记文书送达") < page.index("收到补正")
    value = f"L02:{told_act(case, 'ASK_SUPPLEMENT')}:{letter.pk}"
    typed = {"letter": value, "on": "2026-03-04", "how": "POST"}
    refused = desk.post(act_url(case, "serve_letter"), typed)
    assert (refused.status_code, "邮寄送达请填写" in refused.content.decode()) == (422, True)
    typed |= {"tracking": "XA12345678936", "reached_on": "2026-03-09"}
    page = desk.post(act_url(case, "serve_letter"), typed, follow=True).content.decode()
    assert "2026年3月4日邮寄（单号XA12345678936），2026年3月9日签收" in page
    assert "登记文书签收" in page.split("现在不能办理的事项")[1]
    register = desk.get(reverse("letters:index")).content.decode()
    assert "2026年3月4日邮寄" in register
    assert (
        "2026年3月4日邮寄" in desk.get(reverse("letters:record", args=[letter.pk])).content.decode()
    )
    assert desk.get(reverse("letters:export")).status_code == 200


def test_what_belongs_to_another_way_is_not_kept(desk):
    case = awaiting_supplement(Organ.objects.get())
    typed = {
        "letter": f"L02:{told_act(case, 'ASK_SUPPLEMENT')}:",
        "on": "2026-03-04",
        "how": "EMAIL",
        "tracking": "left over",
        "signed_by": "某人",
        "reached_on": "no day",
        "proof": "邮件发送记录",
    }
    desk.post(act_url(case, "serve_letter"), typed)
    data = acts_of(case)[-1].data
    assert data["how"] == "EMAIL"
    assert not {"tracking", "signed_by", "reached_on", "carrier_is_post"} & set(data)
    assert data["proof"] == "邮件发送记录"


def test_arrival_is_recorded_on_its_form(desk):
    case = serve_l02(awaiting_supplement(Organ.objects.get()))
    typed = {"letter": f"L02:{told_act(case, 'ASK_SUPPLEMENT')}:", "on": "2026-03-09"}
    desk.post(act_url(case, "record_arrival"), typed)
    case.refresh_from_db()
    assert case.requester_due_on == date(2026, 3, 30)


def test_a_reviewer_records_no_service(client):
    case = awaiting_supplement(an_organ())
    client.force_login(an_official(case.organ, Role.REVIEWER, "reviewer"))
    assert client.get(act_url(case, "serve_letter")).status_code in (302, 403)
    assert Letter.objects.count() == 0


def test_a_consultation_letter_tells_when_it_arrived():
    case = consulting(an_organ())
    a_profile(case.organ)
    letter = do(actions.issue_letter, case, POSTED, kind="L05")
    other = do(actions.issue_letter, case, POSTED, kind="L06")
    assert service_words([letter, other]) == {letter.pk: "2026年3月2日送达"}
