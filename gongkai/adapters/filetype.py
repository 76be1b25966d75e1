"""What a file is by its content, held against its name: the only door for uploads.

The list of what is taken is short; names lie, so both name and content must agree. Programs,
macros, encrypted files and packages that swell are refused, each saying what it is and what to
do. libmagic is asked as a second opinion on programs where it is installed.
"""

import re
import zipfile
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from gongkai.adapters import filetype_ole as ole
from gongkai.adapters.readers.limits import Damaged, Limits
from gongkai.adapters.readers.packages import Package

_UNPACKED = 300 * 1024 * 1024
_RATIO = 200
_PIXELS = 89_000_000  # A3 at 600 dpi is 70 million; here Pillow begins to warn


class NotAccepted(ValueError):
    """The file is not taken; the message is for the user and says what to do."""


@dataclass(frozen=True, slots=True)
class FileType:
    """One kind of file that is taken."""

    kind: str
    label: str
    media_type: str
    suffixes: tuple[str, ...]


_ALL = (
    FileType("pdf", "PDF", "application/pdf", (".pdf",)),
    FileType("ofd", "OFD", "application/ofd", (".ofd",)),
    FileType(
        "docx",
        "Word 文档（docx）",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (".docx",),
    ),
    FileType("doc", "Word 文档（doc）", "application/msword", (".doc",)),
    FileType(
        "xlsx",
        "Excel 表格（xlsx）",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (".xlsx",),
    ),
    FileType("xls", "Excel 表格（xls）", "application/vnd.ms-excel", (".xls",)),
    FileType("wps", "WPS 文字", "application/vnd.ms-works", (".wps",)),
    FileType("et", "WPS 表格", "application/vnd.ms-excel", (".et",)),
    FileType("txt", "文本", "text/plain", (".txt",)),
    FileType("jpg", "JPG 图片", "image/jpeg", (".jpg", ".jpeg")),
    FileType("png", "PNG 图片", "image/png", (".png",)),
    FileType("tif", "TIF 图片", "image/tiff", (".tif", ".tiff")),
    FileType("bmp", "BMP 图片", "image/bmp", (".bmp",)),
    FileType("eml", "邮件原件", "message/rfc822", (".eml",)),
)
TYPES = {one.kind: one for one in _ALL}
PICTURES = frozenset({"jpg", "png", "tif", "bmp"})
USUAL = frozenset(TYPES) - {"eml"}
ACCEPT = ",".join(suffix for one in _ALL if one.kind != "eml" for suffix in one.suffixes)
_ADVICE = "可以上传 PDF、OFD、Word、Excel、WPS、文本和 JPG、PNG、TIF、BMP 图片。"

_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"#!")
_PROGRAM_NAMES = re.compile(
    r"\.(exe|dll|scr|com|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|class|lnk|sh|apk)$", re.I
)
_MAGIC_PROGRAMS = re.compile(
    r"dosexec|x-executable|x-pie-executable|x-sharedlib|x-mach-binary|portable-executable|x-msi"
    r"|java-applet|java-archive|shellscript|x-msdos|ms-shortcut|android.package"
)
_PDF_LOCK = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_MAIL_HEAD = re.compile(rb"[\r\n]*(?:From [^\n]+\n)?[!-9;-~]+:[ \t\r\n]")
_FORMATS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "TIFF": "tif", "BMP": "bmp"}
_OPENED = ("JPEG", "PNG", "TIFF", "BMP")  # MPO is a JPEG of several pictures
_OTHERS = {
    b"PK": "压缩包",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"GIF8": "GIF 图片",
    b"RIFF": "音频、视频或者 WebP 图片",
    b"{\\rtf": "RTF 文档",
}


