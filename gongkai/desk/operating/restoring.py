"""Bringing a backup back: proved before anything is touched, compared record by record afterwards.

What stood in the place of the files is moved aside, never deleted. An older backup is brought up
to this version by migrations after it has been proved; one of a newer version is refused.
"""

import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from gongkai.adapters.backups import BackupFailed
from gongkai.adapters.backups.databases import Database
from gongkai.adapters.backups.manifest import Manifest, differences, file_differences
from gongkai.adapters.backups.trees import hashed, walked
from gongkai.desk.operating.backing_up import Store, alone

Tell = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was brought back: what differs (nothing, if all is well), seconds."""

    manifest: Manifest
    faults: tuple[str, ...]
    outdated: bool
    seconds: float


def restore(
    store: Store,
    wanted: str = "",
    *,
    database: Database,
    roots: Mapping[str, Path],
    replace: bool = False,
    tell: Tell = lambda _: None,
    before_writing: Callable[[], object] = lambda: None,
) -> Restored:
    """Bring a backup (the newest, if none is named) back into a database and folders.

    `before_writing` is called when all is proved: to let go of the database, for instance.

    Raises:
        BackupFailed: it does not open whole, is of another kind of database or a newer version,
            or the place is not empty and nobody said `replace`; nothing was touched then. A
            database that broke off while loading is told, too.
    """
    begun = time.monotonic()
    manifest = store.manifest(wanted)
    outdated = _judged(manifest, database)
    if not replace:
        _refuse_a_full_place(database, roots)
    with alone() as stage:
        tell("正在取出备份，逐个核对内容 …")
        store.fetch(manifest, stage)
        tell("正在写入数据库 …")
        before_writing()
        if not database.is_empty():
            database.clear()
        database.load(stage / "dump")
        tell("正在放回文件 …")
        for name in manifest.roots:
            if name in roots:
                _put_in(stage / "roots" / name, roots[name], manifest.id)
    tell("正在逐条核对记录、文件和日志链首 …")
    found = {name: hashed(roots[name]) for name in manifest.roots if name in roots}
    wanted_files = {name: files for name, files in manifest.roots.items() if name in roots}
    faults = [
        *differences(manifest.state, database.state()),
        *file_differences(wanted_files, found),
        *(f"没有设置“{name}”的目录，其文件没有恢复" for name in manifest.roots.keys() - roots),
    ]
    return Restored(manifest, tuple(faults), outdated, time.monotonic() - begun)


def _judged(manifest: Manifest, database: Database) -> bool:
    """Refuse what this version cannot take; say whether it is of an older one.

    Raises:
        BackupFailed: another kind of database, or migrations that this version does not know.
    """
    if manifest.vendor != database.vendor:
        raise BackupFailed(
            f"备份来自 {manifest.vendor} 数据库，本机设置的是 {database.vendor}，"
            "请把数据库设置改成与备份一致。"
        )
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    if unknown := sorted(set(manifest.state.migrations) - known):
        raise BackupFailed(
            f"备份由较新的版本（{manifest.version}）制作，本机的版本没有 {unknown[0]}"
            f" 等 {len(unknown)} 项数据库变更。请先安装制作备份的版本，再恢复。"
        )
    return bool(known - set(manifest.state.migrations))


def _refuse_a_full_place(database: Database, roots: Mapping[str, Path]) -> None:
    full = [] if database.is_empty() else ["数据库"]
    full += [str(root) for root in roots.values() if next(walked(root), None) is not None]
    if full:
        raise BackupFailed(
            f"{'、'.join(full)}已有内容，没有恢复。确要用备份替换的，请停止各项服务后加 --replace；"
            "原有文件会移到旁边，不删除。"
        )


def _put_in(fetched: Path, root: Path, name: str) -> None:
    """Move a folder of files to its place; what stood there goes aside."""
    fetched.mkdir(parents=True, exist_ok=True, mode=0o700)
    if root.exists():
        aside, number = root.with_name(f"{root.name}.before-{name}"), 1
        while aside.exists():
            aside, number = root.with_name(f"{root.name}.before-{name}-{number}"), number + 1
        root.replace(aside)
    root.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(fetched, root)
