"""What is held of a writer, by number and code: told, put right, erased (个人信息保护法 45 to 47).

Whoever has the code is the writer; erasing takes name and contact, never message or figures.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.engagement.actions.messages import hold_message, log
from gongkai.engagement.lifecycle import Refused, ToldWrongly
from gongkai.engagement.lifecycle.messages import OPEN
from gongkai.engagement.models import Message
from gongkai.engagement.rules import used

_PERSONAL = ("asker", "contact")


@transaction.atomic
def export_own_message(message: Message, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Return what is held of a message and its writer, under Chinese names; logged."""
    asker, contact = message.who
    log("export_own_data", message, by, at)
    return {
        "编号": message.number,
        "办理机关": message.organ.name,
        "姓名": asker or _absent(message),
        "联系方式": contact or _absent(message),
        "类型": message.get_kind_display(),
        "标题": message.title,
        "来信内容": message.text,
        "收到时间": f"{timezone.localtime(message.received_at):%Y-%m-%d %H:%M}",
        "是否同意公开": "同意" if message.consent else "不同意",
        "状态": message.get_state_display(),
        "答复": message.answer,
        "答复日期": f"{message.answered_on or ''}",
        "公开的标题": message.public_title,
        "公开的留言": message.public_text,
        "公开的答复": message.public_answer,
        "办理记录": [
            {"日期": step.on.isoformat(), "事项": step.get_event_display()}
            for step in message.steps.order_by("sequence")
        ],
    }


@transaction.atomic
def correct_asker(
    message: Message, *, asker: str, contact: str, by: Actor, at: datetime
) -> Message:
    """Put the writer's name and contact right; the log keeps neither old nor new.

    Raises:
        ToldWrongly: a text is wrong, both are blank, or nothing has changed.
        Refused: they were erased.
    """
    asker = used(asker, "asker", required=False)
    contact = used(contact, "contact", required=False)
    if not (asker or contact):
        raise ToldWrongly("请填写姓名或者联系方式；不想留下的，请选择“删除”", "contact")
    held = hold_message(message)
    if held.contact_erased_on is not None:
        raise Refused("姓名和联系方式已经清除，不能更正。")
    if held.who == (asker, contact):
        raise ToldWrongly("没有改动，请修改后再提交", "contact")
    _keep(held, asker, contact)
    held.has_contact = True
    _save(held)
    log("correct_asker", held, by, at)
    return held


@transaction.atomic
def forget_asker(message: Message, *, why: str, by: Actor, at: datetime) -> Message:
    """Erase the writer's name and contact before their time is over.

    Raises:
        Refused: the message still waits for its answer, or there is nothing to erase.
    """
    held = hold_message(message)
    if held.state in OPEN:
        raise Refused("留言尚未答复，办理还需要联系您，请在答复以后再删除。")
    if not held.has_contact:
        raise Refused("没有保存姓名和联系方式，不用删除。")
    _keep(held, "", "")
    held.has_contact, held.contact_erased_on = False, timezone.localdate(at)
    _save(held)
    log("forget_asker", held, by, at, reason=used(why, "why"))
    return held


def _keep(held: Message, asker: str, contact: str) -> None:
    kept = {name: held.unseal(name) for name in Message.SEALED}
    held.seal(**(kept | dict(zip(_PERSONAL, (asker, contact), strict=True))))


def _save(held: Message) -> None:
    sealed = [f"{name}_sealed" for name in Message.SEALED]
    held.save(update_fields=["key_id", *sealed, "has_contact", "contact_erased_on"])


def _absent(message: Message) -> str:
    return "（已清除）" if message.contact_erased_on else "（没有填写）"
