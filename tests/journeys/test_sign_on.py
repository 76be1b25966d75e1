"""The province's single sign-on against a fake one on loopback: by number, never by e-mail."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.accounts import actions
from gongkai.accounts.models import User
from gongkai.audit import SYSTEM
from gongkai.audit.models import Event
from gongkai.config.settings.signing_in import providers_of, sign_on
from gongkai.orgs.models import Role
from gongkai.orgs.tests.factories import AT, make_county, make_post

pytestmark = pytest.mark.django_db


class Platform(BaseHTTPRequestHandler):
    """A single sign-on that lets everybody in who brings its code."""

    told: dict = {}
    asked: list = []

    def do_GET(self) -> None:
        host = f"http://{self.headers['Host']}"
        if self.path.endswith("openid-configuration"):
            self._say(
                {
                    "issuer": host,
                    "authorization_endpoint": f"{host}/authorize",
                    "token_endpoint": f"{host}/token",
                    "userinfo_endpoint": f"{host}/me",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.headers.get("Authorization") == "Bearer tongxing":
            self._say(self.told)

    def do_POST(self) -> None:
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.asked.append(body)
        self._say({"access_token": "tongxing", "token_type": "Bearer"})

    def _say(self, told: dict) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def platform(settings) -> Iterator[type[Platform]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Platform)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    given = {"server_url": url, "client_id": "gongkai", "secret": "mi", "number": "empNo"}
    settings.GONGKAI_SIGN_ON = [
        sign_on(id="gan", name="赣政通", **given),
        sign_on(id="qita", name="另一平台", **given),
    ]
    settings.SOCIALACCOUNT_PROVIDERS = providers_of(settings.GONGKAI_SIGN_ON)
    settings.GONGKAI_SESSIONS_WATCHED = True
    Platform.asked = []
    yield Platform
    server.shutdown()
    server.server_close()


@pytest.fixture
def user() -> User:
    made = User.objects.create(username="zhangsan", name="张三", email="zs@jingan.gov.cn")
    make_post(made, make_county().office, Role.REQUEST_HANDLER)
    return made


def come(client: Client, code: str = "ma"):
    """Go to the platform and come back with a code."""
    away = client.post(reverse("openid_connect_login", args=["gan"]), {"next": "/staff/"})
    asked = parse_qs(urlsplit(away.url).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = reverse("openid_connect_callback", args=["gan"])
    return client.get(back, {"code": code, "state": asked["state"][0]})


def test_who_was_entered_by_number_comes_in(client, platform, user) -> None:
    page = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "用“赣政通”登录" in page
    assert "用“另一平台”登录" in page
    account = actions.link_sign_on(user, "gan", "36092507", by=SYSTEM, at=AT)
    platform.told = {"sub": "别的", "empNo": "36092507", "name": "张三", "phone": "13800000000"}
    assert come(client).url == "/staff/"
    assert client.get("/staff/").status_code == 200
    assert platform.asked[0]["client_secret"] == ["mi"]
    account.refresh_from_db()
    assert account.extra_data == {}  # nothing of what the platform told is kept
    assert Event.objects.order_by("pk").last().after["sign_in_way"] == "统一认证"


@pytest.mark.parametrize(
    "told",
    [
        {"empNo": "36092599", "email": "zs@jingan.gov.cn", "email_verified": True},
        {"empNo": "zhangsan"},
    ],
)
def test_nobody_comes_in_by_mail_or_name_and_no_account_is_made(
    client, platform, user, told
) -> None:
    platform.told = told
    answer = come(client)
    assert answer.status_code == 403
    assert "没有登记" in answer.content.decode()
    assert User.objects.count() == 1
    assert client.get("/staff/").status_code == 302
    assert Event.objects.order_by("pk").last().verb == "accounts.refuse_sign_in"


def test_an_answer_without_number_or_with_a_wrong_state_is_refused(client, platform, user) -> None:
    platform.told = {"sub": "36092507"}
    answer = come(client)
    assert answer.status_code == 401
    assert "没有返回登录结果" in answer.content.decode()
    back = reverse("openid_connect_callback", args=["gan"])
    assert client.get(back, {"code": "ma", "state": "jia"}).status_code == 401
    assert client.get(back, {"error": "access_denied"}).status_code == 401
    assert client.get(reverse("openid_connect_callback", args=["meiyou"])).status_code == 404


def test_a_closed_account_stays_out(client, platform, user) -> None:
    actions.link_sign_on(user, "gan", "36092507", by=SYSTEM, at=AT)
    actions.deactivate(user, by=SYSTEM, at=AT)
    platform.told = {"empNo": "36092507"}
    answer = come(client)
    assert answer.status_code == 403
    assert "已停用" in answer.content.decode()
