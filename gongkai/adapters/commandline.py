"""The command line in Chinese: one base class for every gongkai command.

It gives each command `--format text|json`, Chinese help, and the contract's exit
codes: 0 nothing to report, 1 something found, 2 the input could not be used. Bad
input ends in one clear line on standard error, never in a traceback.
"""

import argparse
import json
import re
import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, handle_default_options

_WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "subcommands": "子命令",
    "show this help message and exit": "显示本帮助并退出",
    "show program's version number and exit": "显示版本号并退出",
    "the following arguments are required: %s": "缺少参数：%s",
    "one of the arguments %s is required": "下列参数必须填写一个：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "选项 %(option)s 不明确，可能是：%(matches)s"
    ),
    "unexpected option string: %s": "不认识的选项：%s",
    "not allowed with argument %s": "不能与参数 %s 同时使用",
    "ignored explicit argument %r": "不需要值，多余的值是 %r",
    "expected one argument": "需要一个值",
    "expected at least one argument": "至少需要一个值",
    "expected at most one argument": "最多一个值",
    "expected %s argument": "需要%s个值",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "不能是 %(value)r，只能是：%(choices)s"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "没有子命令 %(parser_name)r，只有：%(choices)s"
    ),
    "invalid %(type)s value: %(value)r": "不是有效的值：%(value)r",
    "can't open '%(filename)s': %(error)s": "打不开文件 %(filename)s：%(error)s",
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
_EARLIEST, _LATEST = 1900, 2100


def _translate(text: str) -> str:
    return _WORDS.get(text, text)


def _translate_plural(one: str, many: str, count: int) -> str:
    return _WORDS.get(one, one if count == 1 else many)


def speak_chinese() -> None:
    """Make argparse's own words Chinese for this process; it has no other door for that."""
    argparse._ = _translate  # type: ignore[attr-defined]
    argparse.ngettext = _translate_plural  # type: ignore[attr-defined]


class Command(BaseCommand):
    """A gongkai command: its `handle` ends in `finish`, or raises `refuse(...)`.

    A command with `needs_database = False` runs without Django's settings and apps, so
    that it starts in a moment; it must not touch a model.
    """

    needs_database = True
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Return the parser in Chinese; without a database Django's own options are not shown."""
        speak_chinese()
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        for action in parser._actions:
            if action.dest in _DJANGO_OPTIONS:
                told = _DJANGO_OPTIONS[action.dest]
                action.help = told if self.needs_database else argparse.SUPPRESS
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        """Run from the command line; an error is one Chinese line and its exit code."""
        self._called_from_command_line = True
        arguments = self.create_parser(argv[0], argv[1]).parse_args(argv[2:])
        handle_default_options(arguments)
        options = vars(arguments)
        try:
            if self.needs_database:
                self._execute(options)
            else:
                self.handle(**options)
        except CommandError as error:
            if options["traceback"]:
                raise
            self.stderr.write(f"错误：{error}")
            sys.exit(error.returncode)
        finally:
            if self.needs_database:
                self._close_connections()

    def _execute(self, options: dict[str, Any]) -> None:
        """Run on the database; one that is not there or not set up is told in a line.

        Raises:
            CommandError: as the command itself says, or what is wrong with the database.
        """
        from django.db import OperationalError, ProgrammingError

        try:
            self.execute(**options)
        except (OperationalError, ProgrammingError) as error:
            why = (str(error).splitlines() or [""])[0]
            raise refuse(
                f"数据库不能使用（{why}）：请核对数据库设置和服务是否启动；"
                "新装或者升级后请先执行 gongkai migrate。"
            ) from error

    def _close_connections(self) -> None:
        """Close what a command with a database opened, as Django's own commands do."""
        from django.db import connections

        connections.close_all()

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


def day(text: str) -> date:
    """Return a day written 2026-03-02; for `type=` of an argument.

    Raises argparse.ArgumentTypeError in Chinese.
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise argparse.ArgumentTypeError(f"日期应当写成 2026-03-02 的样子，现在是“{text}”")
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"没有“{text}”这一天，请核对月份和日子") from None
    if not _EARLIEST <= found.year <= _LATEST:
        raise argparse.ArgumentTypeError(f"年份应当在{_EARLIEST}至{_LATEST}之间，现在是“{text}”")
    return found
