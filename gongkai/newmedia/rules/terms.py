"""What is told of an account: what its approval covers, and what the organ keeps up itself."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from gongkai.newmedia.lifecycle import ToldWrongly
from gongkai.newmedia.rules.texts import FIELDS, used, web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an approval covers: changed only by another one."""

    name: str
    audience: str = ""
    publishes: bool = False
    talks: bool = False
    serves: bool = False
    platform_id: str = ""
    certified_as: str = ""
    certificate: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """Who looks after an account: kept up by the organ itself, without approval.

    `links_home` tells whether the account links to the government's website; None: not looked at.
    """

    responsible: str
    contact: str = ""
    phone: str = ""
    undertaker: str = ""
    contractor: str = ""
    contract_ends_on: date | None = None
    keeper: str = ""
    password_changed_on: date | None = None
    links_home: bool | None = None


TERMS = tuple(each.name for each in fields(Terms))
UPKEEP = tuple(each.name for each in fields(Upkeep))
LABELS: Mapping[str, str] = {
    **{name: field.label for name, field in FIELDS.items()},
    "publishes": "信息发布",
    "talks": "互动",
    "serves": "办事",
    "contract_ends_on": "合同到期日",
    "password_changed_on": "最近更换密码",
    "links_home": "链接政府网站",
}


def checked_terms(terms: Terms) -> Terms:
    """Return the terms with their texts tidied.

    Raises:
        ToldWrongly: no name, no function, or a text that cannot be used.
    """
    texts = {
        name: used(getattr(terms, name), name, required=name == "name")
        for name in TERMS
        if isinstance(getattr(terms, name), str) and name != "link"
    }
    texts["link"] = web_address(terms.link, "link", required=False)
    if not (terms.publishes or terms.talks or terms.serves):
        raise ToldWrongly("请选择“功能类型”，至少一项", "functions")
    return replace(terms, **texts)


def checked_upkeep(upkeep: Upkeep, today: date) -> Upkeep:
    """Return the upkeep with its texts tidied.

    Raises:
        ToldWrongly: nobody is responsible, or a text or day that cannot be used.
    """
    texts = {
        name: used(getattr(upkeep, name), name, required=name == "responsible")
        for name in UPKEEP
        if isinstance(getattr(upkeep, name), str)
    }
    if upkeep.password_changed_on and upkeep.password_changed_on > today:
        raise ToldWrongly("“最近更换密码”不能晚于今天", "password_changed_on")
    if upkeep.contractor and not upkeep.contract_ends_on:
        raise ToldWrongly("交由公司托管或者外包的，请填写“合同到期日”", "contract_ends_on")
    return replace(upkeep, **texts)


def told(value: Any) -> str:
    """Return a value of terms or upkeep in words."""
    if value is None or value == "":
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else str(value)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of `after` differs from `before`."""
    return {name: value for name, value in after.items() if before.get(name) != value}


def in_words(before: Mapping[str, Any], changed: Mapping[str, Any]) -> str:
    """Return changes in words: 账号名称：“靖安发布”改为“靖安县发布”；…"""
    return "；".join(
        f"{LABELS[name]}：“{told(before.get(name))}”改为“{told(value)}”"
        for name, value in changed.items()
    )
