"""What words would fit: proposed where one character is another or is left out."""

import re

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters.charmodel.openwords import proposed, ways
from gongkai.adapters.charmodel.words import counted

TEXTS = st.text("贯彻落实小程序网格员县医疗保障局的了，。1", max_size=30)


def likeliest(text):
    """The chance of the words of a text, run by run."""
    return sum(counted(run).chance for run in re.findall("[一-鿿]+", text))


def options(text, at, width, least=0.5):
    codes = numpy.array([ord(one) for one in text], dtype="uint64")
    found = dict(proposed(codes, ways(text), numpy.array([at]), width, least))
    return "".join(map(chr, found.get(0, [])))


@pytest.mark.parametrize(
    ("text", "at", "meant"),
    [
        ("扫码进入小呈序办理", 5, "程"),
        ("优化营商环镜", 5, "境"),
        ("推进放官服改革", 3, "管"),
        ("医疗保章局", 3, "障"),
    ],
)
def test_a_word_is_made_of_what_stands_around(text, at, meant):
    assert meant in options(text, at, 1)


@pytest.mark.parametrize(
    ("text", "at", "meant"),
    [("进入小序办理", 3, "程"), ("认真抓好贯落实", 5, "彻"), ("县医保障局", 2, "疗")],
)
def test_what_is_left_out_is_put_in(text, at, meant):
    assert meant in options(text, at, 0)


@given(TEXTS)
def test_before_and_behind_are_the_likeliest_ways(text):
    found = ways(text)
    assert found.before[-1] == pytest.approx(found.behind[0]) == pytest.approx(likeliest(text))
    for at in range(len(text)):
        assert found.before[at] + found.behind[at] <= found.before[-1] + 1e-9


@given(TEXTS.filter(bool), st.data())
def test_what_is_proposed_makes_the_text_likelier(text, data):
    width = data.draw(st.sampled_from([0, 1]))
    at = data.draw(st.integers(0, len(text) - 1))
    for put in options(text, at, width, 1.0):
        changed = text[:at] + put + text[at + width :]
        assert likeliest(changed) - likeliest(text) >= 1.0 - 1e-6


def test_nothing_is_proposed_for_what_is_right_or_nothing():
    assert options("认真抓好贯彻落实", 5, 1) == ""
    assert options("，", 0, 1) == ""
