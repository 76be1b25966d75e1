"""How acts are told on the screen: each field with its Chinese name and value."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.channels import ReferralTarget, ServiceWay
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.retention import Retention
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.rules import FIELDS
from gongkai.letters.queries import LetterKind
from gongkai.statute.grounds import Ground

# Kept for the replay or shown elsewhere on the page, not for whoever reads the timeline.
_SILENT = frozenset(
    {"provisional", "letter_ids", "details", "released", "letters", "handler", "act", "letter"}
)
_ANSWERS = (Event.REPLY, Event.REPLY_ANEW)
_YES = {"carrier_is_post": ("", "由快递企业寄递"), "outside": ("是", "")}


def told(act: CaseAct, whom: Mapping[int, str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield what an act tells, as (name, value) in Chinese.

    `whom` names the party behind each consultation, by the act that asked it.
    """
    for name, field in FIELDS[act.kind].items():
        value = act.data.get(name)
        if value in (None, "", [], {}) or _hidden(act, name):
            continue
        if name == "consultation":
            yield "征求对象", (whom or {}).get(value, f"第{value}条办理记录")
        elif text := _text(name, value):
            yield field.label, text


def _hidden(act: CaseAct, name: str) -> bool:
    if name == "due_on":
        return act.kind in _ANSWERS
    if name == "kind" and act.kind is Event.ISSUE:
        return False
    return name in _SILENT


def _text(name: str, value: Any) -> str:
    if name in _SAID:
        return _SAID[name](value)
    if isinstance(value, bool):
        yes, no = _YES.get(name, ("是", "否"))
        return yes if value else no
    if isinstance(value, list):
        return "、".join(value)
    if isinstance(value, Mapping):
        return "；".join(_of_items(value))
    return str(value)


def _grounds(value: Mapping[str, str]) -> str:
    return "；".join(_of_items({place: Ground(each).label for place, each in value.items()}))


def _of_items(value: Mapping[str, str]) -> list[str]:
    """Return what is told item by item; a sole item stands without its number."""
    if len(value) == 1:
        return [str(each) for each in value.values()]
    return [f"第{place}项：{each}" for place, each in value.items() if each]


def _channel(value: str) -> str:
    """Return a way of service; a way of contact is already told in words."""
    return ServiceWay(value).label if value in set(ServiceWay) else value


def _target(value: str) -> str:
    """Return the channel of a referral; an organ is already told by its name."""
    return ReferralTarget(value).label if value in set(ReferralTarget) else value


def _letter(value: str) -> str:
    return LetterKind(value).label if value in set(LetterKind) else value


_SAID: Mapping[str, Callable[[Any], str]] = {
    "grounds": _grounds,
    "chosen": lambda value: Ground(value).label,
    "opinion": lambda value: Opinion(value).label,
    "how": _channel,
    "to": _target,
    "kind": _letter,
    "retention": lambda value: Retention(value).label,
}
