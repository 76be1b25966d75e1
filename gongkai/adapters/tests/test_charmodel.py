"""Slips by the character model: what is found and what is left alone, names, a county's texts."""

from functools import cache

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.adapters.charmodel import (
    ALLOWED,
    MODEL,
    NAMES,
    TypoScorer,
    learn,
    scorer,
    stamp,
    words_in,
)
from gongkai.adapters.charmodel.confusions import SHAPE, SOUND, confusions
from gongkai.adapters.charmodel.edits import Reading
from gongkai.adapters.charmodel.grams import END, START, Grams
from gongkai.adapters.charmodel.judge import HOPELESS
from gongkai.adapters.charmodel.judge import shipped as trees_shipped
from gongkai.adapters.charmodel.prose import Prose
from gongkai.adapters.charmodel.scorer import _told
from gongkai.adapters.charmodel.words import counted
from gongkai.text.levels import Level

MODULUS = 1 << 64


@cache
def of_statutes() -> TypoScorer:
    return scorer()


@pytest.fixture
def shipped() -> TypoScorer:
    return of_statutes()


def told(model: TypoScorer, text: str) -> list[tuple[str, str, str]]:
    return [
        (one.rule.removeprefix("typo.model."), one.found, one.suggestion)
        for one in model.suspects(text)
    ]


def slow_hash(characters: str) -> int:
    """The hash as the model's README tells it, in plain integers."""
    key = 0
    for one in characters:
        mixed = (key * 0x9E3779B97F4A7C15 + ord(one) + 7) % MODULUS
        mixed = (mixed ^ (mixed >> 31)) * 0xBF58476D1CE4E5B9 % MODULUS
        key = mixed ^ (mixed >> 29)
    return key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各单位要加强疫请防控工作。", ("exchanged", "请", "情")),
        ("本办法自发布之日起施行，由县人民攻府负责解释。", ("exchanged", "攻", "政")),
        ("对违反定规的单位和个人，依法追究责任。", ("swapped", "定规", "规定")),
        ("申报人应当对材料的真实性负责责。", ("doubled", "责责", "责")),
    ],
)
def test_a_slip_of_each_kind_with_what_was_meant(shipped, text, expected):
    assert told(shipped, text) == [expected]


def test_a_character_left_out_is_told_by_its_neighbours(shipped):
    (one,) = shipped.suspects("构成犯罪的，依法追究刑事任。")
    assert (one.rule, one.found, one.suggestion) == ("typo.model.missing", "事任", "事责任")


@pytest.mark.parametrize(
    ("text", "found", "put"),
    [
        ("本办法自公布之日起施。", "施", "施行"),
        ("违反本条例规，依法给予处分。", "规", "规定"),
        ("政机关应当自收到申请之日起答复。", "政", "行政"),
    ],
)
def test_at_an_edge_what_is_left_out_is_told_by_the_one_neighbour(shipped, text, found, put):
    """Whether it is told at all is the judge's affair; that it is asked about is not."""
    missing = [one for one in shipped.weighed(text) if one.edit.kind == "missing"]
    told = [_told(text, one, 0) for one in missing]
    assert (found, put) in [(one.found, one.suggestion) for one in told]


def test_a_finding_is_advice_and_says_why(shipped):
    text = "一、总则\n对违反定规的单位，依法追究责任。"
    (one,) = shipped.suspects(text)
    assert one.level is Level.ADVISORY
    assert text[one.start : one.end] == one.found == "定规"
    assert one.message == "疑似颠倒：“违反定规的单”疑为“违反规定的单”"


