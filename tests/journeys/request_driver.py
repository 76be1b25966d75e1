"""A county in which requests are filed and handled as people do it: pages, forms, signatures.

`Town` sets up organs, posts, letter profiles and accepting offices; from then on everything
goes through the addresses, with the forms as the pages send them, without a script. Nobody
sleeps: `town.on(3, 10)` makes it ten in the morning of 10 March 2026.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.annualreport import sources
from gongkai.annualreport.sources.live import against_register, outcome_counts
from gongkai.audit import SYSTEM
from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import differences
from gongkai.letters import actions as letters
from gongkai.letters.models import Letter
from gongkai.orgs.models import Organ, Role
from gongkai.orgs.tests.factories import make_post, make_user
from gongkai.portal.tests.requests_made import accepting, filled, open_requests_county
from gongkai.tables.crossfoot import crossfoot
from gongkai.tables.editions import edition_for
from gongkai.tables.facts import Period, merge
from tests.journeys.request_pages import (
    data_of,
    form_of,
    raw,
    text_of_docx,
    text_of_pdf,
    totals,
    words,
)

CHINA = ZoneInfo("Asia/Shanghai")
PUBLIC = "/zwgk/ysqgk/"
COURT = "靖安县人民法院"
COUNTY = "靖安县人民政府"
# Who holds which post where; the organ by the end of its code.
_POSTS = {
    "window": ("czj", Role.WINDOW_CLERK, "窗小兰"),
    "handler": ("czj", Role.REQUEST_HANDLER, "经小办"),
    "reviewer": ("czj", Role.REVIEWER, "审小核"),
    "head": ("czj", Role.OGI_HEAD, "负小责"),
    "water": ("slj", Role.DEPARTMENT_CLERK, "水小利"),
    "township": ("lwx", Role.TOWNSHIP_CLERK, "罗小湾"),
    "mayor": ("lwx", Role.LEADER, "罗乡长"),
    "assistant": ("lwx", Role.REVIEWER, "罗小核"),
    "office": ("zfb", Role.OGI_OFFICE, "政小开"),
    "leader": ("zfb", Role.LEADER, "分小管"),
    "hotline": ("czj", Role.HOTLINE_CLERK, "热小线"),
}


class Town:
    """The county, its officials by their posts, and the clock on the wall."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = datetime(2026, 1, 5, 2, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: self.now)
        place = open_requests_county()
        self.county = place.county
        self.organs = {organ.code.removeprefix("jingan-"): organ for organ in Organ.objects.all()}
        self.finance, self.township = self.organs["czj"], self.organs["lwx"]
        accepting(self.organs["slj"])
        for code, prefix in (("czj", "靖财"), ("lwx", "罗府")):
            given = letters.ProfileFields(number_prefix=prefix, court=COURT)
            letters.set_profile(self.organs[code], given, by=SYSTEM, at=self.now)
        self.people = {}
        for username, (code, role, name) in _POSTS.items():
            self.people[username] = make_user(username, name)
            make_post(self.people[username], self.organs[code], role)
        self._browsers: dict[str, Client] = {}

    def on(self, month: int, day: int, hour: int = 10) -> str:
        """Let it be an hour of a day of 2026; return the day as forms take it."""
        self.now = datetime(2026, month, day, hour, tzinfo=CHINA)
        self._browsers.clear()
        return f"2026-{month:02d}-{day:02d}"

    def appoint(self, who: str, organ: str, role: Role) -> None:
        """Give an official one more post."""
        make_post(self.people[who], self.organs[organ], role)

    def browser(self, who: str) -> Client:
        """Return the browser of an official who has signed in today."""
        if who not in self._browsers:
            self._browsers[who] = Client()
            self._browsers[who].force_login(self.people[who])
        return self._browsers[who]

    # -- what officials do ------------------------------------------------------------------

    def page(self, who: str, case: InfoRequest) -> str:
        """Return the words of the case page."""
        return words(self.browser(who).get(record_url(case)))

    def send(self, who: str, address: str, /, *, has: str = "on", **typed: Any) -> Any:
        """Open a form, fill it in and send it, and return the answer."""
        return send(self.browser(who), address, has=has, **typed)

    def do(self, who: str, case: InfoRequest, slug: str, /, **typed: Any) -> str:
        """Do a verb by its form and return the words of the case page after it."""
        answer = self.send(who, act_url(case, slug), **typed)
        assert answer.status_code == 302, words(answer)
        case.refresh_from_db()
        return words(self.browser(who).get(answer.url))

    def refused(self, who: str, case: InfoRequest, slug: str, /, **typed: Any) -> str:
        """Try a verb that is refused; return the words of the form with what stands against it."""
        before = LoggedEvent.objects.count()
        answer = self.send(who, act_url(case, slug), **typed)
        assert answer.status_code == 422, words(answer)
        assert LoggedEvent.objects.count() == before
        return words(answer)

    def turned_away(self, who: str, *addresses: str) -> str:
        """Try addresses as the wrong person; return "unseen" (404) or "refused" for them all.

        Wagtail answers whoever sees a record but may not do this with a way home.
        """
        before, home = LoggedEvent.objects.count(), reverse("wagtailadmin_home")
        browser, met = self.browser(who), set()
        for address in addresses:
            for answer in (browser.get(address), browser.post(address, {"on": "2026-01-05"})):
                if answer.status_code == 302:
                    assert answer.url == home
                if answer.status_code != 405:  # a page that takes no form
                    met.add({302: "refused", 403: "refused", 404: "unseen"}[answer.status_code])
        assert LoggedEvent.objects.count() == before
        assert len(met) == 1, met
        return met.pop()

    def draft(self, who: str, case: InfoRequest, *choices: str, **typed: Any) -> Any:
        """Draft an answer in two steps: a choice for each item, then the facts of each."""
        address = reverse("inforequests:draft", args=[case.pk])
        chosen = {f"item_{place}": choice for place, choice in enumerate(choices, 1)}
        browser = self.browser(who)
        form = form_of(browser.get(address), "item_1")
        assert form.method == "GET"
        second = browser.get(address, chosen)
        form = form_of(second, "on")
        answer = browser.post(f"{address}?{second.request['QUERY_STRING']}", data_of(form, typed))
        assert answer.status_code == 302, words(answer)
        case.refresh_from_db()
        return words(browser.get(answer.url))

    def answer(self, case: InfoRequest, *choices: str, by: Iterable[str] = (), **typed: Any) -> str:
        """Draft, review, sign and issue in one day; return the case page, the letter unserved."""
        handler, reviewer, head = by or ("handler", "reviewer", "head")
        self.draft(handler, case, *choices, **typed)
        self.do(reviewer, case, "pass_draft")
        self.do(head, case, "sign")
        return self.do(handler, case, "issue_reply")

    def upload(self, who: str, case: InfoRequest, purpose: str, file: Any) -> None:
        """Store a file with a case."""
        folder = reverse("files:folder", args=[case.typed_id])
        answer = self.send(who, folder, has="purpose", purpose=purpose, file=file)
        assert answer.status_code == 302, words(answer)

    def letter(self, who: str, case: InfoRequest, kind: str) -> str:
        """Open the newest letter of a kind as PDF and as docx; return the PDF's text, unspaced."""
        found = Letter.objects.filter(about=case.typed_id, kind=kind).latest("issued_at")
        browser = self.browser(who)
        assert reverse("letters:record", args=[found.pk]) in raw(browser.get(record_url(case)))
        pdf, word = (
            browser.get(reverse("letters:open", args=[found.pk, form])) for form in ("pdf", "docx")
        )
        text, typed = text_of_pdf(pdf.content), text_of_docx(word.content)
        assert found.number in text
        assert found.number in typed
        assert typed.count("如不服") == text.count("如不服")
        return text

    # -- what the books say -----------------------------------------------------------------

    def verbs(self, case: InfoRequest) -> list[str]:
        """Return the verbs that the log holds of a case, in order, showings left out."""
        found = LoggedEvent.objects.filter(target=case.typed_id).order_by("pk")
        return [event.verb.removeprefix("inforequests.") for event in found]

    def table_three(self, *secrets: str) -> dict[str, int]:
        """Return the total column of the county's table three of 2026, rows that are not 0.

        Each organ's sheet and the county's hold V1 to V4, and V11 beside the register; the
        projections equal a replay, the log is whole and tells no name of a requester.
        """
        period, form = Period.of_year(2026), edition_for(2026)
        ids = [organ.pk for organ in self.organs.values()]
        facts, counts = sources.facts_by_organ(period, ids), outcome_counts(form, period, ids)
        whole = form.lay_out(merge(facts.values()))
        for sheet, covered in (*((form.lay_out(facts[pk]), [pk]) for pk in ids), (whole, ids)):
            assert [
                each for each in crossfoot(sheet) if each.rule in ("V1", "V2", "V3", "V4")
            ] == []
            assert against_register(sheet, counts, covered) == ()
        assert list(differences()) == []
        out = StringIO()
        call_command("auditverify", stdout=out, stderr=StringIO())
        assert "未发现改动" in out.getvalue()
        for event in LoggedEvent.objects.all():
            told = f"{event.target_label}{event.before}{event.after}{event.reason}"
            assert not any(secret in told for secret in secrets), event.verb
        return totals(whole)

    def table_four(self) -> dict[str, int]:
        """Return what table four of 2026 counts in the whole county, what is not 0."""
        ids = [organ.pk for organ in self.organs.values()]
        facts = merge(sources.facts_by_organ(Period.of_year(2026), ids).values())
        return {
            f"{measure.subject.removeprefix('remedies.')}.{measure.aspect}": int(number)
            for measure, number in facts.items()
            if measure.subject.startswith("remedies.") and number
        }


