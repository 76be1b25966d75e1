"""`gongkai auditexport FOLDER`: the whole log as lines that an outsider verifies without us.

In the folder are `events.jsonl` (each event with its digest), `anchors.jsonl` (each with its
signature), `manifest.jsonl` (the ends of all chains, then the signature of that line) and the
script `deploy/verify_audit.py` that checks them.
"""

import argparse
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import refuse
from gongkai.adapters.signing import Signer, SigningKeyError, signer_in
from gongkai.audit import SYSTEM, SYSTEM_CHAIN
from gongkai.audit.actions import record
from gongkai.audit.queries import anchor_lines, event_lines, heads_now
from gongkai.audit.rules import canonical, export_message

_SCRIPT = Path(settings.BASE_DIR) / "deploy" / "verify_audit.py"


class Command(BaseCommand):
    """Export the log."""

    help = "导出全部操作日志、每日锚定和签名，供外部人员用随附的 verify_audit.py 独立核验"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the folder."""
        self.add_format(parser)
        parser.add_argument("folder", metavar="文件夹", help="存放导出文件的文件夹，须不存在或为空")

    def handle(self, *args: Any, **options: Any) -> None:
        """Log the export, write, print."""
        folder = Path(options["folder"])
        signer = _ready(folder)
        with transaction.atomic():
            record(
                "audit.export",
                "audit.log",
                chain=SYSTEM_CHAIN,
                by=SYSTEM,
                at=timezone.now(),
                label="导出操作日志",
            )
        anchors, heads = anchor_lines(), heads_now()
        manifest = {
            "made_at": timezone.now().isoformat(),
            "heads": heads,
            "last_anchor": anchors[-1]["digest"] if anchors else "",
        }
        events = _write(folder / "events.jsonl", event_lines(heads))
        _write(folder / "anchors.jsonl", anchors)
        _write(folder / "manifest.jsonl", [manifest, signer.sign(export_message(manifest))])
        shutil.copyfile(_SCRIPT, folder / _SCRIPT.name)
        value = {"events": events, "anchors": len(anchors), "chains": len(heads)}
        self.finish(options, value, _text(value, folder, signer.public))


def _ready(folder: Path) -> Signer:
    """Return what signs, with the folder made, closed to others and empty.

    Raises:
        CommandError: the folder or the key cannot be used.
    """
    try:
        signer = signer_in(settings.GONGKAI_SIGNING_KEY)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        full = any(folder.iterdir())
    except SigningKeyError as why:
        raise refuse(str(why)) from None
    except OSError as why:
        raise refuse(f"不能使用文件夹 {folder}：{why.strerror}") from None
    if full:
        raise refuse(f"文件夹 {folder} 不是空的，请换一个")
    if not signer.public:
        raise refuse("尚无签名密钥，导出不能签名；请先执行 gongkai auditanchor --make-key")
    return signer


def _write(path: Path, lines: Iterable[Any]) -> int:
    count = 0
    with path.open("wb") as file:
        for line in lines:
            file.write(canonical(line) + b"\n")
            count += 1
    return count


def _text(value: dict[str, Any], folder: Path, public: str) -> str:
    return (
        f"已导出 {value['chains']} 条链、{value['events']} 条记录、{value['anchors']} 个每日锚定，"
        f"存入 {folder}。\n核验：python3 {_SCRIPT.name} {folder} {public}\n"
        "公钥以打印存档的为准，换过密钥的将历次公钥依次写在后面。"
    )
