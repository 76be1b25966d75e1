"""Verbs on solicitations: draft, change the term, link the document that followed, cancel."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import county_of
from gongkai.engagement.actions import steps
from gongkai.engagement.actions.texts import put_away, section_of
from gongkai.engagement.lifecycle import (
    Refused,
    SolicitationEvent,
    SolicitationState,
    ToldWrongly,
)
from gongkai.engagement.models import Solicitation
from gongkai.engagement.rules import Terms, notice_body, tidy, used
from gongkai.orgs.models import Organ


@transaction.atomic
def draft_solicitation(
    organ: Organ, *, name: str, terms: Terms, by: Actor, at: datetime
) -> Solicitation:
    """Begin a solicitation on the draft called `name`: its record and the text of its notice.

    The notice takes the road of every publication; the draft itself and its explanation are added
    to it there as text or attachments.

    Raises:
        ToldWrongly: the name or the terms are wrong, or the term has passed.
        Refused: the county's site has no section 意见征集.
        DisclosureError: the text is refused.
    """
    name = used(name, "name").strip("《》")
    terms = tidy(terms)
    if terms.closes_on < steps.local_day(at):
        raise ToldWrongly("“截止日期”已经过去，请核对", "closes_on")
    row = Solicitation.objects.create(
        organ=organ,
        name=name,
        state=SolicitationState.DRAFT,
        drafted_at=at,
        drafted_by=by.name,
        drafted_by_account=by.account,
        **asdict(terms),
    )
    told = disclosure.Told(
        title=f"关于《{name}》公开征求意见的公告",
        formed_on=steps.local_day(at),
        body=notice_body(name, organ.name, terms),
    )
    row.entry = disclosure.create(
        organ, section=section_of(organ), told=told, record=row.typed_id, by=by, at=at
    )
    row.save(update_fields=["entry"])
    after = {"name": name, "entry": row.entry.record_id, **_plain(terms)}
    steps.log("draft_solicitation", row, by, at, after=after)
    return row


@transaction.atomic
def change_term(
    solicitation: Solicitation, *, terms: Terms, why: str = "", by: Actor, at: datetime
) -> Solicitation:
    """Change when and how comments are taken; once public, the term can only grow, with a reason.

    Raises:
        ToldWrongly: the terms do not hold; a public term was cut short or begins otherwise; no
            reason was given.
        Refused: the feedback is public, or the solicitation was cancelled.
    """
    terms = tidy(terms)
    held = steps.hold(solicitation)
    steps.follow(held, SolicitationEvent.CHANGE_TERM)
    why = used(why, "why", required=held.state == SolicitationState.OPEN)
    old = held.terms
    if terms.closes_on < steps.local_day(at) and terms.closes_on != old.closes_on:
        raise ToldWrongly("“截止日期”已经过去，请核对", "closes_on")
    if held.state == SolicitationState.OPEN:
        if terms.opens_on != old.opens_on:
            raise ToldWrongly("征集已经发布，“开始日期”不能更改", "opens_on")
        if terms.closes_on < old.closes_on:
            raise ToldWrongly("征集已经发布，“截止日期”只能延后，不能提前", "closes_on")
    for field, value in asdict(terms).items():
        setattr(held, field, value)
    held.save(update_fields=list(asdict(terms)))
    before, after = _plain(old), _plain(terms)
    changed = [field for field in after if before[field] != after[field]]
    steps.log(
        "change_term",
        held,
        by,
        at,
        before={field: before[field] for field in changed},
        after={field: after[field] for field in changed},
        reason=why,
    )
    return held


@transaction.atomic
def link_document(
    solicitation: Solicitation, *, document: Entry | None, by: Actor, at: datetime
) -> Solicitation:
    """Link the public text of the document that followed, or (None) take the link away.

    Raises:
        ToldWrongly: it is not public, another county's, or the notice or feedback itself.
        Refused: the notice was never public.
    """
    held = steps.hold(solicitation)
    if held.state == SolicitationState.DRAFT:
        raise Refused("征集公告尚未发布，发布以后才能关联正式文件。")
    if document is not None:
        document = Entry.objects.select_related("organ").get(pk=document.pk)
        own = document.pk in (held.entry_id, held.feedback_entry_id)
        if own or not document.live or county_of(document.organ) != county_of(held.organ):
            raise ToldWrongly("请选择本县网站上已经公开的正式文件", "document")
    before = {"document": held.document.title if held.document else ""}
    held.document = document
    held.save(update_fields=["document"])
    after = {"document": document.title if document else ""}
    steps.log("link_document", held, by, at, before=before, after=after)
    return held


@transaction.atomic
def cancel(solicitation: Solicitation, *, why: str, by: Actor, at: datetime) -> Solicitation:
    """End a solicitation without feedback; a notice that is public stays and says so.

    A notice that was never public is discarded with it.

    Raises:
        Refused: the feedback is public, or a text is under review.
        ToldWrongly: no reason.
    """
    why = used(why, "why")
    held = steps.hold(solicitation, entries=True)
    state = steps.follow(held, SolicitationEvent.CANCEL)
    before = {"state": held.state}
    held.state, held.cancelled_why = state, why
    held.save(update_fields=["state", "cancelled_why"])
    for entry in (held.entry, held.feedback_entry):
        if entry is not None and not entry.live:
            put_away(entry, why, by, at)
    steps.log("cancel", held, by, at, before=before, after={"state": str(state)}, reason=why)
    return held


def _plain(terms: Terms) -> dict[str, Any]:
    told = asdict(terms)
    return told | {name: told[name].isoformat() for name in ("opens_on", "closes_on")}
