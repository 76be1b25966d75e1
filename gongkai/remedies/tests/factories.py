"""Cases for tests: bare rows for figures, and one in each state by real verbs."""

from collections.abc import Callable
from datetime import date
from typing import Any

from gongkai.inforequests.tests.factories import ME, moment
from gongkai.orgs.models import Organ
from gongkai.remedies import actions
from gongkai.remedies.lifecycle import Result, Route, Side, State
from gongkai.remedies.models import Litigation, Reconsideration


def a_reconsideration(
    organ: Organ,
    filed_on: date,
    decided_on: date | None = None,
    result: Result | str = "",
    **fields: object,
) -> Reconsideration:
    """Return a reconsideration as a bare row, decided when a day is given."""
    values: dict[str, object] = {
        "authority": "靖安县人民政府",
        "subject": "不服政府信息公开答复",
        "filed_on": filed_on,
        "decided_on": decided_on,
        "result": result,
        "state": State.DECIDED if decided_on else State.FILED,
    }
    return Reconsideration.objects.create(organ=organ, **(values | fields))


def a_suit(
    organ: Organ,
    filed_on: date,
    decided_on: date | None = None,
    result: Result | str = "",
    route: Route = Route.DIRECT,
    **fields: object,
) -> Litigation:
    """Return a suit as a bare row, decided when a day is given."""
    values: dict[str, object] = {
        "route": route,
        "court": "靖安县人民法院",
        "subject": "不服政府信息公开答复",
        "filed_on": filed_on,
        "decided_on": decided_on,
        "result": result,
        "state": State.DECIDED if decided_on else State.FILED,
    }
    return Litigation.objects.create(organ=organ, **(values | fields))


FILED_ON = date(2026, 3, 2)
CONTEST = actions.Contest("不服政府信息公开答复", case_number="靖府复〔2026〕3号")


def do(verb: Callable[..., Any], remedy: Any, on: date, **told: Any) -> Any:
    """Return the case after `verb` on day `on`, recorded the same day."""
    return verb(remedy, on=on, by=ME, at=moment(on, 17), **told)


def filed(organ: Organ, on: date = FILED_ON, **told: Any) -> Reconsideration:
    """Return a reconsideration applied for on `on`."""
    return do(
        actions.file_reconsideration,
        organ,
        on,
        contest=CONTEST,
        authority="靖安县人民政府",
        **told,
    )


def accepted(organ: Organ, on: date = FILED_ON, **told: Any) -> Reconsideration:
    """Return an accepted reconsideration, its copy received the same day."""
    return do(actions.accept, filed(organ, on, **told), on, copy_received_on=on)


def answered(organ: Organ, on: date = FILED_ON, **told: Any) -> Reconsideration:
    """Return a reconsideration that the organ has answered."""
    return do(actions.answer, accepted(organ, on, **told), on)


def decided(organ: Organ, on: date = FILED_ON, **told: Any) -> Reconsideration:
    """Return a reconsideration that was decided for the organ."""
    return do(actions.decide, answered(organ, on, **told), on, result=Result.UPHELD)


def struck(organ: Organ, on: date = FILED_ON, **told: Any) -> Reconsideration:
    """Return a reconsideration that was struck as entered in error."""
    return actions.strike(filed(organ, on, **told), reason="重复登记", by=ME, at=moment(on, 17))


def appealed(organ: Organ, on: date = FILED_ON, **told: Any) -> Litigation:
    """Return a suit that the organ lost and appealed, all on one day."""
    suit = do(actions.accept, sued(organ, on, **told), on, copy_received_on=on)
    suit = do(actions.decide, suit, on, result=Result.CORRECTED, received_on=on)
    return do(actions.appeal, suit, on, side=Side.ORGAN, court="宜春市中级人民法院")


IN_STATE: dict[State, Callable[..., Reconsideration | Litigation]] = {
    State.FILED: filed,
    State.ACCEPTED: accepted,
    State.ANSWERED: answered,
    State.DECIDED: decided,
    State.APPEALED: appealed,
    State.STRUCK: struck,
}


def sued(organ: Organ, on: date = FILED_ON, route: Route = Route.DIRECT, **told: Any) -> Litigation:
    """Return a suit filed on `on`."""
    return do(
        actions.file_suit,
        organ,
        on,
        contest=actions.Contest("不服政府信息公开答复"),
        court="靖安县人民法院",
        route=route,
        **told,
    )
