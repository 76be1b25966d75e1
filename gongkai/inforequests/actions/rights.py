"""Putting a requester's data right, and when it goes (个人信息保护法 46, 47).

Erasing destroys who asks and their papers; what was asked, done and answered stays, and
every figure with it. The office's letters stay in the archive by its own rules.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial

from django.db import transaction

from gongkai.audit import SYSTEM, Actor
from gongkai.audit.actions import record
from gongkai.files.actions import forget_name, remove
from gongkai.files.models import Purpose, StoredFile
from gongkai.hotline.actions import HotlineError, forget_caller, hold
from gongkai.inforequests.actions.own_data import BROUGHT
from gongkai.inforequests.actions.recording import local_day, lock_rows
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.states import CONCLUDED, State
from gongkai.inforequests.models import InfoRequest, Requester
from gongkai.inforequests.queries.filings import cases_of_filing, orders_of_filing
from gongkai.inforequests.rules.identity import identity_problems
from gongkai.inforequests.rules.requesters import DETAILS, RequesterDetails
from gongkai.statute.requesters import RequesterKind


def erase_requester(
    info_request: InfoRequest, *, why: str, by: Actor = SYSTEM, at: datetime
) -> InfoRequest:
    """Destroy who asked and their papers in one case; the case, its acts and its figures stay.

    For retention, which ends case by case; a person who asks is erased by `erase_filing`.

    Raises:
        BadAct: no reason. Refused: the case is still worked on, or it has been done.
    """
    why = _reason(why)
    with transaction.atomic():
        held = _held_to_erase([info_request])
        if not held:
            raise Refused("申请人信息已经清除，不能再次清除。")
        _erase(held, why, by=by, at=at)
    return held[0]


def erase_filing(
    info_request: InfoRequest, *, why: str, by: Actor, at: datetime
) -> list[InfoRequest]:
    """Destroy who asked in a case and in all that came of the same filing; return those cases.

    What was split off, passed on, merged or turned over to the hotline holds the same person:
    one of them left would undo the erasing of the others (个人信息保护法 47). Each is logged on the
    chain of its organ, in the order of the chains.

    Raises:
        BadAct: no reason. Refused: one of them is still worked on, or it has been done.
    """
    why = _reason(why)
    with transaction.atomic():
        held = _held_to_erase(cases_of_filing(info_request))
        if info_request.pk not in {case.pk for case in held}:
            raise Refused("申请人信息已经清除，不能再次清除。")
        _erase(held, why, by=by, at=at)
    return held


def _held_to_erase(cases: Sequence[InfoRequest]) -> list[InfoRequest]:
    """Return the cases whose requester is still there, locked; refuse where one is open."""
    locked = lock_rows(*cases)
    waiting = [case.number for case in locked if State(case.state) not in CONCLUDED]
    if waiting:
        raise Refused(
            f"不能清除申请人信息：{'、'.join(waiting)}尚在办理（个人信息保护法第四十七条），"
            "请办结后再清除。"
        )
    return [case for case in locked if case.erased_at is None]


def _erase(cases: Sequence[InfoRequest], why: str, *, by: Actor, at: datetime) -> None:
    """Erase what locked cases and the hotline hold; every row is held before the first event."""
    people = {row.pk: row for row in Requester.objects.select_for_update().filter(pk__in=cases)}
    papers = {case.pk: _papers_of(case.typed_id) for case in cases}
    orders = [hold(order) for order in orders_of_filing(cases)]
    numbers = [case.number for case in cases]
    steps: list[tuple[str, str, Callable[[], object]]] = [
        (order.organ.code, order.number, partial(forget_caller, order, why=why, by=by, at=at))
        for order in orders
    ]
    for case in cases:
        others = [number for number in numbers if number != case.number]
        erase = partial(_erase_one, case, people[case.pk], papers[case.pk], others, why)
        steps.append((case.organ.code, case.number, partial(erase, by=by, at=at)))
    try:
        for _, _, step in sorted(steps, key=lambda each: each[:2]):
            step()
    except HotlineError as refused:
        raise Refused(str(refused)) from refused


def _erase_one(
    case: InfoRequest,
    row: Requester,
    papers: Sequence[StoredFile],
    others: Sequence[str],
    why: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    row.wipe()
    row.save()
    case.erased_at, case.query_code_digest = at, ""
    case.save(update_fields=["erased_at", "query_code_digest"])
    removed = _destroy(papers, why, by=by, at=at)
    record(
        "inforequests.erase_requester",
        case.typed_id,
        chain=case.organ.code,
        by=by,
        at=at,
        label=case.number,
        after={"papers_destroyed": removed} | ({"erased_with": list(others)} if others else {}),
        reason=why,
    )


def destroy_papers(about: str, why: str, *, by: Actor, at: datetime) -> int:
    """Destroy the papers that a requester brought to a record; return how many.

    So go redactions made of them; what was given out stays. Their names go as well, and
    those of papers destroyed before.
    """
    return _destroy(_papers_of(about), why, by=by, at=at)


def _papers_of(about: str) -> list[StoredFile]:
    """Return the papers that a requester brought, and redactions of them, locked."""
    rows = StoredFile.objects.select_for_update().order_by("pk")
    papers = list(rows.filter(about=about, purpose__in=BROUGHT))
    made = papers
    while made := list(rows.filter(made_from__in=made, purpose=Purpose.REDACTED)):
        papers += made
    return papers


def _destroy(papers: Sequence[StoredFile], why: str, *, by: Actor, at: datetime) -> int:
    destroyed = 0
    for paper in papers:
        if paper.is_removed:
            forget_name(paper)
        else:
            remove(paper, reason=why, by=by, at=at, unnamed=True)
            destroyed += 1
    return destroyed


def correct_requester(
    info_request: InfoRequest, *, details: RequesterDetails, why: str, by: Actor, at: datetime
) -> Requester:
    """Put right who asks and how to reach them; the log keeps digests of old and new alone.

    Raises:
        BadAct: a field is wrong, nothing has changed, or there is no reason.
        Refused: the requester has been erased.
    """
    why = _reason(why)
    with transaction.atomic():
        case = _locked(info_request)
        kind = RequesterKind(case.requester_kind)
        row = Requester.objects.select_for_update().get(info_request=case)
        if row.erased:
            raise Refused("申请人信息已经清除，不能更正。")
        old, new = asdict(row.details), asdict(details)
        changed = [name for name in DETAILS if old[name] != new[name]]
        if not changed:
            raise BadAct("没有改动，请修改后再保存", "name")
        wrong = identity_problems(details, kind, whole=False, today=local_day(at))
        for name in changed:  # an old fault elsewhere does not stand in the way
            if name in wrong:
                raise BadAct(wrong[name], name)
        row.fill(details, kind)
        row.save()
        record(
            "inforequests.correct_requester",
            case.typed_id,
            chain=case.organ.code,
            by=by,
            at=at,
            label=case.number,
            before={f"requester.{name}": old[name] for name in changed},
            after={f"requester.{name}": new[name] for name in changed},
            protected=[f"requester.{name}" for name in changed],
            reason=why,
        )
    return row


def _locked(info_request: InfoRequest) -> InfoRequest:
    found = InfoRequest.objects.select_for_update(of=("self",)).select_related("organ")
    return found.get(pk=info_request.pk)


def _reason(why: str) -> str:
    if not why.strip():
        raise BadAct("请填写“理由”", "why")
    return why.strip()[:500]
