"""`gongkai backup`: keep everything but the keys, encrypted, proved; exit 0 kept, 1 faults, 2 not.

Each run is noted for the operator's page, a failed one too.
"""

import argparse
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from gongkai.adapters.backups import BackupFailed
from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import refuse
from gongkai.desk.operating.backing_up import ENGINES, Made, Store, back_up, store_at
from gongkai.desk.operating.runs import Run, note


class Command(BaseCommand):
    """Back up this installation."""

    help = "加密备份数据库和文件（不含密钥、网页和搜索索引），可增量；--verify 写完再逐个核对"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add where to, by what, and what to do besides."""
        self.add_format(parser)
        parser.add_argument(
            "target",
            nargs="?",
            default=settings.GONGKAI_BACKUP_TARGET,
            metavar="备份目录",
            help="目录，或者 restic 的存储地址（默认取设置 GONGKAI_BACKUP_TARGET）",
        )
        parser.add_argument(
            "--engine",
            choices=ENGINES,
            default="auto",
            help="own 本系统加密，restic 用 restic，auto 有 restic 就用（默认）",
        )
        parser.add_argument("--verify", action="store_true", help="写完后全部读出核对")
        parser.add_argument(
            "--keep", type=int, default=0, metavar="份数", help="只保留最近若干份（默认全部保留）"
        )
        parser.add_argument("--list", action="store_true", help="只列出已有的备份")

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up, print, leave."""
        if options["keep"] < 0:
            raise refuse("参数 --keep：须为不小于 0 的整数")
        begun, at = time.monotonic(), timezone.now()
        try:
            store = store_at(options["target"], options["engine"])
            if options["list"]:
                self._list(store, options)
                return
            made = back_up(store, at=at, verify=options["verify"], keep=options["keep"])
        except BackupFailed as error:
            if not options["list"]:
                seconds = round(time.monotonic() - begun, 1)
                fault = Run(
                    at.isoformat(), options["target"], "", seconds=seconds, fault=str(error)
                )
                note(Path(settings.GONGKAI_BACKUP_DIR), fault)
            raise refuse(str(error)) from error
        note(Path(settings.GONGKAI_BACKUP_DIR), _run(options["target"], store, made))
        self.finish(options, _value(made), _text(store, made), code=1 if made.faults else 0)

    def _list(self, store: Store, options: dict[str, Any]) -> None:
        there = store.sets()
        self.finish(options, there, "\n".join(there) or "还没有备份。")


def _run(target: str, store: Store, made: Made) -> Run:
    manifest = made.manifest
    return Run(
        at=manifest.made_at,
        target=target,
        store=store.label,
        set=manifest.id,
        records=manifest.state.records,
        files=manifest.files,
        size=manifest.size,
        seconds=round(made.seconds, 1),
        verified=made.verified,
        fault="；".join(made.faults[:3]),
    )


def _value(made: Made) -> dict[str, Any]:
    manifest = made.manifest
    return {
        "set": manifest.id,
        "records": manifest.state.records,
        "tables": len(manifest.state.tables),
        "files": manifest.files,
        "bytes": manifest.size,
        "new": made.new,
        "chains": len(manifest.state.chains),
        "seconds": round(made.seconds, 1),
        "verified": made.verified,
        "faults": list(made.faults),
        "forgotten": made.forgotten,
    }


def _text(store: Store, made: Made) -> str:
    manifest = made.manifest
    lines = [
        f"备份 {manifest.id} 已完成（{store.label}），用时 {made.seconds:.1f} 秒。",
        f"  记录 {manifest.state.records} 条，日志链 {len(manifest.state.chains)} 条，"
        f"文件 {manifest.files} 个，共 {manifest.size / 1e6:.1f} MB；新写入 {made.new} 项。",
        "  密钥不在备份中，请用 gongkai backupkeys 另存。",
    ]
    if made.verified and not made.faults:
        lines.append("  已全部读出核对，没有发现问题。")
    if made.forgotten:
        lines.append(f"  删除了较早的备份 {made.forgotten} 份。")
    lines += [f"  【有问题】{fault}" for fault in made.faults]
    return "\n".join(lines)
