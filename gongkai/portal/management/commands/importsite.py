"""`gongkai importsite`: take over a county's former site, from its pages or from a sheet."""

import argparse
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils import timezone

from gongkai.adapters.commandline import Command as ChineseCommand
from gongkai.adapters.commandline import refuse
from gongkai.adapters.oldsite import SiteUnreadable, read_folder, read_sheet
from gongkai.orgs.models import Organ, OrganKind
from gongkai.portal.importing.mapping import MappingWrong, Organs, Sections, read_pairs
from gongkai.portal.importing.run import Old, Run
from gongkai.portal.importing.telling import Outcome, write_report


class Command(ChineseCommand):
    """Import an old site."""

    help = "导入原网站的网页目录（连同附件）或者 xlsx、csv 信息表；中断后再次执行即可接着导入"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add where from, for whom, the mappings and the report."""
        add = parser.add_argument
        add(
            "source", type=Path, metavar="来源", help="原网站的网页目录，或者 xlsx、xls、csv 信息表"
        )
        add("--county", required=True, metavar="代码", help="县政府的机构代码")
        add(
            "--organ",
            default="",
            metavar="代码",
            help="没有写明发布机构、或者机构不能识别的归哪个机关",
        )
        add(
            "--organs", type=Path, metavar="文件", help="机构对照表 csv，两列：原机构名称、机构代码"
        )
        add("--sections", type=Path, metavar="文件",
            help="栏目对照表 csv，两列：原栏目（或者以 / 开头的原路径）、现栏目地址")  # fmt: skip
        add(
            "--files",
            type=Path,
            metavar="目录",
            help="信息表所列附件所在的目录（默认与信息表同一目录）",
        )
        add("--dry-run", action="store_true", help="只检查，不写入")
        add("--report", type=Path, metavar="文件", help="未导入和提示的清单，xlsx 或 csv")
        self.add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Import; exit 1 when something was refused."""
        run = self._run(options)
        try:
            outcome = run.go(_documents(options["source"]))
        except SiteUnreadable as why:
            raise refuse(str(why)) from why
        if options["report"] is not None:
            try:
                write_report(options["report"], outcome.lines)
            except OSError as why:
                raise refuse(
                    f"清单写不进 {options['report']}：{why.strerror}。数据已经导入"
                ) from why
        text = outcome.summary(dry_run=run.dry_run)
        if options["report"] is not None:
            text += f"\n清单：{options['report']}"
        self.finish(options, outcome.as_json(), text, code=1 if outcome.refused else 0)

    def _run(self, options: dict[str, Any]) -> Run:
        kind = OrganKind.COUNTY_GOVERNMENT
        county = Organ.objects.filter(code=options["county"], kind=kind).first()
        if county is None:
            raise refuse(f"没有代码为“{options['county']}”的县政府，请核对 --county")
        try:
            organs = Organs(county, _pairs(options["organs"], "机构"), options["organ"])
            sections = Sections(county, _pairs(options["sections"], "栏目"))
        except MappingWrong as why:
            raise refuse(str(why)) from why
        began = time.monotonic()

        def tell(outcome: Outcome) -> None:
            seconds = max(time.monotonic() - began, 0.001)
            self.stderr.write(
                f"已读取 {outcome.read} 篇，导入 {outcome.made}，已有 {outcome.known}，"
                f"未导入 {outcome.refused}（每秒 {outcome.read / seconds:.0f} 篇）"
            )

        return Run(
            county,
            organs,
            sections,
            beside=options["files"] or options["source"].parent,
            at=timezone.now(),
            dry_run=options["dry_run"],
            progress=tell,
        )


def _documents(source: Path) -> Iterable[Old]:
    if source.is_dir():
        return read_folder(source)
    try:
        return read_sheet(source.read_bytes())
    except OSError as why:
        raise refuse(f"打不开 {source}：{why.strerror}，请核对路径") from why


def _pairs(path: Path | None, what: str) -> dict[str, str]:
    if path is None:
        return {}
    try:
        return read_pairs(path.read_bytes(), what)
    except OSError as why:
        raise refuse(f"打不开{what}对照表 {path}：{why.strerror}，请核对路径") from why
