"""Lists of a county: their verbs, what checks make of them, their screens and who may open them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.adapters.charmodel import DISMISSED, allowed_in
from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.audit.models import Event
from gongkai.disclosure import actions, queries
from gongkai.disclosure.actions.terms import WRITE_ALLOWED
from gongkai.disclosure.models import ListedTerm, ListKind
from gongkai.disclosure.rules import ChecksStand, EntryRefused, NotAllowedNow, ReasonMissing
from gongkai.disclosure.rules.terms import TermTold, read_rows, read_text
from gongkai.disclosure.tasks import write_allowed
from gongkai.disclosure.tests import factories as make
from gongkai.disclosure.tests.staffing import at, signed_in, text
from gongkai.orgs.models import Role
from gongkai.text.levels import Level

TODAY = timezone.localdate(make.NOON)
WORD = TermTold("特区管委会", "已经撤销", "示例文件")
USUAL = TermTold("", "旧称")


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOON)


@pytest.fixture
def home():
    return make.county()


def listing(home, kind=ListKind.WORD, told=WORD, **more):
    return actions.list_term(home, kind, replace(told, **more), by=make.AUTHOR, at=make.NOON)


def found(entry, on=TODAY):
    told = actions.check(entry, on=on)
    return [(one.rule, one.place, one.blocking) for one in told if one.rule.startswith("listed")]


# ---- rows of a file: no database


def test_a_text_is_read_line_by_line_and_what_lacks_is_filled_in():
    rows = read_text("# 说明\n甲乙丙\n丁戊己，改名，某文，请核对，2026年3月1日\n".encode("gb18030"))
    terms, wrong = read_rows(rows, usual=USUAL, is_link=False, today=TODAY)
    assert wrong == []
    assert [(one.word, one.reason, one.level) for one in terms] == [
        ("甲乙丙", "旧称", "BLOCKING"),
        ("丁戊己", "改名", "ADVISORY"),
    ]
    assert terms[1].from_on == date(2026, 3, 1)


def test_a_sheet_is_read_by_its_heads_and_every_fault_has_its_line():
    rows = [["理由", "网址"], ["易主", "http://Bad.example.com/"], ["易主", "不是网址"], ["", ""]]
    terms, wrong = read_rows(rows, usual=USUAL, is_link=True, today=TODAY)
    assert [one.word for one in terms] == ["bad.example.com"]
    assert wrong == ["第3行：请填写域名或者网址，如 example.com 或者 example.com/list"]


@pytest.mark.parametrize(
    ("told", "field"),
    [({"word": "词"}, "word"), ({"word": " "}, "word"), ({"word": "词" * 61}, "word"),
     ({"word": "隐\u200b形字"}, "word"), ({"reason": ""}, "reason"), ({"level": "HIGH"}, "level"),
     ({"until_on": TODAY - timedelta(days=1)}, "until_on"), ({"basis": "文" * 201}, "basis")],
)  # fmt: skip
@pytest.mark.django_db
def test_what_cannot_be_listed_is_refused_at_its_field(home, told, field):
    with pytest.raises(EntryRefused) as refused:
        listing(home, **told)
    assert refused.value.field == field
    assert not ListedTerm.objects.exists()


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(EntryRefused, match="不是文本"):
        read_text(b"PK\x03\x04\xff\xff\x00")


# ---- verbs and checks


@pytest.mark.django_db
def test_a_listed_word_holds_a_release_up_until_it_is_stopped(home):
    term = listing(home)
    entry = make.draft(home, make.section(home), body="<p>到特区管委会办理。</p>")
    assert found(entry) == [("listed.word", "正文第1段", True)]
    with pytest.raises(ChecksStand, match="敏感词名单"):
        actions.submit(entry, by=make.AUTHOR, at=make.NOON)
    actions.unlist_term(term, why="恢复使用", by=make.AUTHOR, at=make.NOON)
    assert found(entry) == []
    with pytest.raises(NotAllowedNow, match="已经停用"):
        actions.unlist_term(term, why="再停", by=make.AUTHOR, at=make.NOON)
    verbs = Event.objects.filter(verb__in=["disclosure.list_term", "disclosure.unlist_term"])
    assert [one.reason for one in verbs.order_by("pk")] == ["已经撤销", "恢复使用"]
    listing(home)


@pytest.mark.django_db
def test_days_levels_links_and_other_counties(home):
    listing(home, from_on=TODAY, until_on=TODAY, level=Level.ADVISORY.value)
    listing(home, ListKind.LINK, word="https://bad.example.com/x/")
    body = '<p>特区管委会<a href="http://www.bad.example.com/x/1">网址</a></p>'
    entry = make.draft(home, make.section(home), body=body)
    assert found(entry) == [("listed.link", "正文第1段", True), ("listed.word", "正文第1段", False)]
    assert found(entry, TODAY + timedelta(days=1)) == [("listed.link", "正文第1段", True)]
    assert not queries.lists_of(home.pk + 1, TODAY)


@pytest.mark.django_db
def test_nothing_is_listed_twice_and_a_stop_needs_its_reason(home):
    term = listing(home)
    with pytest.raises(EntryRefused, match="已经在名单上"):
        listing(home)
    with pytest.raises(ReasonMissing):
        actions.unlist_term(term, why=" ", by=make.AUTHOR, at=make.NOON)
    many = [WORD, TermTold("另一个词", "旧称"), TermTold("另一个词", "旧称")]
    assert actions.list_terms(home, ListKind.WORD, many, by=make.AUTHOR, at=make.NOON) == 1
    bad = [TermTold("第三个词", "旧称"), TermTold("一", "旧称")]
    with pytest.raises(EntryRefused):
        actions.list_terms(home, ListKind.WORD, bad, by=make.AUTHOR, at=make.NOON)
    assert ListedTerm.objects.count() == 2


@pytest.mark.django_db
def test_what_is_said_to_be_no_mistake_is_told_by_no_check_again(home, settings, tmp_path):
    settings.GONGKAI_WORDING_DIR = tmp_path
    entry = make.draft(home, make.section(home), body="<p>布署村全年安排部署工作。</p>")
    wrong = [one.found for one in actions.check(entry) if one.rule.startswith("wording")]
    assert wrong == ["布署"]
    term = listing(home, ListKind.ALLOWED, word="布署村")
    assert not [one for one in actions.check(entry) if one.rule.startswith("wording")]
    write_allowed({"county": home.pk}, make.NOON)
    assert allowed_in(tmp_path / home.code) == ["布署村"]
    actions.unlist_term(term, why="村已改名", by=make.AUTHOR, at=make.NOON)
    write_allowed({"county": home.pk}, make.NOON)
    assert (tmp_path / home.code / DISMISSED).read_text("utf-8") == ""
    assert WRITE_ALLOWED == "disclosure.write_allowed"


# ---- screens


@pytest.mark.django_db
def test_the_office_lists_looks_and_stops(home):
    office = signed_in("office", home, Role.OGI_OFFICE)
    assert 'name="q"' not in text(office.get(at("lists")))  # nothing to look through yet
    address = at("list_term", "words")
    told = {"word": "特", "reason": "旧称", "level": "BLOCKING", "from_on": "2026-03-01"}
    refused = office.post(address, told)
    assert refused.status_code == 422
    assert "两个字以上" in text(refused)
    assert office.post(address, told | {"word": "<b>特区</b>"}).status_code == 302
    page = text(office.get(at("lists")))
    assert "&lt;b&gt;特区&lt;/b&gt;" in page
    assert "office" in page
    term = ListedTerm.objects.get()
    stopped = office.post(at("unlist_term", term.pk), {"reason": "误列"})
    assert stopped.status_code == 302
    assert "误列" in text(office.get(at("list", "words") + "?q=特区&p=9"))
    assert 'name="q"' in text(office.get(at("list", "words") + "?q=没有这个词"))
    assert office.get(at("list", "nothing")).status_code == 404


@pytest.mark.django_db
def test_a_file_is_looked_at_before_it_is_listed(home):
    office = signed_in("office", home, Role.OGI_OFFICE)
    sheet = SheetOut("名单", (Column("网址"),), (("bad.example.com",), ("http://x.example.org/a",)))
    file = SimpleUploadedFile("名单.xlsx", write_tables([sheet]))
    usual = {"reason": "易主", "level": "BLOCKING", "from_on": "2026-03-01"}
    address = at("import_terms", "links")
    shown = office.post(address, usual | {"file": file})
    assert shown.status_code == 200
    assert shown.context["count"] == 2
    assert not ListedTerm.objects.exists()
    token = shown.context["token"]
    assert office.post(address, {"confirm": "1", "token": f"{token}x"}).status_code == 200
    assert office.post(address, {"confirm": "1", "token": token}).status_code == 302
    assert set(ListedTerm.objects.values_list("word", flat=True)) == {
        "bad.example.com", "x.example.org/a",
    }  # fmt: skip
    broken = SimpleUploadedFile("名单.txt", "好词语\n坏".encode())
    assert "第2行" in text(office.post(at("import_terms", "words"), usual | {"file": broken}))


@pytest.mark.django_db
def test_a_finding_of_a_check_leads_to_the_list(home):
    entry = make.draft(home, make.section(home), body="<p>布署村安排部署工作。</p>")
    office = signed_in("office", home, Role.OGI_OFFICE)
    assert "这不是错误" in text(office.get(at("entry_check", entry.pk)))
    address = at("list_term", "no-mistakes") + f"?entry={entry.pk}&word=布署村"
    assert 'value="布署村"' in text(office.get(address))
    done = office.post(address, {"word": "布署村", "reason": "村名"})
    assert done.url == at("entry_check", entry.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["lists", "list", "list_term", "import_terms", "unlist_term"])
def test_nobody_but_the_office_may(home, name):
    arguments = {"lists": [], "unlist_term": [listing(home).pk]}.get(name, ["words"])
    clerk = signed_in("clerk", home, Role.DEPARTMENT_CLERK)
    assert clerk.get(at(name, *arguments)).status_code in (302, 403)
    assert ListedTerm.objects.standing().count() == 1
