"""Identity numbers: check digits of the three national codes, and other documents.

居民身份证号 (GB 11643-1999), 统一社会信用代码 (GB 32100-2015) and 组织机构代码 (GB 11714).
Art. 29 lets an organ ask for proof of identity; a wrong digit is found at the counter.
Region codes are not judged: old and abolished ones stay on valid cards. The code of an
organisation suggests the requester's kind; the office may always choose another.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.statute.requesters import RequesterKind


class IdentityError(ValueError):
    """A number that cannot be right; the message names the fault and the remedy."""


class Sex(StrEnum):
    """Sex as coded by the seventeenth digit of an identity number."""

    MALE = "MALE"
    FEMALE = "FEMALE"


class DocumentType(StrEnum):
    """Proofs of identity that the request form accepts."""

    IDENTITY_CARD = "IDENTITY_CARD"
    RESIDENCE_PERMIT = "RESIDENCE_PERMIT"
    PASSPORT = "PASSPORT"
    HK_MACAO_PERMIT = "HK_MACAO_PERMIT"
    TAIWAN_PERMIT = "TAIWAN_PERMIT"
    FOREIGN_RESIDENT_CARD = "FOREIGN_RESIDENT_CARD"
    OFFICER_CARD = "OFFICER_CARD"
    CREDIT_CODE = "CREDIT_CODE"
    ORGANISATION_CODE = "ORGANISATION_CODE"

    @property
    def label(self) -> str:
        """Return the Chinese name of the document."""
        return _DOCUMENT_LABELS[self]


_DOCUMENT_LABELS = {
    DocumentType.IDENTITY_CARD: "居民身份证",
    DocumentType.RESIDENCE_PERMIT: "港澳台居民居住证",
    DocumentType.PASSPORT: "护照",
    DocumentType.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
    DocumentType.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    DocumentType.FOREIGN_RESIDENT_CARD: "外国人永久居留身份证",
    DocumentType.OFFICER_CARD: "军官证",
    DocumentType.CREDIT_CODE: "统一社会信用代码",
    DocumentType.ORGANISATION_CODE: "组织机构代码",
}
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, n, 31) for n in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RESIDENCE_REGIONS = ("810000", "820000", "830000")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Documents without a published check digit: only shape is judged.
_SHAPES = {
    DocumentType.PASSPORT: (r"[A-Z0-9]{5,17}", "5至17位字母和数字"),
    DocumentType.HK_MACAO_PERMIT: (r"[HM](\d{8}|\d{10})", "H或者M开头，后接8位或者10位数字"),
    DocumentType.TAIWAN_PERMIT: (r"\d{8}(\d{2})?", "8位或者10位数字"),
    DocumentType.OFFICER_CARD: (r"[^\s0-9A-Z]{0,4}\d{6,8}号?", "如“军字第”后接6至8位数字"),
}


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A valid 18-character identity number taken apart."""

    number: str
    region: str
    born_on: date
    sex: Sex


def identity_number(text: str, today: date) -> IdentityNumber:
    """Return the parts of a resident identity number (GB 11643-1999).

    Accepts spaces, full-width digits and a lower-case x. Raises IdentityError.
    """
    number = _tidy(text)
    if re.fullmatch(r"\d{15}", number):
        raise IdentityError("15位的第一代居民身份证已停止使用，请填写18位身份证号码")
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        raise IdentityError("身份证号码应当是17位数字加1位数字或者X，请核对")
    born_on = _born_on(number, today)
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    if number[17] != _ID_CHECKS[total % 11]:
        raise IdentityError("身份证号码的校验位不符，请逐位核对")
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return IdentityNumber(number, number[:6], born_on, sex)


def credit_code(text: str) -> str:
    """Return a unified social credit code in its plain form (GB 32100-2015).

    Raises IdentityError.
    """
    code = _tidy(text)
    if len(code) != 18:
        raise IdentityError(f"统一社会信用代码应当是18位，现在是{len(code)}位，请核对")
    odd = next((each for each in code if each not in _CREDIT_ALPHABET), None)
    if odd is not None:
        raise IdentityError(f"统一社会信用代码中不应出现“{odd}”（不使用I、O、S、V、Z），请核对")
    total = sum(
        _CREDIT_ALPHABET.index(each) * weight
        for each, weight in zip(code, _CREDIT_WEIGHTS, strict=False)
    )
    if code[17] != _CREDIT_ALPHABET[(31 - total % 31) % 31]:
        raise IdentityError("统一社会信用代码的校验位不符，请逐位核对")
    return code


