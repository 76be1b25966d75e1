"""Wrong words, marks, days and figures; the guards that keep right words alone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.levels import Level
from gongkai.text.wording import FIRST_PACK, Wording, WordingFinding
from gongkai.text.wording.formulas import wrong_formulas

DAY = date(2026, 3, 2)
WORDING = Wording()


def told(text: str, on: date = DAY) -> list[tuple[str, str]]:
    return [(one.found, one.suggestion) for one in WORDING.check(text, on)]


def test_every_rule_has_an_id_of_its_own_and_says_why():
    ids = [rule.rule for rule in FIRST_PACK]
    assert len(ids) == len(set(ids)) > 300
    assert all(rule.message and rule.wrong != rule.right for rule in FIRST_PACK)
    with pytest.raises(ValueError, match="same id"):
        Wording([FIRST_PACK[0], FIRST_PACK[0]])


@pytest.mark.parametrize("rule", FIRST_PACK, ids=lambda rule: rule.rule)
def test_the_right_form_is_never_found_wrong_itself(rule):
    on = rule.valid_from or DAY
    again = [one for one in WORDING.check(rule.right, on) if one.rule.startswith(("typo", "fixed"))]
    assert again == []


@pytest.mark.parametrize(
    "text",
    ["业务比例", "按排名先后", "全县方案健全", "上方按钮", "用水按装机容量", "研究竞争政策",
     "公司发局部公告", "自己经营", "校园满意度", "不予算作", "尽职则免责", "办公权利"],
)  # fmt: skip
def test_words_that_run_into_one_another_are_no_slip(text):
    assert told(text) == []


def test_an_organ_has_its_old_name_in_a_text_of_its_time():
    text = "县工商行政管理局负责登记。"
    assert told(text, date(2017, 5, 1)) == []
    assert told(text) == [("工商行政管理局", "市场监督管理局")]
    assert told("原县工商行政管理局的职责由县市场监督管理局承继。") == []


def test_an_organ_replaced_twice_has_the_name_of_the_day():
    assert told("县扶贫办牵头", date(2022, 1, 1)) == [("扶贫办", "乡村振兴局")]
    assert told("县扶贫办牵头", DAY) == [("扶贫办", "农业农村局")]
    assert told("县扶贫办牵头", date(2020, 1, 1)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026年2月29日", "没有这一天"),
        ("二〇二六年二月三十日", "没有这一天"),
        ("2026年3月2日（星期二）", "是星期一"),
        ("自2026年3月10日至2026年3月2日", "颠倒"),
        ("2026年13月", "没有这个月份"),
    ],
)
def test_days_that_cannot_be(text, message):
    (one,) = WORDING.check(text, DAY)
    assert message in one.message
    assert one.level is Level.BLOCKING


@pytest.mark.parametrize(
    "text", ["2024年2月29日", "2026年3月2日（星期一）", "36个月", "2月29日", "第十三月份牌"]
)
def test_days_that_can_be(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("《关于“放管服”改革的通知》", []),
        ("《关于转发《办法》的通知》", ["《"]),
        ("“他说“好””", ["“"]),
        ("1）一是；2）二是。", []),
        ("（一）总则", []),
        ("缺右括号（见附件。", ["（"]),
        ("缺左括号见附件）。", ["）"]),
        ("交叉（见《办法）》。", ["《", "》"]),
        ("《关于印发\n工作要点的通知》已公布。", []),
        ("“第一段。\n“第二段。”", []),
        ("半角(全角）混用。", []),
    ],
)
def test_marks_are_paired(text, found):
    assert [one.found for one in WORDING.check(text, DAY)] == found


@pytest.mark.parametrize(
    ("text", "proper"),
    [
        ("根据靖府办字[2026]12号文件", "靖府办字〔2026〕12号"),
        ("国办发（2019）54号", "国办发〔2019〕54号"),
        ("靖教字〔2026〕第015号", "靖教字〔2026〕15号"),
    ],
)
def test_document_numbers(text, proper):
    (one,) = WORDING.check(text, DAY)
    assert one.suggestion == proper


@pytest.mark.parametrize(
    "text", ["国办发〔2019〕54号", "（2025）赣0925行初12号", "第（2026）1号地块"]
)
def test_other_numbers_are_left_alone(text):
    assert told(text) == []


def test_shares_and_sums():
    assert told("满意率达102%") == [("102%", "")]
    assert told("毛入学率102%，完成率105%") == []
    assert told("3件、4件，共计8件") == [("3件、4件，共计8件", "")]
    assert told("3件、4件，共计7件") == []


def test_fixed_orders_and_units():
    wrong = "创新、绿色、协调、开放、共享"
    assert told(f"{wrong}的新发展理念") == [(wrong, "创新、协调、绿色、开放、共享")]
    assert told("面积3平方公尺") == [("平方公尺", "平方米")]
    assert told("办公升级") == []


@pytest.mark.parametrize(
    "text", ["以营利为目的的活动", "为了了解情况", "的的确确", "存在在建工程", "参与与合作"]
)
def test_doubled_characters_that_are_right(text):
    assert told(text) == []


def test_words_an_office_allows_are_not_told():
    text = "布署村村民委员会"
    assert told(text) == [("布署", "部署")]
    assert Wording(allow=["布署村"]).check(text, DAY) == []


def test_a_model_joins_in_by_the_same_door():
    one = WordingFinding(0, 1, "甲", "乙", "model", Level.ADVISORY, "可疑")

    class Model:
        def suspects(self, text: str) -> list[WordingFinding]:
            return [one] if text else []

    assert Wording(scorer=Model()).check("甲方", DAY) == [one]


def test_a_rule_out_of_force_is_silent():
    rule = replace(FIRST_PACK[0], valid_to=date(2025, 12, 31))
    assert Wording([rule]).check(rule.wrong, DAY) == []
    assert len(Wording([rule]).check(rule.wrong, date(2025, 12, 31))) == 1


@given(
    st.text(alphabet="的了《》“”（）()1日月年2035%、，。件合计〔〕号发截止目前\n帐号", max_size=60)
)
def test_places_are_in_the_text_in_order_and_apart(text):
    end = 0
    for one in WORDING.check(text, DAY):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.found
        end = one.end


def test_a_hostile_text_takes_no_more_than_its_length():
    """A hundred thousand marks without partners; finished, not hung, is what is tested."""
    for text in ("（" * 50_000 + "》" * 50_000, "（\n" + "\n" * 100_000, "截止" * 20_000):
        WORDING.check(text, DAY)


class TestFormulas:
    @pytest.mark.parametrize(
        ("text", "found", "right"),
        [
            ("各单位要认真贯彻落时会议精神。", "贯彻落时", "贯彻落实"),
            ("制定切实可形的方案", "切实可形", "切实可行"),
            ("因地治宜发展产业", "因地治宜", "因地制宜"),
        ],
    )
    def test_one_character_of_the_same_sound_is_a_slip(
        self, text: str, found: str, right: str
    ) -> None:
        told = [(one.found, one.suggestion) for one in wrong_formulas(text)]
        assert told == [(found, right)]

    @pytest.mark.parametrize(
        "text",
        [
            "贯彻落实会议精神", "切实可行的方案", "安全生产和安全生活", "贯彻中央精神", "贯彻",
            "统筹协调配合密切", "组织实时监测", "多做为民服务的实事",
        ],
    )  # fmt: skip
    def test_other_words_are_let_be(self, text: str) -> None:
        assert list(wrong_formulas(text)) == []
