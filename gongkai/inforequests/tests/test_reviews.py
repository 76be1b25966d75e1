"""Withheld items come back on their day (Art. 18); what many ask for is put up (Art. 44)."""

from datetime import date, timedelta

import pytest

from gongkai.audit.models import Event as Logged
from gongkai.inforequests import actions, queries
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.models import IntakeChannel, SuggestionState, WithheldReview
from gongkai.inforequests.rules.withheld import months_later, review_on
from gongkai.inforequests.tasks import tell_what_to_review
from gongkai.inforequests.tests.factories import ME, RECEIVED, an_organ, moment, replied
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind

pytestmark = pytest.mark.django_db
YEAR_LATER = date(2027, 3, 2)


@pytest.mark.parametrize(
    ("ground", "day"),
    [
        (Ground.INTERNAL_AFFAIRS, YEAR_LATER),
        (Ground.PARTIAL, YEAR_LATER),
        (Ground.GRANTED, None),
        (Ground.NOT_HELD, None),
    ],
)
def test_what_is_withheld_is_looked_at_again_a_year_later(ground, day):
    assert review_on(ground, RECEIVED, 12) == day
    assert replied(an_organ(), ground=ground).items.get().review_on == day


def test_a_month_without_the_day_gives_its_last():
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 15), 1) == date(2027, 1, 15)


def test_a_withheld_item_is_due_on_its_day_and_for_its_organ_alone():
    organ, other = an_organ(), an_organ("czj")
    case = replied(organ, ground=Ground.DELIBERATIVE)
    assert not queries.withheld_due([organ.pk], YEAR_LATER - timedelta(days=1))
    assert [each.info_request for each in queries.withheld_due([organ.pk], YEAR_LATER)] == [case]
    assert not queries.withheld_due([other.pk], YEAR_LATER)
    (notice,) = tell_what_to_review(moment(YEAR_LATER))
    assert "1 项" in notice.text


def review(item, **told):
    values = {"still": True, "why": "仍在审议", "on": YEAR_LATER, "by": ME} | told
    return actions.review_withheld(item, at=moment(YEAR_LATER, 15), **values)


def test_what_stays_withheld_comes_back_a_year_later_or_on_the_day_told():
    item = replied(an_organ(), ground=Ground.DELIBERATIVE).items.get()
    assert review(item).next_on == date(2028, 3, 2)
    item.refresh_from_db()
    assert item.review_on == date(2028, 3, 2)
    assert review(item, next_on=date(2027, 9, 1)).next_on == date(2027, 9, 1)
    assert [each.still for each in queries.reviews_of(item.info_request)] == [True, True]


def test_what_may_be_given_is_not_asked_about_again():
    organ = an_organ()
    item = replied(organ, ground=Ground.DELIBERATIVE).items.get()
    review(item, still=False, why="文件已经公布")
    item.refresh_from_db()
    assert item.review_on is None
    assert not queries.withheld_due([organ.pk], date(2040, 1, 1))
    logged = Logged.objects.latest("pk")
    assert (logged.verb, logged.after["still_withheld"]) == ("inforequests.review_withheld", False)
    with pytest.raises(Refused, match="第十八条"):
        review(item)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"why": " "}, "why"),
        ({"on": YEAR_LATER + timedelta(days=1)}, "on"),
        ({"next_on": YEAR_LATER}, "next_on"),
        ({"still": False, "next_on": date(2028, 1, 1)}, "next_on"),
    ],
)
def test_a_review_told_wrongly_changes_nothing(told, field):
    item = replied(an_organ(), ground=Ground.DELIBERATIVE).items.get()
    with pytest.raises(BadAct) as refused:
        review(item, **told)
    assert refused.value.field == field
    item.refresh_from_db()
    assert (item.review_on, WithheldReview.objects.count()) == (YEAR_LATER, 0)


def asked(organ, description, name, number="", on=RECEIVED):
    return actions.submit(
        organ,
        told=actions.NewRequest(
            IntakeChannel.IN_PERSON, RequesterKind.NATURAL_PERSON, description, again=True
        ),
        requester=actions.RequesterDetails(
            name, "其他证件" if number else "", number, phone="13800000000"
        ),
        submitted_at=moment(on, 9),
        by=ME,
        at=moment(on, 9),
    )


