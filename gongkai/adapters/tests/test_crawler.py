"""The crawler: robots, pace, addresses, encodings, days beside titles, traps, a run's file."""

import resource
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters.crawler import charset
from gongkai.adapters.crawler.addresses import (
    is_first_page,
    is_home,
    list_of,
    resolve,
    template,
    unasked,
)
from gongkai.adapters.crawler.crawl import Crawl, Found
from gongkai.adapters.crawler.entries import day_beside
from gongkai.adapters.crawler.files import broken_picture, examine
from gongkai.adapters.crawler.pace import Pace
from gongkai.adapters.crawler.pages import read_page
from gongkai.adapters.crawler.robots import Robots
from gongkai.adapters.crawler.runfile import NotARun, RunFile, Todo
from gongkai.text.sitepages import Answer, Page, Place

TODAY = date(2026, 11, 20)
SITE = "http://www.qinghe.gov.cn"


class FakeClock:
    """A clock that goes on only by sleeping."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class TestPace:
    def test_two_requests_a_second_to_one_host(self) -> None:
        clock = FakeClock()
        pace = Pace(2.0, clock=clock, sleep=clock.sleep)
        turns = []
        for _ in range(5):
            pace.wait("a")
            turns.append(clock.now)
        assert turns == [100.0, 100.5, 101.0, 101.5, 102.0]

    def test_hosts_do_not_wait_for_each_other(self) -> None:
        clock = FakeClock()
        pace = Pace(2.0, clock=clock, sleep=clock.sleep)
        for host in "abc":
            pace.wait(host)
        assert clock.now == 100.0

    def test_a_host_may_ask_for_longer_gaps_and_not_for_shorter(self) -> None:
        clock = FakeClock()
        pace = Pace(2.0, clock=clock, sleep=clock.sleep)
        pace.slow("a", 3.0)
        pace.slow("b", 0.1)
        for host in "aabb":
            pace.wait(host)
        assert clock.now == 103.5

    def test_no_rate_waits_for_nobody(self) -> None:
        clock = FakeClock()
        pace = Pace(0, clock=clock, sleep=clock.sleep)
        for _ in range(100):
            pace.wait("a")
        assert clock.now == 100.0


class TestRobots:
    TEXT = (
        "User-agent: BadBot\nDisallow: /\n\nUser-agent: *\nDisallow: /private/\n"
        "Disallow: /*.bak$\nDisallow: /temp\nAllow: /temp/open.html\nDisallow: /中文/\n"
    )

    @pytest.mark.parametrize(
        ("path", "allowed"),
        [
            ("/", True), ("/private/a.html", False), ("/private-school.html", True),
            ("/data.bak", False), ("/data.bak.html", True), ("/temp/draft.html", False),
            ("/temp/open.html", True), ("/private/?from=home", False),
            ("/%E4%B8%AD%E6%96%87/a", False),
        ],
    )  # fmt: skip
    def test_the_longest_rule_decides(self, path: str, allowed: bool) -> None:
        assert Robots(self.TEXT).allows(SITE + path) is allowed

    def test_a_group_of_our_own_goes_before_everybodys(self) -> None:
        text = "User-agent: *\nDisallow: /\nUser-agent: gongkai-inspector\nDisallow: /x\n"
        assert Robots(text).allows(SITE + "/a")
        assert not Robots(text).allows(SITE + "/x")

    def test_an_empty_disallow_allows_all(self) -> None:
        assert Robots("User-agent: *\nDisallow:\n").allows(SITE + "/a")

    def test_what_could_not_be_had_is_a_no(self) -> None:
        assert not Robots(closed=True).allows(SITE + "/a")

    def test_a_wished_delay_is_kept_within_bounds(self) -> None:
        assert Robots("User-agent: *\nCrawl-delay: 5\n").delay == 5.0
        assert Robots("User-agent: *\nCrawl-delay: 99999\n").delay == 30.0
        assert Robots("User-agent: *\nCrawl-delay: soon\n").delay is None

    @given(st.text(max_size=300))
    def test_no_text_breaks_it(self, text: str) -> None:
        assert Robots(text).allows(SITE + "/a") in (True, False)


class TestAddresses:
    @pytest.mark.parametrize(
        ("written", "address"),
        [
            ("b.html", f"{SITE}/a/b.html"), ("../b.html", f"{SITE}/b.html"),
            ("  /trim.html\n", f"{SITE}/trim.html"), ("/part.html#x", f"{SITE}/part.html"),
            ("/空 格.html", f"{SITE}/%E7%A9%BA%20%E6%A0%BC.html"),
            ("/%c7%e0.html", f"{SITE}/%C7%E0.html"), ("#top", None), ("", None),
            ("javascript:void(0)", None), ("mailto:a@b.example", None), ("tel:12345", None),
            ("data:image/gif;base64,x", None), ("{{url}}", None), ("ftp://x.example/a", None),
            ("http://[::1", None), ("C:\\Users\\a.doc", "file:///C:/Users/a.doc"),
            ("file:///D:/a.doc", "file:///D:/a.doc"), ("//cdn.example/a", "http://cdn.example/a"),
        ],
    )  # fmt: skip
    def test_a_link_is_resolved_as_browsers_do(self, written: str, address: str | None) -> None:
        assert resolve(f"{SITE}/a/page.html", written) == address

    @given(st.text(max_size=80))
    def test_no_link_breaks_it(self, written: str) -> None:
        resolve(f"{SITE}/a/", written)

    @pytest.mark.parametrize(
        ("address", "why"),
        [
            ("http://192.168.1.10/oa", "inside"), ("http://10.0.0.1/", "inside"),
            ("http://127.0.0.1/", "inside"), ("http://[fd00::1]/", "inside"),
            ("file:///C:/a.doc", "local"), ("http://http//www.a.cn/", "no-host"),
            ("http://www.a.invalid/", "no-host"), ("http://www.a.gov.cn/", ""),
            ("http://8.8.8.8/", ""),
        ],
    )  # fmt: skip
    def test_what_leads_nowhere_is_known_without_asking(self, address: str, why: str) -> None:
        assert unasked(address, SITE) == why

    def test_a_site_of_an_inner_network_may_link_there(self) -> None:
        assert unasked("http://127.0.0.1:81/", "http://127.0.0.1:80/") == ""
        assert unasked("http://192.168.1.1/", "http://127.0.0.1:80/") == "inside"

    def test_pages_of_one_list_are_one(self) -> None:
        pages = ("/xw/", "/xw/index.html", "/xw/index_2.html", "/xw/?page=3", "/xw/2020/")
        assert {list_of(SITE + each) for each in pages} == {f"{SITE}/xw/"}
        assert list_of(f"{SITE}/list.jsp?cid=5&page=2") == list_of(f"{SITE}/list.jsp?cid=5")
        assert [is_first_page(SITE + each) for each in pages] == [True, True, False, False, False]

    def test_home_has_several_names(self) -> None:
        assert all(is_home(SITE + each) for each in ("", "/", "/index.html", "/Default.aspx"))
        assert not any(is_home(SITE + each) for each in ("/xw/", "/?id=1", "/news.html"))

    def test_a_template_has_no_numbers_and_no_values(self) -> None:
        assert template(f"{SITE}/rl/2026/11") == template(f"{SITE}/rl/2027/1")
        assert template(f"{SITE}/hy/?sid=1") == template(f"{SITE}/hy/?sid=2")
        assert template(f"{SITE}/a/1") != template(f"{SITE}/b/1")


class TestCharset:
    WORDS = "青禾县政务公开办公室负责受理咨询，请在工作时间来电。"

    @pytest.mark.parametrize("name", ["utf-8", "gbk", "gb18030"])
    @pytest.mark.parametrize("header", ["", "utf-8", "gbk", "no-such-encoding"])
    def test_the_bytes_decide_what_is_read(self, name: str, header: str) -> None:
        text, declared = charset.read(self.WORDS.encode(name), header)
        assert text == self.WORDS
        assert declared.truth == charset.usual(name)

    def test_traditional_text_is_told_from_simplified(self) -> None:
        words = "本頁提供繁體中文說明，歡迎查詢政府公開資訊。"
        assert charset.read(words.encode("big5"), "")[0] == words

    def test_a_mark_goes_before_all(self) -> None:
        body = b"\xff\xfe" + self.WORDS.encode("utf-16-le")
        assert charset.read(body, "gbk")[0] == self.WORDS

    def test_what_a_comment_says_is_not_declared(self) -> None:
        body = b"<!-- <meta charset=gbk> --><meta charset=utf-8>"
        assert charset.read(body, "")[1].head == "utf-8"

    @given(st.binary(max_size=300), st.text(max_size=12))
    def test_no_bytes_break_it(self, body: bytes, header: str) -> None:
        charset.read(body, header)


class TestDays:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2026-11-18", date(2026, 11, 18)), ("[11-18]", date(2026, 11, 18)),
            ("11/13", date(2026, 11, 13)), ("12-30", date(2025, 12, 30)),
            ("18 2026-11", date(2026, 11, 18)), ("2026-11 18", date(2026, 11, 18)),
            ("2026年11月8日", date(2026, 11, 8)), ("(2026/11/19 16:05)", date(2026, 11, 19)),
            ("二〇二六年十一月八日", date(2026, 11, 8)), ("0795-20261119", None),
            ("民国26-11-18", None), ("16:05", None), ("第3期", None), ("2026-13-40", None),
        ],
    )  # fmt: skip
    def test_a_day_is_read_in_every_usual_writing(self, text: str, day: date | None) -> None:
        assert day_beside(text, TODAY) == day


def page(body: str, address: str = f"{SITE}/a.html") -> Page:
    """Read a page of one body."""
    text = f"<!DOCTYPE html><html lang='zh-CN'><head><title>题</title></head><body>{body}</body>"
    return read_page(Answer(address, address, 200, body=text.encode(), size=len(text)), TODAY)


class TestPages:
    def test_rows_have_their_days(self) -> None:
        read = page(
            "<ul><li><a href='1.html'>全县水利工作会议召开</a><span>2026-11-18</span></li>"
            "<li><a href='2.html'><i>11-09</i>关于冬季防火的通告</a></li></ul>"
            "<table><tr><td><a href='3.html'>怎样申请补助</a></td><td>2026-10-01</td></tr></table>"
        )
        assert [(each.title, each.on) for each in read.entries] == [
            ("全县水利工作会议召开", date(2026, 11, 18)),
            ("关于冬季防火的通告", date(2026, 11, 9)),
            ("怎样申请补助", date(2026, 10, 1)),
        ]

    def test_a_day_of_the_page_is_no_day_of_its_links(self) -> None:
        read = page(
            "<article><p>发布时间：2026-11-18</p><p><a href='x'>查看详情说明</a></p></article>"
        )
        assert [each.on for each in read.entries] == [None]

    def test_places_are_told_apart(self) -> None:
        read = page(
            "<header>页头</header><nav>导航</nav><div>正文</div><div class='foot'>页脚</div>"
        )
        assert read.text(Place.FOOT) == "页脚"
        assert read.text(Place.HEAD) == "页头"
        assert read.text(Place.MAIN) == "正文"

    def test_what_is_not_displayed_is_not_read(self) -> None:
        read = page("<p style='display:none'>甲</p><p hidden>乙</p><!-- 丙 --><p>丁</p>")
        assert read.text() == "丁"
        assert [each.strip() for each in read.comments] == ["丙"]

    def test_links_in_scripts_templates_and_text_boxes_are_none(self) -> None:
        read = page(
            "<script>'<a href=/1>'</script><template><a href=/2>x</a></template>"
            "<textarea><a href=/3>x</a></textarea><!-- <a href=/4> -->"
        )
        assert read.links == ()

    def test_deep_nesting_does_not_break_it(self) -> None:
        page("<div>" * 5_000 + "深" + "</div>" * 5_000)

    @given(st.text(max_size=400))
    def test_no_source_breaks_it(self, text: str) -> None:
        page(text)


class TestFiles:
    def test_a_page_under_a_files_name_is_told(self) -> None:
        assert "网页" in examine(b"<!DOCTYPE html><title>x", "pdf", read=False).broken
        assert "网页" in broken_picture(b"<html>", whole=True)

    def test_what_is_no_such_file_is_told(self) -> None:
        assert examine(b"PK\x03\x04broken", "zip", read=False).broken
        assert examine(b"hello", "pdf", read=False).broken
        assert not examine(b"OK", "txt", read=False).broken

    def test_a_picture_that_breaks_off_is_told(self) -> None:
        assert broken_picture(b"\xff\xd8\xff\xe0data", whole=True)
        assert not broken_picture(b"\xff\xd8\xff\xe0data", whole=False)


class _Endless:
    """A site without end: each page leads to the next, and to itself with new queries."""

    site = SITE

    def get(self, address: str) -> Answer:
        return Answer(address, address, 200, size=1)


class TestCrawl:
    def test_a_calendar_without_end_is_left(self, tmp_path: Path) -> None:
        run = RunFile(tmp_path / "run", SITE)
        run.add(Todo(0, f"{SITE}/rl/2026/1", 0, 0, "", "", "", "link"))
        crawl = Crawl(_Endless(), run, workers=1)  # type: ignore[arg-type]

        def handle(todo: Todo, answer: Answer, _: object) -> list[Found]:
            number = int(todo.address.rpartition("/")[2])
            return [Found(f"{SITE}/rl/2026/{number + 1}")]

        crawl.go(lambda *_: None, handle)
        assert crawl.asked < 200
        assert crawl.left_out == 1

    def test_a_long_list_that_brings_new_pages_is_read_to_its_end(self, tmp_path: Path) -> None:
        run = RunFile(tmp_path / "run", SITE)
        run.add(Todo(0, f"{SITE}/list_1.html", 0, 0, "", "", "", "link"))
        crawl = Crawl(_Endless(), run, workers=1)  # type: ignore[arg-type]

        def handle(todo: Todo, answer: Answer, _: object) -> list[Found]:
            if "list_" not in todo.address:
                return []
            number = int(todo.address.rpartition("_")[2].partition(".")[0])
            more = [Found(f"{SITE}/list_{number + 1}.html")] if number < 400 else []
            return [Found(f"{SITE}/art/{number}.html"), *more]

        crawl.go(lambda *_: None, handle)
        assert crawl.asked == 800

    def test_a_run_goes_on_where_it_stopped(self, tmp_path: Path) -> None:
        asked: list[str] = []

        def handle(todo: Todo, answer: Answer, _: object) -> list[Found]:
            asked.append(todo.address)
            if len(asked) == 5:
                raise KeyboardInterrupt
            return [Found(f"{SITE}/{each}.html") for each in range(12)]

        for _ in range(2):
            run = RunFile(tmp_path / "run", SITE)
            run.add(Todo(0, f"{SITE}/", 0, 0, "", "", "", "link"))
            crawl = Crawl(_Endless(), run, workers=1)  # type: ignore[arg-type]
            try:
                crawl.go(lambda *_: None, handle)
            except KeyboardInterrupt:
                continue
            finally:
                run.close()
        assert len(set(asked)) == 13
        assert len(asked) == 14  # the one in whose midst it stopped is taken up again

    def test_what_waits_is_not_kept_in_memory(self, tmp_path: Path) -> None:
        run = RunFile(tmp_path / "run", SITE)
        run.add(Todo(0, f"{SITE}/", 0, 0, "", "", "", "link"))
        crawl = Crawl(_Endless(), run, most_pages=81, workers=1)  # type: ignore[arg-type]

        def handle(todo: Todo, answer: Answer, _: object) -> list[Found]:
            if not todo.depth:
                return [Found(f"{SITE}/c{each}/") for each in range(80)]
            return [Found(f"{todo.address}art/{each}.html") for each in range(250)]

        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        crawl.go(lambda *_: None, handle)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        assert run.counts() == (81, 20_000)
        assert grown < 10_000  # kB; 100,000 are measured in benchmarks/inspecting.py
        run.close()

    def test_a_file_of_something_else_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "x").write_bytes(b"not a database" * 100)
        with pytest.raises(NotARun):
            RunFile(tmp_path / "x", SITE)
        RunFile(tmp_path / "run", SITE).close()
        with pytest.raises(NotARun, match="另一个网站"):
            RunFile(tmp_path / "run", "http://other.gov.cn")
