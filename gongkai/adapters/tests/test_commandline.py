"""The base of every command: Chinese words, exit codes, days."""

import argparse
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from typing import Any

import pytest

from gongkai.adapters import commandline
from gongkai.adapters.commandline import Command, day, refuse, speak_chinese


class Greet(Command):
    """A command that greets, finds something or refuses."""

    help = "问候"
    needs_database = False

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add a name and the format."""
        parser.add_argument("name", help="姓名")
        self.add_format(parser)

    def handle(self, **options: Any) -> None:
        """Greet, leave with 1, or refuse."""
        if options["name"] == "无名":
            raise refuse("姓名不能是“无名”，请填写真实姓名")
        value = {"greeting": options["name"]}
        self.finish(options, value, f"你好，{options['name']}", code=int(options["name"] == "怪人"))


class GreetWithDatabase(Greet):
    """The same with Django's own way of running."""

    needs_database = True


def run(command_class: type[Command], *arguments: str) -> tuple[int, str, str]:
    """Run a command as from the shell; return exit code, output and errors."""
    out, err, code = StringIO(), StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            command_class(no_color=True).run_from_argv(["gongkai", "greet", *arguments])
        except SystemExit as left:
            code = int(str(left.code or 0))
    return code, out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    "command_class", [Greet, pytest.param(GreetWithDatabase, marks=pytest.mark.django_db)]
)
def test_exit_codes_and_formats(command_class: type[Command]) -> None:
    assert run(command_class, "张三") == (0, "你好，张三\n", "")
    assert run(command_class, "张三", "--format", "json")[1] == '{\n  "greeting": "张三"\n}\n'
    assert run(command_class, "怪人") == (1, "你好，怪人\n", "")
    refused = run(command_class, "无名")
    assert refused == (2, "", "错误：姓名不能是“无名”，请填写真实姓名\n")


def test_traceback_is_there_for_developers() -> None:
    with pytest.raises(commandline.CommandError):
        Greet(stderr=StringIO()).run_from_argv(["gongkai", "greet", "无名", "--traceback"])


def test_help_is_chinese_with_and_without_a_database() -> None:
    assert "设置模块" in run(GreetWithDatabase, "--help")[1]
    shown = run(Greet, "--help")[1]
    assert "用法：gongkai greet" in shown
    assert "显示本帮助并退出" in shown
    assert "设置模块" not in shown


def parser() -> argparse.ArgumentParser:
    """Return a parser that can be made to say everything argparse says to users."""
    speak_chinese()
    found = argparse.ArgumentParser(prog="gongkai")
    found.add_argument("--version", action="version", version="1")
    found.add_argument("--number", type=int)
    found.add_argument("--number-two", type=int)
    found.add_argument("--pair", nargs=2)
    found.add_argument("--many", nargs="+")
    found.add_argument("--perhaps", nargs="?")
    found.add_argument("--kind", choices=["a", "b"])
    found.add_argument("--file", type=argparse.FileType())
    found.add_argument("--flag", action="store_true")
    one = found.add_mutually_exclusive_group(required=True)
    one.add_argument("--red", action="store_true")
    one.add_argument("--green", action="store_true")
    commands = found.add_subparsers(dest="子命令", title="子命令")
    commands.add_parser("go").add_argument("去处")
    return found


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("--red --number x", "参数 --number：不是有效的值：'x'"),
        ("--red --number", "需要一个值"),
        ("--red --pair 1", "需要2个值"),
        ("--red --many", "至少需要一个值"),
        ("--red --kind c", "不能是 'c'，只能是：'a', 'b'"),
        ("--red --file /nowhere/at/all", "打不开文件 /nowhere/at/all"),
        ("--red --flag=1", "不需要值，多余的值是 '1'"),
        ("--red --green", "不能与参数 --red 同时使用"),
        ("--flag", "下列参数必须填写一个：--red --green"),
        ("--red --num 1", "选项 --num 不明确，可能是：--number, --number-two"),
        ("--red --blue", "不认识的参数：--blue"),
        ("--red go", "缺少参数：去处"),
        ("--red stay", "只能是：'go'"),
    ],
)
def test_everything_argparse_says_is_chinese(
    arguments: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        parser().parse_args(arguments.split())
    assert left.value.code == 2
    shown = capsys.readouterr().err
    assert told in shown
    assert "用法：" in shown
    english = re.sub(r"gongkai|--?[a-z-]+|'\w+'|/nowhere\S*|No such file or directory", "", shown)
    message = english.splitlines()[-1]
    assert not re.search(r"[a-z]{4,}", message), message


def test_argparse_has_no_word_for_users_that_is_not_translated() -> None:
    said: list[str] = []
    original: Callable[[str], str] = argparse._  # type: ignore[attr-defined]  # argparse's own
    argparse._ = lambda text: said.append(text) or original(text)  # type: ignore[attr-defined]
    try:
        parser_of_words = argparse.ArgumentParser(prog="gongkai")
        parser_of_words.add_argument("name")
        parser_of_words.add_subparsers(title="子命令").add_parser("go")
        parser_of_words.format_help()
    finally:
        speak_chinese()
    assert said
    assert [text for text in said if text and text.isascii() and original(text) == text] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-2-3", "日期应当写成"),
        ("", "日期应当写成"),
        ("2026-02-29", "没有“2026-02-29”这一天"),
        ("1899-12-31", "年份应当在1900至2100之间"),
    ],
)
def test_days_are_read_strictly(text: str, told: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=told):
        day(text)
    assert day("2024-02-29") == date(2024, 2, 29)
