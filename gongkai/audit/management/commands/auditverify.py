"""`gongkai auditverify`: walk the chains of the audit log; exit 0 whole, 1 faults, 2 unreadable."""

import argparse
from dataclasses import asdict
from typing import Any

from django.db import DatabaseError

from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.adapters.commandline import refuse
from gongkai.audit.models import Chain
from gongkai.audit.queries import Verification, verify


class Command(BaseCommand):
    """Verify the audit log."""

    help = "核对操作日志：查找被改动、缺失或错序的记录，指出所在的链和序号"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the chains to walk."""
        self.add_format(parser)
        parser.add_argument(
            "--chain",
            action="append",
            metavar="机构代码",
            help="只核对这一条链（可重复）；不给则核对全部链和每日锚定",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk, print, leave."""
        try:
            wanted = self._chains(options["chain"])
            result = verify(wanted)
        except DatabaseError as error:
            raise refuse(f"无法读取操作日志：{error}。请先运行 gongkai migrate") from error
        self.finish(options, _value(result), _text(result), code=1 if result.fault_count else 0)

    def _chains(self, wanted: list[str] | None) -> list[str] | None:
        for key in wanted or ():
            if not Chain.objects.filter(pk=key).exists():
                raise refuse(f"参数 --chain：没有名为“{key}”的日志链，请核对机构代码")
        return wanted


def _value(result: Verification) -> dict[str, Any]:
    return {
        "ok": not result.fault_count,
        "chains": result.chains,
        "events": result.events,
        "anchors": result.anchors,
        "fault_count": result.fault_count,
        "faults": [asdict(fault) for fault in result.faults],
    }


def _text(result: Verification) -> str:
    seen = f"已核对 {result.chains} 条链、{result.events} 条记录、{result.anchors} 个每日锚定"
    if not result.fault_count:
        return f"{seen}，未发现改动、缺失或错序。"
    lines = [f"{seen}，发现 {result.fault_count} 处问题："]
    lines += [f"  链 {fault.chain}：{fault.message}" for fault in result.faults]
    if result.fault_count > len(result.faults):
        lines.append(f"  （只列出前 {len(result.faults)} 处）")
    return "\n".join(lines)
