"""What letters say: remedies by ground and day, terms without provisional dates, numbers, kinds."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.letters.rules import answers, kinds, numbers, terms, values
from gongkai.letters.rules.errors import LetterIncomplete, ProfileMissing
from gongkai.letters.rules.kinds import LetterKind, Telling, answer_kind
from gongkai.letters.rules.remedies import Instances, Told, remedy_paragraphs
from gongkai.letters.rules.shipped import shipped
from gongkai.letters.rules.terms import Due, due_words
from gongkai.statute.grounds import Ground
from gongkai.text.docnumbers import is_proper

INSTANCES = Instances("靖安县人民政府", "靖安县人民法院", "江西行政复议网上平台")
BEFORE, SINCE = date(2023, 12, 31), date(2024, 1, 1)


def remedies(*items, day=SINCE, kind=LetterKind.PARTIAL, **given):
    told = [Told(label, ground) for label, ground in items]
    given.setdefault("instances", INSTANCES)
    return remedy_paragraphs(kind, told, answered_on=day, **given)


def test_withholding_goes_to_reconsideration_first_since_2024():
    (text,) = remedies(("", Ground.STATE_SECRET), kind=LetterKind.STATE_SECRET)
    assert "应当先申请行政复议" in text
    assert "60日内向靖安县人民政府申请行政复议" in text
    assert "收到行政复议决定书之日起15日内向靖安县人民法院" in text
    assert "6个月" not in text
    assert "网上平台" not in text


def test_before_2024_withholding_left_the_choice():
    (text,) = remedies(("", Ground.STATE_SECRET), kind=LetterKind.STATE_SECRET, day=BEFORE)
    assert "先申请" not in text
    assert "60日内" in text
    assert "6个月内" in text


@pytest.mark.parametrize("ground", [Ground.NOT_HELD, Ground.ADMINISTRATIVE_ENQUIRY, Ground.REPEAT])
def test_other_answers_leave_the_choice(ground):
    (text,) = remedies(("", ground), kind=LetterKind.NOT_HELD)
    assert "6个月内向靖安县人民法院提起行政诉讼" in text
    assert "先申请" not in text


def test_part_disclosure_tells_both():
    first, free = remedies(("", Ground.PARTIAL))
    assert "答复书中不予公开的部分" in first
    assert "应当先申请行政复议" in first
    assert "答复书中其余部分" in free
    assert "6个月" in free


def test_a_letter_of_both_kinds_names_the_items():
    first, free = remedies(
        ("第一项", Ground.GRANTED), ("第二项", Ground.DELIBERATIVE), ("第三项", Ground.NOT_HELD)
    )
    assert "中第二项，根据" in first
    assert "中第一项、第三项，可以" in free


def test_served_online_tells_the_online_way():
    (text,) = remedies(("", Ground.NOT_HELD), kind=LetterKind.NOT_HELD, served_online=True)
    assert "也可以通过江西行政复议网上平台在线申请" in text


@pytest.mark.parametrize("kind", [k for k in LetterKind if k.telling is Telling.NONE])
def test_steps_tell_no_remedy(kind):
    assert remedies(kind=kind, instances=Instances("", "")) == ()


@pytest.mark.parametrize(
    "kind",
    [
        LetterKind.NOT_CORRECTED,
        LetterKind.CORRECTED,
        LetterKind.PASSED_ON,
        LetterKind.TELL_THIRD_PARTY,
    ],
)
def test_corrections_and_decisions_against_a_third_party_leave_the_choice(kind):
    (text,) = remedies(kind=kind)
    assert f"如不服本{kind.noun}，" in text
    assert "6个月" in text


def test_an_answer_without_items_or_court_is_refused():
    with pytest.raises(LetterIncomplete, match="没有答复事项"):
        remedies()
    with pytest.raises(ProfileMissing, match="人民法院") as refused:
        remedies(("", Ground.REPEAT), instances=Instances("靖安县人民政府", ""))
    assert refused.value.field == "court"


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(1, 40))
def test_a_provisional_date_is_never_printed(day, days):
    told = due_words(Due(day, provisional=True, days=days))
    assert told == f"自收到申请之日起{days}个工作日内"
    assert str(day.year) not in told
    assert due_words(Due(day, provisional=False, days=days)).startswith(f"{day.year}年")


@given(st.integers(1, 99_999), st.integers(2019, 2100), st.sampled_from(list(LetterKind)))
def test_numbers_are_proper(serial, year, kind):
    if kind.numbered:
        assert is_proper(numbers.compose("靖水", kind, year, serial))


@pytest.mark.parametrize("prefix", ["", "靖水〔", "靖 水", "靖水" * 10, "1", "靖水号{{"])
def test_improper_prefixes_are_refused(prefix):
    with pytest.raises(ProfileMissing):
        numbers.proper_prefix(prefix)


def test_every_ground_has_its_letter():
    for ground in Ground:
        kind = answer_kind([ground])
        assert kind.value in ground.letters
    assert answer_kind([Ground.GRANTED, Ground.NOT_HELD]) is LetterKind.PARTIAL
    letters = {code for ground in Ground for code in ground.letters}
    assert letters <= {kind.value for kind in LetterKind}


def test_every_answer_has_a_sentence_that_cites():
    for kind in LetterKind:
        if kind.is_answer or kind.value.startswith("C"):
            facts = {
                fact.name: fact.choices[0] if fact.choices else f"某{fact.label}"
                for fact in answers.facts_of(kind)
            }
            told = answers.sentence(kind, facts, you="你单位")
            assert "中华人民共和国政府信息公开条例》第" in told, kind
            assert not set(told) & set("{}[]"), told
            assert told.endswith(("。", "：")), told


def test_a_sentence_lacks_nothing_and_leaves_out_what_is_not_told():
    with pytest.raises(LetterIncomplete, match="检索的范围") as refused:
        answers.sentence(LetterKind.NOT_HELD, {"keywords": "关键词“水库”"})
    assert refused.value.field == "places"
    with pytest.raises(LetterIncomplete, match="只能是"):
        answers.sentence(LetterKind.SECURITY_AND_STABILITY, {"which": "心情", "reason": "不便公开"})
    told = answers.sentence(LetterKind.OTHER_RESPONSIBLE, {"reason": "职责已划转"})
    assert "建议" not in told
    told = answers.sentence(LetterKind.STATE_SECRET, {"basis": "{you}[x]"})
    assert "{you}[x]" in told  # facts are words, never patterns


def test_citations_name_a_law_once():
    told = answers.sentence(LetterKind.STATE_SECRET, {"basis": "机密"})
    assert "《中华人民共和国政府信息公开条例》第十四条、第三十六条第三项" in told


def test_several_items_are_numbered():
    body = answers.numbered([("甲", ("一段。",)), ("乙。", ("二段。", "三段。"))])
    assert body == ("一、关于甲。一段。", "二、关于乙。二段。", "三段。")
    assert answers.numbered([("甲", ("一段。",))]) == ("一段。",)
    assert values.item_label(11) == "第十一项"
    assert values.chinese(20) == "二十"


def test_words_are_shortened_and_amounts_written():
    assert terms.shortened("一\n二  三“四”。") == "一二三‘四’"
    assert terms.shortened("GB 2020 号\n的 PM 2.5 数据；") == "GB 2020号的PM 2.5数据"
    assert terms.shortened("长" * 200) == "长" * 120 + "……"
    assert terms.yuan(Decimal("50.00")) == "50元"
    assert terms.yuan(Decimal("12.5")) == "12.50元"
    assert values.attachment_lines(("甲", "乙")) == ["附件：1．甲", "　　　2．乙"]
    assert values.attachment_lines(("甲",)) == ["附件：甲"]


def test_the_opinion_letter_does_not_name_the_requester():
    words = str(shipped(LetterKind.THIRD_PARTY))
    assert "申请编号" not in words
    assert "申请内容" not in words


def test_only_letters_between_organs_have_the_red_head():
    heads = {kind for kind in LetterKind if "发文机关标志" in str(shipped(kind))}
    assert heads == {LetterKind.OTHER_ORGAN}
    assert LetterKind.FEE.valid_from == kinds.FEE_MEASURES_ON
