"""What a file carries beside its pages: metadata, annotations, attachments, scripts, layers.

Runs in the worker only. Each answer is (kind, page or 0, a few words).
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image

Mark = tuple[str, int, str]
_DRY_INFO = frozenset({"/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped"})
_TAGS = frozenset(  # TIFF and EXIF tags that tell of people, places, devices and times
    {270, 271, 272, 285, 305, 306, 315, 316, 700, 33432, 33723, 34665, 34853}
) | frozenset(range(40091, 40096))
_TEXTS = ("comment", "exif", "xmp", "photoshop", "XML:com.adobe.xmp", "Raw profile type exif")
_MANY = 20_000


def marks_of_picture(data: bytes) -> list[Mark]:
    """Return the metadata of a picture."""
    with Image.open(BytesIO(data)) as picture:
        tags = set(picture.getexif())
        if picture.format == "TIFF":
            tags &= _TAGS
        texts = [name for name in _TEXTS if picture.info.get(name)]
        texts += list(getattr(picture, "text", {}) or {})
        found = bool(tags) or bool(texts)
        place = "含拍摄地点" if 34853 in tags else ""
    return [("METADATA", 0, place)] if found else []


def marks_of_pdf(data: bytes) -> list[Mark]:
    """Return what a PDF carries beside what its pages show."""
    with pikepdf.open(BytesIO(data)) as pdf:
        found = [
            *_metadata(pdf),
            *_catalogue(pdf.Root),
            *_pages(pdf),
            *_alternate(pdf),
        ]
    if _revisions(data) > 1:
        found.append(("OLD_REVISION", 0, ""))
    return list(dict.fromkeys(found))


def _metadata(pdf: Any) -> Iterator[Mark]:
    info = pdf.trailer.get("/Info")
    names = [
        str(name).lstrip("/")
        for name, value in (info.items() if info is not None else ())
        if name not in _DRY_INFO and str(value).strip()
    ]
    if names:
        yield "METADATA", 0, "、".join(names[:6])
    elif "/Metadata" in pdf.Root:
        yield "METADATA", 0, "XMP"


def _catalogue(root: Any) -> Iterator[Mark]:
    names = root.get("/Names", {})
    if "/EmbeddedFiles" in names or "/AF" in root or "/Collection" in root:
        yield "EMBEDDED_FILES", 0, ""
    action = root.get("/OpenAction")
    acts = isinstance(action, pikepdf.Dictionary) and action.get("/S") not in ("/GoTo", None)
    if "/JavaScript" in names or "/AA" in root or acts:
        yield "SCRIPTS", 0, ""
    form = root.get("/AcroForm")
    if form is not None and (len(form.get("/Fields", ())) or "/XFA" in form):
        yield "FORM_FIELDS", 0, ""
    if len(root.get("/OCProperties", {}).get("/OCGs", ())):
        yield "LAYERS", 0, ""
    if "/First" in root.get("/Outlines", {}):
        yield "BOOKMARKS", 0, ""


def _pages(pdf: Any) -> Iterator[Mark]:
    for number, page in enumerate(pdf.pages, 1):
        kinds = {str(each.get("/Subtype", "")).lstrip("/") for each in page.obj.get("/Annots", ())}
        if "FileAttachment" in kinds:
            yield "EMBEDDED_FILES", number, ""
        if kinds - {"Widget", "FileAttachment"}:
            yield "ANNOTATIONS", number, ""
        if "/AA" in page.obj:
            yield "SCRIPTS", number, ""
        if "/AF" in page.obj:
            yield "EMBEDDED_FILES", number, ""
        if {"/PieceInfo", "/Thumb", "/Metadata"} & set(page.obj.keys()):
            yield "METADATA", number, ""


def _alternate(pdf: Any) -> Iterator[Mark]:
    """Yield once when some element of the structure says other words than the page shows."""
    if "/StructTreeRoot" not in pdf.Root:
        return
    for place, each in enumerate(pdf.objects):
        if place > _MANY:
            return
        if isinstance(each, pikepdf.Dictionary) and any(
            str(each.get(name, "")).strip() for name in ("/ActualText", "/Alt", "/E")
        ):
            yield "ALTERNATE_TEXT", 0, ""
            return


def _revisions(data: bytes) -> int:
    ends = len(re.findall(rb"startxref\s+\d+\s+%%EOF", data))
    return ends - 1 if b"/Linearized" in data[:2048] else ends
