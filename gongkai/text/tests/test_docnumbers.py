"""Document numbers as people type them and as the standard writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text import docnumbers
from gongkai.text.docnumbers import DocumentNumber, OrderNumber

IDEOGRAPHS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF).filter(
    lambda character: character not in "第令年号號"
)
NUMBERS = st.builds(
    DocumentNumber,
    prefix=st.text(IDEOGRAPHS, min_size=1, max_size=20),
    year=st.integers(docnumbers.FIRST_YEAR, docnumbers.LAST_YEAR),
    serial=st.integers(1, 999_999),
)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    "typed",
    [
        "宜府办字〔2020〕64号",
        "宜府办字[2020]64号",
        "宜府办字［２０２０］６４号",
        "宜府办字（2020）64号",
        "宜府办字(2020)64号",
        "宜府办字【2020】64号",
        "宜府办字﹝2020﹞64号",
        "宜府办字〔2020］64号",
        " 宜府办字 〔 2020 〕 64 号\u3000",
        "宜府办字〔2020〕64\u200b号",
        "宜府办字〔2020年〕64號",
    ],
)
def test_any_bracket_and_width_is_the_same_number(typed):
    assert docnumbers.parse(typed) == DocumentNumber("宜府办字", 2020, 64)
    assert docnumbers.normalise(typed) == "宜府办字〔2020〕64号"


@pytest.mark.parametrize(
    ("typed", "fault", "proper"),
    [
        ("宜府办字〔2020〕第64号", "不加“第”", "宜府办字〔2020〕64号"),
        ("宜府办字〔2020〕064号", "不编虚位", "宜府办字〔2020〕64号"),
        ("国办发[2016]第０80号", "不加“第”字，序号不编虚位", "国办发〔2016〕80号"),
    ],
)
def test_a_number_off_the_form_is_refused_with_the_proper_form(typed, fault, proper):
    with pytest.raises(docnumbers.DocumentNumberFormError, match=fault) as refused:
        docnumbers.parse(typed)
    assert refused.value.proper == proper
    assert proper in str(refused.value)
    assert docnumbers.normalise(typed) == proper


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "为空"),
        ("  ", "为空"),
        ("2020年第64号", "格式不对"),
        ("宜府办字2020-64号", "格式不对"),
        ("宜府办字〔2020〕64", "格式不对"),
        ("〔2020〕64号", "格式不对"),
        ("宜府办字〔20〕64号", "年份“20”不对"),
        ("宜府办字〔1020〕64号", "年份“1020”不对"),
        ("宜府办字〔2020〕0号", "序号“0”不对"),
        ("宜府办字〔2020〕1234567号", "序号“1234567”不对"),
        ("字" * 21 + "〔2020〕1号", "超过20个字"),
        ("错" * 5000, "……"),
    ],
)
def test_what_is_no_number_is_refused_with_a_remedy(typed, message):
    with pytest.raises(docnumbers.DocumentNumberError, match=message) as refused:
        docnumbers.parse(typed)
    assert len(str(refused.value)) < 200


def test_only_the_official_form_is_proper():
    assert docnumbers.is_proper("靖府办字〔2020〕12号")
    assert not docnumbers.is_proper("靖府办字[2020]12号")
    assert not docnumbers.is_proper("靖府办字〔2020〕012号")
    assert not docnumbers.is_proper("靖府办字")


@pytest.mark.parametrize("typed", ["江西省人民政府令第119号", "江西省人民政府令（第１１９号）"])
def test_orders_are_numbered_through_the_years(typed):
    assert docnumbers.parse_order(typed) == OrderNumber("江西省人民政府令", 119)
    assert str(docnumbers.parse_order(typed)) == "江西省人民政府令第119号"


@pytest.mark.parametrize(
    "typed", ["", "第119号", "江西省人民政府令119号", "省令第0号", "令第1234567号"]
)
def test_what_is_no_order_is_refused(typed):
    with pytest.raises(docnumbers.DocumentNumberError, match="令号应为"):
        docnumbers.parse_order(typed)


@given(NUMBERS)
def test_reading_what_was_written_gives_the_number_back(number):
    assert docnumbers.parse(str(number)) == number
    assert docnumbers.is_proper(str(number))


@given(
    NUMBERS,
    st.integers(0, len(docnumbers.OPENING) - 1),
    st.booleans(),
    st.sampled_from(["", " ", "\u3000"]),
)
def test_brackets_width_and_blanks_do_not_matter(number, bracket, wide, blank):
    opening, closing = docnumbers.OPENING[bracket], docnumbers.CLOSING[bracket]
    typed = blank.join(
        [number.prefix, opening, str(number.year), closing, str(number.serial), "号"]
    )
    if wide:
        typed = typed.translate(FULL_WIDTH)
    assert docnumbers.parse(typed) == number


@given(NUMBERS, st.integers(0, 3), st.booleans())
def test_the_remedy_is_always_the_proper_form(number, zeros, ordinal):
    serial = "0" * zeros + str(number.serial)
    typed = f"{number.prefix}〔{number.year}〕{'第' if ordinal else ''}{serial}号"
    assert docnumbers.normalise(typed) == str(number)
    assert docnumbers.is_proper(typed) == (not zeros and not ordinal)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    try:
        number = docnumbers.parse(text)
    except docnumbers.DocumentNumberError:
        return
    assert docnumbers.normalise(str(number)) == str(number)
