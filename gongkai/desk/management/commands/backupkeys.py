"""`gongkai backupkeys`: the keys that backups leave out, sealed under a phrase; and opened again.

The phrase is asked for, or read from the file that GONGKAI_PHRASE_FILE names. The sealed file goes
to another place than the backups (ADR 0014): without it nothing restored can be read.
"""

import argparse
import getpass
import os
from pathlib import Path
from typing import Any

from gongkai.adapters.backups import BackupFailed
from gongkai.adapters.backups.sealing import open_keys, seal_keys
from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import refuse
from gongkai.desk.operating.backing_up import keys_here, roots_here

_PHRASE_FILE = "GONGKAI_PHRASE_FILE"


class Command(BaseCommand):
    """Keep the keys apart."""

    help = "把密钥用口令加密存成一个文件，与备份分开保管；--open 打开并显示"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the file and which way."""
        self.add_format(parser)
        parser.add_argument("file", metavar="文件", help="存成或者打开哪个文件")
        parser.add_argument("--open", action="store_true", help="打开文件，显示其中的密钥")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal or open."""
        path = Path(options["file"])
        try:
            if options["open"]:
                keys = open_keys(path.read_bytes(), _phrase(twice=False))
                shown = "\n".join(f"{name}={key}" for name, key in sorted(keys.items()))
                self.finish(options, keys, shown)
                return
            sealed = _sealed(path)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(sealed)
                os.fsync(file.fileno())
        except FileExistsError:
            raise refuse(f"{path} 已经存在，没有覆盖，请换一个文件名") from None
        except (OSError, BackupFailed) as error:
            raise refuse(str(error)) from error
        text = f"密钥已加密存入 {path}。请把它和口令分开保管，都不要与备份放在一起。"
        self.finish(options, {"file": str(path)}, text)


def _sealed(path: Path) -> bytes:
    for root in roots_here().values():
        if path.resolve().is_relative_to(root.resolve()):
            raise BackupFailed(f"{path} 在会被备份的目录之内，密钥不得与备份放在一起，请换个地方。")
    return seal_keys(keys_here(), _phrase(twice=True))


def _phrase(*, twice: bool) -> str:
    if named := os.environ.get(_PHRASE_FILE):
        return Path(named).read_text("utf-8").strip()
    phrase = getpass.getpass("口令：")
    if twice and getpass.getpass("再输入一遍：") != phrase:
        raise BackupFailed("两次输入的口令不同，没有保存。")
    return phrase
