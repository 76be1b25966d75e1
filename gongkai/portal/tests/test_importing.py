"""Taking over an old site: sorted, linked, redirected, told; broken off and gone on with."""

import csv
import json
from contextlib import nullcontext, suppress
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gongkai.adapters.oldsite.tests.sites import jiangxi, listing, write
from gongkai.disclosure import queries
from gongkai.disclosure.models import Entry, Placement, SectionCount, Version
from gongkai.disclosure.tests import factories as make
from gongkai.orgs.models import Organ, OrganKind
from gongkai.policy.models import PolicyDocument
from gongkai.policy.queries import documents, rows
from gongkai.portal.importing import run as running
from gongkai.portal.importing.mapping import Organs
from gongkai.portal.importing.telling import Line, write_report
from gongkai.portal.models import OldAddress
from gongkai.portal.tests.factories import open_county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path) -> None:
    settings.GONGKAI_FILE_DIR = tmp_path / "stored"


@pytest.fixture
def home() -> Organ:
    """A county with its office, open since long ago, and the usual sections."""
    county = open_county().county
    Organ.objects.update(valid_from=date(1990, 1, 1))
    Organ.objects.create(
        code="zfb", kind=OrganKind.OFFICE, name="靖安县人民政府办公室", short_name="县府办",
        county=county, region_code="360925", valid_from=date(1990, 1, 1),
    )  # fmt: skip
    return county


def notice(number: int, body: str = "") -> str:
    """Return a notice of the old site."""
    body = body or f"<p>关于第{number}号事项，现通知如下。</p>"
    return f"""<html><head><title>关于第{number}号事项的通知_靖安县人民政府网</title>
<meta name="ColumnName" content="通知公告">
<meta name="ArticleTitle" content="关于第{number}号事项的通知">
<meta name="PubDate" content="2019-0{1 + number % 9}-05 09:30">
<meta name="ContentSource" content="靖安县人民政府办公室"></head>
<body><div class="dqwz">当前位置：首页 &gt; 通知公告 &gt; 正文</div>
<h1>关于第{number}号事项的通知</h1><p>发布机构：靖安县人民政府办公室</p>
<div id="zoom">{body}</div></body></html>"""


def site(tmp_path: Path) -> Path:
    return write(
        tmp_path / "site",
        {
            "zfwj/t1.shtml": jiangxi(
                body='<p>见<a href="../tzgg/t2.html">通知</a>和'
                '<a href="../attach/名单.txt">名单</a>。各单位要认真落实防汛责任，加强值守。</p>'
            ),
            "attach/名单.txt": "责任人名单".encode(),
            "tzgg/t2.html": notice(
                2, '<p>见<a href="t3.html">下一件</a>，<a href="t9.html">九</a>。</p>'
            ),
            "tzgg/t3.html": notice(3, '<p>见<a href="/zfwj/t1.shtml">文件</a>。</p>'),
            "tzgg/index.html": listing(),
        },
    )


def importing(source: Path, *more: str, code: int = 0) -> dict[str, int]:
    """Run the command; return its figures."""
    out = StringIO()
    with suppress(SystemExit) if code else nullcontext():
        call_command(
            "importsite", str(source), "--county", "jingan", "--format", "json", *more,
            stdout=out, stderr=StringIO(),
        )  # fmt: skip
    return json.loads(out.getvalue())


