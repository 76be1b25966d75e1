"""Correction of own records (Art. 41): the table, the term by analogy, letters, seals, erasure."""

from dataclasses import replace
from datetime import date

import pytest
from django.apps import apps as live_apps
from django.core import serializers

from gongkai.audit.models import Event as Logged
from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests import actions, queries
from gongkai.inforequests.actions import Decision, NewCorrection, RequesterDetails
from gongkai.inforequests.lifecycle.channels import IntakeChannel, ServiceWay
from gongkai.inforequests.lifecycle.corrections import (
    CORRECTION_TRANSITIONS,
    CorrectionEvent,
    CorrectionState,
    RecordOwner,
    correction_refusal,
)
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.retention import Retention
from gongkai.inforequests.models import CorrectionRequest, CorrectionRequester
from gongkai.inforequests.tasks import erase, erase_what_is_due
from gongkai.inforequests.tests.factories import ME, RECEIVED, a_profile, an_organ, moment
from gongkai.letters.models import Letter
from gongkai.outbox.models import Job
from gongkai.statute.requesters import RequesterKind

pytestmark = pytest.mark.django_db
E, S = CorrectionEvent, CorrectionState
WHO = RequesterDetails("欧阳璪玥", "居民身份证", "11010519491231002X", phone="13812345678")
TOLD = NewCorrection(
    IntakeChannel.IN_PERSON,
    RequesterKind.NATURAL_PERSON,
    RecordOwner.SELF,
    "最低生活保障审批表",
    wrong="家庭人口登记为两人，漏登璪玥之子",
    right="三人",
    evidence="户口簿",
)
WHEN = {"on": RECEIVED, "by": ME, "at": moment(RECEIVED, 17)}


def submitted(organ, **change):
    return actions.submit_correction(
        organ, told=replace(TOLD, **change), requester=WHO, submitted_at=moment(RECEIVED, 9),
        by=ME, at=moment(RECEIVED, 9),
    )  # fmt: skip


def registered(organ):
    return actions.register_correction(submitted(organ), **WHEN)


def checking(organ):
    return actions.check_correction(registered(organ), unit="社会救助股", **WHEN)


def decided(organ, event=E.CORRECT, with_letter=False, to=""):
    decision = Decision(event, "经核对户口簿，情况属实", to)
    return actions.decide_correction(
        checking(organ), decision=decision, with_letter=with_letter, **WHEN
    )


def served(organ):
    return actions.serve_correction(decided(organ), how=ServiceWay.IN_HAND, **WHEN)


def closed(organ, retention=Retention.TEN_YEARS):
    return actions.close_correction(served(organ), retention=retention, **WHEN)


VERBS = {
    E.REGISTER: lambda each: actions.register_correction(each, **WHEN),
    E.CHECK: lambda each: actions.check_correction(each, unit="股", **WHEN),
    **{
        event: lambda each, event=event: actions.decide_correction(
            each, decision=Decision(event, "情况", "县民政局"), with_letter=False, **WHEN
        )
        for event in (E.CORRECT, E.REFUSE, E.PASS_ON, E.TELL_WHERE)
    },
    E.SERVE: lambda each: actions.serve_correction(each, how=ServiceWay.IN_HAND, **WHEN),
    E.WITHDRAW: lambda each: actions.withdraw_correction(each, **WHEN),
    E.CLOSE: lambda each: actions.close_correction(each, retention=Retention.TEN_YEARS, **WHEN),
}
IN_STATE = {
    S.SUBMITTED: submitted,
    S.REGISTERED: registered,
    S.CHECKING: checking,
    **{
        state: lambda organ, event=event: decided(organ, event, to="县民政局")
        for state, event in (
            (S.CORRECTED, E.CORRECT), (S.REFUSED, E.REFUSE), (S.PASSED_ON, E.PASS_ON),
            (S.TOLD_WHERE, E.TELL_WHERE),
        )
    },
    S.SERVED: served,
    S.WITHDRAWN: lambda organ: actions.withdraw_correction(submitted(organ), **WHEN),
    S.CLOSED: closed,
}  # fmt: skip


