"""The verbs of the registers: what they take, what they refuse, what they log."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gongkai.audit.models import Event
from gongkai.registers import actions, queries, rules
from gongkai.registers.lifecycle import BatchState
from gongkai.registers.models import Batch, ImportRun
from gongkai.registers.rules import RegisterKind
from gongkai.registers.tests.factories import (
    CLERK,
    NOON,
    entered,
    entry,
    opening,
    organ,
    procurement,
    withdrawn,
)

pytestmark = pytest.mark.django_db
HASH = "ab" * 32


def rows(*pairs):
    return [
        actions.ImportRow(row=number, organ=owner, figures=figures)
        for number, (owner, figures) in enumerate(pairs, start=2)
    ]


def run(found, sha256=HASH):
    return actions.import_batches(
        found, source_name="台账.xlsx", source_sha256=sha256, by=CLERK, at=NOON
    )


def test_a_batch_is_entered_with_its_source_and_one_event():
    batch = entered(organ(), entry(item_change=5, decisions=154, source_sha256=HASH))
    assert (batch.item_change, batch.decisions, batch.state) == (5, 154, BatchState.ENTERED)
    assert (batch.entered_by, batch.entered_at) == ("登记员", NOON)
    event = Event.objects.get()
    assert (event.verb, event.target) == ("registers.enter_batch", batch.record_id)
    assert event.chain == "caizheng"
    assert event.after["decisions"] == "154"
    assert event.after["source_sha256"] == HASH


@pytest.mark.parametrize(
    ("fields", "field", "remedy"),
    [
        ({"period_end": date(2019, 12, 31)}, "period_end", "不得早于统计开始日期"),
        ({"period_start": date(2019, 12, 1)}, "period_end", "拆成两批"),
        ({"period_start": date(2021, 1, 1), "period_end": date(2021, 1, 21)}, "period_end", "今天"),
        ({"decisions": -1}, "decisions", "不得为负数"),
        ({"decisions": 1_000_000_000}, "decisions", "过大"),
        ({"projects": 1}, "projects", "不统计“采购项目数量”"),
        ({"amount": Decimal(5)}, "amount", "不统计“金额（元）”"),
        ({"source_name": " "}, "source_name", "请填写数据来源"),
        ({"source_name": "账" * 201}, "source_name", "不得超过200个字"),
        ({"note": "注" * 501}, "note", "不得超过500个字"),
    ],
)
def test_wrong_days_and_figures_are_refused_by_field(fields, field, remedy):
    with pytest.raises(rules.EntryRefused, match=remedy) as refused:
        entered(organ(), entry(**fields))
    assert [fault.field for fault in refused.value.faults] == [field]
    assert not Batch.objects.exists()
    assert not Event.objects.exists()


def test_all_faults_are_named_at_once():
    with pytest.raises(rules.EntryRefused) as refused:
        entered(organ(), entry(RegisterKind.FEE, decisions=1, amount=Decimal("0.001")))
    assert [fault.field for fault in refused.value.faults] == ["decisions", "amount"]
    assert "两位小数" in str(refused.value)


def test_an_organ_has_figures_only_while_it_exists():
    gone = organ(valid_from=date(2020, 2, 1), valid_to=date(2020, 7, 9))
    with pytest.raises(rules.EntryRefused, match="2020-07-09撤销"):
        entered(gone, entry(period_start=date(2020, 7, 9)))
    with pytest.raises(rules.EntryRefused, match="2020-02-01设立"):
        entered(gone, entry(period_end=date(2020, 1, 31)))
    assert entered(gone, entry(decisions=3)).decisions == 3


def test_the_stock_never_falls_below_zero_on_any_day():
    owner = organ()
    opening(owner, 511)
    entered(owner, entry(item_change=-266))
    assert queries.stock_on(owner, RegisterKind.LICENCE, date(2020, 12, 31)) == 245
    with pytest.raises(rules.StockBelowZero, match="2020-12-31将为-1"):
        entered(owner, entry(item_change=-246, source_name="另一台账"))
    # Enough at the end, too little when the earlier batch took items off.
    day = date(2019, 12, 30)
    with pytest.raises(rules.StockBelowZero, match="2019-12-30将为-5"):
        entered(owner, entry(period_start=day, period_end=day, item_change=-5))
    assert queries.stock_on(owner, RegisterKind.LICENCE, date(2020, 12, 31)) == 245


def test_the_same_batch_is_not_entered_twice():
    owner = organ()
    first = entered(owner)
    with pytest.raises(rules.AlreadyEntered, match="已经登记"):
        entered(owner)
    actions.withdraw_batch(first, reason="填错", by=CLERK, at=NOON)
    assert entered(owner).state == BatchState.ENTERED


def test_a_withdrawn_batch_stays_with_its_reason_and_no_longer_counts():
    batch = withdrawn(organ())
    assert (batch.state, batch.withdraw_reason) == (BatchState.WITHDRAWN, "数字填错")
    assert not Batch.objects.counting().exists()
    event = Event.objects.get(verb="registers.withdraw_batch")
    assert event.reason == "数字填错"
    assert (event.before, event.after) == ({"state": "ENTERED"}, {"state": "WITHDRAWN"})
    with pytest.raises(rules.NotAllowedNow, match="已经撤回"):
        actions.withdraw_batch(batch, reason="再撤", by=CLERK, at=NOON)


@pytest.mark.parametrize("reason", ["", "  ", "由" * 501])
def test_a_withdrawal_needs_a_reason(reason):
    with pytest.raises(rules.ReasonMissing, match="撤回理由"):
        actions.withdraw_batch(entered(organ()), reason=reason, by=CLERK, at=NOON)


def test_a_stock_still_needed_cannot_be_withdrawn():
    owner = organ()
    brought = opening(owner, 511)
    entered(owner, entry(item_change=-266))
    with pytest.raises(rules.StockBelowZero, match="-266"):
        actions.withdraw_batch(brought, reason="重填", by=CLERK, at=NOON)
    brought.refresh_from_db()
    assert brought.state == BatchState.ENTERED


def test_a_file_is_imported_whole_with_one_event_in_each_chain():
    one, other = organ("a"), organ("b")
    day = date(2019, 12, 31)
    stock = entry(period_start=day, period_end=day, item_change=511)
    # The row that takes off stands before the row that brings the stock: order is no matter.
    done = run(rows((one, entry(item_change=-266)), (one, stock), (other, procurement())))
    assert done.rows == 3
    assert Batch.objects.filter(imported_in=done, source_sha256=HASH).count() == 3
    events = Event.objects.filter(verb="registers.import_batches")
    assert {event.chain: len(event.after["batches"]) for event in events} == {"a": 2, "b": 1}
    assert {event.target for event in events} == {f"registers:import:{done.pk}"}


def test_one_bad_row_and_nothing_is_imported():
    owner = organ()
    good = entry(decisions=1)
    with pytest.raises(rules.ImportRefused) as refused:
        run(rows((owner, good), (owner, entry(projects=4)), (owner, good)))
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [
        (3, "采购项目数量"),
        (4, ""),
    ]
    assert "与第2行完全相同" in str(refused.value.faults[1])
    assert "第3行“采购项目数量”" in str(refused.value.faults[0])
    assert not Batch.objects.exists()
    assert not ImportRun.objects.exists()


def test_an_import_that_empties_the_stock_is_refused_with_its_row():
    owner = organ()
    with pytest.raises(rules.ImportRefused) as refused:
        run(rows((owner, entry(decisions=1)), (owner, entry(item_change=-3, decisions=1))))
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(3, "项目增减")]
    assert not Batch.objects.exists()


def test_rows_that_stand_already_are_refused():
    owner = organ()
    entered(owner)
    with pytest.raises(rules.ImportRefused) as refused:
        run(rows((owner, entry(decisions=154))))
    assert "已经登记" in str(refused.value.faults[0])


def test_the_same_file_is_refused_until_its_batches_are_withdrawn():
    owner = organ()
    found = rows((owner, entry(decisions=1)))
    run(found)
    with pytest.raises(rules.FileAlreadyImported, match=r"登记员于2021-01-20 12:00以“台账\.xlsx”"):
        run(rows((owner, replace(found[0].figures, decisions=2))))
    for batch in Batch.objects.all():
        actions.withdraw_batch(batch, reason="重导", by=CLERK, at=NOON)
    assert run(found).rows == 1


def test_a_whole_import_is_withdrawn_with_one_event_in_each_chain():
    one, other = organ("a"), organ("b")
    done = run(rows((one, entry(decisions=1)), (other, entry(decisions=1)), (one, procurement())))
    assert actions.withdraw_import(done, reason="传错文件", by=CLERK, at=NOON) == 3
    assert not Batch.objects.counting().exists()
    events = Event.objects.filter(verb="registers.withdraw_import")
    assert {event.chain: len(event.before["batches"]) for event in events} == {"a": 2, "b": 1}
    with pytest.raises(rules.NotAllowedNow, match="全部撤回"):
        actions.withdraw_import(done, reason="再撤", by=CLERK, at=NOON)


def test_an_import_whose_stock_is_needed_is_not_withdrawn():
    owner = organ()
    done = run(rows((owner, entry(item_change=5))))
    entered(owner, entry(item_change=-5))
    with pytest.raises(rules.StockBelowZero):
        actions.withdraw_import(done, reason="传错文件", by=CLERK, at=NOON)
    assert Batch.objects.counting().count() == 2


def test_a_file_without_rows_is_refused():
    with pytest.raises(rules.ImportRefused) as refused:
        run([])
    assert "没有数据行" in str(refused.value.faults[0])


def test_lists_show_the_running_stock():
    owner = organ()
    opening(owner, 511)
    entered(owner, entry(item_change=-266, decisions=154))
    withdrawn(owner, entry(item_change=1))
    found = queries.rows(queries.batches([owner.pk], kind=RegisterKind.LICENCE))
    assert [(row.item_change, row.stock, row.state) for row in found] == [
        (1, 245, BatchState.WITHDRAWN),
        (-266, 245, BatchState.ENTERED),
        (511, 511, BatchState.ENTERED),
    ]
    assert queries.years([owner.pk]) == [2020, 2019]
    assert len(queries.batches([owner.pk], year=2019)) == 1
    assert found[1].figures == (-266, 245, 154, None, None)
