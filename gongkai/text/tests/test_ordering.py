"""Names of organs in the order in which a list of a county is read."""

import pytest

from gongkai.text.ordering import initial_of, initials, pinyin_key, stroke_key, strokes_of


@pytest.mark.parametrize(
    ("char", "strokes"),
    [("一", 1), ("水", 4), ("民", 5), ("财", 7), ("审", 8), ("统", 9), ("镇", 15)],
)
def test_characters_have_their_strokes(char, strokes) -> None:
    assert strokes_of(char) == strokes


def test_departments_stand_by_strokes() -> None:
    names = ["财政局", "审计局", "水利局", "公安局", "统计局", "民政局", "林业局"]
    assert sorted(names, key=stroke_key) == [
        "公安局",
        "水利局",
        "民政局",
        "财政局",
        "审计局",
        "林业局",
        "统计局",
    ]


def test_departments_stand_by_pinyin() -> None:
    names = ["司法局", "财政局", "公安局", "自然资源局", "行政审批局", "审计局", "璪都镇"]
    assert sorted(names, key=pinyin_key) == [
        "财政局",
        "公安局",
        "审计局",
        "司法局",
        "行政审批局",
        "璪都镇",
        "自然资源局",
    ]


def test_what_is_in_no_table_sorts_last_and_has_no_strokes() -> None:
    assert strokes_of("𠮷") is None
    assert initial_of("𠮷") == "#"
    assert sorted(["𠮷安局", "政务局"], key=pinyin_key) == ["政务局", "𠮷安局"]


def test_initials_make_an_address() -> None:
    assert initials("财政预决算") == "czyjs"
    assert initials("12345热线（试点）") == "12345rxsd"