class Citizen:
    """Somebody with a browser and, once they have filed, a number and a query code."""

    def __init__(self, number: str = "", code: str = "") -> None:
        self.browser, self.number, self.code = Client(), number, code

    @property
    def case(self) -> InfoRequest:
        """The case behind the number, for the tests to look at."""
        return InfoRequest.objects.get(number=self.number)

    def file(self, organ: Organ, *, expect: int = 303, **changes: Any) -> Any:
        """Fill in the form of an organ without a script and keep number and code."""
        choose = raw(self.browser.get(f"{PUBLIC}zxsq/"))
        address = f"{PUBLIC}zxsq/{organ.code}/"
        assert address in choose
        typed = filled(submission_key=None, **changes)
        answer = send(self.browser, address, has="declared", **typed)
        assert answer.status_code == expect, words(answer)
        if expect != 303:
            return answer
        shown = lxml.html.fromstring(raw(self.browser.get(answer.url)))
        self.number, self.code = (
            each.text_content().strip() for each in shown.find_class("figure")
        )
        return answer

    def look(self) -> str:
        """Ask with number and code; return the words of the page that shows how it stands."""
        answer = send(self.browser, f"{PUBLIC}cx/", has="code", number=self.number, code=self.code)
        assert answer.status_code == 303, words(answer)
        self.shown = self.browser.get(answer.url)
        assert self.shown.status_code == 200
        return words(self.shown)

    def fetch(self, name: str) -> bytes:
        """Download what the page offers under a name."""
        self.look()
        (link,) = (
            each
            for each in lxml.html.fromstring(raw(self.shown)).xpath("//ul//a")
            if name in each.text_content()
        )
        return self.browser.get(link.get("href")).content

    def hand_in(self, what: str, text: str) -> str:
        """Hand in a supplement or a withdrawal; return the words of the page after it."""
        self.look()
        prefix = what.lower()
        form = form_of(self.shown, f"{prefix}-text")
        return words(self.browser.post(form.action, data_of(form, {f"{prefix}-text": text})))


def record_url(case: InfoRequest) -> str:
    """Return the address of the case page."""
    return reverse("inforequests:record", args=[case.pk])


def act_url(case: InfoRequest, slug: str) -> str:
    """Return the address of a verb's form."""
    return reverse("inforequests:act", args=[case.pk, slug])


def send(browser: Client, address: str, /, *, has: str, **typed: Any) -> Any:
    """Open a page and send the form on it that has a field, filled in over what it shows."""
    page = browser.get(address)
    assert page.status_code == 200, (page.status_code, page.headers.get("Location"))
    form = form_of(page, has)
    return browser.post(form.action or address, data_of(form, typed))
