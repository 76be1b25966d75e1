"""Verbs on the scores of one organ: it rates itself, one of the office scores, another checks.

What an organ says against a score is ruled by somebody who has neither given nor checked it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gongkai.audit import Actor
from gongkai.oversight.actions.appraisals import hold_appraisal
from gongkai.oversight.actions.steps import local_day, log
from gongkai.oversight.lifecycle import AppraisalEvent, Refused, ToldWrongly
from gongkai.oversight.models import AppraisalUnit, Rating, ScoreObjection
from gongkai.oversight.queries import ratings_of
from gongkai.oversight.rules.scoring import rounded
from gongkai.oversight.rules.texts import used, web_address


@dataclass(frozen=True, slots=True)
class SelfTold:
    """What an organ gives itself in one indicator, and why."""

    points: Decimal | None
    words: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class GivenTold:
    """What the office gives in one indicator; `words` where it departs from what figures give."""

    points: Decimal | None
    words: str = ""


@transaction.atomic
def rate_unit(unit: AppraisalUnit, told: Mapping[int, SelfTold], *, by: Actor, at: datetime) -> int:
    """Let an organ rate itself, by the keys of its scores; return how many are rated.

    Raises:
        Refused: it is no time for it, or its day is over.
        ToldWrongly: more points than there are, or points off without a word; `field` is
            points-<key>, words-<key> or link-<key>.
    """
    held = hold_appraisal(unit.appraisal, AppraisalEvent.RATE)
    if local_day(at) > held.self_due_on:
        raise Refused(f"自评期限{held.self_due_on}已过，请联系政务公开办。")
    changed = []
    for rating in _ratings(unit, told):
        mine = told[rating.pk]
        if mine.points is None:
            continue
        rating.self_points = _points(mine.points, rating, f"points-{rating.pk}")
        rating.self_words = _text(mine.words, "self_words", f"words-{rating.pk}")
        rating.self_link = _link(mine.link, f"link-{rating.pk}")
        rating.self_by, rating.self_at = by.name, at
        changed.append(rating)
    columns = ["self_points", "self_words", "self_link", "self_by", "self_at"]
    Rating.objects.bulk_update(changed, columns)
    total = sum((each.self_points for each in changed), Decimal(0))
    log("rate_unit", unit, unit.organ, by, at, label=f"{held}：{unit}",
        after={"rated": len(changed), "points": total})  # fmt: skip
    return len(changed)


@transaction.atomic
def score_unit(
    unit: AppraisalUnit, told: Mapping[int, GivenTold], *, by: Actor, at: datetime
) -> int:
    """Score an organ, by the keys of its scores; what changes must be checked anew.

    Raises:
        Refused: it is no time for it.
        ToldWrongly: more points than there are, or no reason to depart from what figures give;
            `field` is points-<key> or words-<key>.
    """
    held = hold_appraisal(unit.appraisal, AppraisalEvent.SCORE)
    changed, values = [], {}
    for rating in _ratings(unit, told):
        given = told[rating.pk]
        if given.points is None:
            continue
        points = _points(given.points, rating, f"points-{rating.pk}")
        words = _text(given.words, "given_words", f"words-{rating.pk}")
        if (points, words) == (rating.given, rating.given_words):
            continue
        departs = rating.counted_points is not None and points != rating.counted_points
        if departs and not words:
            told_points = f"按数据得{rating.counted_points}分，改为{points}分的，请填写“评分说明”"
            raise ToldWrongly(told_points, f"words-{rating.pk}")
        values[rating.indicator.item] = {"before": str(rating.given), "after": str(points)}
        rating.given, rating.given_words = points, words
        rating.given_by, rating.given_by_account, rating.given_at = by.name, by.account, at
        rating.checked_by = rating.checked_by_account = ""
        rating.checked_at = None
        changed.append(rating)
    columns = ["given", "given_words", "given_by", "given_by_account", "given_at"]
    Rating.objects.bulk_update(
        changed, [*columns, "checked_by", "checked_by_account", "checked_at"]
    )
    if changed:
        log("score_unit", unit, held.county, by, at, label=f"{held}：{unit}",
            after={"scores": values})  # fmt: skip
    return len(changed)


@transaction.atomic
def check_unit(unit: AppraisalUnit, *, by: Actor, at: datetime) -> int:
    """Check the scores of an organ that somebody else has given; return how many were checked.

    Raises:
        Refused: it is no time for it, or there is nothing this person may check.
    """
    held = hold_appraisal(unit.appraisal, AppraisalEvent.SCORE)
    rows = [each for each in ratings_of(unit) if each.given is not None and each.checked_at is None]
    mine = [each for each in rows if each.given_by_account != by.account]
    if not mine:
        why = "得分是您打的，请由另一位工作人员复核。" if rows else "没有需要复核的得分。"
        raise Refused(why)
    for rating in mine:
        rating.checked_by, rating.checked_by_account, rating.checked_at = by.name, by.account, at
    Rating.objects.bulk_update(mine, ["checked_by", "checked_by_account", "checked_at"])
    log("check_unit", unit, held.county, by, at, label=f"{held}：{unit}",
        after={"checked": len(mine)})  # fmt: skip
    return len(mine)


@transaction.atomic
def object_to(rating: Rating, *, reason: str, by: Actor, at: datetime) -> ScoreObjection:
    """Object to a score for the organ; raises Refused or ToldWrongly."""
    held = hold_appraisal(rating.unit.appraisal, AppraisalEvent.OBJECT)
    if not held.takes_objections(local_day(at)):
        raise Refused(f"异议期限{held.object_until}已过。")
    if rating.objections.filter(upheld__isnull=True).exists():
        raise Refused("这项得分已有一件异议等待答复。")
    made = ScoreObjection.objects.create(
        rating=rating,
        reason=used(reason, "objection"),
        made_by=by.name,
        made_at=at,
    )
    label = f"{rating.unit}：{rating.indicator}"
    log("object_to", rating, rating.unit.organ, by, at, label=label, reason=made.reason[:500])
    return made


@transaction.atomic
def answer_objection(
    objection: ScoreObjection,
    *,
    upheld: bool,
    answer: str,
    points: Decimal | None = None,
    by: Actor,
    at: datetime,
) -> ScoreObjection:
    """Uphold an objection with other points, or dismiss it; with reasons.

    Raises:
        Refused: it is answered, or this person gave the score.
        ToldWrongly: no reasons; upheld without points.
    """
    rows = ScoreObjection.objects.select_related("rating__indicator", "rating__unit__organ")
    rating = rows.get(pk=objection.pk).rating
    held = hold_appraisal(rating.unit.appraisal, AppraisalEvent.RULE)
    row = rows.get(pk=objection.pk)  # as it stands now that the appraisal is locked
    if row.upheld is not None:
        raise Refused("这件异议已经答复。")
    if by.account == rating.given_by_account:
        raise Refused("这项得分是您打的，请由另一位工作人员答复异议。")
    row.answer, row.before = used(answer, "answer"), rating.given
    if upheld:
        if points is None:
            raise ToldWrongly("采纳异议的，请填写“改为多少分”", "points")
        rating.given = _points(points, rating, "points")
        rating.given_words = f"采纳异议：{row.answer}"[:500]
        rating.given_by, rating.given_by_account, rating.given_at = by.name, by.account, at
        rating.save()
    row.upheld, row.answered_by, row.answered_at = upheld, by.name, at
    row.save()
    label = f"{rating.unit}：{rating.indicator}"
    log(
        "answer_objection",
        rating,
        held.county,
        by,
        at,
        label=label,
        reason=row.answer[:500],
        before={"points": row.before},
        after={"upheld": upheld, "points": rating.given},
    )
    return row


def _ratings(unit: AppraisalUnit, told: Mapping[int, object]) -> list[Rating]:
    return [each for each in ratings_of(unit) if each.pk in told]


def _points(points: Decimal, rating: Rating, field: str) -> Decimal:
    if not points.is_finite() or not 0 <= points <= rating.indicator.points:
        most = rating.indicator.points
        raise ToldWrongly(f"“{rating.indicator}”应当在0到{most}分之间", field)
    return rounded(points)


def _text(text: str, name: str, field: str) -> str:
    try:
        return used(text, name, required=False)
    except ToldWrongly as wrong:
        raise ToldWrongly(str(wrong), field) from None


def _link(text: str, field: str) -> str:
    try:
        return web_address(text, "link")
    except ToldWrongly as wrong:
        raise ToldWrongly(str(wrong), field) from None
