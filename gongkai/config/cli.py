"""The `gongkai` command: our commands and Django's under one name, in Chinese.

Commands that need no database (`clock` and the checkers of files) start without loading
Django's apps, so that checking a file takes a moment, not seconds.
"""

import argparse
import os
import sys
from contextlib import redirect_stderr, suppress
from importlib import import_module
from io import StringIO

LIGHT = {
    "clock": "gongkai.calendars.management.commands.clock",
    "checkreport": "gongkai.annualreport.management.commands.checkreport",
    "checkwording": "gongkai.files.management.commands.checkwording",
    "checkprivacy": "gongkai.files.management.commands.checkprivacy",
    "inspect": "gongkai.inspections.management.commands.inspect",
}
_ASKS_FOR_HELP = {"", "help", "-h", "--help"}


def main() -> None:
    """Run the command named on the command line; exit 2 when there is none of that name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings.demo")
    from gongkai.adapters.commandline import speak_chinese

    speak_chinese()
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name in LIGHT:
        command = import_module(LIGHT[name]).Command()
        command.run_from_argv(["gongkai", *sys.argv[1:]])
        return
    _read_settings(sys.argv[2:])
    if name in _ASKS_FOR_HELP and len(sys.argv) <= 2:
        sys.stdout.write(overview())
        return
    import django
    from django.core.management import execute_from_command_line, get_commands

    django.setup()
    if not name.startswith("-") and name not in {*get_commands(), "help"}:
        sys.stderr.write(f"错误：没有“{name}”这个命令；gongkai help 列出全部命令\n")
        sys.exit(2)
    execute_from_command_line(["gongkai", *sys.argv[1:]])


def _read_settings(arguments: list[str]) -> None:
    """Heed `--settings` and `--pythonpath` before Django is set up: later they count no more."""
    from django.core.management.base import handle_default_options

    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--settings")
    parser.add_argument("--pythonpath")
    with suppress(SystemExit), redirect_stderr(StringIO()):  # the command itself will complain
        told, _ = parser.parse_known_args(arguments)
        handle_default_options(told)


def overview() -> str:
    """Return our commands with what each does, then the names of Django's and Wagtail's."""
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    ours, others = [], []
    for name, app in sorted(get_commands().items()):
        if isinstance(app, str) and app.startswith("gongkai."):
            ours.append(f"  {name:<14}{load_command_class(app, name).help}")
        else:
            others.append(name)
    return (
        "用法：gongkai 命令 [选项]（各命令用 --help 查看说明）\n\n"
        + "\n".join(ours)
        + "\n\n框架自带的维护命令："
        + "、".join(others)
        + "\n"
    )
