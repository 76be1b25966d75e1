"""A county in which texts are written, reviewed and released as people do it: in a browser.

Everybody signs in with account and password, opens a page, fills in the form that the page shows
(its token against forgery included) and follows where it leads. Nobody sleeps:
`press.on(3, 10)` makes it ten in the morning of 10 March 2026, and all sign in anew.
"""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.disclosure.models import Section
from gongkai.disclosure.rules import SecrecyQuestion
from gongkai.orgs.models import Organ, Role
from gongkai.orgs.tests.factories import make_post, make_user
from gongkai.portal.tests.factories import open_county
from tests.journeys.request_pages import data_of, form_of, raw, words

CHINA = ZoneInfo("Asia/Shanghai")
PASSWORD = "Jingan-2026-gongkai"
POSTS = {
    "clerk": ("czj", Role.DEPARTMENT_CLERK, "财小文"),
    "first": ("czj", Role.REVIEWER, "初小审"),
    "second": ("czj", Role.OGI_HEAD, "复小审"),
    "secrecy": ("czj", Role.SECRECY_REVIEWER, "保小密"),
    "leader": ("czj", Role.LEADER, "签小发"),
    "publisher": ("czj", Role.PUBLISHER, "发小布"),
    "township": ("lwx", Role.TOWNSHIP_CLERK, "罗小湾"),
    "office": ("zfb", Role.OGI_OFFICE, "政小开"),
}
# Who takes a text on from each state, by which verb.
CLEAR = {
    **dict.fromkeys((each.value for each in SecrecyQuestion), "no"),
    "conclusion": "PUBLIC",
    "basis": "条例第二十条第一项",
}
ROAD = (
    ("first", "approve-first", {"note": "同意"}),
    ("second", "approve-second", {"note": "同意"}),
    ("secrecy", "clear-secrecy", CLEAR),
    ("leader", "sign", {"note": "同意公开"}),
)


class Press:
    """The county, its officials by their posts, the public, and the clock on the wall."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = datetime(2026, 1, 5, 2, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: self.now)
        cache.clear()
        place = open_county(demonstration=False, identity_code="3609250001")
        self.county = place.county
        self.organs = {organ.code.removeprefix("jingan-"): organ for organ in Organ.objects.all()}
        for username, (code, role, name) in POSTS.items():
            person = make_user(username, name)
            person.set_password(PASSWORD)
            person.save()
            make_post(person, self.organs[code], role)
        self.public = Client()
        self._browsers: dict[str, Client] = {}

    def on(self, month: int, day: int, hour: int = 10, year: int = 2026) -> None:
        """Let it be an hour of a day; everybody signs in anew."""
        self.now = datetime(year, month, day, hour, tzinfo=CHINA)
        self._browsers.clear()

    # -- pages and forms --------------------------------------------------------------------

    def browser(self, who: str) -> Client:
        """Return the browser of an official, who has signed in today by the form at the door."""
        if who not in self._browsers:
            browser = Client(enforce_csrf_checks=True)
            door = reverse("wagtailadmin_login")
            form = form_of(browser.get(door), "username")
            typed = data_of(form, {"username": who, "password": PASSWORD})
            answer = browser.post(form.action or door, typed)
            assert answer.status_code == 302, words(answer)
            self._browsers[who] = browser
        return self._browsers[who]

    def page(self, who: str, address: str) -> Any:
        """Open a page as an official."""
        answer = self.browser(who).get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer

    def send(self, who: str, address: str, /, *, has: str, expect: int = 302, **typed: Any) -> Any:
        """Fill in the form of a page that has a field, and follow where it leads."""
        return self._post(who, address, form_of(self.page(who, address), has), expect, typed)

    def press(self, who: str, address: str, to: str, *, expect: int = 302, **typed: Any) -> Any:
        """Press the button of the one form on a page that goes to an address."""
        page = self.page(who, address)
        (form,) = (each for each in lxml.html.fromstring(raw(page)).forms if each.action == to)
        return self._post(who, address, form, expect, typed)

    def _post(self, who: str, address: str, form: Any, expect: int, typed: dict[str, Any]) -> Any:
        browser = self.browser(who)
        answer = browser.post(form.action or address, data_of(form, typed))
        assert answer.status_code == expect, (answer.status_code, words(answer))
        return browser.get(answer.url) if expect == 302 else answer

    def read(self, address: str, status: int = 200) -> str:
        """Return the words of a public page."""
        answer = self.public.get(address)
        assert answer.status_code == status, (address, answer.status_code)
        return words(answer)

    # -- what officials do ------------------------------------------------------------------

    def three_steps(self, organ: Organ) -> None:
        """Let the office set three reviews for an organ."""
        self.send(
            "office",
            reverse("disclosure:rules"),
            has="steps",
            organ=organ.pk,
            steps=3,
            valid_from=timezone.localdate().isoformat(),
        )

    def begin(self, who: str, organ: Organ, section: str, title: str, body: str) -> int:
        """Begin a text in a column and save its body; return its key."""
        where = Section.objects.get(path=section)
        started = self.send(
            who,
            reverse("disclosure:entry_add"),
            has="title",
            organ=organ.pk,
            section=where.pk,
            title=title,
            formed_on=timezone.localdate().isoformat(),
        )
        address = started.request["PATH_INFO"]
        self.write(who, address, body=body)
        return int(address.split("/")[-3])

    def write(self, who: str, address: str, /, *, do: str = "save", **typed: Any) -> Any:
        """Type into the editor and press one of its buttons."""
        expect = 302 if do in ("save", "go") else 200
        return self.send(who, address, has="body", do=do, expect=expect, **typed)

    def act(self, who: str, key: int, verb: str, *, expect: int = 302, **typed: Any) -> Any:
        """Do a verb on a text by its form; return the page after it."""
        address = reverse("disclosure:entry_act", args=[key, verb])
        has = next(iter(typed), "csrfmiddlewaretoken")
        if has != "csrfmiddlewaretoken":
            return self.send(who, address, has=has, expect=expect, **typed)
        return self.press(who, address, "", expect=expect)

    def pass_reviews(self, key: int) -> None:
        """Lead a text that was submitted through three reviews, secrecy and signature."""
        for who, verb, typed in ROAD:
            assert reverse("disclosure:entry", args=[key]) in raw(
                self.page(who, reverse("disclosure:entries"))
            ), who
            self.act(who, key, verb, **typed)


def links(answer: Any, text: str) -> list[str]:
    """Return where the links of a page lead whose words hold a text."""
    tree = lxml.html.fromstring(raw(answer))
    return [each.get("href") for each in tree.iter("a") if text in "".join(each.itertext())]
