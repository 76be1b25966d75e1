"""Publishing an order without names, and taking it off again (law.md 9.2)."""

from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.hotline.actions.recording import hold
from gongkai.hotline.lifecycle import OUTSIDE, Refused, State
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.rules import PublicText, used
from gongkai.hotline.rules.publishing import fit_for_public

_FIELDS = ("public_title", "public_text", "public_answer", "public_place")


def publish(order: WorkOrder, *, told: PublicText, by: Actor, at: datetime) -> WorkOrder:
    """Publish an order in an official's words; published again, the new words take their place.

    Raises:
        Refused: the caller asked for confidence or did not agree, or it is handled elsewhere.
        BadOrder: a text is missing or tells who called.
    """
    with transaction.atomic():
        held = hold(order)
        if held.confidential:
            raise Refused("不能公开：诉求人要求保密。")
        if not held.may_publish:
            raise Refused("不能公开：诉求人没有同意公开。")
        if State(held.state) in OUTSIDE or held.state == State.RECEIVED:
            raise Refused(f"不能公开：工单{held.get_state_display()}，派单以后才能公开。")
        fit = fit_for_public(told, held.caller, answered=held.answered_on is not None)
        texts = (fit.title, fit.text, fit.answer, fit.place)
        for name, text in zip(_FIELDS, texts, strict=True):
            setattr(held, name, text)
        held.published_at = held.published_at or at
        held.updated_at = at
        held.save(update_fields=[*_FIELDS, "published_at", "updated_at"])
        _log("publish", held, by, at, after=dict(zip(_FIELDS, texts, strict=True)))
    return held


def unpublish(order: WorkOrder, *, reason: str, by: Actor, at: datetime) -> WorkOrder:
    """Take an order off the public pages; its words are dropped.

    Raises:
        Refused: it is not public.
    """
    why = used(reason, "reason")
    with transaction.atomic():
        held = hold(order)
        if held.published_at is None:
            raise Refused("这件工单没有公开，不需要撤下。")
        for name in _FIELDS:
            setattr(held, name, "")
        held.published_at, held.updated_at = None, at
        held.save(update_fields=[*_FIELDS, "published_at", "updated_at"])
        _log("unpublish", held, by, at, reason=why)
    return held


def _log(verb: str, order: WorkOrder, by: Actor, at: datetime, **told: object) -> None:
    record(
        f"hotline.{verb}",
        order.typed_id,
        chain=order.organ.code,
        by=by,
        at=at,
        label=order.number,
        **told,
    )
