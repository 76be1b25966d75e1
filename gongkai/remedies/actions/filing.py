"""Verbs that record a new case: a reconsideration applied for, a suit filed (Art. 51)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gongkai.audit import Actor
from gongkai.inforequests.models import InfoRequest
from gongkai.orgs.models import Organ
from gongkai.remedies.actions.steps import create, in_order, not_empty, not_later
from gongkai.remedies.lifecycle import BadCase, Procedure, Refused, Route, State
from gongkai.remedies.models import Litigation, Reconsideration


@dataclass(frozen=True, slots=True)
class Contest:
    """What is contested: the respondent's act in words, the request behind it if there is one."""

    subject: str
    case_number: str = ""
    info_request: str = ""


def file_reconsideration(
    organ: Organ,
    *,
    contest: Contest,
    authority: str,
    procedure: Procedure = Procedure.ORDINARY,
    on: date,
    by: Actor,
    at: datetime,
) -> Reconsideration:
    """Record that a reconsideration against `organ` was applied for at `authority`."""
    not_empty(authority, "复议机关", "authority")
    _check_new(organ, contest, on, at)
    case = Reconsideration(
        organ=organ, authority=authority.strip(), procedure=procedure, **_new(contest, on)
    )
    return create(case, "file_reconsideration", by=by, at=at)


def file_suit(
    organ: Organ,
    *,
    contest: Contest,
    court: str,
    route: Route,
    reconsideration: Reconsideration | None = None,
    procedure: Procedure = Procedure.ORDINARY,
    on: date,
    by: Actor,
    at: datetime,
) -> Litigation:
    """Record that `organ` was sued at `court`, at once or after a reconsideration decision."""
    not_empty(court, "受理法院", "court")
    _check_new(organ, contest, on, at)
    if reconsideration is not None:
        _check_earlier(route, reconsideration, on)
    case = Litigation(
        organ=organ,
        court=court.strip(),
        route=route,
        procedure=procedure,
        reconsideration=reconsideration,
        **_new(contest, on),
    )
    return create(case, "file_suit", by=by, at=at)


def _new(contest: Contest, on: date) -> dict[str, Any]:
    return {
        "subject": contest.subject.strip(),
        "case_number": contest.case_number.strip(),
        "info_request": contest.info_request,
        "filed_on": on,
        "state": State.FILED,
    }


def _check_new(organ: Organ, contest: Contest, on: date, at: datetime) -> None:
    not_empty(contest.subject, "案由", "subject")
    not_later(on, at, "提出之日", "on")
    if on < organ.valid_from:
        raise BadCase(f"“提出之日”早于{organ.name}设立之日，请核对", "on")
    if contest.info_request:
        app, _, pk = contest.info_request.partition(":")
        known = app == "inforequests" and _is_request_of(organ, pk)
        if not known:
            raise BadCase("“所涉申请”不是该机关的申请，请重新选择或者留空", "info_request")


def _is_request_of(organ: Organ, pk: str) -> bool:
    try:
        return InfoRequest.objects.filter(pk=UUID(pk), organ=organ).exists()
    except ValueError:
        return False


def _check_earlier(route: Route, earlier: Reconsideration, on: date) -> None:
    if route is Route.DIRECT:
        raise BadCase("未经复议直接起诉的，不应填写此前的行政复议，请修改", "reconsideration")
    if earlier.decided_on is None:
        raise Refused("此前的行政复议尚未审结（行政诉讼法第四十五条），请先登记复议结果。")
    in_order(earlier.decided_on, "复议结果作出之日", on, "起诉之日", "on")
