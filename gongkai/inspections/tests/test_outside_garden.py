"""The inspector in the fault garden: every fault of the rules below is found, nothing else told.

The list of rules only grows. `pytest -s` prints the garden's table.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest

from gongkai.adapters.crawler.runfile import RunFile
from gongkai.inspections.rules.accounts import Account
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.indicators import RULES
from gongkai.inspections.sources.outside import Inspected, Wanted, inspect
from gongkai.inspections.sources.outside_book import Book
from tests.garden.judge import Finding, judge
from tests.garden.server import Garden

JUDGED = (
    "W1", "W2", "W3", "W4", "W5", "W6", "M2", "M3", "account-sponsor-differs", "column-stale",
    "column-empty", "link-dead", "link-timeout", "link-truncated", "link-soft-404",
    "link-soft-home", "redirect-loop", "image-dead", "attachment-dead", "attachment-empty",
    "attachment-unreadable", "charset-undeclared", "charset-mismatch", "text-garbled",
    "tag-missing", "tag-empty", "tag-repeated", "tag-format", "element-missing", "search-fails",
    "ipv6-unreachable", "link-strange", "link-hidden", "frame-hidden", "page-heavy",
    "html-invalid", "axe-button-name", "axe-document-title", "axe-frame-title",
    "axe-html-has-lang", "axe-image-alt", "axe-label", "axe-link-name", "guide-element-missing",
    "solicitation-without-feedback", "date-in-future", "date-disagrees",
    "published-before-formed", "published-late", "validity-unmarked", "identity_number",
    "mobile_phone", "bank_card", "home_address", "weak_mask", "wording",
)  # fmt: skip
AT = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PATIENCE = 1.5  # stands for 15 s, on a busy machine too
VISITS = {"down-eight": 140, "down-seven": 140, "down-six": 140}
FEW = 3


@pytest.fixture(scope="module")
def garden() -> Iterator[Garden]:
    """The garden, served for this module."""
    with Garden() as served:
        yield served


@pytest.fixture(scope="module")
def inspected(garden: Garden) -> dict[str, Inspected]:
    """Every site of the garden, inspected once by all rules."""
    expected = garden.expected()
    listed = json.load(urlopen(garden.address("{media}/accounts.json")))  # noqa: S310 - loopback

    def one(name: str) -> tuple[str, Inspected]:
        wanted = Wanted(
            site=garden.origin(name),
            today=date.fromisoformat(expected["today"]),
            at=AT,
            known=frozenset(garden.address(each) for each in expected["settings"]["known_sites"]),
            telephones=tuple(expected["settings"]["own_telephones"]),
            visits=VISITS.get(name, FEW),
            rate=0,
            patience=PATIENCE,
            accounts=tuple(map(_account, listed)) if name == "portal" else (),
        )
        run = RunFile(":memory:", wanted.site)
        try:
            return name, inspect(wanted, run)
        finally:
            run.close()

    sites = [name for name, site in expected["sites"].items() if site["inspected"]]
    sites.sort(key=lambda name: name != "portal")  # the largest first
    with ThreadPoolExecutor(2) as pool:
        return dict(pool.map(one, sites))


@pytest.fixture(scope="module")
def found(garden: Garden, inspected: dict[str, Inspected]) -> list[Finding]:
    """All findings, as the garden writes addresses."""
    return [
        (fault.rule, garden.written(fault.address))
        for told in inspected.values()
        for fault in told.faults
    ]


def _account(row: dict[str, Any]) -> Account:
    last = row["last_post_on"]
    return Account(
        name=row["name"], platform=row["platform"], sponsor=row["sponsor"],
        certified_as=row["certified_as"], state=row["state"], has_talk=row["talk"],
        address=row["address"], last_post_on=date.fromisoformat(last) if last else None,
    )  # fmt: skip


@pytest.mark.parametrize("rule", JUDGED)
def test_a_rule_finds_all_that_is_planted_and_nothing_else(
    garden: Garden, found: list[Finding], rule: str
) -> None:
    verdict = judge(garden.expected(), found, {rule})
    hits = verdict.planted - len(verdict.missed)
    print(f"{rule:32}{verdict.planted:6}{hits:6}{len(verdict.false):6}")  # noqa: T201 - the table
    assert verdict.planted
    assert (verdict.missed, verdict.false) == ([], [])


def test_every_rule_of_the_garden_is_known_to_the_inspector(garden: Garden) -> None:
    assert {row["fault"] for row in garden.expected()["faults"]} <= set(RULES)


def test_what_robots_disallow_is_never_asked(
    garden: Garden, inspected: dict[str, Inspected]
) -> None:
    never = {row["address"] for row in garden.expected()["never_asked"]}
    asked = {f"{{{visit.site}}}{visit.target}" for visit in garden.visits}
    assert not never & asked
    assert inspected["closed"].asked == 0
    assert "robots.txt" in inspected["closed"].notes[0]


def test_traps_without_end_are_left(garden: Garden, inspected: dict[str, Inspected]) -> None:
    assert inspected["portal"].left_out
    for trap in garden.expected()["traps"]:
        visits = [
            each for each in garden.visits
            if f"{{{each.site}}}{each.target}".startswith(trap["under"])
        ]  # fmt: skip
        assert 0 < len(visits) <= trap["most_requests"]


def test_what_every_page_lacks_is_told_once(tmp_path: Path) -> None:
    """A template's fault on all pages is one row of the report; on a few it is told at each."""
    run = RunFile(tmp_path / "run", "http://a.gov.cn/")
    book = Book(Wanted(site="http://a.gov.cn/", today=AT.date(), at=AT), run)
    for number in range(40):
        book.judged()
        for tag in ("SiteName", "PubDate") if number < 5 else ("SiteName",):
            address = f"http://a.gov.cn/{number}.html"
            book.tell([
                Fault(rule="tag-missing", address=address, why="缺失。", evidence=tag,
                      found_at=AT, target=tag)
            ])  # fmt: skip
    told = list(book.faults())
    assert [each.address for each in told if each.target == "SiteName"] == ["http://a.gov.cn/"]
    assert len([each for each in told if each.target == "PubDate"]) == 5


def test_columns_are_judged_over_visits_and_not_from_one_look(garden: Garden) -> None:
    def visit(before: dict[str, date | None] | None) -> Inspected:
        site = garden.origin("stale-five")
        only = frozenset({"column-stale", "W4"})
        wanted = Wanted(site=site, today=AT.date(), at=AT, only=only, visits=1, rate=0,
                        patience=PATIENCE, before=before)  # fmt: skip
        run = RunFile(":memory:", site)
        try:
            return inspect(wanted, run)
        finally:
            run.close()

    alone, first = visit(None), visit({})
    assert len(alone.faults) == 6
    assert first.faults == ()  # nothing is known of them yet
    seen = {each.address: each.newest for each in first.columns}
    assert {each.fingerprint for each in visit(seen).faults} == {
        each.fingerprint for each in alone.faults
    }
    fresher = dict.fromkeys(seen, AT.date())  # another night showed more: this one's page was bad
    assert visit(fresher).faults == ()
    assert first.sample[0] == f"{garden.origin('stale-five')}/"
    assert set(seen) & set(first.sample)
