"""How the letters of cases went out: for the register, the case page and the form of service."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gongkai.inforequests.deadlines import of_this_round
from gongkai.inforequests.lifecycle.channels import ServiceWay
from gongkai.inforequests.lifecycle.notices import Notice, notices_of
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.models import Act
from gongkai.letters.queries import Letter, LetterKind, LetterState
from gongkai.statute.days import written

_TELLING = (
    *(Event.ISSUE, Event.CANCEL_ISSUE, Event.REPLY, Event.REPLY_ANEW),
    *(Event.RETURN_MAIL, Event.SERVE_AGAIN, Event.SERVE_LETTER, Event.RECORD_ARRIVAL),
    *(Event.CONSULT_THIRD_PARTY, Event.CONSULT_ORGAN, Event.SERVE_CONSULTATION),
)
_ASKING: Mapping[str, tuple[Event, ...]] = {
    LetterKind.THIRD_PARTY: (Event.CONSULT_THIRD_PARTY,),
    LetterKind.OTHER_ORGAN: (Event.CONSULT_ORGAN,),
}
_ANSWERED = frozenset({Event.REPLY, Event.REPLY_ANEW, Event.SERVE_AGAIN})


@dataclass(frozen=True, slots=True)
class ToServe:
    """A procedural letter whose service may be recorded: what it tells of, its row if any."""

    notice: Notice
    whom: str
    letter: Letter | None

    @property
    def value(self) -> str:
        """Return it as a form names it: kind, act, letter."""
        letter = str(self.letter.pk) if self.letter else ""
        return f"{self.notice.code}:{self.notice.number}:{letter}"

    @property
    def label(self) -> str:
        """Return it in Chinese."""
        told = [f"{self.notice.told_on:%Y-%m-%d}告知"]
        if self.letter is None:
            told.append("系统外制发")
        if self.whom:
            told.append(self.whom)
        number = f" {self.letter.number}" if self.letter else ""
        return f"{LetterKind(self.notice.code).label}{number}（{'，'.join(told)}）"


def letters_to_serve(acts: Sequence[Act], letters: Sequence[Letter]) -> list[ToServe]:
    """Return the procedural letters of the round that have not gone out, or have not arrived.

    `acts` and `letters` are all of the case, oldest first. Those in the register come first.
    """
    rows = {act.sequence: act for act in acts}
    found = []
    for notice in notices_of(of_this_round([act.value for act in acts])):
        if notice.latest is None or notice.under_way:
            whom = rows[notice.number].data.get("whom", "") if notice.code == "L06" else ""
            found.append(ToServe(notice, whom, _letter_of(notice, rows, letters)))
    return sorted(found, key=lambda each: each.letter is None)


def letters_to_arrive(acts: Sequence[Act], letters: Sequence[Letter]) -> list[ToServe]:
    """Return the procedural letters that were posted and have not been signed for yet."""
    return [each for each in letters_to_serve(acts, letters) if each.notice.under_way]


def _letter_of(notice: Notice, rows: Mapping[int, Act], letters: Sequence[Letter]) -> Letter | None:
    """Return the newest standing letter of an act: made with it, or later and before the next."""
    twins = [
        act.recorded_at
        for number, act in rows.items()
        if number > notice.number and act.kind == rows[notice.number].kind
    ]
    before = min(twins, default=None)
    made = [
        letter
        for letter in letters
        if letter.kind == notice.code
        and letter.state == LetterState.ISSUED
        and letter.issued_at >= rows[notice.number].recorded_at
        and (before is None or letter.issued_at < before)
    ]
    return made[-1] if made else None


def service_words(letters: Iterable[Letter]) -> dict[UUID, str]:
    """Return in Chinese how letters of cases went out and arrived, by letter; one query.

    One that has not gone out, or whose service nobody recorded, is left out.
    """
    made: dict[Any, list[Letter]] = defaultdict(list)
    for letter in letters:
        made[_case(letter)].append(letter)
    cases = set(made) - {None}
    told: dict[Any, list[Act]] = defaultdict(list)
    rows = Act.objects.filter(info_request_id__in=cases, kind__in=[each.value for each in _TELLING])
    for act in rows.order_by("info_request_id", "sequence"):
        told[act.info_request_id].append(act)
    return {UUID(letter): words for letter, words in _all_told(told, made)}


def _all_told(
    told: Mapping[Any, Sequence[Act]], made: Mapping[Any, Sequence[Letter]]
) -> Iterator[tuple[str, str]]:
    for case, acts in told.items():
        yield from _of_case(acts)
        yield from _consultations(acts, made[case])


def _consultations(acts: Sequence[Act], letters: Sequence[Letter]) -> Iterator[tuple[str, str]]:
    """Yield letter and words for each letter that asked somebody's opinion and arrived."""
    served = {
        act.data["consultation"]: act.on for act in acts if act.kind == Event.SERVE_CONSULTATION
    }
    for letter in letters:
        asked = [
            act.sequence
            for act in acts
            if act.kind in _ASKING.get(letter.kind, ()) and act.recorded_at <= letter.issued_at
        ]
        if asked and asked[-1] in served:
            yield str(letter.pk), f"{written(served[asked[-1]])}送达"


def _case(letter: Letter) -> UUID | None:
    chapter, _, pk = letter.about.partition(":")
    if chapter != "inforequests":
        return None
    try:
        return UUID(pk)
    except ValueError:
        return None


def _of_case(acts: Sequence[Act]) -> Iterator[tuple[str, str]]:
    """Yield letter and words for each letter of a case that went out."""
    issued: list[str] = []
    words: dict[str, list[str]] = defaultdict(list)
    sent: dict[tuple[str, int], str] = {}
    for act in acts:
        if act.kind == Event.ISSUE:
            issued = act.data["letter_ids"]
        elif act.kind == Event.CANCEL_ISSUE:
            issued = []
        elif act.kind == Event.SERVE_LETTER and act.data.get("letter"):
            sent[act.data["kind"], act.data["act"]] = act.data["letter"]
            words[act.data["letter"]].append(_went(act))
        elif act.kind == Event.RECORD_ARRIVAL:
            letter = sent.get((act.data["kind"], act.data["act"]))
            if letter:
                words[letter].append(f"{written(act.on)}签收")
        elif act.kind == Event.RETURN_MAIL or (act.kind in _ANSWERED and "how" in act.data):
            said = f"{written(act.on)}退回" if act.kind == Event.RETURN_MAIL else _went(act)
            for letter in issued:
                words[letter].append(said)
    yield from ((letter, "；".join(each)) for letter, each in words.items())


def _went(act: Act) -> str:
    way = ServiceWay(act.data["how"])
    tracking = act.data.get("tracking", "")
    said = f"{written(act.on)}{way.label}" + (f"（单号{tracking}）" if tracking else "")
    reached_on = act.value.day("reached_on")
    return f"{said}，{written(reached_on)}签收" if reached_on else said
