"""Orders for tests: one in each state by real verbs, people with posts."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Permission

from gongkai.accounts.models import User
from gongkai.audit import Actor
from gongkai.hotline import actions
from gongkai.hotline.lifecycle import OrderKind, Satisfaction, Solved, SourceChannel, State
from gongkai.hotline.models import WorkOrder
from gongkai.orgs.models import Organ, OrganKind, Post, Role

CHINA = ZoneInfo("Asia/Shanghai")
ME = Actor("clerk", "热线经办人", "热线工单经办人")
RECEIVED_ON = date(2026, 3, 2)  # a Monday
CONTENT = "香田乡白鹭村三组万里家门口路灯坏了半个月，电话13800001234。"
CALLER = actions.Caller("万里", "138-0000-1234")


def moment(day: date, hour: int = 9) -> datetime:
    """Return an hour of a day in China, as verbs take it."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)


def an_organ(code: str = "rexian", **fields: object) -> Organ:
    """Return an organ of the county, a department unless told otherwise."""
    values: dict[str, object] = {
        "kind": OrganKind.DEPARTMENT,
        "name": f"靖安县{code}",
        "short_name": code,
        "region_code": "360925",
        "valid_from": date(2000, 1, 1),
    }
    return Organ.objects.create(code=code, **(values | fields))


def a_person(organ: Organ, role: Role = Role.HOTLINE_CLERK, username: str = "clerk") -> User:
    """Return a person with a post in an organ and the right to enter the staff site."""
    user = User.objects.create_user(username, password="for the tests only", name="热线经办人")
    Post.objects.create(user=user, organ=organ, role=role, valid_from=date(2000, 1, 1))
    user.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return user


def received(organ: Organ, on: date = RECEIVED_ON, **told: Any) -> WorkOrder:
    """Return an order received on a day; `told` changes its fields or its caller."""
    caller = told.pop("caller", CALLER)
    values = {
        "source": SourceChannel.PHONE,
        "kind": OrderKind.HELP,
        "subject": "村道路灯损坏",
        "content": CONTENT,
    }
    return actions.register_order(
        organ,
        told=actions.NewOrder(**(values | told)),
        caller=caller,
        received_at=moment(on),
        by=ME,
        at=moment(on, 10),
    )


def do(verb: Callable[..., WorkOrder], order: WorkOrder, on: date, **told: Any) -> WorkOrder:
    """Return the order after `verb` on a day, recorded the same day."""
    return verb(order, on=on, by=ME, at=moment(on, 17), **told)


def assigned(organ: Organ, on: date = RECEIVED_ON, **told: Any) -> WorkOrder:
    """Return an order that waits to be signed for, with another organ where `handler` is told."""
    handler = told.pop("handler", None)
    order = received(organ, on, **told)
    return do(actions.assign, order, on, unit="路灯管理所", handler=handler)


def handling(organ: Organ, on: date = RECEIVED_ON, **told: Any) -> WorkOrder:
    """Return an order that a unit has in hand."""
    return do(actions.sign_for, assigned(organ, on, **told), on)


def return_asked(organ: Organ, on: date = RECEIVED_ON, **told: Any) -> WorkOrder:
    """Return an order that its unit wants to give back."""
    return do(actions.ask_return, assigned(organ, on, **told), on, reason="不属本单位职责")


def extension_asked(organ: Organ, on: date = RECEIVED_ON, **told: Any) -> WorkOrder:
    """Return an order for which more days are asked."""
    order = handling(organ, on, **told)
    return do(actions.ask_extension, order, on, workdays=3, reason="需要现场勘查")


def suspended(organ: Organ, on: date = RECEIVED_ON, **told: Any) -> WorkOrder:
    """Return an order that rests."""
    return do(actions.suspend, handling(organ, on, **told), on, reason="汛期无法施工")


def answered(organ: Organ, on: date = RECEIVED_ON, **told: Any) -> WorkOrder:
    """Return an order whose caller was answered."""
    order = assigned(organ, on, **told)
    return do(actions.answer, order, on, text="万里家门口的路灯已经修好。", contacted=True)


def checked(organ: Organ, on: date = RECEIVED_ON, **told: Any) -> WorkOrder:
    """Return an order whose answer was found good."""
    return do(actions.pass_answer, answered(organ, on, **told), on)


def called_back(
    organ: Organ,
    on: date = RECEIVED_ON,
    satisfaction: Satisfaction = Satisfaction.SATISFIED,
    **told: Any,
) -> WorkOrder:
    """Return an order whose caller was reached and said what they think."""
    order = checked(organ, on, **told)
    rated = {"satisfaction": satisfaction, "solved": Solved.SOLVED}
    return do(actions.call_back, order, on, reached=True, **rated)


def closed(organ: Organ, on: date = RECEIVED_ON, **told: Any) -> WorkOrder:
    """Return a closed order."""
    return do(actions.close, called_back(organ, on, **told), on)


def turned_over(organ: Organ, on: date = RECEIVED_ON, **told: Any) -> WorkOrder:
    """Return an order passed on to another procedure."""
    order = assigned(organ, on, **told)
    return do(actions.turn_over, order, on, to="县信访局", reason="属信访事项")


def returned(organ: Organ, on: date = RECEIVED_ON, **told: Any) -> WorkOrder:
    """Return an order sent back to the city centre."""
    return do(actions.send_back, received(organ, on, **told), on, reason="不属本县管辖")


def merged(organ: Organ, on: date = RECEIVED_ON, **told: Any) -> WorkOrder:
    """Return an order that was told again."""
    into = received(organ, on, subject="路灯还没修")
    return do(actions.merge, received(organ, on, **told), on, into=into)


def voided(organ: Organ, on: date = RECEIVED_ON, **told: Any) -> WorkOrder:
    """Return an order entered by mistake."""
    return do(actions.void, received(organ, on, **told), on, reason="误录")


IN_STATE: dict[State, Callable[..., WorkOrder]] = {
    State.RECEIVED: received,
    State.ASSIGNED: assigned,
    State.HANDLING: handling,
    State.RETURN_ASKED: return_asked,
    State.EXTENSION_ASKED: extension_asked,
    State.SUSPENDED: suspended,
    State.ANSWERED: answered,
    State.CHECKED: checked,
    State.CLOSED: closed,
    State.TURNED_OVER: turned_over,
    State.RETURNED: returned,
    State.MERGED: merged,
    State.VOID: voided,
}
