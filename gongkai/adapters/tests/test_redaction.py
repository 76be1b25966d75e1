"""Redaction that removes, and the check: what is hidden is found, what only looks so is not."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import typst
from PIL import Image, ImageDraw

from gongkai.adapters.readers import Damaged, Locked, NotSupported, TooLarge
from gongkai.adapters.redaction import (
    Box,
    Finding,
    FindingKind,
    check,
    page_picture,
    page_sizes,
    redact,
    to_pdf,
)
from gongkai.adapters.tests.uploads import NUMBER, covered, pdf, photo, word

SCAN_TEXT = "0123456789 ABCDEFGH"


def kinds(data: bytes, kind: str = "pdf") -> set[FindingKind]:
    return {finding.kind for finding in check(data, kind)}


def changed(data: bytes, change) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


def text_in(data: bytes) -> str:
    return "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(data)).strip()


def scan(box: str = "") -> bytes:
    """Return a PDF whose page is a picture of text, with operators painted upon it."""
    picture = Image.new("L", (600, 800), 255)
    draw = ImageDraw.Draw(picture)
    for line in range(20):
        draw.text((40, 40 + line * 30), SCAN_TEXT * 3, fill=0, font_size=18)
    data = BytesIO()
    picture.save(data, "PDF", resolution=100)

    def paint(opened: pikepdf.Pdf) -> None:
        opened.pages[0].contents_add(box.encode())
        if "/Info" in opened.trailer:
            del opened.trailer["/Info"]

    return changed(data.getvalue(), paint)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (covered(), FindingKind.COVERED_TEXT),
        (covered(fill="rgb(200, 30, 30)"), FindingKind.COVERED_TEXT),
        (f"申请人张{covered('三')}", FindingKind.COVERED_TEXT),
        (covered(fill="white"), FindingKind.HIDDEN_TEXT),
        ("可见 #text(fill: white)[密码 1234] 可见", FindingKind.HIDDEN_TEXT),
        ("#rect(fill: black)[#text(fill: rgb(4, 4, 4))[秘密]]", FindingKind.COVERED_TEXT),
        ("#place(top + left, dx: -300pt)[页外] 正文", FindingKind.OUTSIDE_TEXT),
        (f"#rotate(30deg)[{covered()}]", FindingKind.COVERED_TEXT),
    ],
)
def test_text_that_nobody_sees_is_found(body: str, kind: FindingKind) -> None:
    assert kinds(pdf(body)) == {kind}


@pytest.mark.parametrize(
    "body",
    [
        "河道采砂许可情况。" * 40,
        '#rect(fill: rgb("#12355b"), width: 100%)[#text(fill: white)[公开信息申请表]]',
        '#rect(fill: rgb("#ffe9a8"), width: 100%)[注意事项：请如实填写]',
        covered(fill="rgb(255, 255, 0, 90)"),  # a marker pen
        "正文在此#place(top + left, circle(radius: 20pt, stroke: 2pt + red))",
        "#rect(fill: black, width: 100pt, height: 20pt) 下面没有字",
        "#text(fill: luma(150))[灰色小字] #text(size: 5pt)[小字、标点。，一]",
        "",
    ],
)
def test_what_only_looks_so_is_left_alone(body: str) -> None:
    assert check(pdf(body), "pdf") == []


def test_the_finding_quotes_what_lies_beneath() -> None:
    (found,) = check(pdf(covered()), "pdf")
    assert (found.page, NUMBER in found.detail) == (1, True)
    assert found.sentence.startswith("第1页色块下面仍有文字：“")
    assert Finding(FindingKind.METADATA).sentence == "文件带有作者、标题、拍摄信息等属性"


def test_invisible_text_of_a_recognised_scan_is_found() -> None:
    words = b"BT 3 Tr /F1 12 Tf 60 500 Td (SECRET NAME) Tj ET"

    def add(opened: pikepdf.Pdf) -> None:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        opened.pages[0].Resources.Font = pikepdf.Dictionary(F1=opened.make_indirect(font))
        opened.pages[0].contents_add(words)

    (found,) = check(changed(scan(), add), "pdf")
    assert found.kind in (FindingKind.HIDDEN_TEXT, FindingKind.COVERED_TEXT)
    assert "SECRETNAME" in found.detail


def test_a_rectangle_upon_a_scan_hides_nothing() -> None:
    assert check(scan(), "pdf") == []
    assert kinds(scan("0 g 40 480 200 40 re f")) == {FindingKind.COVERED_PICTURE}
    assert kinds(scan("1 g 40 480 200 40 re f")) == {FindingKind.COVERED_PICTURE}
    assert check(scan("0 g 40 2 100 8 re f"), "pdf") == []  # upon the empty margin
    assert check(scan("1 0 0 RG 2 w 40 480 200 40 re S"), "pdf") == []  # a frame


def test_a_black_picture_upon_a_scan_hides_nothing_either() -> None:
    def cover(opened: pikepdf.Pdf) -> None:
        black = opened.make_stream(
            b"\x00" * 100,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=10,
            Height=10,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
        )
        opened.pages[0].Resources.XObject["/Black"] = black
        opened.pages[0].contents_add(b"q 200 0 0 40 40 480 cm /Black Do Q")

    assert kinds(changed(scan(), cover)) == {FindingKind.COVERED_PICTURE}


def _annotate(opened: pikepdf.Pdf) -> None:
    opened.pages[0].Annots = opened.make_indirect(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Square,
                Rect=[10, 10, 50, 50],
            )
        ]
    )


def _attach(opened: pikepdf.Pdf) -> None:
    opened.attachments["名单.xlsx"] = b"secret"


def _script(opened: pikepdf.Pdf) -> None:
    opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _form(opened: pikepdf.Pdf) -> None:
    field = opened.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="name", V="张三"))
    opened.Root.AcroForm = pikepdf.Dictionary(Fields=[field])


def _layer(opened: pikepdf.Pdf) -> None:
    group = opened.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="底图"))
    opened.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=pikepdf.Dictionary(OFF=[group]))


def _author(opened: pikepdf.Pdf) -> None:
    opened.docinfo["/Author"] = "张三"


def _xmp(opened: pikepdf.Pdf) -> None:
    with opened.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["dc:title"] = "张三的申请"


def _bookmark(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("张三", 0))


def _alternate(opened: pikepdf.Pdf) -> None:
    opened.Root.StructTreeRoot = opened.make_indirect(
        pikepdf.Dictionary(K=opened.make_indirect(pikepdf.Dictionary(S="/P", ActualText="张三")))
    )


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (_annotate, FindingKind.ANNOTATIONS),
        (_attach, FindingKind.EMBEDDED_FILES),
        (_script, FindingKind.SCRIPTS),
        (_form, FindingKind.FORM_FIELDS),
        (_layer, FindingKind.LAYERS),
        (_author, FindingKind.METADATA),
        (_xmp, FindingKind.METADATA),
        (_bookmark, FindingKind.BOOKMARKS),
        (_alternate, FindingKind.ALTERNATE_TEXT),
    ],
)
def test_what_a_pdf_carries_beside_its_pages(change, kind: FindingKind) -> None:
    data = changed(pdf(), change)
    assert kind in kinds(data)
    flat = redact(data, "pdf", [])
    assert check(flat, "pdf") == []
    assert "张三".encode() not in flat
    assert b"secret" not in flat


def test_a_revision_kept_in_the_file_is_found() -> None:
    data = pdf()
    start = data.rindex(b"startxref")
    assert kinds(data + b"\n" + data[start:]) >= {FindingKind.OLD_REVISION}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_box_lands_where_it_was_drawn(rotation: int) -> None:
    def turn(opened: pikepdf.Pdf) -> None:
        opened.pages[0].Rotate = rotation

    data = changed(pdf("河道" * 300), turn)
    made = redact(data, "pdf", [Box(1, 0.25, 0.1, 0.75, 0.2)])
    page = Image.open(BytesIO(page_picture(made, "pdf", 1))).convert("L")
    width, height = page.size
    edges = (width * 0.25 + 2, height * 0.1 + 2, width * 0.75 - 2, height * 0.2 - 2)
    assert page.crop(tuple(map(int, edges))).getextrema()[1] < 30
    outside = page.crop(
        (int(width * 0.25), int(height * 0.22), int(width * 0.75), int(height * 0.3))
    )
    assert outside.getextrema()[1] > 200
    assert page_sizes(made, "pdf") == pytest.approx(page_sizes(data, "pdf"), abs=0.01) or rotation
    assert text_in(made) == ""


def test_the_number_is_gone_from_text_and_raw_bytes() -> None:
    data = pdf(covered())
    assert NUMBER in text_in(data)
    made = redact(data, "pdf", [Box(1, 0, 0, 1, 0.3)])
    assert text_in(made) == ""
    with pikepdf.open(BytesIO(made)) as opened:
        streams = b"".join(
            each.read_raw_bytes() for each in opened.objects if isinstance(each, pikepdf.Stream)
        )
        assert "/Info" not in opened.trailer
        assert "/Metadata" not in opened.Root
    for spelt in (NUMBER.encode(), NUMBER.encode("utf-16-be"), b"/Font"):
        assert spelt not in made
        assert spelt not in streams


def test_pictures_lose_what_their_camera_told() -> None:
    told = Image.Exif()
    told[271] = "Camera"
    told.get_ifd(34853)[1] = "N"
    data = photo(exif=told)
    (found,) = check(data, "jpg")
    assert (found.kind, found.detail) == (FindingKind.METADATA, "含拍摄地点")
    assert check(photo(), "jpg") == []
    made = redact(data, "jpg", [Box(1, 0, 0, 0.5, 0.5)])
    assert b"Exif" not in made
    assert b"Camera" not in made
    assert check(made, "pdf") == []


def test_every_page_of_a_scanned_tif_comes() -> None:
    out = BytesIO()
    frames = [Image.new("1", (200, 300), colour) for colour in (0, 1, 1)]
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], compression="group4")
    assert len(page_sizes(redact(out.getvalue(), "tif", []), "pdf")) == 3


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_mode(mode: str) -> None:
    out = BytesIO()
    form = "TIFF" if mode in ("CMYK", "I;16") else "PNG"
    Image.new(mode, (60, 40)).save(out, form)
    made = redact(out.getvalue(), form.lower()[:3], [])
    assert len(page_sizes(made, "pdf")) == 1


@pytest.mark.long
def test_office_documents_and_text_become_pdf() -> None:
    assert "河道采砂" in text_in(to_pdf(word("河道采砂"), "docx"))
    assert "河道采砂" in text_in(to_pdf("河道采砂".encode("gb18030"), "txt"))
    with pytest.raises(NotSupported, match="另存为 PDF"):
        to_pdf(b"PK", "ofd")


@pytest.mark.parametrize(
    ("data", "kind", "error"),
    [
        (b"%PDF-1.7 nothing", "pdf", Damaged),
        (b"\xff\xd8\xff nothing", "jpg", Damaged),
        (b"PK", "docx", NotSupported),
    ],
)
def test_what_cannot_be_read_says_so(data: bytes, kind: str, error: type[Exception]) -> None:
    for work in (page_sizes, check, lambda *given: redact(*given, [])):
        with pytest.raises(error):
            work(data, kind)


def test_no_such_page() -> None:
    with pytest.raises(Damaged, match="没有这一页"):
        page_picture(pdf(), "pdf", 2)
    with pytest.raises(Damaged, match="没有这一页"):
        redact(pdf(), "pdf", [Box(2, 0, 0, 1, 1)])


def test_a_locked_pdf_says_so() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(typst.compile(b"x"))) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Locked):
        page_sizes(out.getvalue(), "pdf")


def test_too_many_pages_are_refused(monkeypatch) -> None:
    monkeypatch.setattr("gongkai.adapters.redaction._PAGES", 1)
    with pytest.raises(TooLarge, match="拆分"):
        page_sizes(pdf("一 #pagebreak() 二"), "pdf")


def test_a_page_like_a_wall_is_rendered_with_fewer_dots() -> None:
    def widen(opened: pikepdf.Pdf) -> None:
        opened.pages[0].MediaBox = [0, 0, 14400, 14400]

    picture = Image.open(BytesIO(page_picture(changed(pdf(), widen), "pdf", 1, 200)))
    assert picture.width * picture.height <= 37_000_000
