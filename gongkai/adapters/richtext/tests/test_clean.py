"""Pasted text: what stays, what goes, what becomes of headings, tables, signatures."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.adapters.richtext import Unreadable, clean, relink

PASTED = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{}</style></head>
<body><!--StartFragment-->
<p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:22pt;
font-family:方正小标宋简体'>靖安县人民政府办公室关于印发
方案的通知<o:p></o:p></span></b></p>
<p class=MsoNormal>各乡（镇）人民政府，县政府各部门：</p>
<p class=MsoNormal style='text-indent:32pt'>　　根据<a href="javascript:alert(1)">条例</a>和<a
 href="http://www.gov.cn/a?x=1&y=2">规定</a>，制定本方案。</p>
<p class=MsoNormal><span style='font-family:黑体'>一、总体要求</span></p>
<p><b>（一）指导思想。</b>坚持以人民为中心。</p>
<p><b>（二）目标</b></p><p>&nbsp;</p>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;
</span></span><![endif]>第一项</p>
<p>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;靖安县人民政府</p>
<p>2020年3月1日</p>
<script>alert(1)</script><xml>Normal 0</xml></body></html>"""


def test_what_is_pasted_from_word():
    made = clean(PASTED)
    assert made.html.split("\n") == [
        '<p class="title">靖安县人民政府办公室关于印发方案的通知</p>',
        '<p class="flush">各乡（镇）人民政府，县政府各部门：</p>',
        '<p>根据条例和<a href="http://www.gov.cn/a?x=1&amp;y=2">规定</a>，制定本方案。</p>',
        "<h2>一、总体要求</h2>",
        "<p><strong>（一）指导思想。</strong>坚持以人民为中心。</p>",
        "<h3>（二）目标</h3>",
        "<p>1. 第一项</p>",
        '<p class="right">靖安县人民政府</p>',
        '<p class="right">2020年3月1日</p>',
    ]
    assert made.dropped == ("链接：javascript:alert(1)",)
    assert "Normal" not in made.text
    assert made.text.startswith("靖安县人民政府办公室关于印发方案的通知\n各乡（镇）")


@pytest.mark.parametrize(
    ("pasted", "made"),
    [
        ("", ""),
        ("只有文字", "<p>只有文字</p>"),
        ("<p>&nbsp;</p><p> 　</p><p><br></p>", ""),
        ("<p>姓　　名 ：  张</p>", "<p>姓　名 ： 张</p>"),
        ("<p>县政\n府 A\nB</p>", "<p>县政府 A B</p>"),
        ("第一段<br><br>第二段", "<p>第一段</p>\n<p>第二段</p>"),
        ("<p>第一段。<br>　　第二段</p>", "<p>第一段。</p>\n<p>第二段</p>"),
        ("<p>地址：某路<br>电话：1</p>", "<p>地址：某路<br>电话：1</p>"),
        ("<div>甲<div>乙</div>丙</div>", "<p>甲</p>\n<p>乙</p>\n<p>丙</p>"),
        ("<p><b>甲</b><b>乙</b></p>", "<p><strong>甲乙</strong></p>"),
        ("<p>x<sup>2</sup>H<sub>2</sub>O</p>", "<p>x<sup>2</sup>H<sub>2</sub>O</p>"),
        ("<p>姓名<u>&nbsp;&nbsp;&nbsp;</u></p>", "<p>姓名___</p>"),
        ("<p><input type=checkbox checked>是<input type=radio>否</p>", "<p>☑是□否</p>"),
        ("<p>\uf06c一\u200b二\x07</p>", "<p>●一二</p>"),
        ("<p style='display:none'>密</p><span hidden>密</span>", ""),
        ("<blockquote><p>引</p></blockquote>", "<blockquote><p>引</p></blockquote>"),
        ("<dl><dt>甲</dt><dd>乙</dd></dl>", "<dl><dt>甲</dt><dd>乙</dd></dl>"),
        ("<p><a name=x>甲</a><a href='#y'>乙</a></p>", "<p>甲乙</p>"),
        ("<p><a href=' ../a b.doc '>附件</a></p>", '<p><a href="../a%20b.doc">附件</a></p>'),
        ("<p id=a onclick=b style=c class='MsoNormal right'>字</p>", '<p class="right">字</p>'),
        ("<p align=right>" + "长" * 100 + "</p>", "<p>" + "长" * 100 + "</p>"),
        ("<ul><li>一</li><ul><li>二</li></ul></ul>", "<ul><li>一<ul><li>二</li></ul></li></ul>"),
        ("<ol start=3><li><p>三</p></li><li></li></ol>", '<ol start="3"><li>三</li></ol>'),
        ("<pre>一\n二</pre>", "<p>一<br>二</p>"),
    ],
)
def test_what_becomes_of(pasted, made):
    assert clean(pasted).html == made


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " jAvA\nscript:alert(1)",
        "&#106;avascript:alert(1)",
        "java%73cript:alert(1)",
        "\x01javascript:x",
        "data:text/html,<script>",
        "file:///C:/a.doc",
        "vbscript:x",
    ],
)
def test_links_that_do_not_stay(address):
    made = clean(f'<p><a href="{address}">字</a></p>')
    assert made.html == "<p>字</p>"
    assert len(made.dropped) == 1


