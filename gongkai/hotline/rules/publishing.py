"""What stands against publishing an order: whatever tells who called (law.md 9.2)."""

from gongkai.hotline.lifecycle import BadOrder
from gongkai.hotline.rules.texts import Caller, PublicText, plain_phone, used
from gongkai.text import privacy

_SHORTEST_NAME = 2


def fit_for_public(told: PublicText, caller: Caller, *, answered: bool) -> PublicText:
    """Return the texts as they may be published.

    Raises:
        BadOrder: one is missing, holds personal data, or the caller's name or number.
    """
    fit = PublicText(
        title=used(told.title, "title"),
        text=used(told.text, "public_text"),
        answer=used(told.answer, "public_answer", required=answered),
        place=used(told.place, "public_place", required=False),
    )
    for field, text in (
        ("title", fit.title),
        ("public_text", fit.text),
        ("public_answer", fit.answer),
        ("public_place", fit.place),
    ):
        _without_caller(field, text, caller)
        found = [one for one in privacy.find(text) if one.level is privacy.Level.BLOCKING]
        if found:
            raise BadOrder(f"含有{found[0].message}", field)
    return fit


def _without_caller(field: str, text: str, caller: Caller) -> None:
    name, phone = caller.name.strip(), plain_phone(caller.phone)
    if len(name) >= _SHORTEST_NAME and name in text:
        raise BadOrder("含有诉求人姓名，请删去，写“诉求人”", field)
    if len(phone) >= 7 and phone in plain_phone(text):
        raise BadOrder("含有诉求人电话，请删去", field)
