"""What the letter of an answer says: the standard sentence of each item, filled from its draft.

Serves Art. 36 to 39 and 40; the sentences, their articles and the remedies are those of the
chapter of letters. What the case itself knows (a search, a notice, an opinion) need not be
told again in the draft.
"""

from collections.abc import Mapping
from uuid import UUID

from gongkai.files.models import Purpose, StoredFile
from gongkai.inforequests import rules
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import Delivery, InfoRequest
from gongkai.inforequests.queries.cases import acts_of
from gongkai.inforequests.queries.requesters import requester_for_letters
from gongkai.letters.queries import (
    LetterKind,
    LetterValues,
    Told,
    item_label,
    numbered,
    sentence,
)
from gongkai.statute.days import written
from gongkai.statute.grounds import Ground, counted_ground
from gongkai.statute.requesters import RequesterKind

_ONLINE = (Delivery.ONLINE, Delivery.EMAIL)


def answer_letter(info_request: InfoRequest) -> tuple[LetterKind, LetterValues]:
    """Return the kind and the values of the letter that the newest draft would become.

    Raises:
        LookupError: there is no draft on its way.
        LetterIncomplete: an item lacks a fact that its sentence must tell.
    """
    acts = acts_of(info_request)
    draft = rules.replay(acts).draft
    if draft is None:
        raise LookupError(info_request.number)
    return letter_of_draft(info_request, acts, draft)


def letter_of_draft(
    info_request: InfoRequest, acts: tuple[CaseAct, ...], draft: CaseAct
) -> tuple[LetterKind, LetterValues]:
    """Return kind and values of the letter that a draft becomes; raises LetterIncomplete."""
    grounds = dict(sorted(rules.grounds_told(draft).items()))
    values = LetterValues(
        **addressed(info_request),
        paragraphs=_paragraphs(info_request, acts, draft, grounds),
        outcomes=_outcomes(grounds),
        served_online=info_request.delivery in _ONLINE,
        attachments=tuple(file.name for file in released_files(info_request, draft)),
    )
    return kind_of_draft(draft), values


def _outcomes(grounds: Mapping[int, Ground]) -> tuple[Told, ...]:
    """Return the items as the remedies name them; a sole item has no number in the letter."""
    several = len(grounds) > 1
    return tuple(
        Told(item_label(place) if several else "", ground) for place, ground in grounds.items()
    )


def kind_of_draft(draft: CaseAct) -> LetterKind:
    """Return the letter in which all items are told: that of the ground they are counted under."""
    grounds = dict(sorted(rules.grounds_told(draft).items()))
    counted = counted_ground(list(grounds.values()))
    if counted is Ground.PARTIAL:
        return LetterKind.PARTIAL
    place = next(place for place, ground in grounds.items() if ground is counted)
    return LetterKind(draft.data["letters"][str(place)])


def released_files(info_request: InfoRequest, draft: CaseAct) -> list[StoredFile]:
    """Return the released files that a draft gives out, in the order of the draft."""
    wanted = [UUID(each) for ids in draft.data.get("released", {}).values() for each in ids]
    if not wanted:
        return []
    found = StoredFile.objects.filter(
        about=info_request.typed_id, purpose=Purpose.RELEASED, removed_at=None, pk__in=wanted
    ).defer("text")
    by_id = {file.pk: file for file in found}
    return [by_id[each] for each in dict.fromkeys(wanted) if each in by_id]


def addressed(info_request: InfoRequest) -> dict[str, object]:
    """Return what every letter to the requester says first: to whom, about which request."""
    received_on = info_request.received_on
    return {
        "recipient": requester_for_letters(info_request).name,
        "organisation": info_request.requester_kind != RequesterKind.NATURAL_PERSON,
        "request_number": info_request.number,
        "received_words": written(received_on) if received_on else "",
        "asked": info_request.description,
    }


def you_of(info_request: InfoRequest) -> str:
    """Return how a letter speaks to the requester: 你 or 你单位."""
    person = info_request.requester_kind == RequesterKind.NATURAL_PERSON
    return "你" if person else "你单位"


def _paragraphs(
    info_request: InfoRequest,
    acts: tuple[CaseAct, ...],
    draft: CaseAct,
    grounds: Mapping[int, Ground],
) -> tuple[str, ...]:
    you, known = you_of(info_request), _known(acts)
    texts = dict(info_request.items.values_list("place", "text"))
    told = []
    for place in grounds:
        key = str(place)
        kind = LetterKind(draft.data["letters"][key])
        facts = draft.data.get("details", {}).get(key, {})
        added = draft.data.get("facts", {}).get(key, "")
        told.append((texts[place], _of_item(kind, facts, known.get(kind, {}), added, you)))
    return (*_why_anew(acts, you), *numbered(told))


def _of_item(
    kind: LetterKind,
    facts: Mapping[str, str],
    known: Mapping[str, str],
    added: str,
    you: str,
) -> list[str]:
    """Return the sentence of an item and what was added to it; the added alone is whole too."""
    more = [line.strip() for line in added.split("\n") if line.strip()]
    if more and not any(value.strip() for value in facts.values()):
        return more
    filled = {**known, **{name: value for name, value in facts.items() if value.strip()}}
    return [sentence(kind, filled, you=you), *more]


def _known(acts: tuple[CaseAct, ...]) -> dict[LetterKind, dict[str, str]]:
    """Return the facts that the acts of the case tell, by the letter that needs them."""
    known: dict[LetterKind, dict[str, str]] = {}
    for act in acts:
        if act.kind is Event.SEARCH:
            searched_on = act.day("searched_on")
            known[LetterKind.NOT_HELD] = {
                "places": act.data["places"],
                "keywords": f"关键词“{act.data['keywords']}”",
                "searched_on": written(searched_on) if searched_on else "",
            }
        elif act.kind is Event.ASK_REASONS:
            known[LetterKind.EXCESSIVE] = {"asked_on": written(act.on)}
        elif act.kind is Event.ASK_SUPPLEMENT:
            known[LetterKind.STILL_UNCLEAR] = {"notice": written(act.on)}
    for asked, opinion in rules.replay(acts).opinions:
        if asked.kind.name == "THIRD_PARTY" and opinion in _SAID:
            known[LetterKind.THIRD_PARTY_RIGHTS] = {"opinion": _SAID[opinion]}
    return known


_SAID = {
    Opinion.REFUSES: "第三方不同意公开",
    Opinion.PARTLY: "第三方不同意公开",
    Opinion.SILENT: "第三方逾期未提出意见",
}


def _why_anew(acts: tuple[CaseAct, ...], you: str) -> tuple[str, ...]:
    """Return the sentence with which an answer of a later round begins (Art. 51)."""
    reopened = rules.replay(acts).reopened
    if reopened is None:
        return ()
    court = "法院" in reopened.data["authority"]
    what = "判决" if court else "行政复议决定"
    return (
        f"根据{reopened.data['authority']}{what}（{reopened.data['decision']}）的要求，"
        f"本机关对{you}的申请重新作出答复。",
    )
