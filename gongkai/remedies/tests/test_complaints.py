"""Complaints and reports (Art. 47, 51): their table, clocks, seals, and who may see them."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests.tests.factories import ME, an_official, an_organ, moment
from gongkai.orgs.models import OrganKind, Role
from gongkai.remedies import actions, queries
from gongkai.remedies.lifecycle import (
    BadCase,
    Channel,
    ComplaintEvent,
    ComplaintKind,
    ComplaintState,
    Ground,
    Measure,
    Refused,
    RemedyError,
    Verdict,
    open_complaint_events,
)
from gongkai.remedies.lifecycle.complaints import COMPLAINT_TRANSITIONS
from gongkai.remedies.models import Complaint

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
NOW = moment(date(2026, 6, 1))
_S, _E = ComplaintState, ComplaintEvent


@pytest.fixture(autouse=True)
def _june(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def county():
    return an_organ("county", kind=OrganKind.COUNTY_GOVERNMENT)


@pytest.fixture
def office(county):
    return an_organ("office", kind=OrganKind.OFFICE, county=county)


@pytest.fixture
def bureau(county):
    return an_organ("bureau", county=county)


def told(about, **fields):
    values = {
        "about": about,
        "kind": ComplaintKind.COMPLAINT,
        "ground": Ground.NOT_ANSWERED,
        "channel": Channel.LETTER,
        "subject": "申请逾期未答复",
        "content": "2026年1月申请公开，至今没有答复",
        "complainant": "王小明",
        "contact": "13900000000",
        **fields,
    }
    return actions.Told(**values)


def received(office, bureau, **fields):
    return actions.receive_complaint(office, told=told(bureau, **fields), on=ON, by=ME, at=NOW)


STEPS = {
    _E.ACCEPT: (actions.accept_complaint, {}),
    _E.DECLINE: (actions.decline_complaint, {"reason": "不属于本机关职责"}),
    _E.FORWARD: (actions.forward_complaint, {"to": "市政府办公室"}),
    _E.ASK: (actions.ask_complaint, {"explain_by": date(2026, 3, 10)}),
    _E.EXPLAIN: (actions.explain_complaint, {}),
    _E.EXTEND: (actions.extend_complaint, {"days": 30}),
    _E.FIND: (
        actions.find_on_complaint,
        {
            "verdict": Verdict.TRUE,
            "measure": Measure.CIRCULATE,
            "finding": "逾期12日",
            "rectify_by": date(2026, 4, 1),
        },
    ),
    _E.ANSWER: (actions.answer_complaint, {"answer": "情况属实，已督促答复"}),
    _E.RECTIFY: (actions.rectify_complaint, {}),
    _E.REFER: (actions.refer_complaint, {"to": "县纪委监委"}),
    _E.WITHDRAW: (actions.withdraw_complaint, {}),
}


def do(row, *events):
    for event in events:
        verb, values = STEPS[event]
        row = verb(row, **values, on=ON, by=ME, at=NOW)
    return row


ROADS = {
    _S.RECEIVED: (),
    _S.ACCEPTED: (_E.ACCEPT,),
    _S.FOUND: (_E.ACCEPT, _E.FIND),
    _S.CLOSED: (_E.ACCEPT, _E.FIND, _E.ANSWER),
    _S.DECLINED: (_E.DECLINE,),
    _S.FORWARDED: (_E.FORWARD,),
    _S.WITHDRAWN: (_E.WITHDRAW,),
}


def test_every_arrow_is_taken_and_every_other_refused(office, bureau):
    for state, road in ROADS.items():
        for event in ComplaintEvent:
            row = do(received(office, bureau), *road)
            assert row.state == state
            if event is _E.EXPLAIN and state is _S.ACCEPTED:
                row = do(row, _E.ASK)
            if event in open_complaint_events(state):
                assert do(row, event).state == COMPLAINT_TRANSITIONS[state, event].target
            else:
                with pytest.raises(Refused):
                    do(row, event)


def test_it_is_due_by_the_terms_of_petitions(office, bureau):
    row = received(office, bureau)
    assert row.due_on == date(2026, 3, 17)
    assert row.number == "TS-office-2026-001"
    assert received(office, bureau).number == "TS-office-2026-002"
    row = do(row, _E.ACCEPT)
    assert row.due_on == date(2026, 5, 6)
    row = do(row, _E.EXTEND)
    assert row.due_on == date(2026, 6, 1)
    with pytest.raises(Refused, match="只能延长一次"):
        do(row, _E.EXTEND)
    late = queries.complaints([office.pk], today=date(2026, 6, 2), state="LATE")
    assert {each.pk for each in late} >= {row.pk}


def test_who_complains_is_sealed_and_reading_is_logged(office, bureau):
    row = do(received(office, bureau), _E.ACCEPT, _E.FIND)
    assert row.masked == "王**"
    everything = str(list(LoggedEvent.objects.values())) + str(Complaint.objects.values().first())
    for word in ("王小明", "13900000000", "逾期12日", "至今没有答复"):
        assert word not in everything
    shown = actions.show_complaint(row, by=ME, at=NOW)
    assert (shown.complainant, shown.finding) == ("王小明", "逾期12日")
    assert LoggedEvent.objects.filter(verb="remedies.show_complaint").count() == 1
    Complaint.objects.update(key_id="old/key")
    assert queries.to_reseal() == 1
    assert (actions.reseal(10, at=NOW), actions.reseal(10, at=NOW)) == (1, 0)
    assert actions.show_complaint(Complaint.objects.get(), by=ME, at=NOW) == shown


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"complainant": " "}, "complainant"),
        ({"subject": ""}, "subject"),
        ({"content": " "}, "content"),
        ({"info_request": "inforequests:nothing"}, "info_request"),
    ],
)
def test_a_complaint_told_wrongly_is_refused(office, bureau, fields, field):
    with pytest.raises(BadCase) as refused:
        received(office, bureau, **fields)
    assert refused.value.field == field
    assert not Complaint.objects.exists()


def test_nobody_judges_a_complaint_of_themselves(office):
    with pytest.raises(BadCase, match="自己受理"):
        received(office, office)


@pytest.mark.parametrize(
    "values",
    [
        {"verdict": Verdict.UNFOUNDED},
        {"rectify_by": None},
        {"measure": Measure.NONE},
        {"finding": " "},
        {"rectify_by": date(2026, 3, 1)},
    ],
)
def test_findings_must_fit_together(office, bureau, values):
    row = do(received(office, bureau), _E.ACCEPT)
    verb, usual = STEPS[_E.FIND]
    with pytest.raises(RemedyError):
        verb(row, **(usual | values), on=ON, by=ME, at=NOW)


def test_an_anonymous_report_is_closed_without_an_answer(office, bureau):
    row = received(office, bureau, kind=ComplaintKind.REPORT, complainant="")
    row = do(row, _E.ACCEPT, _E.FIND)
    row = actions.answer_complaint(row, answer="", on=ON, by=ME, at=NOW)
    assert row.state == _S.CLOSED
    row = do(row, _E.RECTIFY, _E.REFER)
    assert (row.rectified_on, row.referred_to) == (ON, "县纪委监委")
    with pytest.raises(Refused, match="不必重复"):
        do(row, _E.REFER)


TYPED = {
    "kind": "COMPLAINT",
    "ground": "NOT_ANSWERED",
    "channel": "LETTER",
    "on": "2026-05-20",
    "subject": "逾期未答复",
    "content": "至今没有答复",
    "complainant": "王小明",
}


def test_a_complaint_runs_through_the_screens_and_is_hidden_from_whom_it_is_about(
    client, office, bureau
):
    client.force_login(an_official(office, Role.OGI_OFFICE, "officer"))
    add = reverse("remedies:add_complaint")
    wrong = client.post(add, {**TYPED, "organ": office.pk, "about": bureau.pk, "complainant": ""})
    assert wrong.status_code == 422
    assert "请登记为举报" in wrong.content.decode()
    assert "至今没有答复" in wrong.content.decode()
    client.post(add, {**TYPED, "organ": office.pk, "about": bureau.pk})
    row = Complaint.objects.get()
    url = reverse("remedies:complaint", args=[row.pk])
    page = client.get(url).content.decode()
    assert "告知是否受理的期限：2026年6月4日" in page
    assert "至今没有答复" not in page
    assert "至今没有答复" in client.post(url).content.decode()

    def step(event, **typed):
        address = reverse("remedies:complaint_step", args=[row.pk, event])
        client.get(address, follow=True)
        return client.post(address, {"on": "2026-06-01", **typed})

    step("accept")
    step("ask", explain_by="2026-06-05")
    step("explain")
    bad = step("find", verdict="TRUE", measure="RECTIFY", finding="属实")
    assert "请填写整改期限" in bad.content.decode()
    step("find", verdict="TRUE", measure="RECTIFY", finding="属实", rectify_by="2026-06-20")
    step("answer", answer="已督促")
    row.refresh_from_db()
    assert row.state == _S.CLOSED
    listed = client.get(reverse("remedies:complaints"), {"state": "TO_RECTIFY"}).content.decode()
    assert row.number in listed
    doors = [url, reverse("remedies:complaint_step", args=[row.pk, "rectify"])]
    client.force_login(an_official(bureau, Role.DEPARTMENT_CLERK, "clerk"))
    assert {client.get(door).status_code for door in doors} <= {302, 404}
    assert client.post(doors[1], {"on": "2026-06-01"}).status_code in (302, 404)
    assert client.get(reverse("remedies:complaints")).status_code == 302
    assert client.get(add).status_code == 302
    client.force_login(an_official(office, Role.LEADER, "leader"))
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302, "who only looks is not shown the words"
    assert client.post(doors[1]).status_code == 302
    step("explode")
