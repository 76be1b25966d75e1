"""The verbs of remedies: file, accept, answer, extend, decide (Art. 51; 行政复议法, 行政诉讼法).

Each is one transaction and one audit event on the organ's chain. `on` is the day the step
counts, `at` the moment of recording. All raise Refused or BadCase (see `lifecycle`) and
then have changed nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests import actions as inforequests
from gongkai.inforequests.models import InfoRequest
from gongkai.orgs.models import Organ
from gongkai.remedies.lifecycle import (
    BadCase,
    Event,
    Procedure,
    Refused,
    Result,
    Route,
    State,
    next_state,
)
from gongkai.remedies.models import Litigation, Reconsideration
from gongkai.remedies.queries import Remedy, dates_of
from gongkai.statute.days import written

AnyRemedy = TypeVar("AnyRemedy", Reconsideration, Litigation)
_LOGGED = (
    "state",
    "case_number",
    "filed_on",
    "accepted_on",
    "copy_received_on",
    "answered_on",
    "result",
    "decided_on",
)


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
    _not_empty(authority, "复议机关", "authority")
    _check_new(organ, contest, on, at)
    case = Reconsideration(
        organ=organ, authority=authority.strip(), procedure=procedure, **_new(contest, on)
    )
    return _create(case, "file_reconsideration", by=by, at=at)


def file_suit(
    organ: Organ,
    *,
    contest: Contest,
    court: str,
    route: Route,
    reconsideration: Reconsideration | None = None,
    on: date,
    by: Actor,
    at: datetime,
) -> Litigation:
    """Record that `organ` was sued at `court`, at once or after a reconsideration decision."""
    _not_empty(court, "受理法院", "court")
    _check_new(organ, contest, on, at)
    if reconsideration is not None:
        _check_earlier(route, reconsideration, on)
    case = Litigation(
        organ=organ,
        court=court.strip(),
        route=route,
        reconsideration=reconsideration,
        **_new(contest, on),
    )
    return _create(case, "file_suit", by=by, at=at)


def accept(
    remedy: AnyRemedy,
    *,
    on: date,
    copy_received_on: date | None = None,
    case_number: str = "",
    by: Actor,
    at: datetime,
) -> AnyRemedy:
    """Record acceptance on `on`; the organ's answer runs from `copy_received_on`."""
    if copy_received_on is not None:
        _in_order(on, "受理（立案）之日", copy_received_on, "收到副本之日", "copy_received_on")
        _not_later(copy_received_on, at, "收到副本之日", "copy_received_on")
    told: dict[str, Any] = {"accepted_on": on, "copy_received_on": copy_received_on}
    if case_number.strip():
        told["case_number"] = case_number.strip()
    return _step(remedy, Event.ACCEPT, on=on, told=told, by=by, at=at)


def answer(remedy: AnyRemedy, *, on: date, by: Actor, at: datetime) -> AnyRemedy:
    """Record that the organ handed in its written reply or defence; a late one stays late."""
    return _step(remedy, Event.ANSWER, on=on, told={"answered_on": on}, by=by, at=at)


def extend(
    remedy: Reconsideration, *, days: int, on: date, by: Actor, at: datetime
) -> Reconsideration:
    """Record that the authority extended its term by 1 to 30 days (行政复议法 62(1))."""
    if not isinstance(remedy, Reconsideration) or remedy.procedure != Procedure.ORDINARY:
        raise Refused("只有普通程序的行政复议可以延长审理期限（行政复议法第六十二条第一款）。")
    if remedy.extension_days:
        raise Refused("审理期限已经延长过，只能延长一次（行政复议法第六十二条第一款）。")
    if days < 1:
        raise BadCase("“延长审理天数”应当是1至30日，请修改", "days")
    return _step(remedy, Event.EXTEND, on=on, told={"extension_days": days}, by=by, at=at)


