"""Accounts in any state, made through the real verbs."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.audit import Actor
from gongkai.disclosure.tests import factories as entries
from gongkai.files.tests.factories import pdf
from gongkai.newmedia import actions
from gongkai.newmedia.actions import (
    Archive,
    Opened,
    Platform,
    Posted,
    Registered,
    Terms,
    Upkeep,
)
from gongkai.newmedia.lifecycle import AccountState
from gongkai.newmedia.models import Account, Post
from gongkai.orgs.models import Organ, OrganKind

CHINA = ZoneInfo("Asia/Shanghai")
OFFICE = Actor("office", "王办", "政务公开办工作人员")
CLERK = Actor("clerk", "李信", "部门信息员")
MONDAY = date(2026, 9, 21)
LINK = "https://mp.weixin.qq.com/s/slj"


def moment(day: date = MONDAY, hour: int = 9, minute: int = 0) -> datetime:
    """Return an hour of a day in China, as verbs take it."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


def county() -> Organ:
    """Return a county with an office."""
    home = entries.county()
    name = {"name": f"{home.name}办公室", "short_name": "县政府办"}
    entries.department(home, f"{home.code}-office", kind=OrganKind.OFFICE, **name)
    return home


def department(home: Organ, code: str = "water", name: str = "靖安县水利局") -> Organ:
    """Return a department of a county."""
    return entries.department(home, code, name=name, short_name=name.removeprefix("靖安县"))


NOW: dict[str, Any] = {"by": CLERK, "at": moment()}
KEPT: dict[str, Any] = {"by": OFFICE, "at": moment()}


def terms(**values: Any) -> Terms:
    """Return what an approval covers."""
    return Terms(**({"name": "靖安水利", "publishes": True, "talks": True} | values))


def upkeep(**values: Any) -> Upkeep:
    """Return who looks after an account."""
    return Upkeep(**({"responsible": "张三", "phone": "0795-4662000"} | values))


def opened(**values: Any) -> Opened:
    """Return how an account stands on its platform."""
    told = {
        "platform_id": "jasl",
        "link": LINK,
        "certified_as": "靖安县水利局",
        "filed_number": "3609250012",
        "opened_on": MONDAY,
    }
    return Opened(**(told | values))


def applied(organ: Organ, platform: Platform = Platform.WECHAT, **values: Any) -> Account:
    """Return an account that is applied for."""
    return actions.apply(
        organ,
        platform=platform,
        terms=terms(**values),
        upkeep=upkeep(),
        why="发布水旱灾害预警",
        **NOW,
    )


def approved(organ: Organ, **values: Any) -> Account:
    """Return an account that may be opened."""
    told = {"approval_number": "靖府办字〔2026〕12号", "approved_on": MONDAY}
    return actions.approve(applied(organ, **values), **told, **KEPT)


def running(organ: Organ, **values: Any) -> Account:
    """Return an account that is open."""
    told = opened(platform_id=f"ja-{organ.code}")
    return actions.open_account(approved(organ, **values), told=told, **NOW)


def registered(
    organ: Organ, platform: Platform = Platform.WEIBO, papers: Any = None, **values: Any
) -> Account:
    """Return an account that was open before the registry was kept, faultless but for posts."""
    told = {
        "platform_id": f"{organ.code}-{platform}",
        "link": f"https://weibo.com/{organ.code}",
        "certified_as": organ.name,
        **values,
    }
    known = Registered(opened_on=date(2015, 3, 1), filed_number="3609250001")
    return actions.register(
        organ,
        platform=platform,
        terms=terms(**told),
        upkeep=upkeep(),
        told=papers or known,
        **KEPT,
    )


def posted(account: Account, title: str = "防汛提示", day: date = MONDAY, **values: Any) -> Post:
    """Return one post of an account."""
    told = Posted(title=title, posted_at=moment(day, 8), **values)
    return actions.record_post(account, posted=told, **NOW)


def changing(organ: Organ) -> Account:
    """Return an account whose name is to change."""
    wanted = terms(
        name="靖安县水利",
        platform_id=f"ja-{organ.code}",
        link=LINK,
        certified_as="靖安县水利局",
    )
    return actions.ask_change(running(organ), terms=wanted, why="规范名称", **NOW)


def closing(organ: Organ, **values: Any) -> Account:
    """Return an account that is to be closed."""
    told = {"why": "整合账号", "replacement": "并入“靖安县政府网”"}
    return actions.ask_closing(running(organ, **values), **told, **NOW)


def leaving(organ: Organ, **values: Any) -> Account:
    """Return an account that may be closed."""
    return actions.let_close(
        closing(organ, **values), approval_number="靖府办字〔2026〕30号", **KEPT
    )


def closed(organ: Organ) -> Account:
    """Return an account that is closed, its content archived."""
    return actions.close(
        leaving(organ),
        notice_link="https://mp.weixin.qq.com/s/zx",
        closed_on=MONDAY,
        archives=[Archive("内容导出.pdf", pdf())],
        **NOW,
    )


ACCOUNT_IN: dict[AccountState, Callable[[Organ], Account]] = {
    AccountState.APPLIED: applied,
    AccountState.REFUSED: lambda organ: actions.refuse(applied(organ), why="已有账号", **KEPT),
    AccountState.APPROVED: approved,
    AccountState.OPEN: running,
    AccountState.CHANGING: changing,
    AccountState.SUSPENDED: lambda organ: actions.suspend(
        running(organ), why="转载无关内容", **KEPT
    ),
    AccountState.CLOSING: closing,
    AccountState.LEAVING: leaving,
    AccountState.CLOSED: closed,
}
