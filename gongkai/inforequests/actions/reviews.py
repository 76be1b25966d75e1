"""Looking again: withheld items by their day (Art. 18), what many ask for (Art. 44)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.inforequests.actions.recording import local_day
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.models import (
    DisclosureSuggestion,
    InfoRequest,
    RequestItem,
    SuggestionState,
    WithheldReview,
)
from gongkai.inforequests.queries.requesters import requester_mark
from gongkai.inforequests.rules.withheld import months_later
from gongkai.orgs.models import Organ
from gongkai.statute.days import written


def review_withheld(
    item: RequestItem,
    *,
    still: bool,
    why: str,
    next_on: date | None = None,
    on: date,
    by: Actor,
    at: datetime,
) -> WithheldReview:
    """Record whether a withheld item must still be withheld; until when, if so (Art. 18).

    `next_on` is a year later unless told. Of what may be given now the requester is told
    and the organ discloses it: the review says so, and the item is not asked about again.

    Raises:
        BadAct: a day or the reason. Refused: nothing of the item is withheld.
    """
    why = _reason(why)
    with transaction.atomic():
        held = RequestItem.objects.select_for_update(of=("self",)).select_related(
            "info_request__organ"
        )
        held = held.get(pk=item.pk)
        if held.review_on is None:
            raise Refused(
                "不能评估（第十八条）：这一项没有不予公开的内容，或者已经评估为可以公开。"
            )
        _check_days(on, next_on, still, local_day(at))
        usual = months_later(on, settings.GONGKAI_WITHHELD_REVIEW_MONTHS)
        until = (next_on or usual) if still else None
        case, before = held.info_request, held.review_on
        review = WithheldReview.objects.create(
            item=held,
            on=on,
            still=still,
            why=why,
            next_on=until,
            account=by.account,
            actor_name=by.name,
            actor_post=by.post,
            recorded_at=at,
        )
        RequestItem.objects.filter(pk=held.pk).update(review_on=until)
        record(
            "inforequests.review_withheld",
            case.typed_id,
            chain=case.organ.code,
            by=by,
            at=at,
            label=f"{case.number} 第{held.place}项",
            before={"review_on": before},
            after={"review_on": until, "still_withheld": still, "on": on},
            reason=why,
        )
    return review


def suggest_disclosure(
    info_requests: Sequence[InfoRequest],
    *,
    decision: SuggestionState = SuggestionState.OFFERED,
    why: str,
    catalogue_entry: str = "",
    by: Actor,
    at: datetime,
) -> DisclosureSuggestion:
    """Put up for proactive disclosure what several requesters asked for (Art. 44).

    `decision` is OFFERED while somebody else is to decide, else the decision itself. It
    stands with the organ of the requests, or with their county when they are of several.

    Raises:
        BadAct: fewer than two requesters, organs of two counties, or no reason.
        Refused: one of the requests stands in a suggestion already.
    """
    why = _reason(why)
    with transaction.atomic():
        ids = {each.pk for each in info_requests}
        cases = list(
            InfoRequest.objects.select_related("organ__county", "requester")
            .filter(pk__in=ids)
            .order_by("submitted_at", "number")
        )
        requesters = len({requester_mark(each) for each in cases})
        if requesters < 2:
            raise BadAct(
                "须是两个以上申请人就相同信息提出的申请（第四十四条），请重新选择", "cases"
            )
        organ = _organ_of(cases)
        taken = DisclosureSuggestion.objects.filter(requests__in=cases).first()
        if taken:
            raise Refused(f"不能重复建议：其中的申请已列入“{taken}”。")
        made = DisclosureSuggestion.objects.create(
            organ=organ,
            description=cases[-1].description,
            requesters=requesters,
            state=decision,
            why=why,
            catalogue_entry=catalogue_entry.strip()[:120],
            account=by.account,
            actor_name=by.name,
            actor_post=by.post,
            made_at=at,
            decided_at=None if decision == SuggestionState.OFFERED else at,
        )
        made.requests.set(cases)
        _log(made, "suggest_disclosure", "", why, by=by, at=at)
    return made


def decide_suggestion(
    suggestion: DisclosureSuggestion,
    *,
    accepted: bool,
    why: str,
    catalogue_entry: str = "",
    by: Actor,
    at: datetime,
) -> DisclosureSuggestion:
    """Accept or decline what was put up for proactive disclosure.

    Raises:
        BadAct: no reason. Refused: it has been decided.
    """
    why = _reason(why)
    with transaction.atomic():
        rows = DisclosureSuggestion.objects.select_for_update(of=("self",))
        held = rows.select_related("organ").get(pk=suggestion.pk)
        if held.state != SuggestionState.OFFERED:
            raise Refused(f"不能再次决定：已经“{SuggestionState(held.state).label}”。")
        held.state = SuggestionState.ACCEPTED if accepted else SuggestionState.DECLINED
        held.why, held.decided_at = why, at
        held.catalogue_entry = catalogue_entry.strip()[:120]
        held.save(update_fields=["state", "why", "decided_at", "catalogue_entry"])
        _log(held, "decide_suggestion", SuggestionState.OFFERED, why, by=by, at=at)
    return held


def _check_days(on: date, next_on: date | None, still: bool, today: date) -> None:
    if on > today:
        raise BadAct(f"“评估日期”（{written(on)}）晚于登记当日（{written(today)}），请核对", "on")
    if next_on is not None and not still:
        raise BadAct("可以公开的，不再填写“下次评估之日”", "next_on")
    if next_on is not None and next_on <= on:
        raise BadAct("“下次评估之日”应当晚于评估日期，请修改", "next_on")


def _organ_of(cases: Sequence[InfoRequest]) -> Organ:
    organs = {each.organ_id: each.organ for each in cases}
    if len(organs) == 1:
        return cases[0].organ
    counties = {each.county_id or each.pk: each.county or each for each in organs.values()}
    if len(counties) != 1:
        raise BadAct("所选申请分属不同县的机关，请分别提出", "cases")
    return next(iter(counties.values()))


def _log(
    suggestion: DisclosureSuggestion, verb: str, before: str, why: str, *, by: Actor, at: datetime
) -> None:
    record(
        f"inforequests.{verb}",
        f"inforequests.suggestion:{suggestion.pk}",
        chain=suggestion.organ.code,
        by=by,
        at=at,
        label=suggestion.organ.name,
        before={"state": before} if before else {},
        after={
            "state": str(suggestion.state),
            "requesters": suggestion.requesters,
            "requests": sorted(suggestion.requests.values_list("number", flat=True)),
        },
        reason=why,
    )


def _reason(why: str) -> str:
    if not why.strip():
        raise BadAct("请填写“理由”", "why")
    return why.strip()[:2000]