def decide(
    remedy: AnyRemedy,
    *,
    result: Result,
    reopen: bool = False,
    received_on: date | None = None,
    new_reply_due_on: date | None = None,
    on: date,
    by: Actor,
    at: datetime,
) -> AnyRemedy:
    """Record how the case ended, as table four counts it.

    A case refused before acceptance can only end as OTHER. With `reopen` the request behind
    the case is taken up again in the same transaction (Art. 51): from `received_on`, the day
    the organ received the decision (else the day it was made), to be answered by
    `new_reply_due_on` where the decision sets a term, else within the law's own. The request
    keeps its first result in table three.

    Raises:
        RequestError: the request refuses to be taken up again; nothing has been changed.
    """
    if remedy.state == State.FILED and result is not Result.OTHER:
        raise Refused("未经受理（立案）的案件只能登记为“其他结果”，否则请先登记受理（立案）。")
    told = {"result": result, "decided_on": on}
    if not reopen:
        return _step(remedy, Event.DECIDE, on=on, told=told, by=by, at=at)
    received_on = received_on or on
    _check_reopening(remedy, result, on, received_on, at)
    with transaction.atomic():
        # Rows first, the log last, as every verb does: see `desk.actions`.
        rows = InfoRequest.objects.select_for_update(of=("self",))
        info_request = rows.get(pk=remedy.info_request.partition(":")[2])
        case = _step(remedy, Event.DECIDE, on=on, told=told, by=by, at=at)
        inforequests.reopen(
            info_request,
            decision=str(case),
            authority=case.court if isinstance(case, Litigation) else case.authority,
            why=f"{case._meta.verbose_name}{result.label}，要求重新答复",
            due_on=new_reply_due_on,
            on=received_on,
            by=by,
            at=at,
        )
    return case


def _create(case: AnyRemedy, verb: str, *, by: Actor, at: datetime) -> AnyRemedy:
    with transaction.atomic():
        case.save(force_insert=True)
        _log(case, verb, {}, _logged(case), by=by, at=at)
    return case


def _step(
    remedy: AnyRemedy,
    event: Event,
    *,
    on: date,
    told: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> AnyRemedy:
    """Do one step of a case under lock: table, days, terms, write, log."""
    _not_later(on, at, "日期", "on")
    with transaction.atomic():
        rows = type(remedy)._default_manager.select_for_update(of=("self",))
        case = rows.select_related("organ").get(pk=remedy.pk)
        state = next_state(State(case.state), event)
        _in_order(_last_day(case), "上一步之日", on, "日期", "on")
        before = _logged(case)
        for name, value in told.items():
            setattr(case, name, value)
        case.state = state
        dates_of(case, workday_calendar())  # refuses what the law of that day does not know
        case.save(update_fields=["state", *told])
        _log(case, event.value.lower(), before, _logged(case), by=by, at=at)
    return case


def _last_day(case: Remedy) -> date:
    days = (case.filed_on, case.accepted_on, case.copy_received_on, case.answered_on)
    return max(day for day in days if day)


def _new(contest: Contest, on: date) -> dict[str, Any]:
    return {
        "subject": contest.subject.strip(),
        "case_number": contest.case_number.strip(),
        "info_request": contest.info_request,
        "filed_on": on,
        "state": State.FILED,
    }


def _check_new(organ: Organ, contest: Contest, on: date, at: datetime) -> None:
    _not_empty(contest.subject, "案由", "subject")
    _not_later(on, at, "提出之日", "on")
    if on < organ.valid_from:
        raise BadCase(f"“提出之日”早于{organ.name}设立之日，请核对", "on")
    if contest.info_request:
        app, _, pk = contest.info_request.partition(":")
        known = app == "inforequests" and _is_request_of(organ, pk)
        if not known:
            raise BadCase("“所涉申请”不是该机关的申请，请重新选择或者留空", "info_request")


def _check_reopening(
    remedy: Remedy, result: Result, on: date, received_on: date, at: datetime
) -> None:
    if result is not Result.CORRECTED:
        raise BadCase("只有“结果纠正”的案件才重新办理所涉申请，请核对结果或者取消勾选", "reopen")
    if not remedy.info_request:
        raise BadCase("案件没有填写所涉申请，无法重新办理", "reopen")
    _in_order(on, "结果作出之日", received_on, "收到决定书（判决书）之日", "received_on")
    _not_later(received_on, at, "收到决定书（判决书）之日", "received_on")


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
    _in_order(earlier.decided_on, "复议结果作出之日", on, "起诉之日", "on")


def _not_empty(text: str, label: str, field: str) -> None:
    if not text.strip():
        raise BadCase(f"请填写“{label}”", field)


def _not_later(day: date, at: datetime, label: str, field: str) -> None:
    today = timezone.localtime(at).date()
    if day > today:
        raise BadCase(f"“{label}”（{written(day)}）晚于登记当日（{written(today)}），请核对", field)


def _in_order(first: date, first_label: str, then: date, label: str, field: str) -> None:
    if then < first:
        raise BadCase(
            f"“{label}”（{written(then)}）早于{first_label}（{written(first)}），请核对", field
        )


def _logged(case: Remedy) -> dict[str, Any]:
    values = {name: getattr(case, name) for name in _LOGGED}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def _log(
    case: Remedy,
    verb: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> None:
    changed = [name for name in after if before.get(name) != after[name]]
    record(
        f"remedies.{verb}",
        case.typed_id,
        chain=case.organ.code,
        by=by,
        at=at,
        label=str(case),
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed},
    )
