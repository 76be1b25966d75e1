"""`gongkai checklogs`: how long logs are kept, what is missing; exit 0 whole, 1 something is."""

import argparse
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from gongkai.adapters.commandline import Command as BaseCommand
from gongkai.records.queries import LogState, log_state


class Command(BaseCommand):
    """Check the logs."""

    help = "检查访问日志、数据库日志和操作日志锚定是否按规定保存（不少于一年）"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the format."""
        self.add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, print, leave."""
        state = log_state(timezone.localdate())
        value = _plain(asdict(state))
        self.finish(options, value, _text(state), code=1 if state.faults else 0)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _text(state: LogState) -> str:
    oldest, signed = state.oldest_on or "无", "已签名" if state.signed else "没有签名"
    lines = [
        f"访问日志：{state.days} 天，最早 {oldest}，自 {state.begun_on or '——'} 起保存。",
        f"操作日志：锚定到 {state.anchored_on or '——'}，{signed}。",
    ]
    lines += [f"{pattern}：最早 {oldest or '没有文件'}。" for pattern, oldest in state.others]
    lines += [f"【问题】{fault}" for fault in state.faults] or ["没有发现问题。"]
    return "\n".join(lines)