@pytest.mark.parametrize(
    "text",
    [
        "行政机关应当自收到申请之日起20个工作日内予以答复。",
        "县人民政府办公室是全县政务公开工作的主管部门。",
        "各部门分别公开开展检查的情况。",
        "联系电话：0795-4662133，邮编330600。",
        "赵钱孙李，周吴郑王。",
        "",
        "　 \n\n。。。！",
        "ABC def 123 ４５６",
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(shipped, text):
    assert told(shipped, text) == []


def test_nothing_is_told_inside_a_name_of_the_county(tmp_path, shipped):
    text = "对违反定规的单位和个人，依法追究责任。"
    (tmp_path / NAMES).write_text("# 地名\n反定规\n", "utf-8")
    assert told(shipped, text)
    assert told(scorer(tmp_path), text) == []


def test_figures_and_latin_words_are_one_and_spaces_none():
    prose = Prose.read("共 12３件ABC。\n完")
    shown = "".join(chr(int(code)) if code > 3 else "|" for code in prose.codes[1:-1])
    assert (
        shown == "|共0件A|||||完|".replace("|||||", "||" * 2) or shown.strip("|") == "共0件A||||完"
    )
    assert prose.at[prose.codes == ord("件")].tolist() == [5]


def test_the_hash_is_the_one_the_model_was_made_with(shipped):
    grams = shipped._chances._models[0][1]
    for length, characters in ((1, "政"), (2, "政府"), (3, "人民政")):
        assert slow_hash(characters) in set(grams.keys[length - 1].tolist())
    line = numpy.array([ord(one) for one in "人民政府"], dtype="uint64")
    known, odd = grams.log10(line[:1].repeat(2), line[1:2].repeat(2), line[[2, 0]])
    assert known > -1.5 > -3 > odd


def test_an_edit_is_weighed_as_the_whole_sentence_would_be(shipped):
    """What `would` says of a swap is what reading the mended sentence anew says."""
    wrong, right = (Prose.read(f"违反{pair}的单位") for pair in ("定规", "规定"))
    before, after = Reading(wrong, shipped._chances), Reading(right, shipped._chances)
    at = numpy.array([int(numpy.flatnonzero(wrong.codes == ord("定"))[0])])
    swap = before.would(at, [wrong.codes[at + 1], wrong.codes[at]], at + 2)
    gain = float(swap[0] - before.told(at, 4)[0])
    end = int(numpy.flatnonzero(wrong.codes == END)[0]) + 1
    assert gain == pytest.approx(float(after.logs[:end].sum() - before.logs[:end].sum()), abs=1e-3)


def test_who_is_taken_for_whom():
    table = confusions()
    for one, other, how in (("侯", "候", SHAPE), ("侯", "后", SOUND), ("己", "已", SHAPE)):
        codes, ways = table.of(ord(one))
        assert ways[codes.tolist().index(ord(other))] & how
    assert not len(table.of(ord("A"))[0])


@given(st.text(alphabet="的县政府规定公开开展。，\n 1aA《》😀\u3400龘\x00", max_size=40))
@settings(max_examples=40, deadline=None)
def test_places_are_in_the_text_in_order_and_apart(text):
    end = 0
    for one in of_statutes().suspects(text):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.found != one.suggestion
        end = one.end


def test_a_long_text_is_read_in_portions_with_places_of_the_whole(shipped):
    text = "，" * 19_990 + "。行政机关应当依法公开政府信息。对违反定规的单位，依法追究责任。"
    assert [(one.start, one.found) for one in shipped.suspects(text)] == [(20_009, "定规")]


def test_a_line_without_an_end_is_no_trap(shipped):
    assert told(shipped, "甲" * 2_000) is not None


class TestLearning:
    """A county's own texts."""

    TEXTS = ("璪都镇组织白茶夏季管护，三爪仑乡开展漂流安全检查。" * 3,) * 40

    def test_chances_after_a_context_add_up_to_one_at_most(self, tmp_path):
        learn(self.TEXTS, tmp_path / MODEL)
        grams = Grams.load(tmp_path / MODEL)
        third = numpy.arange(1, 0xFFFF, dtype="uint64")
        for context in ("璪都", "组织", "生僻"):
            first, second = (numpy.full(len(third), ord(one), dtype="uint64") for one in context)
            assert 0.5 < (10 ** grams.log10(first, second, third)).sum() < 1.6

    def test_what_a_county_writes_becomes_likely(self, tmp_path):
        size = learn(self.TEXTS, tmp_path / MODEL)
        assert size == 40 * 3 * 24
        grams = Grams.load(tmp_path / MODEL)
        codes = Prose.read("白茶夏季管护").codes
        logs = grams.log10(codes[1:-3], codes[2:-2], codes[3:-1])
        assert codes[1] == START
        assert logs[1:5].mean() > -0.5

    def test_a_broken_or_empty_model(self, tmp_path):
        with pytest.raises(ValueError, match="no characters"):
            learn(["", "。。"], tmp_path / MODEL)
        assert not (tmp_path / MODEL).exists()
        numpy.savez(tmp_path / MODEL, k1=numpy.zeros(1))
        with pytest.raises(ValueError, match="no character model"):
            scorer(tmp_path)

    def test_the_scorer_takes_it_up(self, tmp_path):
        learn(self.TEXTS, tmp_path / MODEL)
        assert told(scorer(tmp_path), "璪都镇组织白茶夏季管护。") == []
        assert told(scorer(tmp_path), "对违反定规的单位，依法追究责任。")

    def test_new_learning_is_noticed(self, tmp_path):
        assert stamp(tmp_path / "none") == 0
        (tmp_path / ALLOWED).write_text("# 误报\n\n布署村\n", "utf-8")
        assert stamp(tmp_path) > 0
        assert words_in(tmp_path / ALLOWED) == ["布署村"]


class TestWhatIsTried:
    """Which characters are tried in place of one, or where one was left out."""

    def test_those_seen_between_two_the_likeliest_first_kept(self, shipped):
        chances = shipped._chances
        left, right = ord("的"), ord("的")  # hundreds were seen between these two
        grams = chances._models[0][1]
        pairs = {(int(pair) >> 16, int(pair) & 0xFFFF) for pair in grams.pairs}
        seen = numpy.array(
            [one for one in range(0x4E00, 0xA000) if {(left, one), (one, right)} <= pairs],
            dtype="uint64",
        )
        before, after = numpy.full_like(seen, left), numpy.full_like(seen, right)
        by_chance = grams.double(before, seen) + grams.double(seen, after)
        told = chances.between(left, right)
        kept = numpy.isin(seen, told)
        assert (len(told), kept.sum()) == (40, 40) != (len(seen), len(seen))
        assert by_chance[kept].min() >= by_chance[~kept].max()

    def test_at_a_very_unlikely_place_one_neighbour_is_enough(self, shipped):
        chances = shipped._chances
        left, right = ord("责"), ord("㙍")  # nothing was ever seen before this one
        assert len(chances.between(left, right)) == 0
        assert ord("任") in chances.beside(left, right)

    def test_a_gap_may_be_at_the_edge_of_a_sentence_and_beside_a_mark(self):
        prose = Prose.read("甲乙，丙12丁。戊")
        gaps = [chr(int(one)) for one in prose.codes[prose.gaps] if one > 3]
        assert gaps == ["甲", "乙", "，", "丙", "戊"]  # before each; none beside a figure
        ends = prose.gaps & (prose.codes == END)
        assert ends.sum() == 2


def test_what_may_be_told_is_scored_by_all_trees(shipped):
    judge = trees_shipped()
    text = "各单位要加强疫请防控工作。由县人民攻府负责解释，对违反定规的单位依法追究刑事任。"
    figures = numpy.array([one.figures for one in scorer(with_ime=False).weighed(text)], "float32")
    scores = numpy.array(judge.plain.scores(figures))
    whole = judge.plain._said(figures, slice(None)) + judge.plain.base
    likely = scores > HOPELESS
    assert likely.any()
    assert not likely.all()
    assert scores[likely] == pytest.approx(whole[likely])
    assert (whole[~likely] < judge.least(False, True)).all()


class TestCountedWords:
    def test_the_likeliest_way_of_cutting(self):
        assert counted("认真抓好贯彻落实").words == (2, 2, 4)
        assert counted("推进放管服改革").words == (2, 3, 2)
        assert counted("").words == ()

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [
            ("县医疗保障局", "县医疗保章局"),
            ("压实工作责任", "压实作工责任"),
            ("贯彻落实精神", "贯落实精神"),
        ],
    )
    def test_what_is_right_is_likelier(self, right, wrong):
        assert counted(right).chance > counted(wrong).chance

    @given(st.text("贯彻落实县医疗保障局齉龘", max_size=20))
    def test_every_character_is_in_one_word(self, run):
        read = counted(run)
        assert sum(read.words) == len(run)
        assert read.chance <= 0
