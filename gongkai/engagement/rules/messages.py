"""What of a message may be public, and in which words (law.md 9.2: never name, phone, address)."""

from collections.abc import Collection

from gongkai.engagement.lifecycle import ToldWrongly
from gongkai.engagement.rules.texts import FIELDS
from gongkai.text import privacy

_SHORTEST_NAME = 2


def masked_draft(text: str, who: Collection[str], allowed: Collection[str] = ()) -> str:
    """Return a text with what is personal in it starred: a proposal that an official checks.

    `who` are the writer's own name and contact, `allowed` the organ's telephones.
    """
    for each in sorted({name.strip() for name in who}, key=len, reverse=True):
        if len(each) >= _SHORTEST_NAME:
            text = text.replace(each, "*" * min(len(each), 6))
    for found in reversed(privacy.find(text, allowed=allowed)):
        hidden = "*" * min(found.end - found.start, 8)
        text = f"{text[: found.start]}{hidden}{text[found.end :]}"
    return text


def refuse_personal(
    texts: dict[str, str], who: Collection[str], allowed: Collection[str] = ()
) -> None:
    """Refuse texts for the public that still name the writer or hold personal data.

    Raises:
        ToldWrongly: one does; `field` names it, the message says what.
    """
    for field, text in texts.items():
        label = FIELDS[field].label
        for each in who:
            if len(each.strip()) >= _SHORTEST_NAME and each.strip() in text:
                said = f"“{label}”中有留言人的姓名或者联系方式，请用*号遮去"
                raise ToldWrongly(said, field)
        found = privacy.find(text, allowed=allowed)
        if found:
            raise ToldWrongly(f"“{label}”中有个人信息。{found[0].message}", field)
