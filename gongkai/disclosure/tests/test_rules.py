"""Plain rules: what is told, index numbers, addresses, bodies, people, the usual tree."""

from datetime import UTC, date, datetime
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.disclosure import deadlines
from gongkai.disclosure.lifecycle import EntryEvent
from gongkai.disclosure.models import SectionContent, SectionKind
from gongkai.disclosure.rules import Content, EntryRefused, FileShown, Told
from gongkai.disclosure.rules.addresses import address_of, entry_in, folder_of
from gongkai.disclosure.rules.body import read_body
from gongkai.disclosure.rules.content import seal
from gongkai.disclosure.rules.findings import fingerprint
from gongkai.disclosure.rules.index_numbers import DEFAULT_PATTERN, check_pattern, numbering
from gongkai.disclosure.rules.people import PASSING, against
from gongkai.disclosure.rules.sections import check_slug
from gongkai.disclosure.rules.standard_sections import TREE
from gongkai.statute.disclosure import ARTICLE_20, ARTICLE_21_COUNTY, ARTICLE_21_TOWNSHIP
from gongkai.statute.workdays import national

CALENDAR = national()
DAYS = st.dates(date(2008, 5, 1), date(2026, 12, 31))
TEXTS = st.text(max_size=40)
TOLD = st.builds(
    Told,
    title=TEXTS,
    formed_on=st.none() | DAYS,
    body=TEXTS,
    changed_on=st.none() | DAYS,
    expires_on=st.none() | DAYS,
    summary=TEXTS,
    joint_issuers=st.lists(TEXTS, max_size=3).map(tuple),
    extra_sections=st.lists(st.integers(1, 10**9), max_size=3).map(tuple),
)


@given(TOLD)
def test_what_is_told_comes_back_as_it_was(told: Told) -> None:
    assert Told.read(told.metadata(), told.body) == told


@given(TOLD, st.lists(st.uuids(), max_size=3))
def test_content_comes_back_and_its_seal_sees_every_change(told: Told, ids: list[UUID]) -> None:
    files = tuple(FileShown(pk, uuid4(), "附件", "ATTACHMENT", "pdf", 1, "0" * 64) for pk in ids)
    bare = Told.read(told.metadata(), "")
    content = Content(bare, "1/2026-00001", "县政府", 7, files)
    kept = content.as_json()
    assert Content.read(kept) == content
    sealed = seal(kept, told.body)
    assert sealed == seal(dict(reversed(kept.items())), told.body)
    assert seal(kept, told.body + "x") != sealed
    assert seal({**kept, "title": told.title + "x"}, told.body) != sealed


@given(st.integers(1, 10**9), DAYS)
def test_an_index_number_is_read_back_to_its_serial(serial: int, day: date) -> None:
    series = numbering(
        DEFAULT_PATTERN, credit_code="11360925014500815X", region="360925", organ="fuban", day=day
    )
    number = series.write(serial)
    assert series.serial_in(number) == serial
    assert number.startswith(f"11360925014500815X/{day.year}-")
    other = numbering(DEFAULT_PATTERN, credit_code="X", region="360925", organ="fuban", day=day)
    assert other.serial_in(number) is None


def test_patterns_that_would_repeat_numbers_are_refused() -> None:
    for wrong in ("{year}-{serial}", "{organ}-{year}", "{serial}{serial}{organ}", "{organ}{nope}"):
        with pytest.raises(EntryRefused):
            check_pattern(wrong)
    with pytest.raises(EntryRefused):
        check_pattern("{organ}/{serial:05d}" + "x" * 80)
    assert check_pattern(" {credit_code}/{yyyymm}-{serial:05d} ").endswith("05d}")
    organ = numbering(
        "{organ}-{serial}", credit_code="", region="1", organ="czj", day=date(2026, 1, 1)
    )
    assert organ.write(12) == "czj-12"


def test_an_organ_without_a_credit_code_is_numbered_by_its_own() -> None:
    series = numbering(
        DEFAULT_PATTERN, credit_code="", region="1", organ="czj", day=date(2026, 1, 1)
    )
    assert series.write(3) == "CZJ/2026-00003"


