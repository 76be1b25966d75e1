"""Verbs on public opinion: collect, consult, judge, respond, set aside, evaluate (law.md 5.2)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.engagement.actions import steps
from gongkai.engagement.lifecycle import (
    OpinionEvent,
    OpinionState,
    ResponseKind,
    Severity,
    ToldWrongly,
)
from gongkai.engagement.lifecycle.opinion import next_state
from gongkai.engagement.models import OpinionMatter, OpinionResponse, OpinionStep
from gongkai.engagement.rules import chosen, used, web_address
from gongkai.orgs.models import Organ


@dataclass(frozen=True, slots=True)
class NewOpinion:
    """What was found: where, when, what people say, how grave it looks at first."""

    title: str
    summary: str
    source: str
    found_at: datetime
    severity: Severity
    link: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """One response: by what, where, when, who spoke, what was said."""

    kind: ResponseKind
    channel: str
    released_at: datetime
    gist: str
    link: str = ""
    spokesman: str = ""


@transaction.atomic
def collect_opinion(organ: Organ, *, told: NewOpinion, by: Actor, at: datetime) -> OpinionMatter:
    """Enter a matter in the register; its clocks run from the moment it was found.

    Raises:
        ToldWrongly: a text is missing, or it was found in the future.
    """
    if told.found_at > at:
        raise ToldWrongly("“发现时间”晚于现在，请核对", "found_at")
    county = organ.county or organ
    texts = {
        "title": " ".join(used(told.title, "opinion_title").split()),
        "summary": used(told.summary, "opinion_summary"),
        "source": used(told.source, "source"),
        "link": web_address(told.link, "link"),
    }
    severity = chosen(told.severity, Severity, "等级", "severity")
    row = OpinionMatter.objects.create(
        county=county,
        organ=organ,
        number=steps.next_number(county, "YQ", steps.local_day(told.found_at).year),
        found_at=told.found_at,
        severity=severity,
        state=OpinionState.COLLECTED,
        **texts,
    )
    _step(row, OpinionEvent.COLLECT, by, at, words=texts["summary"])
    after = {"title": texts["title"], "severity": str(severity), "organ": organ.short_name}
    _log("collect_opinion", row, by, at, after=after)
    return row


@transaction.atomic
def consult_on_opinion(
    matter: OpinionMatter, *, to: Organ, words: str, by: Actor, at: datetime
) -> OpinionMatter:
    """Put down what was agreed and which organ must answer.

    Raises:
        Refused: it was judged or answered already.
        ToldWrongly: nothing is said, or an organ of another county.
    """
    words = used(words, "words")
    held = hold_matter(matter)
    state = _follow(held, OpinionEvent.CONSULT)
    if held.county_id not in (to.pk, to.county_id):
        raise ToldWrongly("请选择本县的机关", "to")
    before = {"state": held.state, "organ": held.organ.short_name}
    deciding = held.organ
    held.state, held.organ = state, to
    held.save(update_fields=["state", "organ"])
    _step(held, OpinionEvent.CONSULT, by, at, words=f"责任单位：{to.short_name}。{words}")
    after = {"state": str(state), "organ": to.short_name}
    _log("consult_on_opinion", held, by, at, chain=deciding, before=before, after=after)
    return held


@transaction.atomic
def judge_opinion(
    matter: OpinionMatter, *, severity: Severity, words: str, by: Actor, at: datetime
) -> OpinionMatter:
    """Put down how grave it is and why; the clocks follow, from when it was found.

    Raises:
        Refused: it was not consulted on, or was evaluated.
        ToldWrongly: no grounds.
    """
    words = used(words, "words")
    severity = chosen(severity, Severity, "等级", "severity")
    held = hold_matter(matter)
    state = _follow(held, OpinionEvent.JUDGE)
    before = {"state": held.state, "severity": held.severity}
    held.state, held.severity = state, severity
    held.save(update_fields=["state", "severity"])
    _step(held, OpinionEvent.JUDGE, by, at, words=f"{severity.label}。{words}")
    after = {"state": str(state), "severity": str(severity)}
    _log("judge_opinion", held, by, at, before=before, after=after)
    return held


@transaction.atomic
def respond_to_opinion(
    matter: OpinionMatter, *, told: Answered, by: Actor, at: datetime
) -> OpinionResponse:
    """Put down a response: when and where it appeared, who spoke; a late one stays late.

    Raises:
        Refused: it was set aside or evaluated.
        ToldWrongly: a text is missing, a conference without a speaker, or a moment that cannot be.
    """
    kind = chosen(told.kind, ResponseKind, "回应方式", "kind")
    texts = {
        "channel": used(told.channel, "channel"),
        "summary": used(told.gist, "gist"),
        "link": web_address(told.link, "link"),
        "spokesman": used(told.spokesman, "spokesman", required=kind is ResponseKind.CONFERENCE),
    }
    held = hold_matter(matter)
    state = _follow(held, OpinionEvent.RESPOND)
    if told.released_at > at:
        raise ToldWrongly("“发布时间”晚于现在，请在发布以后登记", "released_at")
    if told.released_at < held.found_at:
        raise ToldWrongly("“发布时间”早于发现时间，请核对", "released_at")
    if kind is ResponseKind.FOLLOW_UP and not held.responses.exists():
        raise ToldWrongly("第一次回应请选择“发布权威信息”或者“召开新闻发布会”", "kind")
    before = {"state": held.state}
    held.state = state
    held.save(update_fields=["state"])
    made = OpinionResponse.objects.create(
        matter=held, kind=kind, released_at=told.released_at, recorded_at=at, **texts
    )
    _step(held, OpinionEvent.RESPOND, by, at, words=f"{kind.label}（{texts['channel']}）")
    after = {"state": str(state), "kind": str(kind), "released_at": told.released_at.isoformat()}
    _log("respond_to_opinion", held, by, at, before=before, after=after)
    return made


@transaction.atomic
def set_opinion_aside(
    matter: OpinionMatter, *, words: str, by: Actor, at: datetime
) -> OpinionMatter:
    """Put down that no response is needed, and why.

    Raises:
        Refused: it was not consulted on, or was answered.
        ToldWrongly: no reason.
    """
    words = used(words, "words")
    held = hold_matter(matter)
    state = _follow(held, OpinionEvent.SET_ASIDE)
    before = {"state": held.state}
    held.state = state
    held.save(update_fields=["state"])
    _step(held, OpinionEvent.SET_ASIDE, by, at, words=words)
    after = {"state": str(state)}
    _log("set_opinion_aside", held, by, at, before=before, after=after, reason=words)
    return held


@transaction.atomic
def evaluate_opinion(
    matter: OpinionMatter, *, words: str, by: Actor, at: datetime
) -> OpinionMatter:
    """Put down what the response has done and what is to be bettered; the matter is then closed.

    Raises:
        Refused: it was neither answered nor set aside.
        ToldWrongly: nothing is said.
    """
    words = used(words, "words")
    held = hold_matter(matter)
    state = _follow(held, OpinionEvent.EVALUATE)
    before = {"state": held.state}
    held.state, held.evaluation, held.evaluated_at = state, words, at
    held.save(update_fields=["state", "evaluation", "evaluated_at"])
    _step(held, OpinionEvent.EVALUATE, by, at, words=words)
    _log("evaluate_opinion", held, by, at, before=before, after={"state": str(state)})
    return held


def hold_matter(matter: OpinionMatter) -> OpinionMatter:
    """Return the matter as it now stands, locked until the end of the transaction."""
    rows = OpinionMatter.objects.select_for_update(of=("self",))
    return rows.select_related("organ", "county").get(pk=matter.pk)


def _follow(held: OpinionMatter, event: OpinionEvent) -> OpinionState:
    return next_state(OpinionState(held.state), event)


def _step(row: OpinionMatter, event: OpinionEvent, by: Actor, at: datetime, *, words: str) -> None:
    OpinionStep.objects.create(
        matter=row,
        sequence=row.steps.count() + 1,
        event=event,
        at=at,
        words=words[:1000],
        account=by.account,
        actor_name=by.name,
        actor_post=by.post[:200],
    )


def _log(
    verb: str,
    row: OpinionMatter,
    by: Actor,
    at: datetime,
    *,
    chain: Organ | None = None,
    **values: object,
) -> None:
    steps.note(verb, row.typed_id, chain or row.organ, f"舆情{row.number}", by, at, **values)
