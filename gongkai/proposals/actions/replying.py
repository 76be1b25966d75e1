"""Verbs on replies: reply, rate, work on it again, close, follow up what was promised."""

from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.proposals.actions import steps
from gongkai.proposals.deadlines import months_after
from gongkai.proposals.lifecycle import (
    OpennessState,
    ProposalEvent,
    Refused,
    ToldWrongly,
)
from gongkai.proposals.lifecycle.kinds import CONTENT, Result, Satisfaction
from gongkai.proposals.models import Proposal, Reply
from gongkai.proposals.rules.texts import past_day, used
from gongkai.proposals.rules.told import Answer, Decision, checked_answer, checked_decision
from gongkai.statute.days import written

MOST_REDO_MONTHS = 6


@transaction.atomic
def reply(
    proposal: Proposal, *, answer: Answer, decision: Decision, by: Actor, at: datetime
) -> Proposal:
    """Put down the reply of this round with how public it is to be; other eyes confirm that.

    Raises:
        ToldWrongly: something of the reply or of the decision is missing or cannot be.
        Refused: it is not being handled.
    """
    today = steps.local_day(at)
    held = steps.hold(proposal)
    steps.follow(held, ProposalEvent.REPLY)
    if held.assigned_on is None or held.due_on is None:
        raise Refused("尚未交办，不能登记答复。")
    answer = checked_answer(answer, held.assigned_on, today)
    decision = checked_decision(decision)
    before = Reply.objects.filter(proposal=held).order_by("-round").first()
    if before is not None and before.rated_on and answer.replied_on < before.rated_on:
        raise ToldWrongly("“答复日期”早于责成重新办理的日期，请核对", "replied_on")
    Reply.objects.create(
        proposal=held,
        round=held.round,
        number=answer.number,
        replied_on=answer.replied_on,
        due_on=held.due_on,
        signed_by=answer.signed_by,
        result=answer.result,
        promised_on=answer.promised_on,
        body=answer.body,
        openness=decision.openness,
        openness_why=decision.why,
        openness_state=OpennessState.PROPOSED,
        abridged=decision.abridged,
        consulted=decision.consulted,
        proposed_by=by.name,
        proposed_by_account=by.account,
    )
    held.save(update_fields=["state"])
    said = f"{answer.number}，{answer.result.short}，{decision.openness.label}"
    steps.tell(held, ProposalEvent.REPLY, by, at, on=answer.replied_on, to=said)
    after = {
        "number": answer.number,
        "replied_on": answer.replied_on,
        "result": answer.result.value,
        "openness": decision.openness.value,
        "round": held.round,
    }
    steps.log("reply", held, by, at, after=after, reason=decision.why)
    return held


@transaction.atomic
def rate(
    proposal: Proposal,
    *,
    satisfaction: Satisfaction,
    on: date | None,
    remark: str = "",
    by: Actor,
    at: datetime,
) -> Proposal:
    """Put down that the proposer is satisfied, or basically so, and settle the matter.

    Raises:
        ToldWrongly: the proposer is dissatisfied (then it is worked on again), or the day is wrong.
        Refused: it has not been replied to.
    """
    if satisfaction not in CONTENT:
        raise ToldWrongly("不满意的，请点“重新办理”", "satisfaction")
    held = steps.hold(proposal)
    steps.follow(held, ProposalEvent.RATE)
    _thought(held, satisfaction, on, used(remark, "remark", required=False), at)
    held.save(update_fields=["state"])
    steps.tell(held, ProposalEvent.RATE, by, at, on=on, to=satisfaction.label, words=remark.strip())
    after = {"satisfaction": satisfaction.value, "on": on, "state": held.state}
    steps.log("rate", held, by, at, after=after)
    return held


