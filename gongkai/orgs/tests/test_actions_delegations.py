"""Posts lent, work handed over, rights reviewed: who may, what is refused, what the log says."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.audit.models import Event
from gongkai.orgs.actions import (
    BadAppointment,
    BadDay,
    BadReview,
    NotHeld,
    appoint,
    confirm_access,
    delegate,
    dismiss,
    end_delegation,
    hand_over,
    sync_groups,
)
from gongkai.orgs.models import AccessReview, Delegation, Role
from gongkai.orgs.queries import Official, access_list, holds_any, may_act_for, posts_of
from gongkai.orgs.rules import ADMINISTRATIVE, excluding
from gongkai.orgs.tests.factories import ADMIN, make_county, make_post, make_user

AT = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = AT.date()
TILL = TODAY + timedelta(days=10)
REASON = {"reason": "赴党校培训"}
READS = frozenset({Role.REVIEWER})


@pytest.fixture
def jingan(db):
    return make_county()


@pytest.fixture
def holder(jingan) -> User:
    user = make_user("holder", "钱科长")
    make_post(user, jingan.water, Role.REVIEWER)
    return user


@pytest.fixture
def deputy(jingan) -> User:
    user = make_user("deputy", "孙副")
    make_post(user, jingan.finance, Role.DEPARTMENT_CLERK)
    return user


def lent(holder: User, deputy: User, **given) -> Delegation:
    told = {"on": TODAY, "until": TILL, "by": holder.actor(), "at": AT, **REASON} | given
    return delegate(holder.posts.get(), to=deputy, **told)


@pytest.mark.parametrize("role", sorted(ADMINISTRATIVE))
@pytest.mark.parametrize("other", sorted(Role))
def test_an_administrator_does_nothing_else(role, other) -> None:
    assert excluding(role, {other}) == (None if role == other else other)
    assert excluding(other, {role}) == (None if role == other else role)


def test_three_administrators_are_three_persons(jingan) -> None:
    person = make_user("one")
    make_post(person, jingan.office, Role.SECURITY_ADMIN)
    for role in (Role.SYSTEM_ADMIN, Role.AUDITOR, Role.OGI_OFFICE):
        with pytest.raises(BadAppointment, match="不得由一人兼任"):
            appoint(person, jingan.office, role, on=TODAY, by=ADMIN, at=AT)
    with pytest.raises(BadAppointment, match="不设"):
        appoint(make_user("two"), jingan.water, Role.SECURITY_ADMIN, on=TODAY, by=ADMIN, at=AT)
    assert not holds_any(person, TODAY)


def test_rights_follow_the_day_and_the_log_names_both(jingan, holder, deputy) -> None:
    lent(holder, deputy, on=TODAY + timedelta(days=1))
    for day, may in ((0, False), (1, True), (9, True), (10, False)):
        on = TODAY + timedelta(days=day)
        assert may_act_for(deputy, jingan.water, on, {Role.REVIEWER}) is may
    person = Official(deputy, AT + timedelta(days=1), READS)
    assert person.actor.name == "孙副"
    assert person.actor.post == "靖安县水利局审核人（受钱科长委托）"
    assert Official(holder, AT + timedelta(days=1), READS).actor.post == "靖安县水利局审核人"
    assert not may_act_for(deputy, jingan.water, TODAY + timedelta(days=1), {Role.LEADER})


def test_what_is_lent_gives_the_group_and_takes_it_again(jingan, holder, deputy) -> None:
    held = lent(holder, deputy)
    assert deputy.groups.filter(name="审核人").exists()
    end_delegation(held, by=deputy.actor(), at=AT, reason="提前返岗")
    assert not deputy.groups.filter(name="审核人").exists()
    assert not posts_of(deputy, TODAY).filter(role=Role.REVIEWER).exists()
    with pytest.raises(NotHeld, match="已于"):
        end_delegation(held, by=holder.actor(), at=AT)
    verbs = Event.objects.filter(chain="jingan-slj").values_list("verb", flat=True)
    assert list(verbs.order_by("sequence"))[-2:] == ["orgs.delegate", "orgs.end_delegation"]
    lent(holder, deputy, until=TODAY + timedelta(days=2))
    sync_groups(today=TODAY + timedelta(days=2))
    assert not deputy.groups.filter(name="审核人").exists()


def test_what_is_lent_ends_with_the_post_and_with_the_account(jingan, holder, deputy) -> None:
    lent(holder, deputy)
    dismiss(holder.posts.get(), on=TODAY + timedelta(days=3), by=ADMIN, at=AT)
    assert may_act_for(deputy, jingan.water, TODAY, READS)
    assert not may_act_for(deputy, jingan.water, TODAY + timedelta(days=3), READS)
    User.objects.filter(pk=holder.pk).update(is_active=False)
    assert not may_act_for(deputy, jingan.water, TODAY, READS)


def test_nobody_lends_on_and_nobody_lends_twice(jingan, holder, deputy) -> None:
    lent(holder, deputy)
    third = make_user("third", "李三")
    make_post(third, jingan.finance, Role.REVIEWER)
    with pytest.raises(NotHeld, match="已委托给孙副"):
        lent(holder, third, on=TODAY + timedelta(days=3))
    assert lent(holder, third, on=TILL, until=TILL + timedelta(days=1))


def test_what_is_refused_changes_nothing(jingan, holder, deputy) -> None:
    stranger = make_user("stranger")
    abroad = make_user("abroad")
    make_post(abroad, make_county("fengxin", "奉新县").water, Role.REVIEWER)
    auditor = make_user("auditor")
    make_post(auditor, jingan.office, Role.AUDITOR)
    twin = make_user("twin")
    make_post(twin, jingan.water, Role.REVIEWER)
    before = Event.objects.count()
    for to, error, why in (
        (holder, BadAppointment, "不能是本人"),
        (stranger, BadAppointment, "在本县机关任职"),
        (abroad, BadAppointment, "在本县机关任职"),
        (auditor, BadAppointment, "不办业务"),
        (twin, BadAppointment, "已任同一岗位"),
    ):
        with pytest.raises(error, match=why):
            lent(holder, to)
    for given, error, why in (
        ({"on": TODAY - timedelta(days=1)}, BadDay, "不得早于今天"),
        ({"until": TODAY}, BadDay, "须晚于"),
        ({"until": TODAY + timedelta(days=93)}, BadDay, "不超过 92 日"),
        ({"reason": " "}, BadAppointment, "委托事由"),
        ({"by": deputy.actor()}, BadAppointment, "不得为本人办理"),
    ):
        with pytest.raises(error, match=why):
            lent(holder, deputy, **given)
    with pytest.raises(BadAppointment, match="不得委托"):
        delegate(auditor.posts.get(), to=deputy, on=TODAY, until=TILL, by=ADMIN, at=AT, **REASON)
    assert (Event.objects.count(), Delegation.objects.count()) == (before, 0)


def test_who_was_lent_a_post_cannot_become_an_administrator_meanwhile(jingan, holder) -> None:
    plain = make_user("plain")
    post = make_post(plain, jingan.finance, Role.DEPARTMENT_CLERK)
    lent(holder, plain)
    dismiss(post, on=TODAY, by=ADMIN, at=AT)
    with pytest.raises(BadAppointment, match="不得由一人兼任"):
        appoint(plain, jingan.office, Role.AUDITOR, on=TODAY, by=ADMIN, at=AT)


def test_a_handover_is_whole_or_nothing(jingan, holder, deputy) -> None:
    auditor = make_user("auditor")
    make_post(auditor, jingan.office, Role.AUDITOR)
    before = Event.objects.count()
    for one, other, by, why in (
        (holder, holder, ADMIN, "不能是本人"),
        (holder, deputy, deputy.actor(), "以外的人"),
        (holder, auditor, ADMIN, "不得由一人兼任"),
        (auditor, deputy, ADMIN, "不得随业务移交"),
    ):
        with pytest.raises(BadAppointment, match=why):
            hand_over(one, other, reason="调离", by=by, at=AT)
    with pytest.raises(NotHeld, match="现无岗位"):
        hand_over(make_user("nobody"), deputy, reason="调离", by=ADMIN, at=AT)
    assert Event.objects.count() == before
    assert holder.posts.get().valid_to is None


def test_the_review_lists_who_holds_what_and_who_is_never_seen(jingan, holder, deputy) -> None:
    User.objects.filter(pk=holder.pk).update(last_login=AT - timedelta(days=91))
    User.objects.filter(pk=deputy.pk).update(last_login=AT - timedelta(days=90))
    make_user("idle", "闲置")
    lent(holder, deputy)
    found = access_list(jingan.county, AT)
    told = {(each.account, each.role, each.lent_by): each.dormant for each in found.holdings}
    assert told == {
        ("holder", Role.REVIEWER, ""): True,
        ("deputy", Role.DEPARTMENT_CLERK, ""): False,
        ("deputy", Role.REVIEWER, "钱科长"): False,
    }
    assert (found.accounts, found.dormant, found.idle) == (2, 1, ("闲置（idle）",))


def test_a_quarter_is_confirmed_once_and_as_it_was_shown(jingan, holder) -> None:
    digest = access_list(jingan.county, AT).digest
    told = {"findings": "未发现问题", "by": ADMIN, "at": AT}
    for wrong, why in (({"findings": " "}, "请填写"), ({"digest": "x"}, "有变动")):
        with pytest.raises(BadReview, match=why):
            confirm_access(jingan.county, **({"digest": digest, **told} | wrong))
    made = confirm_access(jingan.county, digest=digest, **told)
    assert (made.quarter_from, made.accounts, made.posts) == (date(2026, 10, 1), 1, 1)
    with pytest.raises(BadReview, match="已经复核"):
        confirm_access(jingan.county, digest=digest, **told)
    assert AccessReview.objects.count() == 1


def test_the_screens_from_lending_to_the_confirmed_review(client, jingan, holder, deputy) -> None:
    def enter(name: str, user: User, values: dict[str, object], *args: int):
        client.force_login(user)
        return client.post(reverse(f"orgs:{name}", args=args), values)

    today = datetime.now(tz=AT.tzinfo).date()
    asked = {
        "post": holder.posts.get().pk,
        "to": deputy.pk,
        "on": today,
        "until": today + timedelta(days=5),
        "reason": "培训",
    }
    assert enter("delegate", deputy, asked).status_code == 200  # not one of theirs to lend
    assert not Delegation.objects.exists()
    assert enter("delegate", holder, asked).url == reverse("orgs:delegations")
    held = Delegation.objects.get()
    stranger = make_user("other")
    make_post(stranger, jingan.township, Role.TOWNSHIP_CLERK)
    assert enter("end_delegation", stranger, {}, held.pk).status_code == 404
    security = make_user("security", "安管")
    make_post(security, jingan.office, Role.SECURITY_ADMIN)
    client.force_login(security)
    page = client.get(reverse("orgs:review")).content.decode()
    assert "受钱科长委托" in page
    book = client.get(reverse("orgs:review_file"))
    assert book.content[:2] == b"PK"
    form = client.get(reverse("orgs:confirm_review")).context["form"]
    told = {"digest": form.initial["digest"], "findings": "已停用闲置账号一个"}
    assert enter("confirm_review", security, told).url == reverse("orgs:review")
    assert AccessReview.objects.get().confirmed_by == "安管"
    assert enter("confirm_review", holder, told).headers["Location"] == "/staff/"
    assert enter("end_delegation", deputy, {"reason": "返岗"}, held.pk).status_code == 302
    admin = make_user("admin2", "系管")
    make_post(admin, jingan.office, Role.SYSTEM_ADMIN)
    client.force_login(admin)
    where = reverse("orgs:handover", args=[holder.pk])
    assert "审核人" in client.get(where).content.decode()
    assert client.post(where, {"successor": deputy.pk, "reason": "调离"}).status_code == 302
    assert deputy.posts.filter(role=Role.REVIEWER, valid_to__isnull=True).exists()
