"""A table is read alike whatever ran before it."""

import pytest

from gongkai.text.delimited import Undelimited, rows_of


def test_rows_keep_their_quotes_marks_and_lines():
    text = '\ufeff文号,标题\r\n1号,"关于“甲,乙”的\n通知"\r\n'
    assert list(rows_of(text, 100)) == [["文号", "标题"], ["1号", "关于“甲,乙”的\n通知"]]
    assert list(rows_of("甲;乙,丙", 100, ";")) == [["甲", "乙,丙"]]


def test_each_caller_has_its_own_longest_cell():
    text = f"甲,{'长' * 200_000}"
    assert len(next(rows_of(text, 200_000))[1]) == 200_000
    with pytest.raises(Undelimited):
        list(rows_of(text, 199_999))
    assert len(next(rows_of(text, 200_000))[1]) == 200_000


def test_a_quote_left_open_is_told():
    text = "甲,乙\n" * 3 + '"丙,丁\n' + "戊,己\n" * 100
    with pytest.raises(Undelimited):
        list(rows_of(text, 50))
