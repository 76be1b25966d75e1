"""Who asks, as a plain value (Art. 29(2)1), and how lists and searches know them.

A requester is kept sealed (`models.requesters`). Outside the seal stand only a masked name
and blind indexes of the values under `searchable`, in one form whatever was typed.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from gongkai.statute.requesters import RequesterKind

ERASED = "（已清除）"
# Family names of two characters that are common enough to meet; others mask to one.
_DOUBLE_NAMES = re.compile(
    "欧阳|司马|上官|诸葛|东方|夏侯|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|司空|端木|百里|呼延|"
    "南宫|西门|独孤|轩辕|澹台|公冶|宗政|濮阳|淳于|单于|太叔|申屠|钟离|闻人|赫连|拓跋|完颜|纳兰"
)
# A person's name is short, or of several words with a dot between; an organisation's ends so.
_LONGEST_PLAIN_NAME = 4
_ENDS_OF_BODIES = frozenset("厂店社司局院所会部馆站校队")


@dataclass(frozen=True, slots=True)
class RequesterDetails:
    """Who asks and how to reach them (Art. 29(2)1)."""

    name: str
    identity_kind: str = ""
    identity_number: str = ""
    legal_representative: str = ""
    contact_person: str = ""
    phone: str = ""
    email: str = ""
    fax: str = ""
    address: str = ""
    postcode: str = ""

    @property
    def told(self) -> dict[str, str]:
        """Return what is known, under Chinese names, in the order of the form."""
        return {DETAILS[name].label: value for name, value in asdict(self).items() if value.strip()}


@dataclass(frozen=True, slots=True)
class Detail:
    """One field of `RequesterDetails`: its Chinese name and how long it may be."""

    label: str
    longest: int


DETAILS: Mapping[str, Detail] = {
    "name": Detail("姓名或者名称", 200),
    "identity_kind": Detail("证件名称", 50),
    "identity_number": Detail("证件号码", 50),
    "legal_representative": Detail("法定代表人或者负责人", 100),
    "contact_person": Detail("联系人", 100),
    "phone": Detail("联系电话", 50),
    "email": Detail("电子邮箱", 254),
    "fax": Detail("传真号码", 50),
    "address": Detail("通信地址", 300),
    "postcode": Detail("邮政编码", 10),
}


def details_from(values: Mapping[str, str]) -> RequesterDetails:
    """Return the requester told by `values`, leaving out what is not known of one."""
    known = {each.name for each in fields(RequesterDetails)}
    return RequesterDetails(**{name: text for name, text in values.items() if name in known})


def masked_name(name: str, kind: RequesterKind) -> str:
    """Return a requester's name as lists show it: of a person, the family name alone."""
    name = name.strip()
    if kind is not RequesterKind.NATURAL_PERSON or not name:
        return name
    shown = name[:2] if _DOUBLE_NAMES.match(name) and len(name) > 2 else name[0]
    return shown + "*" * max(len(name) - len(shown), 1)


def names_a_body(name: str) -> bool:
    """Say whether a name that came without its kind is that of an organisation."""
    name = "".join(name.split())
    plain = "·" not in name and "•" not in name
    return plain and (len(name) > _LONGEST_PLAIN_NAME or name[-1:] in _ENDS_OF_BODIES)


def searchable(details: RequesterDetails) -> dict[str, str]:
    """Return what a requester is found by, each in one form: name, identity, phone, email."""
    return {
        "name": details.name,
        "identity": plain_identity(details.identity_number),
        "phone": plain_phone(details.phone),
        "email": details.email.strip(),
    }


def plain_identity(text: str) -> str:
    """Return an identity number without the hyphens that some write."""
    return re.sub(r"[-－—·]", "", text)


def plain_phone(text: str) -> str:
    """Return the digits of a telephone number, without the country's 86 before a mobile's."""
    digits = "".join(each for each in text if each.isdecimal())
    return re.sub(r"^(?:00)?86(?=1\d{10}$)", "", digits)
