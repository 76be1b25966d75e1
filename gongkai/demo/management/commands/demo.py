"""`gongkai demo`: set up the reference county's year, compare it, serve it."""

import argparse
import time
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from gongkai.adapters.commandline import Command as ChineseCommand
from gongkai.adapters.commandline import refuse
from gongkai.adapters.serving import serve, start_beside

_TOLD_EACH = 20  # migrations


def _tell_rate(tell: Any, seconds: float) -> None:
    """Say how many acts the replay did, each with its event in the log, and how fast."""
    from gongkai.audit.models import Event

    acts = Event.objects.count()
    tell(f"共 {acts} 步操作，用时 {seconds:.0f} 秒，每秒 {acts / seconds:.0f} 步。")


class _Steps(StringIO):
    """What `migrate` writes to: tells how far it is, as a new database takes a minute or two."""

    def __init__(self, tell: Any) -> None:
        super().__init__()
        executor = MigrationExecutor(connection)
        self._tell = tell
        self._all = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        self._done = 0

    def write(self, line: str) -> int:
        """Count a migration that is begun; tell every twentieth and the last."""
        if line.strip().startswith("Applying "):
            self._done += 1
            if self._done % _TOLD_EACH == 0 or self._done == self._all:
                self._tell(f"  数据库 {self._done}/{self._all}")
        return len(line)


class Command(ChineseCommand):
    """Build, compare and serve the demo."""

    help = (
        "建立演示县（靖安县 2020 年）的全部数据，算出年度报告并与已公布的报告逐格比对，然后打开门户"
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--replay", action="store_true", help="不用快照，按真实操作把这一年重新做一遍"
        )
        parser.add_argument("--serve", action="store_true", help="比对一致后打开门户")
        parser.add_argument("--port", type=int, default=8000, help="门户端口（默认 8000）")
        self.add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        told = options["format"] == "text"
        tell = self.stdout.write if told else lambda line: None
        self._prepare(replay=options["replay"], tell=tell)
        from gongkai.demo.figures import compare_prose

        report, tables = self._compare()
        for compared in tables:
            tell(compared.line)
        figures = compare_prose(report)
        tell("文字部分的数字：")
        for figure in figures:
            tell(figure.line)
        equal = all(not compared.different for compared in tables)
        equal &= all(figure.equal for figure in figures)
        tell(f"报告摘要（SHA-256）：{report.sha256}")
        if told:
            for compared in tables:
                for path in compared.different:
                    self.stderr.write(f"不一致：{path}")
        value = {
            "sha256": report.sha256,
            "tables": [
                {
                    "table": compared.table.value,
                    "compared": compared.compared,
                    "equal": compared.equal,
                    "published_blank": compared.published_blank,
                }
                for compared in tables
            ],
            "figures": [asdict(figure) for figure in figures],
        }
        conclusion = "与已公布的报告全部一致。" if equal else "与已公布的报告不一致。"
        self.finish(options, value, conclusion, code=0 if equal else 1)
        self._publish(options["port"], tell)
        if options["serve"]:
            self._serve(options["port"])

    def _prepare(self, *, replay: bool, tell: Any) -> None:
        from gongkai.annualreport.models import Report
        from gongkai.demo import desk, inspecting, publication, snapshot
        from gongkai.demo.replay import Replay

        if settings.SETTINGS_MODULE != "gongkai.config.settings.demo":
            raise refuse(
                "demo 只能用演示设置运行（gongkai.config.settings.demo），以免改动真实数据"
            )
        if replay:
            self._start_anew()
        tell("正在准备数据库 …")
        call_command("migrate", verbosity=1, stdout=_Steps(tell))
        call_command("collectstatic", interactive=False, verbosity=0)
        if replay:
            tell("正在按真实操作重建 2020 年 …")
            begun = time.monotonic()
            Replay(tell).make()
            _tell_rate(tell, time.monotonic() - begun)
        elif not Report.objects.exists():
            tell("正在载入 2020 年的快照 …")
            snapshot.load(today=timezone.localdate())
        made = desk.lay(timezone.localdate())
        if made:
            tell(f"已另外生成 {made} 件正在办理和刚办结的演示申请，供工作台使用。")
        made = publication.lay(timezone.localdate())
        if made:
            tell(f"已另外生成 {made} 条公开信息和它们的审核记录，供门户和工作台使用。")
        made = inspecting.lay(timezone.localdate())
        if made:
            tell(f"已另外生成 {made} 个检查发现的问题、通报和网站年度报表，供监督检查使用。")
        tell("正在建立搜索索引 …")
        call_command("buildsearch", stdout=StringIO())

    def _publish(self, port: int, tell: Any) -> None:
        """Write the public pages as files, at the port at which they will be asked for."""
        from gongkai.audit import SYSTEM
        from gongkai.portal.actions import Profile, open_site
        from gongkai.portal.models import SiteProfile

        for kept in SiteProfile.objects.select_related("site", "county"):
            if kept.site.port != port:
                told = Profile(**{name: getattr(kept, name) for name in Profile.__slots__})
                where = {"hostname": kept.site.hostname, "port": port}
                open_site(kept.county, told, **where, by=SYSTEM, at=timezone.now())
        tell("正在生成网站文件 …")
        call_command("publishsite", all=True, format="json", stdout=StringIO())

    def _start_anew(self) -> None:
        connection.close()
        database = Path(settings.DATABASES["default"]["NAME"])
        for path in (database, *database.parent.glob(f"{database.name}-*")):
            path.unlink(missing_ok=True)

    def _compare(self) -> tuple[Any, list[Any]]:
        from gongkai.annualreport.queries import report_to_show, sheet_of
        from gongkai.demo.comparison import compare, published_sheet
        from gongkai.demo.county import COUNTY_CODE, YEAR

        report = report_to_show(COUNTY_CODE, YEAR)
        return report, compare(sheet_of(report), published_sheet())

    def _serve(self, port: int) -> None:
        from gongkai.demo.staff import PASSWORD

        self.stdout.write(
            f"\n门户：http://127.0.0.1:{port}/\n"
            f"2020 年度报告：http://127.0.0.1:{port}/zwgk/xxgknb/2020/jaxrmzf.html\n"
            f"工作人员入口：http://127.0.0.1:{port}/staff/\n"
            f"演示账号（密码都是 {PASSWORD}）：\n"
            "  office 县政府办　leader 分管领导　zrzyj 自然资源局　scjg 市场监督管理局　"
            "sxz 双溪镇\n  window 窗口　reviewer 审核人　head 公开工作机构负责人　"
            "secrecy 保密审查员　publisher 信息发布员\n  "
            "admin 系统管理员　security 安全管理员　auditor 审计管理员\n"
            "按 Ctrl+C 停止。"
        )
        self.stdout.flush()
        start_beside("tick", "--stay")
        serve("gongkai.config.wsgi:application", port)
