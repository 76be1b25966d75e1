"""Split, merged, passed on: the citizen's clock goes on, nothing is counted twice or lost."""

from datetime import date

import pytest

from gongkai.audit.models import Event as LoggedEvent
from gongkai.audit.queries import verify
from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.models import InfoRequest, IntakeChannel, State
from gongkai.inforequests.queries import (
    case_by_code,
    differences,
    public_status,
    requester_for_letters,
)
from gongkai.inforequests.statistics import facts_by_organ
from gongkai.inforequests.tests.factories import (
    ME,
    RECEIVED,
    an_organ,
    do,
    moment,
    processing,
    registered,
    replied,
    submitted,
)
from gongkai.orgs.models import OrganKind
from gongkai.outbox.actions import run_due
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.facts import Period, requests_measure

pytestmark = pytest.mark.django_db
LATER = date(2026, 3, 9)


def received_in_2026(*organs) -> int:
    facts = facts_by_organ(Period.of_year(2026), [organ.pk for organ in organs])
    measure = requests_measure("received", RequesterKind.NATURAL_PERSON)
    return int(sum(facts[organ.pk][measure] for organ in organs))


# -- transfer --------------------------------------------------------------------------------


def test_a_transfer_keeps_who_asked_what_and_since_when():
    wrong, right = an_organ("wrong"), an_organ("right")
    old = registered(wrong, items=("征收公告", "补偿方案"))
    code = old.query_code_digest
    new = do(actions.transfer, old, LATER, to=right, reason="由该局制作")
    old.refresh_from_db()
    assert (old.state, old.counted, old.pending, old.concluded_on) == (
        State.TRANSFERRED,
        False,
        False,
        LATER,
    )
    assert (new.organ, new.number, new.transferred_from) == (right, "360925002-2026-0001", old)
    assert (new.state, new.received_on, new.due_on) == (
        State.REGISTERED,
        RECEIVED,
        date(2026, 3, 30),
    )
    assert (new.channel, new.submitted_at) == (old.channel, old.submitted_at)
    assert list(new.items.values_list("text", flat=True)) == ["征收公告", "补偿方案"]
    assert requester_for_letters(new) == requester_for_letters(old)
    assert new.query_code_digest == code
    assert public_status(old).goes_on_as == (new.number,)
    assert received_in_2026(wrong, right) == 1
    assert list(differences()) == []
    with pytest.raises(Refused, match="已移送其他机关"):
        do(actions.assign, old, LATER, unit="政务公开股")


def test_what_was_not_received_yet_is_confirmed_where_it_went():
    new = do(
        actions.transfer, submitted(an_organ("a")), RECEIVED, to=an_organ("b"), reason="选错机关"
    )
    assert (new.state, new.received_on) == (State.SUBMITTED, None)
    done = actions.register(new, confirmed_on=LATER, by=ME, at=moment(LATER))
    assert done.received_on == LATER


def test_each_chain_tells_its_half_of_a_transfer_once():
    wrong, right = an_organ("wrong"), an_organ("right")
    new = do(actions.transfer, registered(wrong), LATER, to=right, reason="由该局制作")
    assert LoggedEvent.objects.filter(chain="wrong").latest("sequence").verb == (
        "inforequests.transfer"
    )
    assert not LoggedEvent.objects.filter(chain="right").exists()
    run_due(at=moment(LATER, 18))
    actions.take_over(new, by=ME, at=moment(LATER, 19))  # safe to repeat
    (told,) = LoggedEvent.objects.filter(chain="right")
    assert (told.verb, told.target, told.account) == (
        "inforequests.take_over",
        new.typed_id,
        ME.account,
    )
    assert verify(["wrong", "right"]).faults == []


@pytest.mark.parametrize("gone", [False, True])
def test_a_transfer_needs_another_organ_of_the_day(gone):
    organ = an_organ("a")
    to = an_organ("b", valid_to=LATER) if gone else organ
    with pytest.raises(BadAct, match="不是行政机关" if gone else "不能移送给本机关") as caught:
        do(actions.transfer, registered(organ), LATER, to=to, reason="选错机关")
    assert caught.value.field == "to"
    assert InfoRequest.objects.count() == 1


def test_a_case_is_not_passed_to_an_organ_of_another_county():
    county, neighbour = (
        an_organ(code, kind=OrganKind.COUNTY_GOVERNMENT) for code in ("jingan", "anyi")
    )
    organ, foreign = an_organ("a", county=county), an_organ("b", county=neighbour)
    for to in (neighbour, foreign):
        with pytest.raises(BadAct, match=r"不是本县机关.*第三十六条第五项") as caught:
            do(actions.transfer, registered(organ), LATER, to=to, reason="由该县制作")
        assert caught.value.field == "to"
    assert InfoRequest.objects.count() == 2
    passed = do(actions.transfer, registered(organ), LATER, to=county, reason="县政府制作")
    assert passed.organ == county


def test_a_refused_transfer_takes_no_number():
    one, other = an_organ("a"), an_organ("b")
    case = processing(one)
    with pytest.raises(Refused, match="第十条"):
        do(actions.transfer, case, LATER, to=other, reason="选错机关")
    assert registered(other).number.endswith("-0001")


# -- merge and split -------------------------------------------------------------------------


def test_a_repeat_goes_on_in_the_first_and_is_counted_once():
    organ = an_organ()
    first, again = registered(organ), registered(organ)
    merged = do(actions.merge, again, RECEIVED, into=first, reason="重复提交")
    assert (merged.state, merged.counted, merged.merged_into) == (State.MERGED, False, first)
    assert public_status(merged).goes_on_as == (first.number,)
    assert received_in_2026(organ) == 1
    assert list(differences()) == []


def test_only_requests_of_one_requester_to_one_organ_merge():
    organ, other = an_organ("a"), an_organ("b")
    case = registered(organ)
    stranger = actions.submit(
        organ,
        told=actions.NewRequest(IntakeChannel.IN_PERSON, RequesterKind.NATURAL_PERSON, "图"),
        requester=actions.RequesterDetails("万里", phone="13900000000"),
        submitted_at=moment(RECEIVED, 9),
        by=ME,
        at=moment(RECEIVED, 9),
    )
    stranger = actions.register(stranger, by=ME, at=moment(RECEIVED))
    for into, words in (
        (case, "不能并入自身"),
        (registered(other), "同一机关"),
        (stranger, "同一申请人"),
        (submitted(organ), "尚未办结"),
        (replied(organ), "尚未办结"),
    ):
        with pytest.raises(BadAct, match=words) as caught:
            do(actions.merge, case, RECEIVED, into=into, reason="重复提交")
        assert caught.value.field == "into"


def test_parts_keep_the_requesters_code():
    whole = submitted(an_organ(), items=("征收公告", "补偿方案"))
    code = whole.query_code
    actions.register(whole, confirmed_on=RECEIVED, by=ME, at=moment(RECEIVED))
    parts = do(actions.split, whole, RECEIVED, descriptions=["征收公告", "补偿方案"])
    assert [case_by_code(part.number, code) for part in parts] == parts
    whole.refresh_from_db()
    assert public_status(whole).goes_on_as == tuple(part.number for part in parts)
