"""A folder of old pages: what is read of each, what is refused, and that nothing leaves it."""

import os
import time
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from gongkai.adapters.oldsite import (
    OldPage,
    Refused,
    Selectors,
    SiteUnreadable,
    read_folder,
)
from gongkai.adapters.oldsite.days import CHINA
from gongkai.adapters.oldsite.tests.sites import BODY, jiangxi, listing, plain, write
from gongkai.adapters.richtext import relink


def only(root: Path, selectors: Selectors | None = None) -> OldPage:
    """Return the one document of a folder."""
    (page,) = (each for each in read_folder(root, selectors=selectors) if isinstance(each, OldPage))
    return page


def page(tmp_path: Path, html: str | bytes, selectors: Selectors | None = None) -> OldPage:
    """Return the document on a page."""
    return only(write(tmp_path, {"a/b.html": html}), selectors)


def refused(root: Path) -> dict[str, str]:
    """Return what was refused in a folder, and why."""
    return {each.address: each.reason for each in read_folder(root) if isinstance(each, Refused)}


def test_a_page_of_the_provinces_system(tmp_path):
    write(tmp_path, {"zfwj/202003/x/t1.shtml": jiangxi(), "attach/名单.doc": b"list"})
    read = only(tmp_path)
    assert replace(read, key="", attachments=()) == OldPage(
        key="",
        old_address="/zfwj/202003/x/t1.shtml",
        old_urls=("http://www.jxjaxzf.gov.cn/jaxrmzf/zfwj/202003/t1.shtml",),
        title="靖安县人民政府办公室关于印发防汛方案的通知",
        body_html="<p>为了规范全县政府信息公开工作，现就有关事项通知如下。</p>\n<p>各单位要认真落实。</p>",
        text="为了规范全县政府信息公开工作，现就有关事项通知如下。\n各单位要认真落实。",
        index_number="014500815/2020-61836",
        document_number="靖府办字〔2020〕12号",
        issuer="靖安县人民政府办公室",
        formed_on=date(2020, 3, 1),
        published_at=datetime(2020, 3, 5, 9, 30, tzinfo=CHINA),
        source="县政府办",
        keywords=("防汛", "方案", "通知"),
        summary="防汛方案",
        subject="综合政务\\政务公开",
        genre="通知",
        validity="有效",
        column=("政务公开", "政策文件", "县政府文件"),
        others=(("公开方式", "主动公开"),),
    )
    (file,) = read.attachments
    assert (file.name, file.path, file.inline) == (
        "责任人名单.doc",
        tmp_path / "attach/名单.doc",
        False,
    )


def test_an_old_page_of_tables_in_gbk_without_any_tag(tmp_path):
    body = (
        "　　会议定于七月三日召开。<br>　　请准时参加，不得缺席。<br>"
        "　　　　　　　　　　　　　　县政府办公室<br>　　　　　　　　　　　　二○○八年七月一日"
    )
    read = page(tmp_path, plain(body).encode("gb18030"))
    assert read.title == "关于召开会议的通知"
    assert read.body_html == (
        "<p>会议定于七月三日召开。</p>\n<p>请准时参加，不得缺席。</p>\n"
        '<p class="right">县政府办公室</p>\n<p class="right">二○○八年七月一日</p>'
    )
    assert (read.source, read.column) == ("县府办", ("通知公告",))
    assert read.published_at == datetime(2008, 7, 1, tzinfo=CHINA)
    assert read.formed_on == date(2008, 7, 1)
    assert read.notes == ("成文日期“二○○八年七月一日”取自落款。",)


@pytest.mark.parametrize(
    "number",
    [
        "003129766/201901-00336",
        "A23710-0101-2006-0003",
        "6107280000/2024-001005",
        "12620600MB0523338C/2025-04735",
        "11341702486344515H/202110-00013",
        "xzfgzbmsqxrmzfbgs-GK-2023-1123",
        "114114240058778641-zcxzf-00004650",
    ],
)
def test_index_numbers_of_every_form(tmp_path, number):
    html = jiangxi().replace("014500815/2020-61836", number)
    assert page(tmp_path, html).index_number == number


BOXES = [
    "<ul><li><b>索引号：</b>X1</li><li><b>文 号：</b>靖府字〔2019〕3号</li>"
    "<li>发文日期：2019/1/2</li></ul>",
    "<dl><dt>索引号</dt><dd>X1</dd><dt>发文字号</dt><dd>靖府字〔2019〕3号</dd>"
    "<dt>成文日期</dt><dd>2019-01-02</dd></dl>",
    "<div>【索引号】：X1　　文号：靖府字〔2019〕3号　　生成日期：二〇一九年一月二日</div>",
    "<p><span>索引号:X1</span><span>文号:靖府字〔2019〕3号</span><span>印发日期:20190102</span></p>",
    "<table><tr><th>索 引 号</th><td>X1</td><th>文&nbsp;&nbsp;号</th>"
    "<td>靖府字〔2019〕3号</td></tr><tr><th>主题词</th><td></td><th>成文日期</th><td>2019年1月2日</td></tr></table>",
]


