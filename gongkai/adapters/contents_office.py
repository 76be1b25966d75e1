"""What a docx or xlsx package holds beside its main text; worker only.

Common to both: properties, pictures (read by OCR), diagrams and charts, embedded packages. The
main stories are in contents_docx and contents_xlsx.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from time import process_time

from gongkai.adapters.contents_docx import stories
from gongkai.adapters.contents_found import LIMITS, NO_OCR, READING_SECONDS, Found, local
from gongkai.adapters.contents_xlsx import sheets
from gongkai.adapters.ocr import reader
from gongkai.adapters.readers.limits import ReadError
from gongkai.adapters.readers.packages import Package

_DRAWN = re.compile(r"(?:word|xl)/(?:diagrams/data|charts/chart|drawings/drawing)[^/]*\.xml")
_PICTURE = re.compile(r"(?:word|xl)/media/(?P<name>[^/]+\.(?:png|jpe?g|bmp|tiff?|gif))", re.I)
_EMBEDDED = re.compile(r"(?:word|xl)/embeddings/(?P<name>[^/]+)\.(?P<kind>docx|xlsx)", re.I)
_OTHER_EMBEDDED = re.compile(r"(?:word|xl)/embeddings/(?P<name>[^/]+)", re.I)
_PROPERTIES = {
    "creator": "作者", "lastModifiedBy": "最后修改人", "title": "标题", "subject": "主题",
    "description": "备注", "keywords": "关键词", "category": "类别", "Manager": "管理者",
    "Company": "单位",
}  # fmt: skip
_PICTURES = 20
_PIXELS = 89_000_000
_DEPTH = 2


def parts_of_office(data: bytes, kind: str, depth: int = 0) -> Iterator[Found]:
    """Yield all parts of a package."""
    package = Package(data, LIMITS)
    if kind == "docx":
        yield from stories(package)
    else:
        yield from sheets(package)
    yield from _drawn(package)
    yield from _properties(package)
    yield from _pictures(package)
    yield from _embedded(package, depth)


def _drawn(package: Package) -> Iterator[Found]:
    """Yield text in shapes, diagrams and charts, the figures a chart keeps included."""
    for name in sorted(filter(_DRAWN.fullmatch, package.names)):
        said = [
            node.text
            for node in package.xml(name).iter("{*}t", "{*}v")
            if node.text and node.text.strip()
        ]
        yield "图形和图表", "\n".join(said), None, ""


def _properties(package: Package) -> Iterator[Found]:
    said: list[str] = []
    for name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        if name not in package.names:
            continue
        for node in package.xml(name).iter():
            label = _PROPERTIES.get(local(node))
            if label and node.text and node.text.strip():
                said.append(f"{label}：{node.text.strip()}")
            elif local(node) in ("lpwstr", "lpstr", "bstr") and node.text:
                said.append(node.text.strip())
    yield "文档属性", "\n".join(said), None, ""


def _pictures(package: Package) -> Iterator[Found]:
    names = sorted(filter(_PICTURE.fullmatch, package.names))
    for number, name in enumerate(names):
        where = f"图片 {name.rpartition('/')[2]}"
        if number >= _PICTURES or process_time() > READING_SECONDS:
            left = len(names) - number
            yield "图片", "", None, f"图片过多，其余{left}张没有识别，请人工核对"
            return
        if not reader().installed:
            yield where, "", None, NO_OCR
            continue
        yield where, "\n".join(read_picture(package.read(name))), None, ""


def read_picture(data: bytes) -> list[str]:
    """Return the lines of text in a picture's bytes; none in one that cannot be opened."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(BytesIO(data)) as opened:
            if opened.width * opened.height > _PIXELS:
                return []
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError):  # what Pillow raises on a broken picture
        return []
    return reader().lines(picture)


def _embedded(package: Package, depth: int) -> Iterator[Found]:
    """Yield the parts of packages within the package, and the names of other files in it."""
    for name in sorted(filter(_OTHER_EMBEDDED.fullmatch, package.names)):
        short = name.rpartition("/")[2]
        inner = _EMBEDDED.fullmatch(name)
        if inner is None or depth >= _DEPTH:
            yield f"嵌入的文件 {short}", "", None, "嵌入的文件没有检查，请取出后另行检查"
            continue
        try:
            for where, text, rows, note in parts_of_office(
                package.read(name), inner["kind"].lower(), depth + 1
            ):
                yield f"嵌入的文件 {short}：{where}", text, rows, note
        except ReadError as error:
            yield f"嵌入的文件 {short}", "", None, str(error)
