"""The application form on the site (Art. 29; practice.md 2.2, law.md 2.3).

No purpose is asked for: the 2019 Regulations ask none. What must be filled in hangs on who
asks and how the answer shall come, so nothing is required by itself; `clean` decides.
"""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email

from gongkai.files.models import Purpose
from gongkai.inforequests.models import Carrier, Delivery
from gongkai.portal.requests.fields import (
    MOST_BYTES_IN_ALL,
    MOST_FILES,
    PICTURES,
    FilesField,
    choice_field,
    is_phone,
    is_postcode,
    line_field,
    text_field,
)
from gongkai.statute.identity import (
    DocumentType,
    IdentityError,
    credit_code,
    document_number,
    organisation_code,
)
from gongkai.statute.requesters import RequesterKind

PERSON, ORGANISATION = "person", "organisation"
OTHER_DOCUMENT = "OTHER"
NO_RELIEF = ""
_OLD_CODE_LENGTH = 10
RELIEF = ("最低生活保障对象", "确有其他经济困难")
_PERSONAL = [
    (each.value, each.label)
    for each in DocumentType
    if each not in (DocumentType.CREDIT_CODE, DocumentType.ORGANISATION_CODE)
]
_ORGANISATIONS = [
    (kind.value, kind.label) for kind in RequesterKind if kind is not RequesterKind.NATURAL_PERSON
]
_PAPERLESS = (Delivery.EMAIL.value, Delivery.ONLINE.value)
_HOW = {
    Delivery.ONLINE: "网上查询（凭编号和查询码下载）",
    Delivery.ON_SITE: "现场查阅、抄录",
}
FILE_FIELDS = {
    "proof_front": Purpose.IDENTITY_PROOF,
    "proof_back": Purpose.IDENTITY_PROOF,
    "organisation_proof": Purpose.IDENTITY_PROOF,
    "agent_proof": Purpose.IDENTITY_PROOF,
    "attachments": Purpose.REQUEST_ATTACHMENT,
    "relief_proof": Purpose.REQUEST_ATTACHMENT,
}
# Where the form shows a fault that a verb finds in a field of its own.
FIELD_OF = {
    "name": {PERSON: "person_name", ORGANISATION: "organisation_name"},
    "identity_number": {PERSON: "identity_number", ORGANISATION: "organisation_number"},
    "identity_kind": {PERSON: "identity_kind", ORGANISATION: "organisation_number"},
}


