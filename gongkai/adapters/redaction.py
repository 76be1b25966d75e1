"""Redaction that removes: pages become pictures, boxes are burnt in, nothing else is kept.

And the check before anything is given out: text or pictures that lie under boxes, text that
nobody sees, metadata, annotations, embedded files, scripts, form fields, hidden layers, old
revisions. All work on strangers' files is done in a process of its own with bounded memory and
time (see redactionworker).
"""

import json
import struct
import subprocess
import sys
from collections.abc import Collection
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from gongkai.adapters.filetype import PICTURES
from gongkai.adapters.readers.limits import (
    Damaged,
    Limits,
    Locked,
    NotSupported,
    ReadError,
    TooLarge,
)
from gongkai.adapters.readers.office import convert

DPI = 200
SCREEN_DPI = 100
OFFICE = frozenset({"docx", "doc", "wps", "xlsx", "xls", "et", "txt"})
RENDERED = PICTURES | {"pdf"}
_SHEETS = frozenset({"xlsx", "xls", "et"})
_SECONDS = 240
_PAGES = 500
_ERRORS: dict[str, ReadError] = {
    "locked": Locked("文件已加密，请提供未加密的文件。"),
    "damaged": Damaged("文件已损坏或不完整，请重新导出后再试。"),
    "large": TooLarge("文件页数过多或内容过大，请拆分后再试。"),
    "page": Damaged("没有这一页，请核对页码。"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """An area of a page: fractions (0 to 1) of its width and height from the top left corner."""

    page: int  # from 1
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page's width and height in points, as it is shown."""

    width: float
    height: float


class FindingKind(StrEnum):
    """What must not be in a file that is given out."""

    COVERED_TEXT = "COVERED_TEXT"
    HIDDEN_TEXT = "HIDDEN_TEXT"
    OUTSIDE_TEXT = "OUTSIDE_TEXT"
    COVERED_PICTURE = "COVERED_PICTURE"
    METADATA = "METADATA"
    ANNOTATIONS = "ANNOTATIONS"
    EMBEDDED_FILES = "EMBEDDED_FILES"
    SCRIPTS = "SCRIPTS"
    FORM_FIELDS = "FORM_FIELDS"
    LAYERS = "LAYERS"
    OLD_REVISION = "OLD_REVISION"
    ALTERNATE_TEXT = "ALTERNATE_TEXT"
    BOOKMARKS = "BOOKMARKS"

    @property
    def label(self) -> str:
        """Return what screens say."""
        return _LABELS[self]


_LABELS = {
    FindingKind.COVERED_TEXT: "色块下面仍有文字",
    FindingKind.HIDDEN_TEXT: "有看不见的文字",
    FindingKind.OUTSIDE_TEXT: "页面之外还有文字",
    FindingKind.COVERED_PICTURE: "色块下面仍有图像内容",
    FindingKind.METADATA: "带有作者、标题、拍摄信息等属性",
    FindingKind.ANNOTATIONS: "带有批注、链接或者图章等注释",
    FindingKind.EMBEDDED_FILES: "夹带其他文件",
    FindingKind.SCRIPTS: "含有脚本或者自动动作",
    FindingKind.FORM_FIELDS: "含有可填写的表单域",
    FindingKind.LAYERS: "含有可以关闭的图层",
    FindingKind.OLD_REVISION: "保留着修改之前的版本",
    FindingKind.ALTERNATE_TEXT: "含有不显示的替代文字",
    FindingKind.BOOKMARKS: "带有书签目录",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; `page` 0 is the whole file, `detail` a few words of what it is."""

    kind: FindingKind
    page: int = 0
    detail: str = ""

    @property
    def sentence(self) -> str:
        """Return the finding in Chinese, for the official who must deal with it."""
        where = f"第{self.page}页" if self.page else "文件"
        return f"{where}{self.kind.label}{f'：{self.detail}' if self.detail else ''}"


def page_sizes(data: bytes, kind: str) -> list[PageSize]:
    """Return the size of every page of a PDF or picture.

    Raises:
        ReadError: damaged, locked, too large, or of a kind that has no pages here.
    """
    told, _ = _ask("pages", data, kind)
    return [PageSize(*size) for size in told["pages"]]


def page_picture(data: bytes, kind: str, page: int, dpi: int = SCREEN_DPI) -> bytes:
    """Return one page as a JPEG.

    Raises:
        ReadError: as `page_sizes`; no such page.
    """
    return _ask("page", data, kind, page=page, dpi=dpi)[1]


def redact(data: bytes, kind: str, boxes: Collection[Box], dpi: int = DPI) -> bytes:
    """Return a PDF of the pages as pictures, with the boxes burnt in; no box: flattened only.

    Raises:
        ReadError: as `page_sizes`; a box on no page.
    """
    return _ask("burn", data, kind, dpi=dpi, boxes=[asdict(box) for box in boxes])[1]


def check(data: bytes, kind: str) -> list[Finding]:
    """Return what is in a PDF or picture beyond what one sees.

    Raises:
        ReadError: as `page_sizes`.
    """
    told, _ = _ask("check", data, kind)
    return [Finding(FindingKind(kind), page, detail) for kind, page, detail in told["findings"]]


def pdf_text(data: bytes, most: int, seconds: int = 15) -> str:
    """Return a PDF's text, at most so many characters; "" for a scan.

    Pages are parted by a form feed, so that a search can say on which one a word stands.

    Raises:
        ReadError: as `page_sizes`.
    """
    return _ask("text", data, "pdf", seconds=seconds, most=most)[1].decode()


def to_pdf(data: bytes, kind: str) -> bytes:
    """Return an office document as PDF, by LibreOffice.

    Raises:
        ReadError: LibreOffice is not there, takes too long, or cannot read it.
    """
    if kind not in OFFICE:
        raise NotSupported("这种格式不能转成 PDF，请用原来的软件另存为 PDF 后再上传。")
    if kind == "txt":
        data = _as_utf8(data)  # LibreOffice guesses no Chinese encoding
    try:
        made = convert(data, f".{kind}", "pdf", Limits(seconds=60.0))
    except Damaged:
        if kind not in _SHEETS:
            raise
        raise NotSupported(
            "表格没有转成 PDF：文件可能已损坏，或者服务器没有安装 LibreOffice 的表格组件。"
            "请用 Excel 或 WPS 另存为 PDF 后再上传。"
        ) from None
    if not made.startswith(b"%PDF"):
        raise Damaged("没有转成 PDF，请用原来的软件另存为 PDF 后再上传。")
    return made


def _as_utf8(data: bytes) -> bytes:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).encode("utf-8-sig")
        except UnicodeDecodeError:
            continue
    raise Damaged("文本的编码不认识，请另存为 UTF-8 文本后再上传。")


def _ask(
    command: str, data: bytes, kind: str, *, seconds: int = _SECONDS, **given: Any
) -> tuple[dict[str, Any], bytes]:
    """Have the worker do one thing; return what it tells and the bytes it makes."""
    if kind not in RENDERED:
        raise NotSupported("这种格式不能逐页显示，请先转成 PDF。")
    told = {"command": command, "picture": kind in PICTURES, "pages": _PAGES, **given}
    head = json.dumps(told).encode()
    line = [sys.executable, "-m", "gongkai.adapters.redactionworker", str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            line,
            input=struct.pack("!I", len(head)) + head + data,
            capture_output=True,
            timeout=seconds * 2,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _ERRORS["large"] from None
    if done.returncode < 0 or len(done.stdout) < 4:
        raise _ERRORS["large" if done.returncode < 0 else "damaged"]
    (length,) = struct.unpack("!I", done.stdout[:4])
    answer = json.loads(done.stdout[4 : 4 + length])
    if "error" in answer:
        raise _ERRORS[answer["error"]]
    return answer, done.stdout[4 + length :]
