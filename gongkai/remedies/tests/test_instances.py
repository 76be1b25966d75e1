"""Second instance, performance, opinions, striking: and what table four counts of each."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.files.models import StoredFile
from gongkai.inforequests.tests.factories import ME, an_official, an_organ, moment
from gongkai.orgs.models import Role
from gongkai.remedies import actions
from gongkai.remedies.lifecycle import BadCase, Ending, Procedure, Refused, Result, Side, State
from gongkai.remedies.models import CasePaper, Evidence, Party, PartyRole
from gongkai.remedies.queries import dates_of, duty_of, to_reseal
from gongkai.remedies.statistics import facts_by_organ, records_behind
from gongkai.remedies.tests.factories import FILED_ON, accepted, appealed, decided, do, filed, sued
from gongkai.tables.facts import Measure, Period

pytestmark = pytest.mark.django_db
LATER = date(2026, 6, 1)


@pytest.fixture
def organ():
    return an_organ()


@pytest.fixture(autouse=True)
def _june(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: moment(LATER, 10))


def figures(organ, year=2026):
    facts = facts_by_organ(Period.of_year(year), [organ.pk])[organ.pk]
    return {
        str(m.subject).rpartition(".")[2] + "." + m.aspect: int(n) for m, n in facts.items() if n
    }


def test_an_appealed_suit_is_pending_until_the_second_instance(organ):
    suit = appealed(organ)
    assert (suit.state, suit.first_result, suit.result) == (State.APPEALED, "CORRECTED", "")
    assert figures(organ) == {"DIRECT.PENDING": 1}
    assert dates_of(suit).decision.due_on == date(2026, 6, 2)
    done = do(actions.decide, suit, LATER, result=Result.UPHELD, ending=Ending.REJECTED)
    assert figures(organ) == {"DIRECT.UPHELD": 1}
    with pytest.raises(Refused, match="终审"):
        do(actions.appeal, done, LATER, side=Side.ORGAN, court="省高级人民法院")
    measure = Measure("remedies.DIRECT", "UPHELD")
    behind = records_behind(measure, Period.of_year(2026), [organ.pk])
    assert [record.on for record in behind] == [LATER]


def test_only_a_suit_that_was_tried_is_appealed(organ):
    with pytest.raises(Refused, match="只有行政诉讼"):
        do(actions.appeal, decided(organ), FILED_ON, side=Side.ORGAN, court="中级人民法院")
    refused = do(actions.decide, sued(organ), FILED_ON, result=Result.OTHER)
    with pytest.raises(Refused, match="没有立案"):
        do(actions.appeal, refused, FILED_ON, side=Side.OTHERS, court="中级人民法院")


def test_terms_of_a_suit_in_both_procedures_and_of_the_appeal(organ):
    suit = do(actions.accept, sued(organ, procedure=Procedure.SIMPLE), FILED_ON)
    assert dates_of(suit).decision.due_on == date(2026, 4, 16)
    suit = do(actions.accept, sued(organ), FILED_ON)
    assert dates_of(suit).decision.due_on == date(2026, 9, 2)
    told = {"result": Result.CORRECTED, "received_on": FILED_ON, "is_ruling": True}
    lost = do(actions.decide, suit, FILED_ON, **told)
    assert dates_of(lost).appeal.due_on == date(2026, 3, 12)
    assert dates_of(filed(organ)).review.due_on == date(2026, 3, 9)


def test_a_way_of_ending_is_counted_under_its_own_result(organ):
    with pytest.raises(BadCase, match="计入“结果纠正”") as refused:
        do(actions.decide, accepted(organ), FILED_ON, result=Result.UPHELD, ending=Ending.REVOKED)
    assert refused.value.field == "ending"
    for ending in Ending:
        done = do(actions.decide, accepted(organ), FILED_ON, result=ending.result, ending=ending)
        assert done.ending == ending


def test_what_was_ordered_is_owed_until_it_is_performed(organ):
    case = do(
        actions.decide,
        accepted(organ),
        FILED_ON,
        result=Result.CORRECTED,
        received_on=FILED_ON,
        new_reply_due_on=date(2026, 4, 1),
    )
    assert (duty_of(case).words, duty_of(case).due_on) == ("履行复议决定（判决）", date(2026, 4, 1))
    case = do(actions.perform, case, date(2026, 4, 2))
    assert duty_of(case) is None
    with pytest.raises(Refused, match="不必重复"):
        do(actions.perform, case, date(2026, 4, 3))
    with pytest.raises(Refused, match="只有“结果纠正”"):
        do(actions.perform, decided(organ), FILED_ON)


def test_an_opinion_is_reported_on_in_sixty_days(organ):
    with pytest.raises(Refused, match="请先登记"):
        do(actions.report, accepted(organ), FILED_ON)
    case = do(actions.opinion, decided(organ), FILED_ON)
    assert duty_of(case).due_on == date(2026, 5, 6)
    case = do(actions.report, case, date(2026, 5, 7))
    assert duty_of(case) is None
    with pytest.raises(Refused):
        do(actions.opinion, sued(organ), FILED_ON)


def test_what_was_struck_counts_nowhere(organ):
    case = decided(organ)
    assert figures(organ) == {"RECONSIDERATION.UPHELD": 1}
    with pytest.raises(BadCase):
        actions.strike(case, reason=" ", by=ME, at=moment(LATER))
    struck = actions.strike(case, reason="重复登记", by=ME, at=moment(LATER))
    assert figures(organ) == {}
    measure = Measure("remedies.RECONSIDERATION", "UPHELD")
    assert records_behind(measure, Period.of_year(2026), [organ.pk]) == []
    assert LoggedEvent.objects.get(verb="remedies.strike").reason == "重复登记"
    with pytest.raises(Refused, match="作废"):
        actions.add_evidence(struck, name="答复书", proves="已答复", by=ME, at=moment(LATER))


def test_parties_are_sealed_and_showing_them_is_logged(organ):
    case = accepted(organ)
    party = actions.add_party(
        case,
        role=PartyRole.APPLICANT,
        name="张三丰",
        natural=True,
        contact="13800000000",
        by=ME,
        at=moment(LATER),
    )
    assert party.masked == "张**"
    assert "张三丰".encode() not in bytes(party.name_sealed)
    assert to_reseal() == 0
    assert "张三丰" not in str(list(LoggedEvent.objects.values()))
    shown = actions.show_parties(case, by=ME, at=moment(LATER))
    assert (shown[0].name, shown[0].contact) == ("张三丰", "13800000000")
    assert LoggedEvent.objects.filter(verb="remedies.show_parties").count() == 1
    with pytest.raises(Refused):
        actions.drop_party(filed(organ), party, by=ME, at=moment(LATER))


def test_papers_evidence_and_drafts_through_the_screens(client, organ):
    case = accepted(organ)
    client.force_login(an_official(organ))
    record = reverse("remedies:record", args=[case.pk])
    party = {"role": "APPLICANT", "natural": "1", "name": "李四"}
    client.post(reverse("remedies:add_party", args=[case.pk]), party)
    paper = {"kind": "REPLY", "on": "2026-03-09", "number": "靖复答〔2026〕1号"}
    wrong = client.post(
        reverse("remedies:file_paper", args=[case.pk]), {**paper, "on": "2026-06-02"}
    )
    assert wrong.status_code == 422
    client.post(reverse("remedies:file_paper", args=[case.pk]), paper)
    line = {"name": "政府信息公开申请答复书", "proves": "已依法答复", "pages": "1-2"}
    client.post(reverse("remedies:add_evidence", args=[case.pk]), line)
    page = client.get(record).content.decode()
    for text in ("李*", "靖复答〔2026〕1号", "已依法答复", "下载答复书草稿"):
        assert text in page
    assert "李四" not in page
    assert "李四" in client.post(reverse("remedies:show_parties", args=[case.pk])).content.decode()
    for what in ("reply", "evidence"):
        answer = client.get(reverse("remedies:draft", args=[case.pk, what]))
        assert answer.content[:2] == b"PK"
    assert client.get(reverse("remedies:draft", args=[case.pk, "other"])).status_code == 404
    drops = [
        reverse("remedies:drop_party", args=[case.pk, Party.objects.get().pk]),
        reverse("remedies:drop_evidence", args=[case.pk, Evidence.objects.get().pk]),
    ]
    posts = [
        *drops,
        *(
            reverse(f"remedies:{name}", args=[case.pk])
            for name in ("add_party", "file_paper", "add_evidence", "show_parties")
        ),
    ]
    client.force_login(an_official(an_organ("other"), username="other"))
    assert {client.post(url).status_code for url in posts} == {404}
    client.force_login(an_official(organ, Role.LEADER, "leader"))
    assert {client.post(url).status_code for url in posts} == {302}
    assert (Party.objects.count(), Evidence.objects.count()) == (1, 1)
    client.force_login(an_official(organ, Role.DEPARTMENT_CLERK, "clerk"))
    for url in drops:
        client.post(url)
    assert (Party.objects.count(), Evidence.objects.count()) == (0, 0)
    assert CasePaper.objects.get().file is None
    assert not StoredFile.objects.exists()


def test_an_appeal_through_the_screens(client, organ):
    suit = do(actions.accept, sued(organ), FILED_ON, copy_received_on=FILED_ON)
    client.force_login(an_official(organ))

    def step(event, **typed):
        url = reverse("remedies:step", args=[suit.pk, event])
        return client.post(url, {"on": "2026-03-20", **typed})

    wrong = step("decide", result="CORRECTED", ending="UPHELD")
    assert "不一致" in wrong.content.decode()
    step("decide", result="CORRECTED", ending="REVOKED", received_on="2026-03-20")
    page = client.get(reverse("remedies:record", args=[suit.pk])).content.decode()
    assert "上诉的期限：2026年4月7日" in page
    step("appeal", side="ORGAN", court="宜春市中级人民法院", on="2026-03-25")
    suit.refresh_from_db()
    assert suit.state == State.APPEALED
    step("decide", result="UPHELD", on="2026-05-20")
    step("strike", reason="录错")
    suit.refresh_from_db()
    assert suit.state == State.STRUCK
