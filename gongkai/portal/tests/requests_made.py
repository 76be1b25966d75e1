"""A county that takes requests in, and forms filled in as a visitor would (made-up people)."""

import uuid
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.adapters import proofofwork
from gongkai.audit import SYSTEM
from gongkai.inforequests.actions import OfficeDetails, set_office
from gongkai.orgs.models import Organ
from gongkai.portal.requests import doors
from gongkai.portal.tests.factories import AT, PublicCounty, open_county

BASE = "/zwgk/ysqgk/"
FORM = f"{BASE}zxsq/jingan-czj/"
FOLLOW = f"{BASE}cx/"
CHINA = ZoneInfo("Asia/Shanghai")
# One pixel of PNG: a picture by its content.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea735810a0000000049454e44ae426082"
)
CARD = "11010519491231002X"  # the example of GB 11643
CREDIT_CODE = "91350100M000100Y43"  # the example of GB 32100


def accepting(organ: Organ, **changes: Any) -> None:
    """Give an organ an accepting office."""
    told: dict[str, Any] = {
        "name": f"{organ.short_name}政务公开股",
        "address": "双溪镇新大街1号305室",
        "postcode": "330600",
        "hours": "工作日 8:30-12:00，14:00-17:30",
        "phone": "0795-4662133",
        "fax": "0795-4662134",
        "email": "zwgk@example.com",
        "supervision_phone": "0795-4662100",
    }
    set_office(organ, told=OfficeDetails(**(told | changes)), by=SYSTEM, at=AT)


def open_requests_county() -> PublicCounty:
    """Open the site of 靖安县 with three accepting offices, one of them closed online."""
    cache.clear()
    place = open_county()
    accepting(place.county, name="靖安县人民政府办公室政务公开办")
    accepting(place.finance)
    accepting(place.township, online=False, fax="", email="")
    return place


def picture(name: str = "zheng.png", content: bytes = PIXEL) -> SimpleUploadedFile:
    """Return a picture to upload."""
    return SimpleUploadedFile(name, content, "image/png")


def filled(**changes: Any) -> dict[str, Any]:
    """Return the form of a citizen, filled in; a change of None leaves the field out."""
    told: dict[str, Any] = {
        "applicant": "person",
        "person_name": "万里",
        "identity_kind": "IDENTITY_CARD",
        "identity_number": CARD,
        "proof_front": picture("zheng.png"),
        "proof_back": picture("fan.png", PIXEL + b"\n"),
        "phone": "13800000000",
        "title": "2024年双溪镇土地征收公告",
        "description": "双溪镇某村2024年征收土地公告及补偿安置方案",
        "carrier": "ELECTRONIC",
        "delivery": "ONLINE",
        "other_way_accepted": "on",
        "fee_relief": "",
        "declared": "on",
        "submission_key": str(uuid.uuid4()),
    }
    told |= changes
    return {name: value for name, value in told.items() if value is not None}


def organisation(**changes: Any) -> dict[str, Any]:
    """Return the form of an organisation, filled in."""
    told = filled(
        applicant="organisation",
        person_name=None,
        identity_number=None,
        proof_front=None,
        proof_back=None,
        organisation_name="靖安县某某商贸有限公司",
        organisation_number=CREDIT_CODE,
        legal_representative="甲某",
        contact_person="乙某",
        organisation_proof=picture("zhizhao.png"),
    )
    told |= changes
    return {name: value for name, value in told.items() if value is not None}


def proof(at: datetime) -> str:
    """Return the payload of a challenge solved."""
    return proofofwork.solve(doors.new_challenge(at))


def noon(day: date) -> datetime:
    """Return noon of a day in China."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=CHINA)