def organisation_code(text: str) -> str:
    """Return a nine-character organisation code without its hyphen (GB 11714).

    Raises IdentityError.
    """
    code = _tidy(text).replace("-", "")
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        raise IdentityError("组织机构代码应当是8位数字或者字母加1位校验位，请核对")
    total = sum(
        _ORGANISATION_ALPHABET.index(each) * weight
        for each, weight in zip(code, _ORGANISATION_WEIGHTS, strict=False)
    )
    if code[8] != "0123456789X"[(11 - total % 11) % 11]:
        raise IdentityError("组织机构代码的校验位不符，请逐位核对")
    return code


def document_number(kind: DocumentType, text: str, today: date) -> str:
    """Return the number of a proof of identity in its plain form; raises IdentityError."""
    if kind is DocumentType.CREDIT_CODE:
        return credit_code(text)
    if kind is DocumentType.ORGANISATION_CODE:
        return organisation_code(text)
    if kind in _SHAPES:
        return _by_shape(kind, text)
    number = _tidy(text)
    if kind is DocumentType.FOREIGN_RESIDENT_CARD and re.fullmatch(r"[A-Z]{3}\d{12}", number):
        return number  # the card of 2004, three letters and twelve digits, is still in use
    parts = identity_number(number, today)
    _refuse_wrong_region(kind, parts)
    return parts.number


def suggest_kind(code: str) -> RequesterKind:
    """Return the requester kind that a unified social credit code suggests.

    The first two characters tell who registered the body and what it is. A public
    institution (12) may be a research institute, but only its name tells, so it is 其他.
    Raises IdentityError for a wrong code.
    """
    return _KINDS.get(credit_code(code)[:2], RequesterKind.OTHER_ORG)


_KINDS = {
    "91": RequesterKind.COMMERCIAL_ENTERPRISE,
    "92": RequesterKind.COMMERCIAL_ENTERPRISE,
    "93": RequesterKind.COMMERCIAL_ENTERPRISE,
    "51": RequesterKind.PUBLIC_WELFARE_ORG,
    "53": RequesterKind.PUBLIC_WELFARE_ORG,
    "31": RequesterKind.LEGAL_SERVICE_ORG,
    "33": RequesterKind.LEGAL_SERVICE_ORG,
}


def _tidy(text: str) -> str:
    """Return the text half-width, upper-case and without spaces."""
    return re.sub(r"\s+", "", text.translate(_FULL_WIDTH)).upper()


def _born_on(number: str, today: date) -> date:
    """Return the birth date inside an identity number; raises IdentityError."""
    try:
        born_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise IdentityError("身份证号码中的出生日期不存在，请核对第7至14位") from None
    if born_on > today:
        raise IdentityError("身份证号码中的出生日期晚于今天，请核对第7至14位")
    return born_on


def _by_shape(kind: DocumentType, text: str) -> str:
    """Return the tidied number of a document that has no check digit."""
    number = _tidy(text)
    pattern, told = _SHAPES[kind]
    if not re.fullmatch(pattern, number, re.ASCII):
        raise IdentityError(f"{kind.label}号码应当是{told}，请核对")
    return number


def _refuse_wrong_region(kind: DocumentType, parts: IdentityNumber) -> None:
    """Refuse a residence permit, foreigner's card and resident card taken for one another."""
    residence = parts.region in _RESIDENCE_REGIONS
    foreign = parts.number.startswith("9")
    fits = {
        DocumentType.RESIDENCE_PERMIT: residence,
        DocumentType.FOREIGN_RESIDENT_CARD: foreign,
        DocumentType.IDENTITY_CARD: not (residence or foreign),
    }
    if not fits[kind]:
        raise IdentityError(f"号码不是{kind.label}的号码，请核对证件名称和号码")
