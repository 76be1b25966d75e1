"""A clerk leaves: posts end, the open work of every chapter goes to the successor, in one verb."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gongkai.audit.models import Event
from gongkai.inforequests.models import InfoRequest, State
from gongkai.inforequests.tests import factories as requests
from gongkai.orgs.actions import delegate, hand_over, open_work
from gongkai.orgs.models import Post, Role
from gongkai.orgs.queries import posts_of
from gongkai.orgs.tests.factories import ADMIN, make_county, make_post, make_user

AT = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = AT.date()
TILL = TODAY + timedelta(days=10)
REASON = {"reason": "赴党校培训"}


@pytest.mark.django_db
def test_a_leaving_clerks_work_is_handed_over_in_one_verb() -> None:
    jingan = make_county()
    deputy = make_user("deputy", "孙副")
    make_post(deputy, jingan.finance, Role.DEPARTMENT_CLERK)
    leaving = make_user("leaving", "王离")
    for role in (Role.REQUEST_HANDLER, Role.REVIEWER):
        make_post(leaving, jingan.water, role)
    make_post(deputy, jingan.water, Role.REVIEWER)
    lent_out = delegate(
        leaving.posts.get(role=Role.REQUEST_HANDLER),
        to=deputy, on=TODAY, until=TILL, by=leaving.actor(), at=AT, **REASON,
    )  # fmt: skip
    mine, other = (requests.processing(jingan.water, TODAY) for _ in range(2))
    told = {"unit": "水政股", "on": TODAY, "by": requests.ME, "at": AT}
    requests.actions.assign(mine, handler="leaving", handler_name="王离", **told)
    requests.actions.assign(other, handler="colleague", handler_name="同事", **told)
    late = requests.processing(jingan.water, TODAY - timedelta(days=7))
    before = AT - timedelta(days=7)
    requests.actions.assign(
        late, unit="水政股", handler="leaving", inner_due_on=before.date(), on=before.date(),
        by=requests.ME, at=before,
    )  # fmt: skip
    waiting = requests.processing(jingan.water, TODAY)
    requests.actions.assign(waiting, handler="leaving", handler_name="王离", **told)
    requests.actions.consult_third_party(waiting, whom="甲公司", on=TODAY, by=requests.ME, at=AT)
    assert [(each.label, each.count, each.own) for each in open_work(leaving, TODAY)] == [
        ("依申请公开", 3, True)
    ]
    done = hand_over(leaving, deputy, reason="调离", close=True, by=ADMIN, at=AT)
    assert (len(done.posts), done.moved) == (2, {"inforequests": 3})
    assert not posts_of(leaving, TODAY).exists()
    held = Post.objects.filter(user=deputy, organ=jingan.water, valid_to__isnull=True)
    assert {post.role for post in held} == {Role.REQUEST_HANDLER, Role.REVIEWER}
    handlers = dict(InfoRequest.objects.values_list("pk", "handler"))
    assert handlers == {
        mine.pk: "deputy", other.pk: "colleague", late.pk: "deputy", waiting.pk: "deputy"
    }  # fmt: skip
    late.refresh_from_db()
    waiting.refresh_from_db()
    assert late.inner_due_on is None  # it was over; the term of the law stands
    assert late.due_on is not None
    assert (waiting.state, waiting.unit) == (State.CONSULTING, "水政股")
    assert not open_work(leaving, TODAY)
    lent_out.refresh_from_db()
    assert lent_out.ended_at == AT
    leaving.refresh_from_db()
    assert not leaving.is_active
    event = Event.objects.get(verb="orgs.hand_over")
    assert (event.chain, event.after["work_moved"]) == ("jingan-slj", 3)
