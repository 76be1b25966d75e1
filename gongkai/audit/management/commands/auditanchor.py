"""`gongkai auditanchor`: make the signing key, print its public part, anchor yesterday by hand.

The daily duty of `gongkai tick` anchors and signs; this is for the beginning and for the paper
that the office keeps.
"""

import argparse
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import refuse
from gongkai.adapters.signing import Signer, SigningKeyError, fingerprint, make_key, signer_in
from gongkai.audit.actions import AnchorRefused, anchor, keep_files, use_key


class Command(BaseCommand):
    """Anchor yesterday, or make the key of signatures."""

    help = "对昨日的操作日志作每日锚定并签名，打印签名公钥；--make-key 生成签名密钥"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the making of the key."""
        self.add_format(parser)
        parser.add_argument(
            "--make-key",
            action="store_true",
            help="生成签名密钥（GONGKAI_SIGNING_KEY 所指的文件，已有的不覆盖）",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the key if asked, anchor, keep the files, print."""
        path, now = settings.GONGKAI_SIGNING_KEY, timezone.now()
        if options["make_key"] and not path:
            raise refuse("没有设置 GONGKAI_SIGNING_KEY（签名密钥文件的位置）")
        try:
            signer = make_key(Path(path)) if options["make_key"] else signer_in(path)
            use_key(signer, at=now)
            made = anchor(timezone.localdate(now) - timedelta(days=1), at=now)
        except (SigningKeyError, AnchorRefused) as why:
            raise refuse(str(why)) from None
        files = keep_files(settings.GONGKAI_ANCHOR_DIR)
        value = {
            "day": made.day.isoformat(),
            "digest": made.digest,
            "signed": hasattr(made, "signed"),
            "public": signer.public,
            "fingerprint": fingerprint(signer.public) if signer.public else "",
            "files": files,
        }
        self.finish(options, value, _text(value, signer))


def _text(value: dict[str, Any], signer: Signer) -> str:
    signed = "已签名" if value["signed"] else "没有签名"
    lines = [
        f"{value['day']} 的锚定：{value['digest']}（{signed}）",
        f"新写入锚定文件 {value['files']} 个。",
    ]
    if signer.public:
        lines += [
            f"签名公钥：{signer.public}",
            f"公钥指纹：{value['fingerprint']}",
            "请将公钥和指纹打印存档，与服务器分开保管；外部核验时以打印件为准。",
        ]
    else:
        lines.append("尚无签名密钥，请执行 gongkai auditanchor --make-key 生成。")
    return "\n".join(lines)
