"""Signing in through the door: second factor, lockout, sessions, idleness, networks, the log."""

import base64
import hashlib
import hmac
import struct
import time
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, TestCase
from django.urls import reverse

from gongkai.accounts import queries
from gongkai.accounts.models import StaffNetwork, User
from gongkai.audit.models import Event
from gongkai.orgs.models import Role
from gongkai.orgs.tests.factories import make_county, make_post

pytestmark = pytest.mark.django_db
PASSWORD, WRONG = "Xin-mima-2026", "Bushi-zhege-7"
HOME = "/staff/"


@pytest.fixture(autouse=True)
def as_in_production(settings) -> None:
    settings.AXES_ENABLED = True
    settings.GONGKAI_SESSIONS_WATCHED = True
    settings.GONGKAI_SECOND_FACTOR = "required"
    settings.GONGKAI_SESSIONS_AN_ACCOUNT = 1


@pytest.fixture
def place():
    return make_county()


def official(place, username: str, role: Role) -> User:
    user = User(username=username, name=username)
    user.set_password(PASSWORD)
    user.save()
    make_post(user, place.office, role)
    return user


def come(username: str, password: str = PASSWORD, client: Client | None = None, **more):
    client = client or Client()
    answer = client.post("/staff/login/", {"username": username, "password": password}, **more)
    return client, answer


