"""A request taken up again by the decision that corrects its reply (Art. 51): both or neither."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.audit.queries import verify
from gongkai.inforequests import actions as inforequests
from gongkai.inforequests.models import InfoRequest, State
from gongkai.inforequests.statistics import facts_by_organ as facts_of_table_three
from gongkai.inforequests.tests.factories import an_official, an_organ, moment, replied
from gongkai.remedies import actions
from gongkai.remedies.lifecycle import BadCase, Result, Route
from gongkai.remedies.queries import reopened_on, waits_for_reopening
from gongkai.remedies.statistics import facts_by_organ as facts_of_table_four
from gongkai.remedies.tests.factories import do
from gongkai.statute.grounds import Ground
from gongkai.tables.facts import Period

pytestmark = pytest.mark.django_db
ANSWERED, FILED, DECIDED = date(2026, 3, 2), date(2026, 3, 9), date(2026, 4, 10)
YEAR = Period.of_year(2026)


def withheld(organ):
    return replied(organ, ANSWERED, ground=Ground.DELIBERATIVE)


def contested(organ, info_request=None, number="靖府复〔2026〕3号"):
    """Return an accepted and answered reconsideration over a request."""
    behind = info_request.typed_id if info_request else ""
    contest = actions.Contest("不服不予公开答复", number, behind)
    remedy = do(
        actions.file_reconsideration, organ, FILED, contest=contest, authority="靖安县人民政府"
    )
    remedy = do(actions.accept, remedy, FILED, copy_received_on=FILED)
    return do(actions.answer, remedy, FILED)


def corrected(remedy, **told):
    return do(actions.decide, remedy, DECIDED, result=Result.CORRECTED, **told)


def figures(organ):
    ids = [organ.pk]
    return facts_of_table_three(YEAR, ids), facts_of_table_four(YEAR, ids)


def test_withheld_reconsidered_corrected_and_taken_up_again():
    organ = an_organ()
    info_request = withheld(organ)
    remedy = contested(organ, info_request)
    table_three = figures(organ)[0]
    remedy = corrected(remedy, reopen=True)
    info_request.refresh_from_db()
    assert (info_request.state, info_request.pending) == (State.PROCESSING, True)
    assert info_request.due_on == date(2026, 5, 12)
    assert (info_request.concluded_on, info_request.ground) == (ANSWERED, "DELIBERATIVE")
    assert figures(organ)[0] == table_three
    assert (reopened_on(remedy), waits_for_reopening(remedy)) == (DECIDED, False)
    act = info_request.acts.latest("sequence")
    assert (act.data["decision"], act.data["authority"]) == (
        "靖府复〔2026〕3号",
        "靖安县人民政府",
    )
    verbs = LoggedEvent.objects.order_by("-pk").values_list("verb", "chain")[:2]
    assert set(verbs) == {("remedies.decide", organ.code), ("inforequests.reopen", organ.code)}
    assert not list(verify().faults)


def test_table_four_is_the_same_whether_or_not_the_request_is_taken_up_again():
    told = []
    for code, reopen in (("a", True), ("b", False)):
        organ = an_organ(code)
        corrected(contested(organ, withheld(organ)), reopen=reopen)
        told.append(figures(organ)[1][organ.pk])
    assert told[0] == told[1]
    assert sum(told[0].values()) == 1


def test_the_decision_may_set_its_own_term_and_count_from_its_receipt():
    organ = an_organ()
    info_request = withheld(organ)
    corrected(
        contested(organ, info_request),
        reopen=True,
        received_on=DECIDED,
        new_reply_due_on=date(2026, 4, 24),
    )
    info_request.refresh_from_db()
    assert info_request.due_on == date(2026, 4, 24)


def test_a_judgment_reopens_too():
    organ = an_organ()
    info_request = replied(organ, ANSWERED, ground=Ground.NOT_HELD)
    contest = actions.Contest("不服信息不存在答复", "（2026）赣0925行初1号", info_request.typed_id)
    suit = do(
        actions.file_suit,
        organ,
        FILED,
        contest=contest,
        court="靖安县人民法院",
        route=Route.DIRECT,
    )
    suit = do(actions.accept, suit, FILED)
    corrected(suit, reopen=True)
    info_request.refresh_from_db()
    assert info_request.state == State.PROCESSING
    assert info_request.acts.latest("sequence").data["authority"] == "靖安县人民法院"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"result": Result.UPHELD}, "reopen"),
        ({"result": Result.OTHER}, "reopen"),
        ({"received_on": date(2026, 4, 9)}, "received_on"),
        ({"received_on": date(2026, 4, 11)}, "received_on"),
        ({"new_reply_due_on": DECIDED}, "due_on"),
    ],
)
def test_what_cannot_be_leaves_both_as_they_were(told, field):
    organ = an_organ()
    info_request = withheld(organ)
    remedy = contested(organ, info_request)
    before = LoggedEvent.objects.count()
    values = {"result": Result.CORRECTED, "reopen": True} | told
    with pytest.raises((BadCase, inforequests.BadAct)) as caught:
        do(actions.decide, remedy, DECIDED, **values)
    assert caught.value.field == field
    remedy.refresh_from_db()
    info_request.refresh_from_db()
    assert (remedy.state, remedy.result, info_request.state) == ("ANSWERED", "", State.REPLIED)
    assert LoggedEvent.objects.count() == before


def test_without_a_request_there_is_nothing_to_take_up():
    with pytest.raises(BadCase, match="没有填写所涉申请"):
        corrected(contested(an_organ()), reopen=True)


def test_killed_in_the_middle_neither_is_changed(monkeypatch):
    organ = an_organ()
    info_request = withheld(organ)
    remedy = contested(organ, info_request)
    before = LoggedEvent.objects.count()

    def boom(*_, **__):
        raise RuntimeError("killed in the middle")

    monkeypatch.setattr(inforequests, "reopen", boom)
    with pytest.raises(RuntimeError):
        corrected(remedy, reopen=True)
    remedy.refresh_from_db()
    assert (remedy.state, remedy.result) == ("ANSWERED", "")
    assert LoggedEvent.objects.count() == before


def test_two_decisions_over_one_request_reopen_it_once():
    organ = an_organ()
    info_request = withheld(organ)
    first, second = contested(organ, info_request), contested(organ, info_request, "其他")
    corrected(first, reopen=True)
    with pytest.raises(inforequests.RequestError):
        corrected(second, reopen=True)
    second.refresh_from_db()
    assert second.result == ""
    assert corrected(second).result == Result.CORRECTED


@pytest.fixture
def on_the_day(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment(DECIDED, 15))


def test_the_form_takes_it_up_again_by_default(client, on_the_day):
    organ = an_organ()
    client.force_login(an_official(organ))
    remedy = contested(organ, withheld(organ))
    url = reverse("remedies:step", args=[remedy.pk, "decide"])
    page = client.get(url).content.decode()
    assert 'name="reopen"' in page
    assert "checked" in page
    typed = {"on": "2026-04-10", "result": "CORRECTED", "reopen": "on"}
    response = client.post(url, typed | {"new_reply_due_on": "2026-04-10"})
    assert response.status_code == 422
    assert "应当晚于重新办理之日" in response.content.decode()
    client.post(url, typed)
    assert InfoRequest.objects.get().state == State.PROCESSING
    page = client.get(reverse("remedies:record", args=[remedy.pk])).content.decode()
    assert "2026年4月10日起重新办理" in page
    assert "还没有重新办理" not in page


def test_a_correction_that_is_not_taken_up_is_asked_for_until_it_is(client, on_the_day):
    organ = an_organ()
    client.force_login(an_official(organ))
    info_request = withheld(organ)
    remedy = contested(organ, info_request)
    typed = {"on": "2026-04-10", "result": "CORRECTED"}
    client.post(reverse("remedies:step", args=[remedy.pk, "decide"]), typed)
    url = reverse("remedies:record", args=[remedy.pk])
    assert "还没有重新办理" in client.get(url).content.decode()
    do(
        inforequests.reopen,
        info_request,
        DECIDED,
        decision="靖府复〔2026〕3号",
        authority="靖安县人民政府",
        why="责令重新答复",
    )
    assert "还没有重新办理" not in client.get(url).content.decode()


def test_an_upheld_reply_is_left_alone_though_the_box_is_ticked(client, on_the_day):
    organ = an_organ()
    client.force_login(an_official(organ))
    remedy = contested(organ, withheld(organ))
    typed = {"on": "2026-04-10", "result": "UPHELD", "reopen": "on"}
    client.post(reverse("remedies:step", args=[remedy.pk, "decide"]), typed)
    remedy.refresh_from_db()
    assert remedy.result == Result.UPHELD
    assert InfoRequest.objects.get().state == State.REPLIED


def test_the_form_asks_nothing_of_a_case_without_a_request(client, on_the_day):
    organ = an_organ()
    client.force_login(an_official(organ))
    remedy = contested(organ)
    url = reverse("remedies:step", args=[remedy.pk, "decide"])
    assert 'name="reopen"' not in client.get(url).content.decode()
    client.post(url, {"on": "2026-04-10", "result": "CORRECTED"})
    page = client.get(reverse("remedies:record", args=[remedy.pk])).content.decode()
    assert "还没有重新办理" not in page
