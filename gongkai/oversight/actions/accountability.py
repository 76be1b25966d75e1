"""Verbs on accountability: recorded, its people shown (that is logged), struck out, resealed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.audit import SYSTEM, SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.orgs.models import Organ
from gongkai.oversight.actions.steps import local_day, log, past_day
from gongkai.oversight.lifecycle import Refused, ToldWrongly
from gongkai.oversight.models import AccountabilityCase
from gongkai.oversight.models.accountability import key_mark
from gongkai.oversight.rules.kinds import Fault, Sanction
from gongkai.oversight.rules.texts import chosen, used


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTold:
    """What is told of a case; `people` is kept under seal."""

    fault: str
    sanction: str
    facts: str
    decided_on: date | None
    number: str = ""
    about: str = ""
    people: str = ""


@transaction.atomic
def record_case(
    county: Organ, organ: Organ | None, *, told: CaseTold, by: Actor, at: datetime
) -> AccountabilityCase:
    """Record that an organ was held to account; raises ToldWrongly."""
    if organ is None or (organ.county_id or organ.pk) != county.pk:
        raise ToldWrongly("请选择“责任单位”", "organ")
    made = AccountabilityCase(
        county=county,
        organ=organ,
        fault=chosen(told.fault, Fault, "情形", "fault"),
        sanction=chosen(told.sanction, Sanction, "处理方式", "sanction"),
        facts=used(told.facts, "facts"),
        number=used(told.number, "number", required=False),
        about=used(told.about, "about", required=False),
        decided_on=past_day(told.decided_on, "decided_on", "处理日期", local_day(at)),
        recorded_by=by.name,
        recorded_at=at,
    )
    made.seal_people(used(told.people, "people", required=False))
    made.save(force_insert=True)
    after = {"organ": str(organ), "fault": made.fault, "sanction": made.sanction}
    log("record_case", made, county, by, at, after={**after, "decided_on": made.decided_on})
    return made


@transaction.atomic
def show_people(case: AccountabilityCase, *, by: Actor, at: datetime) -> str:
    """Return who was held to account, and log who looked."""
    log("show_people", case, case.county, by, at)
    return case.people()


@transaction.atomic
def strike_case(
    case: AccountabilityCase, *, reason: str, by: Actor, at: datetime
) -> AccountabilityCase:
    """Strike out a case recorded wrongly or revoked, with a reason; it counts no more."""
    rows = AccountabilityCase.objects.select_for_update(of=("self",)).select_related("county")
    held = rows.get(pk=case.pk)
    if held.struck_at is not None:
        raise Refused("这条记录已经撤销。")
    held.struck_why, held.struck_at = used(reason, "reason"), at
    held.save(update_fields=["struck_why", "struck_at"])
    log("strike_case", held, held.county, by, at, reason=held.struck_why)
    return held


def reseal(batch: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Seal up to `batch` cases with the key of now; return how many, 0 at the end.

    Raises:
        CannotOpen: a token was altered or its key is not configured; the batch stays as it was.
    """
    with transaction.atomic():
        stale = AccountabilityCase.objects.select_for_update(of=("self",))
        rows = list(stale.exclude(key_id=key_mark()).order_by("pk")[:batch])
        old = sorted({row.key_id for row in rows})
        for row in rows:
            row.seal_people(row.people())
        AccountabilityCase.objects.bulk_update(rows, ["key_id", "people_sealed", "has_people"])
        if rows:
            record(
                "oversight.reseal",
                "oversight.sealed",
                chain=SYSTEM_CHAIN,
                by=by,
                at=at,
                label=f"{len(rows)}件责任追究",
                before={"keys": old},
                after={"keys": [key_mark()]},
            )
    return len(rows)
