"""Password history, unlocking, networks, numbers of sign-on: done by others, refused with why."""

import itertools
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt

from gongkai.accounts import actions, queries
from gongkai.accounts.models import EarlierPassword, StaffNetwork, User
from gongkai.audit import Actor
from gongkai.audit.models import Event

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
BY = Actor(account="aqy", name="安全员", post="县政府办公室安全管理员")
SAID = {"by": BY, "at": AT}


@pytest.fixture
def user() -> User:
    made = User(username="zhangsan", name="张三")
    made.set_password("Diyige-mima-1")
    made.save()
    return made


def last() -> Event:
    return Event.objects.order_by("pk").last()


def test_the_last_five_passwords_are_not_taken_again(user) -> None:
    words = ["Diyige-mima-1", *(f"Xinde-{each}-Kouling-7" for each in "abcdef")]
    for number, (old, new) in enumerate(itertools.pairwise(words)):
        at = AT + timedelta(days=number)
        actions.change_password(user, old=old, new=new, by=user.actor(), at=at)
    assert EarlierPassword.objects.count() == 5
    for used in words[1:6]:
        with pytest.raises(actions.BadPassword, match="最近 5 次"):
            actions.change_password(user, old=words[6], new=used, by=user.actor(), at=AT)
    actions.change_password(user, old=words[6], new=words[0], by=user.actor(), at=AT)
    assert not any(word in str(event.after) for event in Event.objects.all() for word in words)


def test_a_common_word_is_refused(user) -> None:
    with pytest.raises(actions.BadPassword, match="容易被猜中"):
        actions.reset_password(user, password="Gongkai@2026", **SAID)


def test_a_locked_account_is_unlocked_once_and_by_others(user, settings) -> None:
    def fail(count: int) -> None:
        AccessAttempt.objects.create(
            username="zhangsan", ip_address="10.0.0.9", failures_since_start=count
        )

    now = datetime.now(UTC)
    fail(settings.GONGKAI_LOCKOUT_FAILURES)
    (lock,) = queries.locks(now)
    assert (lock.account, lock.address) == ("zhangsan", "10.0.0.9")
    with pytest.raises(actions.BadState, match="本人"):
        actions.unlock("zhangsan", by=user.actor(), at=now, reason="我输错了")
    actions.unlock("zhangsan", by=BY, at=now, reason="电话核实是本人")
    assert queries.locks(now) == []
    with pytest.raises(actions.BadState, match="没有被锁定"):
        actions.unlock("zhangsan", by=BY, at=now, reason="再来")
    assert (last().verb, last().before) == ("accounts.unlock", {"failures": 5})


def test_nobody_shuts_themselves_out(settings) -> None:
    own = ip_address("10.20.0.8")
    with pytest.raises(actions.BadNetwork, match="关在门外") as refused:
        actions.allow_network("192.168.1.0/24", note="窗口", own=own, **SAID)
    assert refused.value.field == "network"
    assert not StaffNetwork.objects.exists()
    office = actions.allow_network("10.20.3.4/16", note="政务外网", own=own, **SAID)
    assert office.network == "10.20.0.0/16"
    window = actions.allow_network("192.168.1.0/24", note="窗口", own=own, **SAID)
    for given in ({"network": "10.20.0.0/16"}, {"network": "不是"}, {"note": " "}):
        with pytest.raises(actions.BadNetwork):
            actions.allow_network(
                **{"network": "10.9.0.0/16", "note": "又", **given}, own=own, **SAID
            )
    with pytest.raises(actions.BadNetwork, match="关在门外"):
        actions.withdraw_network(office, own=own, **SAID)
    actions.withdraw_network(window, own=own, **SAID)
    actions.withdraw_network(office, own=own, **SAID)  # with none left, all may come
    assert queries.is_inside(ip_address("203.0.113.5"))
    with pytest.raises(actions.BadNetwork, match="已移除"):
        actions.withdraw_network(window, own=own, **SAID)


def test_a_number_belongs_to_one_person(user, settings) -> None:
    settings.GONGKAI_SIGN_ON = [{"provider_id": "gan", "name": "赣政通"}]
    other = User.objects.create(username="lisi", name="李四")
    link = actions.link_sign_on
    with pytest.raises(actions.BadSignOn, match="没有接入"):
        link(user, "qita", "7", **SAID)
    with pytest.raises(actions.BadSignOn, match="请填写"):
        link(user, "gan", "  ", **SAID)
    with pytest.raises(actions.BadState, match="本人"):
        link(user, "gan", "7", by=user.actor(), at=AT)
    link(user, "gan", "36092507", **SAID)
    assert "36092507" not in str(last().after)
    with pytest.raises(actions.BadSignOn, match="他人"):
        link(other, "gan", "36092507", **SAID)
    link(user, "gan", "36092508", **SAID)  # replaces the last
    link(other, "gan", "36092507", **SAID)
    actions.unlink_sign_on(user, "gan", **SAID)
    with pytest.raises(actions.BadState):
        actions.unlink_sign_on(user, "gan", **SAID)


def test_a_lost_second_factor_is_reset_by_others(user) -> None:
    with pytest.raises(actions.BadState, match="没有设置"):
        actions.reset_second_factor(user, reason="丢了", **SAID)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    with pytest.raises(actions.BadState, match="本人"):
        actions.reset_second_factor(user, reason="丢了", by=user.actor(), at=AT)
    actions.sign_in(
        user, key="k", address="10.0.0.1", browser="", way="密码", by=user.actor(), at=AT
    )
    actions.reset_second_factor(user, reason="手机遗失，当面核实", **SAID)
    assert not queries.sessions_of(user).exists()
    assert (last().before, last().after) == ({"kinds": ["totp"]}, {"sessions_ended": 1})


def test_a_failure_at_no_account_tells_no_name() -> None:
    actions.refuse_sign_in("Mima-da-cuo-le-1", address="10.0.0.1", reason="不对", at=AT)
    assert "Mima" not in f"{last().after}{last().target_label}{last().account}"


def test_secrets_are_sealed_anew_when_keys_change(user, settings) -> None:
    settings.GONGKAI_FIELD_KEY = "old"
    sealed = actions.seal_secret("JBSWY3DP")
    row = Authenticator.objects.create(user=user, type="totp", data={"secret": sealed})
    assert actions.secrets_to_reseal() == 0
    settings.GONGKAI_FIELD_KEY = "test"
    assert actions.secrets_to_reseal() == 1
    assert actions.reseal_secrets(10, at=AT) == 1
    row.refresh_from_db()
    assert row.data["secret"] != sealed
    assert actions.open_secret(row.data["secret"]) == "JBSWY3DP"
    assert actions.secrets_to_reseal() == 0
