"""`gongkai verifyarchive FILE...`: is each package of a case whole? Needs no database.

Prints the digest of the manifest, which the list of handed-over cases bears for each case.
"""

import argparse
import hashlib
import zipfile
from pathlib import Path
from typing import Any

from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.records.rules.packages import MANIFEST, digest_of, is_whole

_BESIDE = frozenset({"目录.html", MANIFEST})
_PIECE = 1024 * 1024


class Command(BaseCommand):
    """Verify packages."""

    help = "核对案卷包：每个文件与清单的校验值是否相符，有无缺少或者多出"
    needs_database = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the files."""
        self.add_format(parser)
        parser.add_argument("files", nargs="+", metavar="文件", help="案卷包（.zip）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify each, print."""
        found = [_verify(Path(name)) for name in options["files"]]
        lines = []
        for one in found:
            state = "完整" if not one["faults"] else f"有 {len(one['faults'])} 处问题"
            lines.append(f"{one['file']}：{state}，清单校验值 {one['digest'] or '——'}")
            lines += [f"  {fault}" for fault in one["faults"]]
        code = 1 if any(one["faults"] for one in found) else 0
        self.finish(options, found, "\n".join(lines), code=code)


def _verify(path: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            if len(names) != len(set(names)) or MANIFEST not in names:
                raise zipfile.BadZipFile
            manifest = package.read(MANIFEST)
            contents = {name: _digest(package, name) for name in names if name not in _BESIDE}
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return {"file": str(path), "digest": "", "faults": ["打不开，或者不是完整的案卷包"]}
    faults = is_whole(manifest, contents)
    return {"file": str(path), "digest": digest_of(manifest), "faults": faults}


def _digest(package: zipfile.ZipFile, name: str) -> str:
    found = hashlib.sha256()
    with package.open(name) as entry:
        while piece := entry.read(_PIECE):
            found.update(piece)
    return found.hexdigest()