def tell(name: str, data: bytes, accepted: frozenset[str] = USUAL) -> FileType:
    """Return what the file is, when its name and content agree and it may be taken.

    Raises:
        NotAccepted: empty, a program, encrypted, with macros, swelling, damaged, named as
            something else, or not of a kind in `accepted`.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise NotAccepted("文件是空的，请核对后重新上传。")
    suffix = _suffix(name)
    named = next((one for one in _ALL if suffix in one.suffixes), None)
    if named is None or named.kind not in accepted:
        raise NotAccepted(f"不接收“{suffix or '没有扩展名'}”的文件。{_ADVICE}")
    if data.startswith(_PROGRAMS) or _MAGIC_PROGRAMS.search(_second_opinion(data)):
        raise NotAccepted("这是程序或者脚本文件，不能上传。")
    kind = _sniff(data, named.kind)
    if kind != named.kind:
        said = TYPES[kind].label if kind in TYPES else kind
        raise NotAccepted(
            f"文件名是“{suffix}”，内容却是{said}，请核对文件；需要时用原来的软件另存后再上传。"
        )
    return named


def _suffix(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if dot >= 0 else ""


@cache
def _magic() -> Any:
    """Return libmagic by its binding, None where it is not installed."""
    try:
        import magic

        return magic.Magic(mime=True)
    except (ImportError, OSError):
        return None


def _second_opinion(data: bytes) -> str:
    magic = _magic()
    return str(magic.from_buffer(data[: 1 << 20])) if magic is not None else ""


def _sniff(data: bytes, hoped: str) -> str:
    """Return the kind that the content is; a Chinese name when it is none of ours."""
    if data[:1024].lstrip(b"\xef\xbb\xbf\x00 \r\n\t").startswith(b"%PDF-"):
        if _PDF_LOCK.search(data):
            raise NotAccepted("PDF 已加密或者限制了权限，请解除后再上传。")
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    if data.startswith(ole.MARK):
        return _compound(data, hoped)
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\x00", b"MM\x00*", b"BM")):
        return _picture(data) or _words(data, hoped)
    for mark, label in _OTHERS.items():
        if data.startswith(mark):
            return label
    return _words(data, hoped)


def _words(data: bytes, hoped: str) -> str:
    """Return txt or eml for text in an encoding we know."""
    if hoped == "eml" and _MAIL_HEAD.match(data):
        return "eml"
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not marked and b"\x00" in data:
        return "不认识的格式"
    for encoding in ("utf-16",) if marked else ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "txt"
    return "不认识的格式"


def _picture(data: bytes) -> str | None:
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=_OPENED) as picture:
            width, height = picture.size
            kind = _FORMATS.get(picture.format or "")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAccepted("图片过大，请缩小后再上传。") from None
    except Exception:  # whatever a broken picture makes the parser raise
        if data.startswith(b"BM"):
            return None  # a text may begin so
        raise NotAccepted("图片已损坏，请重新扫描或者导出后再上传。") from None
    if width * height > _PIXELS:
        raise NotAccepted(f"图片过大（{width}×{height} 像素），请缩小后再上传。")
    return kind


def _package(data: bytes) -> str:
    """Return the kind of a zip package."""
    try:
        infos = zipfile.ZipFile(BytesIO(data)).infolist()
        package = Package(data, Limits(unpacked_bytes=4 * 1024 * 1024))
    except (Damaged, zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise NotAccepted("文件已损坏或不完整，请重新导出后再上传。") from None
    _refuse_dangers(infos, len(data))
    names = package.names
    if "OFD.xml" in names:
        return "ofd"
    kind = next(
        (
            kind
            for member, kind in (
                ("word/document.xml", "docx"),
                ("xl/workbook.xml", "xlsx"),
                ("xl/workbook.bin", "Excel 二进制表格（xlsb）"),
                ("ppt/presentation.xml", "演示文稿（PPT）"),
            )
            if member in names
        ),
        None,
    )
    if kind not in ("docx", "xlsx"):
        return kind or "压缩包"
    declared = _content_types(package)
    if b"macroEnabled" in declared or any("vbaproject" in name.lower() for name in names):
        raise NotAccepted("文件含有宏，请另存为不含宏的文档后再上传。")
    return kind


def _content_types(package: Package) -> bytes:
    try:
        return package.read("[Content_Types].xml")
    except ValueError:
        raise NotAccepted("文件已损坏或不完整，请重新导出后再上传。") from None


def _refuse_dangers(infos: list[zipfile.ZipInfo], packed: int) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise NotAccepted("文件已加密，请解除密码后再上传。")
    swollen = sum(info.file_size for info in infos)
    over = any(
        info.file_size > _RATIO * max(info.compress_size, 1) and info.file_size > 16 * 1024 * 1024
        for info in infos
    )
    if swollen > _UNPACKED or over or (swollen > 1 << 22 and swollen > packed * _RATIO):
        raise NotAccepted("文件解压后过大，疑似压缩炸弹，不能上传。")
    if any(_PROGRAM_NAMES.search(info.filename) for info in infos):
        raise NotAccepted("文件里夹带程序或者脚本，不能上传。")


def _compound(data: bytes, hoped: str) -> str:
    """Return the kind of a compound file; WPS writes what Word and Excel write."""
    try:
        held = ole.streams(data)
    except ole.NotCompound:
        raise NotAccepted("文件已损坏或不完整，请重新导出后再上传。") from None
    if "EncryptedPackage" in held or "EncryptionInfo" in held:
        raise NotAccepted("文件已加密，请解除密码后再上传。")
    if {"Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"} & set(held):
        raise NotAccepted("文件含有宏，请另存为不含宏的文档后再上传。")
    if "WordDocument" in held:
        if held["WordDocument"][11:12] and held["WordDocument"][11] & 1:
            raise NotAccepted("文件已加密，请解除密码后再上传。")
        return "wps" if hoped == "wps" else "doc"
    book = held.get("Workbook", held.get("Book"))
    if book is not None:
        if _book_locked(book):
            raise NotAccepted("文件已加密，请解除密码后再上传。")
        return "et" if hoped == "et" else "xls"
    return "演示文稿（PPT）" if "PowerPoint Document" in held else "不认识的格式"


def _book_locked(book: bytes) -> bool:
    """Say whether a FILEPASS record stands among the first records of a workbook."""
    at = 0
    while at + 4 <= len(book):
        record, length = (int.from_bytes(book[at + k : at + k + 2], "little") for k in (0, 2))
        if record == 0x2F:
            return True
        at += 4 + length
    return False