def test_a_site_comes_in_with_its_links_files_and_addresses(client, home, tmp_path):
    report = tmp_path / "清单.csv"
    figures = importing(site(tmp_path), "--report", str(report), code=1)
    assert (figures["imported"], figures["refused"], figures["attachments"]) == (3, 1, 1)
    assert (figures["documents"], figures["relinked"]) == (1, 3)
    document = Entry.objects.get(document_number="靖府办字〔2020〕12号")
    second, third = Entry.objects.exclude(pk=document.pk).order_by("title")
    assert (document.section.path, second.section.path) == (
        "zwgk/fdzdgknr/zcwj/xzfwj",
        "zwdt/tzgg",
    )
    assert document.index_number == "014500815/2020-61836"
    page = queries.page_at(home.pk, document.address)
    assert f'href="{second.address}"' in page.body
    assert page.address_of(page.files[0]) in page.body
    assert f'href="{third.address}"' in queries.page_at(home.pk, second.address).body
    assert client.get("/zfwj/t1.shtml")["Location"] == document.address
    assert client.get("/jaxrmzf/zfwj/202003/t1.shtml")["Location"] == document.address
    assert client.get("/attach/名单.txt")["Location"] == page.address_of(page.files[0])
    rows = list(csv.reader(StringIO(report.read_text("utf-8-sig"))))
    assert ["未导入", "/tzgg/index.html"] in [row[:2] for row in rows]
    registered = PolicyDocument.objects.get()
    assert (registered.entry_id, registered.published_on) == (document.pk, date(2020, 3, 5))
    assert documents([document.organ_id]).count() == 1


def _picture() -> dict[str, object]:
    """Return all that an import leaves, without keys."""
    entries = Entry.objects.order_by("imported_from")
    ids = dict(entries.values_list("pk", "imported_from"))

    def named(text: str) -> str:
        for entry in entries:
            text = text.replace(entry.address, f"<{entry.imported_from}>")
        return text

    return {
        "entries": list(entries.values_list("imported_from", "title", "state", "live")),
        "bodies": [named(entry.published.body) for entry in entries],
        "versions": Version.objects.count(),
        "places": sorted(
            (ids[entry_id], path, serial)
            for entry_id, path, serial in Placement.objects.values_list(
                "entry_id", "section__path", "serial"
            )
        ),
        "counts": sorted(
            SectionCount.objects.filter(organ=None).values_list(
                "section__path", "year", "before", "last", "live"
            )
        ),
        "addresses": sorted(
            (address, ids[entry_id])
            for address, entry_id in OldAddress.objects.values_list("address", "entry_id")
        ),
    }


def _many(tmp_path: Path) -> Path:
    pages = {
        f"tzgg/t{n}.html": notice(
            n, f'<p>第{n}号，见<a href="t{(n + 5) % 9}.html">另一件</a>。</p>'
        )
        for n in range(9)
    }
    return write(tmp_path / "many", pages)


def test_what_was_broken_off_goes_on_and_ends_the_same(home, tmp_path, monkeypatch):
    source = _many(tmp_path)
    monkeypatch.setattr(running, "PORTION", 2)
    kept, calls = running.keep_old_addresses, []

    def breaks(*args, **told):
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("killed")
        return kept(*args, **told)

    monkeypatch.setattr(running, "keep_old_addresses", breaks)
    with pytest.raises(RuntimeError):
        importing(source)
    assert Entry.objects.count() == OldAddress.objects.count() == 4
    monkeypatch.setattr(running, "keep_old_addresses", kept)
    figures = importing(source)
    assert (figures["imported"], figures["known"]) == (5, 4)
    broken = _picture()
    assert broken["versions"] == 18
    again = importing(source)
    assert (again["imported"], again["known"], again["relinked"]) == (0, 9, 0)
    assert _picture() == broken


def test_a_whole_import_gives_what_a_broken_one_gave(home, tmp_path, monkeypatch):
    importing(_many(tmp_path))
    picture = _picture()
    assert picture["versions"] == 18
    assert [serial for *_, serial in picture["places"]].count(9) == 2  # in tzgg and above it
    assert all("<" in body and "/tzgg/t" not in body.split("<a")[1][:40] for body in
               (body.replace("</", "") for body in picture["bodies"]))  # fmt: skip


def test_trying_out_writes_nothing(home, tmp_path):
    figures = importing(site(tmp_path), "--dry-run", code=1)
    assert figures["imported"] == 3
    assert not Entry.objects.exists()
    assert not OldAddress.objects.exists()
    assert not PolicyDocument.objects.exists()


