"""Personal data found in prose and tables; what is masked, public or an organ's is left alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.levels import Level
from gongkai.text.privacy import PrivacyRule, find, find_in_rows

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID = "36092519800101002X"


def identity(region: str, born_on: date, order: int) -> str:
    body = f"{region}{born_on:%Y%m%d}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def rules(text: str, **given) -> list[str]:
    return [one.rule.value for one in find(text, **given)]


identities = st.builds(
    identity,
    st.sampled_from(["360925", "110105", "820000", "659001"]),
    st.integers(0, 45_000).map(lambda days: date(1900, 1, 1) + timedelta(days=days)),
    st.integers(0, 999),
)
full_width = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@given(identities, st.sampled_from(["", " ", "-", "\u200b", "\u3000", "\u00a0"]), st.data())
def test_an_identity_number_is_found_however_it_is_written(number, gap, data):
    cuts = sorted(data.draw(st.sets(st.integers(1, 17), max_size=5)))
    written = gap.join(number[a:b] for a, b in zip([0, *cuts], [*cuts, 18], strict=True))
    if data.draw(st.booleans()):
        written = written.translate(full_width)
    text = f"申请人李某，身份证号码{written}，已受理。"
    (one,) = find(text)
    assert one.rule is PrivacyRule.IDENTITY_NUMBER
    assert one.level is Level.BLOCKING
    assert text[one.start : one.end] == written
    assert number not in one.found


@given(
    st.text(alphabet="0123456789Xx -*：，。身份证号码卡村组号栋室住生年月日@.qcom赣C·", max_size=80)
)
def test_places_are_in_the_text_in_order_and_apart(text):
    end = 0
    for one in find(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end


def test_a_number_broken_by_a_line_is_found():
    assert rules(f"身份证号码{ID[:9]}\n{ID[9:]}") == ["identity_number"]


def test_two_numbers_with_a_blank_between_are_two():
    assert rules("13900001234 13900005678") == ["mobile_phone", "mobile_phone"]


@pytest.mark.parametrize(
    "text",
    [
        "身份证号3622**********1234",
        "身份证号36*************02X",
        "电话138****1234",
        "统一社会信用代码91350100M000100Y43",
        "项目代码2020-360925-77-03-012345",
        "投资13800138000元",
        "电子邮箱 jxzw@jingan.gov.cn",
        "电话：0795-4662138",
        "编号：JA13900001234",
        "IP地址192.168.139.0000",
        "执行GB18030—2022标准",
    ],
)
def test_what_is_masked_or_public_is_left_alone(text):
    assert rules(text) == []


def test_a_mask_that_leaves_the_birthday_is_told():
    (one,) = find("身份证号36092519800101****")
    assert one.rule is PrivacyRule.WEAK_MASK
    assert one.level is Level.ADVISORY


def test_a_wrong_check_digit_counts_only_beside_the_word():
    wrong = ID[:-1] + "3"
    assert rules(f"身份证号码{wrong}") == ["identity_number"]
    assert rules(f"流水号{wrong}") == []


def test_the_organs_own_telephone_and_mailbox_are_allowed_in_any_writing():
    assert rules("值班手机13900001234", allowed=["+86 139-0000-1234"]) == []
    assert rules("联系人张三，邮箱a@qq.com", allowed=["A@QQ.com"]) == []
    assert rules("联系人张三，邮箱b@qq.com", allowed=["A@QQ.com"]) == ["email"]


def test_a_duty_phone_is_advisory_and_a_persons_blocks():
    (duty,) = find("24小时值班电话13900001234")
    (person,) = find("投诉人电话13900001234")
    assert (duty.level, person.level) == (Level.ADVISORY, Level.BLOCKING)


def test_an_organs_account_is_not_a_persons():
    assert rules("户名：靖安县财政局，账号：1436010104001234567") == []
    assert rules("户名：张三，银行卡号：1436010104001234567") == ["bank_card"]


def test_a_home_is_private_and_an_office_and_a_site_are_not():
    assert rules("家住高湖镇西头村下坑组12号") == ["home_address"]
    assert rules("办公地址：清华路88号3栋2单元201室") == []
    assert rules("项目位于高湖镇西头村下坑组12号") == []
    assert rules("甲公司，住所：清华路88号") == []
    assert rules("当事人张某，住所：清华路88号") == ["home_address"]


def test_names_of_patients_and_minors_are_asked_about():
    (one,) = find("患者李建国（男，56岁）已出院")
    assert (one.rule, one.level) == (PrivacyRule.SENSITIVE_PERSON, Level.ADVISORY)
    assert rules("患者李某某（男，56岁）已出院") == []


def test_the_finding_says_what_to_do_and_shows_no_number():
    (one,) = find(f"身份证号{ID}")
    assert "保留前2位和后3位" in one.message
    assert ID not in one.message


HEAD = ["序号", "姓 名", "身份证号码", "银行账号", "家庭住址", "联系电话", "金额"]


def test_a_column_is_one_finding_with_its_cells():
    rows = [
        ["2026年补贴发放表"],
        HEAD,
        ["1", "张三", ID, "1436010104001234567", "西头村下坑组", "13900001234", "600"],
        ["2", "李四", ID[:-1] + "5", "", "西头村", "0795-4662138", "600"],
        ["3", "王五", "36*************02X", "", "", "138****1234", "600"],
    ]
    found = {one.finding.rule.value: one for one in find_in_rows(rows)}
    assert {rule: (one.cell, one.count) for rule, one in found.items()} == {
        "identity_number": ("C3:C4", 2),  # a wrong check digit is still somebody's number
        "bank_card": ("D3", 1),
        "home_address": ("E3", 1),
        "mobile_phone": ("F3", 1),
    }
    assert all(one.finding.level is Level.BLOCKING for one in found.values())
    assert "“身份证号码”一列有2格未处理" in found["identity_number"].finding.suggestion


def test_a_contact_list_of_organs_is_advisory():
    rows = [["单位名称", "联系电话"], ["县水利局", "13900001234"], ["县财政局", "0795-4662138"]]
    (one,) = find_in_rows(rows)
    assert (one.cell, one.finding.level) == ("B2", Level.ADVISORY)


def test_a_number_in_a_column_of_another_name_is_found_in_its_cell():
    rows = [["备注", "金额"], ["", "1"], [f"经办{ID}", "2"]]
    (one,) = find_in_rows(rows)
    assert (one.cell, one.row, one.column) == ("A3", 3, 1)
    assert one.finding.start == 2


def test_a_column_of_illness_is_asked_about():
    (one,) = find_in_rows([["姓名", "病种"], ["张三", "尿毒症"], ["李四", "无"]])
    assert (one.finding.rule, one.cell) == (PrivacyRule.SENSITIVE_COLUMN, "B2")


def test_ragged_and_empty_tables_are_read():
    assert find_in_rows([]) == []
    assert find_in_rows([[], ["身份证号"], []]) == []


def test_a_hostile_text_takes_no_more_than_its_length():
    """Finished, not hung, is what is tested."""
    for text in ("1 " * 50_000, "1" * 100_000, "号" * 100_000, "a" * 50_000 + "@", "村组" * 30_000):
        find(text)


def test_blanks_that_a_pdf_sets_around_figures_hide_no_home():
    text = "家住青禾县城东街道桂花路 18 号 3 栋 2 单元 502 室"
    (one,) = find(text)
    assert one.rule == "home_address"
    assert text[one.end - 5 : one.end] == "502 室"
    assert find("办公地址：青禾县城东大道 1 号政务大楼 3 楼 302 室") == []
