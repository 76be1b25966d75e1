"""The demo's officials and requesters: invented people, one shared password, marked as such."""

from datetime import datetime

from gongkai.accounts.actions import change_password, create_user
from gongkai.accounts.models import User
from gongkai.audit import Actor
from gongkai.demo import county as where
from gongkai.inforequests.actions import RequesterDetails
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Organ, Post, Role
from gongkai.statute.requesters import RequesterKind

FIRST_PASSWORD = "first-demo-2020"  # noqa: S105 -- changed at once, as a first sign-in must
PASSWORD = "gongkai-demo-2020"  # noqa: S105 -- shown on screen; the demo listens on this machine only
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜"


def accounts() -> list[tuple[str, str, str, Role]]:
    """Return the accounts that can sign in: user name, name, code of the organ, role."""
    return [
        ("office", "王公开", where.OFFICE_CODE, Role.OGI_OFFICE),
        ("leader", "李主任", where.OFFICE_CODE, Role.LEADER),
        ("admin", "赵演示", where.OFFICE_CODE, Role.SYSTEM_ADMIN),
        ("auditor", "吴演示", where.OFFICE_CODE, Role.AUDITOR),
        ("zrzyj", "张演示", "zrzyj", Role.DEPARTMENT_CLERK),
        ("scjg", "刘演示", "scjg", Role.DEPARTMENT_CLERK),
        ("sxz", "陈演示", "sxz", Role.TOWNSHIP_CLERK),
    ]


# Who else the request procedure needs (issue 3).
PROCEDURE = (
    ("window", "郑演示", Role.WINDOW_CLERK),
    ("reviewer", "钱演示", Role.REVIEWER),
    ("head", "孙演示", Role.OGI_HEAD),
)
# Who else the release of public information needs (issue 4): all steps by different people.
PUBLICATION = (
    ("secrecy", "冯演示", Role.SECRECY_REVIEWER),
    ("publisher", "褚演示", Role.PUBLISHER),
)
# Opened with the desk: nobody of 2020 needs the third of the three administrators.
ADMINISTRATOR = ("security", "周演示", Role.SECURITY_ADMIN)
OPERATOR = Actor("demo", "演示数据", "演示")
_OF_PROCEDURE = (where.COUNTY_CODE, "zrzyj", "sxz")
_READ_BY_REVIEWER = (where.COUNTY_CODE, where.OFFICE_CODE, "zrzyj", "scjg", "sxz")


def appoint_administrator(*, by: Actor, at: datetime) -> None:
    """Open the account of the security administrator."""
    username, name, role = ADMINISTRATOR
    user = _open(username, name, by=by, at=at)
    office = Organ.objects.get(code=where.OFFICE_CODE)
    orgs.appoint(user, office, role, on=at.date(), by=by, at=at)


def acting() -> dict[str, Actor]:
    """Return who acts, by the name of the account."""
    posts = Post.objects.select_related("user", "organ")
    return {post.user.username: post.user.actor(str(post)) for post in posts}


def _open(username: str, name: str, *, by: Actor, at: datetime) -> User:
    user = create_user(username, name=name, password=FIRST_PASSWORD, by=by, at=at)
    return change_password(user, old=FIRST_PASSWORD, new=PASSWORD, by=user.actor(), at=at)


def _appoint_procedure(organs: dict[str, Organ], *, by: Actor, at: datetime) -> None:
    """Open the accounts of the request procedure (issue 3)."""
    for username, name, role in PROCEDURE:
        user = _open(username, name, by=by, at=at)
        reads = _READ_BY_REVIEWER if role is Role.REVIEWER else _OF_PROCEDURE
        for code in reads:
            orgs.appoint(user, organs[code], role, on=at.date(), by=by, at=at)


def _appoint_publication(organs: dict[str, Organ], *, by: Actor, at: datetime) -> None:
    """Open the accounts of release: every step by somebody else (issue 4)."""
    for username, name, role in PUBLICATION:
        user = _open(username, name, by=by, at=at)
        for code in _READ_BY_REVIEWER:
            orgs.appoint(user, organs[code], role, on=at.date(), by=by, at=at)


def appoint_all(organs: dict[str, Organ], *, by: Actor, at: datetime) -> dict[str, Actor]:
    """Open and appoint the demo's accounts; return who acts for each organ, by its code.

    Organs without an account act through a clerk who is known to the log by value only.
    """
    actors: dict[str, Actor] = {}
    for username, name, code, role in accounts():
        user = _open(username, name, by=by, at=at)
        post = orgs.appoint(user, organs[code], role, on=where.FOUNDED_ON, by=by, at=at)
        actors.setdefault(code, user.actor(str(post)))  # the office's first: its clerk
    _appoint_procedure(organs, by=by, at=at)
    _appoint_publication(organs, by=by, at=at)
    for place, each in enumerate([*where.DEPARTMENTS, *where.TOWNSHIPS]):
        name = f"{_SURNAMES[place % len(_SURNAMES)]}演示"
        actors.setdefault(each.code, Actor(f"{each.code}-clerk", name, f"{each.short_name}信息员"))
    return actors


def requester(place: int, kind: RequesterKind) -> RequesterDetails:
    """Return an invented requester who cannot be mistaken for a person."""
    if kind is RequesterKind.NATURAL_PERSON:
        return RequesterDetails(name=f"演示申请人{place:02d}", phone="000-00000000")
    return RequesterDetails(
        name="演示律师事务所", contact_person=f"演示联系人{place:02d}", phone="000-00000000"
    )
