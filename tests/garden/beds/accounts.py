"""Accounts of new media: silent, without a way to talk, or of another body (law.md 4.2, 5.1).

What the registry knows is served at {media}/accounts.json; what the platform shows, on pages.
"""

# ruff: noqa: E501 - rows of data, one a line

import json
from collections.abc import Sequence
from datetime import date

from tests.garden.ground import Answer, Plan, ago
from tests.garden.shell import answer
from tests.garden.sites import bare

# slug, name, platform, sponsor, certified as, ages of posts in days as shown, talk, state
Row = tuple[str, str, str, str, str, Sequence[int], bool, str]
LIVING, CLOSED = "正常", "已注销"
ORGAN = "青禾县人民政府办公室"
FAULTY: tuple[tuple[str, str, Row, str], ...] = (
    ("M2", "silent for 15 days", ("wx-water", "青禾水利", "微信公众号", "青禾县水利局", "青禾县水利局",
     (15, 22, 40), True, LIVING), f"{ago(15)}"),
    ("M2", "the fresh date is of a pinned post's reading, not of a post",
     ("wb-forest", "青禾林业", "微博", "青禾县林业局", "青禾县林业局", (300, 18, 25), True, LIVING), f"{ago(18)}"),
    ("M2", "not one post", ("dy-sport", "青禾体育", "抖音", "青禾县体育中心", "青禾县体育中心", (), True, LIVING),
     "暂无作品"),
    ("M3", "no way to talk", ("wx-park", "青禾公园", "微信公众号", "青禾县园林中心", "青禾县园林中心",
     (2, 5, 9), False, LIVING), "未开通"),
    ("account-sponsor-differs", "certified as another body",
     ("tt-farm", "青禾农业", "今日头条", "青禾县农业农村局", "青禾绿野文化传播有限公司", (1, 4), True, LIVING),
     "青禾绿野文化传播有限公司"),
)  # fmt: skip
SOUND: tuple[tuple[str, str, Row], ...] = (
    ("M2", "13 days since the last post", ("wx-law", "青禾司法", "微信公众号", "青禾县司法局", "青禾县司法局",
     (13, 20), True, LIVING)),
    ("M2", "an old post is pinned before fresh ones", ("wb-county", "青禾发布", "微博", ORGAN, ORGAN,
     (500, 1, 2), True, LIVING)),
    ("M2", "closed, with a notice of what replaces it", ("wb-old", "青禾旅游", "微博", "青禾县文旅局", "青禾县文旅局",
     (200, 230), True, CLOSED)),
    ("M2", "the newest post stands last", ("ks-fire", "青禾应急", "快手", "青禾县应急局", "青禾县应急局",
     (30, 12, 3), True, LIVING)),
    ("M3", "talk by a menu that is called 我要留言", ("wx-health", "青禾健康", "微信公众号", "青禾县卫健委",
     "青禾县卫健委", (3, 7), True, LIVING)),
    ("account-sponsor-differs", "certified by its full name with a bracket",
     ("wx-gov", "青禾政务", "微信公众号", ORGAN, "青禾县人民政府办公室（青禾县政务公开办公室）", (1, 3), True, LIVING)),
)  # fmt: skip


def plant(plan: Plan) -> None:
    """Plant accounts, each with a page as its platform shows it, and a list as the registry has it."""
    site = bare(
        plan, "media", "某某平台", "a platform of accounts; and accounts.json, the registry"
    )
    listed = []
    for row in (*(each[2] for each in FAULTY), *(each[2] for each in SOUND)):
        slug, name, platform, sponsor, certified, ages, talk, state = row
        posts = [ago(age) for age in ages]
        site.lay(f"/{slug}/", answer(_shown(row, posts)))
        listed.append({
            "name": name, "platform": platform, "sponsor": sponsor, "certified_as": certified,
            "state": state, "talk": talk, "address": f"{{media}}/{slug}/",
            "last_post_on": max(posts).isoformat() if posts else None,
        })  # fmt: skip
    body = json.dumps(listed, ensure_ascii=False, indent=1).encode()
    site.lay("/accounts.json", Answer(body, kind="application/json; charset=utf-8"))
    for rule, why, row, evidence in FAULTY:
        plan.fault(rule, site.at(f"/{row[0]}/"), why, evidence)
    for rule, why, row in SOUND:
        plan.like(rule, site.at(f"/{row[0]}/"), why, row[1])


def _shown(row: Row, posts: Sequence[date]) -> str:
    _, name, platform, sponsor, certified, _, talk, state = row
    lines = "".join(
        f"<li><time>{day}</time> {name}第{number + 1}条{'（置顶）' if (posts[0] < ago(250) and not number) else ''}</li>"
        for number, day in enumerate(posts)
    )
    told = "本账号已停止更新，今后信息请关注“青禾发布”。" if state == CLOSED else ""
    return (
        f"<!DOCTYPE html><html lang='zh-CN'><meta charset='utf-8'><title>{name}-{platform}</title>"
        f"<h1>{name}</h1><p>主办：{sponsor}</p><p>认证主体：{certified}</p><p>状态：{state}</p><p>{told}</p>"
        f"<p>私信与留言：{'我要留言' if talk else '未开通'}</p>"
        + (f"<ul>{lines}</ul>" if posts else "<p>暂无作品</p>")
        + "</html>"
    )
