"""PDFs and pictures page by page: text, text in pictures, notes, forms, properties; worker only.

Text under a drawn box is in a PDF's text like any other and is read; a page of which it is so, by
the same look as before a redacted file is released, says so in its note.
"""

from collections.abc import Iterator
from io import BytesIO
from time import process_time
from typing import Any

import pikepdf

from gongkai.adapters.contents_found import NO_OCR, READING_SECONDS, Found, TooMuch
from gongkai.adapters.ocr import reader
from gongkai.adapters.readers.pdffile import plain
from gongkai.adapters.redaction_marks import marks_of_picture
from gongkai.adapters.redaction_pages import Pages
from gongkai.adapters.redaction_pages import TooMuch as TooManyPages
from gongkai.adapters.redaction_sight import unseen

_PAGES = 500
_READ_PAGES = 30  # pictures read by OCR in one file
_LOOKED_AT = 60  # pages looked at for text that nobody sees
_DPI = 200
_PICTURE_SHARE = 0.05  # of a page: smaller ones are seals and marks
_UNSEEN = {
    "COVERED_TEXT": "色块下面仍有文字",
    "HIDDEN_TEXT": "有看不见的文字",
    "OUTSIDE_TEXT": "页面之外还有文字",
    "COVERED_PICTURE": "色块下面仍有图像内容",
}
_INFO = {"/Author": "作者", "/Title": "标题", "/Subject": "主题", "/Keywords": "关键词"}


def parts_of_pages(data: bytes, picture: bool) -> Iterator[Found]:
    """Yield the parts of a PDF or a picture."""
    with _opened(data, picture) as pages:
        notes = {} if picture else _notes(data, pages)
        read = 0
        for number in range(len(pages)):
            where = f"第{number + 1}页" if len(pages) > 1 or not picture else "图片"
            text, pictured = ("", True) if picture else _text(pages.pdf[number])
            yield where, text, None, "；".join(sorted(notes.get(number + 1, ())))
            if not pictured:
                continue
            read += 1
            yield from _read(pages, number, where, read)
    yield from _around_picture(data) if picture else _around_pdf(data)


def _opened(data: bytes, picture: bool) -> Pages:
    try:
        return Pages(data, picture, _PAGES)
    except TooManyPages:
        raise TooMuch from None


def _text(page: Any) -> tuple[str, bool]:
    """Return a page's text, and whether pictures cover enough of it to be read."""
    import pypdfium2.raw as pdfium

    spoken = page.get_textpage()
    text = plain(spoken.get_text_range().replace("\r\n", "\n").replace("\r", "\n"))
    spoken.close()
    width, height = page.get_size()
    area = 0.0
    for each in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=6):
        left, bottom, right, top = each.get_bounds()
        area += max(0.0, right - left) * max(0.0, top - bottom)
    page.close()
    return text, area > _PICTURE_SHARE * width * height


def _read(pages: Pages, number: int, where: str, read: int) -> Iterator[Found]:
    place = f"{where}（图片识别）"
    if not reader().installed:
        yield place, "", None, NO_OCR
    elif read <= _READ_PAGES and process_time() < READING_SECONDS:
        yield place, "\n".join(reader().lines(pages.rendered(number, _DPI))), None, ""
    else:
        yield place, "", None, "图片过多，这一页没有识别，请人工核对"


def _notes(data: bytes, pages: Pages) -> dict[int, set[str]]:
    """Return what the pages hold that nobody sees; long files are read without that look."""
    found: dict[int, set[str]] = {}
    if len(pages) > _LOOKED_AT:
        return found
    for kind, number, _ in unseen(data, pages):
        found.setdefault(number, set()).add(_UNSEEN[kind])
    return found


def _around_picture(data: bytes) -> Iterator[Found]:
    for _, _, place in marks_of_picture(data):
        yield "图片属性", "", None, place or "带有拍摄设备、时间等属性"


def _around_pdf(data: bytes) -> Iterator[Found]:
    """Yield properties, notes upon pages, form fields and names of files within."""
    with pikepdf.open(BytesIO(data)) as pdf:
        info = pdf.trailer.get("/Info", {})
        said = [f"{label}：{info[key]}" for key, label in _INFO.items() if str(info.get(key, ""))]
        yield "文档属性", "\n".join(said), None, ""
        notes: list[str] = []
        for page in pdf.pages:
            for each in page.obj.get("/Annots", ()):
                notes += [str(each[key]) for key in ("/Contents", "/V", "/T") if key in each]
        yield "批注和表单", "\n".join(notes), None, ""
        for name in pdf.attachments:
            yield f"夹带的文件 {name}", "", None, "夹带的文件没有检查，请取出后另行检查"
