"""`gongkai report`: one organ's frozen annual report in any format (contract)."""

import argparse
from pathlib import Path
from typing import Any

from gongkai.adapters.commandline import Command as GongkaiCommand
from gongkai.adapters.commandline import refuse
from gongkai.annualreport.lifecycle import AnnualReportError
from gongkai.annualreport.queries import FILE_KINDS, report_to_show


class Command(GongkaiCommand):
    """Prints or writes the published, else the latest frozen version of a report."""

    help = "输出某机关某年度的政府信息公开工作年度报告（已公布的版本；未公布时为最近定稿的版本）。"

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Let `--version N` mean the version of the report, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add year, organ, format, output and version."""
        parser.add_argument("--year", type=int, required=True, metavar="年份", help="报告年度")
        parser.add_argument(
            "--organ", required=True, metavar="机关", help="机关全称、简称或机构代码"
        )
        parser.add_argument(
            "--format",
            choices=list(FILE_KINDS),
            default="text",
            help="输出格式（默认 text）；docx、xlsx、pdf 须用 -o 指定文件",
        )
        parser.add_argument("-o", "--output", metavar="文件", help="写入的文件；不写则输出到屏幕")
        parser.add_argument(
            "--version",
            dest="report_version",
            type=int,
            metavar="版本号",
            help="指定版本（含已被更正的旧版）",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the report, make the file, write or print it."""
        kind = FILE_KINDS[options["format"]]
        output = options["output"]
        if not kind.is_text and not output:
            raise refuse(f"{options['format']} 格式不能输出到屏幕，请用 -o 指定文件。")
        try:
            report = report_to_show(options["organ"], options["year"], options["report_version"])
            made = kind.make(report)
        except AnnualReportError as error:
            raise refuse(str(error)) from error
        if output:
            self._write(Path(output), made)
        else:
            self.stdout.write(made.decode().rstrip("\n"))

    def _write(self, path: Path, made: bytes) -> None:
        try:
            path.write_bytes(made)
        except OSError as error:
            raise refuse(f"不能写入 {path}：{error.strerror}，请检查目录和权限。") from error
        self.stderr.write(f"已写入 {path}（{len(made)} 字节）", self.style.SUCCESS)
