"""Policy documents in any state, made through the real verbs."""

from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.audit import Actor
from gongkai.orgs.models import Organ, OrganKind
from gongkai.policy import actions
from gongkai.policy.models import PolicyDocument
from gongkai.policy.rules import Description, DocumentKind

CLERK = Actor(account="clerk", name="登记员", post="部门信息员")
NOON = datetime(2021, 1, 20, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
_numbers = count(1)


def organ(code: str = "fuban", **fields: Any) -> Organ:
    """Return an organ, a department of long standing unless told otherwise."""
    values = {
        "kind": OrganKind.DEPARTMENT,
        "name": f"靖安县{code}局",
        "short_name": f"{code}局",
        "region_code": "360925",
        "valid_from": date(1990, 1, 1),
        **fields,
    }
    return Organ.objects.create(code=code, **values)


def description(kind: DocumentKind = DocumentKind.NORMATIVE, **fields: Any) -> Description:
    """Return what is registered of a document; each has its own number."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "title": f"靖安县人民政府办公室关于第{number}件事的通知",
        "formed_on": date(2020, 3, 2),
        "document_number": f"靖府办发〔2020〕{number}号",
        **fields,
    }
    return Description(kind=kind, **values)


def made(owner: Organ, at: datetime = NOON, **fields: Any) -> PolicyDocument:
    """Return a document that is made and not yet public."""
    return actions.register_document(owner, description=description(**fields), by=CLERK, at=at)


def published(
    owner: Organ, published_on: date = date(2020, 3, 9), at: datetime = NOON, **fields: Any
) -> PolicyDocument:
    """Return a public document."""
    document = made(owner, at, **fields)
    return actions.publish(document, published_on=published_on, by=CLERK, at=at)


def amended(
    owner: Organ, effective_on: date = date(2020, 6, 1), at: datetime = NOON, **fields: Any
) -> PolicyDocument:
    """Return a public document that was amended by a decision without a row of its own."""
    document = published(owner, at=at, **fields)
    actions.amend(document, effective_on=effective_on, basis="县政府决定", by=CLERK, at=at)
    return document


def repealed(
    owner: Organ, effective_on: date = date(2020, 9, 1), at: datetime = NOON, **fields: Any
) -> PolicyDocument:
    """Return a public document that was repealed by a decision without a row of its own."""
    document = published(owner, at=at, **fields)
    actions.repeal(document, effective_on=effective_on, basis="县政府清理决定", by=CLERK, at=at)
    return document


def withdrawn(owner: Organ, at: datetime = NOON, **fields: Any) -> PolicyDocument:
    """Return a document whose registration was withdrawn."""
    return actions.withdraw_document(made(owner, at, **fields), reason="重复登记", by=CLERK, at=at)
