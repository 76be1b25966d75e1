"""The site on [::1], over a real socket: read, written to, and its limits told by IPv6 networks."""

import http.client
import socket
from collections.abc import Iterator
from urllib.parse import urlencode

import lxml.html
import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from wagtail.models import Locale, Page

from gongkai.engagement.models import ErrorReport
from gongkai.inforequests.models import PublicAttempt
from gongkai.portal.requests.doors import SUBMISSIONS_BARE
from gongkai.portal.tests.factories import open_county
from tests.journeys.request_pages import data_of

pytestmark = pytest.mark.django_db(transaction=True)


class Quiet(WSGIRequestHandler):
    """Logs nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(LiveServerThread):
    """A server that listens on IPv6 alone."""

    def _create_server(self, connections_override=None):
        return self.server_class(
            (self.host, self.port),
            Quiet,
            allow_reuse_address=False,
            ipv6=True,
            connections_override=connections_override,
        )


@pytest.fixture
def port(transactional_db) -> Iterator[int]:
    """The port on [::1] at which the county's site is served."""
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    cache.clear()
    if Page.get_first_root_node() is None:  # a test of this sort empties the database
        Locale.objects.get_or_create(language_code="zh-hans")
        Page.add_root(instance=Page(title="Root", slug="root"))
    open_county()
    shared = {
        each.alias: each
        for each in connections.all()
        if each.vendor == "sqlite" and each.is_in_memory_db()
    }
    for each in shared.values():
        each.inc_thread_sharing()
    server = Server("::1", static_handler=StaticFilesHandler, connections_override=shared)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None, server.error
    yield server.port
    server.terminate()
    for each in shared.values():
        each.dec_thread_sharing()


def ask(port: int, address: str, told: dict | None = None, **headers: str):
    """Ask over a new connection to [::1]; return the answer and its text."""
    connection = http.client.HTTPConnection("::1", port, timeout=30)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    if told is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    body = urlencode(told, doseq=True) if told is not None else None
    connection.request("POST" if body else "GET", address, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def report(port: int, **headers: str) -> int:
    """Report an error as a reader without scripts does; return the status."""
    answer, text = ask(port, "/jiucuo/")
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    (form,) = (each for each in lxml.html.fromstring(text).forms if "text" in each.inputs)
    told = data_of(form, {"kind": "MISSPELLING", "text": "“按排”应为“安排”"})
    return ask(port, "/jiucuo/", told, Cookie=cookie, **headers)[0].status


def test_the_site_is_read_and_written_to_over_ipv6(port):
    answer, text = ask(port, "/")
    assert answer.status == 200
    assert "靖安县人民政府" in text
    assert ask(port, "/static/portal/site.css")[0].status == 200
    assert ask(port, "/staff/login/")[0].status == 200
    assert report(port) == 303
    assert ErrorReport.objects.count() == 1
    # Behind our own proxy on ::1, a household is one network of 64 bits whatever its address.
    for number in range(SUBMISSIONS_BARE):
        assert report(port, X_Forwarded_For=f"2001:db8:1:2::{number + 1}") == 303
    assert report(port, X_Forwarded_For="2001:db8:1:2:ffff::9") == 429
    assert report(port, X_Forwarded_For="2001:db8:1:3::1") == 303
    assert PublicAttempt.objects.values("client").distinct().count() == 3
    assert not PublicAttempt.objects.filter(client__contains="2001").exists()
