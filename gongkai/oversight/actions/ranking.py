"""Verbs that let the public see the ranking of an appraisal, or take it off again (Art. 46)."""

from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.oversight.actions.appraisals import hold_appraisal
from gongkai.oversight.actions.steps import log
from gongkai.oversight.lifecycle import AppraisalEvent, Refused
from gongkai.oversight.models import Appraisal
from gongkai.oversight.rules.texts import used


@transaction.atomic
def publish_ranking(appraisal: Appraisal, *, by: Actor, at: datetime) -> Appraisal:
    """Publish places, totals and grades as they were confirmed; scores of indicators stay inside.

    Raises:
        Refused: the result is not confirmed, or it is public already.
    """
    held = hold_appraisal(appraisal, AppraisalEvent.PUBLISH)
    if held.published_at is not None:
        raise Refused("排名已经公布，不必重复公布。")
    held.published_at, held.published_by = at, by.name
    held.save(update_fields=["published_at", "published_by"])
    log("publish_ranking", held, held.county, by, at, after={"units": held.units.count()})
    return held


@transaction.atomic
def unpublish_ranking(appraisal: Appraisal, *, reason: str, by: Actor, at: datetime) -> Appraisal:
    """Take a published ranking off the site, with a reason; the result itself stands.

    Raises:
        Refused: it is not public.
        ToldWrongly: no reason.
    """
    held = hold_appraisal(appraisal, AppraisalEvent.UNPUBLISH)
    if held.published_at is None:
        raise Refused("排名没有公布，不用撤下。")
    reason = used(reason, "reason")
    held.published_at, held.published_by = None, ""
    held.save(update_fields=["published_at", "published_by"])
    log("unpublish_ranking", held, held.county, by, at, reason=reason)
    return held