@transaction.atomic
def redo(
    proposal: Proposal,
    *,
    on: date | None,
    remark: str,
    due_on: date | None,
    by: Actor,
    at: datetime,
) -> Proposal:
    """Let a reply with which the proposer is dissatisfied be worked on again, by a new day.

    Raises:
        ToldWrongly: a day cannot be, or what the proposer said is missing.
        Refused: it has not been replied to.
    """
    remark = used(remark, "remark")
    held = steps.hold(proposal)
    steps.follow(held, ProposalEvent.REDO)
    _thought(held, Satisfaction.DISSATISFIED, on, remark, at)
    today = steps.local_day(at)
    if due_on is None or due_on < today:
        raise ToldWrongly("“重新答复期限”应当是今天以后的日期", "due_on")
    if due_on > months_after(today, MOST_REDO_MONTHS):
        raise ToldWrongly("“重新答复期限”超过六个月，请核对", "due_on")
    held.round += 1
    held.due_on = due_on
    held.save(update_fields=["state", "round", "due_on"])
    said = f"不满意，{written(due_on)}前重新答复"
    steps.tell(held, ProposalEvent.REDO, by, at, on=on, to=said, words=remark)
    steps.log("redo", held, by, at, after={"round": held.round, "due_on": due_on})
    return held


@transaction.atomic
def close(
    proposal: Proposal, *, why: str, dissatisfied: bool = False, by: Actor, at: datetime
) -> Proposal:
    """Settle a matter of which no content opinion came, with a reason.

    `dissatisfied` puts down that the proposer is not content with a second reply either.

    Raises:
        ToldWrongly: no reason, or a first reply is to be closed against a dissatisfied proposer.
        Refused: it has not been replied to.
    """
    why = used(why, "why")
    held = steps.hold(proposal)
    steps.follow(held, ProposalEvent.CLOSE)
    if dissatisfied:
        if held.round == 1:
            raise ToldWrongly("第一次答复不满意的，应当重新办理，不能直接办结", "dissatisfied")
        _thought(held, Satisfaction.DISSATISFIED, steps.local_day(at), why, at)
    held.save(update_fields=["state"])
    said = Satisfaction.DISSATISFIED.label if dissatisfied else "没有反馈意见"
    steps.tell(held, ProposalEvent.CLOSE, by, at, to=said, words=why)
    after = {"state": held.state, "dissatisfied": dissatisfied}
    steps.log("close", held, by, at, after=after, reason=why)
    return held


@transaction.atomic
def follow_up(
    proposal: Proposal, *, on: date | None, progress: str, done: bool, by: Actor, at: datetime
) -> Proposal:
    """Put down what became of what a reply of class B promised; done, it is of class A.

    Raises:
        ToldWrongly: the day cannot be, or nothing is said.
        Refused: it is not settled, or nothing was promised.
    """
    progress = used(progress, "progress")
    held = steps.hold(proposal)
    steps.follow(held, ProposalEvent.FOLLOW_UP)
    last = steps.last_reply(held)
    if last.result != Result.B:
        raise Refused("只有B类答复需要登记落实情况。")
    day = past_day(on, "on", "日期", steps.local_day(at), last.replied_on)
    before = {"result": last.result}
    if done:
        last.result, last.fulfilled_on = Result.A, day
        last.save(update_fields=["result", "fulfilled_on"])
    said = "已经落实，转为A类" if done else "正在落实"
    steps.tell(held, ProposalEvent.FOLLOW_UP, by, at, on=day, to=said, words=progress)
    after = {"result": str(last.result), "on": day}
    steps.log("follow_up", held, by, at, before=before, after=after)
    return held


def _thought(
    held: Proposal, satisfaction: Satisfaction, on: date | None, remark: str, at: datetime
) -> None:
    """Write what the proposer thinks of the last reply; raises ToldWrongly."""
    last = steps.last_reply(held)
    day = past_day(on, "on", "反馈日期", steps.local_day(at), last.replied_on)
    last.satisfaction, last.rated_on, last.remark = satisfaction, day, remark
    last.save(update_fields=["satisfaction", "rated_on", "remark"])
