"""Word and WPS files: what becomes of them, what is told, what is refused."""

import shutil
import time
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gongkai.adapters.readers.office import convert
from gongkai.adapters.richtext import NoteKind, Word, WordUnreadable, clean, from_word
from gongkai.adapters.richtext.tests.specimens import (
    ALIGN,
    line,
    notice,
    numbered,
    numbering,
    picture,
    placed,
    rewritten,
    saved,
    with_markup,
)
from gongkai.adapters.richtext.word_numbering import formatted

NOTICE = """\
<p class="center">靖安县人民政府办公室文件</p>
<p class="center">靖府办字〔2020〕12号</p>
<p class="title">靖安县人民政府办公室关于印发</p>
<p class="title">防汛工作方案的通知</p>
<p class="flush">各乡（镇）人民政府，县政府各部门：</p>
<p>现将《防汛工作方案》印发给你们，请认真贯彻执行。</p>
<h2>一、总体要求</h2>
<p><strong>（一）加强领导。</strong>各乡镇要落实责任。</p>
<h3>（二）工作目标</h3>
<p>1. 水库不垮坝。</p>
<p>2. 人员不伤亡。</p>
<h2>二、任务分工</h2>
<table>
<thead>
<tr><th scope="colgroup" colspan="2">任务</th><th scope="col" rowspan="2">责任单位</th>\
<th scope="col" rowspan="2">时限</th></tr>
<tr><th scope="col">类别</th><th scope="col">内容</th></tr>
</thead>
<tbody>
<tr><td rowspan="2">巡查</td><td>水库</td><td>水利局</td><td>汛期</td></tr>
<tr><td>河堤</td><td>乡镇</td><td>汛期</td></tr>
</tbody>
</table>
<p>附件：1.责任人名单</p>
<p>2.物资清单</p>
<p class="right">靖安县人民政府办公室</p>
<p class="right">2020年3月1日</p>
<p>（此件主动公开）</p>"""


def kinds(word: Word) -> set[NoteKind]:
    """Return the kinds of a document's notes."""
    return {note.kind for note in word.notes}


def test_an_offices_notice():
    word = from_word(saved(notice()))
    assert word.html == NOTICE
    assert word.notes == ()
    assert not word.blocks
    assert clean(word.html).html == word.html


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["doc", "wps"])
def test_a_doc_or_wps_file_comes_out_the_same(kind):
    old = convert(saved(notice()), ".docx", "doc")
    word = from_word(old, kind)
    assert word.text == from_word(saved(notice())).text
    assert '<th scope="colgroup" colspan="2">任务</th>' in word.html
    assert "<h2>一、总体要求</h2>" in word.html


def test_word_s_own_styles_and_nested_numbers():
    document = docx.Document()
    numbering(document)
    document.add_paragraph("年度报告", "Title")
    document.add_heading("总体情况", 1)
    document.add_heading("细目", 3)
    for level in (0, 1, 2, 3, 3, 2, 1, 0):
        numbered(document.add_paragraph("项"), level)
    document.add_paragraph("其一", "List Bullet")
    document.add_paragraph("其二", "List Bullet")
    document.add_paragraph("其三", "List Number")
    assert from_word(saved(document)).html.split("\n") == [
        '<p class="title">年度报告</p>',
        "<h2>总体情况</h2>",
        "<h3>细目</h3>",
        *(f"<p>{label}项</p>" for label in ("一、", "（一）", "1. ", "1.1 ", "1.2 ", "2. ")),
        "<p>（二）项</p>",
        "<p>二、项</p>",
        "<ul><li>其一</li><li>其二</li></ul>",
        "<p>1. 其三</p>",
    ]


