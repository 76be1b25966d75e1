"""Check digits: the published examples of law.md 9.1 and every one-character slip."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.identity import (
    DocumentType,
    IdentityError,
    Sex,
    credit_code,
    document_number,
    identity_number,
    organisation_code,
    suggest_kind,
)
from gongkai.statute.requesters import RequesterKind

TODAY = date(2026, 8, 1)
CREDIT_CODES = (
    "91350100M000100Y43",
    "91440300708461136T",
    "91310000775785552L",
    "91110108551385082Q",
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def with_check(body: str) -> str:
    """Return a made-up identity number completed with its check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def test_published_identity_numbers() -> None:
    lady = identity_number("11010519491231002x", TODAY)
    assert (lady.number, lady.born_on, lady.sex) == (
        "11010519491231002X",
        date(1949, 12, 31),
        Sex.FEMALE,
    )
    lad = identity_number(" 440524 18800101 0014 ", TODAY)
    assert (lad.region, lad.born_on, lad.sex) == ("440524", date(1880, 1, 1), Sex.MALE)
    assert identity_number("１１０１０５１９４９１２３１００２Ｘ", TODAY) == lady


@given(st.integers(0, 17), st.integers(1, 9))
def test_any_one_wrong_digit_is_found(place: int, shift: int) -> None:
    number = "440524188001010014"
    digit = (int(number[place]) + shift) % 10
    with pytest.raises(IdentityError):
        identity_number(f"{number[:place]}{digit}{number[place + 1 :]}", TODAY)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("110105491231002", "15位的第一代"),
        ("1101051949123100", "17位数字"),
        ("1101051949123100XX", "17位数字"),
        ("110105194902300021", "出生日期不存在"),
        (with_check("11010520260802001"), "晚于今天"),
        ("110105194912310021", "校验位不符"),
        ("", "17位数字"),
        ("٣٤٠٥٢٤١٨٨٠٠١٠١٠٠١٤", "17位数字"),
    ],
)
def test_wrong_identity_numbers_are_told_apart(number: str, told: str) -> None:
    with pytest.raises(IdentityError, match=told):
        identity_number(number, TODAY)


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_published_credit_codes(code: str) -> None:
    assert credit_code(code.lower()) == code
    assert organisation_code(code[8:17])


def test_wrong_credit_codes_are_told_apart() -> None:
    with pytest.raises(IdentityError, match="现在是17位"):
        credit_code(CREDIT_CODES[0][:17])
    with pytest.raises(IdentityError, match="“O”"):
        credit_code("9135O100M000100Y43")
    with pytest.raises(IdentityError, match="校验位不符"):
        credit_code("91350100M000100Y44")


@pytest.mark.parametrize("code", ["000014349", "014500815", "01450081-5"])
def test_published_organisation_codes(code: str) -> None:
    assert organisation_code(code) == code.replace("-", "")


def test_wrong_organisation_codes_are_told_apart() -> None:
    with pytest.raises(IdentityError, match="8位数字或者字母"):
        organisation_code("0145008155")
    with pytest.raises(IdentityError, match="校验位不符"):
        organisation_code("014500816")


@pytest.mark.parametrize(
    ("kind", "text", "plain"),
    [
        (DocumentType.IDENTITY_CARD, "440524188001010014", "440524188001010014"),
        (DocumentType.RESIDENCE_PERMIT, with_check("81000019900101001"), None),
        (DocumentType.FOREIGN_RESIDENT_CARD, with_check("91156019900101001"), None),
        (DocumentType.FOREIGN_RESIDENT_CARD, "usa110090010112", "USA110090010112"),
        (DocumentType.PASSPORT, "e12345678", "E12345678"),
        (DocumentType.HK_MACAO_PERMIT, "H12345678", "H12345678"),
        (DocumentType.TAIWAN_PERMIT, "12345678", "12345678"),
        (DocumentType.OFFICER_CARD, "军字第 1234567号", "军字第1234567号"),
        (DocumentType.CREDIT_CODE, "91350100m000100y43", "91350100M000100Y43"),
        (DocumentType.ORGANISATION_CODE, "01450081-5", "014500815"),
    ],
)
def test_other_documents(kind: DocumentType, text: str, plain: str | None) -> None:
    assert document_number(kind, text, TODAY) == (plain or text)


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (DocumentType.PASSPORT, "护照", "护照号码应当是5至17位"),
        (DocumentType.HK_MACAO_PERMIT, "A12345678", "H或者M开头"),
        (DocumentType.IDENTITY_CARD, with_check("81000019900101001"), "不是居民身份证"),
        (DocumentType.IDENTITY_CARD, with_check("91156019900101001"), "不是居民身份证"),
        (DocumentType.RESIDENCE_PERMIT, "440524188001010014", "不是港澳台居民居住证"),
        (DocumentType.FOREIGN_RESIDENT_CARD, "440524188001010014", "不是外国人永久居留身份证"),
    ],
)
def test_documents_taken_for_one_another(kind: DocumentType, text: str, told: str) -> None:
    with pytest.raises(IdentityError, match=told):
        document_number(kind, text, TODAY)


def made_code(start: str) -> str:
    """Return a made-up credit code that begins with `start` and has a right check character."""
    body = f"{start}360925MB0000000"[:17]
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(each) * pow(3, n, 31) for n, each in enumerate(body))
    return body + alphabet[-total % 31]


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("91", RequesterKind.COMMERCIAL_ENTERPRISE),
        ("92", RequesterKind.COMMERCIAL_ENTERPRISE),
        ("93", RequesterKind.COMMERCIAL_ENTERPRISE),
        ("51", RequesterKind.PUBLIC_WELFARE_ORG),
        ("53", RequesterKind.PUBLIC_WELFARE_ORG),
        ("31", RequesterKind.LEGAL_SERVICE_ORG),
        ("33", RequesterKind.LEGAL_SERVICE_ORG),
        ("12", RequesterKind.OTHER_ORG),
        ("11", RequesterKind.OTHER_ORG),
    ],
)
def test_the_code_suggests_the_kind_of_requester(start: str, kind: RequesterKind) -> None:
    assert suggest_kind(made_code(start)) is kind


def test_kinds_and_documents_have_chinese_names() -> None:
    assert DocumentType.PASSPORT.label == "护照"
    assert [kind.column for kind in RequesterKind] == ["p", "o1", "o2", "o3", "o4", "o5"]
    assert RequesterKind.OTHER_ORG.label == "其他"