@pytest.mark.parametrize("state", S)
def test_every_arrow_goes_where_it_is_drawn_and_every_other_is_refused(state):
    organ = an_organ()
    for event, verb in VERBS.items():
        each = IN_STATE[state](organ)
        assert each.state == state
        arrow = CORRECTION_TRANSITIONS.get((state, event))
        before = (Logged.objects.count(), each.acts.count())
        if arrow:
            assert verb(each).state == arrow.target, (state, event)
            continue
        with pytest.raises(Refused, match="第四十一条") as refused:
            verb(each)
        assert str(refused.value) == correction_refusal(state, event)
        each.refresh_from_db()
        assert (each.state, (Logged.objects.count(), each.acts.count())) == (state, before)


def test_numbers_are_a_series_of_their_own_without_gaps():
    one, two = an_organ(), an_organ("czj")
    numbers = [submitted(organ).number for organ in (one, one, two)]
    assert numbers == ["360925001-2026-更0001", "360925001-2026-更0002", "360925002-2026-更0001"]
    with pytest.raises(BadAct):
        submitted(one, record=" ")
    assert submitted(one).number.endswith("更0003")


def test_the_term_is_twenty_working_days_from_receipt_and_can_be_set(settings):
    correction = registered(an_organ())
    row = queries.correction_row(correction, RECEIVED)
    assert row.due_on == workday_calendar().add(RECEIVED, 20) == date(2026, 3, 30)
    assert (row.standing, row.late) == ("还剩20个工作日", False)
    late = queries.correction_row(correction, date(2026, 3, 31))
    assert (late.standing, late.late) == ("已超期1个工作日", True)
    settings.GONGKAI_CORRECTION_WORKDAYS = 10
    assert queries.correction_row(correction, RECEIVED).due_on == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"record": ""}, "record"),
        ({"record": "长" * 201}, "record"),
        ({"wrong": " "}, "wrong"),
        ({"right": ""}, "right"),
        ({"evidence": ""}, "evidence"),
        ({"wrong": "a\x00b"}, "wrong"),
        ({"requester_kind": RequesterKind.COMMERCIAL_ENTERPRISE}, "identity_kind"),
    ],
)
def test_what_is_told_wrongly_is_refused_at_its_field(change, field):
    with pytest.raises(BadAct) as refused:
        submitted(an_organ(), **change)
    assert refused.value.field == field
    assert not CorrectionRequest.objects.exists()


def test_a_decision_needs_its_finding_and_passing_on_its_organ():
    each = checking(an_organ())
    for decision, field in (
        (Decision(E.CORRECT, " "), "finding"),
        (Decision(E.PASS_ON, "无权"), "to"),
    ):
        with pytest.raises(BadAct) as refused:
            actions.decide_correction(each, decision=decision, **WHEN)
        assert refused.value.field == field
    with pytest.raises(BadAct, match="晚于登记当日"):
        actions.check_correction(
            registered(an_organ("czj")), unit="股", **(WHEN | {"on": date(2026, 3, 3)})
        )
    with pytest.raises(BadAct, match="早于上一项"):
        actions.register_correction(submitted(an_organ("a")), **(WHEN | {"on": date(2026, 3, 1)}))


def test_a_posted_decision_names_its_number():
    with pytest.raises(BadAct) as refused:
        actions.serve_correction(decided(an_organ()), how=ServiceWay.POST, **WHEN)
    assert refused.value.field == "tracking"


