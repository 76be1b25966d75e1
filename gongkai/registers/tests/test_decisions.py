"""Single decisions (双公示): their rules, their terms, their verbs, their files, their screens."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters import xlsx
from gongkai.audit.models import Event
from gongkai.files.models import StoredFile
from gongkai.orgs.models import Role
from gongkai.registers import actions, queries, rules
from gongkai.registers.lifecycle import DECISION_TRANSITIONS, DecisionEvent, DecisionState
from gongkai.registers.models import Decision
from gongkai.registers.rules import CancelReason, PartyKind, RegisterKind
from gongkai.registers.rules.decision_sheet import HEADS, read
from gongkai.registers.staff.decisions import columns
from gongkai.registers.tests.decisions import (
    CODE,
    NOW,
    cancelled,
    entered,
    published,
    struck,
    taken_down,
)
from gongkai.registers.tests.factories import CLERK, organ
from gongkai.registers.tests.screens import person
from gongkai.tables.grid import Grid, GridCell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _june(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


IN_STATE = {
    DecisionState.ENTERED: entered,
    DecisionState.PUBLISHED: published,
    DecisionState.CANCELLED: cancelled,
    DecisionState.TAKEN_DOWN: taken_down,
    DecisionState.STRUCK: struck,
}
STEP = {
    DecisionEvent.PUBLISH: {"on": date(2026, 5, 28), "address": "https://www.jingan.gov.cn/2"},
    DecisionEvent.CANCEL: {"on": date(2026, 5, 28), "reason": CancelReason.VOID, "words": "无效"},
    DecisionEvent.TAKE_DOWN: {"on": date(2026, 5, 28)},
    DecisionEvent.STRIKE: {"reason": "登记有误"},
}


def step(decision, event):
    verb = getattr(actions, f"{event.value.lower()}_decision")
    return verb(decision, **STEP[event], by=CLERK, at=NOW)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("张三", "张某"),
        ("张 三 丰", "张某某"),
        ("欧阳修", "欧阳某"),
        ("欧阳", "欧某"),
        ("张某某", "张某某"),
        ("张三某", "张某某"),
        ("买买提·艾力", "买某某"),
    ],
)
def test_of_a_natural_person_the_surname_is_kept(name, kept):
    assert rules.kept_party(PartyKind.NATURAL, name) == kept
    assert rules.kept_party(PartyKind.SOLE_TRADER, "张三") == "张三"


@pytest.mark.parametrize(
    ("fields", "field", "remedy"),
    [
        ({"kind": RegisterKind.FEE, "amount": Decimal(0)}, "kind", "不逐件登记"),
        ({"number": " "}, "number", "请填写“决定文书号”"),
        ({"outcome": "罚" * 1001}, "outcome", "不得超过1000个字"),
        ({"credit_code": ""}, "credit_code", "请填写行政相对人的统一社会信用代码"),
        ({"credit_code": "91350100M000100Y44"}, "credit_code", "校验位不符"),
        ({"party_kind": PartyKind.NATURAL}, "credit_code", "不填统一社会信用代码"),
        ({"matter": "张三，身份证号11010519491231002X"}, "matter", "身份证号码"),
        ({"outcome": "责令退款，电话13812345678"}, "outcome", "手机号码"),
        ({"address": "javascript:alert(1)"}, "address", "http"),
        ({"decided_on": date(2026, 6, 2)}, "decided_on", "晚于今天"),
        ({"valid_to": date(2026, 4, 1)}, "valid_to", "早于决定日期"),
        ({"published_on": date(2026, 4, 1)}, "published_on", "早于决定日期"),
        ({"published_on": date(2026, 6, 2)}, "published_on", "晚于今天"),
        ({"kind": RegisterKind.LICENCE}, "amount", "只有行政处罚"),
        ({"amount": Decimal("0.001")}, "amount", "两位小数"),
        ({"amount": Decimal(-1)}, "amount", "0至"),
        ({"decided_on": date(1989, 1, 1)}, "decided_on", "设立"),
    ],
)
def test_a_wrong_decision_is_refused_by_field(fields, field, remedy):
    owner = organ()
    with pytest.raises(rules.DecisionRefused, match=remedy) as refused:
        entered(owner, **fields)
    assert field in [fault.field for fault in refused.value.faults]
    assert not Decision.objects.exists()
    assert not Event.objects.exists()


def test_a_decision_is_due_in_seven_working_days_and_says_when_it_is_late():
    owner = organ()
    decision = entered(owner)
    assert decision.due_on == date(2026, 5, 13)
    assert decision.state == DecisionState.ENTERED
    today = date(2026, 5, 13)
    assert not queries.is_late(decision, today)
    assert queries.is_late(decision, date(2026, 5, 14))
    assert [row.pk for row in queries.decisions([owner.pk], today=today, state="LATE")] == []
    late = queries.decisions([owner.pk], today=date(2026, 5, 14), state="LATE")
    assert [row.pk for row in late] == [decision.pk]
    done = step(decision, DecisionEvent.PUBLISH)
    assert queries.is_late(done, date(2026, 6, 1)), "a late one stays late"
    assert not queries.is_late(published(owner, number="2"), date(2026, 6, 1))
    # coercion has twenty working days
    other = entered(owner, number="3", kind=RegisterKind.COERCION, amount=Decimal(0))
    assert other.due_on == date(2026, 6, 1)


def test_a_cancelled_penalty_is_taken_down_in_three_working_days():
    owner = organ()
    decision = cancelled(owner)
    assert (decision.state, decision.due_on) == (DecisionState.CANCELLED, date(2026, 5, 25))
    down = actions.take_down_decision(decision, on=date(2026, 5, 26), by=CLERK, at=NOW)
    assert queries.is_late(down, date(2026, 6, 1))
    event = Event.objects.get(verb="registers.take_down_decision")
    assert event.after == {"state": "TAKEN_DOWN", "taken_down_on": "2026-05-26"}
    # never public: nothing to take down
    unseen = step(entered(owner, number="2"), DecisionEvent.CANCEL)
    assert (unseen.state, unseen.due_on) == (DecisionState.TAKEN_DOWN, None)


@pytest.mark.parametrize("state", DecisionState)
@pytest.mark.parametrize("event", DecisionEvent)
def test_every_arrow_is_followed_and_every_other_refused(state, event):
    owner = organ()
    decision = IN_STATE[state](owner)
    arrow = DECISION_TRANSITIONS.get((state, event))
    if arrow is None:
        with pytest.raises(rules.DecisionNotNow, match=state.label):
            step(decision, event)
    else:
        assert step(decision, event).state == arrow.target


def test_steps_are_refused_out_of_order_and_without_words():
    owner = organ()
    decision = published(owner)
    with pytest.raises(rules.DecisionNotNow, match="早于上一步"):
        actions.cancel_decision(
            decision, reason=CancelReason.VOID, words="x", on=date(2026, 5, 1), by=CLERK, at=NOW
        )
    with pytest.raises(rules.ReasonMissing):
        actions.strike_decision(decision, reason=" ", by=CLERK, at=NOW)
    with pytest.raises(rules.DecisionNotNow, match="http"):
        actions.publish_decision(
            entered(owner, number="2"), address="ftp://x", on=date(2026, 5, 28), by=CLERK, at=NOW
        )


def test_a_number_is_one_decision_until_it_is_struck():
    owner = organ()
    first = entered(owner)
    with pytest.raises(rules.NumberTaken, match="已经登记"):
        entered(owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            organ=owner,
            kind="PENALTY",
            number=first.number,
            party_kind="LEGAL",
            decided_on=date(2026, 4, 30),
            entered_at=NOW,
        )
    actions.strike_decision(first, reason="重复", by=CLERK, at=NOW)
    assert entered(owner).state == DecisionState.ENTERED


CELLS = st.text(max_size=12) | st.sampled_from(
    ["财政局", "行政处罚", "自然人", "2026-04-30", "200"]
)


@given(st.lists(st.lists(CELLS, min_size=len(HEADS), max_size=len(HEADS)), max_size=6))
def test_any_sheet_is_read_or_told_what_is_wrong(lines):
    cells = [[GridCell(text) for text in line] for line in [list(HEADS.values()), *lines]]
    told = read([Grid(tuple(tuple(line) for line in cells))], file_name="x.xlsx")
    filled = sum(any(text.strip() for text in line) for line in lines)
    assert len(told.rows) + len({fault.row for fault in told.faults}) == filled


ROW = (
    *("财政局", "行政处罚", "罚〔2026〕1号", "自然人", "张三丰", "", "违规倾倒", "", "罚款"),
    *("200", "2026-04-30", "长期", "2026-05-06", "", ""),
)


def book(*rows):
    sheet = xlsx.SheetOut("填报", columns(()), rows)
    return SimpleUploadedFile("台账.xlsx", xlsx.write_tables([sheet]))


def test_a_file_of_decisions_is_previewed_without_names_and_kept_with_its_import(clerk, finance):
    address = reverse("registers:import_decisions")
    wrong = clerk.post(address, {"file": book(ROW, (*ROW[:2], "2", "狗", *ROW[4:]), ROW)})
    assert wrong.status_code == 422
    shown = wrong.content.decode()
    assert "不是相对人类别" in shown
    assert "与第2行的决定文书号相同" in shown
    preview = clerk.post(address, {"file": book(ROW, (*ROW[:2], "罚2号", *ROW[3:]))})
    shown = preview.content.decode()
    assert "张某某" in shown
    assert "张三丰" not in shown
    assert not Decision.objects.exists()
    told = {"token": preview.context["token"], "content": preview.context["upload"].encoded}
    confirm = reverse("registers:confirm_decisions")
    forged = clerk.post(confirm, {**told, "content": "AAAA"}, follow=True)
    assert "预览已过期" in forged.content.decode()
    assert not Decision.objects.exists()
    done = clerk.post(confirm, told, follow=True)
    assert "导入2件" in done.content.decode()
    assert set(Decision.objects.values_list("party", flat=True)) == {"张某某"}
    kept = StoredFile.objects.get()
    assert kept.about == Decision.objects.first().imported_in.typed_id
    assert "已经登记" in clerk.post(confirm, told).content.decode()


FORM = {
    "kind": "LICENCE",
    "number": "许〔2026〕1号",
    "party_kind": "LEGAL",
    "party": "某公司",
    "credit_code": CODE,
    "matter": "食品经营许可",
    "outcome": "准予",
    "decided_on": "2026-05-22",
}


def test_a_decision_runs_through_the_screens(clerk, finance):
    add = reverse("registers:enter_decision")
    refused = clerk.post(add, {**FORM, "organ": finance.pk, "matter": "电话13812345678"})
    assert refused.status_code == 422
    assert "手机号码" in refused.content.decode()
    clerk.post(add, {**FORM, "organ": finance.pk})
    decision = Decision.objects.get()
    page = clerk.get(reverse("registers:decision", args=[decision.pk])).content.decode()
    assert "公开期限：2026年6月2日" in page
    url = reverse("registers:decision_step", args=[decision.pk, "publish"])
    assert clerk.get(url).status_code == 200
    clerk.post(url, {"on": "2026-06-01", "address": "https://www.jingan.gov.cn/x"})
    cancel = reverse("registers:decision_step", args=[decision.pk, "cancel"])
    missing = clerk.post(cancel, {"on": "2026-06-01", "reason": "", "words": ""})
    assert missing.status_code == 422
    clerk.post(cancel, {"on": "2026-06-01", "reason": "REVOKED", "words": "申请人申请撤销"})
    decision.refresh_from_db()
    assert decision.state == DecisionState.CANCELLED
    listed = clerk.get(reverse("registers:decisions"), {"state": "CANCELLED"})
    assert "许〔2026〕1号" in listed.content.decode()
    for name in ("decisions_template", "export_decisions"):
        assert clerk.get(reverse(f"registers:{name}")).content[:2] == b"PK"
    assert clerk.get(url, follow=True).status_code == 200


def test_the_wrong_person_finds_no_decision(client, finance, township):
    decision = entered(finance)
    urls = [
        reverse("registers:decision", args=[decision.pk]),
        reverse("registers:decision_step", args=[decision.pk, "publish"]),
    ]
    other = person(client, "other", township, Role.TOWNSHIP_CLERK)
    assert [other.get(url).status_code for url in urls] == [404, 404]
    assert other.post(urls[1], {"on": "2026-05-20"}).status_code == 404
    assert decision.number not in other.get(reverse("registers:decisions")).content.decode()
    looker = person(client, "looker", finance, Role.EVALUATOR)
    assert looker.get(urls[0]).status_code in (302, 404)
    assert looker.get(reverse("registers:enter_decision")).status_code == 302
