"""The state of this installation, one condition after another, each with its remedy in plain words.

The operator's page, the probes and the figures for monitoring all say the same: they read this.
A condition that cannot be looked at is told as such; the others are still looked at.
"""

import platform
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from gongkai.adapters import timeserver
from gongkai.adapters.backups import BackupFailed
from gongkai.audit.models import Anchor, Chain
from gongkai.calendars.queries import missing_year
from gongkai.desk.operating.queue import queue_conditions
from gongkai.desk.operating.runs import Run, noted
from gongkai.desk.operating.saying import Condition, Level, size, span

_DISK_LOW, _DISK_FULL = 0.2, 0.1  # of the disk free
_DISK_LEAST = 2 * 1024**3
_BACKUP_LATE, _BACKUP_MISSED = timedelta(hours=26), timedelta(hours=50)
_VERIFIED_LATE = timedelta(days=8)
_CLOCK_WARN, _CLOCK_BAD = 2.0, 30.0  # seconds


def conditions(at: datetime) -> list[Condition]:
    """Return all conditions as they are at a moment, in the order of the page."""
    found: list[Condition] = []
    for label, look in _LOOKS.items():
        try:
            found += look(at)
        except (DatabaseError, OSError, BackupFailed) as error:
            why = (str(error).splitlines() or [""])[0]
            found.append(
                Condition(label, Level.BAD, f"查不到：{why}", "先排除这里说的故障，再看其他各项。")
            )
    return found


def database_and_migrations(at: datetime) -> list[Condition]:
    """Say which database answers, and whether it is set up for this version."""
    begun = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    milliseconds = (time.monotonic() - begun) * 1000
    lacking = lacking_migrations()
    server = f"{connection.display_name}，{milliseconds:.0f} 毫秒应答"
    return [
        Condition("数据库", Level.GOOD, server, figures={"gongkai_database_up": 1}),
        Condition(
            "数据库结构",
            Level.BAD if lacking else Level.GOOD,
            f"有 {len(lacking)} 项变更没有执行" if lacking else "与程序版本一致",
            "执行 gongkai migrate（deploy/upgrade.sh 会自动执行）。" if lacking else "",
            {"gongkai_migrations_lacking": len(lacking)},
        ),
    ]


def lacking_migrations() -> list[str]:
    """Return the migrations of this version that the database has not had."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    return sorted(f"{app}.{name}" for app, name in _migrations_of_this_version() - applied)


@lru_cache(maxsize=1)
def _migrations_of_this_version() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def disks(at: datetime) -> list[Condition]:
    """Say how full the disks are on which data and backups lie."""
    places = {"数据目录": Path(settings.GONGKAI_FILE_DIR)}
    target = settings.GONGKAI_BACKUP_TARGET
    if target and ":" not in target:
        places["备份目录"] = Path(target)
    return [_disk(label, path) for label, path in places.items()]


def _disk(label: str, path: Path) -> Condition:
    there = _standing(path)
    usage = shutil.disk_usage(there)
    share = usage.free / usage.total
    level = Level.GOOD
    if share < _DISK_LOW:
        level = Level.WARN
    if share < _DISK_FULL or usage.free < _DISK_LEAST:
        level = Level.BAD
    return Condition(
        f"{label}所在磁盘",
        level,
        f"剩余 {size(usage.free)}，占 {share:.0%}（{there}）",
        ""
        if level is Level.GOOD
        else "扩大磁盘，或者清理日志和较早的备份（gongkai backup --keep）。",
        {f'gongkai_disk_free_bytes{{place="{_NAMES[label]}"}}': usage.free},
    )


def _standing(path: Path) -> Path:
    """Return the path, or the nearest folder above it that is there."""
    return next(each for each in (path, *path.parents) if each.exists())


_NAMES = {"数据目录": "data", "备份目录": "backup"}


def clock(at: datetime) -> list[Condition]:
    """Say how far our clock is from the database's, and from a time server's if one is named."""
    told: dict[str, float] = {}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            before = time.time()
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            (theirs,) = cursor.fetchone()
            told["数据库"] = float(theirs) - (before + time.time()) / 2
    if settings.GONGKAI_TIME_SERVER:
        told["时间服务器"] = timeserver.offset(settings.GONGKAI_TIME_SERVER)
    if not told:
        said = "数据库在本机；没有设置时间服务器（GONGKAI_TIME_SERVER），未核对"
        return [Condition("时钟", Level.UNKNOWN, said, "建议设置本单位的时间服务器。")]
    worst = max(abs(seconds) for seconds in told.values())
    level = Level.GOOD if worst < _CLOCK_WARN else Level.WARN
    return [
        Condition(
            "时钟",
            Level.BAD if worst >= _CLOCK_BAD else level,
            "，".join(f"与{whose}相差 {seconds:+.2f} 秒" for whose, seconds in told.items()),
            ""
            if worst < _CLOCK_WARN
            else "请对时（systemd-timesyncd 或 chrony）：期限按时间计算。",
            {"gongkai_clock_drift_seconds": round(worst, 3)},
        )
    ]


def holidays(at: datetime) -> list[Condition]:
    """Say whether a year's holiday notice is missing."""
    missing = missing_year(timezone.localdate(at))
    figures = {"gongkai_holiday_year_missing": int(missing is not None)}
    if missing is None:
        return [Condition("放假通知", Level.GOOD, "已录入", figures=figures)]
    level = Level.BAD if missing.grave else Level.WARN
    remedy = "请政务公开办在“工作日历”中录入国务院办公厅的放假通知。"
    return [Condition("放假通知", level, missing.message, remedy, figures)]


