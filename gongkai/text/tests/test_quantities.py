"""Figures told in Chinese prose: numerals, units, the words around, sentences."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.numerals import parse_numeral
from gongkai.text.quantities import quantities
from gongkai.text.sentences import joined, sentences


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("28", 28), ("1,432", 1432), ("２８", 28), ("十", 10), ("三十二", 32), ("一百零五", 105),
        ("两万三千", 23000), ("二〇二〇", 2020), ("万", None), ("百", None), ("件", None),
        ("一二", None), ("", None), ("十百", None), ("1.5", Decimal("1.5")), ("一万零三", 10003),
    ],
)  # fmt: skip
def test_numerals(text, value):
    assert parse_numeral(text) == value


def _written(number):
    digits, places = "零一二三四五六七八九", ["", "十", "百", "千"]
    said = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            said = digits[int(digit)] + places[place] + said
        elif said and said[0] != "零":
            said = "零" + said
    return said


@given(st.integers(1, 9999))
def test_written_numerals_are_read_back(number):
    assert parse_numeral(_written(number)) == number


def test_each_figure_has_its_words_and_its_place():
    told = quantities("共收到申请29件，其中自然人28件（含上年1件）；办结率99.5％。")
    assert [(q.value, q.unit, q.before, q.depth) for q in told] == [
        (29, "件", "共收到申请", 0),
        (28, "件", "其中自然人", 0),
        (1, "件", "含上年", 1),
        (Decimal("99.5"), "%", "办结率", 0),
    ]
    assert told[3].is_rate
    assert told[3].decimals == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "国务院令第711号",
        "（国办发〔2016〕80号）",
        "2020年12月31日",
        "12345热线",
        "第三次会议",
        "统一件",
    ],
)
def test_what_is_no_count(sentence):
    assert quantities(sentence) == ()


def test_about():
    (about, exact) = quantities("约6560条，另有90余名、共3件")[0:3:2]
    assert about.about
    assert not exact.about


def test_broken_lines_are_joined_and_headings_stand_alone():
    lines = ["一、总体情况", "受理29件，其中自然人28件，", "", "法人1件；", "办结29件。", "完"]
    assert list(joined(lines)) == [
        "一、总体情况",
        "受理29件，其中自然人28件，法人1件；办结29件。",
        "完",
    ]


def test_sentences_lose_the_spaces_around_figures():
    assert sentences("受理 29 件。办结 IPv6 升级！") == ["受理29件。", "办结IPv6升级！"]