def test_pictures_only_from_our_own_addresses():
    ours = {"image1.png": "/files/7/image1.png"}
    made = clean(
        '<p><img src="file:///C:/Temp/image1.png" alt="水系图" width=300px height=20%></p>'
        "<p>图1 全县水系</p><img src='https://elsewhere.cn/image1.png'>"
        "<img src='data:image/png;base64,AAAA'><img src=other.png alt=other.png onerror=x>",
        ours,
    )
    assert made.html == (
        '<figure><img src="/files/7/image1.png" alt="水系图" width="300">'
        "<figcaption>图1 全县水系</figcaption></figure>"
    )
    assert made.dropped == (
        "图片：https://elsewhere.cn/image1.png",
        "图片：粘贴的图片",
        "图片：other.png",
    )
    assert clean(made.html, ours).html == made.html


def test_headings_skip_no_level():
    made = clean("<h1>甲</h1><h4>乙</h4><h6>丙</h6><h4>丁</h4><h1>戊</h1><h2></h2>")
    assert made.html.split("\n") == [
        "<h2>甲</h2>",
        "<h3>乙</h3>",
        "<h4>丙</h4>",
        "<h3>丁</h3>",
        "<h2>戊</h2>",
    ]
    made = clean(
        "<p><b>（一）先说</b></p><p><b>1.再说</b></p><p><b>二、后说</b></p><p>三、不粗</p>"
    )
    assert made.html.split("\n") == [
        "<h2>（一）先说</h2>",
        "<h3>1.再说</h3>",
        "<h2>二、后说</h2>",
        "<p>三、不粗</p>",
    ]


def test_a_chapter_in_the_middle_is_a_heading_and_a_bold_sentence_is_none():
    made = clean(
        "<p align=center>第一章 总则</p><p><b>一、各单位要加强领导，落实责任，抓好工作。</b></p>"
    )
    assert made.html == (
        '<h2 class="center">第一章 总则</h2>\n'
        "<p><strong>一、各单位要加强领导，落实责任，抓好工作。</strong></p>"
    )


def test_a_table_with_a_head_of_two_rows_and_a_title():
    made = clean(
        "<table border=1><colgroup><col></colgroup><tr><td colspan=3><p align=center>收费目录</p>"
        "</td></tr><tr><td rowspan=2><b>项目</b></td><td colspan=2><b>金额</b></td></tr>"
        "<tr><td><b>2019</b></td><td><b>2020</b></td></tr>"
        "<tr><td>甲<p>乙</p></td><td>1</td><td></td></tr></table>"
    )
    assert made.html.split("\n") == [
        "<table><caption>收费目录</caption>",
        "<thead>",
        '<tr><th scope="col" rowspan="2">项目</th><th scope="colgroup" colspan="2">金额</th></tr>',
        '<tr><th scope="col">2019</th><th scope="col">2020</th></tr>',
        "</thead>",
        "<tbody>",
        "<tr><td>甲<br>乙</td><td>1</td><td></td></tr>",
        "</tbody>",
        "</table>",
    ]
    assert made.text == "收费目录\n项目\t金额\n2019\t2020\n甲 乙\t1\t"


def test_a_table_without_evident_head_has_none():
    made = clean("<table><tr><td>张三</td><td>1</td></tr><tr><td>李四</td><td>2</td></tr></table>")
    assert "thead" not in made.html
    assert "<th" not in made.html
    grouped = clean(
        "<table><tr><td rowspan=2>甲镇</td><td>一村</td></tr><tr><td>二村</td></tr></table>"
    )
    assert "thead" not in grouped.html


def test_rows_named_at_their_left():
    made = clean("<table><tr><th>户数</th><td>1</td></tr><tr><th>人数</th><td>2</td></tr></table>")
    assert made.html.count('<th scope="row">') == 2


def test_spans_beyond_all_measure_are_cut():
    made = clean("<table><tr><td rowspan=9999999 colspan=-3>a</td><td>b</td></tr></table>")
    assert made.html == "<table>\n<tbody>\n<tr><td>a</td><td>b</td></tr>\n</tbody>\n</table>"