@pytest.mark.parametrize(
    ("event", "code", "words"),
    [
        (E.CORRECT, "C1.1", "予以更正"),
        (E.REFUSE, "C1.2", "不予更正"),
        (E.PASS_ON, "C1.3", "转送县民政局"),
        (E.TELL_WHERE, "C1.3", "向县民政局提出"),
    ],
)
def test_the_letter_goes_out_with_the_decision(event, code, words, monkeypatch):
    told = {}
    real = actions.correction_letters.issue

    def watched(organ, **given):
        told.update(given)
        return real(organ, **given)

    monkeypatch.setattr(actions.correction_letters, "issue", watched)
    organ = an_organ()
    a_profile(organ)
    correction = decided(organ, event, with_letter=True, to="县民政局")
    letter = Letter.objects.get(about=correction.typed_id)
    assert (letter.kind, letter.number) == (code, correction.letter)
    assert "公更〔2026〕1号" in letter.number
    assert told["values"].recipient == WHO.name
    assert words in "".join(told["values"].paragraphs)


def test_without_the_organs_words_for_letters_nothing_is_decided():
    each = checking(an_organ())
    with pytest.raises(BadAct):
        actions.decide_correction(each, decision=Decision(E.CORRECT, "属实"), **WHEN)
    each.refresh_from_db()
    assert (each.state, each.acts.count(), Letter.objects.count()) == (S.CHECKING, 3, 0)


def test_nothing_stored_tells_who_asks_or_what_of_themself():
    organ = an_organ()
    a_profile(organ)
    decided(organ, with_letter=True)
    rows = [row for model in live_apps.get_models() for row in model._default_manager.all()]
    stored = serializers.serialize("json", rows, ensure_ascii=False)
    for clear in ("璪玥", "11010519491231002", "13812345678", "家庭人口", "户口簿", "情况属实"):
        assert clear not in stored, clear


def test_showing_is_logged_and_tells_all():
    correction = decided(an_organ())
    who, told = actions.show_correction(correction, by=ME, at=moment(RECEIVED, 18))
    assert who == WHO
    assert (told["wrong"], told["right"], told["evidence"]) == (TOLD.wrong, "三人", "户口簿")
    assert told["finding"] == "经核对户口簿，情况属实"
    assert Logged.objects.latest("pk").verb == "inforequests.correction_show"


def test_keys_rotate(settings):
    settings.GONGKAI_FIELD_KEY = "old"
    corrections = [submitted(an_organ()), submitted(an_organ("czj"))]
    settings.GONGKAI_FIELD_KEY, settings.GONGKAI_FIELD_ALGORITHM = "test", "SM4-GCM"
    assert queries.corrections_to_reseal() == 4
    at = moment(RECEIVED)
    assert [actions.reseal_corrections(1, at=at) for _ in range(3)] == [2, 2, 0]
    assert queries.corrections_to_reseal() == 0
    settings.GONGKAI_FIELD_KEYS = {"test": settings.GONGKAI_FIELD_KEYS["test"]}
    for each in corrections:
        who, told = actions.show_correction(each, by=ME, at=at)
        assert (who, told["right"]) == (WHO, "三人")


def test_who_asked_is_erased_when_its_time_is_over_and_not_before():
    correction = closed(an_organ())
    assert correction.erase_on == date(2036, 3, 2)
    with pytest.raises(Refused, match="尚未办结"):
        actions.erase_correction(served(an_organ("czj")), why="请求", by=ME, at=WHEN["at"])
    at = moment(date(2036, 3, 2))
    assert erase_what_is_due(moment(date(2036, 3, 1))) == []
    erase_what_is_due(at)
    (job,) = Job.objects.filter(kind="inforequests.erase")
    erase(job.payload, at)
    erase(job.payload, at)
    correction.refresh_from_db()
    who = CorrectionRequester.objects.get(correction=correction)
    assert (who.erased, who.masked_name, correction.words) == (True, "（已清除）", {})
    assert correction.record == TOLD.record
    with pytest.raises(Refused, match="已经清除"):
        actions.erase_correction(correction, why="请求", by=ME, at=at)


def test_lists_hold_the_open_ones_of_the_organs_asked_for():
    organ, other = an_organ(), an_organ("czj")
    first, second, over = registered(organ), submitted(organ), closed(organ)
    assert list(queries.corrections([organ.pk])) == [second, first]
    assert list(queries.corrections([organ.pk], over=True)) == [over]
    assert not queries.corrections([other.pk])
