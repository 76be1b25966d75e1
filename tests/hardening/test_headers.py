"""Pages carry what keeps browsers from harm: policies, nothing inline, nothing of another host."""

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from gongkai.config.headers import SendHeaders, site_headers
from gongkai.hotline.tests.factories import a_person
from gongkai.orgs.tests.factories import make_county
from tests.browser.public_site import Maker

_ROOT = Path(settings.BASE_DIR)
_INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|\sstyle\s*=|\son[a-z]+\s*=|"
    r"javascript:",
    re.IGNORECASE,
)
# What a page loads, or hands a form to, by itself; what a reader clicks is not among it.
_LOADS = (
    *("script/@src", "img/@src", "img/@srcset", "source/@src", "source/@srcset", "video/@src"),
    *("audio/@src", "iframe/@src", "embed/@src", "object/@data", "input/@src", "form/@action"),
    *("button/@formaction", "use/@href", "image/@href", "track/@src", "video/@poster"),
    "link[not(@rel='canonical' or @rel='alternate' or @rel='search')]/@href",
)
_PLAIN = ("400.html", "403.html", "403_csrf.html", "500.html")


def test_templates_of_the_public_have_nothing_inline():
    found = [
        f"{path.name}:{number}"
        for app in ("portal", "api")
        for path in (_ROOT / "gongkai" / app / "templates").rglob("*.html")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if _INLINE.search(line)
    ]
    assert found == []


def test_style_sheets_and_scripts_name_no_other_host():
    abroad = re.compile(
        r"""url\(\s*["']?(?:https?:)?//|@import|(?:fetch|import)\(["'`](?:https?:)?//"""
    )
    found = [
        str(path.relative_to(_ROOT))
        for path in (_ROOT / "gongkai").glob("*/static/**/*")
        if path.suffix in (".css", ".js") and abroad.search(path.read_text())
    ]
    assert found == []


def loaded(html: str) -> Iterator[str]:
    """Yield what a page loads from another host."""
    tree = lxml.html.fromstring(html)
    for way in _LOADS:
        for address in tree.xpath(f"//{way}"):
            if re.match(
                r"\s*(?:[a-z][a-z0-9+.-]*:)?//|\s*(?!data:)[a-z]+:", address, re.IGNORECASE
            ):
                yield address


@pytest.mark.django_db
def test_every_kind_of_public_page_says_its_policy_and_loads_nothing_from_elsewhere(client):
    shown = Maker().make()
    for kind, address in shown.pages.items():
        answer = client.get(address)
        html = answer.content.decode()
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, kind
        assert "unsafe" not in policy, kind
        assert "frame-ancestors" in policy, kind
        told = {**site_headers(), "Content-Security-Policy": policy}
        assert {name: answer[name] for name in told} == told, kind
        assert list(loaded(html)) == [], kind
        assert _INLINE.findall(html) == [], kind
    for address in ("/api/v1/openapi.json", "/robots.txt", "/sitemap.xml", "/api/"):
        assert "unsafe" not in client.get(address)["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_staff_side_lets_wagtail_start_its_widgets_and_no_other_host_in(client):
    answer = client.get("/staff/login/")
    policy = answer["Content-Security-Policy"]
    assert policy == settings.GONGKAI_STAFF_POLICY
    assert "https:" not in policy.replace("form-action 'self' https:", "")
    assert list(loaded(answer.content.decode())) == []
    client.force_login(a_person(make_county().county))
    assert list(loaded(client.get("/staff/").content.decode())) == []


@pytest.mark.parametrize("name", _PLAIN)
def test_pages_of_errors_stand_without_anything_inline(name):
    from django.template.loader import render_to_string

    assert _INLINE.findall(render_to_string(name)) == []


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_the_policy_too():
    answer = Client().get("/zwgk/not-there/", headers={"host": "localhost"})
    assert answer["Content-Security-Policy"] == settings.GONGKAI_PUBLIC_POLICY


def test_nginx_says_of_files_what_the_service_says():
    said = dict(
        re.findall(
            r'^add_header (\S+) "?(.*?)"? always;$',
            (_ROOT / "deploy" / "nginx-files.conf").read_text(),
            re.MULTILINE,
        )
    )
    maps = (_ROOT / "deploy" / "nginx.conf").read_text()
    policy = re.search(r'map \$uri \$gongkai_policy \{\s*default "(.*?)";\s*"~\\.pdf\$" "";', maps)
    stands = re.findall(
        r"add_header Content-Security-Policy (.*) always;\n"
        r" +include /etc/nginx/gongkai-files\.conf;",
        maps,
    )
    assert len(stands) == maps.count("include /etc/nginx/gongkai-files.conf;")
    assert set(stands) == {f'"{policy[1]}"', "$gongkai_policy"}
    said["Content-Security-Policy"] = policy[1]
    assert {name: said.get(name) for name in site_headers()} == site_headers()
    assert "max-age" in said["Strict-Transport-Security"]


def test_a_pdf_is_bound_by_no_policy():
    def answered(kind: str) -> HttpResponse:
        return SendHeaders(lambda _: HttpResponse(b"", content_type=kind))(request)

    request = RequestFactory().get("/zwgk/x.pdf")
    assert "Content-Security-Policy" not in answered("application/pdf")
    assert answered("image/svg+xml")["Content-Security-Policy"] == settings.GONGKAI_PUBLIC_POLICY
    assert "Permissions-Policy" in answered("application/pdf")
