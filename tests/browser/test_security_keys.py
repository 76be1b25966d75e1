"""A security key in a real browser: added, asked for at the next sign-in; another is refused.

Chromium plays the key (the virtual authenticator of its WebAuthn domain): the whole exchange of
challenges and signatures is that of a key in a USB port.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as BrowserPage
from wagtail.models import Locale, Page

from gongkai.accounts.models import User
from gongkai.orgs.models import Role
from gongkai.orgs.tests.factories import make_county
from tests.browser.conftest import DESK
from tests.journeys.test_sign_in import PASSWORD, official

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def reviewer(browser: Browser, transactional_db: None) -> User:
    """An official whose post decides, with a password and nothing else."""
    if Page.get_first_root_node() is None:
        Locale.objects.get_or_create(language_code="zh-hans")
        Page.add_root(instance=Page(title="Root", slug="root"))
    return official(make_county(), "shenheyuan", Role.REVIEWER)


@pytest.fixture
def sit_down(browser: Browser, live_server: Any) -> Iterator[Callable[[], BrowserPage]]:
    """Return a function that sits down at a fresh browser with a key in it.

    Keys work on a name alone, and over plain HTTP on localhost alone.
    """
    contexts: list[BrowserContext] = []

    def sat() -> BrowserPage:
        context = browser.new_context(
            viewport={"width": DESK, "height": 800},
            locale="zh-CN",
            base_url=live_server.url.replace("127.0.0.1", "localhost"),
        )
        contexts.append(context)
        page = context.new_page()
        devices = context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        return page

    yield sat
    for context in contexts:
        context.close()


def sign_in(page: BrowserPage) -> None:
    page.goto(reverse("wagtailadmin_login"))
    page.fill("[name=username]", "shenheyuan")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")


def test_a_key_is_added_and_asked_for_and_another_is_refused(
    reviewer: User, sit_down: Callable[[], BrowserPage], settings: Any
) -> None:
    settings.GONGKAI_SECOND_FACTOR = "required"
    page = sit_down()
    sign_in(page)
    page.get_by_role("link", name="添加安全密钥").click()
    page.fill("[name=password]", PASSWORD)  # who adds a key says anew who they are
    page.locator("main button[type=submit]").click()
    page.fill("[name=name]", "办公室的密钥")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/codes/**")
    (kept,) = Authenticator.objects.filter(user=reviewer, type=Authenticator.Type.WEBAUTHN)
    assert kept.wrap().name == "办公室的密钥"
    page.goto(reverse("wagtailadmin_home"))
    assert "两步验证" not in page.title()

    page.context.clear_cookies()
    sign_in(page)
    assert page.url.endswith(reverse("mfa_authenticate"))
    page.goto(reverse("wagtailadmin_home"))
    assert reverse("wagtailadmin_login") in page.url, "the password alone opened the staff side"
    sign_in(page)
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url(f"**{reverse('wagtailadmin_home')}")

    stranger = sit_down()  # another key in another machine, with the right password
    sign_in(stranger)
    stranger.click("#mfa_webauthn_authenticate")
    stranger.wait_for_timeout(300)
    stranger.goto(reverse("wagtailadmin_home"))
    assert reverse("wagtailadmin_login") in stranger.url
