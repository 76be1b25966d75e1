"""Files that grow in the garden, made with the standard library alone, and invented numbers.

Identity numbers have the order number 000, which is never given out; mobile numbers the middle
0000; cards a row of zeros behind their bank's figures (as in tests/golden).
"""

# ruff: noqa: E501 - rows of data, one a line

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_STAMP = (2026, 11, 18, 9, 0, 0)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def identity_number(region: str, born_on: date) -> str:
    """Return a number with a right check digit and the order number nobody has (law.md 9.1)."""
    digits = f"{region}{born_on:%Y%m%d}000"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def card_number(issuer: str, serial: int) -> str:
    """Return a bank card's number of 19 figures that passes its check (Luhn)."""
    body = f"{issuer}0000{serial:0{14 - len(issuer)}d}"
    total = 0
    for place, figure in enumerate(reversed(body)):
        value = int(figure) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{body}{-total % 10}"


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP packet, the same every time."""
    packet = io.BytesIO()
    with zipfile.ZipFile(packet, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name, _STAMP), data, zipfile.ZIP_DEFLATED)
    return packet.getvalue()


def docx(paragraphs: Iterable[str | Sequence[str]]) -> bytes:
    """Return a Word document; a paragraph given as several texts is written in as many runs."""
    body = ""
    for each in paragraphs:
        runs = [each] if isinstance(each, str) else each
        told = "".join(f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs)
        body += f"<w:p>{told}</w:p>"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zipped({
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_RELS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"{_HEAD}<w:document {_W}><w:body>{body}</w:body></w:document>",
    })  # fmt: skip


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[str | int]]], hidden: frozenset[str] = frozenset()
) -> bytes:
    """Return a workbook; texts are written in the cell, whole numbers as numbers."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts, listed, relations, files = "", "", "", {}
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="rId{number}"/>'
        relations += (f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" '
                      f'Target="worksheets/sheet{number}.xml"/>')  # fmt: skip
        parts += (f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
                  f'ContentType="{kind}.worksheet+xml"/>')  # fmt: skip
        files[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows)
    return zipped({
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{parts}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_RELS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_RELS}">{relations}</Relationships>',
        "xl/workbook.xml": f"{_HEAD}<workbook {_S} {_R}><sheets>{listed}</sheets></workbook>",
        **files,
    })  # fmt: skip


def _sheet(rows: Sequence[Sequence[str | int]]) -> str:
    lines = ""
    for number, row in enumerate(rows, start=1):
        cells = ""
        for column, value in zip("ABCDEFGH", row, strict=False):
            place = f'r="{column}{number}"'
            cells += (
                f"<c {place}><v>{value}</v></c>" if isinstance(value, int)
                else f'<c {place} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            )  # fmt: skip
        lines += f'<row r="{number}">{cells}</row>'
    return f"{_HEAD}<worksheet {_S}><sheetData>{lines}</sheetData></worksheet>"


def csv(rows: Iterable[Sequence[str]], encoding: str) -> bytes:
    """Return a table of commas."""
    return "".join(",".join(row) + "\r\n" for row in rows).encode(encoding)


def pdf(lines: Sequence[str]) -> bytes:
    """Return a PDF of one page of Latin lines, not compressed."""
    drawn = "BT /F1 12 Tf 14 TL 50 800 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    made += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return made.encode("latin-1")


def ofd(lines: Sequence[str]) -> bytes:
    """Return an OFD document (GB/T 33190) of one page of text."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    told = "".join(
        f'<ofd:TextObject ID="{10 + number}" Boundary="20 {20 + 10 * number} 170 8" Font="3" Size="4">'
        f'<ofd:TextCode X="0" Y="5">{escape(line)}</ofd:TextCode></ofd:TextObject>'
        for number, line in enumerate(lines)
    )
    box = "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
    return zipped({
        "OFD.xml": f'{head}<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        "<ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{head}<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>99"
        f"</ofd:MaxUnitID><ofd:PageArea>{box}</ofd:PageArea><ofd:PublicRes>PublicRes.xml"
        '</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" '
        'BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/PublicRes.xml": f'{head}<ofd:Res {space} BaseLoc="Res"><ofd:Fonts>'
        '<ofd:Font ID="3" FontName="宋体"/></ofd:Fonts></ofd:Res>',
        "Doc_0/Pages/Page_0/Content.xml": f"{head}<ofd:Page {space}><ofd:Area>{box}</ofd:Area>"
        f'<ofd:Content><ofd:Layer ID="2">{told}</ofd:Layer></ofd:Content></ofd:Page>',
    })  # fmt: skip


def stored(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP packet that is not compressed."""
    packet = io.BytesIO()
    with zipfile.ZipFile(packet, "w") as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name, _STAMP), data)
    return packet.getvalue()
