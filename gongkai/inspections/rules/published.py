"""What a look at our own public texts told, as faults of the ledger; and when each is due again.

Serves W1 and 个人信息保护法 Art. 25, 51 (law.md 4.2, 9.2): everything at least once in 30 days.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.prose import masked
from gongkai.text.privacy import PrivacyRule

EVERY_DAYS = 28  # of the 30: two nights in hand
WORDING, UNREADABLE = "wording", "attachment-unreadable"
_PRIVATE = {rule.value: rule.label for rule in PrivacyRule}
_LISTED = {"word": "listed-word", "link": "listed-link"}  # on the county's own lists
RULES = frozenset(_PRIVATE) | {WORDING, UNREADABLE, *_LISTED.values()}
# A file that could not be read tells nothing of what is in it.
_BROKEN = frozenset({"attachment_lost", "attachment_damaged"})
UNREAD = _BROKEN | {"attachment_unread"}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the check of our own texts found, as it said it; `found` is masked."""

    rule: str
    place: str
    message: str
    found: str
    suggestion: str


def fault_of(told: Told, title: str, address: str, at: datetime) -> Fault | None:
    """Return a finding of the check as a fault of the public text; None for what is no fault."""
    place = masked(told.place)
    kind, _, name = told.rule.partition(".")
    head = f"“{masked(title)}”{place}"
    if kind == "privacy" and name in _PRIVATE:
        rule, why = name, f"{head}公开了{_PRIVATE[name]}。请立即撤下，遮盖后重新发布"
        evidence, target = f"{place}：{told.found}", f"{place} {told.found}"
    elif kind == WORDING:
        rule, why = WORDING, f"{head}：{told.message}"
        if told.suggestion:
            why += f"。{told.suggestion}"
        evidence, target = f"{place}：{told.found}", f"{name}:{told.found}"
    elif kind == "listed" and name in _LISTED:
        rule, why = _LISTED[name], f"{head}：{told.message}"
        evidence, target = f"{place}：{told.found}", told.found
    elif told.rule in _BROKEN:
        rule, why = UNREADABLE, f"{head}打不开：{told.message}请重新上传"
        evidence, target = told.message, place
    else:
        return None
    return Fault(rule=rule, address=address, why=why, evidence=evidence, found_at=at, target=target)


def next_look(entry: int, today: date, *, is_first: bool) -> date:
    """Return when a public text is looked through again; those of a first night are spread out."""
    days = 1 + entry % EVERY_DAYS if is_first else EVERY_DAYS
    return today + timedelta(days=days)
