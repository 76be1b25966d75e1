"""The page of GB/T 9704: 22 lines of 28 characters, fonts that show 璪, tags, red head."""

import re
from collections import defaultdict
from datetime import date
from io import BytesIO

import pdfplumber
import pikepdf
import pytest

from gongkai.adapters import letter_docx, letter_docx_layout, letter_pdf
from gongkai.adapters.letter_text import (
    LetterCell,
    LetterParagraph,
    LetterTable,
    LetterText,
    PartRole,
)
from gongkai.adapters.report_pdf import NoChineseFont, choose_fonts

DAY = date(2026, 3, 27)


def letter(*parts, **given):
    text = LetterText(
        tuple(
            LetterParagraph(*part) if isinstance(part, tuple) else part
            for part in ((PartRole.TITLE, "某局告知书"), *parts)
        )
    )
    return letter_pdf.render(text, title="某局告知书", author="某局", day=DAY, **given)


def lines_of(page):
    lines = defaultdict(list)
    for char in page.chars:
        if char["text"].strip():
            lines[round(char["top"])].append(char)
    return [lines[top] for top in sorted(lines)]


def test_a_full_page_holds_22_lines_of_28_characters():
    with pdfplumber.open(BytesIO(letter((PartRole.BODY, "国" * 28 * 60)))) as pdf:
        page = pdf.pages[1]
        body = [line for line in lines_of(page) if len(line) > 10]
        assert len(body) == 22
        assert {len(line) for line in body} == {28}
        margins = {round(line[0]["x0"] / 72 * 25.4) for line in body}
        assert margins == {28}
        rights = {round(210 - line[-1]["x1"] / 72 * 25.4) for line in body}
        assert rights == {26}
        assert round(body[0][0]["top"] / 72 * 25.4) in (37, 38)
        assert "— 2 —" in (page.extract_text() or "")
    assert letter_pdf.ROWS == 22


def test_rare_characters_are_shown_and_none_is_missing():
    data = letter((PartRole.RECIPIENT, "璪琪镕喆："), (PartRole.BODY, "璪" * 40 + "𠮷"))
    with pdfplumber.open(BytesIO(data)) as pdf:
        chars = pdf.pages[0].chars
    assert sum(char["text"] == "璪" for char in chars) == 41
    assert "𠮷" in {char["text"] for char in chars}
    assert all(char["width"] > 0 for char in chars)
    # .notdef is glyph 0: no text may be drawn with it.
    with pikepdf.open(BytesIO(data)) as pdf:
        shown = b"".join(
            bytes(operand)
            for page in pdf.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) in ("Tj", "TJ")
            for item in operands
            for operand in ([item] if isinstance(item, pikepdf.String) else list(item))
            if isinstance(operand, pikepdf.String)
        )
    glyphs = {shown[place : place + 2] for place in range(0, len(shown), 2)}
    assert b"\x00\x00" not in glyphs


def test_the_file_is_tagged_and_titled():
    with pikepdf.open(BytesIO(letter((PartRole.BODY, "正文。")))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "某局告知书"


def test_a_letter_between_organs_has_a_red_head_and_no_first_number():
    data = letter_pdf.render(
        LetterText(
            (
                LetterParagraph(PartRole.MARK, "靖安县水利局" * 6),
                LetterParagraph(PartRole.NUMBER, "靖水公函〔2026〕1号"),
                LetterParagraph(PartRole.TITLE, "关于征求意见的函"),
                LetterParagraph(PartRole.BODY, "正文。" * 300),
            )
        ),
        title="函",
        author="某局",
        day=DAY,
    )
    with pdfplumber.open(BytesIO(data)) as pdf:
        first, second = pdf.pages[0], pdf.pages[1]
        assert len(first.lines) == 4  # two double lines, above and below
        assert {round(line["width"] / 72 * 25.4) for line in first.lines} == {170}
        bottom = max(line["bottom"] for line in first.lines)
        assert 18 <= 297 - bottom / 72 * 25.4 <= 20.5
        assert "— 1 —" not in (first.extract_text() or "")
        assert "— 2 —" in (second.extract_text() or "")
        assert not second.lines
        widest = max(char["x1"] for char in first.chars)
        assert widest <= (210 - 20) / 25.4 * 72


def test_the_signature_never_stands_alone():
    for count in range(380, 620, 28):
        data = letter(
            (PartRole.BODY, "国" * count),
            (PartRole.BODY, "特此告知。"),
            (PartRole.ATTACHMENT, "附件：清单"),
            (PartRole.SIGNATURE, "某局"),
            (PartRole.DATE, "2026年3月27日"),
        )
        with pdfplumber.open(BytesIO(data)) as pdf:
            last = pdf.pages[-1].extract_text() or ""
        assert "特此告知" in last
        assert "2026年3月27日" in last


def test_a_table_keeps_its_words():
    table = LetterTable(
        (1, 2),
        (20.0, 0.0),
        (
            LetterCell(0, 0, 1, "送达"),
            LetterCell(0, 1, 1, "签名\n日期"),
            LetterCell(1, 0, 2, "备注"),
        ),
    )
    with pdfplumber.open(BytesIO(letter(table))) as pdf:
        text = pdf.pages[0].extract_text()
    assert re.search(r"送达", text)
    assert "备注" in text


def test_without_a_chinese_font_it_is_refused():
    with pytest.raises(NoChineseFont, match="fonts-noto-cjk"):
        choose_fonts(["DejaVu Sans"])


def test_a_template_reads_back_as_it_was_built():
    built = letter_docx_layout.build(
        [
            letter_docx_layout.Line(PartRole.TITLE, "{{ 机关名称 }}告知书"),
            letter_docx_layout.Line(PartRole.BODY, "{%p for 段 in 正文段落 %}"),
            letter_docx_layout.Line(PartRole.BODY, "{{ 段 }}"),
            letter_docx_layout.Line(PartRole.BODY, "{%p endfor %}"),
            letter_docx_layout.Grid((50, 106), ((("送达", 1), ("{{ 文号 }}", 1)),), (12,)),
        ]
    )
    words = {"机关名称": "某局", "正文段落": ["一\n二", "三"], "文号": "一号"}
    filled = letter_docx.fill(built, words, title="题")
    assert letter_docx.fill(built, words, title="题") == filled
    text = letter_docx.read(filled)
    assert [(part.role, part.text) for part in text.parts[:3]] == [
        (PartRole.TITLE, "某局告知书"),
        (PartRole.BODY, "一\n二"),
        (PartRole.BODY, "三"),
    ]
    table = text.parts[3]
    assert isinstance(table, LetterTable)
    assert table.heights == (12.0,)
    assert text.all_text() == "某局告知书\n一\n二\n三\n送达\n一号"
    with pytest.raises(letter_docx.TemplateFault, match="“文号”"):
        letter_docx.fill(built, {"机关名称": "某局", "正文段落": []}, title="题")
