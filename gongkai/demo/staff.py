"""The demo's officials and requesters: invented people, one shared password, marked as such."""

from datetime import datetime

from django.contrib.auth.hashers import make_password

from gongkai.accounts.models import User
from gongkai.audit import Actor
from gongkai.demo import county as where
from gongkai.inforequests.actions import RequesterDetails
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Organ, Role
from gongkai.statute.requesters import RequesterKind

PASSWORD = "gongkai-demo-2020"  # noqa: S105 -- shown on screen; the demo listens on this machine only
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜"


def accounts() -> list[tuple[str, str, str, Role]]:
    """Return the demo's accounts: user name, name, code of the organ, role."""
    rows = [
        ("office", "王公开", where.OFFICE_CODE, Role.OGI_OFFICE),
        ("leader", "李主任", where.OFFICE_CODE, Role.LEADER),
    ]
    clerks = [(each, Role.DEPARTMENT_CLERK) for each in where.DEPARTMENTS]
    clerks += [(each, Role.TOWNSHIP_CLERK) for each in where.TOWNSHIPS]
    for place, (each, role) in enumerate(clerks):
        rows.append((each.code, f"{_SURNAMES[place % len(_SURNAMES)]}演示", each.code, role))
    return rows


def appoint_all(organs: dict[str, Organ], *, by: Actor, at: datetime) -> dict[str, Actor]:
    """Create every account, appoint it, and return one actor for each organ's code."""
    hashed = make_password(PASSWORD)  # once: hashing 45 times would take the demo's patience
    actors: dict[str, Actor] = {}
    for username, name, code, role in accounts():
        user = User.objects.create(username=username, name=name, password=hashed)
        post = orgs.appoint(user, organs[code], role, on=where.FOUNDED_ON, by=by, at=at)
        actors.setdefault(code, user.actor(str(post)))
    return actors


def requester(place: int, kind: RequesterKind) -> RequesterDetails:
    """Return an invented requester who cannot be mistaken for a person."""
    if kind is RequesterKind.NATURAL_PERSON:
        return RequesterDetails(name=f"演示申请人{place:02d}", phone="000-00000000")
    return RequesterDetails(
        name="演示律师事务所", contact_person=f"演示联系人{place:02d}", phone="000-00000000"
    )