SINCE = date(2025, 1, 1)


def test_alike_requests_are_grouped_by_different_requesters():
    organ = an_organ()
    one = asked(organ, "双溪镇集体土地征收公告及补偿安置方案", "张三")
    two = asked(organ, "双溪镇集体土地征收补偿安置方案和公告", "李四")
    asked(organ, "县城小学学区划分方案", "王五")
    again = asked(organ, "双溪镇集体土地征收公告及补偿安置方案！", "张三")
    (group,) = queries.alike_groups([organ.pk], since=SINCE)
    assert (group.requesters, set(group.requests)) == (2, {one, two, again})
    assert group.suggestion is None


def test_one_requester_many_times_is_no_group_and_counts_by_number_not_name():
    organ = an_organ()
    for day in range(3):
        asked(organ, "集体土地征收公告", "张三", "A1", RECEIVED + timedelta(days=day))
    assert queries.alike_groups([organ.pk], since=SINCE) == []
    asked(organ, "集体土地征收公告", "张三", "A2")  # a namesake
    assert queries.alike_groups([organ.pk], since=SINCE)[0].requesters == 2


def test_organs_are_kept_apart_unless_the_county_is_asked_for():
    county = an_organ("jax", kind="COUNTY_GOVERNMENT")
    organs = [an_organ("zrzyj", county=county), an_organ("zjj", county=county)]
    cases = [asked(organ, "集体土地征收公告", f"张{organ.code}") for organ in organs]
    ids = [organ.pk for organ in organs]
    assert queries.alike_groups(ids, since=SINCE) == []
    (group,) = queries.alike_groups(ids, since=SINCE, whole_county=True)
    assert sorted(group.organs) == ["zjj", "zrzyj"]
    made = actions.suggest_disclosure(cases, why="多人申请", by=ME, at=moment(RECEIVED, 15))
    assert made.organ == county


def suggestion(organ, **told):
    cases = [asked(organ, "集体土地征收公告", name) for name in ("张三", "李四")]
    return actions.suggest_disclosure(
        cases, why="两人以上申请同一信息", by=ME, at=moment(RECEIVED, 15), **told
    )


def test_what_many_ask_for_is_put_up_and_decided():
    organ = an_organ()
    made = suggestion(organ)
    assert (made.state, made.requesters, made.requests.count()) == ("OFFERED", 2, 2)
    (group,) = queries.alike_groups([organ.pk], since=SINCE)
    assert group.suggestion == made
    decided = actions.decide_suggestion(
        made,
        accepted=True,
        why="属于主动公开范围",
        catalogue_entry="征地信息",
        by=ME,
        at=moment(RECEIVED, 16),
    )
    assert (decided.state, decided.catalogue_entry) == (SuggestionState.ACCEPTED, "征地信息")
    with pytest.raises(Refused, match="不能再次决定"):
        actions.decide_suggestion(made, accepted=False, why="再议", by=ME, at=moment(RECEIVED, 17))
    assert list(queries.open_suggestions([organ.pk])) == [decided]


def test_a_suggestion_needs_two_requesters_a_reason_and_stands_once():
    organ = an_organ()
    cases = [asked(organ, "集体土地征收公告", "张三") for _ in range(2)]
    at = moment(RECEIVED, 15)
    with pytest.raises(BadAct, match="两个以上申请人"):
        actions.suggest_disclosure(cases, why="多人", by=ME, at=at)
    cases.append(asked(organ, "集体土地征收公告", "李四"))
    with pytest.raises(BadAct, match="理由"):
        actions.suggest_disclosure(cases, why="", by=ME, at=at)
    actions.suggest_disclosure(cases, why="多人", by=ME, at=at)
    with pytest.raises(Refused, match="不能重复"):
        actions.suggest_disclosure(cases, why="多人", by=ME, at=at)
    strangers = [asked(an_organ("a1"), "公告", "张三"), asked(an_organ("a2"), "公告", "李四")]
    with pytest.raises(BadAct, match="不同县"):
        actions.suggest_disclosure(strangers, why="多人", by=ME, at=at)
