"""`gongkai inspect`: its four forms, its exit codes, a run that was killed and goes on."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management.base import CommandError

from gongkai.adapters.browser import Hurdle
from gongkai.adapters.htmlchecker import Remark
from gongkai.adapters.xlsx import read_tables
from gongkai.disclosure.actions.terms import list_term, unlist_term
from gongkai.disclosure.models import ListKind
from gongkai.disclosure.rules.terms import TermTold
from gongkai.inspections.management.commands.inspect import Command
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import MONDAY, OFFICE, moment
from gongkai.text.levels import Level
from tests.garden.server import Garden

GONGKAI = [sys.executable, "-c", "from gongkai.config.cli import main; main()"]
CHEAP = ["--only", "column-stale", "W3", "W4", "link-dead", "--today", "2026-11-20"]


@pytest.fixture(scope="module")
def garden() -> Iterator[Garden]:
    """The garden, served for this module."""
    with Garden() as served:
        yield served


def inspect(*arguments: str) -> tuple[int, str]:
    """Run the command in this process; return its exit code and what it wrote."""
    command = Command(stdout=StringIO(), stderr=StringIO())
    parser = command.create_parser("gongkai", "inspect")
    options = vars(parser.parse_args(list(arguments)))
    code = 0
    try:
        command.handle(**options)
    except SystemExit as left:
        code = int(left.code or 0)
    written: Any = command.stdout._out
    return code, written.getvalue()


class TestForms:
    def test_text_names_the_veto_and_each_place(self, garden: Garden) -> None:
        code, text = inspect(garden.origin("stale-five"), "--rate", "0", "--visits", "1", *CHEAP)
        assert code == 1
        assert "触及单项否决指标" in text
        assert "“文旅动态”最近一次更新是2026-11-04" in text

    def test_json_has_what_a_ledger_needs(self, garden: Garden) -> None:
        site = garden.origin("stale-five")
        _, text = inspect(site, "--rate", "0", "--visits", "1", "--format", "json", *CHEAP)
        told = json.loads(text)
        assert told["counts"] == {"W4": 1, "column-stale": 5}
        assert len({each["fingerprint"] for each in told["faults"]}) == 6
        assert {each["indicator"] for each in told["faults"]} == {"W4", "S17"}

    def test_html_is_one_page_and_escapes_what_sites_say(
        self, garden: Garden, tmp_path: Path
    ) -> None:
        path = tmp_path / "report.html"
        site = garden.origin("stale-five")
        inspect(site, "--rate", "0", "--visits", "1", "--format", "html", "--output", str(path),
                *CHEAP)  # fmt: skip
        page = path.read_text("utf-8")
        assert "文旅动态" in page
        assert "<script" not in page

    def test_xlsx_opens_again(self, garden: Garden, tmp_path: Path) -> None:
        path = tmp_path / "report.xlsx"
        site = garden.origin("stale-five")
        inspect(site, "--rate", "0", "--visits", "1", "--format", "xlsx", "--output", str(path),
                *CHEAP)  # fmt: skip
        rows = read_tables(path.read_bytes())[0].rows
        assert len(rows) == 7

    def test_a_sound_site_leaves_with_0(self, garden: Garden) -> None:
        code, text = inspect(garden.origin("both"), "--rate", "0", "--visits", "1", *CHEAP)
        assert (code, "发现问题0处" in text) == (0, True)


@pytest.mark.django_db(transaction=True)
class TestListed:
    """What a county lists must not stand on a site (国办秘函〔2019〕19号 W1)."""

    LISTED = ("--only", "listed-word", "listed-link", "--format", "json", "--rate", "0")

    def test_words_and_links_of_the_county_are_told_on_the_days_they_hold(
        self, garden: Garden
    ) -> None:
        home, site = made.county(), garden.origin("both")
        at, later = moment(MONDAY), moment(MONDAY + timedelta(days=60))
        link = site.removeprefix("http://").rstrip("/") + "/xw/xw2.html"
        for kind, word, why in (
            (ListKind.WORD, "农民技能培训", "名称已经更改"),
            (ListKind.WORD, "从来不出现的字样", "试验"),
            (ListKind.LINK, link, "网页已被他人占用"),
        ):
            told = TermTold(word, why, level=Level.BLOCKING.value, basis="县政府办通知")
            term = list_term(home, kind, told, by=OFFICE, at=at)
        code, text = inspect(site, *self.LISTED, "--county", home.code, "--today", "2026-11-20")
        faults = json.loads(text)["faults"]
        told_of = {
            (each["rule"], each["address"].removeprefix(site.rstrip("/"))) for each in faults
        }
        assert code == 1
        assert ("listed-word", "/") in told_of
        assert ("listed-link", "/") in told_of
        assert {each["indicator"] for each in faults} == {"W1"}
        (word,) = {each["why"] for each in faults if each["rule"] == "listed-word"}
        assert word == ("“农民技能培训”在本县的敏感词名单上。名称已经更改（依据：县政府办通知）")
        unlist_term(term, why="已经收回", by=OFFICE, at=later)
        _, text = inspect(site, *self.LISTED, "--county", home.code, "--today", "2026-12-20")
        assert {each["rule"] for each in json.loads(text)["faults"]} == {"listed-word"}

    def test_without_a_county_nothing_is_listed(self, garden: Garden) -> None:
        code, text = inspect(garden.origin("both"), *self.LISTED)
        assert (code, json.loads(text)["faults"]) == (0, [])

    def test_a_county_that_is_not_there_is_refused(self, garden: Garden) -> None:
        with pytest.raises(CommandError, match="没有代码是“nowhere”的县政府"):
            inspect(garden.origin("both"), *self.LISTED, "--county", "nowhere")


class TestSlowChecks:
    """Behind the round: the report says what was not looked at, and why."""

    LINE = ("--rate", "0", "--visits", "1", "--only", "w3c-html", "axe-browser")

    def test_what_is_not_installed_is_said(self, garden: Garden, monkeypatch: Any) -> None:
        monkeypatch.setattr("gongkai.adapters.htmlchecker.shutil.which", lambda _: None)
        monkeypatch.setattr("gongkai.adapters.browser.program", lambda: "")
        code, text = inspect(garden.origin("both"), *self.LINE)
        assert code == 0
        assert "W3C 网页代码检查：未检查（没有安装 java" in text
        assert "浏览器无障碍检查：未检查（没有安装 Chromium）" in text

    def test_what_they_find_is_told_in_chinese(self, garden: Garden, monkeypatch: Any) -> None:
        class Checker:
            lacking = ""

            def check(self, pages: dict[str, bytes]) -> list[Remark]:
                return [Remark(next(iter(pages)), 3, 7, "Stray end tag “span”.")]

        @contextmanager
        def shown(**_: Any) -> Iterator[Any]:
            hurdle = Hurdle("color-contrast", "contrast", 2, ("<p>手机13800001234</p>",))
            yield SimpleNamespace(lacking="", hurdles=lambda _: [hurdle])

        monkeypatch.setattr("gongkai.inspections.sources.outside_behind.html_checker", Checker)
        monkeypatch.setattr("gongkai.inspections.sources.outside_behind.browser", shown)
        code, text = inspect(garden.origin("both"), *self.LINE, "--slow-pages", "1")
        assert code == 1
        assert "第3行第7列：多出结束标签 <span>" in text
        assert "文字与背景的对比度不够（2处）" in text
        assert "13800001234" not in text
        assert "查了1个页面" in text
        assert "未检查" not in inspect(garden.origin("both"), *self.LINE, "--slow-pages", "0")[1]


def test_two_requests_a_second_unless_asked_otherwise() -> None:
    parser = Command().create_parser("gongkai", "inspect")
    assert parser.parse_args(["a.gov.cn"]).rate == 2.0


class TestBadInput:
    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["foo bar"], "不是网址"),
            (["http://"], "不是网址"),
            (["ftp://a.gov.cn"], "不是网址"),
            (["a.gov.cn", "--only", "no-such-rule"], "no-such-rule"),
            (["a.gov.cn", "--format", "xlsx"], "--output"),
            (["a.gov.cn", "--accounts", "/no/such/file"], "打不开"),
        ],
    )
    def test_it_is_told_in_one_line(self, arguments: list[str], words: str) -> None:
        with pytest.raises(CommandError, match=words) as raised:
            inspect(*arguments)
        assert raised.value.returncode == 2

    def test_a_record_of_another_site_is_not_gone_on_with(
        self, garden: Garden, tmp_path: Path
    ) -> None:
        record = str(tmp_path / "run")
        common = ["--rate", "0", "--visits", "1", "--resume", record, "--only", "link-dead"]
        inspect(garden.origin("both"), *common)
        with pytest.raises(CommandError, match="另一个网站"):
            inspect(garden.origin("search-word"), *common)


def test_a_killed_run_goes_on_and_asks_nothing_twice(garden: Garden, tmp_path: Path) -> None:
    site = garden.origin("columns")
    record = str(tmp_path / "run")
    line = ["inspect", site, "--rate", "0", "--visits", "1", "--resume", record,
            "--format", "json", *CHEAP]  # fmt: skip
    _, whole = inspect(*line[1:6], "--format", "json", *CHEAP)
    garden.again()
    first = subprocess.Popen([*GONGKAI, *line], stderr=subprocess.PIPE, text=True)  # noqa: S603
    assert first.stderr is not None
    while (told := re.search(r"已查(\d+)个", first.stderr.readline())) and int(told[1]) < 50:
        pass
    assert told
    first.kill()
    first.wait()
    first.stderr.close()
    before = Counter(each.target for each in garden.visits)
    again = subprocess.run(  # noqa: S603 - our own command
        [*GONGKAI, *line], capture_output=True, text=True, check=False
    )
    assert again.returncode == 1
    after = Counter(each.target for each in garden.visits) - before
    twice = {each for each in before if after[each]} - {"/", "/robots.txt"}
    assert len(twice) <= 8  # what was under way when it was killed
    assert sum(after.values()) < 120
    resumed, expected = json.loads(again.stdout), json.loads(whole)
    assert resumed["counts"] == expected["counts"]
    assert resumed["addresses"] == expected["addresses"]
