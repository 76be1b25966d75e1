"""The demo's accounts of 2020: 481 posts on Weibo, 365 on WeChat, each of a text of the website.

The reference report names both accounts and a mini program of the province's service platform.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.audit import Actor
from gongkai.demo import county as where
from gongkai.demo.road import Road, moment
from gongkai.disclosure.models import Release
from gongkai.newmedia import actions
from gongkai.newmedia.actions import Platform, Posted, Registered, Terms, Upkeep
from gongkai.newmedia.models import Account
from gongkai.orgs.models import Organ

WEIBO, WECHAT = 481, 365
OPENED_ON = date(2016, 5, 3)
_REGISTERED_ON = date(2019, 3, 4)
_ACCOUNTS = (
    (Platform.WEIBO, "靖安政府", "https://weibo.example/jazf", WEIBO),
    (Platform.WECHAT, "靖安县政府网", "https://weixin.example/jaxzfw", WECHAT),
    (Platform.MINI_PROGRAM, "赣服通靖安分厅", "https://ganfutong.example/jax", 0),
)
_TOGETHER = 60


def lay(road: Road) -> int:
    """Register the accounts and record the year's posts; return how many posts there are."""
    if Account.objects.exists():
        return 0
    office = road.organs[where.OFFICE_CODE]
    by = road.people["office"]
    told = _told()
    made = 0
    for platform, name, link, posts in _ACCOUNTS:
        account = _register(office, platform, name, link, by)
        for start in range(0, posts, _TOGETHER):
            with transaction.atomic():
                for place in range(start, min(start + _TOGETHER, posts)):
                    _post(account, told[place * len(told) // posts], f"{link}/{place + 1}", by)
        made += posts
    return made


def _told() -> list[tuple[str, datetime]]:
    """Return what the portal's texts of the year are called and when they came out, by day."""
    rows = Release.objects.filter(
        first=True,
        released_on__year=where.YEAR,
        organ__code__in=(where.COUNTY_CODE, where.OFFICE_CODE),
    )
    return list(rows.order_by("released_at", "pk").values_list("entry__title", "released_at"))


def _register(office: Organ, platform: Platform, name: str, link: str, by: Actor) -> Account:
    return actions.register(
        office,
        platform=platform,
        terms=Terms(
            name=name,
            audience="本县公众",
            publishes=platform is not Platform.MINI_PROGRAM,
            serves=platform is Platform.MINI_PROGRAM,
            platform_id=f"ja-{platform.value.lower()}",
            certified_as=where.COUNTY.full_name,
            link=link,
        ),
        upkeep=Upkeep(responsible="演示", phone=where.PHONE, links_home=True),
        told=Registered(opened_on=OPENED_ON, main=platform is not Platform.MINI_PROGRAM),
        by=by,
        at=moment(_REGISTERED_ON, 9),
    )


def _post(account: Account, told: tuple[str, datetime], link: str, by: Actor) -> None:
    title, released_at = told
    at = released_at + timedelta(hours=1)
    posted = Posted(title=title, posted_at=at, link=link)
    actions.record_post(account, posted=posted, by=by, at=at + timedelta(minutes=10))
