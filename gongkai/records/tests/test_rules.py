"""Retention by the day, days missing of a log, what a package must hold, periods and receipts."""

import json
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.records.rules import (
    HEADS,
    SCHEDULE,
    Keep,
    Piece,
    RecordsError,
    TransferKind,
    check_period,
    check_receipt,
    is_whole,
    keep_of,
    manifest_of,
    missing_days,
    rules_on,
    spans,
)

TODAY = date(2026, 3, 2)


def test_the_table_says_how_long_each_kind_is_kept_on_a_day() -> None:
    assert keep_of("disclosure.normative", TODAY) == Keep.PERMANENT
    assert keep_of("hotline.caller", date(2021, 10, 31)) == Keep.SHORT
    assert [rule.kind for rule in rules_on(date(2019, 5, 14))].count("inforequests") == 0
    assert len({rule.kind for rule in SCHEDULE}) == len(SCHEDULE)
    assert Keep.TEN_YEARS.label == "10年"


@settings(max_examples=30)
@given(begun=st.integers(0, 900), gone=st.sets(st.integers(1, 800), max_size=30))
def test_what_is_missing_is_what_is_not_kept_of_the_last_year(begun: int, gone: set[int]) -> None:
    begun_on = TODAY - timedelta(days=begun)
    kept = [TODAY - timedelta(days=back) for back in range(901) if back not in gone]
    missing = missing_days(kept, begun_on, TODAY)
    assert {(TODAY - day).days for day in missing} == {
        back for back in gone if back <= min(begun, 365)
    }
    runs = spans(missing)
    assert sum((last - first).days + 1 for first, last in runs) == len(missing)
    assert all(one[1] < other[0] - timedelta(days=1) for one, other in pairwise(runs))


def test_a_package_is_whole_only_as_its_manifest_says() -> None:
    pieces = [
        Piece("文书/1.pdf", "答复书", "文书", "aa"),
        Piece("材料/2", "", "材料", "b", "", "毁"),
    ]
    manifest = manifest_of({"编号": "1"}, pieces)
    assert manifest == manifest_of({"编号": "1"}, pieces)
    assert is_whole(manifest, {"文书/1.pdf": "aa"}) == []
    assert is_whole(manifest, {}) == ["缺少 文书/1.pdf"]
    assert is_whole(manifest, {"文书/1.pdf": "ab", "x": "y"}) == [
        "多出 x",
        "文书/1.pdf 的内容与清单不符",
    ]
    for hostile in (b"", b"[]", b"{}", b'{"\xe6": 1}', json.dumps({"文件": [{"a": 1}]}).encode()):
        assert is_whole(hostile, {}) == ["清单.json 不可读，或者不是本系统的清单"]


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        (date(2026, 2, 2), date(2026, 2, 1), "until"),
        (date(2026, 2, 2), TODAY, "until"),
        (date(2025, 1, 1), date(2026, 1, 2), "since"),
    ],
)
def test_periods_that_are_refused(since: date, until: date, field: str) -> None:
    with pytest.raises(RecordsError) as refused:
        check_period(since, until, TODAY)
    assert refused.value.field == field


def test_receipts_name_who_and_a_day_between() -> None:
    check_receipt(TODAY, "王五", TODAY, TODAY)
    for on, by, field in (
        (TODAY, " ", "received_by"),
        (TODAY + timedelta(days=1), "王五", "received_on"),
        (TODAY - timedelta(days=1), "王五", "received_on"),
    ):
        with pytest.raises(RecordsError) as refused:
            check_receipt(on, by, TODAY, TODAY)
        assert refused.value.field == field


def test_every_kind_has_its_columns_and_words() -> None:
    for kind in TransferKind:
        assert HEADS[kind][0] == "序号"
        assert all((kind.label, kind.title, kind.receiver))
