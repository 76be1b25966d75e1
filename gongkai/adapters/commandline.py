"""The command line in Chinese: one base class for every gongkai command.

It gives each command `--format text|json`, Chinese help, and the contract's exit
codes: 0 nothing to report, 1 something found, 2 the input could not be used. Bad
input ends in one clear line on standard error, never in a traceback.
"""

import argparse
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

_WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "optional arguments": "选项",
    "subcommands": "子命令",
    "show this help message and exit": "显示本帮助并退出",
    "show program's version number and exit": "显示版本号并退出",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "expected one argument": "需要一个值",
    "expected at least one argument": "至少需要一个值",
    "expected at most one argument": "最多一个值",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "不能是 %(value)r，只能是：%(choices)s"
    ),
    "invalid %(type)s value: %(value)r": "%(value)r 不是有效的值（%(type)s）",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s：错误：%(message)s\n",
}
_DJANGO_OPTIONS = {
    "version": "显示版本号并退出",
    "verbosity": "输出详细程度：0 最少，1 一般，2 详细，3 最详细",
    "settings": "设置模块，如 gongkai.config.settings.production",
    "pythonpath": "加入 Python 搜索路径的目录",
    "traceback": "出错时显示调用栈（供开发人员使用）",
    "no_color": "不用颜色",
    "force_color": "总用颜色",
    "skip_checks": "跳过系统检查",
}


def speak_chinese() -> None:
    """Make argparse's own words Chinese for this process; it has no other door for that."""
    argparse._ = lambda text: _WORDS.get(text, text)  # type: ignore[attr-defined]


class Command(BaseCommand):
    """A gongkai command: `work` returns (exit code, JSON value, Chinese text)."""

    # Commands that need no database set this False and start without loading Django's apps.
    needs_database = True
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Return the parser with Chinese help for Django's own options too."""
        speak_chinese()
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        for action in parser._actions:
            if action.dest in _DJANGO_OPTIONS:
                action.help = _DJANGO_OPTIONS[action.dest]
        return parser

    def add_format(self, parser: argparse.ArgumentParser) -> None:
        """Add the `--format text|json` that every command has."""
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help="输出格式（默认 text）"
        )

    def finish(self, options: dict[str, Any], value: Any, text: str, code: int = 0) -> None:
        """Print `value` as JSON or `text`, as asked, and leave with `code`."""
        if options["format"] == "json":
            self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(text)
        if code:
            self.stdout.flush()
            sys.exit(code)


def refuse(message: str, code: int = 2) -> CommandError:
    """Return the error that ends a command with `message` and exit code 2 (unusable input)."""
    return CommandError(message, returncode=code)
