"""Whether who asks is told well enough (Art. 29(2)1; law.md 9.1): one judge for every form.

Check digits are judged by `statute.identity`; old cards and foreign documents are taken as
其他证件, whose numbers nobody judges. A form may ask for everything that Art. 29 asks for, or
take what a letter says and leave the rest to be supplemented (Art. 30).
"""

from collections.abc import Iterator, Mapping
from datetime import date

from gongkai.inforequests.rules.requesters import DETAILS, RequesterDetails
from gongkai.statute.identity import (
    DocumentType,
    IdentityError,
    document_number,
    suggest_kind,
)
from gongkai.statute.requesters import RequesterKind

OTHER_DOCUMENT = "其他证件"
DOCUMENTS: Mapping[str, DocumentType | None] = {
    **{each.label: each for each in DocumentType},
    OTHER_DOCUMENT: None,
}
_OF_ORGANISATIONS = frozenset({DocumentType.CREDIT_CODE, DocumentType.ORGANISATION_CODE})
DOCUMENTS_OF_PERSONS = tuple(
    label for label, document in DOCUMENTS.items() if document not in _OF_ORGANISATIONS
)
DOCUMENTS_OF_ORGANISATIONS = (
    DocumentType.CREDIT_CODE.label,
    DocumentType.ORGANISATION_CODE.label,
    OTHER_DOCUMENT,
)


def identity_problems(
    details: RequesterDetails, kind: RequesterKind, *, whole: bool, today: date
) -> dict[str, str]:
    """Return what is wrong with who asks: field of `RequesterDetails` to Chinese message.

    `whole` asks for all that Art. 29(2)1 asks for (a form filled in by the requester);
    otherwise only what is told is judged (a letter that a clerk enters).
    """
    problems = dict(_lengths(details))
    if not details.name.strip():
        problems["name"] = "请填写“姓名或者名称”（第二十九条）"
    problems |= _document_problems(details, kind, today)
    if kind is not RequesterKind.NATURAL_PERSON and not details.contact_person.strip():
        problems["contact_person"] = "单位申请的，请填写“联系人”（来信未写明的，填“未写明”）"
    if whole:
        problems = dict(_missing(details)) | problems
    return problems


def proper(details: RequesterDetails, today: date) -> str:
    """Return the number of the document in its plain form; as it was typed if it is wrong."""
    document = DOCUMENTS.get(details.identity_kind)
    if document is None:
        return details.identity_number.strip()
    try:
        return document_number(document, details.identity_number, today)
    except IdentityError:
        return details.identity_number.strip()


def suggested_kind(identity_kind: str, number: str) -> RequesterKind | None:
    """Return the kind of requester that a document suggests, None when it does not say.

    A suggestion: whoever fills the form in may choose another.
    """
    document = DOCUMENTS.get(identity_kind)
    if document is DocumentType.CREDIT_CODE:
        try:
            return suggest_kind(number)
        except IdentityError:
            return None
    if document is None or document is DocumentType.ORGANISATION_CODE:
        return None
    return RequesterKind.NATURAL_PERSON


def _lengths(details: RequesterDetails) -> Iterator[tuple[str, str]]:
    for name, field in DETAILS.items():
        value = getattr(details, name)
        if len(value) > field.longest:
            yield name, f"“{field.label}”不能超过{field.longest}字，请删减"
        elif "\x00" in value:
            yield name, f"“{field.label}”含有无法保存的字符，请重新输入"


def _document_problems(
    details: RequesterDetails, kind: RequesterKind, today: date
) -> dict[str, str]:
    told, number = details.identity_kind.strip(), details.identity_number.strip()
    if told and told not in DOCUMENTS:
        return {"identity_kind": "“证件名称”不在可选项中，请重新选择"}
    if number and not told:
        return {"identity_kind": "填写了证件号码，请选择“证件名称”"}
    document = DOCUMENTS.get(told)
    if document is None:
        return {}
    of_organisation = document in _OF_ORGANISATIONS
    if of_organisation and kind is RequesterKind.NATURAL_PERSON:
        return {
            "identity_kind": f"申请人是自然人的，请选择个人的证件；以单位名义申请的，"
            f"请改选“申请人类别”，再填写{told}"
        }
    if not of_organisation and kind is not RequesterKind.NATURAL_PERSON:
        return {
            "identity_kind": "以单位名义申请的，请选择“统一社会信用代码”，"
            f"没有代码的选择“{OTHER_DOCUMENT}”；以个人名义申请的，请改选“申请人类别”"
        }
    if not number:
        return {}
    try:
        document_number(document, number, today)
    except IdentityError as error:
        return {"identity_number": str(error)}
    return {}


def _missing(details: RequesterDetails) -> Iterator[tuple[str, str]]:
    if not details.identity_kind.strip():
        yield "identity_kind", "请选择“证件名称”（第二十九条）"
    if not details.identity_number.strip():
        yield "identity_number", "请填写“证件号码”（第二十九条）"
    if not (details.phone.strip() or details.email.strip() or details.address.strip()):
        yield "phone", "请至少填写“联系电话”“电子邮箱”“通信地址”中的一项（第二十九条）"