@pytest.mark.parametrize("box", BOXES)
def test_boxes_of_every_make(tmp_path, box):
    html = f"<title>关于某事的通知</title><body>{box}<div class=TRS_Editor>{BODY}</div>"
    read = page(tmp_path, html)
    assert (read.index_number, read.document_number) == ("X1", "靖府字〔2019〕3号")
    assert read.formed_on == date(2019, 1, 2)
    assert read.title == "关于某事的通知"
    assert read.keywords == ()


@pytest.mark.parametrize("box", BOXES)
def test_a_box_inside_the_article_is_read_and_taken_out(tmp_path, box):
    frame = "<p>【打印本页】【关闭窗口】</p><p>上一篇：<a href=x.html>某事</a></p>"
    html = f"<div class=content><h1>关于某事的通知</h1>{box}{BODY}{frame}</div>"
    read = page(tmp_path, html)
    assert read.index_number == "X1"
    assert "某事" not in read.text
    assert "打印" not in read.text
    if box.startswith(("<table", "<div", "<p")):
        assert read.text.startswith("为了规范")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("gb18030", "gb2312"),
        ("gbk", "GBK"),
        ("gb18030", ""),
        ("utf-8", "gb2312"),
        ("gb18030", "utf-8"),
        ("utf-8-sig", ""),
        ("utf-16", ""),
    ],
)
def test_encodings_declared_rightly_wrongly_or_not(tmp_path, encoding, declared):
    html = f'<meta charset="{declared}"><h1>璪都镇的通知</h1><div id=zoom>{BODY}</div>'
    read = page(tmp_path, html.encode(encoding))
    assert read.title == "璪都镇的通知"
    assert read.text.startswith("为了规范")


def test_a_few_broken_bytes_are_told_and_many_refused(tmp_path):
    data = jiangxi(body=BODY * 5).encode("gb18030")
    read = page(tmp_path, data + b"\x81")
    assert read.notes[0] == "有 1 个字符无法识别。"
    write(tmp_path, {"a/b.html": b"\xff\xfe\xfa" * 500 + b"\x81"})
    assert "编码" in refused(tmp_path)["/a/b.html"]


def test_attachments_by_every_kind_of_address(tmp_path):
    links = {
        "same.pdf": "same.pdf",
        "../up.xls": "up.xls",
        "/root.docx": "root.docx",
        "http://www.jxjaxzf.gov.cn/host.ofd": "host.ofd",
        "%E9%99%84%E4%BB%B6.doc": "a/附件.doc",
        "%B8%BD%B1%ED.doc": "a/附表.doc",
        "CASE.PDF?v=1#p": "a/case.pdf",
        "a b.zip": "a/a b.zip",
    }
    links["same.pdf"] = "a/same.pdf"
    body = BODY + "".join(f'<p><a href="{address}">件</a></p>' for address in links)
    body += '<img src="../pic/1.png" alt="图">'
    write(tmp_path, dict.fromkeys((*links.values(), "pic/1.png"), b"x"))
    read = page(tmp_path, jiangxi(body=body))
    found = {file.path for file in read.attachments if not file.inline}
    assert found == {tmp_path / below for below in links.values()}
    (picture,) = (file for file in read.attachments if file.inline)
    assert picture.address == "/pic/1.png"
    assert 'src="/pic/1.png"' in read.body_html
    for file in read.attachments:
        assert f'"{file.address.replace("&", "&amp;")}"' in read.body_html
    moved = relink(read.body_html, {file.address: "/files/9" for file in read.attachments})
    assert moved.count('"/files/9"') == len(links) + 1


def test_files_whose_names_on_the_disk_are_gbk(tmp_path):
    name = os.fsdecode("名单.doc".encode("gbk"))
    try:
        write(tmp_path, {f"a/{name}": b"x"})
    except OSError:
        pytest.skip("this file system takes no such name")
    read = page(tmp_path, jiangxi(body=BODY + '<a href="%C3%FB%B5%A5.doc">下载</a>'))
    assert [file.name for file in read.attachments] == ["名单.doc"]
    assert read.attachments[0].address == "/a/%C3%FB%B5%A5.doc"


def test_what_is_not_there_is_told(tmp_path):
    read = page(tmp_path, jiangxi(body=BODY + "<a href=no.doc>表</a><img src=no.png>"))
    assert "附件“no.doc”不在目录中，链接已去掉。" in read.notes
    assert "未保留图片：no.png。" in read.notes
    assert "no." not in read.body_html


