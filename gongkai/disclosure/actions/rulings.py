"""A county's settings: how index numbers are written, how many reviews an organ's texts pass."""

from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.disclosure.models import IndexRule, ReviewRule
from gongkai.disclosure.rules import EntryRefused, Fault
from gongkai.disclosure.rules.index_numbers import check_pattern
from gongkai.orgs.models import Organ


@transaction.atomic
def set_index_rule(
    county: Organ, *, pattern: str, valid_from: date, by: Actor, at: datetime
) -> IndexRule:
    """Set how a county writes index numbers from a day on; numbers given stay as they are.

    Raises:
        EntryRefused: the pattern cannot be used (`rules.index_numbers`).
    """
    rule, _ = IndexRule.objects.update_or_create(
        county=county, valid_from=valid_from, defaults={"pattern": check_pattern(pattern)}
    )
    after = {"pattern": rule.pattern, "valid_from": valid_from.isoformat()}
    _log("set_index_rule", county, after, by, at)
    return rule


@transaction.atomic
def set_review_rule(
    organ: Organ, *, steps: int, valid_from: date, by: Actor, at: datetime
) -> ReviewRule:
    """Set how many reviews an organ's texts pass from a day on: 2 or 3.

    Raises:
        EntryRefused: neither.
    """
    if steps not in (2, 3):
        raise EntryRefused(Fault("steps", "审核级数为两级或者三级，请选择"))
    rule, _ = ReviewRule.objects.update_or_create(
        organ=organ, valid_from=valid_from, defaults={"steps": steps}
    )
    _log("set_review_rule", organ, {"steps": steps, "valid_from": valid_from.isoformat()}, by, at)
    return rule


def _log(verb: str, organ: Organ, after: dict[str, object], by: Actor, at: datetime) -> None:
    audit.record(
        f"disclosure.{verb}",
        f"orgs:{organ.pk}",
        chain=organ.code,
        by=by,
        at=at,
        label=organ.short_name,
        after=after,
    )