@given(st.integers(1, 10**15))
def test_addresses_are_read_back(pk: int) -> None:
    address = address_of("zwgk/fdzdgknr/gfxwj", datetime(2026, 11, 26, tzinfo=UTC), pk)
    assert entry_in(address) == pk
    assert folder_of(address) == f"/zwgk/fdzdgknr/gfxwj/202611/{pk}/"
    assert entry_in(address + "?x") is None


@given(st.text(max_size=300))
def test_any_body_is_read_without_harm(html: str) -> None:
    read_body(html)


def test_a_body_is_read_in_places() -> None:
    body = read_body(
        '<h2>一、总则</h2><p>正文<a href="/x/">链接</a>。</p>'
        "<table><tr><th>姓名</th><th>金额</th></tr><tr><td>张<br>某</td><td>600</td></tr></table>"
        '<ul><li>第一</li></ul><p><img src="/attachment/1" alt=" 图 "></p><script>x</script>'
    )
    assert [block.place for block in body.blocks] == [
        "正文第1段",
        "正文第2段",
        "正文表格1第1行",
        "正文表格1第2行",
        "正文第3段",
    ]
    assert body.tables[0].rows == (("姓名", "金额"), ("张 某", "600"))
    assert (body.links[0].text, body.links[0].place) == ("链接", "正文第2段")
    assert body.pictures[0].alternative == "图"
    assert "x" not in body.text.split("\n")


def test_a_finding_is_known_by_rule_place_and_what() -> None:
    marks = {fingerprint(*each) for each in permutations(("a", "b", "c"))}
    assert len(marks) == 6


@given(st.sampled_from(PASSING), st.sampled_from([*PASSING, EntryEvent.PUBLISH]))
def test_who_passed_one_step_passes_no_other_but_the_signer_releases(done, event) -> None:
    why = against(event, "me", ["writer"], {done: "me"})
    assert bool(why) is not (event is EntryEvent.PUBLISH and done is EntryEvent.SIGN)
    assert against(event, "writer", ["writer"], {})
    assert against(event, "other", ["writer"], {done: "me"}) == ""


@given(DAYS)
def test_the_clock_ends_on_the_twentieth_working_day(day: date) -> None:
    due = deadlines.due(day, CALENDAR)
    assert due.label == "20个工作日"
    assert CALENDAR.count(day, due.on) == 20
    assert CALENDAR.is_workday(due.on)


def test_the_clock_before_the_regulations_and_without_a_calendar() -> None:
    assert deadlines.due(date(2008, 4, 30), CALENDAR) == deadlines.Due()
    assert deadlines.due(None, CALENDAR) == deadlines.Due()
    assert deadlines.due(date(2090, 1, 4), CALENDAR).on is None


def test_the_usual_tree_is_whole() -> None:
    paths = [planned.path for planned in TREE]
    assert len(set(paths)) == len(paths)
    for planned in TREE:
        above, _, slug = planned.path.rpartition("/")
        check_slug(slug)
        assert not above or above in paths[: paths.index(planned.path)]
        assert planned.kind in SectionKind.values
        assert planned.content in SectionContent.values
    items = {planned.legal_item for planned in TREE} - {""}
    known = {item.code for item in (*ARTICLE_20, *ARTICLE_21_COUNTY, *ARTICLE_21_TOWNSHIP)}
    assert items <= known
    assert {item.code for item in ARTICLE_20} <= items
    for required in ("zfxxgkzn", "zfxxgkzd", "fdzdgknr", "xxgknb", "ysqgk"):
        assert f"zwgk/{required}" in paths


@pytest.mark.parametrize("slug", ["", "A", "1a", "a/b", "a_b", "jg", "a" * 41, "-a", "a--b"])
def test_slugs_that_cannot_stand_in_an_address_are_refused(slug: str) -> None:
    with pytest.raises(EntryRefused):
        check_slug(slug)
