"""Verbs of a matter in which an agent helps (帮代办): accepted, step by step, done, rated."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.servicehall.actions import steps
from gongkai.servicehall.lifecycle import AssistEvent, AssistState, Refused, ToldWrongly
from gongkai.servicehall.lifecycle.assistance import next_assist_state
from gongkai.servicehall.models import Assistance, AssistanceStep, Attendant, ServiceItem
from gongkai.servicehall.rules.kinds import Rating
from gongkai.servicehall.rules.persons import masked
from gongkai.servicehall.rules.texts import chosen, used

_E = AssistEvent
MARK = "BD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for help with what; `person`: a natural person, whose name is masked."""

    applicant: str
    person: bool
    phone: str
    project: str
    commissioned: bool = False


@transaction.atomic
def accept(
    agent: Attendant,
    *,
    asked: Asked,
    item: ServiceItem | None,
    accepted_on: date | None,
    by: Actor,
    at: datetime,
) -> Assistance:
    """Take on a matter, handled by an agent of a hall.

    Raises Refused when whom is named is no agent or has left, ToldWrongly for what is wrong.
    """
    hall = agent.hall
    if not agent.agent or agent.left_on is not None:
        raise Refused(f"{agent.name}不是在岗的帮代办员，请改选")
    if item is not None and item.county_id != hall.county_id:
        raise ToldWrongly("请选择本县的事项", "item")
    day = steps.past_day(
        accepted_on, "accepted_on", "受理日期", steps.local_day(at), agent.joined_on
    )
    applicant = used(asked.applicant, "applicant")
    matter = Assistance(
        county_id=hall.county_id,
        hall=hall,
        organ=hall.organ,
        number=steps.next_number(Assistance, hall.county, MARK, day),
        project=used(asked.project, "project"),
        item=item,
        agent=agent,
        shown_as=masked(applicant) if asked.person else applicant,
        commissioned=asked.commissioned,
        accepted_on=day,
        state=AssistState.UNDER_WAY,
    )
    matter.seal(applicant=applicant, phone=used(asked.phone, "phone"))
    matter.save(force_insert=True)
    after = {"agent": agent.name, "accepted_on": day, "commissioned": asked.commissioned}
    steps.log("accept", matter, hall.organ, by, at, after=after)
    return matter


@transaction.atomic
def begin_step(
    matter: Assistance, *, name: str, body: str, begun_on: date | None, by: Actor, at: datetime
) -> AssistanceStep:
    """Record that a step has begun before some body; raises Refused or ToldWrongly."""
    held = steps.hold(matter, "organ")
    held.state = next_assist_state(AssistState(held.state), _E.BEGIN_STEP)
    step = AssistanceStep.objects.create(
        assistance=held,
        name=used(name, "step"),
        body=used(body, "applicant", label="部门"),
        begun_on=steps.past_day(
            begun_on, "begun_on", "开始日期", steps.local_day(at), held.accepted_on
        ),
    )
    after = {"step": step.name, "body": step.body, "begun_on": step.begun_on}
    steps.log("begin_step", held, held.organ, by, at, after=after)
    return step


@transaction.atomic
def finish_step(
    step: AssistanceStep, *, finished_on: date | None, by: Actor, at: datetime
) -> AssistanceStep:
    """Record that a step is finished; raises Refused or ToldWrongly."""
    matter = steps.hold(step.assistance, "organ")
    matter.state = next_assist_state(AssistState(matter.state), _E.FINISH_STEP)
    held = steps.hold(step)
    if held.finished_on is not None:
        raise Refused("这个环节已经登记完成")
    held.finished_on = steps.past_day(
        finished_on, "finished_on", "完成日期", steps.local_day(at), held.begun_on
    )
    held.save()
    after = {"step": held.name, "finished_on": held.finished_on}
    steps.log("finish_step", matter, matter.organ, by, at, after=after)
    return held


@transaction.atomic
def complete(
    matter: Assistance, *, outcome: str, closed_on: date | None, by: Actor, at: datetime
) -> Assistance:
    """Record the result of a matter whose steps are all finished; raises Refused, ToldWrongly."""
    held = steps.hold(matter, "organ")
    held.state = next_assist_state(AssistState(held.state), _E.COMPLETE)
    if open_step := held.steps.filter(finished_on__isnull=True).first():
        raise Refused(f"环节“{open_step.name}”还没有完成，请先登记完成日期")
    return _close("complete", held, outcome, closed_on, by, at)


@transaction.atomic
def stop(
    matter: Assistance, *, outcome: str, closed_on: date | None, by: Actor, at: datetime
) -> Assistance:
    """Stop a matter, with the reason; raises Refused or ToldWrongly."""
    held = steps.hold(matter, "organ")
    held.state = next_assist_state(AssistState(held.state), _E.STOP)
    return _close("stop", held, outcome, closed_on, by, at)


@transaction.atomic
def rate(matter: Assistance, *, rating: Rating, by: Actor, at: datetime) -> Assistance:
    """Record what the applicant says of the help, once; raises Refused or ToldWrongly."""
    held = steps.hold(matter, "organ")
    held.state = next_assist_state(AssistState(held.state), _E.RATE)
    if held.rating:
        raise Refused(f"已经评价为“{held.get_rating_display()}”，不能再次登记")
    held.rating = chosen(rating, Rating, "评价", "rating")
    held.save()
    steps.log("rate", held, held.organ, by, at, after={"rating": Rating(held.rating).label})
    return held


@transaction.atomic
def show_applicant(matter: Assistance, *, why: str, by: Actor, at: datetime) -> dict[str, str]:
    """Open who asked for somebody, and log who did and why.

    Raises:
        Refused: it was erased.
        ToldWrongly: no reason.
        CannotOpen: the token was altered or its key is not configured.
    """
    if matter.erased_at is not None:
        raise Refused("申请人信息已经清除")
    why = used(why, "why")
    opened = {column: matter.unseal(column) for column in matter.SEALED}
    steps.log("show_applicant", matter, matter.organ, by, at, reason=why)
    return opened


@transaction.atomic
def forget_applicant(matter: Assistance, *, why: str, by: Actor, at: datetime) -> Assistance:
    """Erase who asked, once the matter is over (个人信息保护法 47); the matter still counts.

    Raises:
        Refused: it is under way, or erased already.
        ToldWrongly: no reason.
    """
    held = steps.hold(matter, "organ")
    if held.state == AssistState.UNDER_WAY:
        raise Refused("这件事还在办理，办结或者终止以后才能清除申请人信息")
    if held.erased_at is not None:
        raise Refused("申请人信息已经清除")
    why = used(why, "why")
    held.seal(**dict.fromkeys(held.SEALED, ""))
    held.shown_as, held.erased_at = "已清除", at
    held.save()
    steps.log("forget_applicant", held, held.organ, by, at, reason=why)
    return held


def _close(
    verb: str, held: Assistance, outcome: str, closed_on: date | None, by: Actor, at: datetime
) -> Assistance:
    held.outcome = used(outcome, "outcome")
    last = held.steps.order_by("-finished_on").values_list("finished_on", flat=True)
    since = max([held.accepted_on, *(day for day in last if day is not None)])
    held.closed_on = steps.past_day(closed_on, "closed_on", "办结日期", steps.local_day(at), since)
    held.save()
    after = {"state": held.state, "closed_on": held.closed_on}
    steps.log(verb, held, held.organ, by, at, after=after, reason=held.outcome[:500])
    return held
