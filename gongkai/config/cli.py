"""The `gongkai` command: Django's commands under one name, in Chinese.

Commands that need no database (`clock`, `checkreport`) start without loading
Django's apps, so that checking a file takes a moment, not seconds.
"""

import os
import sys
from importlib import import_module

LIGHT = {
    "clock": "gongkai.calendars.management.commands.clock",
    "checkreport": "gongkai.annualreport.management.commands.checkreport",
}


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings.demo")
    from gongkai.adapters.commandline import speak_chinese

    speak_chinese()
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name in LIGHT:
        command = import_module(LIGHT[name]).Command()
        command.run_from_argv(["gongkai", *sys.argv[1:]])
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(["gongkai", *sys.argv[1:]])
