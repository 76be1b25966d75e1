"""Cases for tests: filed on a day, decided on another, as rows or by real verbs."""

from datetime import date

from gongkai.orgs.models import Organ
from gongkai.remedies.lifecycle import Result, Route, State
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
