"""A small county for tests: 靖安县 with its office, two departments, a body and townships."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from gongkai.accounts.models import User
from gongkai.audit import SYSTEM, Actor
from gongkai.orgs.actions import appoint, establish
from gongkai.orgs.models import Organ, OrganKind, Post, Role

AT = datetime(2021, 1, 4, 1, 0, tzinfo=UTC)
LONG_AGO = date(2000, 1, 1)
ADMIN = Actor(account="admin", name="管理员", post="县政府办公室系统管理员")


def make_organ(code: str, kind: OrganKind, name: str, **given: Any) -> Organ:
    """Establish an organ long ago."""
    given.setdefault("region_code", "360925")
    given.setdefault("on", LONG_AGO)
    return establish(code, kind=kind, full_name=name, by=SYSTEM, at=AT, **given)


def make_county(code: str = "jingan", name: str = "靖安县") -> SimpleNamespace:
    """Establish a county with its usual organs; return them by name."""
    county = make_organ(code, OrganKind.COUNTY_GOVERNMENT, f"{name}人民政府", short_name=name)

    def under(suffix: str, kind: OrganKind, full_name: str, **given: Any) -> Organ:
        return make_organ(f"{code}-{suffix}", kind, full_name, county=county, **given)

    office = under("zfb", OrganKind.OFFICE, f"{name}人民政府办公室", order=1)
    finance = under("czj", OrganKind.DEPARTMENT, f"{name}财政局", order=2)
    water = under("slj", OrganKind.DEPARTMENT, f"{name}水利局", order=3)
    payments = under("gkzx", OrganKind.INTERNAL, f"{name}国库支付中心", superior=finance, order=4)
    window = under(
        "zfck", OrganKind.DISPATCHED, f"{name}国库支付中心窗口", superior=payments, order=5
    )
    township = under("lwx", OrganKind.TOWNSHIP, f"{name}罗湾乡人民政府", order=6)
    return SimpleNamespace(
        county=county,
        office=office,
        finance=finance,
        water=water,
        payments=payments,
        window=window,
        township=township,
    )


def make_user(username: str, name: str = "") -> User:
    """Return a member of staff without posts."""
    return User.objects.create(username=username, name=name or username)


def make_post(user: User, organ: Organ, role: Role, **given: Any) -> Post:
    """Appoint `user` as the administrator would."""
    given.setdefault("on", LONG_AGO)
    return appoint(user, organ, role, by=ADMIN, at=AT, **given)
