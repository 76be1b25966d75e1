"""`gongkai restore`: bring a backup back and prove it; exit 0 the same, 1 something differs, 2 not.

Afterwards the search index is built anew; public pages are written by `gongkai publishsite --all`.
"""

import argparse
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from gongkai.adapters import searchfeeds
from gongkai.adapters.backups import BackupFailed
from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import refuse
from gongkai.audit.queries import verify
from gongkai.desk.operating.backing_up import (
    ENGINES,
    database_here,
    log,
    roots_here,
    store_at,
)
from gongkai.desk.operating.restoring import Restored, restore


class Command(BaseCommand):
    """Restore this installation from a backup."""

    help = "从备份恢复数据库和文件，逐条核对后重建搜索索引；--check 只核对备份能否恢复"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add where from, which one, and what to do besides."""
        self.add_format(parser)
        parser.add_argument(
            "source",
            nargs="?",
            default=settings.GONGKAI_BACKUP_TARGET,
            metavar="备份目录",
            help="目录，或者 restic 的存储地址（默认取设置 GONGKAI_BACKUP_TARGET）",
        )
        parser.add_argument("--engine", choices=ENGINES, default="auto", help="同 gongkai backup")
        parser.add_argument(
            "--set", default="", metavar="备份号", help="恢复哪一份（默认最近一份）"
        )
        parser.add_argument("--replace", action="store_true", help="替换已有的数据；先停止各项服务")
        parser.add_argument("--check", action="store_true", help="只核对备份，不恢复")
        parser.add_argument("--no-search", action="store_true", help="不重建搜索索引")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, print, leave."""
        at = timezone.now()
        try:
            store = store_at(options["source"], options["engine"])
            if options["check"]:
                faults = tuple(store.faults(store.manifest(options["set"])))
                text = "\n".join(faults) or "备份完好，可以恢复。"
                self.finish(options, {"faults": list(faults)}, text, code=1 if faults else 0)
                return
            done = restore(
                store,
                options["set"],
                database=database_here(),
                roots=roots_here(),
                replace=options["replace"],
                tell=lambda text: sys.stderr.write(f"{text}\n"),
                before_writing=connections.close_all,
            )
        except BackupFailed as error:
            raise refuse(str(error)) from error
        connections.close_all()
        faults = list(done.faults)
        if not faults:
            if done.outdated:  # proved as it was; from here on in the shape of this version
                call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
            faults += [fault.message for fault in verify().faults]
        if not faults:
            if searchfeeds.is_on() and not options["no_search"]:
                call_command("buildsearch", stdout=sys.stderr)
            log("operating.restore", done.manifest, at=at)
        self.finish(options, _value(done, faults), _text(done, faults), code=1 if faults else 0)


def _value(done: Restored, faults: list[str]) -> dict[str, Any]:
    manifest = done.manifest
    return {
        "set": manifest.id,
        "records": manifest.state.records,
        "files": manifest.files,
        "chains": {key: head for key, (_, head) in manifest.state.chains.items()},
        "seconds": round(done.seconds, 1),
        "faults": faults,
    }


def _text(done: Restored, faults: list[str]) -> str:
    manifest = done.manifest
    if faults:
        shown = "\n".join(f"  {fault}" for fault in faults[:50])
        return f"备份 {manifest.id} 已写入，但有 {len(faults)} 处与备份不一致：\n{shown}"
    return (
        f"已恢复备份 {manifest.id}（{manifest.made_at} 制作），用时 {done.seconds:.1f} 秒。\n"
        f"  记录 {manifest.state.records} 条、文件 {manifest.files} 个、"
        f"日志链 {len(manifest.state.chains)} 条，与备份时逐一相同，日志核对无误。\n"
        "  请执行 gongkai publishsite --all 重新生成网页，再启动各项服务。"
    )
