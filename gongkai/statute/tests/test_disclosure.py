"""What must be disclosed: the items of Art. 20 and 21, the subjects, the genres."""

import pytest

from gongkai.statute.disclosure import (
    ARTICLE_20,
    ARTICLE_21_COUNTY,
    ARTICLE_21_TOWNSHIP,
    ITEMS,
    Duty,
    Stage,
    items_binding,
)
from gongkai.statute.genres import Genre, genre_named
from gongkai.statute.subjects import SUBJECTS, offered, subject_named


def test_article_20_has_fifteen_items_each_naming_its_place() -> None:
    assert [item.code for item in ARTICLE_20] == [f"20-{number:02d}" for number in range(1, 16)]
    assert str(ARTICLE_20[0].article) == "条例第二十条第一项"
    assert str(ARTICLE_20[9].article) == "条例第二十条第十项"
    assert str(ARTICLE_20[14].article) == "条例第二十条第十五项"
    assert ITEMS["20-07"].label == "财政预算、决算信息"


def test_a_township_owes_other_things_than_a_county() -> None:
    county, township = items_binding(township=False), items_binding(township=True)
    assert county[:15] == township[:15] == ARTICLE_20
    assert [item.label for item in county[15:]] == [item.label for item in ARTICLE_21_COUNTY]
    assert "宅基地使用情况审核" in {item.label for item in township}
    assert "宅基地使用情况审核" not in {item.label for item in county}
    assert {item.duty for item in ARTICLE_21_TOWNSHIP} == {Duty.TOWNSHIP}
    assert len(ITEMS) == 15 + 7 + 8
    assert all(len(code) <= 8 for code in ITEMS)
    assert str(ITEMS["21-101"].article) == "条例第二十一条"


def test_five_openings() -> None:
    assert [stage.label for stage in Stage] == [
        "决策公开",
        "执行公开",
        "管理公开",
        "服务公开",
        "结果公开",
    ]


def test_subjects_have_stable_codes_and_whole_names() -> None:
    classes = [subject for subject in SUBJECTS.values() if not subject.class_name]
    assert len(classes) == 22
    assert SUBJECTS["02"].name == "综合政务"
    assert SUBJECTS["0201"].path == "综合政务\\政务公开"
    assert SUBJECTS["0208"].name == "参事、文史"
    assert SUBJECTS["22"].path == "其他"
    assert all(len(subject.code) in (2, 4) for subject in SUBJECTS.values())


def test_what_a_county_files_under_leaves_out_the_state_council() -> None:
    assert len([subject for subject in offered() if len(subject.code) == 2]) == 21
    assert "01" not in {subject.class_code for subject in offered()}
    assert subject_named("国务院组织机构\\国务院") is SUBJECTS["0101"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("综合政务\\政务公开", "0201"),
        (" 综合政务 / 政务公开 ", "0201"),
        ("综合政务>>政务公开", "0201"),
        ("财政、金融、审计", "04"),
        ("民族、宗教／宗教事务", "1802"),
    ],
)
def test_a_subject_is_known_however_its_path_is_printed(words, code) -> None:
    found = subject_named(words)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("words", ["", "政务公开", "财政", "综合政务\\宗教事务"])
def test_a_subject_is_never_guessed(words) -> None:
    assert subject_named(words) is None


def test_fifteen_kinds_of_document_and_what_a_platform_adds() -> None:
    assert len([genre for genre in Genre if genre.official]) == 15
    assert not Genre.INTERPRETATION.official
    assert Genre.NOTICE.label == "通知"
    assert genre_named(" 命令 ") is Genre.ORDER
    assert genre_named("政策解读") is Genre.INTERPRETATION
    assert genre_named("图文") is None
