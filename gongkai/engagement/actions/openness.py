"""Verbs on what the public reads of messages, and on leaders' mailboxes.

Public with the writer's consent alone, in a masked wording, passed by somebody other than who
answered (个人信息保护法 25; law.md 4.3 留言公开, 9.2).
"""

from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.engagement.actions import steps
from gongkai.engagement.actions.messages import hold_message, log, step
from gongkai.engagement.lifecycle import MessageEvent, MessageState, Refused, ToldWrongly
from gongkai.engagement.lifecycle.messages import next_state
from gongkai.engagement.models import Mailbox, Message
from gongkai.engagement.rules import used
from gongkai.engagement.rules.messages import refuse_personal
from gongkai.orgs.models import Organ

_PUBLIC = ("public_title", "public_text", "public_answer")


@transaction.atomic
def publish_message(
    message: Message, *, title: str, text: str, answer: str, by: Actor, at: datetime
) -> Message:
    """Make a message public with its answer, in words that name nobody.

    Raises:
        Refused: it is not answered, the writer has not agreed, or who answered publishes it.
        ToldWrongly: a text is missing, names the writer or holds personal data.
    """
    told = {
        "public_title": " ".join(used(title, "public_title").split()),
        "public_text": used(text, "public_text"),
        "public_answer": used(answer, "public_answer"),
    }
    held = hold_message(message)
    state = next_state(MessageState(held.state), MessageEvent.PUBLISH)
    if not held.consent:
        raise Refused("留言人没有同意公开，这条留言和答复不能公开。")
    if by.account == held.answered_by_account:
        raise Refused("公开的内容应当由答复人以外的人核对，请交其他同事办理。")
    refuse_personal(told, held.who, allowed=(held.organ.phone, held.county.phone))
    before = {"state": held.state}
    held.state, held.published_at = state, at
    for name, words in told.items():
        setattr(held, name, words)
    held.save(update_fields=["state", "published_at", *_PUBLIC])
    step(held, MessageEvent.PUBLISH, by, at)
    log("publish_message", held, by, at, before=before, after={"state": str(state), **told})
    return held


@transaction.atomic
def take_message_off(message: Message, *, why: str, by: Actor, at: datetime) -> Message:
    """Take a public message off; nothing of it stays on the site.

    Raises:
        Refused: it is not public.
        ToldWrongly: no reason.
    """
    why = used(why, "why")
    held = hold_message(message)
    state = next_state(MessageState(held.state), MessageEvent.TAKE_OFF)
    before = {"state": held.state, "public_title": held.public_title}
    held.state, held.published_at = state, None
    for name in _PUBLIC:
        setattr(held, name, "")
    held.save(update_fields=["state", "published_at", *_PUBLIC])
    step(held, MessageEvent.TAKE_OFF, by, at, words=why)
    log("take_message_off", held, by, at, before=before, after={"state": str(state)}, reason=why)
    return held


@transaction.atomic
def open_mailbox(
    county: Organ,
    *,
    organ: Organ,
    name: str,
    holder: str,
    post: str,
    duties: str = "",
    place: int = 1,
    by: Actor,
    at: datetime,
) -> Mailbox:
    """Open the mailbox of a leader; `organ` answers what comes.

    Raises:
        ToldWrongly: a text is missing, the organ is another county's, or the name is taken.
    """
    told = {
        "name": used(name, "box_name"),
        "holder": used(holder, "holder"),
        "post": used(post, "post"),
        "duties": used(duties, "duties", required=False),
    }
    if county.pk not in (organ.pk, organ.county_id):
        raise ToldWrongly("请选择本县的机关", "organ")
    if Mailbox.objects.filter(county=county, name=told["name"], closed_on=None).exists():
        raise ToldWrongly(f"已有名为“{told['name']}”的信箱，请另取名称", "name")
    row = Mailbox.objects.create(
        county=county, organ=organ, place=place, opened_on=steps.local_day(at), **told
    )
    _log(row, "open_mailbox", by, at, after={**told, "organ": organ.short_name})
    return row


@transaction.atomic
def close_mailbox(mailbox: Mailbox, *, why: str, by: Actor, at: datetime) -> Mailbox:
    """Close a mailbox, as when a leader leaves; what came stays and is answered.

    Raises:
        Refused: it is closed.
        ToldWrongly: no reason.
    """
    why = used(why, "why")
    rows = Mailbox.objects.select_for_update(of=("self",)).select_related("county")
    held = rows.get(pk=mailbox.pk)
    if held.closed_on is not None:
        raise Refused(f"{held.name}已经关闭。")
    held.closed_on = steps.local_day(at)
    held.save(update_fields=["closed_on"])
    after = {"closed_on": held.closed_on.isoformat()}
    _log(held, "close_mailbox", by, at, after=after, reason=why)
    return held


def _log(row: Mailbox, verb: str, by: Actor, at: datetime, **values: object) -> None:
    steps.note(verb, row.typed_id, row.county, row.name, by, at, **values)
