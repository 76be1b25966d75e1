"""The first sign-in leads to the change of password; Wagtail's user screens are closed."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from gongkai.accounts.actions import create_user
from gongkai.accounts.models import User
from gongkai.audit import SYSTEM

pytestmark = pytest.mark.django_db
FIRST, SECOND = "Chuci-2026-shezhi", "Xin-mima-2026"


@pytest.fixture
def newcomer(client) -> User:
    user = create_user(
        "zhangsan", name="张三", password=FIRST, by=SYSTEM, at=datetime(2026, 3, 2, tzinfo=UTC)
    )
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    return user


def test_the_first_sign_in_leads_to_the_form(client, newcomer) -> None:
    form = reverse("accounts:change_password")
    assert client.get(reverse("wagtailadmin_home")).url == form
    page = client.get(form)
    assert page.status_code == 200
    assert "原密码" in page.content.decode()


def test_with_a_new_password_the_way_is_free(client, newcomer) -> None:
    answer = client.post(
        reverse("accounts:change_password"), {"old": FIRST, "new": SECOND, "again": SECOND}
    )
    assert answer.url == reverse("wagtailadmin_home")
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"old": "wrong", "new": SECOND, "again": SECOND}, "原密码不正确"),
        ({"old": FIRST, "new": SECOND, "again": "other"}, "两次输入的新密码不一致"),
        ({"old": FIRST, "new": "short", "again": "short"}, "四类中的至少三类"),
    ],
)
def test_a_refused_change_says_why(client, newcomer, values, said) -> None:
    answer = client.post(reverse("accounts:change_password"), values)
    assert said in answer.content.decode()
    assert User.objects.get().check_password(FIRST)


@pytest.mark.parametrize(
    "name",
    ["wagtailusers_users:index", "wagtailusers_users:add", "wagtailusers_groups:index"],
)
def test_wagtails_own_user_screens_are_closed_even_to_the_superuser(client, name) -> None:
    client.force_login(User.objects.create_superuser("root", name="管理员", password=FIRST))
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_home")


def test_the_public_side_is_not_held_up(client, newcomer) -> None:
    answer = client.get("/")
    assert answer.headers.get("Location", "") != reverse("accounts:change_password")


def test_the_sign_in_page_speaks_chinese(client) -> None:
    page = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "登录政务公开平台" in page
    assert "密码" in page
    assert "Password" not in page