def test_tables_that_only_arrange_the_page_are_undone():
    made = clean(
        "<table><tr><td><h3>标题</h3><table><tr><td>甲</td><td>乙</td></tr></table></td>"
        "<td>右栏</td></tr></table><table><tr><td>独格</td></tr></table>"
    )
    assert made.html == (
        "<h2>标题</h2>\n<table>\n<tbody>\n<tr><td>甲</td><td>乙</td></tr>\n</tbody>\n</table>\n"
        "<p>右栏</p>\n<p>独格</p>"
    )


def test_what_was_struck_or_deleted_is_told():
    made = clean("<p><s>旧</s>新<del>删</del><ins>增</ins></p><iframe src=x>内</iframe>")
    assert made.html == "<p>旧新增</p>"
    assert made.dropped == (
        "删除线（文字已保留）：旧",
        "修订中删除的文字：删",
        "内嵌内容（iframe）",
    )


def test_addresses_are_exchanged_in_clean_text():
    made = clean('<p><a href="/a.doc?x=1&y=2">甲</a><a href="/b">href="/b"</a></p>').html
    assert relink(made, {"/a.doc?x=1&y=2": '/new"1', "/c": "/d"}) == (
        '<p><a href="/new&quot;1">甲</a><a href="/b">href="/b"</a></p>'
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 100_000,
        "<b>" * 3_000 + "x",
        "<table><tr><td>" * 500,
        "<ul><li>" * 1_000,
        "<p>a" * 200_000,
        "x" * 4_000_000,
        "<div " + " ".join(f"a{n}=1" for n in range(50_000)) + ">x",
        "<table><tr>" + "<td>1" * 70_000,
    ],
    ids=["deep", "deep marks", "deep tables", "deep lists", "many", "long", "crowded", "cells"],
)
def test_what_is_no_article_is_refused_soon(hostile):
    start = time.process_time()
    with pytest.raises(Unreadable, match="请"):
        clean(hostile)
    assert time.process_time() - start < 10


def test_ten_megabytes_of_pasted_pictures_are_no_trouble():
    start = time.process_time()
    made = clean("<p>字</p><img src='data:image/png;base64," + "A" * 10_000_000 + "'>")
    assert made.html == "<p>字</p>"
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "odd", ["<", "a<b", "<!--", "<a href='", "&#0;&#xD800;", "<p", "]]>", "<?x"]
)
def test_broken_markup_is_read_somehow(odd):
    assert clean(clean(odd).html).html == clean(odd).html


_WORDS = [
    "一、总体要求",
    "（一）目标",
    "正文。",
    "1.事项",
    "序号",
    "12",
    "　　缩进",
    "\n",
    "a b",
    " ",
]
_LINES = ["靖安县财政局", "2020年3月1日", "各乡镇：", "图1 地图", "第一章 总则", "政府\n信息"]
_ODD = ["&nbsp;&nbsp;", "&lt;b&gt;", "&amp;amp;", "\uf06c", "&#0;&#xD800;&#x1F;"]
_VOID = ["<br>", "<hr>", "<img src=a.png alt='图'>", "<img src=b.png>", "<input type=checkbox>"]
_PLAIN = ["p", "div", "span", "b", "i", "u", "sub", "sup", "h1", "h2", "h4", "h6", "ul", "ol", "li"]
_TABLES = ["table", "tr", "td", "th", "thead", "tbody", "caption", "blockquote", "dl", "dt", "dd"]
_OTHER = ["figure", "figcaption", "a", "font", "center", "pre", "o:p", "s", "del", "form"]
_PLACED = ["", " style='text-align:center'", " align=right", " class=title", " start=3", " hidden"]
_SET = [" style='font-weight:bold;font-family:黑体'", " style='font-family:方正小标宋'"]
_MORE = [" href='a.html'", " href='javascript:x'", " href='https://a/?b=1&c=2'", " rowspan=2"]
_LEAVES = st.sampled_from([*_WORDS, *_LINES, *_ODD, *_VOID])
_TAGS = st.sampled_from([*_PLAIN, *_TABLES, *_OTHER])
_ATTRIBUTES = st.sampled_from([*_PLACED, *_SET, *_MORE, " colspan=3"])


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, more, held: f"<{tag}{more}>{''.join(held)}</{tag}>",
        _TAGS,
        _ATTRIBUTES,
        st.lists(inner, max_size=5),
    )


_PAGES = st.lists(st.recursive(_LEAVES, _element, max_leaves=20), max_size=5).map("".join)


@settings(max_examples=150, deadline=None)
@given(_PAGES | st.text(alphabet="<>/=\"' &;!-[]abpdtr\x00\u3000\n#x:", max_size=60))
def test_what_is_clean_stays_as_it_is(page):
    ours = {"a.png": "/f/1.png"}
    once = clean(page, ours)
    again = clean(once.html, ours)
    assert (again.html, again.text) == (once.html, once.text)