def audit_chains(at: datetime) -> list[Condition]:
    """Say how long the log is and when it was last anchored; `auditverify` walks it."""
    events = sum(Chain.objects.values_list("length", flat=True))
    chains = Chain.objects.count()
    last = Anchor.objects.order_by("-day").values_list("day", flat=True).first()
    behind = (timezone.localdate(at) - last).days if last else None
    figures = {"gongkai_audit_events": events, "gongkai_audit_chains": chains}
    if behind is not None:
        figures["gongkai_audit_anchor_age_days"] = behind
    said = f"{chains} 条链、{events} 条记录；" + (f"最近锚定 {last}" if last else "还没有锚定")
    late = behind is None or behind > 2
    remedy = "请查看定时任务是否运行；并执行 gongkai auditverify 核对。" if late else ""
    return [Condition("操作日志", Level.WARN if late else Level.GOOD, said, remedy, figures)]


def backups(at: datetime) -> list[Condition]:
    """Say when was last backed up, whether it went well and when it was last read back."""
    runs = noted(Path(settings.GONGKAI_BACKUP_DIR))
    good = [run for run in runs if not run.fault]
    if not runs:
        remedy = "请执行 gongkai backup，并启用 gongkai-backup.timer。"
        return [Condition("备份", Level.BAD, "没有备份记录", remedy, {"gongkai_backup_ok": 0})]
    return [_backup(runs[-1], good, at)]


def _backup(last: Run, good: list[Run], at: datetime) -> Condition:
    level, remedy = Level.GOOD, ""
    age = at - good[-1].moment if good else None
    read = [run.moment for run in good if run.verified]
    if not read or at - read[-1] > _VERIFIED_LATE:
        level, remedy = Level.WARN, "请执行 gongkai backup --verify，把备份读出来核对一遍。"
    if age is None or age > _BACKUP_LATE:
        level = Level.BAD if age is None or age > _BACKUP_MISSED else Level.WARN
        remedy = "请查看 systemctl status gongkai-backup.timer 和备份目录。"
    said = (
        f"最近成功 {span(age)}前，{good[-1].records} 条记录、{good[-1].files} 个文件、"
        if good
        else ""
    )
    said += (
        f"{size(good[-1].size)}（{good[-1].store}，{good[-1].target}）"
        if good
        else "没有成功的备份"
    )
    if last.fault:
        level, remedy = Level.BAD, "请按上面的原因处理，再执行 gongkai backup --verify。"
        said = f"最近一次没有成功：{last.fault}；{said}"
    figures = {"gongkai_backup_ok": int(not last.fault)}
    if good:
        figures["gongkai_backup_last_success_seconds"] = int(good[-1].moment.timestamp())
    return Condition("备份", level, said, remedy, figures)


def versions(at: datetime) -> list[Condition]:
    """Say which versions run."""
    ours = version("gongkai")
    said = f"政务公开平台 {ours}，Python {platform.python_version()}，Django {version('django')}"
    figures = {f'gongkai_info{{version="{ours}",database="{connection.vendor}"}}': 1}
    return [Condition("版本", Level.GOOD, said, figures=figures)]


_LOOKS: dict[str, Callable[[datetime], list[Condition]]] = {
    "数据库": database_and_migrations,
    "磁盘": disks,
    "任务": queue_conditions,
    "时钟": clock,
    "放假通知": holidays,
    "操作日志": audit_chains,
    "备份": backups,
    "版本": versions,
}


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether this process can serve, and each thing that was looked at."""

    checks: Mapping[str, bool] = field(default_factory=dict)

    @property
    def is_ready(self) -> bool:
        """Say whether nothing stands in the way."""
        return all(self.checks.values())


def readiness(at: datetime) -> Readiness:
    """Look at what a request needs: database, its structure, room on the disk, the outbox."""
    checks = dict.fromkeys(("database", "migrations", "disk", "outbox"), False)
    try:
        usage = shutil.disk_usage(_standing(Path(settings.GONGKAI_FILE_DIR)))
        checks["disk"] = usage.free > _DISK_LEAST / 10
        checks["migrations"] = not lacking_migrations()
        checks["database"] = True
        checks["outbox"] = bool(queue_conditions(at))  # late jobs are no reason to serve nobody
    except (DatabaseError, OSError):
        return Readiness(checks)  # what was not reached stays false: that is the answer
    return Readiness(checks)


class Probe(StrEnum):
    """The addresses that machines ask."""

    LIVE = "/healthz"
    READY = "/readyz"
    METRICS = "/metrics"
