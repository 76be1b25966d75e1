"""The closing paragraph that tells a requester what they may do (law.md 1.8).

Since 2024-01-01 withholding under Art. 14 to 16 goes to reconsideration first (行政复议法 23);
all else leaves the choice. A letter of both kinds tells both and names the items of each.
Terms come from the table of limits by the day of the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.letters.rules.errors import LetterIncomplete, ProfileMissing
from gongkai.letters.rules.kinds import LetterKind, Telling
from gongkai.statute import articles as art
from gongkai.statute.grounds import Ground, RemedyClass
from gongkai.statute.limits import RECONSIDERATION_REVISED_ON, Rule, limit_on


@dataclass(frozen=True, slots=True)
class Told:
    """One item of an answer: how the letter speaks of it (第一项) and its ground."""

    label: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Instances:
    """To whom one may turn: the reconsideration body, the court, and the online way if any."""

    reconsideration_body: str
    court: str
    online: str = ""


def remedy_paragraphs(
    kind: LetterKind,
    items: Sequence[Told],
    *,
    answered_on: date,
    instances: Instances,
    served_online: bool = False,
) -> tuple[str, ...]:
    """Return the paragraphs in which a letter tells of remedies; none for a mere step.

    A letter served online tells the online way to apply for reconsideration (行政复议法
    22(2)), when the body has one.

    Raises:
        LetterIncomplete: an answer without items.
        ProfileMissing: no reconsideration body or no court is known for the organ.
    """
    if kind.telling is Telling.NONE:
        return ()
    _check(instances)
    if kind.telling is Telling.FREE_CHOICE:
        return (_free_choice(f"本{kind.noun}", answered_on, instances, served_online),)
    if not items:
        raise LetterIncomplete("没有答复事项，不能写明救济途径，请先填写每一事项的答复")
    first, free = _sorted(items, answered_on)
    if not first:
        return (_free_choice(f"本{kind.noun}", answered_on, instances, served_online),)
    if not free:
        return (_first(f"本{kind.noun}", answered_on, instances, served_online),)
    whole = f"本{kind.noun}"
    return (
        _first(f"{whole}{_names(first, withheld=True)}", answered_on, instances, served_online),
        _free_choice(
            f"{whole}{_names(free, withheld=False)}", answered_on, instances, served_online
        ),
    )


def _sorted(items: Sequence[Told], answered_on: date) -> tuple[list[Told], list[Told]]:
    """Part the items by remedy; an item given in part belongs to both."""
    first = [
        item
        for item in items
        if item.ground.remedy(answered_on) is RemedyClass.RECONSIDERATION_FIRST
    ]
    free = [item for item in items if item not in first or item.ground is Ground.PARTIAL]
    return first, free


def _names(chosen: Sequence[Told], *, withheld: bool) -> str:
    """Return which part of the letter is meant: 中第一项、第三项不予公开的部分."""
    told = []
    for item in chosen:
        if item.ground is Ground.PARTIAL:
            told.append(f"{item.label}{'不予公开的部分' if withheld else '其余部分'}")
        else:
            told.append(item.label or ("不予公开的内容" if withheld else "其他内容"))
    return f"中{'、'.join(dict.fromkeys(told))}"


def _check(instances: Instances) -> None:
    if not instances.reconsideration_body:
        raise ProfileMissing(
            "尚未填写行政复议机关，不能写明救济途径，请在“公文信息”中填写",
            field="reconsideration_body",
        )
    if not instances.court:
        raise ProfileMissing(
            "尚未填写有管辖权的人民法院，不能写明救济途径，请在“公文信息”中填写", field="court"
        )


def _reconsideration(day: date, instances: Instances, served_online: bool) -> str:
    limit = limit_on(Rule.RECONSIDERATION_APPLICATION, day)
    online = ""
    if served_online and instances.online:
        online = f"（也可以通过{instances.online}在线申请）"
    return f"{limit.label}内向{instances.reconsideration_body}申请行政复议{online}"


def _first(what: str, day: date, instances: Instances, served_online: bool) -> str:
    suit = limit_on(Rule.SUIT_AFTER_RECONSIDERATION, day)
    return (
        f"如不服{what}，根据{art.RECON_ART_23.citation}的规定，应当先申请行政复议，"
        f"可以自收到之日起{_reconsideration(day, instances, served_online)}；"
        f"对行政复议决定不服的，可以自收到行政复议决定书之日起{suit.label}内"
        f"向{instances.court}提起行政诉讼。"
    )


def _free_choice(what: str, day: date, instances: Instances, served_online: bool) -> str:
    suit = limit_on(Rule.SUIT_DIRECT, day)
    return (
        f"如不服{what}，可以自收到之日起{_reconsideration(day, instances, served_online)}，"
        f"或者自收到之日起{suit.label}内向{instances.court}提起行政诉讼。"
    )


def default_reconsideration_body(
    organ_kind: str, *, county_name: str, prefecture: str = "", answered_on: date
) -> str:
    """Return who reviews the acts of an organ, empty when that must be set by hand.

    Departments and townships: the county government alone since 2024-01-01 (before, a
    department's requester could also choose its upper department, which stays a matter of
    choice here). The county government and its office: the government of the city above,
    which is not derived from the county's name.
    """
    if organ_kind in ("DEPARTMENT", "TOWNSHIP", "DISPATCHED", "INTERNAL"):
        return county_name
    if organ_kind == "OFFICE" and answered_on >= RECONSIDERATION_REVISED_ON:
        return county_name
    return prefecture