@pytest.mark.parametrize(
    ("count", "form", "said"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "japaneseCounting", "一百零五"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (20, "ideographDigital", "二〇"),
        (2, "decimalEnclosedCircleChinese", "②"),
        (14, "lowerRoman", "xiv"),
        (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"),
        (7, "decimalFullWidth", "７"),
        (0, "chineseCounting", "0"),
        (7, "hindiVowels", "7"),
    ],
)
def test_number_formats(count, form, said):
    assert formatted(count, form) == said


def test_pictures_come_apart_with_their_alternative_texts():
    document = docx.Document()
    for form in ("PNG", "BMP"):
        document.add_picture(BytesIO(picture(form)))
    document.add_picture(BytesIO(picture(color="blue")))
    told = document.element.body.iter("{*}docPr")
    next(told).set("descr", "水系图")
    word = from_word(saved(document))
    assert [(each.name, each.kind, each.alt) for each in word.images] == [
        ("picture-1.png", "png", "水系图"),
        ("picture-2.png", "png", ""),
        ("picture-3.png", "png", ""),
    ]
    assert all(each.data.startswith(b"\x89PNG") for each in word.images)
    assert '<figure><img src="picture-1.png" alt="水系图"></figure>' in word.html
    assert kinds(word) == {NoteKind.NO_ALTERNATIVE}
    ours = clean(word.html, {"picture-1.png": "/files/1"})
    assert ours.html == '<figure><img src="/files/1" alt="水系图"></figure>'
    assert len(ours.dropped) == 2


def test_a_picture_no_browser_shows_is_told():
    document = docx.Document()
    document.add_picture(BytesIO(picture()))
    emf = bytes(40) + b" EMF" + bytes(40)
    data = rewritten(saved(document), lambda name, old: emf if "media" in name else old)
    word = from_word(data)
    assert word.images == ()
    assert kinds(word) == {NoteKind.PICTURE}


@pytest.mark.parametrize(
    ("markup", "kind", "text"),
    [
        (
            '<w:p><w:r><w:t>甲</w:t></w:r><w:ins w:id="1"><w:r><w:t>乙</w:t></w:r></w:ins>'
            '<w:del w:id="2"><w:r><w:delText>丙</w:delText></w:r></w:del></w:p>',
            NoteKind.REVISIONS,
            "甲乙",
        ),
        (
            '<w:p><w:r><w:rPr><w:rPrChange w:id="1"/></w:rPr><w:t>甲</w:t></w:r></w:p>',
            NoteKind.REVISIONS,
            "甲",
        ),
        (
            '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>甲</w:t></w:r>'
            '<w:r><w:commentReference w:id="0"/></w:r></w:p>',
            NoteKind.COMMENTS,
            "甲",
        ),
        (
            "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r></w:p>",
            NoteKind.HIDDEN,
            "甲",
        ),
        (
            "<w:p><m:oMathPara><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></m:oMathPara></w:p>",
            NoteKind.FORMULA,
            "a=b",
        ),
        (
            "<w:p><w:r><w:t>甲</w:t><w:drawing><wp:inline><a:graphic><a:graphicData>"
            "<c:chart/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
            NoteKind.CHART,
            "甲",
        ),
        (
            '<w:p><w:r><w:t>甲</w:t><w:object><o:OLEObject ProgID="Excel.Sheet.12"/>'
            "</w:object></w:r></w:p>",
            NoteKind.OBJECT,
            "甲",
        ),
        (
            '<w:p><w:r><w:t>甲</w:t><w:sym w:font="Odd" w:char="F0FF"/></w:r></w:p>',
            NoteKind.SYMBOL,
            "甲",
        ),
    ],
    ids=lambda each: each.name if isinstance(each, NoteKind) else None,
)
def test_what_the_editor_is_told(markup, kind, text):
    word = from_word(with_markup(markup))
    assert kinds(word) == {kind}
    assert word.text == text
    assert word.blocks == (kind in (NoteKind.REVISIONS, NoteKind.COMMENTS))


def test_comments_and_a_table_of_contents():
    document = docx.Document()
    run = document.add_paragraph("正文").runs[0]
    document.add_comment(run, "请核", author="某", initials="某")
    style = parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/>'
        "</w:style>"
    )
    document.styles.element.append(style)
    document.add_paragraph("一、总体要求\t1", "toc 1")
    word = from_word(saved(document))
    assert word.html == "<p>正文</p>"
    assert kinds(word) == {NoteKind.COMMENTS, NoteKind.CONTENTS}


BOX = "<w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent>"


@pytest.mark.parametrize(
    "shape",
    [
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic>"
        f"<a:graphicData><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        f"</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{BOX}"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>",
        f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>",
    ],
)
def test_text_boxes_are_read_once_after_their_paragraph(shape):
    word = from_word(with_markup(f"<w:p><w:r><w:t>前</w:t>{shape}<w:t>后</w:t></w:r></w:p><w:p/>"))
    assert word.html == "<p>前后</p>\n<p>框中</p>"


