"""Who did what, when: an append-only log, one hash chain an organ.

Each organ has its own chain, so that writers of different organs do not queue
for one row; chains are anchored together once a day. Actors are kept by value:
a person who leaves stays in the log as they were.

`recorded` is the one bell of the project. It rings after the transaction of the
recorded event has committed; upper storeys listen in their `apps.py`, and a
listener only puts a job into the outbox.
"""

from dataclasses import dataclass

from django.dispatch import Signal

recorded = Signal()  # sent with event=<audit.queries.RecordedEvent>

SYSTEM_CHAIN = "system"

# How the log says verbs ("orgs.rename") and fields ("valid_from") in Chinese; each chapter
# adds its own in its `apps.ready()`.
words: dict[str, str] = {
    "audit.anchor": "每日锚定",
    "audit.use_key": "启用签名密钥",
    "audit.export": "导出操作日志",
    "day": "日期",
    "digest": "摘要",
    "public": "公钥",
    "heads": "各链链首",
    "reason": "事由",
    "state": "状态",
}


def word(name: str) -> str:
    """Return how the log says a verb or a field; the name itself when nobody has said."""
    return words.get(name, name)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, by value: account, name and post as they were at the moment of acting."""

    account: str
    name: str
    post: str = ""


SYSTEM = Actor(account="system", name="系统")
