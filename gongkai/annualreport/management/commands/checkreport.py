"""`gongkai checkreport FILE...`: read anyone's published annual report and say what is wrong.

Exit 0: no error, no warning; 1: some; 2: nothing could be read as a report.
"""

import argparse
from pathlib import Path
from typing import Any

from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import refuse
from gongkai.adapters.readers import ReadError, read_file
from gongkai.annualreport.rules.check import CheckedReport, NoTables, check
from gongkai.annualreport.rules.check.present import to_json, to_text
from gongkai.tables.sheet import Sheet


class Command(BaseCommand):
    """Check published annual reports."""

    help = "检查已发布的政府信息公开工作年度报告：表间勾稽、空白和漏行、正文数字与表格是否一致"
    needs_database = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take files, and last year's report for the year-on-year rules."""
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help="年度报告文件：txt、html、docx、xlsx、pdf，装有 LibreOffice 时还可用 doc、wps",
        )
        parser.add_argument(
            "--last-year",
            metavar="FILE",
            help="上一年度的年度报告，用于核对结转和跨年数字（V5 至 V7）",
        )
        self.add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each file; a file that is no report does not stop the others."""
        last_year = self._last_year(options["last_year"])
        shown: list[dict[str, Any]] = []
        texts: list[str] = []
        reports: list[CheckedReport] = []
        for name in options["files"]:
            try:
                report = check(read_file(Path(name)), last_year)
            except (ReadError, NoTables) as error:
                shown.append({"path": name, "error": str(error)})
                texts.append(f"■ {name}\n  无法检查：{error}")
                continue
            reports.append(report)
            shown.append(to_json(name, report))
            texts.append(to_text(name, report))
        code = 2 if not reports else int(any(report.at_fault for report in reports))
        self.finish(options, shown, "\n\n".join(texts), code)

    def _last_year(self, name: str | None) -> Sheet | None:
        if name is None:
            return None
        try:
            return check(read_file(Path(name))).sheet
        except (ReadError, NoTables) as error:
            raise refuse(f"上一年度报告 {name} 无法读取：{error}") from None
