"""Every substring is found by its phrase, and every place in folded text has its origin."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.text.frequent_data import FREQUENT
from gongkai.text.phrases import Phrase, finder, phrase
from gongkai.text.segmentation import fold, fold_with_places, indexed, terms, units

CHARACTERS = (
    "政府公开办县的〇零二年號國Ａa b１2,.．，〔〕（）【】[]《》\n\u3000㈱㎡ﬁé①-—"
    "\U000f0001\ue000…\u200bの"
)
TEXTS = st.text(alphabet=CHARACTERS, max_size=40) | st.text(max_size=30)


def found(text: str, asked: Phrase) -> bool:
    """Do what an engine does: look for the terms one after the other."""
    there = terms(text).split()
    last = re.compile(asked.opening)
    for start in range(len(there) - len(asked.terms) + 1):
        piece = there[start : start + len(asked.terms)]
        if asked.open:
            if piece[:-1] == list(asked.terms[:-1]) and last.fullmatch(piece[-1]):
                return True
        elif tuple(piece) == asked.terms:
            return True
    return False


@given(TEXTS, st.data())
def test_every_substring_that_cuts_no_number_is_found_by_its_phrase(text, data):
    folded = fold(text)
    spans = list(units(folded))
    assume(spans)
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    piece = folded[spans[first][0] : spans[last][1]]
    assume(fold(piece) == piece)  # O between 二 and 二 is 〇, at an end it is not
    assert found(text, phrase(piece))
    if not re.search(r"\d[.,，]\d", folded):  # 2,2 may be one number: nothing is marked inside it
        assert finder(piece).search(folded)


@given(TEXTS)
def test_folding_twice_is_folding_once_and_places_lead_back(text):
    folded = fold_with_places(text)
    assert folded.text == fold(text)
    for place in range(len(folded.text)):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert folded.text[place] in fold(text[start:end]) or folded.text[place] == "〇"


@given(st.text(alphabet="赣府厅字办政", min_size=2, max_size=4), st.integers(1, 999))
def test_a_document_number_is_found_in_every_bracket_and_width_and_no_other_serial(mark, serial):
    text = f"根据《通知》（{mark}〔2020〕{serial}号）要求"
    wide = str(serial).translate({ord("0") + n: ord("０") + n for n in range(10)})
    for typed in (
        f"{mark}[2020]{serial}号",
        f"{mark}（２０２０）{wide}号",
        f"{mark}2020 {serial} 號",
        f"{mark}【2020】{serial}号",
        f"[2020]{serial}号",
        f"{serial}号",
        f"{serial}",
    ):
        assert found(text, phrase(typed)), typed
    assert not found(text, phrase(f"{mark}〔2020〕{serial}1号"))
    assert not found(text, phrase(f"{mark}〔2020〕1{serial}号"))
    assert not found(text, phrase(f"1{serial}"))


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("靖安縣人民政府關於", "靖安县人民政府关于"),
        ("二O二〇年", "二零二○年"),
        ("共1,432元", "1432元"),
        ("ＧＤＰ 增长", "gdp增长"),
        ("人民\n政府", "人民政府"),
        ("贯彻，落实", "贯彻、落实"),
        ("⼈民", "人民"),
        ("面积100㎡", "100m²"),
    ],
)
def test_look_alikes_are_one(text, typed):
    assert found(text, phrase(typed))
    assert finder(typed).search(fold(text))


@pytest.mark.parametrize(
    ("text", "typed"),
    [("149号", "49号"), ("12.5万元", "5万元"), ("贯彻，落实", "贯彻落实"), ("1,432", "432")],
)
def test_numbers_are_whole_and_marks_part(text, typed):
    assert not found(text, phrase(typed))


@given(st.text(alphabet="政府公开号字2 ,", max_size=14))
def test_what_a_long_phrase_leaves_out_covers_every_character(text):
    asked = phrase(text)
    told = dict(asked.telling)
    assert set(told.items()) <= set(enumerate(asked.terms))
    for place, term in enumerate(asked.terms):
        if place not in told:
            assert told[place - 1][1] == term[0]
            assert told[place + 1][0] == term[1]


def test_nothing_but_marks_is_no_phrase():
    assert not phrase("，。〔〕")
    assert finder("，。") is None
    assert not terms("，。 \n").split()


def test_marks_fall_on_the_right_characters():
    text = "㈱\u200b公司ﬁn政府２０２０年"
    folded = fold_with_places(text)
    where = finder("政府2020年").search(folded.text)
    start, end = folded.span(*where.span())
    assert text[start:end] == "政府２０２０年"


@given(st.lists(st.sampled_from([*FREQUENT[:40], "的", "，", "\n", "在", "2020"]), max_size=8))
def test_a_frequent_word_is_noted_where_its_phrase_is_found(words):
    text = "".join(words)
    told = indexed(text).split()
    assert told[: len(terms(text).split())] == terms(text).split()
    for word in FREQUENT[:40]:
        assert phrase(word).word == word
        assert (word in told) == found(text, phrase(word))
