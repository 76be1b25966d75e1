"""A report as a file in each format that offices and citizens ask for."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.conf import settings

from gongkai.annualreport.lifecycle import CannotRender
from gongkai.annualreport.models import Report
from gongkai.annualreport.queries.contents import content_of, report_json
from gongkai.annualreport.rules.report_text import report_text


@dataclass(frozen=True, slots=True)
class FileKind:
    """A format: how it is made, its media type, and whether a terminal can show it."""

    make: Callable[[Report], bytes]
    media_type: str
    is_text: bool


def _docx(report: Report) -> bytes:
    from gongkai.adapters import report_docx  # heavy libraries load only when asked for

    return report_docx.render(content_of(report))


def _xlsx(report: Report) -> bytes:
    from gongkai.adapters import report_xlsx

    return report_xlsx.render(content_of(report))


def _pdf(report: Report) -> bytes:
    from gongkai.adapters import report_pdf

    try:
        return report_pdf.render(content_of(report), font_dir=settings.GONGKAI_FONT_DIR)
    except report_pdf.NoChineseFont as error:
        raise CannotRender(str(error)) from error


def _html(report: Report) -> bytes:
    from gongkai.adapters import report_html

    return report_html.render(content_of(report))


def _json(report: Report) -> bytes:
    return json.dumps(report_json(report), ensure_ascii=False, indent=2).encode()


def _text(report: Report) -> bytes:
    return report_text(content_of(report)).encode()


FILE_KINDS: Mapping[str, FileKind] = MappingProxyType(
    {
        "text": FileKind(_text, "text/plain; charset=utf-8", True),
        "json": FileKind(_json, "application/json", True),
        "html": FileKind(_html, "text/html; charset=utf-8", True),
        "docx": FileKind(
            _docx,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            False,
        ),
        "xlsx": FileKind(
            _xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False
        ),
        "pdf": FileKind(_pdf, "application/pdf", False),
    }
)
_ENDINGS = {"text": "txt"}


def file_name(report: Report, kind: str) -> str:
    """Return the name a download bears, such as 靖安县人民政府2020年…报告.docx."""
    year = report.report_year.year
    version = f"（第{report.version}版）" if report.version > 1 else ""
    title = f"{report.organ_name}{year}年政府信息公开工作年度报告{version}"
    return f"{title}.{_ENDINGS.get(kind, kind)}"
