"""Readers of published files: any file in, a Document of paragraphs and grids out.

The format is told by the content, the name is only a hint. Heavy libraries are
imported where they are used: a plain-text report is read without any of them.
"""

from pathlib import Path

from gongkai.adapters.readers.limits import (
    LIMITS,
    Damaged,
    Limits,
    Locked,
    NoText,
    NotSupported,
    ReadError,
    TooLarge,
)
from gongkai.adapters.readers.textfile import read_text
from gongkai.tables.grid import Document

__all__ = [
    "Damaged",
    "Limits",
    "Locked",
    "NoText",
    "NotSupported",
    "ReadError",
    "TooLarge",
    "read_document",
    "read_file",
]

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body")
_OTHER_OFFICE = {".xls": "xlsx", ".et": "xlsx", ".ods": "xlsx"}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")


def read_file(path: Path, limits: Limits = LIMITS) -> Document:
    """Return the Document in a file.

    Raises:
        ReadError: it is missing, too large, damaged, locked or of no known format.
    """
    try:
        if not path.is_file():
            raise Damaged("文件不存在或不是普通文件，请核对路径。")
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except OSError:
        raise Damaged("文件打不开，请核对路径和权限。") from None
    if len(data) > limits.file_bytes:
        most = limits.file_bytes // (1024 * 1024)
        raise TooLarge(f"文件超过 {most} MB，不像一份年度报告，请核对文件。")
    return read_document(data, path.suffix.lower(), limits)


def read_document(data: bytes, suffix: str = "", limits: Limits = LIMITS) -> Document:
    """Return the Document in a file's bytes; `suffix` helps where the content does not tell.

    Raises:
        ReadError: it is empty, damaged, locked, too large or of no known format.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise Damaged("文件是空的，请核对文件。")
    if data[:1024].lstrip().startswith(b"%PDF"):
        from gongkai.adapters.readers.pdffile import read_pdf

        return read_pdf(data, limits)
    if data.startswith(b"PK"):
        return _read_package(data, suffix, limits)
    if data.startswith((_OLE, b"{\\rtf")):
        return _read_office(data, suffix, limits)
    if data.startswith(_PICTURES):
        raise NoText("这是图片，没有文字，请提供文字版，或先作文字识别。")
    if suffix in (".docx", ".xlsx", ".pdf", ".doc", ".wps", ".xls"):
        raise Damaged(f"文件内容不是 {suffix} 格式，可能已损坏或改过扩展名，请重新导出后再试。")
    if suffix in (".html", ".htm", ".xhtml", ".shtml") or _is_page(data):
        from gongkai.adapters.readers.htmlfile import read_html

        return read_html(data, limits)
    return read_text(data, limits)


def _is_page(data: bytes) -> bool:
    start = data[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    return start.startswith((*_PAGE_STARTS, b"<?xml")) and any(
        mark in start for mark in _PAGE_STARTS
    )


def _read_package(data: bytes, suffix: str, limits: Limits) -> Document:
    from gongkai.adapters.readers.packages import Package

    names = Package(data, limits).names
    if "word/document.xml" in names:
        from gongkai.adapters.readers.docxfile import read_docx

        return read_docx(data, limits)
    if "xl/workbook.xml" in names:
        from gongkai.adapters.readers.xlsxfile import read_xlsx

        return read_xlsx(data, limits)
    if suffix in (".docx", ".xlsx"):
        raise Damaged(f"这不是 {suffix} 文档，而是装着别的内容的压缩包，请核对文件格式。")
    raise NotSupported("这是压缩包或不认识的格式，请先解压，或另存为 .docx、.xlsx、.pdf 后再试。")


def _read_office(data: bytes, suffix: str, limits: Limits) -> Document:
    from gongkai.adapters.readers.office import convert

    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Locked("文件已加密，请提供未加密的文件。")
    if "Workbook".encode("utf-16-le") in data or suffix in _OTHER_OFFICE:
        from gongkai.adapters.readers.xlsxfile import read_xlsx

        return read_xlsx(convert(data, ".xls", "xlsx", limits), limits)
    from gongkai.adapters.readers.docxfile import read_docx

    source = ".rtf" if data.startswith(b"{\\rtf") else ".doc"
    return read_docx(convert(data, source, "docx", limits), limits)
