"""The verbs that are killed, and what must hold of the records whatever the moment of death.

A scene prepares what its verb needs, in peace, and then does the verb, returning what it would
acknowledge to the person waiting: a request's number, a letter's number.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from gongkai.audit.models import Event as Logged
from gongkai.audit.queries import verify
from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.channels import ServiceWay
from gongkai.inforequests.models import Act, Event, InfoRequest, NumberSeries, Requester, State
from gongkai.inforequests.queries import differences
from gongkai.inforequests.tests import factories as make
from gongkai.letters.models import Letter
from gongkai.letters.queries import LetterAltered, content, gaps
from gongkai.orgs.models import Organ

START = date(2026, 3, 2)
_keys = count(1)


@dataclass(frozen=True, slots=True)
class Scene:
    """How to prepare a verb, and how to do it; `work` returns the acknowledgement."""

    prepare: Callable[[], Any]
    work: Callable[[Any], str]


def _organ() -> Organ:
    return Organ.objects.filter(code="killed").first() or make.an_organ("killed")


def _submit(key: str) -> str:
    told = actions.NewRequest(
        make.IntakeChannel.ONLINE, make.RequesterKind.NATURAL_PERSON, f"征收公告{key}", again=True
    )
    made = actions.submit(
        _organ(),
        told=told,
        requester=actions.RequesterDetails("万里", "居民身份证", "360925199001010010"),
        submitted_at=make.moment(START, 9),
        submission_key=key,
        by=make.ME,
        at=make.moment(START, 9),
    )
    return f"request {made.number}"


def _answered(info_request: InfoRequest) -> str:
    fresh = InfoRequest.objects.get(pk=info_request.pk)
    make.do(actions.serve, fresh, START, how=ServiceWay.IN_HAND)
    return f"reply {fresh.number}"


def _issued(info_request: InfoRequest) -> str:
    fresh = InfoRequest.objects.get(pk=info_request.pk)
    make.do(actions.issue_reply, fresh, START)
    return f"letter {Letter.objects.get(about=fresh.typed_id).number}"


def _signed() -> InfoRequest:
    organ = _organ()
    if not make.LetterProfile.objects.filter(organ=organ).exists():
        make.a_profile(organ)
    return make.signed(organ, START)


def _extension() -> InfoRequest:
    asked = make.processing(_organ(), START)
    return make.do(actions.propose_extension, asked, START, workdays=10, reason="涉及面广")


def _extended(info_request: InfoRequest) -> str:
    fresh = InfoRequest.objects.get(pk=info_request.pk)
    make.do(actions.extend, fresh, START + timedelta(days=1), by=make.HEAD)
    return f"extended {fresh.number}"


SCENES = {
    "submit": Scene(lambda: f"key-{next(_keys)}", _submit),
    "extend": Scene(_extension, _extended),
    "issue": Scene(_signed, _issued),
    "reply": Scene(lambda: make.issued(_profiled()), _answered),
}


def _profiled() -> Organ:
    organ = _organ()
    if not make.LetterProfile.objects.filter(organ=organ).exists():
        make.a_profile(organ)
    return organ


def faults() -> list[str]:
    """Return all that is wrong with the records."""
    return [
        *_requests_half_made(),
        *_numbers_wrong(),
        *_letters_half_issued(),
        *(f"projection: {each}" for each in differences()),
        *(f"log: {each.message}" for each in verify().faults),
    ]


def lost(acknowledged: str) -> list[str]:
    """Return what was acknowledged and is not there."""
    what, _, number = acknowledged.partition(" ")
    there = {
        "": lambda: True,
        "request": lambda: InfoRequest.objects.filter(number=number).exists(),
        "letter": lambda: Letter.objects.filter(number=number, state="ISSUED").exists(),
        "reply": lambda: InfoRequest.objects.filter(number=number, state=State.REPLIED).exists(),
        "extended": lambda: Act.objects.filter(
            info_request__number=number, kind=Event.EXTEND
        ).exists(),
    }
    return [] if there[what]() else [f"acknowledged and lost: {acknowledged}"]


def _requests_half_made() -> list[str]:
    wrong = []
    for case in InfoRequest.objects.all():
        kinds = [act.kind for act in case.acts.order_by("sequence")]
        logged = Logged.objects.filter(target=case.typed_id, verb="inforequests.submit").count()
        whole = (
            kinds[:1] == [Event.SUBMIT]
            and case.items.exists()
            and Requester.objects.filter(pk=case.pk).exists()
            and logged == 1
        )
        if not whole:
            wrong.append(f"half made: {case.number} {kinds} {logged}")
    return wrong


def _numbers_wrong() -> list[str]:
    wrong = []
    for series in NumberSeries.objects.all():
        numbers = InfoRequest.objects.filter(organ=series.organ).values_list("number", flat=True)
        serials = sorted(
            int(number.rpartition("-")[2]) for number in numbers if f"-{series.year}-" in number
        )
        if serials != list(range(1, series.last + 1)):
            wrong.append(f"numbers: {serials} of {series.last}")
    return wrong


def _letters_half_issued() -> list[str]:
    wrong = [f"gap: {each}" for each in gaps()]
    issues = Counter(
        Act.objects.filter(kind=Event.ISSUE).values_list("info_request__number", flat=True)
    )
    for letter in Letter.objects.filter(kind__startswith="A"):
        try:
            content(letter, "pdf"), content(letter, "docx")
        except LetterAltered as error:
            wrong.append(f"letter without its file: {error}")
        case = InfoRequest.objects.get(pk=letter.about.partition(":")[2])
        issues[case.number] -= 1
    wrong += [f"letter and act apart: {number}" for number, left in issues.items() if left]
    return wrong
