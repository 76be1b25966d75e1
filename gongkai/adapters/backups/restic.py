"""The store of restic, where it is installed: one snapshot a backup, of a stage and the roots.

restic encrypts and takes nothing twice by itself, and reaches other machines (sftp, S3). The key
file of the backup is its password file. The manifest lies in the snapshot as a file.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai.adapters.backups import BackupFailed
from gongkai.adapters.backups.manifest import Manifest, file_differences
from gongkai.adapters.backups.trees import digest_of, hashed

_TAG = "gongkai"


class ResticStore:
    """Backups in a repository of restic's."""

    label = "restic"

    def __init__(self, target: str, key_file: Path, stage: Path) -> None:
        self._target = target
        self._key_file = key_file
        self._stage = stage

    @staticmethod
    def is_installed() -> bool:
        """Say whether the program is on this machine."""
        return shutil.which("restic") is not None

    @staticmethod
    def is_here(target: Path) -> bool:
        """Say whether a folder is a repository of restic's."""
        return (target / "config").is_file() and (target / "keys").is_dir()

    def keep(self, manifest: Manifest, dump: Path, roots: Mapping[str, Path]) -> int:
        """Take one backup in as a snapshot; return how many files were new.

        The roots are linked into the stage under their names, so that their real places do not
        matter when they come back.
        """
        if self._ran("cat", "config", check=False).returncode:
            self._ran("init")
        stage = self._stage / "restic"
        shutil.rmtree(stage, ignore_errors=True)
        try:
            stage.mkdir(parents=True, mode=0o700)
            (stage / "manifest").write_bytes(manifest.to_bytes())
            os.link(dump, stage / "dump")
            for root, files in manifest.roots.items():
                for each in files:
                    place = stage / "roots" / root / each.path
                    place.parent.mkdir(parents=True, exist_ok=True)
                    _link(roots[root] / each.path, place)
            told = self._ran(
                *("backup", "--json", "--tag", _TAG, "--tag", manifest.id, "--host", _TAG, "."),
                at=stage,
            )
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        summary = json.loads(told.stdout.strip().splitlines()[-1])
        return int(summary["files_new"])

    def sets(self) -> list[str]:
        """Return the ids of all backups here, oldest first."""
        listed = json.loads(self._ran("snapshots", "--json", "--tag", _TAG).stdout or "[]")
        return sorted(tag for each in listed or () for tag in each["tags"] if tag != _TAG)

    def manifest(self, wanted: str = "") -> Manifest:
        """Return the manifest of one backup, of the newest when none is named."""
        there = self.sets()
        if not there or (wanted and wanted not in there):
            raise BackupFailed(f"{self._target} 中没有备份{wanted}。")
        found = self._ran("dump", self._snapshot(wanted or there[-1]), "/manifest", binary=True)
        return Manifest.from_bytes(found.stdout)

    def faults(self, manifest: Manifest) -> list[str]:
        """Let restic read all its data, then compare a copy with the manifest."""
        checked = self._ran("check", "--read-data", check=False)
        if checked.returncode:
            return [f"restic check 发现问题：{_last_line(checked.stderr)}"]
        with TemporaryDirectory(dir=self._stage) as place:
            self.fetch(manifest, Path(place))
            return _faults(manifest, Path(place))

    def fetch(self, manifest: Manifest, to: Path) -> None:
        """Write dump and files of a backup below `to`: "dump", and "roots/NAME/…".

        Raises:
            BackupFailed: restic cannot, or what came is not what the manifest says.
        """
        self._ran("restore", self._snapshot(manifest.id), "--target", str(to))
        (to / "manifest").unlink(missing_ok=True)
        if faults := _faults(manifest, to):
            raise BackupFailed(f"恢复出的内容与备份清单不一致：{faults[0]}。")

    def forget(self, keep: int) -> int:
        """Let restic forget all but the newest backups; return how many went."""
        before = len(self.sets())
        if keep and before > keep:
            self._ran(
                *("forget", "--tag", _TAG, "--group-by", "host", "--keep-last", str(keep)),
                "--prune",
            )
        return before - len(self.sets())

    def _snapshot(self, name: str) -> str:
        listed = json.loads(self._ran("snapshots", "--json", "--tag", name).stdout or "[]")
        return str(listed[-1]["id"])

    def _ran(
        self, *arguments: str, at: Path | None = None, check: bool = True, binary: bool = False
    ) -> "subprocess.CompletedProcess[str] | subprocess.CompletedProcess[bytes]":
        command = ["restic", "--quiet", "--repo", self._target, "--no-cache"]
        command += ["--password-file", str(self._key_file), *arguments]
        done = subprocess.run(  # noqa: S603 -- no shell, arguments of our own
            command, cwd=at, capture_output=True, text=not binary, check=False
        )
        if check and done.returncode:
            told = done.stderr if isinstance(done.stderr, str) else done.stderr.decode()
            raise BackupFailed(f"restic {arguments[0]} 没有完成：{_last_line(told)}")
        return done


def _faults(manifest: Manifest, place: Path) -> list[str]:
    found = {root: hashed(place / "roots" / root) for root in manifest.roots}
    faults = file_differences(manifest.roots, found)
    dump = place / "dump"
    if not dump.is_file() or digest_of(dump).sha256 != manifest.dump.sha256:
        faults.insert(0, "数据库的内容不同")
    return faults


def _link(path: Path, place: Path) -> None:
    """Let `place` be the file of `path` too; copied where the disk is another one."""
    try:
        os.link(path, place)
    except OSError:
        shutil.copyfile(path, place)


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["没有说明原因"])[-1]
