"""Days in every usual writing."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters.oldsite.days import CHINA, day, is_day, moment


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("2020-01-02", (2020, 1, 2)),
        ("2020/1/2 9:05", (2020, 1, 2, 9, 5)),
        ("2020.01.02 09:05:06", (2020, 1, 2, 9, 5, 6)),
        ("2020-01-02T09:05", (2020, 1, 2, 9, 5)),
        ("发布时间：2020年1月2日 10时20分", (2020, 1, 2, 10, 20)),
        ("２０２０年１月２日", (2020, 1, 2)),
        ("20200102", (2020, 1, 2)),
        ("20200102093000", (2020, 1, 2, 9, 30)),
        ("二〇二〇年一月二日", (2020, 1, 2)),
        ("二○一二年十二月三十一日", (2012, 12, 31)),
        ("二零一二年正月初一", None),
        ("2020年3月", None),
        ("2020-13-01", None),
        ("2021-02-29", None),
        ("1020-01-02", None),
        ("靖府字〔2020〕12号", None),
        ("", None),
    ],
)
def test_moments(text, made):
    assert moment(text) == (datetime(*made, tzinfo=CHINA) if made else None)


@given(st.dates(date(1949, 1, 1), date(2100, 12, 31)))
def test_any_day_written_any_way(given_day):
    y, m, d = given_day.year, given_day.month, given_day.day
    for text in (f"{y}-{m}-{d}", f"{y}年{m:02d}月{d:02d}日", f"{y}.{m}.{d} 08:00", f"{y}/{m}/{d}"):
        assert day(text) == given_day
    assert is_day(f"{y}年{m}月{d}日")
    assert not is_day(f"{y}年{m}月{d}日印发")