def test_links_footnotes_boxes_to_tick_and_blanks_to_fill():
    fields = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK '
        '"https://www.gov.cn/" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>国网</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:sdt><w:sdtPr/><w:sdtContent>'
        "<w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
        '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">    </w:t></w:r></w:p>'
    )
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
        "<w:r><w:t>注文</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    fields += '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'

    def change(name: str, old: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
            more = f'<Relationship Id="n" Type="{kind}" Target="styles2.xml"/></Relationships>'
            return old.replace(b"</Relationships>", more.encode())
        return old

    data = rewritten(with_markup(fields), change)
    file = BytesIO(data)
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("word/styles2.xml", notes)
    assert from_word(file.getvalue()).html.split("\n") == [
        '<p><a href="https://www.gov.cn/">国网</a>☑☐____</p>',
        "<p>正文<sup>[1]</sup></p>",
        "<ol><li>注文</li></ol>",
    ]


def test_a_page_under_the_name_of_a_document():
    page = '<html><meta charset="gb2312"><body><p>政府信息</p></body></html>'
    assert from_word(page.encode("gb18030"), "doc").html == "<p>政府信息</p>"


def test_a_document_in_the_strict_form():
    def strict(name: str, old: bytes) -> bytes:
        return old.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    assert from_word(rewritten(saved(notice()), strict)).html == NOTICE


def test_large_centred_lines_are_titles_and_later_ones_headings():
    document = docx.Document()
    line(document, "内部资料")
    placed(line(document, "关于某事的公告", "宋体", 22), ALIGN.CENTER)
    for _ in range(12):
        line(document, "正文。")
    placed(line(document, "责任人名单", "宋体", 22), ALIGN.CENTER)
    html = from_word(saved(document)).html
    assert '<p class="title">关于某事的公告</p>' in html
    assert '<h2 class="center">责任人名单</h2>' in html


BOMB = b"<w:document " + nsdecls("w").encode() + b">" + b" " * 300_000_000 + b"</w:document>"


def in_place_of_the_text(xml: bytes) -> bytes:
    """Return a docx whose main part is this."""
    return rewritten(
        saved(docx.Document()), lambda name, old: xml if name == "word/document.xml" else old
    )


def deep(depth: int) -> bytes:
    """Return tables in tables."""
    inner = "<w:p/>"
    for _ in range(depth):
        inner = f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    return f"<w:document {nsdecls('w')}><w:body>{inner}</w:body></w:document>".encode()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "空的"),
        (b"\x00" * 100, "空的"),
        (b"%PDF-1.4", "原件"),
        (b"GIF89a", "不是 docx 格式"),
        (b"MIME-Version: 1.0", "mht"),
        (b"PK\x03\x04 broken", "损坏"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "加密"),
        (in_place_of_the_text(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), "外部实体"),
        (in_place_of_the_text("<!DOCTYPE x [<!ENTITY a 'b'>]><x/>".encode("utf-16")), "外部实体"),
        (in_place_of_the_text(b"<w:document"), "损坏"),
        (in_place_of_the_text(deep(80)), "损坏|嵌套"),
        (in_place_of_the_text(deep(50)), "嵌套"),
        (in_place_of_the_text(b"<x>" + b"<y/>" * 300_000 + b"</x>"), "过大"),
        (in_place_of_the_text(BOMB), "过大"),
        (rewritten(saved(docx.Document()), lambda name, old: None), "没有正文"),
    ],
    ids=lambda each: each if isinstance(each, str) else None,
)
def test_what_cannot_be_taken_is_refused_soon(data, told):
    start = time.process_time()
    with pytest.raises(WordUnreadable, match=told):
        from_word(data)
    assert time.process_time() - start < 10


@pytest.mark.parametrize("cut", [100, 1_000, 10_000, 20_000])
def test_a_file_cut_off(cut):
    with pytest.raises(WordUnreadable):
        from_word(saved(notice())[:cut])


def test_markup_against_the_format_does_not_break_out():
    odd = [
        '<w:p><w:r><w:footnoteReference w:id="99"/><w:t>甲</w:t></w:r></w:p>',
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="x"/><w:numId w:val="-7"/></w:numPr></w:pPr></w:p>',
        '<w:p><w:hyperlink r:id="nowhere"><w:r><w:t>乙</w:t></w:r></w:hyperlink></w:p>',
        '<w:p><w:r><w:sym w:char="zz"/></w:r></w:p>',
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>',
        '<w:p><w:r><w:drawing><a:blip r:embed="rId999"/></w:drawing></w:r></w:p>',
        '<w:p><w:r><w:drawing><a:blip r:link="rId1"/></w:drawing></w:r></w:p>',
    ]
    for markup in odd:
        try:
            from_word(with_markup(markup))
        except WordUnreadable as error:
            assert "另存为" in str(error)  # noqa: PT017 - either is right, nothing else is
