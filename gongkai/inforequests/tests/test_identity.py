"""One judge of who asks for every form: digits, old and foreign documents, kinds, contacts."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.inforequests.rules.identity import (
    DOCUMENTS,
    DOCUMENTS_OF_ORGANISATIONS,
    DOCUMENTS_OF_PERSONS,
    OTHER_DOCUMENT,
    identity_problems,
    proper,
    suggested_kind,
)
from gongkai.inforequests.rules.requesters import RequesterDetails
from gongkai.statute.requesters import RequesterKind

TODAY = date(2026, 3, 2)
PERSON, FIRM = RequesterKind.NATURAL_PERSON, RequesterKind.COMMERCIAL_ENTERPRISE
ZAO = RequesterDetails("欧阳璪", "居民身份证", "11010519491231002X", phone="13800000000")
CODE = "91350100M000100Y43"


def problems(details, kind=PERSON, whole=True):
    return identity_problems(details, kind, whole=whole, today=TODAY)


def firm(number=CODE, document="统一社会信用代码", contact="张三"):
    return RequesterDetails("甲公司", document, number, contact_person=contact, phone="1")


def test_a_whole_person_and_a_whole_firm_have_no_problems():
    assert problems(ZAO) == {}
    assert problems(firm(), FIRM) == {}


@pytest.mark.parametrize(
    ("document", "number"),
    [
        ("护照", "E12345678"),
        ("港澳居民来往内地通行证", "H12345678"),
        ("台湾居民来往大陆通行证", "12345678"),
        ("外国人永久居留身份证", "USA123456789012"),
        ("军官证", "军字第1234567号"),
        (OTHER_DOCUMENT, "130503670401001"),
        (OTHER_DOCUMENT, "X-Ω 任意 1"),
    ],
)
def test_old_and_foreign_documents_are_taken(document, number):
    assert problems(replace(ZAO, identity_kind=document, identity_number=number)) == {}


@pytest.mark.parametrize(
    ("document", "number", "words"),
    [
        ("居民身份证", "110105194912310021", "校验位"),
        ("居民身份证", "130503670401001", "15位"),
        ("居民身份证", "11010520991231002X", "晚于今天"),
        ("护照", "太短", "5至17位"),
        ("港澳台居民居住证", "11010519491231002X", "不是"),
    ],
)
def test_a_wrong_number_is_told_at_its_field(document, number, words):
    found = problems(replace(ZAO, identity_kind=document, identity_number=number))
    assert list(found) == ["identity_number"]
    assert words in found["identity_number"]


def test_a_code_with_a_wrong_digit_is_told():
    assert "校验位" in problems(firm("91350100M000100Y44"), FIRM)["identity_number"]


def test_a_kind_and_a_document_that_do_not_fit_are_told_both_ways():
    assert "单位名义" in problems(firm(), PERSON)["identity_kind"]
    as_firm = replace(ZAO, contact_person="张三")
    assert "单位名义" in problems(as_firm, FIRM)["identity_kind"]


def test_an_organisation_needs_somebody_to_talk_to():
    assert "联系人" in problems(firm(contact=""), FIRM, whole=False)["contact_person"]
    assert problems(firm("村民小组", OTHER_DOCUMENT), RequesterKind.OTHER_ORG) == {}


def test_a_letter_may_leave_out_what_can_be_supplemented():
    bare = RequesterDetails("欧阳璪")
    assert problems(bare, whole=False) == {}
    assert sorted(problems(bare)) == ["identity_kind", "identity_number", "phone"]
    assert list(problems(RequesterDetails(" "), whole=False)) == ["name"]


def test_a_number_without_its_document_or_with_an_invented_one_is_told():
    assert "请选择" in problems(replace(ZAO, identity_kind=""), whole=False)["identity_kind"]
    assert "可选项" in problems(replace(ZAO, identity_kind="工作证明"))["identity_kind"]


@pytest.mark.parametrize("name", ["phone", "address", "identity_number"])
def test_what_is_too_long_or_cannot_be_stored_is_told(name):
    other = replace(ZAO, identity_kind=OTHER_DOCUMENT)
    assert "不能超过" in problems(replace(other, **{name: "长" * 301}))[name]
    assert "无法保存" in problems(replace(other, **{name: "a\x00b"}))[name]


@pytest.mark.parametrize(
    ("document", "number", "kind"),
    [
        ("统一社会信用代码", CODE, FIRM),
        ("统一社会信用代码", "31310000MD0130389R"[:17], None),
        ("居民身份证", "", PERSON),
        (OTHER_DOCUMENT, "1", None),
        ("组织机构代码", "000014349", None),
        ("", "", None),
    ],
)
def test_a_document_suggests_a_kind(document, number, kind):
    assert suggested_kind(document, number) is kind


def test_a_number_is_kept_in_its_plain_form():
    assert proper(replace(ZAO, identity_number="11010519491231002ｘ"), TODAY).endswith("2X")
    assert proper(replace(ZAO, identity_number=" 123 "), TODAY) == "123"
    assert proper(replace(ZAO, identity_kind=OTHER_DOCUMENT, identity_number=" a 1 "), TODAY) == (
        "a 1"
    )


def test_every_document_is_offered_to_persons_or_organisations():
    assert set(DOCUMENTS) == {*DOCUMENTS_OF_PERSONS, *DOCUMENTS_OF_ORGANISATIONS}
