"""`gongkai rebuild [--check]`: the stored projections against a replay of the acts."""

import argparse
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from gongkai.adapters.commandline import Command as GongkaiCommand
from gongkai.inforequests.actions import rebuild
from gongkai.inforequests.queries import Difference, differences

FIELDS = {
    "state": "状态",
    "received_on": "收到申请之日",
    "due_on": "答复期限",
    "provisional": "期限为推算",
    "requester_due_on": "申请人的期限",
    "concluded_on": "办理结果作出之日",
    "ground": "办理结果",
    "counted": "计入年度报告",
    "pending": "尚待办理",
    "answer_due_on": "首次答复的期限",
    "unit": "承办科室",
    "handler": "经办人账号",
    "inner_due_on": "内部办理期限",
    "acts": "办理记录",
}


class Command(GongkaiCommand):
    """Prove the stored projections equal to the acts, or write them anew."""

    help = "按办理记录重算每件申请的状态、期限和结果；--check 只核对，不一致时以 1 退出"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add --check."""
        self.add_format(parser)
        parser.add_argument("--check", action="store_true", help="只核对，不修改")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check or rebuild."""
        if options["check"]:
            found = list(differences())
            text = _text(found, "与办理记录不一致")
            self.finish(options, [asdict(each) for each in found], text, 1 if found else 0)
            return
        found = rebuild(at=timezone.now())
        # What has no acts cannot be rebuilt, and stays an error.
        left = [each for each in found if each.field == "acts"]
        text = _text(found, "已按办理记录重算")
        self.finish(options, [asdict(each) for each in found], text, 1 if left else 0)


def _text(found: list[Difference], what: str) -> str:
    if not found:
        return "全部申请的状态、期限和结果与办理记录一致。"
    lines = [
        f"{each.number} {FIELDS.get(each.field, each.field)}："
        f"存为“{each.stored}”，应为“{each.replayed}”"
        for each in found
    ]
    numbers = len({each.number for each in found})
    return "\n".join([*lines, f"共 {numbers} 件申请、{len(found)} 处{what}。"])