@pytest.mark.parametrize(
    "address",
    [
        "../../secret.doc",
        "/../secret.doc",
        "..%2F..%2Fsecret.doc",
        "..\\..\\secret.doc",
        "file:///etc/secret.doc",
        "/link/secret.doc",
        "link.doc",
        "%00.doc",
        "//elsewhere.cn/a.doc",
    ],
)
def test_nothing_outside_the_folder_is_read(tmp_path, address):
    write(tmp_path, {"secret.doc": b"x", "out/secret.doc": b"x"})
    root = tmp_path / "site"
    write(root, {"a/b.html": jiangxi(body=f'{BODY}<a href="{address}">件</a>')})
    (root / "link").symlink_to(tmp_path / "out")
    (root / "a/link.doc").symlink_to(tmp_path / "secret.doc")
    read = list(read_folder(root))
    assert [each.attachments for each in read if isinstance(each, OldPage)] == [()]
    assert {each.address for each in read if isinstance(each, Refused)} == {
        "/link",
        "/a/link.doc",
    }


def test_what_is_no_article_is_refused(tmp_path):
    write(
        tmp_path,
        {
            "list.html": listing(),
            "empty.html": "",
            "bare.html": "<title>某页</title><body><p>短</p>",
            "away.html": '<meta http-equiv="refresh" content="0;url=/x">',
            "untitled.html": f"<div id=zoom>{BODY}</div>",
            "binary.html": b"\x00\x01" * 100,
            "deep.html": "<title>某事通知</title><div id=zoom>" + "<div>" * 400 + BODY,
            "loose.pdf": b"x",
        },
    )
    told = refused(tmp_path)
    assert told["/list.html"] == "这是栏目列表页或者首页，不是一篇文章。"
    assert "空的" in told["/empty.html"]
    assert "没有找到正文" in told["/bare.html"]
    assert "转向" in told["/away.html"]
    assert "没有找到标题" in told["/untitled.html"]
    assert "/binary.html" in told
    assert "嵌套" in told["/deep.html"]
    assert "没有网页链接" in told["/loose.pdf"]
    assert len(told) == 8


def test_a_large_page_is_refused_soon(tmp_path):
    write(tmp_path, {"a.html": b"<p>x" * 3_000_000, "b.html": "<p>字" * 200_000})
    start = time.process_time()
    assert len(refused(tmp_path)) == 2
    assert time.process_time() - start < 10


def test_a_site_s_own_selectors(tmp_path):
    html = (
        f"<div class='a b'><p>{'甲' * 50}</p></div><div id=mine><p>正文在此。</p>"
        "<i class=ad>广告</i></div><b class=t>某事</b><div class=where>甲 > 乙</div>"
        "<div class=box>索引号：Z9</div>"
    )
    chosen = Selectors(
        title=("b.t",),
        body=("#none", "div#mine"),
        box=("div.box",),
        breadcrumb=(".where",),
        left_out=("#mine .ad",),
    )
    read = page(tmp_path, html, chosen)
    assert (read.title, read.text, read.index_number) == ("某事", "正文在此。", "Z9")
    assert read.column == ("甲", "乙")
    with pytest.raises(SiteUnreadable, match="选择器"):
        read_folder(tmp_path, selectors=Selectors(body=("div[onclick='x']",)))


def test_numbers_are_guessed_from_title_and_text_and_told(tmp_path):
    html = jiangxi(body="<p>靖府办字[2020]5号</p>" + BODY).replace("靖府办字〔2020〕12号", "")
    read = page(tmp_path, html)
    assert read.document_number == "靖府办字〔2020〕5号"
    assert "文号“靖府办字〔2020〕5号”取自正文。" in read.notes
    html = jiangxi("关于某事的批复（靖府字〔2021〕7号）").replace("靖府办字〔2020〕12号", "")
    assert page(tmp_path, html).document_number == "靖府字〔2021〕7号"


def test_days_that_are_none_are_kept_and_told(tmp_path):
    read = page(tmp_path, jiangxi().replace("2020年03月01日", "2020年3月"))
    assert read.formed_on is None
    assert ("成文日期", "2020年3月") in read.others
    assert "成文日期“2020年3月”不是日期。" in read.notes


def test_keys_are_steady_and_follow_place_and_content(tmp_path):
    pages = {f"{n}.html": jiangxi() for n in range(3)}
    first = [each.key for each in read_folder(write(tmp_path, pages))]
    assert [each.key for each in read_folder(tmp_path)] == first
    assert len(set(first)) == 3
    write(tmp_path, {"1.html": jiangxi(body=BODY + "<p>改。</p>")})
    again = [each.key for each in read_folder(tmp_path)]
    assert [old == new for old, new in zip(first, again, strict=True)] == [True, False, True]


def test_a_mirror_under_its_host(tmp_path):
    body = BODY + '<a href="http://www.jxjaxzf.gov.cn/f/a.doc">甲</a><a href="/f/b.doc">乙</a>'
    write(
        tmp_path,
        {
            "www.jxjaxzf.gov.cn/z/t.html": jiangxi(body=body),
            "www.jxjaxzf.gov.cn/f/a.doc": b"x",
            "www.jxjaxzf.gov.cn/f/b.doc": b"x",
        },
    )
    assert len(only(tmp_path).attachments) == 2


def test_no_folder(tmp_path):
    with pytest.raises(SiteUnreadable, match="目录"):
        read_folder(tmp_path / "none")
