"""Words and links that a county lists, in every disguise."""

import pytest

from gongkai.text.levels import Level
from gongkai.text.listed import Lists, Term, link_form

WORD = Term("办事窗口ABC", Level.BLOCKING, "旧称")


def lists(*links: str) -> Lists:
    told = [Term(link_form(link), Level.BLOCKING, "易主") for link in links]
    return Lists([WORD, Term("窗口", Level.ADVISORY, "示例", "示例文件")], told)


def test_width_and_case_do_not_matter_and_the_longest_is_told():
    text = "请到办事窗口ＡｂC或者窗口办理"
    assert [(one.start, one.end, one.term.word) for one in lists().words_in(text)] == [
        (2, 9, "办事窗口ABC"),
        (11, 13, "窗口"),
    ]


def test_the_reason_names_what_it_rests_on():
    assert Term("窗口", Level.ADVISORY, "示例", "示例文件").why == "示例（依据：示例文件）"


@pytest.mark.parametrize(
    "address",
    ["https://bad.example.com/", "http://WWW.Bad.example.com:8080/x?y", "//bad.example.com",
     "http:\\\\bad.example.com\\x", "https://user@bad.example.com./", "bad.example.com/x"],
)  # fmt: skip
def test_a_host_stands_for_all_under_it(address):
    assert lists("http://bad.example.com").link(address) is not None


@pytest.mark.parametrize(
    "address",
    ["https://notbad.example.com/", "https://example.com/", "/zwgk/bad.example.com", "", "http://[",
     "mailto:bad@example.org", "javascript:void(0)"],
)  # fmt: skip
def test_what_only_looks_like_it_is_left_alone(address):
    assert lists("bad.example.com").link(address) is None


def test_a_path_is_a_folder_not_the_beginning_of_a_name():
    found = lists("example.com/list/")
    assert found.link("http://example.com/list/1.html")
    assert found.link("http://example.com/%6cist")
    assert found.link("http://example.com/lists") is None


def test_without_lists_nothing_is_found():
    assert not Lists()
    assert list(Lists().words_in("窗口")) == []


@pytest.mark.parametrize("wrong", ["", "词语", "http://", "a b.com", "http://[::1", "<b>.com"])
def test_what_is_no_address_is_refused(wrong):
    with pytest.raises(ValueError, match=r"host|URL|IPv6"):
        link_form(wrong)