def code_of(secret: str, steps: int = 0) -> str:
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    number = struct.unpack(">I", digest[digest[-1] & 15 :][:4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def verbs() -> list[str]:
    found = Event.objects.filter(verb__startswith="accounts.").order_by("sequence")
    return [verb.removeprefix("accounts.") for verb in found.values_list("verb", flat=True)]


def set_up(client: Client) -> str:
    """Set an app up as a reviewer must; return its secret."""
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert "确认身份" in client.get(asked.url).content.decode()
    client.post(asked.url, {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    refused = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "验证码不正确" in refused.content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):  # allauth tells after the commit
        done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert done.url == reverse("mfa_view_recovery_codes")
    assert "只显示这一次" in client.get(done.url).content.decode()
    assert "不再显示" in client.get(done.url).content.decode()
    return secret


def test_a_reviewer_sets_up_a_second_factor_and_comes_in_with_it(place) -> None:
    user = official(place, "shenhe", Role.REVIEWER)
    client, answer = come("shenhe")
    assert answer.url == HOME
    assert client.get(HOME).url == reverse("mfa_index")
    assert "须使用两步验证" in client.get(reverse("mfa_index")).content.decode()
    secret = set_up(client)
    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret not in stored
    assert client.get(HOME).status_code == 200
    last = client.post(reverse("mfa_deactivate_totp"))
    assert "不能停用最后一种方式" in last.content.decode()

    client, answer = come("shenhe")
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(HOME).status_code == 302
    page = client.post(answer.url, {"code": "123"})
    assert "验证码不正确" in page.content.decode()
    code = code_of(secret, 1)
    assert client.post(answer.url, {"code": code}).url == HOME
    assert client.get(HOME).status_code == 200
    again, answer = come("shenhe")
    assert again.post(answer.url, {"code": code}).status_code == 200  # no code works twice
    told = Event.objects.filter(verb="accounts.sign_in").last().after
    assert (told["sign_in_way"], told["sessions_ended"]) == ("密码和两步验证", 1)
    assert verbs()[:5] == [
        "sign_in", "add_second_factor", "add_second_factor", "refuse_sign_in", "sign_in"
    ]  # fmt: skip
    assert PASSWORD not in "".join(str(event.after) for event in Event.objects.all())


def test_a_clerk_needs_none_and_is_signed_out_elsewhere(place) -> None:
    user = official(place, "banshi", Role.REQUEST_HANDLER)
    first, _ = come("banshi")
    assert first.get(HOME).status_code == 200
    second, _ = come("banshi")
    assert second.get(HOME).status_code == 200
    assert first.get(HOME).url.startswith("/staff/login/")  # one place at once
    assert (
        "没有在其他地方登录" in second.post(reverse("accounts:own"), follow=True).content.decode()
    )
    assert queries.sessions_of(user).count() == 1
    second.post(reverse("wagtailadmin_logout"))
    assert not queries.sessions_of(user).exists()
    assert verbs() == ["sign_in", "sign_in", "sign_out"]


def test_five_failures_lock_the_account_for_the_address(place) -> None:
    official(place, "banshi", Role.REQUEST_HANDLER)
    client = Client()
    for _ in range(5):
        _, answer = come("banshi", WRONG, client)
    assert answer.status_code == 429
    assert "暂停登录30分钟" in answer.content.decode()
    _, answer = come("banshi", PASSWORD, client)
    assert answer.status_code == 429
    _, answer = come("banshi", PASSWORD, REMOTE_ADDR="10.9.8.7")
    assert answer.url == HOME  # from elsewhere its holder may work
    assert sorted(verbs()) == ["lock_out", *["refuse_sign_in"] * 5, "sign_in"]

    keeper = Client()
    keeper.force_login(official(place, "anquan", Role.SECURITY_ADMIN))
    session = keeper.session
    session["gongkai_second_factor"] = True
    session["gongkai_seen"] = {"at": datetime.now(UTC).isoformat(), "address": "127.0.0.1"}
    session.save()
    assert "banshi" in keeper.get(reverse("accounts:security")).content.decode()
    told = {"account": "banshi", "reason": "电话核实是本人"}
    assert keeper.post(reverse("accounts:unlock"), told).status_code == 302
    assert come("banshi", PASSWORD, client)[1].url == HOME


def test_who_does_nothing_for_long_is_signed_out_and_led_back(place) -> None:
    official(place, "banshi", Role.REQUEST_HANDLER)
    client, _ = come("banshi")
    session = client.session
    seen = session["gongkai_seen"]
    session["gongkai_seen"] = {
        **seen,
        "at": (datetime.fromisoformat(seen["at"]) - timedelta(minutes=31)).isoformat(),
    }
    session.save()
    answer = client.get(reverse("accounts:own"))
    assert answer.url == f"/staff/login/?next={reverse('accounts:own')}"
    assert "30分钟没有操作" in client.get(answer.url).content.decode()
    assert Event.objects.order_by("pk").last().reason == "长时间没有操作"


def test_outside_the_networks_the_door_is_shut_and_says_why(place) -> None:
    official(place, "banshi", Role.REQUEST_HANDLER)
    client, _ = come("banshi")
    StaffNetwork.objects.create(network="10.20.0.0/16", note="外网", added_at=datetime.now(UTC))
    answer = Client().get("/staff/login/")
    assert answer.status_code == 403
    assert "127.0.0.1" in answer.content.decode()
    moved = client.get(HOME, REMOTE_ADDR="203.0.113.9")
    assert moved.status_code == 403
    proxied = Client().get("/staff/login/", HTTP_X_FORWARDED_FOR="1.2.3.4, 10.20.1.1")
    assert proxied.status_code == 200
    assert Client().get("/").status_code != 403


def test_an_old_password_is_changed_first(place, settings) -> None:
    settings.GONGKAI_PASSWORD_DAYS = 90
    user = official(place, "banshi", Role.REQUEST_HANDLER)
    User.objects.update(password_changed_at=datetime.now(UTC) - timedelta(days=91))
    client, _ = come("banshi")
    form = reverse("accounts:change_password")
    assert client.get(HOME).url == form
    typed = {"old": PASSWORD, "new": "Huan-guo-le-31", "again": "Huan-guo-le-31"}
    client.post(form, typed)
    assert client.get(HOME).status_code == 200
    assert queries.sessions_of(user).get().key == client.session.session_key


@pytest.mark.parametrize("name", ["security", "unlock", "allow_network"])
def test_nobody_else_enters_the_security_administrators_screens(place, name) -> None:
    official(place, "banshi", Role.REQUEST_HANDLER)
    client, _ = come("banshi")
    assert client.get(reverse(f"accounts:{name}")).status_code in (302, 403)
    answer = client.post(reverse(f"accounts:{name}"), {"account": "x", "reason": "x"})
    assert answer.status_code in (302, 403, 405)
    assert "unlock" not in verbs()


def test_there_is_no_second_door(place) -> None:
    official(place, "banshi", Role.REQUEST_HANDLER)
    told = {"username": "banshi", "password": PASSWORD}
    client = Client()
    assert client.post("/_util/login/", told).status_code == 404
    assert client.get(HOME).status_code == 302