SHEET = """标题,索引号,发布机构,成文日期,发布日期,正文,栏目,链接,附件
关于停水的通知,,靖安县自来水厂,2018-01-02,2018-01-03,第一行,便民信息,http://old/a.jsp?id=1,
关于停电的通知,,靖安县财政局,2018-01-02,,内容,,/b.html,名单.txt;没有.txt
关于修路的通知,,靖安县财政局,,,内容,,,
"""


def test_a_sheet_with_mappings(client, home, tmp_path):
    sheet = tmp_path / "信息表.csv"
    sheet.write_text(SHEET, "utf-8")
    (tmp_path / "名单.txt").write_text("名单")
    sections = tmp_path / "栏目.csv"
    sections.write_text("原栏目,现栏目\n便民信息,zwdt/tzgg\n", "gb18030")
    organs = tmp_path / "机构.csv"
    organs.write_text("靖安县自来水厂,zfb\n", "utf-8")
    told = ("--sections", str(sections), "--organs", str(organs))
    report = tmp_path / "清单.xlsx"
    figures = importing(sheet, *told, "--report", str(report), code=1)
    assert (figures["imported"], figures["refused"], figures["unsorted"]) == (2, 1, 1)
    water, power = Entry.objects.order_by("pk")
    assert (water.organ.code, water.section.path) == ("zfb", "zwdt/tzgg")
    assert (power.organ.name, power.section.title) == ("靖安县财政局", "导入待归类")
    assert client.get("/a.jsp?id=1")["Location"] == water.address
    assert queries.page_at(home.pk, power.address).files[0].name == "名单.txt"
    assert report.read_bytes()[:2] == b"PK"


def test_one_text_in_two_columns_is_one_entry_with_two_addresses(client, home, tmp_path):
    source = write(tmp_path / "two", {"a/t1.shtml": jiangxi(), "b/t1.shtml": jiangxi()})
    figures = importing(source)
    assert (figures["imported"], figures["refused"]) == (1, 0)
    assert client.get("/b/t1.shtml")["Location"] == Entry.objects.get().address


def test_what_is_repealed_with_its_day_is_stamped(home, tmp_path):
    page = jiangxi().replace("<td>有效</td>", "<td>废止</td>")
    page = page.replace("<td>废止日期：</td><td></td>", "<td>废止日期：</td><td>2022-05-01</td>")
    importing(write(tmp_path / "gone", {"t1.shtml": page}))
    (row,) = rows(documents([Entry.objects.get().organ_id]), make.NOON.date())
    assert row.validity.label == "废止"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (("--county", "nowhere"), "县政府"),
        (("--county", "jingan", "--organ", "nobody"), "机构代码"),
        (("--county", "jingan", "--sections", "/nowhere.csv"), "打不开栏目对照表"),
        (("--county", "jingan"), "目录"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_line(home, tmp_path, told, says):
    source = tmp_path if says != "目录" else tmp_path / "none"
    with pytest.raises(CommandError) as why:
        call_command("importsite", str(source), *told, stderr=StringIO())
    assert says in str(why.value) or "打不开" in str(why.value)


def test_an_organ_is_found_by_the_name_it_bore(home):
    organ = Organ.objects.get(name="靖安县财政局")
    organ.names.create(
        full_name="靖安县财政税务局", short_name="县财税局",
        valid_from=date(1995, 1, 1), valid_to=date(2001, 1, 1),
    )  # fmt: skip
    organs = Organs(home, {}, "")
    for words in ("县财税局", "靖安县财政税务局", "财政税务局", "靖安县财政局、靖安县税务局"):
        found, joint = organs.find(words, date(1999, 1, 1))
        assert found == organ
    assert joint == ("靖安县税务局",)
    assert organs.find("某局", date(1999, 1, 1)) == (None, ())


def test_a_report_never_holds_a_formula(tmp_path):
    write_report(tmp_path / "a.csv", [Line("提示", "/a", "=1+1", "无")])
    assert "'=1+1" in (tmp_path / "a.csv").read_text("utf-8-sig")