class RequestForm(forms.Form):
    """Who asks, what, in which form, by which way."""

    applicant = choice_field(
        "申请人", [(PERSON, "公民"), (ORGANISATION, "法人或者其他组织")], initial=PERSON
    )
    person_name = line_field("姓名", 100, attributes={"autocomplete": "name"})
    identity_kind = choice_field(
        "证件名称",
        [*_PERSONAL, (OTHER_DOCUMENT, "其他证件")],
        radio=False,
        initial=DocumentType.IDENTITY_CARD.value,
    )
    identity_number = line_field("证件号码", 50, attributes={"autocomplete": "off"})
    proof_front = FilesField(
        "证件正面（有照片的一面）", accept=PICTURES, help_text="照片、扫描件或者 PDF，不超过10MB"
    )
    proof_back = FilesField(
        "证件反面", accept=PICTURES, help_text="居民身份证须提供；证件只有一面的不用提供"
    )
    organisation_name = line_field("名称", 200, attributes={"autocomplete": "organization"})
    organisation_number = line_field(
        "统一社会信用代码",
        50,
        help_text="18位；没有的填写组织机构代码",
        attributes={"autocomplete": "off"},
    )
    organisation_kind = choice_field(
        "组织性质",
        [("", "按统一社会信用代码判断"), *_ORGANISATIONS],
        radio=False,
        help_text="用于年度统计，可以不选",
    )
    legal_representative = line_field("法定代表人或者负责人", 100)
    contact_person = line_field("联系人", 100)
    organisation_proof = FilesField(
        "营业执照或者法人登记证书", accept=PICTURES, help_text="照片、扫描件或者 PDF，不超过10MB"
    )
    agent_proof = FilesField(
        "授权委托书和代理人证件（由他人代为申请时）",
        most=2,
        accept=PICTURES,
        help_text="最多2个文件",
    )
    phone = line_field(
        "联系电话",
        50,
        help_text="受理机构将拨打这个号码与您确认收到申请",
        attributes={"autocomplete": "tel", "inputmode": "tel"},
    )
    email = line_field("电子邮箱", 254, attributes={"autocomplete": "email", "inputmode": "email"})
    address = line_field("通信地址", 300, attributes={"autocomplete": "address-line1"})
    postcode = line_field(
        "邮政编码", 10, attributes={"autocomplete": "postal-code", "inputmode": "numeric"}
    )
    fax = line_field("传真号码", 50, attributes={"inputmode": "tel"})
    title = line_field("名称", 200, help_text="如：2024年双溪镇某村征收土地公告")
    document_number_wanted = line_field("文号", 100, help_text="知道的填写，如：靖府字〔2024〕5号")
    description = text_field(
        "便于查找的其他特征描述",
        rows=5,
        help_text="时间、地点、事项、制作机关等。请只写一件事，不要写“所有”“相关”“等”",
    )
    attachments = FilesField(
        "附件",
        most=MOST_FILES,
        help_text=f"需要附图、附表的可以上传，最多{MOST_FILES}个，每个不超过10MB",
    )
    carrier = choice_field(
        "信息载体", [(each.value, each.label) for each in Carrier], initial=Carrier.ELECTRONIC.value
    )
    delivery = choice_field(
        "获取方式",
        [(each.value, _HOW.get(each, each.label)) for each in Delivery],
        initial=Delivery.ONLINE.value,
    )
    other_way_accepted = forms.BooleanField(
        label="不能按上述方式提供时，可以用其他方式提供", required=False, initial=True
    )
    fee_relief = choice_field(
        "减免信息处理费",
        [(NO_RELIEF, "不申请"), *((each, each) for each in RELIEF)],
        initial=NO_RELIEF,
        help_text="一般的申请不收费；只有数量、频次明显超过合理范围的才可能收取",
    )
    relief_proof = FilesField(
        "减免理由的证明", accept=PICTURES, help_text="申请减免的须提供，如低保证照片"
    )
    declared = forms.BooleanField(label="我承诺所填内容真实，并依法使用获取的信息", required=False)
    submission_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **given)
        self.today = today
        if not self.is_bound:
            self.initial.setdefault("submission_key", uuid.uuid4())

    @property
    def applicant_chosen(self) -> str:
        """Return which of the two sorts of requester the form is about."""
        chosen = self.data.get("applicant") if self.is_bound else self.initial.get("applicant")
        return ORGANISATION if chosen == ORGANISATION else PERSON

    @property
    def key(self) -> str:
        """Return what tells this filled-in form from every other; "" without it."""
        value = self.cleaned_data.get("submission_key")
        return str(value) if value else ""

    def clean(self) -> dict[str, Any]:
        """Check what hangs together; every fault goes to its own field."""
        told = self.cleaned_data
        if self.applicant_chosen == PERSON:
            self._check_person(told)
        else:
            self._check_organisation(told)
        self._check_contact(told)
        self._check_wanted(told)
        if told.get("fee_relief") and not told.get("relief_proof"):
            self._fault("relief_proof", "申请减免信息处理费的，请上传证明，或者改选“不申请”")
        if not told.get("declared"):
            self._fault("declared", "请阅读并勾选承诺")
        if sum(each.size or 0 for _, _, each in self.uploads()) > MOST_BYTES_IN_ALL:
            most = MOST_BYTES_IN_ALL // 1024 // 1024
            self._fault("attachments", f"全部文件合计超过{most}MB，请压缩或者减少文件")
        return told

    def _check_person(self, told: dict[str, Any]) -> None:
        self._need("person_name", "请填写“姓名”（第二十九条）")
        kind = told.get("identity_kind") or DocumentType.IDENTITY_CARD.value
        told["identity_kind"] = kind
        if self._need("identity_number", "请填写“证件号码”（第二十九条）") and (
            kind != OTHER_DOCUMENT
        ):
            self._tidy(
                "identity_number",
                lambda text: document_number(DocumentType(kind), text, self.today),
            )
        self._need("proof_front", "请上传“证件正面”的照片或者扫描件（第二十九条）")
        if kind == DocumentType.IDENTITY_CARD:
            self._need("proof_back", "请上传“证件反面”的照片或者扫描件（第二十九条）")

    def _check_organisation(self, told: dict[str, Any]) -> None:
        self._need("organisation_name", "请填写“名称”（第二十九条）")
        if self._need("organisation_number", "请填写“统一社会信用代码”（第二十九条）"):
            self._tidy("organisation_number", _organisation_number)
        self._need("legal_representative", "请填写“法定代表人或者负责人”")
        self._need("contact_person", "请填写“联系人”")
        self._need(
            "organisation_proof", "请上传“营业执照或者法人登记证书”的照片或者扫描件（第二十九条）"
        )

    def _check_contact(self, told: dict[str, Any]) -> None:
        phone = self._need("phone", "请填写“联系电话”，受理机构需要与您确认收到申请")
        if phone and not is_phone(phone):
            self._fault("phone", "“联系电话”应当是7位以上的数字，如 0795-4662133，请核对")
        if told.get("postcode") and not is_postcode(told["postcode"]):
            self._fault("postcode", "“邮政编码”应当是6位数字，请核对")
        if told.get("fax") and not is_phone(told["fax"]):
            self._fault("fax", "“传真号码”应当是7位以上的数字，请核对")
        if told.get("email"):
            try:
                validate_email(told["email"])
            except ValidationError:
                self._fault("email", "“电子邮箱”格式不对，如 name@example.com，请核对")
        for delivery, name, message in (
            (Delivery.POST, "address", "选择“邮寄”的，请填写“通信地址”"),
            (Delivery.EMAIL, "email", "选择“电子邮件”的，请填写“电子邮箱”"),
            (Delivery.FAX, "fax", "选择“传真”的，请填写“传真号码”"),
        ):
            if told.get("delivery") == delivery:
                self._need(name, message)

    def _check_wanted(self, told: dict[str, Any]) -> None:
        wanted = ("title", "document_number_wanted", "description")
        if not any(told.get(name) or name in self.errors for name in wanted):
            self._fault("title", "请填写所需政府信息的“名称”“文号”或者“特征描述”（第二十九条）")
        for name, words in (("carrier", "信息载体"), ("delivery", "获取方式")):
            self._need(name, f"请选择“{words}”（第二十九条）")
        if told.get("carrier") == Carrier.PAPER and told.get("delivery") in _PAPERLESS:
            self._fault("carrier", "以电子邮件、网上查询获取的，请选择“电子数据”")

    def _need(self, name: str, message: str) -> Any:
        value = self.cleaned_data.get(name)
        if not value and name not in self.errors:
            self._fault(name, message)
        return value

    def _tidy(self, name: str, tidy: Any) -> None:
        try:
            self.cleaned_data[name] = tidy(self.cleaned_data[name])
        except IdentityError as error:
            self._fault(name, str(error))

    def _fault(self, name: str, message: str) -> None:
        if name not in self.errors:
            self.add_error(name, message)

    def uploads(self) -> Iterator[tuple[str, Purpose, UploadedFile]]:
        """Yield the files of a checked form: field, purpose, file; not those of the other sort."""
        skipped = (
            {"organisation_proof"}
            if self.applicant_chosen == PERSON
            else {
                "proof_front",
                "proof_back",
            }
        )
        if not self.cleaned_data.get("fee_relief"):
            skipped.add("relief_proof")
        for name, purpose in FILE_FIELDS.items():
            for each in self.cleaned_data.get(name) or ():
                if name not in skipped:
                    yield name, purpose, each


def _organisation_number(text: str) -> str:
    """Return a credit code, or an organisation code of nine characters, in its plain form."""
    plain = "".join(text.split()).replace("-", "").replace("－", "")
    return organisation_code(text) if len(plain) <= _OLD_CODE_LENGTH else credit_code(text)
